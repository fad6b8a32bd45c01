import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../types";
import { account, admin, allow, bench, otherAccount, policy, root } from "./lifecycle.test-helper";
import { policyText } from "./policy-text";

const rootStatement = allow(`arn:aws:iam::${account}:root`, "kms:*");
const malformed =
  "MalformedPolicyDocumentException: The request was rejected because the specified policy is not syntactically or semantically correct.";
const noPrincipal = "MalformedPolicyDocumentException: Policy contains a statement with no principal.";
const invalidPrincipal = "MalformedPolicyDocumentException: Policy contains a statement with one or more invalid principals.";
const lockout = "MalformedPolicyDocumentException: The new key policy will not allow you to update the key policy in the future.";

describe("the form of a key policy", () => {
  test.each<[name: string, document: string, outcome: string]>([
    ["as AWS documents it", policy(rootStatement), "ok"],
    ["a single statement, not in a list", JSON.stringify({ Statement: rootStatement }), "ok"],
    ["not JSON", "{", malformed],
    ["JSON, but no object", "[]", malformed],
    ["no statement", JSON.stringify({ Version: "2012-10-17" }), malformed],
    ["a version that is not", JSON.stringify({ Version: "2012-10-18", Statement: [rootStatement] }), malformed],
    ["a member that is not", JSON.stringify({ Version: "2012-10-17", Statements: [], Statement: [rootStatement] }), malformed],
    ["a statement's member that is not", policy({ ...rootStatement, Effects: "Allow" }), malformed],
    ["no effect", policy({ ...rootStatement, Effect: undefined }), malformed],
    ["an effect that is not", policy({ ...rootStatement, Effect: "allow" }), malformed],
    ["one Sid twice", policy({ ...rootStatement, Sid: "a" }, { ...rootStatement, Sid: "a" }), malformed],
    ["Action and NotAction", policy({ ...rootStatement, NotAction: "kms:Get*" }), malformed],
    ["an action with no service", policy(rootStatement, { ...rootStatement, Action: "Encrypt" }), malformed],
    ["a condition that is no map", policy(rootStatement, { ...rootStatement, Condition: ["StringEquals"] }), malformed],
    ["no principal", policy(rootStatement, { ...rootStatement, Principal: undefined }), noPrincipal],
    ["an empty principal", policy(rootStatement, { ...rootStatement, Principal: {} }), noPrincipal],
    ["no Action: accepted, of no effect", policy(rootStatement, { Effect: "Allow", Principal: { AWS: account }, Resource: "*" }), "ok"],
    ["no Resource: accepted, of no effect", policy(rootStatement, { Effect: "Allow", Principal: { AWS: account }, Action: "kms:*" }), "ok"],
    ["Latin-1 letters", policy({ ...rootStatement, Sid: "Schlüssel" }), "ok"],
    ["32,768 bytes", sized(32_768), "ok"],
    ["32,769 bytes", sized(32_769), "LimitExceededException: The key policy exceeds the maximum size of 32768 bytes."],
  ])("%s", async (_, document, outcome) => {
    const { outcome: call } = bench();
    expect(await call("CreateKey", { Policy: document })).toBe(outcome);
  });

  test("a character beyond Latin-1 is refused by the API's shape", async () => {
    const { outcome } = bench();
    expect(await outcome("CreateKey", { Policy: policy({ ...rootStatement, Sid: "鍵" }) })).toMatch(
      /^ValidationException: 1 validation error detected: Value '.*' at 'policy' failed to satisfy constraint: Member must satisfy regular expression pattern: /s,
    );
  });
});

/** A valid policy of this many bytes. */
function sized(bytes: number): string {
  const spare = (length: number) => JSON.stringify({ Version: "2012-10-17", Id: "x".repeat(length), Statement: [rootStatement] });
  return spare(bytes - spare(0).length);
}

describe("principals must exist", () => {
  test.each<[principal: unknown, outcome: string]>([
    [{ AWS: account }, "ok"],
    [{ AWS: `arn:aws:iam::${otherAccount}:root` }, "ok"],
    [{ AWS: "*" }, "ok"],
    ["*", "ok"],
    [{ AWS: `arn:aws:iam::${account}:user/admin` }, "ok"],
    [{ AWS: [`arn:aws:iam::${account}:user/admin`, `arn:aws:iam::${account}:user/nobody`] }, invalidPrincipal],
    [{ AWS: `arn:aws:iam::${account}:role/nobody` }, invalidPrincipal],
    [{ AWS: `arn:aws:iam::${account}:user/*` }, invalidPrincipal],
    [{ AWS: `arn:aws:iam::${account}:group/admins` }, invalidPrincipal],
    [{ AWS: "arn:aws::111122223333:root" }, invalidPrincipal],
    [{ AWS: "1111" }, invalidPrincipal],
    [{ AWS: "AIDACKCEVSQ6C2EXAMPLE" }, invalidPrincipal],
    [{ AWS: "" }, invalidPrincipal],
    ["admin", invalidPrincipal],
    [{ AWS: 5 }, invalidPrincipal],
    [{ Somebody: "*" }, invalidPrincipal],
    [{ Service: "logs.us-east-1.amazonaws.com" }, "ok"],
    [{ Service: "logs" }, invalidPrincipal],
    [{ Federated: "cognito-identity.amazonaws.com" }, "ok"],
    [{ CanonicalUser: "79a5" }, invalidPrincipal],
  ])("%j: %s", async (principal, outcome) => {
    const { outcome: call } = bench();
    expect(await call("CreateKey", { Policy: policy(rootStatement, { ...rootStatement, Principal: principal as string }) })).toBe(outcome);
  });

  test("a user that was just made, also by its unique id", async () => {
    const { lab, outcome, user } = bench();
    const { arn } = await user("alice");
    const made = await lab.call({ service: "iam", operation: "GetUser", input: { UserName: "alice" }, caller: root });
    expect(await outcome("CreateKey", { Policy: policy(rootStatement, allow(arn, "kms:Decrypt")) })).toBe("ok");
    expect(
      await outcome("CreateKey", {
        Policy: policy(rootStatement, allow((made.ok && (made.output as any).User.UserId) as string, "kms:Decrypt")),
      }),
    ).toBe("ok");
  });
});

