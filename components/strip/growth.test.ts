import { describe, expect, test } from "vitest";
import { createLab } from "@/lib/engine/lab";
import { seededPorts } from "@/lib/engine/ports";
import type { JournalEntry } from "@/lib/engine/types";
import { type Bead, beadsOf, growingBeads } from "./bead";
import { firstAt, inSight, pitch, placeOf, scrollToNewest } from "./sight";

const caller = { account: "111122223333", user: "admin" };

/** A journal of so many entries: looks of a console in runs, calls of a program between them. */
async function journalOf(length: number): Promise<JournalEntry[]> {
  const lab = createLab({ ports: seededPorts(11), journalLimit: length });
  for (let i = 0; i < length; i++)
    await (i % 7 < 3
      ? lab.call({ service: "kms", operation: i % 2 ? "ListKeys" : "ListAliases", input: {}, caller, door: "console" })
      : lab.call({ service: "ssm", operation: "PutParameter", input: { Name: `/p${i % 5}`, Value: "v", Type: "String", Overwrite: true }, caller, door: "terminal" }));
  return lab.journal.slice();
}

/** The same list, and how many of its entries have been looked at. */
function watched(entries: JournalEntry[]): { list: JournalEntry[]; looked(): number } {
  let count = 0;
  const list = new Proxy(entries, {
    get(target, name) {
      if (typeof name === "string" && /^\d+$/.test(name)) count++;
      return Reflect.get(target, name);
    },
  });
  return { list, looked: () => count };
}

describe("the beads of a journal that grows", () => {
  test("are those of the whole journal, after every entry, an undo, and when the oldest entries are gone", async () => {
    const journal = await journalOf(120);
    const grow = growingBeads();
    for (let length = 0; length <= journal.length; length++) expect(grow(journal.slice(0, length))).toEqual(beadsOf(journal.slice(0, length)));
    for (const cut of [journal.slice(0, 100), journal.slice(0, 99), journal.slice(0, 110), journal.slice(25, 115), journal.slice(25)]) expect(grow(cut)).toEqual(beadsOf(cut));
  });

  test("cost the same for a call however long the journal is, and beads that did not change are the same", async () => {
    const journal = await journalOf(2_000);
    for (const length of [100, 1_999]) {
      const grow = growingBeads();
      const before = grow(journal.slice(0, length));
      const { list, looked } = watched(journal.slice(0, length + 1));
      const after = grow(list);
      expect(looked()).toBeLessThanOrEqual(6);
      expect(after.slice(0, before.length - 1).every((bead, i) => bead === before[i])).toBe(true);
    }
  });
});

describe("what is drawn of the strip", () => {
  test("as much of 2,000 beads as of 200, and the newest among it", () => {
    const width = 900;
    const drawn = (total: number) => inSight({ first: firstAt(scrollToNewest(total, width)), room: Math.ceil(width / pitch) }, total, total - 1);
    expect(drawn(2_000)).toContain(1_999);
    expect(drawn(2_000).length).toBeLessThanOrEqual(100);
    expect(Math.abs(drawn(2_000).length - drawn(200).length)).toBeLessThan(8);
  });

  test.each([
    ["few", { first: 0, room: 40 }, 3, 2, [0, 1, 2]],
    ["none", { first: 0, room: 40 }, 0, 0, []],
  ])("all of them where there are %s", (_, sight, total, focusable, places) => expect(inSight(sight, total, focusable)).toEqual(places));

  test("everything in sight, wherever it is scrolled to; the bead of the keyboard always", () => {
    for (let left = 0; left < 2_000 * pitch - 900; left += 333) {
      const places = inSight({ first: firstAt(left), room: 43 }, 2_000, 7);
      const [from, to] = [Math.floor(left / pitch), Math.min(1_999, Math.floor((left + 900) / pitch))];
      expect(places).toContain(from);
      expect(places).toContain(to);
      expect(places).toContain(7);
      expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
    }
  });

  test("a bead is found by its name", () => {
    const beads = [3, 4, 9].map((seq) => ({ seq }) as Bead);
    expect(["3", "9", "5", "10", "ghost-1", "ghost-2", undefined].map((name) => placeOf(name, beads, 2))).toEqual([0, 2, undefined, undefined, 4, undefined, undefined]);
  });
});
