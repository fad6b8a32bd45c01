import { describe, expect, test } from "vitest";
import type { Caller, Decision, JsonObject, Reply } from "../types";
import { GRANT_PROPAGATION_MS } from "./auth";
import { awsManagedServices } from "./aws-managed";
import { grantIdOfToken } from "./grant-tokens";
import { account, admin, allow, bench, minutes, otherAccount, otherAdmin, policy, root, seconds, text } from "./lifecycle.test-helper";

const rootArn = (of: string) => `arn:aws:iam::${of}:root`;
const Plaintext = text("secret");
const decisionOf = (reply: Reply): Decision => {
  const step = reply.trace.steps.find((one) => one.kind === "decision");
  if (step?.kind !== "decision") throw new Error("no decision in the trace");
  return step.decision;
};

describe("names of keys", () => {
  const unknown = "134f2428-cec1-4b25-a1ae-9048164dba47";
  const arn = (resource: string, region = "us-east-1", of = account) => `arn:aws:kms:${region}:${of}:${resource}`;
  const foreign = `AccessDeniedException: User: arn:aws:iam::${account}:user/admin is not authorized to perform: kms:Encrypt on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`;

  test.each([
    [unknown, `NotFoundException: Key '${arn(`key/${unknown}`)}' does not exist`],
    [arn(`key/${unknown}`), `NotFoundException: Key '${arn(`key/${unknown}`)}' does not exist`],
    [unknown.toUpperCase(), `NotFoundException: Invalid keyId '${unknown.toUpperCase()}'`],
    ["134f2428cec14b25a1ae9048164dba47", "NotFoundException: Invalid keyId '134f2428cec14b25a1ae9048164dba47'"],
    ["mrk-fake-key-id", "NotFoundException: Invalid keyId 'mrk-fake-key-id'"],
    ["mrk-134f2428cec14b25a1ae9048164dba47", `NotFoundException: Key '${arn("key/mrk-134f2428cec14b25a1ae9048164dba47")}' does not exist`],
    ["__proto__", "NotFoundException: Invalid keyId '__proto__'"],
    ["alias/none", `NotFoundException: Alias ${arn("alias/none")} is not found.`],
    ["alias/__proto__", `NotFoundException: Alias ${arn("alias/__proto__")} is not found.`],
    ["alias/aws/ssm", `NotFoundException: Alias ${arn("alias/aws/ssm")} is not found.`],
    [arn("alias/none"), `NotFoundException: Alias ${arn("alias/none")} is not found.`],
    [arn(`key/${unknown}`, "eu-west-1"), "NotFoundException: Invalid arn eu-west-1"],
    [arn("key/x"), "NotFoundException: Invalid keyId 'x'"],
    [arn(unknown), `InvalidArnException: Invalid arn ${arn(unknown)}`],
    ["arn:aws:s3:::bucket", "InvalidArnException: Invalid arn arn:aws:s3:::bucket"],
    ["arn:", "InvalidArnException: Invalid arn arn:"],
    [arn(`key/${unknown}`, "us-east-1", otherAccount), foreign],
    [arn("alias/none", "us-east-1", otherAccount), foreign],
  ])("%s", async (KeyId, error) => {
    const { outcome } = bench();
    expect(await outcome("Encrypt", { KeyId, Plaintext })).toBe(error);
  });

  test("management operations take no alias", async () => {
    const { key, done, outcome } = bench();
    const { KeyId } = await key();
    await done("CreateAlias", { AliasName: "alias/app", TargetKeyId: KeyId });
    expect(await outcome("DisableKey", { KeyId: "alias/app" })).toBe("NotFoundException: Invalid keyId 'alias/app'");
    expect(await outcome("DisableKey", { KeyId: arn("alias/app") })).toBe(
      "InvalidArnException: Key Aliases are not supported for this operation.",
    );
  });
});

