import { describe, expect, test } from "vitest";
import { secretFor } from "../iam/who";
import { A, B, adminOf, allow, document, testLab, trust } from "../iam/test-lab.test-helper";

const ROLE = `arn:aws:iam::${A}:role/app`;
const hour = 3_600_000;

/** A lab with the role `app` and the user alice whom it may trust. */
async function withRole(AssumeRolePolicyDocument: string, more: object = {}) {
  const world = testLab();
  await world.must("iam", "CreateUser", { UserName: "alice" });
  await world.must("iam", "CreateRole", {
    RoleName: "app",
    AssumeRolePolicyDocument: AssumeRolePolicyDocument.replaceAll("ALICE", `arn:aws:iam::${A}:user/alice`),
    ...more,
  });
  return world;
}
const alice = { account: A, user: "alice" };
const refused = (arn = `arn:aws:iam::${A}:user/alice`, action = "sts:AssumeRole") =>
  `AccessDenied: User: ${arn} is not authorized to perform: ${action} on resource: ${ROLE}`;
const assume = { RoleArn: ROLE, RoleSessionName: "s1" };

// STS API Reference, GetCallerIdentity
describe("GetCallerIdentity", () => {
  test("user, root, role session", async () => {
    const { must } = await withRole(trust({ AWS: A }));
    expect(await must("sts", "GetCallerIdentity")).toEqual({
      UserId: expect.stringMatching(/^AIDA/),
      Account: A,
      Arn: `arn:aws:iam::${A}:user/admin`,
    });
    expect(await must("sts", "GetCallerIdentity", {}, { account: B, root: true })).toEqual({
      UserId: B,
      Account: B,
      Arn: `arn:aws:iam::${B}:root`,
    });
    expect(await must("sts", "GetCallerIdentity", {}, { account: A, role: "app", session: "x" })).toEqual({
      UserId: expect.stringMatching(/^AROA[A-Z2-7]{17}:x$/),
      Account: A,
      Arn: `arn:aws:sts::${A}:assumed-role/app/x`,
    });
  });

  test("is not stopped by a deny", async () => {
    const { must } = testLab();
    await must("iam", "PutUserPolicy", {
      UserName: "admin",
      PolicyName: "deny",
      PolicyDocument: document({ Effect: "Deny", Action: "*", Resource: "*" }),
    });
    await must("sts", "GetCallerIdentity");
  });
});

