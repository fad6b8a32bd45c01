import { expect, test } from "vitest";
import { tagChanges } from "./tag-changes";

const t = (key: string, value: string) => ({ key, value });
test.each([
  [[], [], { removed: [], set: [] }],
  [[], [t("a", "1")], { removed: [], set: [t("a", "1")] }],
  [[t("a", "1")], [], { removed: ["a"], set: [] }],
  [[t("a", "1")], [t("a", "2")], { removed: [], set: [t("a", "2")] }],
  [[t("a", "1"), t("b", "2")], [t("a", "1"), t("c", "3")], { removed: ["b"], set: [t("c", "3")] }],
  [[t("__proto__", "1")], [t("__proto__", "1")], { removed: [], set: [] }],
])("%j to %j", (before, wanted, changes) => expect(tagChanges(before, wanted)).toEqual(changes));
