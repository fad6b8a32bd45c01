import { describe, expect, test } from "vitest";
import { lastPage, readSheet, turnTo, type Turned } from "./use-pages";

/** A listing of so many numbers, 50 an answer; its token is the next number. */
function listing(length: number) {
  let answers = 0;
  const page = async (from = "0") => {
    answers++;
    const start = Number(from);
    const items = Array.from({ length: Math.min(50, length - start) }, (_, i) => start + i);
    return { items, ...(start + 50 < length && { next: String(start + 50) }) };
  };
  return { page, answers: () => answers };
}

describe("a sheet", () => {
  test.each([
    [0, 0, 1, undefined],
    [50, 50, 1, undefined],
    [51, 51, 2, undefined],
    [200, 200, 4, undefined],
    [201, 200, 4, "200"],
    [100_000, 200, 4, "200"],
  ])("of %i items has %i after %i answers", async (length, items, answers, next) => {
    const list = listing(length);
    const sheet = await readSheet(list.page, 200);
    expect([sheet.items.length, list.answers(), sheet.next]).toEqual([items, answers, next]);
  });

  test("empty answers with a token are gone through", async () => {
    const answers = [{ items: [], next: "a" }, { items: [], next: "b" }, { items: [1] }];
    expect(await readSheet<number>(async () => answers.shift()!, 200)).toEqual({ items: [1] });
  });
});

describe("turning pages", () => {
  const first: Turned = [{ first: 1, before: 0 }];
  const read = { items: 200, next: "t200" };

  test("within a sheet, on to the next, back over it", () => {
    expect(turnTo(first, 7, read, 20)).toEqual({ turned: first, page: 7 });
    const second = turnTo(first, 11, read, 20);
    expect(second).toEqual({ turned: [...first, { from: "t200", first: 11, before: 200 }], page: 11 });
    const third = turnTo(second.turned, 21, { items: 200, next: "t400" }, 20);
    expect(third.turned).toHaveLength(3);
    expect(turnTo(third.turned, 20, { items: 5 }, 20)).toEqual({ turned: second.turned, page: 20 });
    expect(turnTo(third.turned, 3, { items: 5 }, 20)).toEqual({ turned: first, page: 3 });
  });

  test("not past the end", () => {
    expect(turnTo(first, 9, { items: 30 }, 20)).toEqual({ turned: first, page: 2 });
    expect(turnTo(first, 0, { items: 0 }, 20)).toEqual({ turned: first, page: 1 });
    expect(lastPage(first[0], 0, 20)).toBe(1);
  });
});
