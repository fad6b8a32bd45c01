import { expect, test } from "vitest";
import { searchHistory, stepSearch } from "./history-search";
import { editLine } from "./line-editing";
import { commonStart } from "./use-completion";

/** `|` is the caret, `[` and `]` a selection. */
const read = (drawn: string) => {
  const start = drawn.search(/[|[]/);
  const text = drawn.replace(/[|[\]]/g, "");
  const end = drawn.includes("]") ? drawn.indexOf("]") - 1 : start;
  return { text, start, end };
};
const draw = ({ text, caret }: { text: string; caret: number }): string => `${text.slice(0, caret)}|${text.slice(caret)}`;
const press = (name: string) => {
  const [held, key] = name.split("-");
  return { key, code: key.length === 1 ? `Key${key.toUpperCase()}` : key, ctrl: held === "C", alt: held === "M" };
};

test.each<[string, string, string, string?]>([
  // line                     key             line after               cut
  ["aws kms| list", "C-a", "|aws kms list"],
  ["aws kms| list", "C-e", "aws kms list|"],
  ["a\nb| c\nd", "C-a", "a\n|b c\nd"],
  ["a\nb| c\nd", "C-e", "a\nb c|\nd"],
  ["ab|c", "C-b", "a|bc"],
  ["|abc", "C-b", "|abc"],
  ["ab|c", "C-f", "abc|"],
  ["abc|", "C-f", "abc|"],
  ["ab|c", "C-d", "ab|"],
  ["ab|c", "C-h", "a|c"],
  ["a[b]c", "C-h", "a|c"],
  ["aws kms| list", "C-k", "aws kms|", " list"],
  ["a|\nb", "C-k", "a|b", "\n"],
  ["aws kms| list", "C-u", "| list", "aws kms"],
  ["aws kms list-keys  |", "C-w", "aws kms |", "list-keys  "],
  ["aws kms list-keys|", "M-Backspace", "aws kms list-|", "keys"],
  ["aws kms list-keys|", "M-b", "aws kms list-|keys"],
  ["aws |kms list", "M-f", "aws kms| list"],
  ["aws |kms list", "M-d", "aws | list", "kms"],
  ["é🙂b|", "M-b", "é🙂|b"],
  ["abc|", "C-t", "acb|"],
  ["a|bc", "C-t", "ba|c"],
  ["ab|c", "C-y", "abKILLED|c"],
])("%j, %s: %j", (before, key, after, killed) => {
  const edit = editLine(read(before), press(key), "KILLED");
  expect(edit && draw(edit)).toBe(after);
  expect(edit?.killed).toBe(killed);
});

test.each([
  ["abc|", "C-d"],
  ["|abc", "C-h"],
  ["|a", "C-t"],
  ["abc|", "C-c"],
  ["abc|", "M-x"],
])("%j, %s: nothing", (before, key) => {
  expect(editLine(read(before), press(key))).toBeUndefined();
});

test("a search finds the newest first, each line once, and stays at its ends", () => {
  const history = ["aws kms list-keys", "ls", "aws sts get-caller-identity", "aws kms list-keys", "Aws"];
  const search = searchHistory(history, "aws");
  expect(search.matches).toEqual(["aws kms list-keys", "aws sts get-caller-identity"]);
  expect(stepSearch(search, -1).index).toBe(0);
  expect(stepSearch(stepSearch(search, 1), 1).index).toBe(1);
  expect(searchHistory(history, "").matches).toHaveLength(4);
  expect(stepSearch(searchHistory(history, "nothing"), 1)).toMatchObject({ matches: [], index: 0 });
});

test("what all words share", () => {
  expect(commonStart(["--key-id ", "--key-spec "])).toBe("--key-");
  expect(commonStart(["a", "b"])).toBe("");
  expect(commonStart(["alias/x "])).toBe("alias/x ");
});
