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
  const { javascript } = compile(text);
  type Registered = { setters: ((module: object) => void)[]; execute(): Promise<void> };
  let registered: Promise<void> = Promise.resolve();
  const System = {
    register(needs: string[], declare: (exports: () => void, context: object) => Registered) {
      const { setters, execute } = declare(() => undefined, { id: "code.ts" });
      needs.forEach((name, i) => setters[i](modules[name]));
      registered = Promise.resolve(execute());
    },
  };
  new Function("System", "out", `${javascript}\n//# sourceURL=${programName}`)(System, (...args: unknown[]) => out.push(...args));
  await registered;
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

test.each([
  ["at the end", "for await (const one of [1, 2]) out(one);"],
  ["in a comment only", "// for await\nout(1, 2);"],
  ["before more", "for await (const one of [1]) out(one)\nout(2)"],
])("for await, %s", async (_, text) => expect(await run(text)).toEqual([1, 2]));

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
