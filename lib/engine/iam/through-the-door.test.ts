import { describe, expect, test } from "vitest";
import { createLab } from "../lab";
import { seededPorts } from "../ports";
import type { Caller, JsonObject } from "../types";

/**
 * Questions on which a simulator of IAM is easily wrong, each asked through the door: policies are put, calls are made,
 * and what counts is whether they go through.
 * Sources: IAM User Guide, "Policy evaluation logic", "IAM JSON policy elements"; KMS Developer Guide, "Condition keys",
 * "Allowing users in other accounts to use a KMS key".
 */
const A = "111122223333";
const B = "444455556666";
const region = "us-east-1";
const admin = (account = A): Caller => ({ account, user: "admin" });
const doc = (...statements: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const allow = (Action: string | string[], more: object = {}) => ({ Effect: "Allow", Action, Resource: "*", ...more });
const deny = (Action: string | string[], more: object = {}) => ({ Effect: "Deny", Action, Resource: "*", ...more });
const by = (...AWS: string[]) => ({ Principal: { AWS } });
const rootOf = (account: string): string => `arn:aws:iam::${account}:root`;
const al = `arn:aws:iam::${A}:user/al`;
const bo = `arn:aws:iam::${B}:user/bo`;
const delegates = allow("kms:*", by(rootOf(A)));

function world() {
  const lab = createLab({ ports: seededPorts(9) });
  const call = async (service: string, operation: string, input: JsonObject = {}, caller: Caller = admin(), more: object = {}): Promise<any> => {
    const reply = await lab.call({ service, operation, input, caller, region, ...more });
    if (!reply.ok) throw new Error(`${reply.error.code}: ${reply.error.message}`);
    return reply.output;
  };
  const outcome = async (...args: Parameters<typeof call>): Promise<string> =>
    call(...args).then(
      () => "ok",
      (error: Error) => (/AccessDenied/.test(error.message) ? "denied" : error.message),
    );
  const user = async (account: string, UserName: string, ...statements: object[]): Promise<Caller> => {
    await call("iam", "CreateUser", { UserName, Tags: [{ Key: "team", Value: "blue" }] }, admin(account));
    if (statements.length) await call("iam", "PutUserPolicy", { UserName, PolicyName: "p", PolicyDocument: doc(...statements) }, admin(account));
    return { account, user: UserName };
  };
  const role = async (account: string, RoleName: string, ...statements: object[]): Promise<void> => {
    await call("iam", "CreateRole", { RoleName, AssumeRolePolicyDocument: doc({ Effect: "Allow", Principal: { AWS: [A, B] }, Action: ["sts:AssumeRole", "sts:TagSession"] }) }, admin(account));
    if (statements.length) await call("iam", "PutRolePolicy", { RoleName, PolicyName: "p", PolicyDocument: doc(...statements) }, admin(account));
  };
  /** The key policy goes in unchecked, so that a row can say anything. */
  const key = async (...statements: object[]): Promise<string> => (await call("kms", "CreateKey", { Policy: doc(...statements), BypassPolicyLockoutSafetyCheck: true })).KeyMetadata.Arn;
  const parameter = (Name: string, input: JsonObject = {}) => call("ssm", "PutParameter", { Name, Value: "v", Type: "String", ...input });
  return { lab, call, outcome, user, role, key, parameter };
}

describe("conditions of an identity policy, asked by GetParameter", () => {
  test.each<[string, object, boolean]>([
    ["ForAllValues holds where the key is missing", { "ForAllValues:StringEquals": { "aws:TagKeys": ["a"] } }, true],
    ["ForAnyValue does not", { "ForAnyValue:StringEquals": { "aws:TagKeys": ["a"] } }, false],
    ["ForAllValues with Null false beside it", { "ForAllValues:StringEquals": { "aws:TagKeys": ["a"] }, Null: { "aws:TagKeys": "false" } }, false],
    ["Null true: the key is missing", { Null: { "aws:TagKeys": "true" } }, true],
    ["Null false: the key is there", { Null: { "aws:PrincipalArn": "false" } }, true],
    ["Null as a boolean, not a text", { Null: { "aws:PrincipalArn": false } }, true],
    ["an operator on a missing key", { StringEquals: { "aws:SourceVpce": "vpce-1" } }, false],
    ["IfExists on a missing key", { StringEqualsIfExists: { "aws:SourceVpce": "vpce-1" } }, true],
    ["a negated operator on a missing key holds", { StringNotEquals: { "aws:SourceVpce": "vpce-1" } }, true],
    ["NotIpAddress on a missing key of another call path", { NotIpAddress: { "aws:VpcSourceIp": "10.0.0.0/8" } }, true],
    ["Bool on a missing key: no MFA means no key", { Bool: { "aws:MultiFactorAuthPresent": "false" } }, false],
    ["BoolIfExists on it", { BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } }, true],
    ["the name of a key is not case-sensitive", { StringEquals: { "AWS:principalarn": al } }, true],
    ["the name of a tag in it is not either", { StringEquals: { "aws:PrincipalTag/TEAM": "blue" } }, true],
    ["its value is", { StringEquals: { "aws:PrincipalTag/team": "Blue" } }, false],
    ["unless one says IgnoreCase", { StringEqualsIgnoreCase: { "aws:PrincipalTag/team": "Blue" } }, true],
    ["a star in StringEquals is a star", { StringEquals: { "aws:PrincipalArn": `arn:aws:iam::${A}:user/*` } }, false],
    ["in StringLike it is any text", { StringLike: { "aws:PrincipalArn": `arn:aws:iam::${A}:user/*` } }, true],
    ["ArnEquals takes stars as ArnLike does", { ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${A}:user/*` } }, true],
    ["but a star stays within its part", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*" } }, false],
    ["two operators must both hold", { StringEquals: { "aws:username": "al" }, IpAddress: { "aws:SourceIp": "10.0.0.0/8" } }, false],
    ["of two values one is enough", { StringEquals: { "aws:username": ["bo", "al"] } }, true],
    ["of two values not equal, both must differ", { StringNotEquals: { "aws:username": ["bo", "al"] } }, false],
    ["a CIDR block", { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }, true],
    ["a policy variable", { StringEquals: { "aws:PrincipalTag/team": "${aws:PrincipalTag/team}" } }, true],
    ["a variable that is not there, with a default", { StringEquals: { "aws:username": "${aws:PrincipalTag/nobody, 'al'}" } }, true],
    ["a variable that is not there makes the value match nothing", { StringLike: { "aws:username": "${aws:PrincipalTag/nobody}*" } }, false],
    ["${*} is a star and no wildcard", { StringLike: { "aws:username": "a${*}" } }, false],
    ["dates", { DateGreaterThan: { "aws:CurrentTime": "2025-12-31T00:00:00Z" }, DateLessThan: { "aws:EpochTime": "1800000000" } }, true],
    ["SecureTransport", { Bool: { "aws:SecureTransport": "true" } }, true],
  ])("%s", async (_, Condition, expected) => {
    const { outcome, user, parameter } = world();
    await parameter("/p");
    const caller = await user(A, "al", allow("ssm:GetParameter", { Condition }));
    expect(await outcome("ssm", "GetParameter", { Name: "/p" }, caller, { sourceIp: "203.0.113.9" })).toBe(expected ? "ok" : "denied");
  });
});

describe("key policy, identity policy and the account between them", () => {
  const enc = ["kms:Encrypt"];
  test.each<[string, object[], object[], boolean]>([
    ["IAM alone, and the key policy does not let the account in", [allow("kms:*", by(rootOf(B)))], [allow("kms:*")], false],
    ["IAM, and the key policy lets the account in", [delegates], [allow("kms:Encrypt")], true],
    ["the account let in, and no IAM", [delegates], [], false],
    ["the account by its number is the same as its root", [allow("kms:*", by(A))], [allow("kms:Encrypt")], true],
    ["the key policy names the user, and no IAM", [allow(enc, by(al))], [], true],
    ["Principal * lets everybody in", [allow(enc, { Principal: "*" })], [], true],
    ["AWS: * too", [allow(enc, by("*"))], [], true],
    ["NotPrincipal with Deny spares the one it names with its account", [delegates, deny(enc, { NotPrincipal: { AWS: [al, rootOf(A)] } })], [allow(enc)], true],
    ["and hits all others", [delegates, deny(enc, { NotPrincipal: { AWS: [`arn:aws:iam::${A}:user/admin`, rootOf(A)] } })], [allow(enc)], false],
    ["an explicit deny in IAM beats a key policy that names the user", [allow(enc, by(al))], [deny("kms:*")], false],
    ["NotAction allows the rest", [delegates], [{ Effect: "Allow", NotAction: "ssm:*", Resource: "*" }], true],
    ["NotResource leaves out the key", [delegates], [{ Effect: "Allow", Action: "kms:*", NotResource: "arn:aws:kms:*:*:key/*" }], false],
    ["an action's name is not case-sensitive", [delegates], [allow("KMS:encrypt")], true],
    ["a question mark stands for one letter", [delegates], [allow("kms:Encryp?")], true],
    ["kms:ViaService is not there in a call of one's own", [delegates], [allow(enc, { Condition: { StringEquals: { "kms:ViaService": "ssm.us-east-1.amazonaws.com" } } })], false],
    ["kms:EncryptionContext: the value of a key", [delegates], [allow(enc, { Condition: { StringEquals: { "kms:EncryptionContext:App": "x" } } })], true],
    ["another value", [delegates], [allow(enc, { Condition: { StringEquals: { "kms:EncryptionContext:App": "y" } } })], false],
    ["kms:EncryptionContextKeys: all must be of these", [delegates], [allow(enc, { Condition: { "ForAllValues:StringEquals": { "kms:EncryptionContextKeys": ["App", "More"] } } })], true],
    ["kms:CallerAccount", [allow(enc, { Principal: "*", Condition: { StringEquals: { "kms:CallerAccount": A } } })], [], true],
    ["a condition key that nobody knows", [delegates], [allow(enc, { Condition: { StringEquals: { "kms:Nonsense": "x" } } })], false],
    ["a deny with a condition key that nobody knows is not a deny", [delegates], [allow(enc), deny(enc, { Condition: { StringEquals: { "kms:Nonsense": "x" } } })], true],
  ])("%s", async (_, keyPolicy, identity, expected) => {
    const { outcome, user, key } = world();
    const caller = await user(A, "al", ...identity);
    const KeyId = await key(...keyPolicy);
    expect(await outcome("kms", "Encrypt", { KeyId, Plaintext: "aGk=", EncryptionContext: { App: "x" } }, caller)).toBe(expected ? "ok" : "denied");
  });

  test.each<[string, object[], object[], boolean]>([
    ["both sides allow, the key policy by the account's root", [delegates, allow("kms:Encrypt", by(rootOf(B)))], [allow("kms:Encrypt")], true],
    ["the key policy alone", [delegates, allow("kms:Encrypt", by(rootOf(B)))], [], false],
    ["the key policy names the user, and no IAM there", [delegates, allow("kms:Encrypt", by(bo))], [], false],
    ["it names the user, and IAM there allows", [delegates, allow("kms:Encrypt", by(bo))], [allow("kms:Encrypt")], true],
    ["IAM alone", [delegates], [allow("kms:*")], false],
    ["Principal * and IAM", [delegates, allow("kms:Encrypt", { Principal: "*" })], [allow("kms:Encrypt")], true],
    ["Principal * held to the other account", [delegates, allow("kms:Encrypt", { Principal: "*", Condition: { StringEquals: { "aws:PrincipalAccount": A } } })], [allow("kms:Encrypt")], false],
  ])("from another account: %s", async (_, keyPolicy, identity, expected) => {
    const { outcome, user, key } = world();
    const caller = await user(B, "bo", ...identity);
    const KeyId = await key(...keyPolicy);
    expect(await outcome("kms", "Encrypt", { KeyId, Plaintext: "aGk=" }, caller)).toBe(expected ? "ok" : "denied");
  });
});

describe("sessions, boundaries and what limits them", () => {
  const assumed = async (w: ReturnType<typeof world>, input: JsonObject = {}): Promise<Caller> =>
    ({ accessKeyId: (await w.call("sts", "AssumeRole", { RoleArn: `arn:aws:iam::${A}:role/r`, RoleSessionName: "s1", ...input })).Credentials.AccessKeyId });
  const encrypt = (w: ReturnType<typeof world>, KeyId: string, caller: Caller) => w.outcome("kms", "Encrypt", { KeyId, Plaintext: "aGk=" }, caller);

  test("a session policy cuts the role down, and gives nothing by itself", async () => {
    const w = world();
    await w.role(A, "r", allow("kms:*"));
    const KeyId = await w.key(delegates);
    expect(await encrypt(w, KeyId, await assumed(w))).toBe("ok");
    expect(await encrypt(w, KeyId, await assumed(w, { Policy: doc(allow("kms:Decrypt")) }))).toBe("denied");
    expect(await encrypt(w, KeyId, await assumed(w, { Policy: doc(allow("kms:Encrypt")) }))).toBe("ok");
    expect(await w.outcome("ssm", "DescribeParameters", {}, await assumed(w, { Policy: doc(allow("*")) }))).toBe("denied");
  });

  test("a key policy that names the session is not cut by a session policy; one that names the role is", async () => {
    const w = world();
    await w.role(A, "r");
    const narrow = { Policy: doc(allow("ssm:*")) };
    const bySession = await w.key(delegates, allow("kms:Encrypt", by(`arn:aws:sts::${A}:assumed-role/r/s1`)));
    const byRole = await w.key(delegates, allow("kms:Encrypt", by(`arn:aws:iam::${A}:role/r`)));
    expect(await encrypt(w, bySession, await assumed(w, narrow))).toBe("ok");
    expect(await encrypt(w, byRole, await assumed(w, narrow))).toBe("denied");
    expect(await encrypt(w, byRole, await assumed(w))).toBe("ok");
  });

  test("a boundary limits what identity policies give, and not what a key policy gives to the user by name", async () => {
    const w = world();
    const caller = await w.user(A, "al", allow("kms:*"));
    const { Policy } = await w.call("iam", "CreatePolicy", { PolicyName: "b", PolicyDocument: doc(allow("ssm:*")) });
    await w.call("iam", "PutUserPermissionsBoundary", { UserName: "al", PermissionsBoundary: Policy.Arn });
    expect(await encrypt(w, await w.key(delegates), caller)).toBe("denied");
    expect(await encrypt(w, await w.key(delegates, allow("kms:Encrypt", by(al))), caller)).toBe("ok");
  });

  test("an SCP reaches a member account's root user too, and never the management account", async () => {
    const w = world();
    await w.call("organizations", "CreateOrganization", {});
    const { Handshake } = await w.call("organizations", "InviteAccountToOrganization", { Target: { Id: B, Type: "ACCOUNT" } });
    await w.call("organizations", "AcceptHandshake", { HandshakeId: Handshake.Id }, admin(B));
    const { Roots } = await w.call("organizations", "ListRoots");
    await w.call("organizations", "EnablePolicyType", { RootId: Roots[0].Id, PolicyType: "SERVICE_CONTROL_POLICY" });
    const { Policy } = await w.call("organizations", "CreatePolicy", { Name: "no", Description: "", Type: "SERVICE_CONTROL_POLICY", Content: doc(deny("kms:CreateKey")) });
    await w.call("organizations", "AttachPolicy", { PolicyId: Policy.PolicySummary.Id, TargetId: Roots[0].Id });
    const create = (caller: Caller) => w.outcome("kms", "CreateKey", {}, caller);
    expect([await create(admin(A)), await create({ account: A, root: true }), await create(admin(B)), await create({ account: B, root: true })]).toEqual(["ok", "ok", "denied", "denied"]);
  });

  test("the root user: the account itself, no roles, and no more than a key policy leaves it", async () => {
    const w = world();
    const root: Caller = { account: A, root: true };
    await w.role(A, "r");
    await w.user(A, "al");
    expect(await w.outcome("sts", "AssumeRole", { RoleArn: `arn:aws:iam::${A}:role/r`, RoleSessionName: "xy" }, root)).toBe("denied");
    expect(await encrypt(w, await w.key(delegates), root)).toBe("ok");
    expect(await encrypt(w, await w.key(allow("kms:*", by(al))), root)).toBe("denied");
    expect(await encrypt(w, await w.key(delegates, deny("kms:Encrypt", { Principal: "*" })), root)).toBe("denied");
    expect(await w.outcome("iam", "ListUsers", {}, root)).toBe("ok");
  });

  test("a grant lets in whom no policy names, within its encryption context, and no deny is overcome", async () => {
    const w = world();
    const caller = await w.user(A, "al");
    const KeyId = await w.key(delegates);
    const { GrantToken } = await w.call("kms", "CreateGrant", { KeyId, GranteePrincipal: al, Operations: ["Encrypt"], Constraints: { EncryptionContextSubset: { App: "x" } } });
    const ask = (EncryptionContext: JsonObject) => w.outcome("kms", "Encrypt", { KeyId, Plaintext: "aGk=", EncryptionContext, GrantTokens: [GrantToken] }, caller);
    expect([await ask({ App: "x", More: "y" }), await ask({ App: "y" }), await ask({})]).toEqual(["ok", "denied", "denied"]);
    await w.call("iam", "PutUserPolicy", { UserName: "al", PolicyName: "p", PolicyDocument: doc(deny("kms:Encrypt")) });
    expect(await ask({ App: "x" })).toBe("denied");
  });

  test("kms:ViaService: the key opens through Parameter Store and not by itself, in this Region's service only", async () => {
    const w = world();
    const via = (service: string) => allow(["kms:Encrypt", "kms:Decrypt"], { ...by(al), Condition: { StringEquals: { "kms:ViaService": service } } });
    const caller = await w.user(A, "al", allow("ssm:*"));
    const open = await w.key(delegates, via("ssm.us-east-1.amazonaws.com"));
    const shut = await w.key(delegates, via("ssm.eu-west-1.amazonaws.com"));
    const put = (Name: string, KeyId: string) => w.outcome("ssm", "PutParameter", { Name, Value: "v", Type: "SecureString", KeyId }, caller);
    expect([await put("/a", open), await put("/b", shut), await encrypt(w, open, caller)]).toEqual(["ok", "denied", "denied"]);
    expect(await w.outcome("ssm", "GetParameter", { Name: "/a", WithDecryption: true }, caller)).toBe("ok");
  });

  test("the encryption context of a SecureString can be held to a path", async () => {
    const w = world();
    const KeyId = await w.key(delegates);
    const caller = await w.user(A, "al", allow("ssm:*"), allow("kms:*", { Condition: { StringLike: { "kms:EncryptionContext:PARAMETER_ARN": `arn:aws:ssm:*:*:parameter/dev/*` } } }));
    const put = (Name: string) => w.outcome("ssm", "PutParameter", { Name, Value: "v", Type: "SecureString", KeyId }, caller);
    expect([await put("/dev/a"), await put("/prod/a")]).toEqual(["ok", "denied"]);
  });

  test("aws:CalledVia names the service in between", async () => {
    const w = world();
    const KeyId = await w.key(delegates);
    const caller = await w.user(A, "al", allow("ssm:*"), allow("kms:*", { Condition: { "ForAnyValue:StringEquals": { "aws:CalledVia": "ssm.amazonaws.com" } } }));
    expect(await encrypt(w, KeyId, caller)).toBe("denied");
    expect(await w.outcome("ssm", "PutParameter", { Name: "/a", Value: "v", Type: "SecureString", KeyId }, caller)).toBe("ok");
  });

  test("a policy variable in a resource, with a value that has wildcards in it", async () => {
    const w = world();
    await w.parameter("/home/al/x");
    await w.parameter("/home/bo/x");
    const mine = { Effect: "Allow", Action: "ssm:GetParameter", Resource: `arn:aws:ssm:*:*:parameter/home/\${aws:username}/*` };
    const caller = await w.user(A, "al", mine);
    const get = (Name: string, who: Caller) => w.outcome("ssm", "GetParameter", { Name }, who);
    expect([await get("/home/al/x", caller), await get("/home/bo/x", caller)]).toEqual(["ok", "denied"]);
    // Session tags may hold a star; filled in, it is a star and opens nothing.
    await w.role(A, "r", { ...mine, Resource: "arn:aws:ssm:*:*:parameter/home/${aws:PrincipalTag/who}/*" });
    const as = async (who: string) => assumed(w, { Tags: [{ Key: "who", Value: who }] });
    await w.call("iam", "PutUserPolicy", { UserName: "admin", PolicyName: "tag", PolicyDocument: doc(allow("sts:TagSession")) });
    expect([await get("/home/al/x", await as("al")), await get("/home/bo/x", await as("al"))]).toEqual(["ok", "denied"]);
    expect(await get("/home/bo/x", await as("+=@"))).toBe("denied");
  });

  test("a key policy of the old Version has no policy variables: they are plain text", async () => {
    const w = world();
    const caller = await w.user(A, "al");
    const statement = allow("kms:Encrypt", { ...by(al), Condition: { StringEquals: { "kms:EncryptionContext:who": "${aws:username}" } } });
    const ask = async (Version: string, who: string) => {
      const Policy = JSON.stringify({ Version, Statement: [delegates, statement] });
      const KeyId = (await w.call("kms", "CreateKey", { Policy })).KeyMetadata.KeyId;
      return w.outcome("kms", "Encrypt", { KeyId, Plaintext: "aGk=", EncryptionContext: { who } }, caller);
    };
    expect([await ask("2012-10-17", "al"), await ask("2012-10-17", "${aws:username}"), await ask("2008-10-17", "al"), await ask("2008-10-17", "${aws:username}")]).toEqual(["ok", "denied", "denied", "ok"]);
  });
});
