import { expect, test } from "vitest";
import { unexpectedToken } from "./json-words";

// Held against V8's own words, which this test runs in.

test.each(["hello", "<html>", "{\"a\": x}", "[1, 2, oops, 3, 4, 5, 6, 7]", "tru", "nul1", "{\"key\": \"a long value of many letters\", \"other\": !}", "undefined", "[object Object]", "'single'", "[1,]", "{\"a\": undefined, \"b\": 1, \"c\": [1, 2, 3]}"])("%s", (text) => {
  let said = "";
  try {
    JSON.parse(text);
  } catch (error) {
    said = (error as Error).message;
  }
  // Newer ones say the line and the column too.
  expect(unexpectedToken(text).replace(/ \(line \d+ column \d+\)$/, "")).toBe(said.replace(/ \(line \d+ column \d+\)$/, ""));
});