describe("AssumeRole", () => {
  test("gives credentials that act as the session until they expire", async () => {
    const { must, fails, lab } = await withRole(trust({ AWS: "ALICE" }));
    await must("iam", "PutRolePolicy", { RoleName: "app", PolicyName: "p", PolicyDocument: allow("iam:ListUsers") });
    const { Credentials, AssumedRoleUser, ...rest } = await must("sts", "AssumeRole", { ...assume, DurationSeconds: 900 }, alice);
    expect(rest).toEqual({});
    expect(AssumedRoleUser).toEqual({
      AssumedRoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}:s1$/),
      Arn: `arn:aws:sts::${A}:assumed-role/app/s1`,
    });
    expect(Credentials).toEqual({
      AccessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/),
      SecretAccessKey: expect.stringMatching(/^.{40}$/),
      SessionToken: expect.stringMatching(/^IQoJ/),
      Expiration: 1767225600 + 900,
    });
    expect(secretFor(lab.read({ account: A, region: "global", service: "iam" }), Credentials.AccessKeyId)).toEqual({
      secretAccessKey: Credentials.SecretAccessKey,
      sessionToken: Credentials.SessionToken,
    });
    const session = { accessKeyId: Credentials.AccessKeyId };
    await must("iam", "ListUsers", {}, session);
    expect(await fails("iam", "ListRoles", {}, session)).toMatch(
      /^AccessDenied: User: arn:aws:sts::111122223333:assumed-role\/app\/s1 is not authorized/,
    );
    await lab.advance(900_000);
    expect(await fails("iam", "ListUsers", {}, session)).toBe("ExpiredToken: The security token included in the request is expired");
  });

  test.each<[string, string, string, boolean]>([
    ["the user named by the trust policy needs no policy of its own", trust({ AWS: "ALICE" }), "", true],
    ["the account named: not without one", trust({ AWS: A }), "", false],
    ["the account named: with one", trust({ AWS: A }), allow("sts:AssumeRole", ROLE), true],
    ["nobody named that it is", trust({ AWS: B }), allow("sts:AssumeRole"), false],
    [
      "a condition on the session's name",
      trust({ AWS: "ALICE" }, { Condition: { StringEquals: { "sts:RoleSessionName": "${aws:username}" } } }),
      "",
      false,
    ],
    ["denied by its own policy", trust({ AWS: "ALICE" }), document({ Effect: "Deny", Action: "sts:*", Resource: "*" }), false],
  ])("%s", async (_title, policy, identity, allowed) => {
    const { must, fails } = await withRole(policy);
    if (identity) await must("iam", "PutUserPolicy", { UserName: "alice", PolicyName: "p", PolicyDocument: identity });
    expect(await fails("sts", "AssumeRole", assume, alice)).toMatch(allowed ? /^ok/ : new RegExp(`^${refused().replaceAll("/", "\\/")}$`));
  });

  test("the external id must be the one that the trust policy wants", async () => {
    const { must, fails } = await withRole(trust({ AWS: "ALICE" }, { Condition: { StringEquals: { "sts:ExternalId": "77" } } }));
    expect(await fails("sts", "AssumeRole", assume, alice)).toBe(refused());
    expect(await fails("sts", "AssumeRole", { ...assume, ExternalId: "88" }, alice)).toBe(refused());
    await must("sts", "AssumeRole", { ...assume, ExternalId: "77" }, alice);
  });

  test("a role that is not there is refused in the same words; what is no ARN, in others", async () => {
    const { fails } = await withRole(trust({ AWS: A }));
    expect(await fails("sts", "AssumeRole", { ...assume, RoleArn: `arn:aws:iam::${A}:role/none` })).toBe(
      `AccessDenied: User: arn:aws:iam::${A}:user/admin is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::${A}:role/none`,
    );
    expect(await fails("sts", "AssumeRole", { ...assume, RoleArn: `arn:aws:iam::${A}:user/alice` })).toBe(
      `ValidationError: arn:aws:iam::${A}:user/alice is invalid`,
    );
    expect(await fails("sts", "AssumeRole", assume, { account: A, root: true })).toBe(
      "AccessDenied: Roles may not be assumed by root accounts.",
    );
  });

  test("from another account both sides must allow", async () => {
    const { must, fails } = await withRole(trust({ AWS: B }));
    expect((await must("sts", "AssumeRole", assume, adminOf(B))).AssumedRoleUser.Arn).toBe(`arn:aws:sts::${A}:assumed-role/app/s1`);
    await must("iam", "CreateUser", { UserName: "bob" }, adminOf(B));
    expect(await fails("sts", "AssumeRole", assume, { account: B, user: "bob" })).toBe(refused(`arn:aws:iam::${B}:user/bob`));
  });

  test("how long: the role's maximum, an hour when chained", async () => {
    const { must, fails } = await withRole(trust({ AWS: A }), { MaxSessionDuration: 7200 });
    expect((await must("sts", "AssumeRole", { ...assume, DurationSeconds: 7200 })).Credentials.Expiration).toBe(1767225600 + 7200);
    expect(await fails("sts", "AssumeRole", { ...assume, DurationSeconds: 7201 })).toBe(
      "ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    );
    await must("iam", "PutRolePolicy", { RoleName: "app", PolicyName: "p", PolicyDocument: allow("sts:*") });
    const first = { accessKeyId: (await must("sts", "AssumeRole", assume)).Credentials.AccessKeyId };
    await must("sts", "AssumeRole", { ...assume, DurationSeconds: 3600 }, first);
    expect(await fails("sts", "AssumeRole", { ...assume, DurationSeconds: 3601 }, first)).toBe(
      "ValidationError: The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
    );
  });

  test("session policies take away, never give", async () => {
    const { must, fails } = await withRole(trust({ AWS: A }));
    await must("iam", "PutRolePolicy", { RoleName: "app", PolicyName: "p", PolicyDocument: allow("iam:List*") });
    const given = await must("sts", "AssumeRole", {
      ...assume,
      Policy: allow(["iam:ListUsers", "iam:GetUser"]),
      PolicyArns: [{ arn: "arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess" }],
    });
    expect(given.PackedPolicySize).toBeGreaterThan(0);
    const session = { accessKeyId: given.Credentials.AccessKeyId };
    await must("iam", "ListUsers", {}, session);
    expect(await fails("iam", "ListRoles", {}, session)).toMatch(/because no session policy allows the iam:ListRoles action$/);
    expect(await fails("iam", "GetUser", { UserName: "admin" }, session)).toMatch(
      /because no identity-based policy allows the iam:GetUser action$/,
    );
    expect(await fails("sts", "AssumeRole", { ...assume, Policy: "{" })).toBe("MalformedPolicyDocument: Syntax errors in policy.");
    expect(await fails("sts", "AssumeRole", { ...assume, PolicyArns: [{ arn: "arn:aws:iam::aws:policy/NoSuch" }] })).toMatch(
      /^MalformedPolicyDocument/,
    );
  });

  test("tags and source identity need their own permission, and reach the conditions", async () => {
    const { must, fails } = await withRole(trust({ AWS: "ALICE" }));
    const tagged = { ...assume, Tags: [{ Key: "team", Value: "db" }], TransitiveTagKeys: ["team"], SourceIdentity: "alice" };
    expect(await fails("sts", "AssumeRole", tagged, alice)).toBe(refused(undefined, "sts:SetSourceIdentity"));
    const Action = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"];
    await must("iam", "UpdateAssumeRolePolicy", {
      RoleName: "app",
      PolicyDocument: trust(
        { AWS: [`arn:aws:iam::${A}:user/alice`, ROLE] },
        { Action, Condition: { "ForAllValues:StringEquals": { "aws:TagKeys": ["team"] } } },
      ),
    });
    await must("iam", "PutRolePolicy", {
      RoleName: "app",
      PolicyName: "p",
      PolicyDocument: allow("iam:ListUsers", "*", {
        Condition: { StringEquals: { "aws:PrincipalTag/team": "db", "aws:SourceIdentity": "alice" } },
      }),
    });
    await must("iam", "PutRolePolicy", { RoleName: "app", PolicyName: "q", PolicyDocument: allow("sts:*") });
    expect(await fails("sts", "AssumeRole", { ...tagged, Tags: [{ Key: "cost", Value: "1" }] }, alice)).toBe(
      refused(undefined, "sts:AssumeRole"),
    );
    const given = await must("sts", "AssumeRole", tagged, alice);
    expect(given.SourceIdentity).toBe("alice");
    const session = { accessKeyId: given.Credentials.AccessKeyId };
    await must("iam", "ListUsers", {}, session);
    // Transitive: the next session has the tag and the identity too, and cannot set the tag anew.
    const next = { accessKeyId: (await must("sts", "AssumeRole", { ...assume, RoleSessionName: "s2" }, session)).Credentials.AccessKeyId };
    await must("iam", "ListUsers", {}, next);
    expect(await fails("sts", "AssumeRole", { ...assume, Tags: [{ Key: "Team", Value: "x" }] }, session)).toMatch(
      /^(InvalidParameterValue|AccessDenied)/,
    );
    const plain = { accessKeyId: (await must("sts", "AssumeRole", assume, alice)).Credentials.AccessKeyId };
    expect(await fails("iam", "ListUsers", {}, plain)).toMatch(/^AccessDenied/);
    expect(
      await fails(
        "sts",
        "AssumeRole",
        {
          ...assume,
          Tags: [
            { Key: "a", Value: "1" },
            { Key: "A", Value: "2" },
          ],
        },
        alice,
      ),
    ).toMatch(/^InvalidParameterValue/);
  });

  test("a tag called __proto__ is a tag", async () => {
    const { must, lab } = await withRole(trust({ AWS: "ALICE" }, { Action: ["sts:AssumeRole", "sts:TagSession"] }));
    const { Credentials } = await must("sts", "AssumeRole", { ...assume, Tags: [{ Key: "__proto__", Value: "x" }] }, alice);
    const who = lab.recognise({ accessKeyId: Credentials.AccessKeyId });
    expect(who.ok && Object.entries(who.output.session!.tags)).toEqual([["__proto__", "x"]]);
  });

  test("sessions die with their role, also when one of its name is made anew", async () => {
    const { must, fails } = await withRole(trust({ AWS: A }));
    const session = { accessKeyId: (await must("sts", "AssumeRole", assume)).Credentials.AccessKeyId };
    await must("sts", "GetCallerIdentity", {}, session);
    await must("iam", "DeleteRole", { RoleName: "app" });
    await must("iam", "CreateRole", { RoleName: "app", AssumeRolePolicyDocument: trust({ AWS: A }) });
    expect(await fails("sts", "GetCallerIdentity", {}, session)).toMatch(/^InvalidClientTokenId/);
  });

  test("a trust policy means the user that it named, not the next of that name", async () => {
    const { must, fails } = await withRole(trust({ AWS: ["ALICE", B] }));
    const { UserId } = (await must("iam", "GetUser", { UserName: "alice" })).User;
    await must("sts", "AssumeRole", assume, alice);
    await must("iam", "DeleteUser", { UserName: "alice" });
    const printed = JSON.parse(decodeURIComponent((await must("iam", "GetRole", { RoleName: "app" })).Role.AssumeRolePolicyDocument));
    expect(printed.Statement[0].Principal).toEqual({ AWS: [UserId, B] });
    await must("iam", "CreateUser", { UserName: "alice" });
    expect(await fails("sts", "AssumeRole", assume, alice)).toBe(refused());
    expect(await fails("iam", "UpdateAssumeRolePolicy", { RoleName: "app", PolicyDocument: JSON.stringify(printed) })).toBe(
      `MalformedPolicyDocument: Invalid principal in policy: "AWS":"${UserId}"`,
    );
  });

  test("replayed, the lab hands out the same credentials", async () => {
    const { must, lab } = await withRole(trust({ AWS: A }));
    await must("sts", "AssumeRole", assume);
    const again = testLab().lab;
    again.replay(lab.journal);
    expect(JSON.stringify(again.snapshot().records)).toBe(JSON.stringify(lab.snapshot().records));
  });
});

