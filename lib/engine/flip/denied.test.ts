import { describe, expect, test } from "vitest";
import type { Call, Caller, JsonObject } from "../types";
import {
  A,
  B,
  admin,
  allow,
  by,
  delegation,
  deny,
  doc,
  flipsOf,
  region,
  roleArn,
  rootOf,
  sentences,
  text,
  userArn,
  world,
  type World,
} from "./flip.test-helper";

/**
 * Refused calls of every kind: the first change offered is the one that somebody who knows AWS would make, and every
 * change offered is run again on a fresh copy (see `flipsOf`), where it must flip the answer.
 */

const call = (service: string, operation: string, input: JsonObject, caller: Caller, more: Partial<Call> = {}): Call => ({
  service,
  operation,
  input,
  caller,
  region,
  door: "terminal",
  ...more,
});
const encrypt = (KeyId: string, caller: Caller, more: JsonObject = {}): Call =>
  call("kms", "Encrypt", { KeyId, Plaintext: text("x"), ...more }, caller);
const get = (Name: string, caller: Caller, more: JsonObject = {}): Call => call("ssm", "GetParameter", { Name, ...more }, caller);
const when = (operator: string, key: string, value: string | string[]): object => ({ Condition: { [operator]: { [key]: value } } });
const session = async (w: World, RoleName: string, more: JsonObject = {}, caller: Caller = admin()): Promise<Caller> => ({
  accessKeyId: (await w.must("sts", "AssumeRole", { RoleArn: roleArn(RoleName), RoleSessionName: "sess", ...more }, caller)).Credentials
    .AccessKeyId,
});

type Row = [name: string, prepare: (w: World) => Promise<Call>, first: RegExp, others?: RegExp[]];

async function check(prepare: Row[1], first: RegExp, others: RegExp[] = []): Promise<void> {
  const w = world();
  const found = await flipsOf(w, await prepare(w));
  expect(found.wanted).toBe("allow");
  expect(found.same).toBe(true);
  expect(found.flips[0]?.sentence ?? found.note).toMatch(first);
  for (const other of others) expect(sentences(found).join("\n")).toMatch(other);
  for (const [i, flip] of found.flips.entries())
    if (i && !flip.asksOtherwise) expect(flip.breadth).toBeGreaterThanOrEqual(found.flips[i - 1].breadth);
}

