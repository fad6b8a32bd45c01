import { transform } from "esbuild";
import { expect, test } from "vitest";
import { readMappings, sourcePlace } from "./source-map";

const source = `interface Gone {
  a: string;
}

// A comment.
const one: number = 1;

async function throws(): Promise<Gone> {
  throw new Error("x");
}
export { one, throws };
`;

test("a place in what another compiler made leads back to where it came from", async () => {
  const { code, map } = await transform(source, { loader: "ts", sourcemap: "external" });
  const lines = readMappings((JSON.parse(map) as { mappings: string }).mappings);
  const made = code.split("\n");
  const line = made.findIndex((text) => text.includes("throw new"));
  expect(sourcePlace(lines, { line: line + 1, column: made[line].indexOf("new Error") + 1 })).toEqual({ line: 9, column: 9 });
  const first = made.findIndex((text) => text.includes("const one"));
  expect(sourcePlace(lines, { line: first + 1, column: 1 })).toEqual({ line: 6, column: 1 });
});

test("outside of what is mapped there is no place", () => {
  const lines = readMappings(";AACA");
  expect(sourcePlace(lines, { line: 1, column: 1 })).toBeUndefined();
  expect(sourcePlace(lines, { line: 2, column: 40 })).toEqual({ line: 2, column: 1 });
  expect(sourcePlace(lines, { line: 99, column: 1 })).toBeUndefined();
  expect(readMappings("")).toEqual([[]]);
});
