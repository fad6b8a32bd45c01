import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { TestChannel, closeChannels, fakeLocks, openTab, until } from "./tabs.test-helper";

let locks: ReturnType<typeof fakeLocks>;

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  locks = fakeLocks();
  vi.stubGlobal("navigator", { locks });
  vi.stubGlobal("BroadcastChannel", TestChannel);
});
afterEach(() => {
  closeChannels();
  vi.unstubAllGlobals();
});

const twoTabs = async () => [await openTab(), await openTab()] as const;

describe("two tabs on one lab", () => {
  test("what is called in one is there in the other, in one order, byte for byte", async () => {
    const [one, two] = await twoTabs();
    const from = (tab: typeof one, name: string) => Array.from({ length: 12 }, (_, n) => tab.put(`/${name}/${n}`));
    const replies = await Promise.all([...from(one, "one"), ...from(two, "two")]);
    expect(replies.every(({ ok }) => ok)).toBe(true);
    await until(() => one.state().journal.length === 24 && two.state().journal.length === 24);
    expect(two.state().journal.map(({ requestId }) => requestId)).toEqual(one.state().journal.map(({ requestId }) => requestId));
    expect(new Set(replies.map(({ requestId }) => requestId))).toEqual(new Set(one.state().journal.map(({ requestId }) => requestId)));
    await until(() => two.bytes() === one.bytes());
    const third = await openTab();
    expect(third.bytes()).toBe(one.bytes());
  });

  test("undo in one is undo in both, and either may redo", async () => {
    const [one, two] = await twoTabs();
    await one.put("/a");
    await one.put("/b");
    await until(() => two.state().journal.length === 2);
    const ssm = () => one.theLab()!.snapshot().records["111122223333"]["eu-west-2"].ssm;
    const both = structuredClone(ssm());
    expect((await two.undo())?.label).toBe("ssm PutParameter by admin");
    await until(() => one.state().journal.length === 1);
    expect(one.state().undone).toHaveLength(1);
    expect(one.state().said?.words).toBe("In another tab: Took back ssm PutParameter by admin.");
    expect(await one.names()).toEqual(["/a"]);
    // The look came between: the step is done again, and nothing that it made differs.
    await two.redo();
    await until(() => one.state().undone.length === 0);
    expect(await one.names()).toEqual(["/a", "/b"]);
    expect(ssm()).toEqual(both);
    await until(() => one.bytes() === two.bytes());
  });

  test("each tab acts for itself: who calls and where is not shared", async () => {
    const [one, two] = await twoTabs();
    one.setIdentity({ region: "us-east-1", caller: { account: "111122223333", user: "app" } });
    await one.call("sts", "GetCallerIdentity");
    await two.call("sts", "GetCallerIdentity");
    expect(two.state().identity).toMatchObject({ region: "eu-west-2", caller: { user: "admin" } });
  });

  test("a tab that is closed in the middle of a call leaves nothing half done, and the other goes on", async () => {
    const [one, two] = await twoTabs();
    await one.put("/kept");
    vi.stubGlobal("crypto", { getRandomValues: crypto.getRandomValues.bind(crypto), subtle: { generateKey: () => new Promise(() => {}) } });
    void one.call("kms", "CreateKey", { KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" });
    await until(() => locks.held);
    const after = two.put("/after");
    locks.crash();
    expect(await after).toMatchObject({ ok: true, seq: 2 });
    expect(two.operations()).toEqual(["PutParameter", "PutParameter"]);
    expect((await openTab()).bytes()).toBe(two.bytes());
  });

  test("a tab that is frozen with the turn in its hand is passed over within a second", async () => {
    const tab = await openTab();
    // It holds the turn and hears nothing.
    void locks.request("keyhole.lab", () => new Promise(() => {})).catch(() => undefined);
    const start = performance.now();
    expect(await tab.put("/a")).toMatchObject({ ok: true });
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  test("a tab that wakes after its turn was taken saves nothing over another's work: it catches up and does its call there", async () => {
    const [one, two] = await twoTabs();
    let wake: (pair: unknown) => void = () => {};
    const { subtle } = crypto;
    const pair = await subtle.generateKey({ name: "RSA-PSS", modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1), hash: "SHA-256" }, true, ["sign", "verify"]);
    vi.stubGlobal("crypto", { getRandomValues: crypto.getRandomValues.bind(crypto), subtle: { generateKey: () => new Promise((resolve) => (wake = resolve)), exportKey: subtle.exportKey.bind(subtle) } });
    const late = one.call("kms", "CreateKey", { KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" });
    await until(() => locks.held);
    const between = two.put("/between");
    locks.crash();
    expect((await between).seq).toBe(1);
    // Its handler is suspended twice: here, and when the call is made anew.
    wake(pair);
    await new Promise((resolve) => setTimeout(resolve, 100));
    wake(pair);
    expect(await late).toMatchObject({ ok: true, seq: 2 });
    await until(() => one.bytes() === two.bytes());
    expect(one.operations()).toEqual(["PutParameter", "CreateKey"]);
    expect((await openTab()).bytes()).toBe(one.bytes());
  });

  test("a tab that is slow but at work is waited for", async () => {
    const [one, two] = await twoTabs();
    let made: (pair: unknown) => void = () => {};
    const generateKey = () => new Promise((resolve) => (made = resolve));
    const { subtle } = crypto;
    vi.stubGlobal("crypto", { getRandomValues: crypto.getRandomValues.bind(crypto), subtle: { generateKey, exportKey: subtle.exportKey.bind(subtle) } });
    const slow = one.call("kms", "CreateKey", { KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" });
    await until(() => locks.held);
    const quick = two.put("/a");
    await new Promise((resolve) => setTimeout(resolve, 1_300));
    made(await subtle.generateKey({ name: "RSA-PSS", modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1), hash: "SHA-256" }, true, ["sign", "verify"]));
    expect([(await slow).seq, (await quick).seq]).toEqual([1, 2]);
  });

  test("without Web Locks nothing is lost and nothing forks either", async () => {
    vi.stubGlobal("navigator", {});
    const [one, two] = await twoTabs();
    await Promise.all(Array.from({ length: 16 }, (_, n) => (n % 2 ? one : two).put(`/p/${n}`)));
    await Promise.all([one.names(), two.names()]);
    await until(() => one.state().journal.length === 18 && one.bytes() === two.bytes());
    expect(await one.names()).toHaveLength(10);
  });

  test("without a channel a tab says so, once it matters", async () => {
    vi.stubGlobal("BroadcastChannel", undefined);
    const [one, two] = await twoTabs();
    expect(two.state().notice).toBeUndefined();
    await one.put("/a");
    await two.put("/b");
    expect(await two.names()).toEqual(["/a", "/b"]);
    expect(two.state().notice).toMatch(/^This browser does not tell its tabs of each other: [^.]+\.$/);
  });

  test("another lab in one tab is another lab in both", async () => {
    const [one, two] = await twoTabs();
    await one.put("/a");
    await until(() => two.state().journal.length === 1);
    await two.changeLab();
    await until(() => one.state().journal.length === 0);
    expect(await one.names()).toEqual([]);
    await one.changeLab((await one.labsAside())[0].id);
    await until(() => two.bytes() === one.bytes());
    expect(two.operations()).toEqual(["PutParameter"]);
  });

  test("a page that is older than the lab says that it must be reloaded, and changes nothing", async () => {
    const tab = await openTab();
    await tab.put("/a");
    const before = tab.bytes();
    const newer = new BroadcastChannel("keyhole.lab");
    newer.postMessage({ kind: "hello", version: 99 });
    await until(() => tab.state().status === "outdated");
    expect(tab.state().notice).toMatch(/Reload this page/);
    expect(await tab.put("/b")).toMatchObject({ ok: false, error: { code: "ReloadThisPage" } });
    expect(tab.bytes()).toBe(before);
    newer.close();
  });
});
