import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Draft, Records, dbOf } from "./store";

interface Thing {
  n: number;
  list?: number[];
}
const open = (records: Records): { draft: Draft; table: ReturnType<typeof tableIn> } => {
  const draft = new Draft(records);
  return { draft, table: tableIn(draft) };
};
const tableIn = (draft: Draft) => dbOf(draft, "111122223333", "us-east-1", "kms").table<Thing>("things");

describe("records and drafts", () => {
  test("a draft changes nothing until it is applied, and revert gives back the same rows", () => {
    const records = new Records();
    const first = open(records);
    first.table.put("a", { n: 1, list: [1] });
    expect(open(records).table.get("a")).toBeUndefined();
    records.apply(first.draft.changes());
    const before = open(records).table.get("a");
    const second = open(records);
    second.table.edit("a").list!.push(2);
    second.table.put("b", { n: 2 });
    second.table.delete("a");
    expect(open(records).table.get("a")).toBe(before);
    const changes = second.draft.changes();
    records.apply(changes);
    expect(open(records).table.ids()).toEqual(["b"]);
    records.revert(changes);
    expect(open(records).table.ids()).toEqual(["a"]);
    expect(open(records).table.get("a")).toBe(before);
    expect(before).toEqual({ n: 1, list: [1] });
  });

  test("a draft over a draft is taken up or thrown away whole", () => {
    const records = new Records();
    const outer = open(records);
    outer.table.put("a", { n: 1 });
    const inner = new Draft(outer.draft);
    tableIn(inner).edit("a").n = 2;
    expect(outer.table.get("a")).toEqual({ n: 1 });
    inner.mergeInto(outer.draft);
    expect(outer.table.get("a")).toEqual({ n: 2 });
  });

  test.each(["__proto__", "constructor", "toString", "", "a/b", "😀", "\u0000"])("an id may be %j", (id) => {
    const records = new Records();
    const { draft, table } = open(records);
    expect(table.get(id)).toBeUndefined();
    table.put(id, { n: 1 });
    records.apply(draft.changes());
    const again = Records.from(JSON.parse(JSON.stringify(records.plain())));
    expect(open(again).table.get(id)).toEqual({ n: 1 });
    expect(open(again).table.ids()).toEqual([id]);
  });

  test("ids with prefix, after and limit equal a naive filter, in a draft as in records (seed 7)", () => {
    const id = fc.string({ unit: fc.constantFrom("a", "b", "/", "~"), maxLength: 4 });
    fc.assert(
      fc.property(fc.array(id), fc.array(id), fc.array(id), id, fc.option(id, { nil: undefined }), fc.nat(5), (kept, added, deleted, prefix, after, limit) => {
        const records = new Records();
        const base = open(records);
        for (const name of kept) base.table.put(name, { n: 0 });
        records.apply(base.draft.changes());
        const { table, draft } = open(records);
        for (const name of added) table.put(name, { n: 1 });
        for (const name of deleted) table.delete(name);
        const now = new Set([...kept, ...added].filter((name) => !deleted.includes(name)));
        const naive = [...now].sort().filter((name) => name.startsWith(prefix) && (after === undefined || name > after)).slice(0, limit);
        expect(table.ids({ prefix, after, limit })).toEqual(naive);
        expect(table.size).toBe(now.size);
        records.apply(draft.changes());
        expect(open(records).table.ids({ prefix, after, limit })).toEqual(naive);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  test("rows by a member's value equal a naive filter: in records, in drafts over them, after revert (seed 11)", () => {
    const step = fc.record({ id: fc.constantFrom("a", "b", "c", "d"), n: fc.option(fc.nat(2), { nil: undefined }) });
    fc.assert(
      fc.property(fc.array(fc.array(step, { maxLength: 4 }), { maxLength: 6 }), (drafts) => {
        const records = new Records();
        const check = (table: ReturnType<typeof tableIn>) => {
          for (const n of [0, 1, 2]) expect(table.having("n", n)).toEqual(table.all().filter((row) => row.n === n));
        };
        for (const [i, steps] of drafts.entries()) {
          const { draft, table } = open(records);
          for (const { id, n } of steps) {
            if (n === undefined) table.delete(id);
            else table.put(id, { n });
            check(table);
          }
          const child = new Draft(draft);
          tableIn(child).put("a", { n: 1 });
          check(tableIn(child));
          const changes = draft.changes();
          records.apply(changes);
          check(open(records).table);
          if (i % 2) {
            records.revert(changes);
            check(open(records).table);
            records.apply(changes);
          }
          const fork = records.fork();
          fork.write(["111122223333", "us-east-1", "kms", "things"], "z", { n: 2 });
          check(open(fork).table);
          check(open(records).table);
        }
      }),
      { seed: 11, numRuns: 200 },
    );
  });

  test("a fork and what it came from go on by themselves, whichever writes first", () => {
    for (const first of ["fork", "origin"] as const) {
      const origin = new Records();
      const write = (records: Records, id: string, n: number | undefined) => records.write(["111122223333", "us-east-1", "kms", "things"], id, n === undefined ? undefined : { n });
      write(origin, "a", 1);
      write(origin, "b", 2);
      const fork = origin.fork();
      const second = fork.fork();
      const before = JSON.stringify(origin.plain());
      const [writer, reader] = first === "fork" ? [fork, origin] : [origin, fork];
      write(writer, "a", 9);
      write(writer, "b", undefined);
      write(writer, "c", 3);
      expect(JSON.stringify(reader.plain())).toBe(before);
      expect(JSON.stringify(second.plain())).toBe(before);
      write(reader, "b", 7);
      expect(open(writer).table.get("b")).toBeUndefined();
      expect(open(reader).table.get("b")).toEqual({ n: 7 });
      expect(open(second).table.get("b")).toEqual({ n: 2 });
      expect(open(writer).table.ids()).toEqual(["a", "c"]);
    }
  });

  test("100,000 rows: writing one more and listing ten does not grow with the number of rows", () => {
    const records = new Records();
    const fill = open(records);
    for (let i = 0; i < 100_000; i++) fill.table.put(`/app/${String(i).padStart(6, "0")}`, { n: i });
    records.apply(fill.draft.changes());
    open(records).table.ids({ limit: 1 });
    const start = performance.now();
    for (let i = 0; i < 1_000; i++) {
      const { draft, table } = open(records);
      table.put(`/app/${i}x`, { n: i });
      table.get("/app/000500");
      records.apply(draft.changes());
      open(records).table.ids({ prefix: "/app/0005", limit: 10 });
    }
    // A copy of the collection for each call would take minutes.
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
