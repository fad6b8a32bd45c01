import { describe, expect, test } from "vitest";
import { columnOf } from "./rewrite";
import { looksLikeModule, transformModule, transformScript } from "./transform";

const module = (text: string) => {
  const found = transformModule(text);
  if (!found.ok) throw new Error(found.message);
  return found;
};

describe("places", () => {
  test.each<[what: string, text: string, word: string, occurrence?: number]>([
    ["on a first line", "throw new Error('x');", "new"],
    ["behind a reference that grew", "import { a } from './a.mjs';\nconst b = [a, a, oops()];", "oops"],
    ["behind a call", "import { a } from './a.mjs';\na(a(1), wrong());", "wrong"],
    ["behind an import of several lines", "import {\n  a,\n  b,\n} from './a.mjs'; const x = nothing;", "nothing"],
    ["in a default export", "export default async () => { fail(); };", "fail"],
    ["in a property", "import { a } from './a.mjs';\nconst o = { a, b: fail() };", "fail"],
  ])("%s", (_, text, word) => {
    const { text: made, shifts } = module(text);
    const placeOf = (whole: string): [line: number, column: number] => {
      const before = whole.slice(0, whole.indexOf(word)).split("\n");
      return [before.length, before.at(-1)!.length + 1];
    };
    const [line, column] = placeOf(made);
    const [wantedLine, wantedColumn] = placeOf(text);
    expect([line, columnOf(shifts, line, column)]).toEqual([wantedLine, wantedColumn]);
  });

  test("a text keeps its lines", () => {
    const text = "import a from 'a';\n\n// x\nexport * from 'b';\nexport {\n  c\n} from 'c';\nexport const d = a;\n";
    expect(module(text).text.split("\n").length).toBe(text.split("\n").length + 1);
  });
});

describe("what is asked for and offered", () => {
  test("requests, in their order and once", () =>
    expect(module("import a, { b } from './x.mjs';\nimport * as c from './x.mjs';\nimport d from './d.json' with { type: 'json' };\nexport { e as f } from './e.mjs';").requests).toEqual([
      { specifier: "./x.mjs", names: ["default", "b"] },
      { specifier: "./d.json", type: "json", names: ["default"] },
      { specifier: "./e.mjs", names: ["e"] },
    ]));
  test("exports", () =>
    expect(module("import { z } from './z.mjs';\nexport const { a, b: [c = 1, ...d], ...e } = {};\nexport class F {}\nexport { z as again };\nexport * from './y.mjs';\nexport * as ns from './y.mjs';\nexport default 1;").exports).toEqual([
      { name: "a" }, { name: "c" }, { name: "d" }, { name: "e" }, { name: "F" }, { name: "again", request: 0, of: "z" }, { all: true, request: 1 }, { name: "ns", request: 1, all: true }, { name: "default" },
    ]));
  test.each<[text: string, waits: boolean]>([
    ["await 1;", true],
    ["for await (const a of b) ;", true],
    ["const f = async () => await 1;", false],
    ["class A { static async m() { await 1; } }", false],
  ])("%s: waits %s", (text, waits) => expect(module(text).waits).toBe(waits));
});

describe("names that hide an import", () => {
  test.each<[text: string, kept: string]>([
    ["function f(a) { return a; }", "return a;"],
    ["{ let a = 1; use(a); }", "use(a)"],
    ["for (const a of x) use(a);", "use(a)"],
    ["try {} catch (a) { use(a); }", "use(a)"],
    ["const f = () => { if (x) { var a = 1; } use(a); };", "use(a)"],
    ["(function a() { a.x; });", "a.x;"],
    ["x.a; ({ a: 1 }).a; ", "x.a; ({ a: 1 }).a;"],
    ["a: for (;;) break a;", "a: for (;;) break a;"],
    ["class C { a = 1; m() { return this.a; } }", "{ a = 1;"],
    ["switch (1) { case 1: let a = 2; use(a); }", "use(a)"],
    ["const { b: { a } } = x => x;", ""],
  ])("%s", (text, kept) => {
    if (!kept) return expect(() => module(`import { a } from './a.mjs';\n${text}`)).toThrow("Identifier 'a' has already been declared");
    expect(module(`import { a } from './a.mjs';\n${text}`).text).toContain(kept);
  });
  test("and those that do not", () => expect(module("import { a } from './a.mjs';\nuse(a, { a }, `${a}`, [a] = x, (b = a) => a);").text.match(/K\.m\[0\]\.a/g)).toHaveLength(6));
  test("a name that the text has already is not taken", () => expect(module("import { a } from './a.mjs';\nconst K = 1; use(a);").text).toContain("K_.m[0].a"));
});

test("CommonJS: import() is the loader's, the rest stays", () => {
  const found = transformScript("#!/usr/bin/env node\nconst a = import('./x.mjs');\nreturn 1;");
  expect(found.ok && found.text).toContain("///usr/bin/env node\nconst a = K.import('./x.mjs');\nreturn 1;\n})");
});

test.each<[text: string, is: boolean]>([
  ["export const a = 1;", true],
  ["import a from 'a';", true],
  ["await 1;", true],
  ["exports.a = 1;", false],
  ["const import1 = 1;", false],
  ["let x = ;", false],
])("%s looks like a module: %s", (text, is) => expect(looksLikeModule(text)).toBe(is));
