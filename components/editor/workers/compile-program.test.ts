import { typescript as ts } from "monaco-editor/languages/features/typescript/lib/typescriptServices";
import { describe, expect, test } from "vitest";
import { programName } from "@/lib/store/code/protocol";
import { makePlaces } from "../../code/sandbox/stack";
import { type Compiled, compileProgram } from "./compile-program";

const compile = (text: string): Compiled & { ok: true } => {
  const compiled = compileProgram(ts, text);
  if (!compiled.ok) throw new Error(compiled.message);
  return compiled;
};

/** Runs what was compiled, with these modules, under the name that it has in the sandbox. */
async function run(text: string, modules: Record<string, object> = {}): Promise<unknown[]> {
  const out: unknown[] = [];
  let over: Promise<void> = Promise.resolve();
  const load = Object.assign((name: string) => modules[name], {
    later: async (name: string) => modules[name],
    meta: { url: "file:///code.ts" },
  });
  const start = (program: (load: unknown) => Promise<void>): void => void (over = program(load));
  new Function("keyholeProgram", "out", `${compile(text).javascript}\n//# sourceURL=${programName}`)(start, (...args: unknown[]) =>
    out.push(...args),
  );
  await over;
  return out;
}

test("types go, await may stand at the top, imports are what the sandbox gives", async () => {
  const text = `import { A, type T } from "m";
import * as all from "m";
interface I { a: number }
const i: I = { a: await Promise.resolve(1) };
enum E { x = 5 }
out(i.a, new A().b, all.A === A, E.x satisfies number);`;
  const A = class {
    b = 2;
  };
  expect(await run(text, { m: { A } })).toEqual([1, 2, true, 5]);
  expect(compile(text).imports).toEqual(["m"]);
});

const m = { A: 1, B: 2, default: 3 };
test.each<[what: string, text: string, out: unknown[]]>([
  ["for await", "for await (const one of [1, 2]) out(one);", [1, 2]],
  ["an import below what uses it", 'out(A);\nimport { A } from "m";', [1]],
  ["renamed, default, all", 'import d, { A as a } from "m";\nimport * as all from "m";\nout(d, a, all.B);', [3, 1, 2]],
  ["default and all", 'import d, * as all from "m"; out(d, all.B);', [3, 2]],
  ["for its effect", 'import "m"; out(1);', [1]],
  ["over several lines", 'import {\n  A,\n  B,\n} from "m";\nout(A + B);', [3]],
  ["when it is wanted", 'const { B } = await import("m"); out(B);', [2]],
  ["import.meta", "out(import.meta.url);", ["file:///code.ts"]],
  [
    "exports",
    "export const a = 1; export function f() { return 2; }\nexport default class C {}\nexport { a as b };\nout(a, f(), new C() instanceof C);",
    [1, 2, true],
  ],
  ["a default without a name", "export default function () {}\nout(1);", [1]],
  ["a default that is a value", "export default { a: 1 };\nout(1);", [1]],
  ["words of modules in texts", 'out("import x from y; export default", `export ${1}`);', ["import x from y; export default", "export 1"]],
  ["a function used above", "out(f()); function f() { return 1; }", [1]],
])("%s", async (_, text, out) => expect(await run(text, { m })).toEqual(out));

test("what a module refuses is refused", async () => {
  await expect(run("const a = 1; a = 2;")).rejects.toThrow("Assignment to constant variable.");
  await expect(run("out(a); const a = 1;")).rejects.toThrow("Cannot access 'a' before initialization");
  await expect(run("undeclared = 1;")).rejects.toThrow("undeclared is not defined");
  expect(() => new Function(compile("const a = 1; let a = 2;").javascript)).toThrow("already been declared");
});

test("a text without imports is a module all the same", async () => expect(await run("const name = await 1; out(name);")).toEqual([1]));

describe("what cannot be read", () => {
  test.each([
    ["an open bracket", "const a = (1;", 12],
    ["an open text", 'const a = "b', 12],
    ["half a line", "const = 1;", 6],
  ])("%s", (_, text, offset) => expect(compileProgram(ts, text)).toMatchObject({ ok: false, offset }));
});

test("what is wrong by its types runs all the same", async () => expect(await run('const a: number = "x"; out(a);')).toEqual(["x"]));

test("an error leads back to the learner's line", async () => {
  const text = `interface Gone {
  a: string;
}

// Nothing of the lines above is in what runs.
function inner(): never {
  throw new Error("here");
}
await 0;
inner();
`;
  const { mappings } = compile(text);
  const problem = await run(text).then(
    () => undefined,
    (error: Error) => error,
  );
  // Node puts two lines before the body of a function made from a text.
  const places = makePlaces(2, mappings);
  expect(places.placeOf(problem!)).toEqual({ line: 7, column: 9 });
  expect(places.stackOf(problem!)).toBe("Error: here\n    at inner (code.ts:7:9)\n    at code.ts:10:1");
});
