import { Script } from "node:vm";
import { describe, expect, test } from "vitest";
import { transformModule, transformScript } from "./transform";

// What is said of a text that is none, held against what V8 itself says.

const v8 = (text: string): string => {
  try {
    // As CommonJS is read: in a function.
    new Script(`(function () {${text}\n})`);
    return "no error";
  } catch (error) {
    return (error as Error).message;
  }
};

describe("as V8 says it", () => {
  test.each([
    "const a = { b: 1 ;",
    "let x = ;",
    "a b",
    "foo 'text'",
    "foo 42",
    "foo `t`",
    "const a;",
    "let a; let a;",
    "import x from 'y';",
    "export const a = 1;",
    "const s = 'open",
    "const t = /open",
    "const q = 1 +* 2;",
    "for (const a of [1]) { continue x; }",
    "break;",
    "continue;",
    "1 = 2;",
    "class { }",
    "class A { constructor() {} constructor() {} }",
    "const { a b } = c;",
    "if (a { }",
    "var enum = 1;",
    "@",
    "x = import.meta;",
  ])("%s", (text) => {
    const found = transformScript(text);
    expect(found.ok ? "no error" : found.message).toBe(v8(text));
  });
});

test.each<[string, number, number]>([
  ["const a = 1;\nconst b = {;\n", 2, 12],
  ["export const handler = async () => {\n  return 1\n", 3, 1],
  ["\n\n   import x from;", 3, 17],
])("where: %j", (text, line, column) => expect(transformModule(text)).toMatchObject({ ok: false, line, column }));