describe("GetSessionToken", () => {
  test("the caller's own, twelve hours; not for IAM, not from a session", async () => {
    const { must, fails, lab } = testLab();
    const { Credentials } = await must("sts", "GetSessionToken");
    expect(Credentials.Expiration).toBe(1767225600 + 43_200);
    const session = { accessKeyId: Credentials.AccessKeyId };
    expect((await must("sts", "GetCallerIdentity", {}, session)).Arn).toBe(`arn:aws:iam::${A}:user/admin`);
    await must("kms", "ListKeys", {}, session);
    expect(await fails("iam", "ListUsers", {}, session)).toMatch(/^InvalidClientTokenId/);
    expect(await fails("sts", "GetSessionToken", {}, session)).toBe("AccessDenied: Cannot call GetSessionToken with session credentials");
    await lab.advance(12 * hour);
    expect(await fails("kms", "ListKeys", {}, session)).toMatch(/^ExpiredToken/);
  });

  test("an hour at most for root; a code of no device is wrong", async () => {
    const { must, fails } = testLab();
    expect((await must("sts", "GetSessionToken", { DurationSeconds: 7200 }, { account: A, root: true })).Credentials.Expiration).toBe(
      1767225600 + 3600,
    );
    expect(await fails("sts", "GetSessionToken", { SerialNumber: `arn:aws:iam::${A}:mfa/x`, TokenCode: "123456" })).toMatch(
      /^AccessDenied: MultiFactorAuthentication failed/,
    );
  });
});

