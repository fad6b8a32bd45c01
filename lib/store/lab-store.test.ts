import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

/** A page: its own modules, the browser's one database. */
async function openPage() {
  vi.resetModules();
  const store = await import("./lab-store");
  return { ...store, state: store.labStore.getState };
}

const blob = (text: string): string => Buffer.from(text).toString("base64");
const place = { region: "eu-west-2" };

async function database() {
  const { getDatabase } = await import("./database");
  return (await getDatabase())!;
}

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  // Tabs that do not hear of each other: the hardest case.
  vi.stubGlobal("BroadcastChannel", undefined);
});
afterEach(() => vi.unstubAllGlobals());

describe("a lab that is kept", () => {
  test("is found again after a reload, with its journal, and opens what it sealed before", async () => {
    const before = await openPage();
    const sealed = await before.call("kms", "Encrypt", { KeyId: "alias/tutorial", Plaintext: blob("hello") }, place);
    expect(sealed).toMatchObject({ ok: true, seq: 1 });

    const after = await openPage();
    const opened = await after.call("kms", "Decrypt", { CiphertextBlob: sealed.ok ? sealed.output.CiphertextBlob : "" }, place);
    expect(opened).toMatchObject({ ok: true, seq: 2, output: { Plaintext: blob("hello") } });
    expect(after.state().journal.map(({ trace }) => trace.operation)).toEqual(["Encrypt", "Decrypt"]);
    expect(after.theLab()!.snapshot().records).toEqual(JSON.parse(JSON.stringify(after.theLab()!.snapshot().records)));
  });

  test("is saved record by record: what is stored is the lab, row for row", async () => {
    const page = await openPage();
    await page.call("ssm", "PutParameter", { Name: "/a/b", Value: "1", Type: "String" });
    await page.call("ssm", "PutParameter", { Name: "__proto__", Value: "2", Type: "SecureString" });
    await page.call("ssm", "DeleteParameter", { Name: "/a/b" });
    const { readLab } = await import("./saved-lab");
    const opened = await readLab(await database(), 1);
    expect("lab" in opened && opened.lab.snapshot).toEqual(page.theLab()!.snapshot());
  });

  test("a call that AWS refuses is a reply, and is in the journal after a reload", async () => {
    const before = await openPage();
    const reply = await before.call("kms", "DescribeKey", { KeyId: "alias/none" }, place);
    expect(reply).toMatchObject({ ok: false, error: { code: "NotFoundException" } });
    const after = await openPage();
    await after.openLab();
    expect(after.state().journal.map(({ reply }) => reply.ok)).toEqual([false]);
  });

  test("undo is saved too", async () => {
    const before = await openPage();
    await before.call("kms", "CreateAlias", { AliasName: "alias/two", TargetKeyId: "alias/tutorial" }, place);
    await before.call("ssm", "PutParameter", { Name: "kept", Value: "1", Type: "String" });
    await before.call("ssm", "PutParameter", { Name: "gone", Value: "1", Type: "String" });
    expect((await before.undo())?.entries[0].call?.input).toMatchObject({ Name: "gone" });
    const after = await openPage();
    expect(await after.call("ssm", "GetParameter", { Name: "gone" })).toMatchObject({ ok: false });
    expect(await after.call("ssm", "GetParameter", { Name: "kept" })).toMatchObject({ ok: true });
  });

  test("the clock is saved with it", async () => {
    const before = await openPage();
    await before.openLab();
    const start = before.theLab()!.now();
    await before.advance(30 * 86_400_000);
    const after = await openPage();
    await after.openLab();
    expect(after.theLab()!.now() - start).toBeGreaterThanOrEqual(30 * 86_400_000);
  });
});

