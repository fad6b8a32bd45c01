import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { JsonObject } from "../engine/types";

/** A page: its own modules, the browser's one database; a key that the user `app` may not use, and its refusal. */
async function openPage() {
  vi.resetModules();
  const store = await import("./lab-store");
  const flip = await import("./flip");
  const { flips } = await import("../engine/flip");
  await store.openLab();
  const lab = store.theLab()!;
  const app = { account: "111122223333", user: "app" };
  const encrypt = { KeyId: "alias/tutorial", Plaintext: "aGVsbG8=" };
  const ask = (input: JsonObject = encrypt) => store.call("kms", "Encrypt", input, { region: "eu-west-2", caller: app, door: "terminal" });
  await ask();
  const entry = lab.journal.at(-1)!;
  const found = async () => (await flips(lab, entry)).flips;
  const applied = () => flip.flipStore.getState().applied[entry.requestId];
  return { ...store, ...flip, lab, ask, entry, found, applied, text: () => JSON.stringify(lab.snapshot()) };
}

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.stubGlobal("BroadcastChannel", undefined);
});
afterEach(() => vi.unstubAllGlobals());

test("applied, tried and taken back: the lab is what it was, byte for byte, and so it is saved", async () => {
  const { applyFlip, applied, entry, found, lab, text, tryAgain, undoFlip } = await openPage();
  const before = text();
  for (const flip of await found()) {
    expect(await applyFlip(entry, flip), flip.sentence).toBeUndefined();
    await tryAgain(entry);
    expect(applied().tried, flip.sentence).toMatchObject({ ok: true });
    // Done by the account's administrator, from the console, as one thing to undo.
    expect(
      lab.journal
        .slice(entry.seq)
        .filter(({ call }) => call?.service !== "kms" || call.operation !== "Encrypt")
        .every(({ door }) => door === "console"),
    ).toBe(true);
    expect(await undoFlip(entry)).toBe(true);
    expect(applied()).toBeUndefined();
    expect(text(), flip.sentence).toBe(before);
  }
  const reopened = await openPage();
  expect(reopened.lab.journal.map(({ trace, reply }) => [trace.operation, reply.ok])).toEqual([
    ["Encrypt", false],
    ["Encrypt", false],
  ]);
});

test("the edits are one step of the lab's own undo", async () => {
  const { applyFlip, entry, found, text, undo } = await openPage();
  const before = text();
  const flip = (await found()).find(({ sentence }) => sentence.startsWith("Give user app"))!;
  await applyFlip(entry, flip);
  const step = await undo();
  expect(step?.label).toBe(`“${flip.sentence.slice(0, -1)}”`);
  expect(text()).toBe(before);
});

test("what was done since stays: the change is not taken back from under it", async () => {
  const { applyFlip, applied, call, doneSince, entry, found, text, undoFlip } = await openPage();
  const [flip] = await found();
  await applyFlip(entry, flip);
  // A console looks by itself; that hinders nobody.
  await call("iam", "ListUsers");
  expect(doneSince(applied())).toBeUndefined();
  await call("iam", "CreateUser", { UserName: "later" });
  expect(doneSince(applied())).toMatchObject({ trace: { operation: "CreateUser" } });
  const before = text();
  expect(await undoFlip(entry)).toBe(false);
  expect(text()).toBe(before);
});

test("an edit that is refused leaves nothing behind", async () => {
  const { applied, applyFlip, entry, found, text } = await openPage();
  const before = text();
  const [flip] = await found();
  const [edit] = flip.edits;
  if (edit.kind !== "call") throw new Error("a call was expected");
  const wrong = { kind: "call" as const, call: { ...edit.call, caller: { account: "444455556666", user: "app" } } };
  expect(await applyFlip(entry, { ...flip, edits: [edit, wrong] })).toMatch(/security token|AccessDenied/);
  expect(applied()).toBeUndefined();
  expect(text()).toBe(before);
});

test("a grant's token, known only when it is made, is sent with the call", async () => {
  const { applied, applyFlip, entry, found, tryAgain } = await openPage();
  const grant = (await found()).find(({ sentence }) => sentence.startsWith("Make a grant"))!;
  await applyFlip(entry, grant);
  expect(JSON.stringify(applied().again.input)).not.toContain("⟨");
  await tryAgain(entry);
  expect(applied().tried?.ok).toBe(true);
});