describe("the lockout check", () => {
  const adminArn = `arn:aws:iam::${account}:user/admin`;
  test.each<[name: string, document: string, outcome: string]>([
    ["the account's root, and IAM allows the caller", policy(rootStatement), "ok"],
    ["the caller by name", policy(allow(adminArn, "kms:PutKeyPolicy")), "ok"],
    ["the caller by name, with a wildcard in the action", policy(allow(adminArn, "kms:Put*")), "ok"],
    ["the caller by name, but not for PutKeyPolicy", policy(allow(adminArn, "kms:Encrypt", "kms:GetKeyPolicy")), lockout],
    ["the root by name, but not for PutKeyPolicy", policy(allow(`arn:aws:iam::${account}:root`, "kms:Encrypt")), lockout],
    ["another account", policy(allow(`arn:aws:iam::${otherAccount}:root`, "kms:*")), lockout],
    [
      "the caller, and a Deny for it",
      policy(rootStatement, { Effect: "Deny", Principal: { AWS: adminArn }, Action: "kms:PutKeyPolicy", Resource: "*" }),
      lockout,
    ],
    [
      "the caller through a service only",
      policy({ ...rootStatement, Condition: { StringEquals: { "kms:ViaService": "ssm.us-east-1.amazonaws.com" } } }),
      lockout,
    ],
    ["no statement that has a resource", policy({ Effect: "Allow", Principal: { AWS: adminArn }, Action: "kms:*" }), lockout],
  ])("%s: %s", async (_, document, expected) => {
    const { outcome, key } = bench();
    const { KeyId } = await key();
    expect(await outcome("CreateKey", { Policy: document })).toBe(expected);
    expect(await outcome("PutKeyPolicy", { KeyId, Policy: document })).toBe(expected);
    expect(await outcome("PutKeyPolicy", { KeyId, Policy: document, BypassPolicyLockoutSafetyCheck: true })).toBe("ok");
  });

  test("a user whom IAM does not allow PutKeyPolicy is locked out by a policy that only hands on to IAM", async () => {
    const { outcome, user } = bench();
    const { caller, arn } = await user("maker", [{ Effect: "Allow", Action: "kms:CreateKey", Resource: "*" }]);
    expect(await outcome("CreateKey", { Policy: policy(rootStatement) }, caller)).toBe(lockout);
    expect(await outcome("CreateKey", { Policy: policy(rootStatement, allow(arn, "kms:PutKeyPolicy")) }, caller)).toBe("ok");
    // The default policy is AWS's own and is not asked.
    expect(await outcome("CreateKey", {}, caller)).toBe("ok");
  });

  test("bypassed: nobody but AWS can help, not even root", async () => {
    const { outcome, key } = bench();
    const { KeyId, Arn } = await key();
    expect(
      await outcome("PutKeyPolicy", {
        KeyId,
        Policy: policy(allow(`arn:aws:iam::${account}:root`, "kms:DescribeKey")),
        BypassPolicyLockoutSafetyCheck: true,
      }),
    ).toBe("ok");
    const denied = (who: string) =>
      `AccessDeniedException: User: ${who} is not authorized to perform: kms:PutKeyPolicy on resource: ${Arn} because no resource-based policy allows the kms:PutKeyPolicy action`;
    expect(await outcome("PutKeyPolicy", { KeyId, Policy: policy(rootStatement) })).toBe(denied(`arn:aws:iam::${account}:user/admin`));
    expect(await outcome("PutKeyPolicy", { KeyId, Policy: policy(rootStatement) }, root)).toBe(denied(`arn:aws:iam::${account}:root`));
    expect(await outcome("DescribeKey", { KeyId })).toBe("ok");
  });

  test("the condition key for the bypass", async () => {
    const { outcome, user } = bench();
    const { caller } = await user("careful", [
      { Effect: "Allow", Action: "kms:*", Resource: "*" },
      {
        Effect: "Deny",
        Action: ["kms:CreateKey", "kms:PutKeyPolicy"],
        Resource: "*",
        Condition: { Bool: { "kms:BypassPolicyLockoutSafetyCheck": "true" } },
      },
    ]);
    expect(await outcome("CreateKey", { Policy: policy(rootStatement) }, caller)).toBe("ok");
    expect(await outcome("CreateKey", { Policy: policy(rootStatement), BypassPolicyLockoutSafetyCheck: true }, caller)).toMatch(
      /^AccessDeniedException: .* with an explicit deny in an identity-based policy/,
    );
  });

  test("the trace has the question that was asked", async () => {
    const { kms } = bench();
    const reply = await kms("CreateKey", { Policy: policy(allow(`arn:aws:iam::${account}:root`, "kms:Encrypt")) });
    const asked = reply.trace.steps.flatMap((step) => (step.kind === "decision" ? [[step.decision.action, step.decision.effect]] : []));
    expect(asked).toEqual([
      ["kms:CreateKey", "Allow"],
      ["kms:PutKeyPolicy", "ImplicitDeny"],
    ]);
  });
});