describe("nothing allows it: identity policies", () => {
  test.each<Row>([
    [
      "no policy at all",
      async (w) => encrypt(await w.key(), await w.user("al")),
      /^Give user al a policy of its own that allows kms:Encrypt on the key/,
      [/Add a statement to the key policy/, /Make a grant/, /Attach AWS’s policy/],
    ],
    [
      "a statement for the key, without the action",
      async (w) => {
        const k = await w.key();
        return encrypt(k, await w.user("al", allow("kms:Decrypt", { Resource: k })));
      },
      /^Add kms:Encrypt to the actions of statement 1 of the policy own of user al\.$/,
    ],
    [
      "a statement for the action, on another key",
      async (w) => {
        const k = await w.key();
        return encrypt(k, await w.user("al", allow("kms:Encrypt", { Resource: await w.key() })));
      },
      /^Add the key …\w{4} to the resources of statement 1/,
    ],
    [
      "a statement for another service",
      async (w) => encrypt(await w.key(), await w.user("al", allow("ssm:GetParameter", { Resource: `arn:aws:ssm:*:${A}:parameter/a/*` }))),
      /^Add a statement to the policy own of user al that allows kms:Encrypt/,
    ],
    [
      "a named statement",
      async (w) => {
        const k = await w.key();
        return encrypt(k, await w.user("al", { ...allow("kms:Decrypt", { Resource: k }), Sid: "UseKey" }));
      },
      /^Add kms:Encrypt to the actions of “UseKey” of/,
    ],
    [
      "a role without a policy",
      async (w) => encrypt(await w.key(), await w.role("app", [])),
      /^Give role app a policy of its own that allows kms:Encrypt/,
    ],
    [
      "a customer managed policy without the action",
      async (w) => {
        const k = await w.key();
        const al = await w.user("al");
        const PolicyArn = await w.policy("keys", allow("kms:Decrypt", { Resource: k }));
        await w.must("iam", "AttachUserPolicy", { UserName: "al", PolicyArn });
        return encrypt(k, al);
      },
      /^Add kms:Encrypt to the actions of statement 1 of the managed policy keys/,
    ],
    [
      "a managed policy that others have too: the change for al alone comes first",
      async (w) => {
        const k = await w.key();
        const al = await w.user("al");
        await w.user("bo");
        const PolicyArn = await w.policy("keys", allow("kms:Decrypt", { Resource: k }));
        for (const UserName of ["al", "bo"]) await w.must("iam", "AttachUserPolicy", { UserName, PolicyArn });
        return encrypt(k, al);
      },
      /^Give user al a policy of its own/,
      [/managed policy keys/],
    ],
    [
      "a managed policy with five versions",
      async (w) => {
        const k = await w.key();
        const al = await w.user("al");
        const PolicyArn = await w.policy("keys", allow("kms:Decrypt", { Resource: k }));
        for (let i = 0; i < 4; i++)
          await w.must("iam", "CreatePolicyVersion", {
            PolicyArn,
            PolicyDocument: doc(allow("kms:Decrypt", { Resource: k })),
            SetAsDefault: true,
          });
        await w.must("iam", "AttachUserPolicy", { UserName: "al", PolicyArn });
        return encrypt(k, al);
      },
      /^Add kms:Encrypt to the actions of statement 1 of the managed policy keys/,
    ],
    [
      "NotAction leaves it out",
      async (w) => encrypt(await w.key(), await w.user("al", { Effect: "Allow", NotAction: ["kms:Encrypt", "iam:*"], Resource: "*" })),
      /^Add a statement to the policy own/,
      [/Take kms:Encrypt out of NotAction/],
    ],
    [
      "a parameter's path",
      async (w) => {
        await w.parameter("/prod/db");
        return get("/prod/db", await w.user("al", allow("ssm:GetParameter", { Resource: `arn:aws:ssm:*:${A}:parameter/dev/*` })));
      },
      /^Add the parameter \/prod\/db to the resources of statement 1/,
    ],
    [
      "reading by path",
      async (w) => {
        await w.parameter("/prod/db");
        return call("ssm", "GetParametersByPath", { Path: "/prod" }, await w.user("al", allow("ssm:GetParameter")));
      },
      /^Add a statement to the policy own of user al that allows ssm:GetParametersByPath on the parameter \/?prod/,
    ],
    [
      "a user who may not make users",
      async (w) => call("iam", "CreateUser", { UserName: "new" }, await w.user("al", allow("iam:GetUser"))),
      /that allows iam:CreateUser on user new/,
    ],
    [
      "two questions in one call: PutParameter with tags",
      async (w) =>
        call(
          "ssm",
          "PutParameter",
          { Name: "/a", Value: "1", Type: "String", Tags: [{ Key: "k", Value: "v" }] },
          await w.user("al", allow("ssm:PutParameter")),
        ),
      /^Add ssm:AddTagsToResource to the actions|^Add a statement to the policy own of user al that allows ssm:AddTagsToResource/,
    ],
  ])("%s", (_, prepare, first, others) => check(prepare, first, others));
});

