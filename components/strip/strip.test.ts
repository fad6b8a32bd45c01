import { describe, expect, test } from "vitest";
import { catalog, loadServices } from "@/lib/engine/catalog";
import { createLab } from "@/lib/engine/lab";
import { seededPorts } from "@/lib/engine/ports";
import type { JsonObject } from "@/lib/engine/types";
import { beadOf, beadsOf } from "./bead";
import { forecast } from "./forecast";
import { happenings, jobWords } from "./job-words";
import { undoKey } from "./undo-keys";

const admin = { account: "111122223333", user: "admin" };

async function beads(calls: [service: string, operation: string, input: JsonObject][]) {
  const lab = createLab({ ports: seededPorts(5) });
  for (const [service, operation, input] of calls)
    await lab.call({ service, operation, input, caller: admin, region: "eu-west-2", door: "console" });
  return lab.journal.map(beadOf);
}

describe("beads", () => {
  test("what changed something is large, a look is small, a fault is square", async () => {
    const [create, list, missing] = await beads([
      ["kms", "CreateKey", {}],
      ["kms", "ListKeys", {}],
      ["kms", "DescribeKey", { KeyId: "alias/none" }],
    ]);
    expect([create, list, missing].map(({ outcome, small }) => [outcome, small])).toEqual([
      ["Allow", false],
      ["Allow", true],
      ["Error", false],
    ]);
  });

  test("a call carries the key that worked for it, however deep", async () => {
    const [put, get] = await beads([
      ["ssm", "PutParameter", { Name: "/x", Value: "s", Type: "SecureString" }],
      ["ssm", "GetParameter", { Name: "/x", WithDecryption: true }],
    ]);
    expect(put.keyArn).toMatch(/^arn:aws:kms:eu-west-2:111122223333:key\//);
    expect(get).toMatchObject({ keyArn: put.keyArn, small: false });
  });
});

test("whatever the clock may do next has words of its own", async () => {
  await loadServices();
  const kinds = [...catalog.values()].flatMap(({ service }) =>
    Object.keys(service.jobs ?? {}).map((kind) => [service.name, kind] as const),
  );
  expect(kinds.length).toBeGreaterThan(0);
  for (const [service, kind] of kinds) expect(jobWords(service, kind), kind).not.toBe(`${service} ${kind}`);
});

test("what a console looks at by itself is one bead; what somebody asks in the terminal is one each", async () => {
  const lab = createLab({ ports: seededPorts(5) });
  const call = (operation: string, door: "console" | "terminal", input: JsonObject = {}) => lab.call({ service: "kms", operation, input, caller: admin, region: "eu-west-2", door });
  await call("ListKeys", "terminal");
  for (const operation of ["ListKeys", "ListAliases", "ListKeys"]) await call(operation, "console");
  await call("CreateKey", "console");
  await call("ListAliases", "console");
  await call("ListKeys", "terminal");
  await call("ListKeys", "terminal");
  expect(beadsOf(lab.journal).map(({ seq, small, looks }) => [seq, small, looks?.count])).toEqual([
    [1, true, undefined],
    [2, true, 3],
    [5, false, undefined],
    [6, true, undefined],
    [7, true, undefined],
    [8, true, undefined],
  ]);
  expect(beadsOf(lab.journal)[1].sentence).toBe("The console looked 3 times: kms:ListKeys, kms:ListAliases. Nothing changed.");
});

describe("what the clock will do, and what it did", () => {
  test("the same thing again and again is one line with a count; the lab stays where it is; afterwards it happened as was told", async () => {
    const lab = createLab({ ports: seededPorts(6) });
    const call = async (service: string, operation: string, input: JsonObject) => lab.call({ service, operation, input, caller: admin, region: "eu-west-2", door: "console" });
    const made = [await call("kms", "CreateKey", {}), await call("kms", "CreateKey", {})].map((reply) => (reply.ok ? (reply.output.KeyMetadata as { KeyId: string }).KeyId : ""));
    await call("kms", "CreateAlias", { AliasName: "alias/payroll", TargetKeyId: made[0] });
    await call("kms", "EnableKeyRotation", { KeyId: made[0], RotationPeriodInDays: 90 });
    await call("kms", "ScheduleKeyDeletion", { KeyId: made[1], PendingWindowInDays: 7 });
    await call("ssm", "PutParameter", { Name: "/soon", Value: "1", Type: "String", Tier: "Advanced", Policies: '[{"Type":"Expiration","Version":"1.0","Attributes":{"Timestamp":"2026-03-01T00:00:00.000Z"}}]' });
    const before = JSON.stringify(lab.snapshot());
    const year = 365 * 86_400_000;
    const { lines } = await forecast(lab, lab.now() + year);
    expect(lines.map(({ sentence, times }) => [sentence, times])).toEqual([
      [`The key …${made[1].slice(-4)} is deleted, with its aliases and grants: what it encrypted stays shut for good.`, 1],
      ["The parameter /soon expires, and is deleted with its history.", 1],
      ["The key alias/payroll rotates: it gets new key material, 4 times.", 4],
    ]);
    expect(JSON.stringify(lab.snapshot())).toBe(before);
    const did = happenings(await lab.advance(year), lab, "did");
    expect(did.map(({ sentence }) => sentence)).toEqual([
      `The key …${made[1].slice(-4)} was deleted, with its aliases and grants: what it encrypted stays shut for good.`,
      "The parameter /soon expired, and was deleted with its history.",
      "The key alias/payroll rotated: it got new key material, 4 times.",
    ]);
    expect(did.map(({ at, times }) => [at, times])).toEqual(lines.map(({ at, times }) => [at, times]));
    expect((await forecast(lab, lab.now() + 86_400_000)).lines).toEqual([]);
  });
});

test.each([
  [{ key: "z", ctrlKey: true }, "undo"],
  [{ key: "z", metaKey: true }, "undo"],
  [{ key: "Z", ctrlKey: true, shiftKey: true }, "redo"],
  [{ key: "z", metaKey: true, shiftKey: true }, "redo"],
  [{ key: "y", ctrlKey: true }, "redo"],
  [{ key: "y", metaKey: true }, undefined],
  [{ key: "z" }, undefined],
  [{ key: "z", ctrlKey: true, altKey: true }, undefined],
  [{ key: "z", ctrlKey: true, metaKey: true }, undefined],
  [{ key: "x", ctrlKey: true }, undefined],
] as const)("the keys %o ask for %s", (keys, wanted) => {
  expect(undoKey({ ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...keys })).toBe(wanted);
});
