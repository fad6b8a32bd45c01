// node .ci/bundle.mjs FILE [arguments]: bundles a TypeScript program into one file and runs it. A tenth of a second
// for the bundling, and the code runs as written (loaders that compile file by file wrap every function).
import { mkdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { install, root } from "./steps.mjs";

install();
const { buildSync } = await import("esbuild");
const [file, ...rest] = process.argv.slice(2);
const folder = join(root, "node_modules", ".cache", "keyhole");
mkdirSync(folder, { recursive: true });
const outfile = join(folder, `${basename(file, ".ts")}-${process.pid}.mjs`);
buildSync({ entryPoints: [join(root, file)], outfile, bundle: true, platform: "node", format: "esm", target: "node20", logLevel: "error", alias: { "@": root }, external: ["@playwright/test"],
  // Packages that ask for Node's modules by `require`.
  banner: { js: 'import { createRequire as keyholeRequire } from "node:module"; const require = keyholeRequire(import.meta.url);' } });
process.argv = [process.argv[0], outfile, ...rest];
const program = import(pathToFileURL(outfile).href);
await program.finally(() => rmSync(outfile, { force: true }));
