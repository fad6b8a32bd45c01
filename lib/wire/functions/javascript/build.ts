import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Places } from "./places";

/**
 * What the interpreter's process is made of: its program, the guest, the SDK's files (those of the page), and the memory of an
 * interpreter that has them all. Made at first use, and kept until one of the sources changes.
 */
export interface Built {
  program: string;
  places: Places;
  /** Names of the SDK's clients. */
  clients: string[];
  /** Node's own options for the process. */
  nodeOptions: string[];
}

/** The project's folder, from this file or from the bundle that it stands in. */
function findRoot(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder))
    if (existsSync(join(folder, "package.json")) && existsSync(join(folder, ".ci", "code-tab.mjs"))) return folder;
  throw new Error("The files that functions are run with are not here.");
}

const sources = ["lib/functions", "lib/wire/functions/javascript", "lib/store/code/packages.json", ".ci/code-tab.mjs", "package-lock.json"];

function markOf(root: string): string {
  const hash = createHash("sha256").update(process.version);
  const add = (path: string): void => {
    if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) add(join(path, name));
    else if (!/\.test\.ts$/.test(path)) hash.update(readFileSync(path));
  };
  for (const path of sources) add(join(root, path));
  return hash.digest("hex").slice(0, 16);
}

/** Options that this version of Node knows; what is not given is the process's not to do: write, start others, read elsewhere. */
function nodeOptions(readable: readonly string[]): string[] {
  const [major, minor] = process.versions.node.split(".").map(Number);
  return [
    "--no-warnings",
    // The interpreter's calls stand on the process's stack.
    "--stack-size=3900",
    ...(major < 22 ? ["--experimental-wasm-extended-const"] : []),
    major > 23 || (major === 23 && minor >= 5) ? "--permission" : "--experimental-permission",
    ...readable.map((path) => `--allow-fs-read=${path}`),
  ];
}

let built: Promise<Built> | undefined;
/** Makes what is not there. Rejects where the project's files are incomplete. */
export const buildInterpreter = (): Promise<Built> =>
  (built ??= make().catch((error: unknown) => {
    built = undefined;
    throw error;
  }));

async function make(): Promise<Built> {
  const root = findRoot();
  const home = join(root, "node_modules", ".cache", "keyhole", "functions");
  const folder = join(home, markOf(root));
  const [program, realm, snapshot] = ["child.mjs", "realm.js", "interpreter.snapshot"].map((name) => join(folder, name));
  const code = join(root, "public", "code");
  const interpreter = join(root, "node_modules", "quickjs-wasi");
  if (!existsSync(snapshot)) {
    // Other people's, or another version's.
    if (existsSync(home)) for (const name of readdirSync(home)) if (name !== folder && Date.now() - statSync(join(home, name)).mtimeMs > 86_400_000) rmSync(join(home, name), { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const { makeCodeTab } = (await import(/* @vite-ignore */ pathToFileURL(join(root, ".ci", "code-tab.mjs")).href)) as { makeCodeTab(): Promise<void> };
    await makeCodeTab();
    // By a name that a bundler does not see: it cannot bundle itself.
    const bundler: string = "esbuild";
    const { build } = (await import(/* @vite-ignore */ bundler)) as typeof import("esbuild");
    const common = { bundle: true, logLevel: "error", alias: { "@": root }, legalComments: "none" } as const;
    await Promise.all([
      build({ ...common, entryPoints: [join(root, "lib/wire/functions/javascript/child.ts")], outfile: program, platform: "node", format: "esm", target: "node20" }),
      build({ ...common, entryPoints: [join(root, "lib/wire/functions/javascript/realm.ts")], outfile: realm, platform: "browser", format: "iife", target: "es2022", keepNames: true, minify: true, charset: "ascii" }),
    ]);
  }
  const packages = JSON.parse(readFileSync(join(root, "lib/store/code/packages.json"), "utf8")) as string[];
  const places: Places = { interpreter, scripts: [realm, join(code, "functions-sdk.js"), ...packages.map((name) => join(code, `${name.split("/").pop()}.js`))], snapshot };
  if (!existsSync(snapshot)) {
    writeFileSync(join(folder, "places.json"), JSON.stringify(places, null, 1));
    await run(program, places);
  }
  return { program, places, clients: packages, nodeOptions: nodeOptions([program, snapshot, join(interpreter, "/")]) };
}

/** The process makes the memory that its successors begin with. */
const run = (program: string, places: Places): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...nodeOptions([]).filter((option) => !option.includes("permission")), program, JSON.stringify(places), "--make"], { stdio: ["ignore", "ignore", "pipe"], env: {} as NodeJS.ProcessEnv });
    let said = "";
    child.stderr.on("data", (data: Buffer) => (said += String(data)));
    child.once("error", reject);
    child.once("exit", (status) => (status === 0 ? resolve() : reject(new Error(`The interpreter could not be made: ${said.slice(0, 2_000)}`))));
  });
