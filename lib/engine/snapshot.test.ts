import { beforeAll, describe, expect, test } from "vitest";
import { checkSnapshot, createLab, type Lab, type Snapshot } from "./lab";
import { seededPorts } from "./ports";
import type { Caller, JsonObject } from "./types";

const admin: Caller = { account: "111122223333", user: "admin" };
let whole: Snapshot;
const copy = (): any => JSON.parse(JSON.stringify(whole));

async function furnish(lab: Lab): Promise<void> {
  const call = async (service: string, operation: string, input: JsonObject = {}): Promise<any> => {
    const reply = await lab.call({ service, operation, input, caller: admin });
    if (!reply.ok) throw new Error(`${operation}: ${reply.error.message}`);
    return reply.output;
  };
  const { KeyMetadata } = await call("kms", "CreateKey", { Tags: [{ TagKey: "a", TagValue: "b" }] });
  await call("kms", "CreateAlias", { AliasName: "alias/x", TargetKeyId: KeyMetadata.KeyId });
  await call("kms", "EnableKeyRotation", { KeyId: KeyMetadata.KeyId, RotationPeriodInDays: 90 });
  await call("kms", "CreateGrant", { KeyId: KeyMetadata.KeyId, GranteePrincipal: "arn:aws:iam::111122223333:user/admin", Operations: ["Decrypt"] });
  await call("ssm", "PutParameter", { Name: "/a", Value: "1", Type: "String" });
  await call("ssm", "PutParameter", { Name: "/b", Value: "1", Type: "SecureString", KeyId: "alias/x" });
  await call("ssm", "LabelParameterVersion", { Name: "/a", Labels: ["l"] });
  await call("iam", "CreateGroup", { GroupName: "g" });
  await call("iam", "PutGroupPolicy", { GroupName: "g", PolicyName: "p", PolicyDocument: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}' });
  await call("iam", "AddUserToGroup", { GroupName: "g", UserName: "admin" });
  await call("iam", "CreateAccessKey", { UserName: "admin" });
  await call("organizations", "CreateOrganization", {});
}

/** What anybody does next with a lab that was opened. */
const next: [string, string, JsonObject][] = [
  ["kms", "ListKeys", {}], ["kms", "DescribeKey", { KeyId: "alias/x" }], ["kms", "Encrypt", { KeyId: "alias/x", Plaintext: "aGk=" }], ["kms", "ListAliases", {}], ["kms", "ListGrants", { KeyId: "alias/x" }],
  ["ssm", "GetParameter", { Name: "/b", WithDecryption: true }], ["ssm", "DescribeParameters", {}], ["ssm", "GetParameterHistory", { Name: "/a" }], ["ssm", "GetParametersByPath", { Path: "/" }],
  ["ssm", "PutParameter", { Name: "/b", Value: "2", Overwrite: true }], ["iam", "ListUsers", {}], ["iam", "GetGroup", { GroupName: "g" }], ["sts", "GetCallerIdentity", {}], ["organizations", "ListAccounts", {}],
];

beforeAll(async () => {
  const lab = createLab({ ports: seededPorts(11) });
  await furnish(lab);
  whole = lab.snapshot();
});

describe("a snapshot", () => {
  test("a lab opened from it is the same lab", () => {
    expect(checkSnapshot(copy())).toBeUndefined();
    expect(createLab({ ports: seededPorts(1), snapshot: copy() }).snapshot()).toEqual(whole);
  });

  test.each<[string, (s: any) => unknown, RegExp]>([
    ["nothing", () => null, /not an object/],
    ["a text", () => "lab", /not an object/],
    ["a list", () => [], /not an object/],
    ["no version", (s) => ({ ...s, version: undefined }), /version/],
    ["a newer version", (s) => ({ ...s, version: 99 }), /version 99/],
    ["no time", (s) => ({ ...s, at: "soon" }), /time/],
    ["a seq below nothing", (s) => ({ ...s, seq: -1 }), /position/],
    ["records of another kind", (s) => ({ ...s, records: [] }), /records/],
    ["records too shallow", (s) => ({ ...s, records: { x: 1 } }), /accounts, Regions/],
    ["a table that is no list", (s) => ((s.records["111122223333"]["us-east-1"].kms.keys = {}), s), /kms\/keys is not a list/],
    ["a key without material", (s) => ((s.records["111122223333"]["us-east-1"].kms.keys[0][1].materials = []), s), /no key material/],
    ["a key whose policy is a number", (s) => ((s.records["111122223333"]["us-east-1"].kms.keys[0][1].policy = 7), s), /policy/],
    ["a parameter without its version", (s) => ((s.records["111122223333"]["us-east-1"].ssm.versions = []), s), /lacks its version/],
    ["two rows of one id", (s) => (s.records["111122223333"]["us-east-1"].kms.aliases.push(s.records["111122223333"]["us-east-1"].kms.aliases[0]), s), /two rows/],
    ["a job that nobody can do", (s) => ((s.records[""][""].lab.jobs[0][1].kind = "explode"), s), /nobody can do/],
  ])("damaged: %s is told, and no lab is opened", (_, damage, why) => {
    const damaged = damage(copy());
    expect(checkSnapshot(damaged)).toMatch(why);
    expect(() => createLab({ ports: seededPorts(1), snapshot: (damaged ?? {}) as Snapshot })).toThrow(/^This saved lab cannot be opened: /);
  });

  test("200 mutations: refused with a reason, or the lab works", async () => {
    let state = 20261124;
    const chance = (below: number): number => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) % below;
    const junk = (): unknown => [null, 7, "x", [], {}, true, -1, "__proto__"][chance(8)];
    let refused = 0;
    for (let round = 0; round < 200; round++) {
      const mutated = copy();
      let at: any = mutated;
      for (;;) {
        const names = Object.keys(at);
        const name = names[chance(names.length)];
        const inner = at[name];
        if (typeof inner === "object" && inner !== null && Object.keys(inner).length && chance(8)) at = inner;
        else {
          if (chance(3)) at[name] = junk();
          else if (Array.isArray(at)) at.splice(Number(name), 1);
          else delete at[name];
          break;
        }
      }
      const problem = checkSnapshot(mutated);
      if (problem !== undefined) {
        refused++;
        expect(problem).toMatch(/\w/);
        continue;
      }
      const lab = createLab({ ports: seededPorts(5), snapshot: mutated });
      for (const [service, operation, input] of next) await lab.call({ service, operation, input, caller: admin });
      await lab.advance(100 * 86_400_000);
      lab.undo();
    }
    // Neither is the check blind, nor does it refuse everything.
    expect(refused).toBeGreaterThan(80);
    expect(refused).toBeLessThan(200);
  });
});