// IAM User Guide, "Permissions for GetFederationToken"
describe("GetFederationToken", () => {
  test("nothing without a session policy, with one what both it and the user allow", async () => {
    const { must, fails } = testLab();
    const { Credentials, FederatedUser } = await must("sts", "GetFederationToken", { Name: "bob" });
    expect(FederatedUser).toEqual({ FederatedUserId: `${A}:bob`, Arn: `arn:aws:sts::${A}:federated-user/bob` });
    const bare = { accessKeyId: Credentials.AccessKeyId };
    expect(await must("sts", "GetCallerIdentity", {}, bare)).toEqual({
      UserId: `${A}:bob`,
      Account: A,
      Arn: `arn:aws:sts::${A}:federated-user/bob`,
    });
    expect(await fails("kms", "ListKeys", {}, bare)).toMatch(/because no session policy allows the kms:ListKeys action$/);
    const limited = {
      accessKeyId: (await must("sts", "GetFederationToken", { Name: "bob", Policy: allow("kms:List*") })).Credentials.AccessKeyId,
    };
    await must("kms", "ListKeys", {}, limited);
    expect(await fails("kms", "CreateKey", {}, limited)).toMatch(/^AccessDeniedException/);
    expect(await fails("iam", "ListUsers", {}, limited)).toMatch(/^InvalidClientTokenId/);
    expect(await fails("sts", "GetFederationToken", { Name: "eve" }, limited)).toBe(
      "AccessDenied: Cannot call GetFederationToken with session credentials",
    );
  });

  test("a key policy that names the federated user needs no session policy; one that names the user does", async () => {
    const { must, fails } = testLab();
    const keyFor = async (arn: string) =>
      (
        await must("kms", "CreateKey", {
          Policy: document(
            { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${A}:user/admin` }, Action: "kms:PutKeyPolicy", Resource: "*" },
            { Effect: "Allow", Principal: { AWS: arn }, Action: "kms:DescribeKey", Resource: "*" },
          ),
        })
      ).KeyMetadata.KeyId;
    const named = await keyFor(`arn:aws:sts::${A}:federated-user/bob`);
    const parent = await keyFor(`arn:aws:iam::${A}:user/admin`);
    const bare = { accessKeyId: (await must("sts", "GetFederationToken", { Name: "bob" })).Credentials.AccessKeyId };
    await must("kms", "DescribeKey", { KeyId: named }, bare);
    expect(await fails("kms", "DescribeKey", { KeyId: parent }, bare)).toMatch(/^AccessDeniedException/);
    const limited = {
      accessKeyId: (await must("sts", "GetFederationToken", { Name: "bob", Policy: allow("kms:*") })).Credentials.AccessKeyId,
    };
    await must("kms", "DescribeKey", { KeyId: parent }, limited);
  });
});

test("GetAccessKeyInfo tells the account of any key", async () => {
  const { must, fails } = testLab();
  const { AccessKey } = await must("iam", "CreateAccessKey", {}, adminOf(B));
  expect(await must("sts", "GetAccessKeyInfo", { AccessKeyId: AccessKey.AccessKeyId })).toEqual({ Account: B });
  expect(await fails("sts", "GetAccessKeyInfo", { AccessKeyId: "AKIAIOSFODNN7EXAMPLE" })).toMatch(/^ValidationError/);
});

test("there is no message that could be decoded", async () => {
  expect(await testLab().fails("sts", "DecodeAuthorizationMessage", { EncodedMessage: "abc" })).toMatch(
    /^InvalidAuthorizationMessageException/,
  );
});

test.each(["AssumeRoleWithSAML", "AssumeRoleWithWebIdentity", "AssumeRoot"])(
  "%s says by name that it is not simulated",
  async (operation) => {
    expect(await testLab().fails("sts", operation, {})).toMatch(new RegExp(`^NotSimulated: .*${operation}`));
  },
);
