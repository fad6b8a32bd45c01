import { describe, expect, test } from "vitest";
import type { Call, Caller, JsonObject } from "../types";
import {
  A,
  admin,
  allow,
  B,
  by,
  delegation,
  flipsOf,
  lastEntry,
  makeEdits,
  proveFlips,
  region,
  roleArn,
  rootOf,
  sentences,
  text,
  userArn,
  world,
  type World,
} from "./flip.test-helper";
import { flips } from "./index";

/** Allowed calls: the smallest changes that would have them refused. `flipsOf` runs every one of them again. */

const call = (service: string, operation: string, input: JsonObject, caller: Caller): Call => ({
  service,
  operation,
  input,
  caller,
  region,
  door: "terminal",
});
const encrypt = (KeyId: string, caller: Caller, more: JsonObject = {}): Call =>
  call("kms", "Encrypt", { KeyId, Plaintext: text("x"), ...more }, caller);

type Row = [name: string, prepare: (w: World) => Promise<Call>, first: RegExp, others?: RegExp[]];

describe("what would have an allowed call refused", () => {
  test.each<Row>([
    [
      "one action of several",
      async (w) => {
        const k = await w.key();
        return encrypt(k, await w.user("al", allow(["kms:Encrypt", "kms:Decrypt"], { Resource: k })));
      },
      /^Take kms:Encrypt out of the actions of statement 1 of the policy own of user al/,
      [/denies kms:Encrypt/],
    ],
    [
      "one key of several",
      async (w) => {
        const [k, other] = [await w.key(), await w.key()];
        return encrypt(k, await w.user("al", allow("kms:Encrypt", { Resource: [k, other] })));
      },
      /^Take the key …\w{4} out of the resources of statement 1/,
    ],
    [
      "all at once",
      async (w) => encrypt(await w.key(), await w.user("al", allow("*"))),
      /^Add a statement to the policy own of user al that denies kms:Encrypt/,
      [/Delete the policy own/],
    ],
    [
      "by the key policy, among others",
      async (w) => {
        const al = await w.user("al");
        await w.user("bo");
        return encrypt(await w.key(delegation, { Sid: "Use", ...allow("kms:Encrypt", by(userArn("al"), userArn("bo"))) }), al);
      },
      /^Take user al out of the principals of “Use”/,
    ],
    [
      "by a grant",
      async (w) => {
        const [k, al] = [await w.key(delegation), await w.user("al")];
        const { GrantToken } = await w.must("kms", "CreateGrant", { KeyId: k, GranteePrincipal: userArn("al"), Operations: ["Encrypt"] });
        return encrypt(k, al, { GrantTokens: [GrantToken] });
      },
      /^Revoke the grant \w{8}… on the key/,
    ],
    [
      "root: only the key policy reaches it",
      async (w) => encrypt(await w.key(), { account: A, root: true }),
      /^Add a statement to the key policy .* denies kms:Encrypt to the root user/,
    ],
    [
      "by a group's policy",
      async (w) => {
        const al = await w.user("al");
        await w.user("bo");
        await w.must("iam", "CreateGroup", { GroupName: "staff" });
        await w.must("iam", "PutGroupPolicy", {
          GroupName: "staff",
          PolicyName: "use",
          PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: allow("kms:Encrypt") }),
        });
        for (const UserName of ["al", "bo"]) await w.must("iam", "AddUserToGroup", { GroupName: "staff", UserName });
        return encrypt(await w.key(), al);
      },
      /^Give user al a policy of its own that denies|^Add a statement to the key policy/,
      [/Take user al out of the group staff/, /Delete the policy use of group staff/],
    ],
    [
      "a role that may be assumed",
      async (w) => {
        const al = await w.user("al", allow("sts:AssumeRole", { Resource: roleArn("app") }));
        await w.role("app", [], by(rootOf(A)));
        return call("sts", "AssumeRole", { RoleArn: roleArn("app"), RoleSessionName: "sess" }, al);
      },
      /denies sts:AssumeRole on role app|Delete the policy own of user al/,
    ],
    [
      "from another account",
      async (w) => encrypt(await w.key(delegation, { Sid: "Other", ...allow("kms:Encrypt", by(rootOf(B))) }), admin(B)),
      /denies kms:Encrypt/,
      [/Take “Other” out of the key policy/],
    ],
    [
      "a parameter",
      async (w) => (await w.parameter("/a"), call("ssm", "GetParameter", { Name: "/a" }, await w.user("al", allow("ssm:*")))),
      /denies ssm:GetParameter on the parameter \/?a\.$/,
    ],
    [
      "a member account, by a service control policy",
      async (w) => {
        const { control } = await w.organization();
        await control("SERVICE", "guard", allow("*"));
        return call("kms", "CreateKey", {}, { account: B, root: true });
      },
      /service control policy guard/,
    ],
    [
      "made twice it would fail otherwise; the policies can still refuse it",
      async (w) => call("kms", "CreateAlias", { AliasName: "alias/once", TargetKeyId: await w.key() }, await w.user("al", allow("kms:*"))),
      /denies kms:CreateAlias/,
    ],
  ])("%s", async (_, prepare, first, others = []) => {
    const w = world();
    const found = await flipsOf(w, await prepare(w));
    expect(found.wanted).toBe("deny");
    expect(found.flips[0]?.sentence ?? found.note).toMatch(first);
    for (const other of others) expect(sentences(found).join("\n")).toMatch(other);
  });

  test("what asks nobody can be refused by nobody", async () => {
    const w = world();
    const found = await flipsOf(w, call("sts", "GetCallerIdentity", {}, admin()));
    expect(found.flips).toEqual([]);
    expect(found.note).toBe("AWS asks no policy for this call, so none can deny it.");
  });
});