describe("the key policy is the sole authority", () => {
  test("a policy that names the user is enough; one that names the account hands on to IAM", async () => {
    const { done, key, outcome, user } = bench();
    const alice = await user("alice");
    const bob = await user("bob", [{ Effect: "Allow", Action: "kms:Encrypt", Resource: "*" }]);
    const { KeyId, Arn } = await key();
    const encrypt = (caller: Caller) => outcome("Encrypt", { KeyId, Plaintext }, caller);
    const denied = (arn: string, side: string) =>
      `AccessDeniedException: User: ${arn} is not authorized to perform: kms:Encrypt on resource: ${Arn} because no ${side}-based policy allows the kms:Encrypt action`;
    // The default policy lets the account in.
    expect(await encrypt(alice.caller)).toBe(denied(alice.arn, "identity"));
    expect(await encrypt(bob.caller)).toBe("ok");
    expect(await encrypt(root)).toBe("ok");
    // Without that, IAM counts for nothing.
    await done("PutKeyPolicy", {
      KeyId,
      Policy: policy(allow(`arn:aws:iam::${account}:user/admin`, "kms:*"), allow(alice.arn, "kms:Encrypt")),
    });
    expect(await encrypt(alice.caller)).toBe("ok");
    expect(await encrypt(bob.caller)).toBe(denied(bob.arn, "resource"));
    expect(await encrypt(root)).toBe(denied(rootArn(account), "resource"));
  });

  test("Decrypt without KeyId is asked of the ciphertext's key, and a refusal does not name it", async () => {
    const { done, key, outcome, kms, user } = bench();
    const carol = await user("carol");
    const { KeyId, Arn } = await key();
    const { CiphertextBlob } = await done("Encrypt", { KeyId, Plaintext });
    const reply = await kms("Decrypt", { CiphertextBlob }, carol.caller);
    expect(decisionOf(reply)).toMatchObject({ action: "kms:Decrypt", resource: Arn, effect: "ImplicitDeny" });
    expect(await outcome("Decrypt", { CiphertextBlob }, carol.caller)).toMatch(
      /^AccessDeniedException: User: arn:aws:iam::111122223333:user\/carol is not authorized to perform: kms:Decrypt on the resource associated with this ciphertext because no identity-based policy allows the kms:Decrypt action$/,
    );
    expect(await outcome("Decrypt", { CiphertextBlob, KeyId }, carol.caller)).toMatch(
      /because no identity-based policy allows the kms:Decrypt action$/,
    );
  });
});

