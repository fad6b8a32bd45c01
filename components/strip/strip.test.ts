import { describe, expect, test } from "vitest";
import { catalog } from "@/lib/engine/catalog";
import { createLab } from "@/lib/engine/lab";
import { seededPorts } from "@/lib/engine/ports";
import type { JsonObject } from "@/lib/engine/types";
import { beadOf } from "./bead";
import { jobWords } from "./job-words";

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

test("whatever the clock may do next has words of its own", () => {
  const kinds = [...catalog.values()].flatMap(({ service }) =>
    Object.keys(service.jobs ?? {}).map((kind) => [service.name, kind] as const),
  );
  expect(kinds.length).toBeGreaterThan(0);
  for (const [service, kind] of kinds) expect(jobWords(service, kind), kind).not.toBe(`${service} ${kind}`);
});