describe("an answer from before the lab changed", () => {
  test("is told apart, and nothing is offered", async () => {
    const w = world();
    const k = await w.key();
    const al = await w.user("al");
    await w.lab.call(encrypt(k, al));
    const entry = lastEntry(w.lab);
    const [first] = (await flips(w.lab, entry)).flips;
    await makeEdits(w.lab, first.edits);
    const later = await flips(w.lab, entry);
    expect(later).toMatchObject({ same: false, then: { ok: false }, today: { ok: true }, flips: [] });
    // And the other way round: what is offered follows the lab as it is.
    while (lastEntry(w.lab).seq > entry.seq) w.lab.undo();
    expect((await flips(w.lab, entry)).flips[0].sentence).toBe(first.sentence);
  });

  test("refused then and now, for another reason: the changes are for today's", async () => {
    const w = world();
    const k = await w.key();
    const al = await w.user("al");
    await w.lab.call(encrypt(k, al));
    const entry = lastEntry(w.lab);
    await w.must("iam", "PutUserPolicy", {
      UserName: "al",
      PolicyName: "own",
      PolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Deny", Action: ["kms:Encrypt", "kms:Sign"], Resource: "*" }, allow("kms:*")],
      }),
    });
    const found = await flips(w.lab, entry);
    expect(found.flips[0].sentence).toMatch(/statement 1 of the policy own of user al/);
    await proveFlips(w.lab, found);
  });

  test("a lab in which nobody was asked", async () => {
    const w = world();
    await w.lab.advance(1_000);
    expect(await flips(w.lab, lastEntry(w.lab))).toMatchObject({ flips: [], note: "The lab’s clock did this: nobody was asked." });
  });
});

describe("what a change does beside", () => {
  const encryptBy = async (w: World, k: string, al: Caller) => flipsOf(w, encrypt(k, al));

  test("an action added to a statement for every key lets in other keys, and says so", async () => {
    const w = world();
    const [k] = [await w.key(), await w.key()];
    const found = await encryptBy(w, k, await w.user("al", allow("kms:Decrypt")));
    const wide = found.flips.find(({ sentence }) => sentence.startsWith("Add kms:Encrypt to the actions"))!;
    expect(wide.broader).toBe(true);
    expect(wide.also.join("\n")).toMatch(/user al may call kms:Encrypt on (the key …\w{4}|any other key)/);
    expect(found.flips[0].breadth).toBeLessThan(wide.breadth);
    expect(found.flips[0].broader).toBe(false);
  });

  test("a statement that others share lets them in too", async () => {
    const w = world();
    const k = await w.key();
    const al = await w.user("al");
    await w.user("bo");
    const PolicyArn = await w.policy("keys", allow("kms:Decrypt", { Resource: k }));
    for (const UserName of ["al", "bo"]) await w.must("iam", "AttachUserPolicy", { UserName, PolicyArn });
    const found = await encryptBy(w, k, al);
    const shared = found.flips.find(({ sentence }) => sentence.includes("managed policy keys"))!;
    expect(shared.also.join("\n")).toMatch(/user bo may call kms:Encrypt/);
    expect(shared.broader).toBe(true);
  });

  test("one half of what another account needs is counted, though nobody is let in by it yet", async () => {
    const w = world();
    const k = await w.key(delegation);
    const found = await flipsOf(w, encrypt(k, await w.userOf(B, "bo", allow("kms:Encrypt"))));
    const wide = found.flips.find(({ sentence }) => sentence.includes("principals of “Account”"))!;
    expect(wide.also.join("\n")).toMatch(/could call .*kms:Decrypt.* if the other policies that it needs allowed it/);
    expect(found.flips[0].sentence).not.toContain("“Account”");
  });

  test("edits keep the author's text: all but the added lines stay byte for byte", async () => {
    const w = world();
    const k = await w.key();
    const al = await w.user("al");
    const odd = `{ "Version":"2012-10-17",\n   "Statement" : [\n\t  { "Sid":"Mine", "Effect":"Allow",\n\t    "Action":[ "kms:Decrypt" ],   "Resource":"${k}" }\n ] }`;
    await w.must("iam", "PutUserPolicy", { UserName: "al", PolicyName: "own", PolicyDocument: odd });
    const [first] = (await encryptBy(w, k, al)).flips;
    expect(first.sentence).toBe("Add kms:Encrypt to the actions of “Mine” of the policy own of user al.");
    expect(first.documents[0].after.replace(/,\s*"kms:Encrypt"/, "")).toBe(odd);
  });
});