describe("another account", () => {
  test("both sides must allow; ARNs only; and not everything can be allowed", async () => {
    const { done, key, outcome, user } = bench();
    const { KeyId, Arn } = await key();
    await done("CreateAlias", { AliasName: "alias/shared", TargetKeyId: KeyId });
    const stranger = await user("stranger", [], otherAccount);
    const encrypt = (caller: Caller, name = Arn) => outcome("Encrypt", { KeyId: name, Plaintext }, caller);
    const nothing = (arn: string) =>
      `AccessDeniedException: User: ${arn} is not authorized to perform: kms:Encrypt on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`;
    const theirs = `arn:aws:iam::${otherAccount}:user/admin`;
    expect(await encrypt(otherAdmin)).toBe(nothing(theirs));

    await done("PutKeyPolicy", { KeyId, Policy: policy(allow(rootArn(account), "kms:*"), allow(rootArn(otherAccount), "kms:*")) });
    expect(await encrypt(otherAdmin)).toBe("ok");
    expect(await encrypt(otherAdmin, `arn:aws:kms:us-east-1:${account}:alias/shared`)).toBe("ok");
    expect(await encrypt(otherAdmin, KeyId)).toMatch(/^NotFoundException: Key 'arn:aws:kms:us-east-1:444455556666:key/);
    expect(await encrypt(stranger.caller)).toBe(
      `AccessDeniedException: User: ${stranger.arn} is not authorized to perform: kms:Encrypt on resource: ${Arn} because no identity-based policy allows the kms:Encrypt action`,
    );
    expect(await outcome("DescribeKey", { KeyId: Arn }, otherAdmin)).toBe("ok");
    for (const operation of ["DisableKey", "ScheduleKeyDeletion", "GetKeyPolicy", "ListResourceTags"])
      expect([operation, await outcome(operation, { KeyId: Arn }, otherAdmin)]).toEqual([
        operation,
        expect.stringMatching(/^AccessDeniedException/),
      ]);
  });

  test("a ciphertext finds its key there too", async () => {
    const { done, key, outcome } = bench();
    const { KeyId, Arn } = await key();
    const { CiphertextBlob } = await done("Encrypt", { KeyId, Plaintext });
    expect(await outcome("Decrypt", { CiphertextBlob }, otherAdmin)).toMatch(/ kms:Decrypt on the resource associated with this ciphertext because the resource does not exist in this Region, no resource-based policies allow access, or /);
    await done("PutKeyPolicy", { KeyId, Policy: policy(allow(rootArn(account), "kms:*"), allow(rootArn(otherAccount), "kms:Decrypt")) });
    expect(await done("Decrypt", { CiphertextBlob }, otherAdmin)).toMatchObject({ Plaintext, KeyId: Arn });
  });
});

describe("grants", () => {
  /** A key, a user without any permission, and a grant for her. */
  async function granted(grant: JsonObject) {
    const here = bench();
    const dora = await here.user("dora");
    const { KeyId } = await here.key();
    const made = await here.done("CreateGrant", { KeyId, GranteePrincipal: dora.arn, ...grant });
    const use = (operation: string, input: JsonObject = {}) => here.outcome(operation, { KeyId, ...input }, dora.caller);
    return { ...here, KeyId, dora, use, GrantId: made.GrantId as string, GrantToken: made.GrantToken as string };
  }
  const refused = expect.stringMatching(/^AccessDeniedException/);

  test("works at once with its token, for all after five minutes", async () => {
    const { use, lab, GrantToken } = await granted({ Operations: ["Encrypt"] });
    expect(await use("Encrypt", { Plaintext })).toEqual(refused);
    expect(await use("Encrypt", { Plaintext, GrantTokens: [GrantToken] })).toBe("ok");
    await lab.advance(GRANT_PROPAGATION_MS - 1 * seconds);
    expect(await use("Encrypt", { Plaintext })).toEqual(refused);
    await lab.advance(1 * seconds);
    expect(await use("Encrypt", { Plaintext })).toBe("ok");
    expect(await use("GenerateDataKey", { KeySpec: "AES_256", GrantTokens: [GrantToken] })).toEqual(refused);
  });

  test("a token says which grant it is for; a text that is none is refused; one of a grant that is gone is of no use", async () => {
    const { use, done, KeyId, GrantId, GrantToken } = await granted({ Operations: ["Encrypt"] });
    expect(grantIdOfToken(GrantToken)).toBe(GrantId);
    expect(await use("Encrypt", { Plaintext, GrantTokens: ["nonsense"] })).toMatch(/^InvalidGrantTokenException/);
    await done("RevokeGrant", { KeyId, GrantId });
    expect(await use("Encrypt", { Plaintext, GrantTokens: [GrantToken] })).toEqual(refused);
  });

  test.each<[string, JsonObject, JsonObject | undefined, boolean]>([
    ["equals: the same", { EncryptionContextEquals: { dept: "it" } }, { dept: "it" }, true],
    ["equals: key in another case", { EncryptionContextEquals: { dept: "it" } }, { Dept: "it" }, true],
    ["equals: value in another case", { EncryptionContextEquals: { dept: "it" } }, { dept: "IT" }, false],
    ["equals: more", { EncryptionContextEquals: { dept: "it" } }, { dept: "it", more: "1" }, false],
    ["equals: none", { EncryptionContextEquals: { dept: "it" } }, undefined, false],
    ["subset: the same", { EncryptionContextSubset: { dept: "it" } }, { dept: "it" }, true],
    ["subset: more", { EncryptionContextSubset: { dept: "it" } }, { dept: "it", more: "1" }, true],
    ["subset: less", { EncryptionContextSubset: { dept: "it", x: "1" } }, { dept: "it" }, false],
  ])("constraint %s", async (_, Constraints, EncryptionContext, allowed) => {
    const { use, GrantToken } = await granted({ Operations: ["Encrypt", "DescribeKey"], Constraints });
    expect(await use("Encrypt", { Plaintext, EncryptionContext, GrantTokens: [GrantToken] })).toEqual(allowed ? "ok" : refused);
    // Operations without an encryption context are not held against it.
    expect(await use("DescribeKey", { GrantTokens: [GrantToken] })).toBe("ok");
  });

  test("each grant says why it does not allow", async () => {
    const { kms, done, KeyId, dora, lab } = await granted({ Operations: ["Decrypt"] });
    await done("CreateGrant", { KeyId, GranteePrincipal: `arn:aws:iam::${account}:user/admin`, Operations: ["Encrypt"] });
    await done("CreateGrant", {
      KeyId,
      GranteePrincipal: dora.arn,
      Operations: ["Encrypt"],
      Constraints: { EncryptionContextSubset: { a: "b" } },
    });
    await lab.advance(10 * minutes);
    await done("CreateGrant", { KeyId, GranteePrincipal: dora.arn, Operations: ["Encrypt"] });
    const reply = await kms("Encrypt", { KeyId, Plaintext }, dora.caller);
    const grants = decisionOf(reply).layers.find((layer) => layer.kind === "Grant")!.grants!;
    expect(grants.map(({ matched, why }) => [matched, why]).sort()).toEqual([
      [false, "allows Decrypt, not Encrypt"],
      [false, `is for arn:aws:iam::${account}:user/admin`],
      [false, "wants a=b in the encryption context"],
      [false, "was made 0 s ago, and for up to 5 minutes works only with its grant token"],
    ]);
  });

  test("a grant lets in from another account too, if IAM there allows", async () => {
    const here = bench();
    const { KeyId, Arn } = await here.key();
    const eve = await here.user("eve", [{ Effect: "Allow", Action: "kms:Encrypt", Resource: "*" }], otherAccount);
    const fred = await here.user("fred", [], otherAccount);
    for (const { arn } of [eve, fred]) await here.done("CreateGrant", { KeyId, GranteePrincipal: arn, Operations: ["Encrypt"] });
    await here.lab.advance(5 * minutes);
    expect(await here.outcome("Encrypt", { KeyId: Arn, Plaintext }, eve.caller)).toBe("ok");
    expect(await here.outcome("Encrypt", { KeyId: Arn, Plaintext }, fred.caller)).toEqual(refused);
  });
});

describe("condition keys", () => {
  test("what a request says about itself and its key", async () => {
    const { kms, key, done } = bench();
    const { KeyId } = await key({ Tags: [{ TagKey: "team", TagValue: "blue" }] });
    for (const AliasName of ["alias/one", "alias/two"]) await done("CreateAlias", { AliasName, TargetKeyId: KeyId });
    const { context } = decisionOf(await kms("Encrypt", { KeyId: "alias/two", Plaintext, EncryptionContext: { b: "2", a: "1" } }));
    expect(context).toMatchObject({
      "kms:CallerAccount": account,
      "kms:KeySpec": "SYMMETRIC_DEFAULT",
      "kms:KeyUsage": "ENCRYPT_DECRYPT",
      "kms:KeyOrigin": "AWS_KMS",
      "kms:MultiRegion": "false",
      "kms:RequestAlias": "alias/two",
      "kms:ResourceAliases": ["alias/one", "alias/two"],
      "kms:EncryptionAlgorithm": "SYMMETRIC_DEFAULT",
      "kms:EncryptionContext:a": "1",
      "kms:EncryptionContext:b": "2",
      "kms:EncryptionContextKeys": ["b", "a"],
      "aws:ResourceTag/team": "blue",
    });
    expect(context).not.toHaveProperty("kms:ViaService");
  });

  test.each<[string, JsonObject, JsonObject, JsonObject]>([
    ["GenerateDataKeyPair", {}, { KeyPairSpec: "ECC_NIST_P256" }, { "kms:DataKeyPairSpec": "ECC_NIST_P256" }],
    [
      "Sign",
      { KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" },
      { Message: text("m"), SigningAlgorithm: "ECDSA_SHA_256" },
      { "kms:SigningAlgorithm": "ECDSA_SHA_256", "kms:MessageType": "RAW" },
    ],
    [
      "GenerateMac",
      { KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" },
      { Message: text("m"), MacAlgorithm: "HMAC_SHA_256" },
      { "kms:MacAlgorithm": "HMAC_SHA_256", "kms:KeySpec": "HMAC_256" },
    ],
  ])("%s", async (operation, spec, input, keys) => {
    const { kms, key } = bench();
    const { KeyId } = await key(spec);
    expect(decisionOf(await kms(operation, { KeyId, ...input })).context).toMatchObject(keys);
  });

  test.each<[string, JsonObject, JsonObject, string]>([
    ["the encryption context it wants", { StringEquals: { "kms:EncryptionContext:app": "a" } }, { EncryptionContext: { app: "a" } }, "ok"],
    ["another one", { StringEquals: { "kms:EncryptionContext:app": "a" } }, { EncryptionContext: { app: "b" } }, "denied"],
    ["none", { StringEquals: { "kms:EncryptionContext:app": "a" } }, {}, "denied"],
    [
      "only these keys",
      { "ForAllValues:StringEquals": { "kms:EncryptionContextKeys": ["app"] } },
      { EncryptionContext: { app: "a" } },
      "ok",
    ],
    [
      "one key too many",
      { "ForAllValues:StringEquals": { "kms:EncryptionContextKeys": ["app"] } },
      { EncryptionContext: { app: "a", x: "y" } },
      "denied",
    ],
    ["through a service only", { StringEquals: { "kms:ViaService": "ssm.us-east-1.amazonaws.com" } }, {}, "denied"],
  ])("a key policy that allows with %s", async (_, Condition, input, expected) => {
    const { done, key, outcome, user } = bench();
    const gina = await user("gina");
    const { KeyId } = await key();
    await done("PutKeyPolicy", {
      KeyId,
      Policy: policy(allow(rootArn(account), "kms:*"), { ...allow(gina.arn, "kms:Encrypt"), Condition }),
    });
    expect((await outcome("Encrypt", { KeyId, Plaintext, ...input }, gina.caller)).replace(/^AccessDenied.*$/s, "denied")).toBe(expected);
  });
});

describe("AWS managed keys", () => {
  const put = (lab: ReturnType<typeof bench>["lab"], caller: Caller = admin) =>
    lab.call({ service: "ssm", operation: "PutParameter", input: { Name: "/app/db", Value: "secret", Type: "SecureString" }, caller });

  test("come into being when the service first needs them, once", async () => {
    const { lab, done } = bench();
    expect((await done("ListKeys")).Keys).toHaveLength(0);
    expect(await put(lab)).toMatchObject({ ok: true });
    const { KeyMetadata } = await done("DescribeKey", { KeyId: "alias/aws/ssm" });
    expect(KeyMetadata).toMatchObject({
      KeyManager: "AWS",
      KeyState: "Enabled",
      KeySpec: "SYMMETRIC_DEFAULT",
      Origin: "AWS_KMS",
      AWSAccountId: account,
    });
    await lab.call({
      service: "ssm",
      operation: "PutParameter",
      input: { Name: "/app/other", Value: "secret", Type: "SecureString" },
      caller: admin,
    });
    expect((await done("DescribeKey", { KeyId: "alias/aws/ssm" })).KeyMetadata.KeyId).toBe(KeyMetadata.KeyId);
    expect((await done("ListKeys")).Keys).toHaveLength(1);
    // Of this account and Region only.
    expect((await done("ListKeys", {}, otherAdmin)).Keys).toHaveLength(0);
    expect((await done("ListKeys", {}, admin, "eu-west-2")).Keys).toHaveLength(0);
  });

  // KMS API, DescribeKey: a predefined alias without a key gets its key then.
  test("or when DescribeKey is asked for the alias, by one who may", async () => {
    const { done, outcome, user } = bench();
    const jo = await user("jo");
    expect(await outcome("DescribeKey", { KeyId: "alias/aws/ebs" }, jo.caller)).toMatch(/^AccessDeniedException/);
    expect((await done("ListKeys")).Keys).toHaveLength(0);
    const { KeyMetadata } = await done("DescribeKey", { KeyId: "alias/aws/ebs" });
    expect(KeyMetadata).toMatchObject({
      KeyManager: "AWS",
      Description: "Default key that protects my EBS volumes when no other key is defined",
    });
    expect((await done("ListKeys")).Keys).toEqual([{ KeyId: KeyMetadata.KeyId, KeyArn: KeyMetadata.Arn }]);
    expect(await outcome("DescribeKey", { KeyId: "alias/aws/nonsense" })).toMatch(/^NotFoundException: Alias .* is not found\.$/);
  });

  test("a service has its own alias only: ssm does not bring aws/ebs into being", async () => {
    const { lab, done } = bench();
    const reply = await lab.call({
      service: "ssm",
      operation: "PutParameter",
      input: { Name: "/a", Value: "v", Type: "SecureString", KeyId: "alias/aws/ebs" },
      caller: admin,
    });
    expect(reply.ok).toBe(false);
    expect((await done("ListKeys")).Keys).toHaveLength(0);
  });

  test("anybody who may use the service may use them through it, and nobody directly, not even root", async () => {
    const { lab, outcome, user } = bench();
    const hugo = await user("hugo", [{ Effect: "Allow", Action: "ssm:*", Resource: "*" }]);
    expect(await put(lab, hugo.caller)).toMatchObject({ ok: true });
    const read = await lab.call({
      service: "ssm",
      operation: "GetParameter",
      input: { Name: "/app/db", WithDecryption: true },
      caller: hugo.caller,
    });
    expect(read).toMatchObject({ ok: true, output: { Parameter: { Value: "secret" } } });
    for (const caller of [admin, root, hugo.caller])
      expect(await outcome("Encrypt", { KeyId: "alias/aws/ssm", Plaintext }, caller)).toMatch(/^AccessDeniedException/);
  });

  test("are looked at, and not changed, disabled, deleted, rotated or shared", async () => {
    const { lab, outcome, done } = bench();
    await put(lab);
    const { KeyId } = (await done("DescribeKey", { KeyId: "alias/aws/ssm" })).KeyMetadata;
    for (const operation of ["DescribeKey", "GetKeyPolicy", "GetKeyRotationStatus", "ListGrants", "ListKeyPolicies", "ListResourceTags"])
      expect([operation, await outcome(operation, { KeyId })]).toEqual([operation, "ok"]);
    const changes: [string, JsonObject][] = [
      ["DisableKey", { KeyId }],
      ["ScheduleKeyDeletion", { KeyId }],
      ["EnableKeyRotation", { KeyId }],
      ["DisableKeyRotation", { KeyId }],
      ["RotateKeyOnDemand", { KeyId }],
      ["UpdateKeyDescription", { KeyId, Description: "mine" }],
      ["PutKeyPolicy", { KeyId, Policy: policy(allow(rootArn(account), "kms:*")) }],
      ["TagResource", { KeyId, Tags: [{ TagKey: "a", TagValue: "b" }] }],
      ["CreateGrant", { KeyId, GranteePrincipal: rootArn(otherAccount), Operations: ["Decrypt"] }],
      ["CreateAlias", { AliasName: "alias/mine", TargetKeyId: KeyId }],
    ];
    for (const caller of [admin, root])
      for (const [operation, input] of changes)
        expect([operation, await outcome(operation, input, caller)]).toEqual([operation, expect.stringMatching(/^AccessDeniedException/)]);
  });

  test("rotate every year, and what they encrypted stays readable", async () => {
    const { lab, done } = bench();
    await put(lab);
    const before = (await done("DescribeKey", { KeyId: "alias/aws/ssm" })).KeyMetadata;
    await lab.advance(366 * 24 * 60 * minutes);
    const after = (await done("DescribeKey", { KeyId: "alias/aws/ssm" })).KeyMetadata;
    expect(after.KeyId).toBe(before.KeyId);
    expect(after.CurrentKeyMaterialId).not.toBe(before.CurrentKeyMaterialId);
    const read = await lab.call({
      service: "ssm",
      operation: "GetParameter",
      input: { Name: "/app/db", WithDecryption: true },
      caller: admin,
    });
    expect(read).toMatchObject({ ok: true, output: { Parameter: { Value: "secret" } } });
  });

  test("a failed call leaves no key behind", async () => {
    const { lab, done, user } = bench();
    const ina = await user("ina", [
      { Effect: "Allow", Action: "ssm:*", Resource: "*" },
      { Effect: "Deny", Action: "kms:*", Resource: "*" },
    ]);
    expect((await put(lab, ina.caller)).ok).toBe(false);
    expect((await done("ListKeys")).Keys).toHaveLength(0);
  });

  test("the names that lessons use are all there", () => {
    for (const name of ["ssm", "ebs", "s3", "secretsmanager", "rds", "lambda", "dynamodb"]) expect(awsManagedServices).toHaveProperty(name);
  });
});
