import "fake-indexeddb/auto";
import { IDBFactory, IDBObjectStore } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openDB } from "idb";
import { createLab } from "../engine/lab";
import { seededPorts } from "../engine/ports";
import { pageOf, placeKey, rowsOf, snapshotRecords, writeRow } from "./row-pages";
import { openDatabase, readLab, saveFreshLab } from "./saved-lab";
import { TestChannel, closeChannels, openTab } from "./tabs.test-helper";

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.stubGlobal("BroadcastChannel", TestChannel);
});
afterEach(() => {
  closeChannels();
  vi.unstubAllGlobals();
});

async function someLab(parameters: number) {
  const lab = createLab({ ports: seededPorts(3), journalLimit: 50 });
  for (let i = 0; i < parameters; i++)
    await lab.call({ service: "ssm", operation: "PutParameter", input: { Name: `/p/${i}`, Value: "v", Type: "String" }, caller: { account: "111122223333", user: "admin" }, region: "eu-west-2" });
  return lab;
}

describe("rows by pages", () => {
  test("every row of a snapshot comes back in its place and order", async () => {
    const { records } = (await someLab(300)).snapshot();
    const { pages, rows } = rowsOf(records);
    const back = snapshotRecords([...pages.values()].toReversed());
    expect(back).toEqual({ plain: records, rows });
    expect(JSON.stringify((back as { plain: unknown }).plain)).toBe(JSON.stringify(records));
  });

  test("a row has one page; two places with the same letters do not meet in it", () => {
    const [a, b] = [placeKey("1", "r", "s", "t"), placeKey("1", "r", "s", "tt")];
    expect(pageOf(a, "tx")).toBe(pageOf(a, "tx"));
    const page: Parameters<typeof writeRow>[0] = [];
    writeRow(page, a, "tx", { n: 1 });
    writeRow(page, b, "x", { n: 2 });
    writeRow(page, a, "tx", { n: 3 });
    expect(page).toEqual([[a, "tx", { n: 3 }], [b, "x", { n: 2 }]]);
    writeRow(page, a, "tx", undefined);
    writeRow(page, a, "none", undefined);
    expect(page).toEqual([[b, "x", { n: 2 }]]);
  });

  test("rows spread evenly: no page has many times its share", () => {
    const place = placeKey("111122223333", "eu-west-2", "ssm", "parameters");
    const sizes = new Map<number, number>();
    for (let i = 0; i < 100_000; i++) sizes.set(pageOf(place, `/app/service-${i % 50}/parameter-${i}`), (sizes.get(pageOf(place, `/app/service-${i % 50}/parameter-${i}`)) ?? 0) + 1);
    expect(sizes.size).toBeGreaterThan(16_000);
    expect(Math.max(...sizes.values())).toBeLessThan(30);
  });
});

test("saving a call writes what it changed, however large the lab is", async () => {
  const lab = await someLab(3_000);
  const db = await openDatabase();
  await saveFreshLab(db, { id: "big", snapshot: lab.snapshot() });
  const tab = await openTab();
  await tab.put("/first");
  let written = 0;
  const original = IDBObjectStore.prototype.put;
  const stores: string[] = [];
  IDBObjectStore.prototype.put = function (value: never, key: never) {
    stores.push(this.name);
    written += JSON.stringify(value).length;
    return original.call(this, value, key);
  };
  try {
    await tab.put("/second");
  } finally {
    IDBObjectStore.prototype.put = original;
  }
  const changed = tab.state().journal.at(-1)!.changes.length;
  expect(stores.filter((name) => name === "journal")).toHaveLength(1);
  expect(stores.filter((name) => name === "labs")).toHaveLength(1);
  expect(stores.filter((name) => name === "pages").length).toBeLessThanOrEqual(changed);
  expect(stores).toHaveLength(2 + stores.filter((name) => name === "pages").length);
  expect(written).toBeLessThan(40_000);
  expect((await openTab()).bytes()).toBe(tab.bytes());
});

test("a lab that an earlier version saved, a record for each row, is found again", async () => {
  const lab = await someLab(20);
  const snapshot = lab.snapshot();
  const old = await openDB("keyhole", 1, {
    upgrade(db) {
      db.createObjectStore("labs", { keyPath: "id" });
      for (const store of ["rows", "journal", "things"]) db.createObjectStore(store);
    },
  });
  let rows = 0;
  for (const [account, regions] of Object.entries(snapshot.records))
    for (const [region, services] of Object.entries(regions))
      for (const [service, tables] of Object.entries(services))
        for (const [table, all] of Object.entries(tables))
          for (const [id, row] of all) {
            rows++;
            await old.put("rows", row, ["old", account, region, service, table, id]);
          }
  await old.put("labs", { id: "old", version: snapshot.version, seq: snapshot.seq, at: snapshot.at, rows });
  for (const entry of lab.journal) await old.put("journal", entry, ["old", entry.seq]);
  await old.put("things", "old", "lab");
  await old.put("things", { read: ["x"] }, "thing:progress");
  old.close();

  const tab = await openTab();
  expect(tab.theLab()!.snapshot()).toEqual(snapshot);
  expect(tab.state().journal).toHaveLength(lab.journal.length);
  expect((await tab.undo())?.label).toBe("ssm PutParameter by admin");
  await tab.put("/new");
  expect((await openTab()).bytes()).toBe(tab.bytes());
  const db = await openDatabase();
  expect(await db.get("things", "thing:progress")).toEqual({ read: ["x"] });
});

test("a page that holds the old database is told so, and lets go", async () => {
  const told: string[] = [];
  await openDatabase("keyhole", { onOutdated: () => told.push("outdated") });
  const newer = await openDB("keyhole", 3, { blocked: () => told.push("blocked") });
  expect(told).toEqual(["outdated"]);
  newer.close();
});

describe("the name of the current lab is lost", () => {
  test("the lab that was saved last is the current one, others are named as kept aside", async () => {
    const tab = await openTab();
    await tab.put("/mine");
    const bytes = tab.bytes();
    const db = await openDatabase();
    // A lab that nothing names, from an earlier loss.
    await db.put("labs", { id: "stray", version: 1, seq: 0, at: 0, rows: 0, turn: 0, saved: 5 });
    await db.delete("things", "lab");

    const after = await openTab();
    expect(after.bytes()).toBe(bytes);
    expect(after.state().notice).toBeUndefined();
    expect((await after.labsAside()).map(({ id, why }) => [id, why])).toEqual([["stray", "nothing said any more that it was the current one"]]);
    expect("lab" in (await readLab(db, 1))).toBe(true);
  });
});

test("two tabs that open at the same moment open one lab", async () => {
  const tabs = [];
  for (let i = 0; i < 3; i++) {
    vi.resetModules();
    tabs.push(await import("./lab-store"));
  }
  await Promise.all(tabs.map((tab) => tab.openLab()));
  const ids = tabs.map((tab) => JSON.stringify(tab.theLab()!.snapshot()));
  expect(new Set(ids).size).toBe(1);
  const db = await openDatabase();
  expect(await db.count("labs")).toBe(1);
});
