import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { TestChannel, closeChannels, openTab } from "./tabs.test-helper";

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.stubGlobal("BroadcastChannel", TestChannel);
});
afterEach(() => {
  closeChannels();
  vi.unstubAllGlobals();
});

const place = { region: "eu-west-2" };

describe("undo and redo by steps", () => {
  test("looks go with what they looked at, and forget nothing that can be redone", async () => {
    const tab = await openTab();
    await tab.put("/a");
    await tab.names();
    await tab.call("kms", "DescribeKey", { KeyId: "alias/none" }, place);
    const step = await tab.undo();
    expect(step?.entries.map(({ trace }) => trace.operation)).toEqual(["PutParameter", "DescribeParameters", "DescribeKey"]);
    expect(tab.state().said?.words).toBe("Took back ssm PutParameter by admin.");
    expect(await tab.names()).toEqual([]);
    expect(tab.state().undone).toHaveLength(1);
    expect((await tab.redo()).map(({ label }) => label)).toEqual(["ssm PutParameter by admin"]);
    expect(await tab.names()).toEqual(["/a"]);
    expect(await tab.redo()).toEqual([]);
    expect(tab.state().said?.words).toBe("There is nothing to bring back.");
  });

  test("a call that does something forgets what could be redone", async () => {
    const tab = await openTab();
    await tab.put("/a");
    await tab.undo();
    await tab.put("/b");
    expect(tab.state().undone).toEqual([]);
    expect(await tab.redo()).toEqual([]);
    expect(await tab.names()).toEqual(["/b"]);
  });

  test("what was taken back can be brought back after a reload", async () => {
    const before = await openTab();
    await before.put("/a");
    await before.put("/b");
    await before.undo();
    await before.undo();
    const after = await openTab();
    expect(after.state().undone.map(({ label }) => label)).toEqual(["ssm PutParameter by admin", "ssm PutParameter by admin"]);
    await after.redo();
    expect(await after.names()).toEqual(["/a"]);
    const third = await openTab();
    expect(third.state().undone).toHaveLength(1);
    await third.redo();
    expect(await third.names()).toEqual(["/a", "/b"]);
  });

  test("several calls as one are one step, under its name, also after a reload; one failing call is said to have failed", async () => {
    const tab = await openTab();
    await tab.asOne("Make two", async () => {
      await tab.put("/a");
      await tab.names();
      await tab.asOne(undefined, () => tab.put("/b"));
    });
    await tab.call("kms", "Encrypt", { KeyId: "alias/none", Plaintext: "aGk=" }, place);
    const again = await openTab();
    expect((await again.undo())?.label).toBe("kms Encrypt by admin (it had failed, and changed nothing)");
    expect(await again.undo()).toMatchObject({ label: "Make two", acts: 2 });
    expect(again.state().said?.words).toBe("Took back Make two.");
    expect(await again.names()).toEqual([]);
    await again.redo();
    expect(await again.names()).toEqual(["/a", "/b"]);
    expect((await again.undo())?.label).toBe("Make two");
  });

  test("the clock goes back with all that it did, and forward again", async () => {
    const tab = await openTab();
    const key = await tab.call("kms", "CreateKey", {}, place);
    const { KeyId } = (key.ok ? key.output.KeyMetadata : {}) as { KeyId: string };
    await tab.call("kms", "ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 }, place);
    const start = tab.theLab()!.now();
    const happened = await tab.advance(30 * 86_400_000);
    expect(happened.map(({ kind }) => kind)).toEqual(["job", "advance"]);
    const state = async () => {
      const reply = await tab.call("kms", "DescribeKey", { KeyId }, place);
      return reply.ok ? (reply.output.KeyMetadata as { KeyState: string }).KeyState : reply.error.code;
    };
    expect(await state()).toBe("NotFoundException");
    expect((await tab.undo())?.label).toBe("moving the clock 30 days ahead");
    expect(await state()).toBe("PendingDeletion");
    expect(tab.theLab()!.now() - start).toBeLessThan(60_000);
    await tab.redo();
    expect(await state()).toBe("NotFoundException");
    expect(tab.theLab()!.now() - start).toBeGreaterThanOrEqual(30 * 86_400_000);
    // Back to before the deletion was asked for: the clock, and the call.
    const asked = tab.state().journal.find(({ trace }) => trace.operation === "ScheduleKeyDeletion")!;
    expect((await tab.undoFrom(asked)).map(({ label }) => label)).toEqual(["moving the clock 30 days ahead", "kms ScheduleKeyDeletion by admin"]);
    expect(tab.state().said?.words).toBe("Took back kms ScheduleKeyDeletion by admin and everything after it: 2 calls in all.");
    expect(await state()).toBe("Enabled");
    await tab.redo(2);
    expect(await state()).toBe("NotFoundException");
  });

  test("a move of the clock within several calls as one goes back with them", async () => {
    const tab = await openTab();
    const start = tab.theLab()!.now();
    await tab.asOne("Wait and put", async () => {
      await tab.advance(86_400_000);
      await tab.put("/a");
    });
    expect(await tab.undo()).toMatchObject({ label: "Wait and put", acts: 2 });
    expect(tab.state().journal).toEqual([]);
    expect(tab.theLab()!.now() - start).toBeLessThan(60_000);
  });

  test("with nothing but looks there is nothing to take back", async () => {
    const tab = await openTab();
    await tab.names();
    expect(await tab.undo()).toBeUndefined();
    expect(tab.state().said?.words).toBe("There is nothing to take back.");
    expect(tab.operations()).toEqual(["DescribeParameters"]);
  });
});
