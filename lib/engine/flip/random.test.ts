import { describe, expect, test } from "vitest";
import type { Call, Caller, JsonObject } from "../types";
import {
  A,
  admin,
  allow,
  B,
  by,
  delegation,
  deny,
  doc,
  lastEntry,
  makeEdits,
  proveFlips,
  region,
  roleArn,
  rootOf,
  text,
  userArn,
  world,
  type World,
} from "./flip.test-helper";
import { flips } from "./index";

/** Labs and calls by chance, the same for a seed on every run. Whatever is offered flips; nothing else is claimed. */

function dice(seed: number) {
  let state = (seed * 2_654_435_761) >>> 0;
  const below = (n: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) % n;
  };
  return {
    below,
    one: <T>(list: readonly T[]): T => list[below(list.length)],
    some: <T>(list: readonly T[]): T[] => list.filter(() => below(2) === 0),
  };
}

const actions = [
  "kms:Encrypt",
  "kms:Decrypt",
  "kms:GenerateDataKey",
  "kms:*",
  "ssm:GetParameter",
  "ssm:*",
  "ssm:GetParameters",
  "sts:AssumeRole",
  "*",
];

async function randomWorld(w: World, seed: number): Promise<Call> {
  const { below, one, some } = dice(seed);
  const conditions: object[] = [
    {},
    {},
    {},
    { Condition: { StringEquals: { "kms:EncryptionContext:App": one(["a", "b"]) } } },
    { Condition: { StringNotEquals: { "kms:EncryptionContext:App": "a" } } },
    { Condition: { StringEquals: { "kms:ViaService": `ssm.${region}.amazonaws.com` } } },
    { Condition: { StringEquals: { "aws:ResourceTag/team": "${aws:PrincipalTag/team}" } } },
    { Condition: { StringLike: { "aws:PrincipalArn": `arn:aws:iam::${A}:user/${one(["a*", "b*"])}` } } },
    { Condition: { Null: { "kms:EncryptionContextKeys": one(["true", "false"]) } } },
    { Condition: { Bool: { "aws:SecureTransport": "true" }, StringEqualsIfExists: { "aws:username": one(["al", "bo"]) } } },
    { Condition: { DateLessThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } } },
  ];
  const statement = (more: object = {}): object => {
    const Action = below(3) ? one(actions) : some(actions.slice(0, 6)).concat("kms:Sign");
    return { ...(below(3) ? allow(Action) : deny(Action)), ...one(conditions), ...more };
  };
  const [al, bo] = [await w.user("al", ...(below(3) ? [statement(), statement()] : [])), await w.userOf(B, "bo", statement(), statement())];
  const role = await w.role("app", [statement()], by(...some([rootOf(A), rootOf(B)]).concat(userArn("admin"))));
  if (below(2)) await w.must("iam", "TagUser", { UserName: "al", Tags: [{ Key: "team", Value: one(["x", "y"]) }] });
  if (below(3) === 0)
    await w.must("iam", "PutUserPermissionsBoundary", {
      UserName: "al",
      PermissionsBoundary: await w.policy("edge", statement(), statement()),
    });
  if (below(3) === 0) {
    await w.must("iam", "CreateGroup", { GroupName: "staff" });
    await w.must("iam", "PutGroupPolicy", { GroupName: "staff", PolicyName: "g", PolicyDocument: doc(statement()) });
    await w.must("iam", "AddUserToGroup", { GroupName: "staff", UserName: "al" });
  }
  const names = [userArn("al"), userArn("bo", B), roleArn("app"), rootOf(A), rootOf(B)];
  const keyStatement = (): object =>
    statement({
      Principal: { AWS: some(names).concat(userArn("admin")) },
      Action: one(["kms:*", ["kms:Encrypt", "kms:Decrypt"], "kms:Encrypt"]),
    });
  const k = await w.key(...(below(4) ? [delegation] : [allow("kms:*", by(userArn("admin")))]), ...(below(2) ? [keyStatement()] : []));
  if (below(2)) await w.reply("kms", "TagResource", { KeyId: k, Tags: [{ TagKey: "team", TagValue: one(["x", "y"]) }] });
  const blob = await w.reply(
    "kms",
    "Encrypt",
    { KeyId: k, Plaintext: text("x"), ...(below(2) ? { EncryptionContext: { App: "a" } } : {}) },
    { account: A, root: true },
  );
  await w.reply(
    "ssm",
    "PutParameter",
    { Name: "/a/b", Value: "v", Type: one(["String", "SecureString"]), ...(below(2) ? { KeyId: k } : {}) },
    admin(),
  );
  if (below(3) === 0)
    await w.reply("kms", "CreateGrant", {
      KeyId: k,
      GranteePrincipal: userArn("al"),
      Operations: ["Encrypt"],
      ...(below(2) ? { Constraints: { EncryptionContextSubset: { App: "b" } } } : {}),
    });
  if (below(5) === 0) await w.reply("kms", one(["DisableKey", "ScheduleKeyDeletion"]), { KeyId: k });
  const caller = one<Caller>([al, al, bo, role]);
  const context = below(2) ? { EncryptionContext: { App: one(["a", "b"]) } } : {};
  const calls: [string, string, JsonObject][] = [
    ["kms", "Encrypt", { KeyId: k, Plaintext: text("x"), ...context }],
    ["kms", "Decrypt", { CiphertextBlob: blob.ok ? String(blob.output.CiphertextBlob) : "AAAA", ...context }],
    ["kms", "GenerateDataKey", { KeyId: k, KeySpec: "AES_256", ...context }],
    ["kms", "DescribeKey", { KeyId: k }],
    ["kms", "PutKeyPolicy", { KeyId: k, Policy: doc(delegation) }],
    ["ssm", "GetParameter", { Name: one(["/a/b", "/a/c"]), WithDecryption: true }],
    ["ssm", "GetParametersByPath", { Path: "/a", WithDecryption: true }],
    ["ssm", "PutParameter", { Name: "/a/n", Value: "1", Type: "SecureString", KeyId: k }],
    ["sts", "AssumeRole", { RoleArn: roleArn("app"), RoleSessionName: "sess" }],
    ["iam", "CreateUser", { UserName: "cy" }],
  ];
  const [service, operation, input] = one(calls);
  return { service, operation, input, caller, region, door: "terminal" };
}