describe("reading it back", () => {
  test("the default policy, as AWS prints it", async () => {
    const { done, key } = bench();
    const { KeyId } = await key();
    expect(await done("GetKeyPolicy", { KeyId })).toEqual({
      PolicyName: "default",
      Policy: `{
  "Version" : "2012-10-17",
  "Id" : "key-default-1",
  "Statement" : [ {
    "Sid" : "Enable IAM User Permissions",
    "Effect" : "Allow",
    "Principal" : {
      "AWS" : "arn:aws:iam::${account}:root"
    },
    "Action" : "kms:*",
    "Resource" : "*"
  } ]
}`,
    });
  });

  test.each([
    ["{}", "{ }"],
    ['{"a":[]}', '{\n  "a" : [ ]\n}'],
    ['{"a":["b","c"],"d":{"e":true}}', '{\n  "a" : [ "b", "c" ],\n  "d" : {\n    "e" : true\n  }\n}'],
  ])("%s", (document, printed) => expect(policyText(document)).toBe(printed));

  test("no policy but `default`", async () => {
    const { outcome, done, key } = bench();
    const { KeyId } = await key();
    expect(await outcome("GetKeyPolicy", { KeyId, PolicyName: "other" })).toBe("NotFoundException: No such policy exists");
    expect(await outcome("PutKeyPolicy", { KeyId, PolicyName: "other", Policy: policy(rootStatement) })).toBe(
      "NotFoundException: No such policy exists",
    );
    expect(await done("ListKeyPolicies", { KeyId })).toEqual({ PolicyNames: ["default"], Truncated: false });
  });
});

const principals = [
  `arn:aws:iam::${account}:root`,
  `arn:aws:iam::${account}:user/admin`,
  `arn:aws:iam::${otherAccount}:root`,
  "*",
  account,
];
const actions = ["kms:*", "kms:PutKeyPolicy", "kms:Put*", "kms:Encrypt", "kms:?utKeyPolicy", "*"];
const statement = fc.record(
  {
    Effect: fc.constantFrom("Allow", "Allow", "Allow", "Deny"),
    Principal: fc.record({
      AWS: fc.oneof(fc.constantFrom(...principals), fc.uniqueArray(fc.constantFrom(...principals), { minLength: 1, maxLength: 3 })),
    }),
    Action: fc.oneof(fc.constantFrom(...actions), fc.uniqueArray(fc.constantFrom(...actions), { minLength: 1, maxLength: 3 })),
    Resource: fc.constantFrom("*", "arn:aws:kms:us-east-1:111122223333:key/*", "arn:aws:s3:::bucket"),
    Condition: fc.constantFrom<object>(
      { StringEquals: { "kms:CallerAccount": account } },
      { Bool: { "aws:SecureTransport": "false" } },
      { StringLike: { "aws:PrincipalArn": "*/admin" } },
    ),
  },
  { requiredKeys: ["Effect", "Principal"] },
);

test("the lockout check keeps its word: who passes it can change the policy, and who does not could not", async () => {
  const { outcome, done } = bench();
  const seen = { passed: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(statement, { minLength: 1, maxLength: 3 }), fc.constantFrom(admin, root), async (statements, caller) => {
      const Policy = policy(...(statements as JsonObject[]));
      const checked = await outcome("CreateKey", { Policy }, caller);
      expect(["ok", lockout]).toContain(checked);
      seen[checked === "ok" ? "passed" : "refused"]++;
      const { KeyMetadata } = await done("CreateKey", { Policy, BypassPolicyLockoutSafetyCheck: true }, caller);
      const later = await outcome("PutKeyPolicy", { KeyId: KeyMetadata.KeyId, Policy, BypassPolicyLockoutSafetyCheck: true }, caller);
      expect(later).toMatch(checked === "ok" ? /^ok$/ : /^AccessDeniedException/);
    }),
    { seed: 20261124, numRuns: 300 },
  );
  expect(Math.min(seen.passed, seen.refused)).toBeGreaterThan(50);
});
