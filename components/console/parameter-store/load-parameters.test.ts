import { beforeAll, describe, expect, test } from "vitest";
import { createLab, type Lab } from "@/lib/engine/lab";
import { seededPorts } from "@/lib/engine/ports";
import type { JsonObject } from "@/lib/engine/types";
import type { Ask } from "../frame/use-load";
import { moreKeyChoices, noChoices } from "./key-choices";
import { loadParameters } from "./load-parameters";
import { isComplete, parameterTree } from "./parameter-tree";

const caller = { account: "111122223333", user: "admin" };
let lab: Lab;
let asked: string[] = [];
const ask = (async (service: string, operation: string, input: JsonObject = {}) => {
  asked.push(operation);
  const reply = await lab.call({ service, operation, input, caller });
  if (!reply.ok) throw new Error(reply.error.code);
  return reply.output;
}) as Ask;
const counted = async <T>(work: () => Promise<T>): Promise<[T, string[]]> => {
  asked = [];
  return [await work(), asked];
};

beforeAll(async () => {
  lab = createLab({ ports: seededPorts(21), journalLimit: 10 });
  for (let i = 0; i < 150; i++) {
    const { KeyMetadata } = await ask<{ KeyMetadata: { KeyId: string } }>("kms", "CreateKey");
    if (i % 5) await ask("kms", "CreateAlias", { AliasName: `alias/k${String(i).padStart(3, "0")}`, TargetKeyId: KeyMetadata.KeyId });
  }
  for (let i = 0; i < 450; i++) {
    const Name = `/app/service-${i % 3}/p${String(i).padStart(4, "0")}`;
    await ask("ssm", "PutParameter", i % 150 === 0 ? { Name, Value: "v", Type: "SecureString", KeyId: `alias/k${String(101 + i / 150).padStart(3, "0")}` } : { Name, Value: "v", Type: "String" });
  }
});

describe("a lab with more than a list shows", () => {
  test("is read a sheet at a time, in as many calls wherever the sheet is; nothing twice, nothing left out", async () => {
    const names: string[] = [];
    let from: string | undefined;
    for (const items of [200, 200, 50]) {
      const [sheet, calls] = await counted(() => loadParameters(ask, [], from));
      expect(sheet.items).toHaveLength(items);
      expect(calls.filter((operation) => operation === "DescribeParameters")).toHaveLength(Math.ceil(items / 50));
      expect(calls.length).toBeLessThanOrEqual(8);
      names.push(...sheet.items.map(({ Name }) => Name));
      from = sheet.next;
    }
    expect(from).toBeUndefined();
    expect(names).toEqual([...new Set(names)].sort());
    expect(names).toHaveLength(450);
  });

  test("names the keys of the parameters that are shown, though their aliases are beyond the first answer", async () => {
    const { items, keyIds } = await loadParameters(ask, []);
    const aliases = items.flatMap(({ KeyId }) => (KeyId ? [KeyId] : []));
    expect(aliases.length).toBeGreaterThan(0);
    for (const alias of aliases) expect(keyIds[alias]).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("its tree says which folders have more than was read", async () => {
    const { items } = await loadParameters(ask, []);
    const [app] = parameterTree(items);
    const last = items.at(-1)!.Name;
    expect(app.children.map((folder) => [folder.label, folder.count, isComplete(folder, last)])).toEqual([
      ["service-0/", 150, true],
      ["service-1/", 50, false],
    ]);
    expect(isComplete(app, last)).toBe(false);
    expect(isComplete(app, undefined)).toBe(true);
  });

  test("its keys are chosen from as they are read: one call for each hundred", async () => {
    let choices = noChoices;
    const sizes: number[] = [];
    const [, calls] = await counted(async () => {
      while (choices.next) {
        choices = await moreKeyChoices(ask, choices);
        sizes.push(choices.options.length);
      }
    });
    expect(calls).toEqual(["ListAliases", "ListAliases", "ListKeys", "ListKeys"]);
    expect(sizes[0]).toBeLessThanOrEqual(101);
    // The default, 120 by their aliases, 30 by their ids.
    expect(choices.options).toHaveLength(151);
    expect(new Set(choices.options.map(({ value }) => value)).size).toBe(151);
  });
});
