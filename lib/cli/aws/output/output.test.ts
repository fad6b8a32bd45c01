import { describe, expect, test } from "vitest";
import type { Json } from "../../../engine/types";
import vectors from "../vectors/output.json";
import { formatTable } from "./table";
import { formatText } from "./text";
import { formatTime } from "./time";
import { columns } from "./wide";
import { formatYaml } from "./yaml";

const rows = vectors.rows as { value: Json; text: string | null; table: string | null; yaml?: string }[];

// Recorded from the real formatters (see the vectors' source). null: the real one fails on such a value.
describe("output as the real command's", () => {
  test.each(rows.filter((row) => row.text !== null).map((row) => [JSON.stringify(row.value).slice(0, 70), row] as const))("text %s", (_, row) => {
    expect(formatText(row.value)).toBe(row.text);
  });
  test.each(rows.filter((row) => row.table !== null).map((row) => [JSON.stringify(row.value).slice(0, 70), row] as const))("table %s", (_, row) => {
    expect(formatTable("GetThing", row.value)).toBe(row.table);
  });
  test.each(rows.filter((row) => row.yaml !== undefined).map((row) => [JSON.stringify(row.value).slice(0, 70), row] as const))("yaml %s", (_, row) => {
    expect(formatYaml(row.value)).toBe(row.yaml);
  });
});

test.each([
  [1606534746.034, "Asia/Kolkata", "2020-11-28T09:09:06.034000+05:30"],
  [1606534746.034, "UTC", "2020-11-28T03:39:06.034000+00:00"],
  [1606534746, "America/New_York", "2020-11-27T22:39:06-05:00"],
  [1606534746.000001, "Nowhere/Land", "2020-11-28T03:39:06.000001+00:00"],
  [0, "UTC", "1970-01-01T00:00:00+00:00"],
])("time %s in %s", (seconds, zone, text) => {
  expect(formatTime(seconds, { zone, wire: false })).toBe(text);
});

test.each([["abc", 3], ["日本", 4], ["é", 2], ["ｆ", 2], ["ç", 1], ["🙂", 2]])("columns of %s", (text, count) => {
  expect(columns(text)).toBe(count);
});