describe("key policies", () => {
  test.each<Row>([
    [
      "one that does not let the account in",
      async (w) => {
        const al = await w.user("al", allow("kms:*"));
        return encrypt(await w.key(allow("kms:*", by(userArn("admin")))), al);
      },
      /^Add a statement to the key policy of the key …\w{4} that allows kms:Encrypt to user al\.$/,
      [/Make a grant/, /leaves the key to the identity policies/],
    ],
    [
      "a statement for this use that names somebody else",
      async (w) => {
        const al = await w.user("al");
        await w.user("bo");
        return encrypt(await w.key(delegation, { Sid: "Use", ...allow("kms:Encrypt", by(userArn("bo"))) }), al);
      },
      /^Add user al to the principals of “Use” of the key policy/,
    ],
    [
      "a condition on the encryption context, none sent",
      async (w) => {
        const al = await w.user("al");
        return encrypt(
          await w.key(
            delegation,
            allow("kms:Encrypt", { ...by(userArn("al")), ...when("StringEquals", "kms:EncryptionContext:App", "payroll") }),
          ),
          al,
        );
      },
      /^Send the encryption context App=payroll with the call\.$/,
    ],
    [
      "another value sent",
      async (w) => {
        const al = await w.user("al", allow("kms:Encrypt", when("StringEquals", "kms:EncryptionContext:App", ["payroll", "hr"])));
        return encrypt(await w.key(), al, { EncryptionContext: { App: "web", Tier: "1" } });
      },
      /^Send the encryption context App=payroll/,
      [/Add web to the values of kms:EncryptionContext:App/, /Take the condition on kms:EncryptionContext:App/],
    ],
    [
      "only certain keys may be in the context",
      async (w) => {
        const al = await w.user("al", allow("kms:Encrypt", when("ForAllValues:StringEquals", "kms:EncryptionContextKeys", ["App"])));
        return encrypt(await w.key(), al, { EncryptionContext: { App: "web", Extra: "1" } });
      },
      /^Make the call without Extra in its encryption context/,
    ],
    [
      "kms:ViaService, and a call of one's own",
      async (w) => {
        const al = await w.user("al", allow("kms:Encrypt", when("StringEquals", "kms:ViaService", `ssm.${region}.amazonaws.com`)));
        return encrypt(await w.key(), al);
      },
      /that allows kms:Encrypt on|Take the condition on kms:ViaService/,
      [/Take the condition on kms:ViaService/],
    ],
    [
      "kms:ViaService of another service, through Parameter Store",
      async (w) => {
        const k = await w.key();
        const al = await w.user("al", allow("ssm:*"), allow("kms:*", when("StringEquals", "kms:ViaService", `s3.${region}.amazonaws.com`)));
        await w.parameter("/s", { Type: "SecureString", KeyId: k });
        return get("/s", al, { WithDecryption: true });
      },
      /only through ssm\.us-east-1\.amazonaws\.com/,
      [/Add ssm\.us-east-1\.amazonaws\.com to the values of kms:ViaService/],
    ],
    [
      "kms:RequestAlias, and the key named by its id",
      async (w) => {
        const k = await w.key();
        await w.must("kms", "CreateAlias", { AliasName: "alias/app", TargetKeyId: k });
        const al = await w.user("al", allow("kms:Encrypt", when("StringEquals", "kms:RequestAlias", "alias/app")));
        return encrypt(k, al);
      },
      /^Name the key by its alias: alias\/app/,
    ],
    [
      "kms:ScheduleKeyDeletionPendingWindowInDays",
      async (w) => {
        const KeyId = await w.key();
        const al = await w.user(
          "al",
          allow("kms:ScheduleKeyDeletion", when("NumericGreaterThanEquals", "kms:ScheduleKeyDeletionPendingWindowInDays", "30")),
        );
        return call("kms", "ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 }, al);
      },
      /^Make the call with PendingWindowInDays 30/,
    ],
    [
      "an explicit deny of one principal among others",
      async (w) => {
        const al = await w.user("al", allow("kms:*"));
        await w.user("bo");
        return encrypt(await w.key(delegation, { Sid: "No", ...deny("kms:Encrypt", by(userArn("al"), userArn("bo"))) }), al);
      },
      /^(Take user al out of the principals that “No”|Exempt user al from “No”)/,
      [/Take “No” out of the key policy/],
    ],
    [
      "an explicit deny of everybody",
      async (w) => {
        const al = await w.user("al", allow("kms:*"));
        return encrypt(
          await w.key(delegation, { Sid: "No", ...deny("kms:*", { Principal: "*" }), Action: ["kms:Encrypt", "kms:Decrypt"] }),
          al,
        );
      },
      /^Exempt user al from “No” of the key policy/,
      [/Take kms:Encrypt out of the actions that “No”/],
    ],
    [
      "a deny that spares others by NotPrincipal",
      async (w) => {
        const al = await w.user("al", allow("kms:*"));
        return encrypt(await w.key(delegation, deny("kms:Encrypt", { NotPrincipal: { AWS: [userArn("admin"), rootOf(A)] } })), al);
      },
      /^(Add user al to those whom statement 2|Exempt user al)/,
      [/Add user al to those whom/],
    ],
    [
      "a deny without the right context",
      async (w) => {
        const al = await w.user("al", allow("kms:*"));
        return encrypt(
          await w.key(delegation, {
            Sid: "Labelled",
            ...deny("kms:Encrypt", { Principal: "*", ...when("StringNotEquals", "kms:EncryptionContext:App", "payroll") }),
          }),
          al,
        );
      },
      /^Send the encryption context App=payroll/,
    ],
    [
      "a deny of calls without TLS",
      async (w) => {
        const al = await w.user("al", allow("kms:*"));
        return {
          ...encrypt(await w.key(delegation, deny("kms:*", { Principal: "*", ...when("Bool", "aws:SecureTransport", "false") })), al),
          secureTransport: false,
        };
      },
      /./,
    ],
    [
      "from another account, neither half",
      async (w) => encrypt(await w.key(delegation), await w.userOf(B, "bo")),
      /^Add a statement to the key policy of the key …\w{4} that allows kms:Encrypt to user bo; and give user bo a policy of its own that allows kms:Encrypt/,
      [/Make a grant/],
    ],
    [
      "from another account, the key policy missing",
      async (w) => encrypt(await w.key(delegation), await w.userOf(B, "bo", allow("kms:*"))),
      /^Add a statement to the key policy of the key …\w{4} that allows kms:Encrypt to user bo\.$/,
    ],
    [
      "from another account, the identity policy missing",
      async (w) => {
        const bo = await w.userOf(B, "bo");
        return encrypt(await w.key(delegation, allow("kms:Encrypt", by(rootOf(B)))), bo);
      },
      /^Give user bo a policy of its own that allows kms:Encrypt on the key …\w{4}\.$/,
    ],
    [
      "what other accounts can never do",
      async (w) => call("kms", "DisableKey", { KeyId: await w.key(delegation, allow("kms:*", by(rootOf(B)))) }, admin(B)),
      /cannot be used from another account/,
    ],
    [
      "a policy that would lock its author out",
      async (w) => call("kms", "PutKeyPolicy", { KeyId: await w.key(), Policy: doc(allow("kms:Encrypt", by(userArn("admin")))) }, admin()),
      /^Add a statement to the new key policy that leaves the key to the identity policies/,
      [/BypassPolicyLockoutSafetyCheck/],
    ],
    [
      "ReEncrypt: the second key",
      async (w) => {
        const [from, to] = [await w.key(), await w.key()];
        const al = await w.user("al", allow("kms:ReEncryptFrom", { Resource: from }));
        return call("kms", "ReEncrypt", { CiphertextBlob: await w.encrypt(from), DestinationKeyId: to }, al);
      },
      /that allows kms:ReEncryptTo on the key/,
    ],
    [
      "ReEncrypt: both keys",
      async (w) => {
        const [from, to] = [await w.key(), await w.key()];
        return call("kms", "ReEncrypt", { CiphertextBlob: await w.encrypt(from), DestinationKeyId: to }, await w.user("al"));
      },
      /kms:ReEncryptFrom.*; and .*kms:ReEncryptTo/,
    ],
  ])("%s", (_, prepare, first, others) => check(prepare, first, others));
});

describe("grants", () => {
  const granted = async (w: World, more: JsonObject = {}): Promise<{ k: string; al: Caller; token: string }> => {
    const k = await w.key(delegation);
    const al = await w.user("al");
    const { GrantToken } = await w.must("kms", "CreateGrant", {
      KeyId: k,
      GranteePrincipal: userArn("al"),
      Operations: ["Encrypt"],
      ...more,
    });
    return { k, al, token: GrantToken };
  };
  test.each<Row>([
    [
      "one that is too new",
      async (w) => {
        const { k, al } = await granted(w);
        return encrypt(k, al);
      },
      /^Send the token of the grant \w{8}… with the call/,
      [/Wait until the grant/],
    ],
    [
      "one with a constraint",
      async (w) => {
        const { k, al } = await granted(w, { Constraints: { EncryptionContextSubset: { App: "payroll" } } });
        await w.lab.advance(600_000);
        return encrypt(k, al, { EncryptionContext: { Tier: "1" } });
      },
      /^Make the call with the encryption context that the grant \w{8}… wants: App=payroll/,
    ],
    [
      "one that wants just its own context",
      async (w) => {
        const { k, al } = await granted(w, { Constraints: { EncryptionContextEquals: { App: "payroll" } } });
        await w.lab.advance(600_000);
        return encrypt(k, al, { EncryptionContext: { App: "payroll", Tier: "1" } });
      },
      /just the encryption context that the grant/,
    ],
    [
      "one for another operation",
      async (w) => {
        const { k, al } = await granted(w);
        await w.lab.advance(600_000);
        return call("kms", "Decrypt", { CiphertextBlob: await w.encrypt(k) }, al);
      },
      /^(Give user al a policy of its own|Make a grant on)/,
      [/Make a grant on/],
    ],
    [
      "too new, and with a constraint",
      async (w) => {
        const { k, al } = await granted(w, { Constraints: { EncryptionContextSubset: { App: "payroll" } } });
        return encrypt(k, al);
      },
      /^Make the call with the encryption context.*; and send the token of the grant/,
    ],
  ])("%s", (_, prepare, first, others) => check(prepare, first, others));
});

describe("deny in an identity policy", () => {
  test.each<Row>([
    [
      "of the user itself",
      async (w) => encrypt(await w.key(), await w.user("al", allow("kms:*"), { Sid: "No", ...deny("kms:Encrypt") })),
      /^Let “No” of the policy own of user al deny all but the key/,
      [/Take “No” out of the policy own/],
    ],
    [
      "with the action in a list",
      async (w) => {
        const k = await w.key();
        return encrypt(k, await w.user("al", allow("kms:*"), deny(["kms:Encrypt", "kms:Sign"], { Resource: k })));
      },
      /^Take kms:Encrypt out of the actions that statement 2/,
    ],
    [
      "of a group",
      async (w) => {
        const al = await w.user("al", allow("kms:*"));
        await w.user("bo", allow("kms:*"));
        await w.must("iam", "CreateGroup", { GroupName: "staff" });
        await w.must("iam", "PutGroupPolicy", {
          GroupName: "staff",
          PolicyName: "guard",
          PolicyDocument: doc({ Sid: "NoUse", ...deny("kms:Encrypt") }),
        });
        for (const UserName of ["al", "bo"]) await w.must("iam", "AddUserToGroup", { GroupName: "staff", UserName });
        return encrypt(await w.key(), al);
      },
      /^Exempt user al from “NoUse” of the policy guard of group staff/,
      [/Take user al out of the group staff/],
    ],
    [
      "unless the key has a tag",
      async (w) => {
        const k = await w.key();
        return encrypt(k, await w.user("al", allow("kms:*"), deny("kms:Encrypt", when("StringNotEquals", "aws:ResourceTag/env", "dev"))));
      },
      /./,
      [/Put the tag env=dev on the key/, /Let statement 2/],
    ],
    [
      "because the key has a tag",
      async (w) => {
        const k = await w.key();
        await w.must("kms", "TagResource", { KeyId: k, Tags: [{ TagKey: "env", TagValue: "prod" }] });
        return encrypt(k, await w.user("al", allow("kms:*"), deny("kms:Encrypt", when("StringEquals", "aws:ResourceTag/env", "prod"))));
      },
      /./,
      [/Take the tag env off the key/],
    ],
    [
      "of overwriting",
      async (w) => {
        await w.parameter("/a");
        return call(
          "ssm",
          "PutParameter",
          { Name: "/a", Value: "2", Type: "String", Overwrite: true },
          await w.user("al", allow("ssm:*"), deny("ssm:PutParameter", when("StringEquals", "ssm:Overwrite", "true"))),
        );
      },
      /^Let statement 2 of the policy own of user al deny all but the parameter \/?a|deny/,
    ],
    [
      "two denies, in the key policy and on the user",
      async (w) => {
        const al = await w.user("al", allow("kms:*"), deny("kms:Encrypt"));
        return encrypt(await w.key(delegation, { Sid: "KeyNo", ...deny("kms:Encrypt", by(userArn("al"))) }), al);
      },
      /“KeyNo”.*; and .*statement 2/,
    ],
  ])("%s", (_, prepare, first, others) => check(prepare, first, others));
});

describe("tags", () => {
  const abac = { Sid: "SameTeam", ...allow("kms:Encrypt", when("StringEquals", "aws:ResourceTag/team", "${aws:PrincipalTag/team}")) };
  test.each<Row>([
    [
      "the key has no tag",
      async (w) => {
        await w.user("al", abac);
        await w.must("iam", "TagUser", { UserName: "al", Tags: [{ Key: "team", Value: "blue" }] });
        return encrypt(await w.key(), { account: A, user: "al" });
      },
      /^Put the tag team=blue on the key/,
    ],
    [
      "the caller has no tag",
      async (w) => {
        const al = await w.user("al", abac);
        const k = await w.key();
        await w.must("kms", "TagResource", { KeyId: k, Tags: [{ TagKey: "team", TagValue: "red" }] });
        return encrypt(k, al);
      },
      /Put the tag team=red on user al|allows kms:Encrypt on/,
      [/Put the tag team=red on user al/],
    ],
    [
      "a parameter's tag",
      async (w) => {
        await w.parameter("/a");
        return get("/a", await w.user("al", allow("ssm:GetParameter", when("StringEquals", "ssm:resourceTag/env", "dev"))));
      },
      /^Put the tag env=dev on the parameter/,
    ],
    [
      "a tag of the request",
      async (w) =>
        call(
          "kms",
          "CreateKey",
          {},
          await w.user("al", allow(["kms:CreateKey", "kms:TagResource"], when("StringEquals", "aws:RequestTag/env", "dev"))),
        ),
      /^Send the tag env=dev with the call/,
    ],
    [
      "a role's tag",
      async (w) =>
        encrypt(await w.key(), await w.role("app", [allow("kms:Encrypt", when("StringEquals", "aws:PrincipalTag/tier", "gold"))])),
      /Put the tag tier=gold on role app|allows kms:Encrypt/,
      [/Put the tag tier=gold on role app/],
    ],
  ])("%s", (_, prepare, first, others) => check(prepare, first, others));
});

describe("what limits: boundary, session, control policies", () => {
  const bounded = async (w: World, boundary: string, ...statements: object[]): Promise<Caller> => {
    const al = await w.user("al", ...statements);
    await w.must("iam", "PutUserPermissionsBoundary", { UserName: "al", PermissionsBoundary: boundary });
    return al;
  };
  test.each<Row>([
    [
      "a boundary without the action",
      async (w) => {
        const k = await w.key();
        const al = await bounded(w, await w.policy("edge", allow("kms:Decrypt", { Resource: k })), allow("kms:*"));
        return encrypt(k, al);
      },
      /^Add kms:Encrypt to the actions of statement 1 of the permissions boundary edge of user al/,
      [/Take the permissions boundary edge away from user al/],
    ],
    [
      "a boundary for another service",
      async (w) => encrypt(await w.key(), await bounded(w, await w.policy("edge", allow("ssm:*")), allow("kms:*"))),
      /^Add a statement to the permissions boundary edge of user al that allows kms:Encrypt/,
    ],
    [
      "a boundary of AWS's own",
      async (w) => encrypt(await w.key(), await bounded(w, "arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess", allow("kms:*"))),
      /^(Make a copy of AmazonSSMReadOnlyAccess|Add a statement to the key policy)/,
      [/Make a copy of AmazonSSMReadOnlyAccess that also allows kms:Encrypt/],
    ],
    [
      "boundary and identity policy both",
      async (w) => {
        const al = await bounded(w, await w.policy("edge", allow("ssm:*")));
        await w.parameter("/a");
        return call("kms", "CreateKey", {}, al);
      },
      /that allows kms:CreateKey.*; and add .* the permissions boundary edge/i,
    ],
    [
      "a deny in a boundary",
      async (w) =>
        encrypt(
          await w.key(),
          await bounded(w, await w.policy("edge", allow("*"), { Sid: "NoUse", ...deny("kms:Encrypt") }), allow("kms:*")),
        ),
      /“NoUse” of the permissions boundary edge/,
    ],
    [
      "a session policy without the action",
      async (w) => {
        await w.role("app", [allow("kms:*")]);
        const s = await session(w, "app", { Policy: doc(allow("kms:Decrypt")) });
        return encrypt(await w.key(), s);
      },
      /the session policy of AssumeRole, which is then called again/,
      [/Assume the role again without a session policy/],
    ],
    [
      "a deny in a session policy",
      async (w) => {
        await w.role("app", [allow("kms:*")]);
        const s = await session(w, "app", { Policy: doc(allow("*"), deny("kms:Encrypt")) });
        return encrypt(await w.key(), s);
      },
      /session policy of AssumeRole/,
    ],
    [
      "a federated user without a session policy",
      async (w) => {
        const al = await w.user("al", allow("*"));
        const { Credentials } = await w.must("sts", "GetFederationToken", { Name: "guest" }, al);
        return encrypt(await w.key(), { accessKeyId: Credentials.AccessKeyId });
      },
      /^Add a statement to the session policy of GetFederationToken/,
      [/Add a statement to the key policy/],
    ],
    [
      "a service control policy that denies",
      async (w) => {
        const { control } = await w.organization();
        await control("SERVICE", "guard", { Sid: "NoKeys", ...deny("kms:CreateKey") });
        return call("kms", "CreateKey", {}, admin(B));
      },
      /^Exempt user admin from “NoKeys” of the service control policy guard/,
    ],
    [
      "service control policies that leave it out",
      async (w) => {
        const { control } = await w.organization();
        await control("SERVICE", "only-ssm", allow("ssm:*"));
        await w.must("organizations", "DetachPolicy", { PolicyId: "p-FullAWSAccess", TargetId: B });
        return call("kms", "CreateKey", {}, admin(B));
      },
      /(to the actions of statement 1 of|^Add a statement to) the service control policy only-ssm/,
      [/Attach FullAWSAccess to the account 444455556666 again/],
    ],
    [
      "a service control policy and no identity policy",
      async (w) => {
        const { control } = await w.organization();
        await control("SERVICE", "guard", { Sid: "NoKeys", ...deny("kms:CreateKey") });
        return call("kms", "CreateKey", {}, await w.userOf(B, "bo"));
      },
      /“NoKeys”.*; and give user bo a policy of its own that allows kms:CreateKey/i,
    ],
    [
      "a resource control policy",
      async (w) => {
        const { control } = await w.organization();
        const k = (await w.must("kms", "CreateKey", {}, admin(B))).KeyMetadata.Arn as string;
        await control("RESOURCE", "fence", { Sid: "Fence", ...deny("kms:Encrypt", { Principal: "*" }) });
        return encrypt(k, admin(B));
      },
      /“Fence” of the resource control policy fence/,
    ],
  ])("%s", (_, prepare, first, others) => check(prepare, first, others));
});

describe("trust policies", () => {
  const assume = (caller: Caller, more: JsonObject = {}): Call =>
    call("sts", "AssumeRole", { RoleArn: roleArn("app"), RoleSessionName: "sess", ...more }, caller);
  test.each<Row>([
    [
      "one that names somebody else",
      async (w) => {
        const al = await w.user("al", allow("sts:AssumeRole"));
        await w.user("bo");
        await w.role("app", [], by(userArn("bo")));
        return assume(al);
      },
      /^Add user al to the principals of statement 1 of the trust policy of role app/,
    ],
    [
      "no identity policy",
      async (w) => {
        const al = await w.user("al");
        await w.role("app", [], by(rootOf(A)));
        return assume(al);
      },
      /^Give user al a policy of its own that allows sts:AssumeRole on role app/,
      [/trust policy of role app/],
    ],
    [
      "an ExternalId that was not sent",
      async (w) => {
        const bo = await w.userOf(B, "bo", allow("sts:AssumeRole"));
        await w.role("app", [], { ...by(rootOf(B)), ...when("StringEquals", "sts:ExternalId", "x-1") });
        return assume(bo);
      },
      /^Make the call with ExternalId x-1/,
    ],
    [
      "from another account, neither half",
      async (w) => {
        const bo = await w.userOf(B, "bo");
        await w.role("app", [], by(rootOf(A)));
        return assume(bo);
      },
      /trust policy of role app.*; and give user bo a policy/,
    ],
    [
      "session tags without sts:TagSession",
      async (w) => {
        const al = await w.user("al", allow("sts:*"));
        await w.role("app", [], by(rootOf(A)));
        return assume(al, { Tags: [{ Key: "team", Value: "blue" }] });
      },
      /sts:TagSession/,
    ],
    [
      "a session that is to last too long",
      async (w) => {
        await w.role("app", []);
        return assume(admin(), { DurationSeconds: 7200 });
      },
      /^Ask for 3600 seconds/,
      [/Let sessions of role app last 7200 seconds/],
    ],
  ])("%s", (_, prepare, first, others) => check(prepare, first, others));
});

describe("Parameter Store", () => {
  const sealed = async (w: World): Promise<string> => {
    const k = await w.key();
    await w.parameter("/app/secret", { Type: "SecureString", KeyId: k });
    return k;
  };
  test.each<Row>([
    [
      "the parameter allowed, the key not",
      async (w) => {
        await sealed(w);
        return get("/app/secret", await w.user("al", allow("ssm:GetParameter")), { WithDecryption: true });
      },
      /that allows kms:Decrypt on the key …\w{4}, only through ssm\.us-east-1\.amazonaws\.com\.$/,
      [/Read it without decryption/],
    ],
    [
      "neither",
      async (w) => {
        await sealed(w);
        return get("/app/secret", await w.user("al"), { WithDecryption: true });
      },
      /ssm:GetParameter on the parameter \/app\/secret; and .*kms:Decrypt.*only through ssm/,
    ],
    [
      "the key not, for writing",
      async (w) => {
        const k = await w.key();
        return call("ssm", "PutParameter", { Name: "/s", Value: "v", Type: "SecureString", KeyId: k }, await w.user("al", allow("ssm:*")));
      },
      /kms:Encrypt on the key …\w{4}, only through ssm/,
    ],
    [
      "an advanced one needs a data key",
      async (w) => {
        const k = await w.key();
        return call(
          "ssm",
          "PutParameter",
          { Name: "/s", Value: "v", Type: "SecureString", KeyId: k, Tier: "Advanced" },
          await w.user("al", allow("ssm:*")),
        );
      },
      /kms:GenerateDataKey/,
    ],
    [
      "the key is disabled",
      async (w) => {
        const k = await sealed(w);
        await w.must("kms", "DisableKey", { KeyId: k });
        return get("/app/secret", admin(), { WithDecryption: true });
      },
      /^Enable the key …\w{4}\.$/,
    ],
    [
      "another account's parameter, not shared",
      async (w) => {
        await w.parameter("/app/shared", { Tier: "Advanced" });
        return get(`arn:aws:ssm:${region}:${A}:parameter/app/shared`, admin(B));
      },
      /resource policy|^Share /,
    ],
    [
      "another account's parameter, shared with somebody else",
      async (w) => {
        const ResourceArn = `arn:aws:ssm:${region}:${A}:parameter/app/shared`;
        await w.parameter("/app/shared", { Tier: "Advanced" });
        await w.userOf(B, "cy");
        await w.must("ssm", "PutResourcePolicy", {
          ResourceArn,
          Policy: JSON.stringify(JSON.parse(doc({ ...allow("ssm:GetParameter", by(userArn("cy", B))), Resource: ResourceArn }))),
        });
        return get(ResourceArn, admin(B));
      },
      /^Add user admin to the principals of statement 1 of the resource policy of the parameter \/app\/shared/,
    ],
    [
      "a name with a slip",
      async (w) => {
        await w.parameter("/app/db-password");
        return get("/app/db-pasword", admin());
      },
      /^Name the parameter as it is written: \/app\/db-password/,
    ],
    [
      "a parameter of another Region",
      async (w) => {
        await w.must("ssm", "PutParameter", { Name: "/only/there", Value: "v", Type: "String" }, admin(), { region: "eu-west-2" });
        return get("/only/there", admin());
      },
      /^Ask in eu-west-2: the parameter \/only\/there is there/,
    ],
    [
      "a version that is not there",
      async (w) => {
        await w.parameter("/a");
        return get("/a:7", admin());
      },
      /^Ask for the newest version, 1/,
    ],
    [
      "a label that is not there",
      async (w) => {
        await w.parameter("/a");
        return get("/a:prod", admin());
      },
      /^Put the label prod on version 1 of \/a/,
      [/leave the label out/],
    ],
    [
      "a name that is taken",
      async (w) => {
        await w.parameter("/a");
        return call("ssm", "PutParameter", { Name: "/a", Value: "2", Type: "String" }, admin());
      },
      /Overwrite/,
    ],
    ["a parameter that nobody knows", async () => get("/nothing/like/it", admin()), /^Keyhole knows no change/],
  ])("%s", (_, prepare, first, others) => check(prepare, first, others));
});

describe("no policy is behind it", () => {
  test.each<Row>([
    [
      "a disabled key",
      async (w) => {
        const k = await w.key();
        await w.must("kms", "DisableKey", { KeyId: k });
        return encrypt(k, admin());
      },
      /^Enable the key …\w{4}\.$/,
    ],
    [
      "a key that is to be deleted",
      async (w) => {
        const k = await w.key();
        await w.must("kms", "ScheduleKeyDeletion", { KeyId: k, PendingWindowInDays: 7 });
        return encrypt(k, admin());
      },
      /^Cancel the deletion of the key …\w{4}; and enable the key …\w{4}\.$/,
    ],
    [
      "a disabled key and no permission",
      async (w) => {
        const k = await w.key();
        await w.must("kms", "DisableKey", { KeyId: k });
        return encrypt(k, await w.user("al"));
      },
      /kms:Encrypt.*; and enable the key/,
    ],
    [
      "another encryption context than it was encrypted with",
      async (w) =>
        call(
          "kms",
          "Decrypt",
          {
            CiphertextBlob: await w.encrypt(await w.key(), { EncryptionContext: { App: "payroll" } }),
            EncryptionContext: { app: "payroll" },
          },
          admin(),
        ),
      /^Send the encryption context that it was encrypted with: App=payroll/,
    ],
    [
      "a context where there was none",
      async (w) => call("kms", "Decrypt", { CiphertextBlob: await w.encrypt(await w.key()), EncryptionContext: { a: "b" } }, admin()),
      /^Send no encryption context/,
    ],
    [
      "a parameter's ciphertext by KMS directly",
      async (w) => {
        await w.parameter("/s", { Type: "SecureString", KeyId: await w.key() });
        const { Parameter } = await w.must("ssm", "GetParameter", { Name: "/s" });
        return call("kms", "Decrypt", { CiphertextBlob: Parameter.Value }, admin());
      },
      /^Send the encryption context that Parameter Store encrypted it with: PARAMETER_ARN=arn:aws:ssm:us-east-1:111122223333:parameter\/s/,
    ],
    [
      "the wrong key named",
      async (w) => {
        const wrong = await w.key();
        return call("kms", "Decrypt", { CiphertextBlob: await w.encrypt(await w.key()), KeyId: wrong }, admin());
      },
      /^Name the key that it was encrypted under/,
      [/Leave KeyId out/],
    ],
    [
      "an alias with a slip",
      async (w) => {
        await w.must("kms", "CreateAlias", { AliasName: "alias/payroll", TargetKeyId: await w.key() });
        return encrypt("alias/payrol", admin());
      },
      /^Name the alias as it is written: alias\/payroll/,
    ],
    [
      "an alias that was deleted",
      async (w) => {
        await w.must("kms", "CreateAlias", { AliasName: "alias/payroll", TargetKeyId: await w.key() });
        await w.must("kms", "DeleteAlias", { AliasName: "alias/payroll" });
        return encrypt("alias/payroll", admin());
      },
      /^Make the alias alias\/payroll again, for the key …\w{4} that it named/,
    ],
    [
      "an alias of another Region",
      async (w) => {
        await w.must(
          "kms",
          "CreateAlias",
          {
            AliasName: "alias/eu",
            TargetKeyId: (await w.must("kms", "CreateKey", {}, admin(), { region: "eu-west-2" })).KeyMetadata.KeyId,
          },
          admin(),
          { region: "eu-west-2" },
        );
        return encrypt("alias/eu", admin());
      },
      /^Ask in eu-west-2: the alias alias\/eu is there/,
    ],
    [
      "an access key that is not active",
      async (w) => {
        await w.user("al", allow("kms:*"));
        const { AccessKey } = await w.must("iam", "CreateAccessKey", { UserName: "al" });
        await w.must("iam", "UpdateAccessKey", { UserName: "al", AccessKeyId: AccessKey.AccessKeyId, Status: "Inactive" });
        return encrypt(await w.key(), { accessKeyId: AccessKey.AccessKeyId });
      },
      /^Make the access key \w+ active again/,
    ],
    [
      "a session that has expired",
      async (w) => {
        await w.role("app", [allow("kms:*")]);
        const caller = await session(w, "app", { DurationSeconds: 900 });
        await w.lab.advance(1_000_000);
        return encrypt(await w.key(), caller);
      },
      /^Call AssumeRole again for a new session/,
    ],
    ["a key that nobody knows", async () => encrypt("00000000-0000-4000-8000-000000000000", admin()), /^Keyhole knows no change/],
  ])("%s", (_, prepare, first, others) => check(prepare, first, others));
});
