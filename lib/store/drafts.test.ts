import "fake-indexeddb/auto";
import { beforeEach, expect, test, vi } from "vitest";

/** A browser's `localStorage` that is full after `room` characters. */
function storage(room = 5_000_000) {
  const items = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => items.get(key) ?? null,
    setItem(key: string, value: string) {
      if (value.length > room) throw new DOMException("full", "QuotaExceededError");
      items.set(key, value);
    },
    removeItem: (key: string) => void items.delete(key),
  });
}

/** The page after a reload: fresh modules, the same storage. */
async function reload() {
  vi.resetModules();
  return import("./drafts");
}

beforeEach(() => storage());

test("what was typed is there after a reload; what was sent is not", async () => {
  const before = await reload();
  before.writeDraft("kms/alias", "alias/x");
  before.writeDraft("sent", "x");
  before.writeDraft("sent", undefined);
  const after = await reload();
  expect([after.readDraft("kms/alias"), after.readDraft("sent"), after.readDraft("never")]).toEqual(["alias/x", undefined, undefined]);
});

test("a text too long for the small store comes back from the database", async () => {
  storage(1_000);
  const long = "é".repeat(100_000);
  const before = await reload();
  before.writeDraft("policy", long);
  expect(before.readDraft("policy")).toBe(long);
  await vi.waitFor(async () => expect(await (await import("./things")).loadThing("draft:policy")).toBe(long));
  const after = await reload();
  const told = vi.fn();
  after.subscribe("policy", told);
  expect(after.readDraft("policy")).toBeUndefined();
  await vi.waitFor(() => expect(told).toHaveBeenCalled());
  expect(after.readDraft("policy")).toBe(long);
});

test("where nothing can be stored, it holds until the page is left", async () => {
  vi.stubGlobal("localStorage", undefined);
  const page = await reload();
  page.writeDraft("a", "b");
  expect(page.readDraft("a")).toBe("b");
});
