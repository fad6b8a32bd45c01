import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/** Monaco weighs a megabyte: it comes by `import()` when an editor is opened, and no page's own script may hold it. */
const root = fileURLToPath(new URL("../..", import.meta.url));

const read = (file: string) => readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\//g, "");

/** What a file brings along at once: its imports that are neither of types alone nor made by `import()`. */
function importsOf(file: string): string[] {
  return [...read(file).matchAll(/(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[\w*\s{},$]+?\s+from\s+)?["']([^"']+)["']/g)]
    .filter(([, typeOnly]) => !typeOnly)
    .map(([, , from]) => from);
}

function resolve(file: string, from: string): string | undefined {
  const path = from.startsWith("@/") ? join(root, from.slice(2)) : from.startsWith(".") ? join(dirname(file), from) : undefined;
  return path && [path, `${path}.ts`, `${path}.tsx`].find((each) => /\.tsx?$/.test(each) && existsSync(each));
}

/** Everything that a file's script holds, and the packages among it. */
function scriptOf(entry: string): { files: Set<string>; packages: Set<string> } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    for (const from of importsOf(file)) {
      const next = resolve(file, from);
      if (next) visit(next);
      else packages.add(from);
    }
  };
  visit(entry);
  return { files, packages };
}

const consoles = readdirSync(join(root, "components/console"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith("-console.tsx"))
  .map((name) => join("components/console", name));
const entries = ["components/editor/code-editor.tsx", "components/editor/policy-editor.tsx", "components/lesson/lesson-frame.tsx", "components/lesson/console-page.tsx", ...consoles];

test.each(entries)("%s", (entry) => {
  const { files, packages } = scriptOf(join(root, entry));
  expect(files.size).toBeGreaterThan(3);
  expect([...packages].filter((name) => name.startsWith("monaco-editor"))).toEqual([]);
  // The engine's checks and names of actions come with the editor too.
  expect([...files].map((file) => relative(root, file)).filter((file) => file.startsWith("lib/engine/iam/policy/warnings"))).toEqual([]);
});

test("Monaco is imported in its own folder alone, and reached from `load-monaco`", () => {
  const { packages } = scriptOf(join(root, "components/editor/monaco.ts"));
  expect([...packages].some((name) => name.startsWith("monaco-editor/"))).toBe(true);
  const outside = readdirSync(join(root, "components"), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith(".test.ts") && !name.startsWith("editor/"))
    .filter((name) => importsOf(join(root, "components", name)).some((from) => from.startsWith("monaco-editor")));
  expect(outside).toEqual([]);
});