describe("a lab that cannot be trusted is kept aside under a name, and a fresh one opened", () => {
  const ruins: [what: string, ruin: (db: Awaited<ReturnType<typeof database>>, id: string) => Promise<unknown>, sentence: RegExp][] = [
    [
      "newer",
      async (db, id) => db.put("labs", { ...(await db.get("labs", id))!, version: 99 }),
      /newer Keyhole.*version 99.*kept aside as “Lab of /,
    ],
    ["rows are missing", async (db) => db.delete("pages", (await db.getAllKeys("pages"))[0]), /could not be read.*kept aside/],
    ["a page is none", async (db) => db.put("pages", "rubbish" as never, (await db.getAllKeys("pages"))[0]), /could not be read.*kept aside/],
    [
      "a row is no record",
      async (db) => db.put("pages", [["a\nb\nc\nd", "id", "rubbish" as never]], (await db.getAllKeys("pages"))[0]),
      /could not be read.*kept aside/,
    ],
    ["the journal has a gap", async (db, id) => db.delete("journal", [id, 2]), /journal has a gap/],
    ["its description is gone", async (db, id) => db.delete("labs", id), /description is missing/],
    ["its description is rubbish", async (db, id) => db.put("labs", { id, version: "x" } as never), /description cannot be read/],
  ];

  test.each(ruins)("%s", async (_, ruin, sentence) => {
    const before = await openPage();
    for (const Name of ["a", "b", "c"]) await before.call("ssm", "PutParameter", { Name, Value: "1", Type: "String" });
    const db = await database();
    const id = (await db.get("things", "lab")) as string;
    await ruin(db, id);
    const pages = (await db.getAllKeys("pages")).filter(([lab]) => lab === id).length;

    const after = await openPage();
    expect(await after.call("ssm", "GetParameter", { Name: "a" })).toMatchObject({ ok: false, error: { code: "ParameterNotFound" } });
    expect(after.state().notice).toMatch(sentence);
    const { labsAside } = await import("./saved-lab");
    const aside = await labsAside(await database());
    expect(aside).toHaveLength(1);
    expect(aside[0]).toMatchObject({ id, name: expect.stringMatching(/^Lab of \d{4}-\d\d-\d\d \d\d:\d\d UTC$/) });
    // Nothing of the old lab was thrown away.
    expect((await db.getAllKeys("pages")).filter(([lab]) => lab === id)).toHaveLength(pages);
    // And the fresh one is found again, with no further word.
    const third = await openPage();
    await third.openLab();
    expect(third.state().notice).toBeUndefined();
    expect(third.state().journal).toHaveLength(1);
  });
});

test("a second tab loses nothing and forks nothing", async () => {
  const one = await openPage();
  await one.call("ssm", "PutParameter", { Name: "first", Value: "1", Type: "String" });
  const two = await openPage();
  await two.openLab();
  await one.call("ssm", "PutParameter", { Name: "second", Value: "1", Type: "String" });
  // This tab does not know of `second` yet; its call is made on top of it all the same.
  const third = await two.call("ssm", "PutParameter", { Name: "third", Value: "1", Type: "String" });
  expect(third).toMatchObject({ ok: true, seq: 3 });
  const fourth = await one.call("ssm", "GetParametersByPath", { Path: "/" });
  expect(fourth.ok && (fourth.output.Parameters as { Name: string }[]).map(({ Name }) => Name)).toEqual(["first", "second", "third"]);
  expect(one.state().journal.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
});

test("calls are taken in the order in which they were asked", async () => {
  const page = await openPage();
  const replies = await Promise.all(
    Array.from({ length: 8 }, (_, n) => page.call("ssm", "PutParameter", { Name: "p", Value: String(n), Type: "String", Overwrite: true })),
  );
  expect(replies.map((reply) => reply.ok && reply.output.Version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test("where nothing can be kept the lab works, and says so", async () => {
  vi.stubGlobal("indexedDB", undefined);
  const page = await openPage();
  expect(await page.call("kms", "ListKeys", {}, place)).toMatchObject({ ok: true });
  expect(page.state().notice).toMatch(/keeps nothing/);
});

test("versions move with what changed: reading moves nothing, IAM moves everything", async () => {
  const page = await openPage();
  await page.openLab();
  const versions = () => ["kms", "ssm"].map((service) => page.versionOf(page.state(), service));
  const start = versions();
  await page.call("kms", "ListKeys", {}, place);
  expect(versions()).toEqual(start);
  await page.call("ssm", "PutParameter", { Name: "sealed", Value: "1", Type: "SecureString" }, place);
  const sealed = versions();
  await page.call("ssm", "GetParameter", { Name: "sealed", WithDecryption: true }, place);
  await page.call("kms", "Encrypt", { KeyId: "alias/tutorial", Plaintext: blob("x") }, place);
  expect(versions()).toEqual(sealed);
  start.splice(0, 2, ...sealed);
  await page.call("ssm", "PutParameter", { Name: "x", Value: "1", Type: "String" });
  const [kms, ssm] = versions();
  expect(kms).toBe(start[0]);
  expect(ssm).not.toBe(start[1]);
  await page.call("iam", "CreateUser", { UserName: "new" });
  expect(versions()[0]).not.toBe(kms);
  expect(versions()[1]).not.toBe(ssm);
});

test("another account means its admin; a fresh lab leaves the old one aside", async () => {
  const page = await openPage();
  page.setIdentity({ account: "444455556666" });
  expect(page.state().identity.caller).toEqual({ account: "444455556666", user: "admin" });
  const who = await page.call("sts", "GetCallerIdentity");
  expect(who.ok && who.output.Arn).toBe("arn:aws:iam::444455556666:user/admin");
  await page.changeLab();
  expect(page.state().journal).toEqual([]);
  const aside = await page.labsAside();
  expect(aside).toHaveLength(1);
  // And it can be taken up again, as it was.
  await page.changeLab(aside[0].id);
  expect(page.state().journal.map(({ trace }) => trace.operation)).toEqual(["GetCallerIdentity"]);
  expect((await page.labsAside()).map(({ id }) => id)).not.toContain(aside[0].id);
  const after = await openPage();
  await after.openLab();
  expect(after.state().journal).toHaveLength(1);
});