describe("whatever is offered flips", () => {
  let refused = 0;
  let offered = 0;
  test.each(Array.from({ length: 120 }, (_, i) => [i + 1]))("lab and call %i", async (seed) => {
    const w = world(seed);
    const call = await randomWorld(w, seed);
    await w.lab.call(call);
    const before = JSON.stringify(w.lab.snapshot());
    const found = await flips(w.lab, lastEntry(w.lab), { shown: 6 });
    expect(JSON.stringify(w.lab.snapshot())).toBe(before);
    expect(found.same).toBe(true);
    expect(found.tried).toBeLessThanOrEqual(40);
    // Where there is nothing, it is said why: what no policy can give, what is not there, what nobody may change any more.
    if (!found.flips.length)
      expect(found.note).toMatch(
        /cannot be used from another account|it would end with ParameterNotFound|Keyhole knows no change|nobody in this lab may make|asks no policy/,
      );
    if (found.wanted === "allow") {
      refused++;
      offered += Math.min(1, found.flips.length);
    }
    await proveFlips(w.lab, found);
  });
  test("and for most refused calls there is something to offer", () => {
    expect(refused).toBeGreaterThan(60);
    expect(offered / refused).toBeGreaterThan(0.85);
  });
});

test("the words follow the policy: what is offered changes when the policy does", async () => {
  const w = world();
  const k = await w.key();
  const al = await w.user("al");
  const said: string[] = [];
  for (const statements of [
    [allow("kms:Decrypt", { Resource: k })],
    [allow("kms:Encrypt", { Resource: `${k}0` })],
    [allow("kms:*"), deny(["kms:Encrypt", "kms:Sign"])],
    [allow("kms:Encrypt", { Condition: { StringEquals: { "kms:EncryptionContext:App": "a" } } })],
  ]) {
    await w.must("iam", "PutUserPolicy", { UserName: "al", PolicyName: "own", PolicyDocument: doc(...statements) });
    await w.lab.call({ service: "kms", operation: "Encrypt", input: { KeyId: k, Plaintext: text("x") }, caller: al, region });
    said.push((await flips(w.lab, lastEntry(w.lab))).flips[0].sentence.replace(/…\w{4}/, "…"));
  }
  expect(said).toEqual([
    "Add kms:Encrypt to the actions of statement 1 of the policy own of user al.",
    "Add the key … to the resources of statement 1 of the policy own of user al.",
    "Let statement 2 of the policy own of user al deny all but the key ….",
    "Send the encryption context App=a with the call.",
  ]);
});

test("a search is left when nobody waits for it any more, and breathes between candidates", async () => {
  const w = world();
  await w.lab.call({
    service: "kms",
    operation: "Encrypt",
    input: { KeyId: await w.key(), Plaintext: text("x") },
    caller: await w.user("al"),
    region,
  });
  let breaths = 0;
  const found = await flips(w.lab, lastEntry(w.lab), { pause: async () => void breaths++, wanted: () => breaths < 3 });
  expect(found).toMatchObject({ stopped: true, tried: 2 });
  const whole = await flips(w.lab, lastEntry(w.lab), { most: 3 });
  expect(whole.tried).toBe(3);
});

test("the edits of a change can be made where the lab goes on in the meantime", async () => {
  const w = world();
  const k = await w.key(delegation);
  const al = await w.user("al");
  await w.lab.call({ service: "kms", operation: "Encrypt", input: { KeyId: k, Plaintext: text("x") }, caller: al, region });
  const { flips: list } = await flips(w.lab, lastEntry(w.lab));
  const grant = list.find(({ sentence }) => sentence.startsWith("Make a grant"))!;
  await w.parameter("/between");
  const [reply] = await makeEdits(w.lab, grant.edits);
  expect(JSON.stringify(grant.again)).toContain("⟨GrantToken of edit 1⟩");
  expect(reply?.ok && typeof reply.output.GrantToken).toBe("string");
});
