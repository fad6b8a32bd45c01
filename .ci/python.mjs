// Makes what functions in Python run on: Pyodide with Keyhole's libraries, and a snapshot of an interpreter that has begun
// already. For the page into public/pyodide/, for Node into node_modules/.cache/keyhole/python/ (neither is kept in git).
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const root = fileURLToPath(new URL("..", import.meta.url));
const pyodide = join(root, "node_modules/pyodide");
const page = join(root, "public/pyodide");
const node = join(root, "node_modules/.cache/keyhole/python");
const source = join(root, "lib/functions/python");
const models = join(root, "lib/engine/models");

/** All of this makes the result: nothing is made again while it is the same. */
function sources() {
  const hash = createHash("sha256").update(process.version);
  const add = (path) => {
    if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) add(join(path, name));
    else if (!/\.test\.ts$|\.pyc$/.test(path)) hash.update(relative(root, path)).update(readFileSync(path));
  };
  for (const path of [".ci/python.mjs", "lib/functions/python", "lib/wire/functions/python-child.ts", "lib/engine/regions.ts", "lib/engine/models"]) add(join(root, path));
  hash.update(readFileSync(join(pyodide, "package.json")));
  return hash.digest("hex");
}

/** The libraries: path to text, as an interpreter finds them beside its own. */
async function library(build) {
  const files = {};
  const add = (folder, path = "") => {
    for (const name of readdirSync(join(folder, path)).sort()) {
      const inner = join(path, name);
      if (statSync(join(folder, inner)).isDirectory()) add(folder, inner);
      else if (name.endsWith(".py")) files[inner.replaceAll("\\", "/")] = readFileSync(join(folder, inner), "utf8");
    }
  };
  add(join(source, "library"));
  for (const name of readdirSync(models).filter((name) => name.endsWith(".json") && name !== "database.json")) files[`botocore/data/${name}`] = readFileSync(join(models, name), "utf8");
  const { outputFiles } = await build({ stdin: { contents: 'export { regions } from "./lib/engine/regions.ts";', resolveDir: root }, bundle: true, write: false, format: "esm", logLevel: "error" });
  const { regions } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`);
  files["botocore/data/regions.json"] = JSON.stringify(Object.keys(regions));
  return JSON.stringify(files);
}

/** A script that needs nothing but its realm. Pyodide's own ways to other hosts are left as they stand; they are never taken. */
const script = (build, entry) =>
  build({
    entryPoints: [join(source, "sandbox", entry)],
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: "es2022",
    charset: "ascii",
    minifyWhitespace: true,
    legalComments: "inline",
    define: { "import.meta.url": '"file:///pyodide/"' },
    external: ["node:*", "ws"],
    logLevel: "error",
  }).then(({ outputFiles }) => outputFiles[0].text);

export async function makePython() {
  const mark = sources();
  const marker = join(node, "sources");
  if (existsSync(marker) && readFileSync(marker, "utf8") === mark && existsSync(join(page, "snapshot.gz"))) return;
  const { build } = await import("esbuild");
  rmSync(page, { recursive: true, force: true });
  rmSync(node, { recursive: true, force: true });
  mkdirSync(page, { recursive: true });
  mkdirSync(node, { recursive: true });
  for (const name of ["pyodide.asm.wasm", "python_stdlib.zip"]) copyFileSync(join(pyodide, name), join(node, name));
  writeFileSync(join(node, "library.json"), await library(build));
  writeFileSync(join(node, "interpreter.js"), await script(build, "node.ts"));
  await build({ entryPoints: [join(root, "lib/wire/functions/python-child.ts")], outfile: join(node, "child.mjs"), bundle: true, format: "esm", platform: "node", target: "node20", logLevel: "error" });
  execFileSync(process.execPath, [join(node, "child.mjs"), "snapshot"], { stdio: "inherit", env: {} });

  const packed = (name, content) => writeFileSync(join(page, `${name}.gz`), gzipSync(content, { level: 9 }));
  packed("worker.js", await script(build, "worker.ts"));
  for (const [name, from] of Object.entries({ wasm: "pyodide.asm.wasm", library: "library.json", snapshot: "snapshot.bin" })) packed(name, readFileSync(join(node, from)));
  copyFileSync(join(node, "python_stdlib.zip"), join(page, "stdlib.zip"));
  const { version, license, homepage } = JSON.parse(readFileSync(join(pyodide, "package.json"), "utf8"));
  writeFileSync(join(page, "NOTICE.txt"), `worker.js, wasm, stdlib.zip and snapshot contain Pyodide ${version} (${license}, ${homepage}), unchanged, and with it CPython (PSF-2.0).\nThe service models in library are cut down from botocore's (Apache-2.0).\n`);
  writeFileSync(join(page, "sizes.json"), JSON.stringify(Object.fromEntries(readdirSync(page).map((name) => [name, statSync(join(page, name)).size]))));
  writeFileSync(marker, mark);
  if (process.argv.includes("--sizes")) for (const name of readdirSync(page)) console.log(name, `${Math.round(statSync(join(page, name)).size / 1000)} kB`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await makePython();
