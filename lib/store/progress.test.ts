import "fake-indexeddb/auto";
import { expect, test, vi } from "vitest";

async function reload() {
  vi.resetModules();
  return import("./progress");
}

test("steps and lessons stay done after a reload, and two tabs do not undo each other", async () => {
  const one = await reload();
  const two = await reload();
  one.markStep("first", "encrypt");
  two.markStep("first", "decrypt");
  two.markRead("first");
  await vi.waitFor(async () => {
    const { loadThing } = await import("./things");
    expect(await loadThing("progress")).toMatchObject({
      steps: { "first/encrypt": expect.any(Number), "first/decrypt": expect.any(Number) },
      read: { first: expect.any(Number) },
    });
  });
  const after = await reload();
  await after.loadProgress();
  expect(Object.keys(after.progressStore.getState().steps).sort()).toEqual(["first/decrypt", "first/encrypt"]);
});
