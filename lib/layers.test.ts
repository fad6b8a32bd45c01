import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

/**
 * Arrows point one way: app -> components -> lib/store -> lib/{lessons,quiz,cli,wire} -> lib/engine -> nothing of ours,
 * and from npm the engine takes ciphers alone, what reads a zip file, and regular expressions in linear time (re2js). Content is data: it may name what lib/lessons and components offer.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const layers = ["lib/engine", "lib/functions", "lib/cli", "lib/wire", "lib/quiz", "lib/lessons", "lib/store", "components", "content", "app"];
/** What a layer may import beside itself. */
const allowed: Record<string, string[]> = {
  "lib/engine": [],
  "lib/functions": ["lib/engine"],
  "lib/cli": ["lib/engine"],
  "lib/wire": ["lib/engine", "lib/functions"],
  "lib/quiz": ["lib/engine"],
  "lib/lessons": ["lib/engine", "content"],
  content: ["lib/engine", "lib/lessons"],
  "lib/store": ["lib/engine", "lib/functions", "lib/cli", "lib/wire", "lib/quiz", "lib/lessons"],
  components: ["lib/engine", "lib/functions", "lib/cli", "lib/wire", "lib/quiz", "lib/lessons", "lib/store", "content"],
  app: ["lib/engine", "lib/functions", "lib/cli", "lib/wire", "lib/quiz", "lib/lessons", "lib/store", "components", "content"],
};
const enginePackages = /^(@noble\/(ciphers|curves|hashes|post-quantum)|micro-rsa-dsa-dh|fflate|re2js)(\/|$)/;

const files = ["app", "components", "content", "lib"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(tsx?|mdx)$/.test(name) && !/\.(test|bench|test-helper)\.tsx?$/.test(name))
    .map((name) => join(folder, name).replaceAll("\\", "/")),
);

interface Import {
  from: string;
  to: string;
  typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), "utf8").replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
  const found: Import[] = [];
  for (const match of text.matchAll(/(?:^|\n)\s*(import|export)\s+(type\s+)?(?:([\w*\s{},$]+?)\s+from\s+)?["']([^"']+)["']/g))
    found.push({ from: file, to: match[4], typeOnly: !!match[2] || /^\{(\s*type\s+[\w\s]+,?)+\s*\}$/.test(match[3]?.trim() ?? "") });
  for (const match of text.matchAll(/\bimport\(\s*[`"']([^`"'$]+)[`"']/g)) found.push({ from: file, to: match[1], typeOnly: false });
  return found;
}

/** Path inside the project, or undefined for a package. */
function inside(from: string, to: string): string | undefined {
  if (to.startsWith("@/")) return to.slice(2);
  return to.startsWith(".") ? relative(".", normalize(join(dirname(from), to))).replaceAll("\\", "/") : undefined;
}

const layerOf = (path: string): string | undefined => layers.find((layer) => path === layer || path.startsWith(`${layer}/`));
const all = files.flatMap(importsOf);

describe("arrows point one way", () => {
  test("there is something to check", () => expect(all.length).toBeGreaterThan(100));

  test("no layer imports one above it", () => {
    const wrong = all.filter(({ from, to }) => {
      const target = inside(from, to);
      const [here, there] = [layerOf(from), target && layerOf(target)];
      return here && there && here !== there && !allowed[here].includes(there);
    });
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  test("the engine takes ciphers alone from npm, and nothing from a host", () => {
    const wrong = all.filter(({ from, to }) => from.startsWith("lib/engine/") && !inside(from, to) && !enginePackages.test(to) && !(from.startsWith("lib/engine/cloudformation/") && to === "yaml"));
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  // Helpers of tests may use a host's cipher to check ours against; what ships must not reach it through them.
  test("nothing that ships imports a test or a test's helper", () => {
    expect(all.filter(({ to }) => /\.(test|test-helper|bench)$/.test(to)).map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  test("no run-time circle", () => {
    const known = new Set(files);
    const resolve = (path: string): string | undefined => [path, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`, `${path}/index.tsx`].find((name) => known.has(name));
    const graph = new Map<string, string[]>();
    for (const { from, to, typeOnly } of all) {
      const target = typeOnly ? undefined : inside(from, to);
      const file = target && resolve(target);
      if (file && file !== from) graph.set(from, [...(graph.get(from) ?? []), file]);
    }
    const circles: string[] = [];
    const state = new Map<string, "open" | "done">();
    const visit = (file: string, path: string[]): void => {
      if (state.get(file) === "done") return;
      if (state.get(file) === "open") return void circles.push([...path.slice(path.indexOf(file)), file].join(" -> "));
      state.set(file, "open");
      for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
      state.set(file, "done");
    };
    for (const file of files) visit(file, []);
    expect(circles).toEqual([]);
  });
});
