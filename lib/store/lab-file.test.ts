import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createLab } from "../engine/lab";
import { seededPorts } from "../engine/ports";
import type { JsonObject } from "../engine/types";
import { labText, readLabText } from "./lab-file";
import { TestChannel, closeChannels, openTab } from "./tabs.test-helper";

const caller = { account: "111122223333", user: "admin" };

/** Numbers below `n` from a seed. */
function below(seed: number) {
  let state = seed >>> 0 || 1;
  return (n: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % n;
  };
}

/** A lab after some calls from a seed, moves of its clock among them; some of it taken back. */
async function wandered(seed: number) {
  const pick = below(seed);
  const lab = createLab({ ports: seededPorts(seed) });
  const names = ["/a", "/a/b", "__proto__", "constructor", "/line\u2028/\ud83d\udd11"];
  const calls: (() => [string, string, JsonObject])[] = [
    () => ["ssm", "PutParameter", { Name: names[pick(4)], Value: `v${pick(99)} ${names[4]}`, Type: ["String", "SecureString"][pick(2)], Overwrite: true }],
    () => ["ssm", "DeleteParameter", { Name: names[pick(4)] }],
    () => ["kms", "CreateKey", { Description: names[pick(5)] }],
    () => ["kms", "Encrypt", { KeyId: "alias/aws/ssm", Plaintext: "aGk=", EncryptionContext: { "1": "b", a: "b" } }],
    () => ["kms", "ListKeys", {}],
    () => ["iam", "CreateUser", { UserName: `u${pick(3)}` }],
    () => ["iam", "DeleteUser", { UserName: `u${pick(3)}` }],
    () => ["kms", "DescribeKey", { KeyId: "alias/none" }],
  ];
  for (let i = 0; i < 14; i++) {
    if (pick(6) === 0) await lab.advance(pick(40) * 86_400_000);
    const [service, operation, input] = calls[pick(calls.length)]();
    await lab.call({ service, operation, input, caller, region: "eu-west-2", door: "terminal" });
  }
  const undone = Array.from({ length: pick(3) }, () => [lab.undo()!]);
  return { lab, undone };
}

const text = ({ lab, undone }: Awaited<ReturnType<typeof wandered>>): string => labText(lab, undone, 0).join("");

describe("a lab as a file", () => {
  test.each(Array.from({ length: 20 }, (_, i) => [i * 25 + 1, i * 25 + 25]))("comes back byte for byte, seeds %i to %i", async (from, to) => {
    for (let seed = from; seed <= to; seed++) await comesBack(seed);
  }, 60_000);

  async function comesBack(seed: number): Promise<void> {
    const made = await wandered(seed);
    const read = readLabText(text(made));
    if ("problem" in read) throw new Error(read.problem);
    const again = createLab({ ports: seededPorts(1), snapshot: read.lab.snapshot, journal: read.lab.journal });
    expect(JSON.stringify(again.snapshot())).toBe(JSON.stringify(made.lab.snapshot()));
    expect(labText(again, read.lab.undone, 0)[1]).toBe(labText(made.lab, made.undone, 0)[1]);
    // And its past is there: all of it can be taken back, and brought back.
    while (again.undo());
    expect(again.seq).toBe(0);
    while (again.redo());
    expect(JSON.stringify(again.snapshot())).toBe(JSON.stringify(made.lab.snapshot()));
  }

  const refused: [what: string, spoil: (text: string) => string, sentence: RegExp][] = [
    ["no JSON", () => "PK\u0003\u0004", /^This file is not a Keyhole lab\.$/],
    ["another JSON", () => '{"name":"keyhole"}', /^This file is not a Keyhole lab\.$/],
    ["a list", () => "[]", /^This file is not a Keyhole lab\.$/],
    ["half a file", (whole) => whole.slice(0, whole.length / 2), /^This file is cut short or damaged: it is not JSON\.$/],
    ["one letter changed", (whole) => whole.replace("AdministratorAccess", "administratorAccess"), /changed or damaged after it was saved/],
    ["a newer format", (whole) => whole.replace('"format":1', '"format":2'), /saved by a newer Keyhole \(file format 2\)/],
    ["a newer version", (whole) => whole.replace(/"version":\d+/, '"version":99'), /saved by a newer Keyhole \(version 99\)/],
  ];
  test.each(refused)("%s is refused in one sentence", async (_, spoil, sentence) => {
    const read = readLabText(spoil(text(await wandered(7))));
    expect("problem" in read && read.problem).toMatch(sentence);
  });

  test("whatever somebody writes into a file and signs anew: it is refused, or it opens as a lab that can be undone", async () => {
    const whole = JSON.parse(text(await wandered(11))) as JsonObject;
    const pick = below(5);
    let opened = 0;
    for (let turn = 0; turn < 400; turn++) {
      const { lab } = structuredClone(whole);
      mutate(lab, pick);
      const signed = resigned(whole, lab);
      const read = readLabText(signed);
      if ("problem" in read) {
        expect(read.problem).toMatch(/^This .*\.$/);
        continue;
      }
      opened++;
      const again = createLab({ ports: seededPorts(1), snapshot: read.lab.snapshot, journal: read.lab.journal });
      while (again.undo());
      while (again.redo());
      expect(again.snapshot().seq).toBe(read.lab.snapshot.seq);
    }
    // A harmless change (a letter of a description) opens: the test is not vacuous either way.
    expect(opened).toBeGreaterThan(10);
    expect(opened).toBeLessThan(390);
  });
});

/** Changes, takes away or adds something somewhere in a value. */
function mutate(value: unknown, pick: (n: number) => number): void {
  let at = value as Record<string, unknown>;
  for (;;) {
    const keys = Object.keys(at);
    if (!keys.length) return void (at.surprise = 1);
    const key = keys[pick(keys.length)];
    const inner = at[key];
    if (typeof inner === "object" && inner !== null && pick(5) > 0) {
      at = inner as Record<string, unknown>;
      continue;
    }
    const others = [null, 0, -1, "x", [], {}, true, undefined, 1e300];
    at[key] = typeof inner === "string" && pick(2) ? `${inner}x` : others[pick(others.length)];
    return;
  }
}

/** The file with other content and the sum that belongs to it, as `readLabText` would compute it. */
function resigned(whole: JsonObject, lab: unknown): string {
  const body = JSON.stringify(lab);
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let i = 0; i < body.length; i++) {
    a = Math.imul(a ^ body.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ body.charCodeAt(i), 0x85ebca6b);
  }
  const sum = [a, b].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
  return JSON.stringify({ ...whole, sum, lab: JSON.parse(body) });
}

describe("in a browser", () => {
  beforeEach(() => {
    vi.stubGlobal("indexedDB", new IDBFactory());
    vi.stubGlobal("BroadcastChannel", TestChannel);
  });
  afterEach(() => {
    closeChannels();
    vi.unstubAllGlobals();
  });

  test("a file is opened, with what was taken back; the lab before it is kept aside, and can be gone back to", async () => {
    const tab = await openTab();
    await tab.put("/in-file");
    await tab.put("/taken-back");
    await tab.undo();
    const file = await tab.exportLab();
    expect(file.name).toMatch(/^keyhole-lab-\d{4}-\d\d-\d\d-\d{4}\.keyhole\.json$/);
    const then = tab.bytes();
    await tab.put("/later");
    const later = tab.bytes();
    expect(await tab.importLab(file.text.join(""))).toBeUndefined();
    expect(tab.bytes()).toBe(then);
    expect(tab.state().undone).toHaveLength(1);
    const [aside] = await tab.labsAside();
    expect(aside.name).toMatch(/^Lab of /);
    await tab.redo();
    expect(await tab.names()).toEqual(["/in-file", "/taken-back"]);
    await tab.changeLab(aside.id);
    expect(tab.bytes()).toBe(later);
    expect((await openTab()).bytes()).toBe(later);
  });

  test("a spoiled file changes nothing", async () => {
    const tab = await openTab();
    await tab.put("/kept");
    const before = tab.bytes();
    const { text: pieces } = await tab.exportLab();
    expect(await tab.importLab(pieces.join("").replace("/kept", "/Kept"))).toMatch(/changed or damaged/);
    expect(tab.bytes()).toBe(before);
    expect(await tab.labsAside()).toEqual([]);
    expect((await openTab()).bytes()).toBe(before);
  });

  test("labs kept aside are named, renamed and deleted; one that cannot be opened stays, and so does the present one", async () => {
    const tab = await openTab();
    await tab.put("/first");
    await tab.changeLab();
    await tab.put("/second");
    const [first] = await tab.labsAside();
    await tab.renameLab(first.id, "My first");
    expect((await tab.labsAside())[0].name).toBe("My first");
    const { getDatabase } = await import("./database");
    const db = (await getDatabase())!;
    await db.put("pages", "rubbish" as never, (await db.getAllKeys("pages")).find(([lab]) => lab === first.id)!);
    const before = tab.bytes();
    await expect(tab.changeLab(first.id)).rejects.toThrow(/cannot be opened/);
    expect(tab.bytes()).toBe(before);
    expect(await tab.labsAside()).toHaveLength(1);
    await tab.deleteLab(first.id);
    expect(await tab.labsAside()).toEqual([]);
    for (const store of ["pages", "journal", "undone"] as const) expect((await db.getAllKeys(store)).filter((key) => String((key as readonly unknown[])[0]) === first.id)).toEqual([]);
    expect((await openTab()).bytes()).toBe(before);
  });
});
