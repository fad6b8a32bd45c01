// Makes what the Code tab fetches when it is opened, and what functions run with, into public/code/ (not kept in git): the
// sandboxes' runtimes with what the SDK's clients share, each client, and the types of them all. Which clients:
// lib/store/code/packages.json.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const root = fileURLToPath(new URL("..", import.meta.url));
const out = join(root, "public", "code");
const packages = JSON.parse(readFileSync(join(root, "lib/store/code/packages.json"), "utf8"));
const modules = join(root, "node_modules");
const manifestOf = (name) => JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8"));

/** What everything here is made from: nothing is made again while it is the same. */
function sources() {
  const hash = createHash("sha256");
  const add = (path) => {
    if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) add(join(path, name));
    else if (!/\.test\.ts$/.test(path)) hash.update(relative(root, path)).update(readFileSync(path));
  };
  for (const path of [".ci/code-tab.mjs", "components/code/sandbox", "lib/functions", "lib/store/code", "lib/store/functions/javascript", "package-lock.json"]) add(join(root, path));
  return hash.digest("hex");
}

/** Part of every client: bundled once, with the runtime. */
const isShared = (name) => /^@smithy\/|^@aws-sdk\/(core|signature-v4-multi-region)/.test(name);
const common = {
  bundle: true,
  minify: true,
  keepNames: true,
  write: false,
  platform: "browser",
  target: "es2022",
  charset: "ascii",
  legalComments: "none",
  logLevel: "error",
};

async function makeCode(build) {
  const shared = new Set();
  const leaveOut = {
    name: "leave out what clients share",
    setup: ({ onResolve }) =>
      onResolve({ filter: /^@/ }, ({ path, kind }) => {
        if (kind === "entry-point" || !isShared(path)) return undefined;
        shared.add(path);
        return { path, external: true };
      }),
  };
  const files = {};
  for (const name of packages) {
    const { outputFiles } = await build({
      ...common,
      stdin: { contents: `export * from ${JSON.stringify(name)};`, resolveDir: root },
      format: "cjs",
      plugins: [leaveOut],
    });
    files[`${fileOf(name)}.js`] =
      `keyholeDefine(${JSON.stringify(name)},function(require,module,exports){${outputFiles[0].text.trimEnd()}\n});\n`;
  }
  const list = [...shared].sort();
  // The runtime asks for them by their names, as the clients do.
  const table = `${list.map((name, i) => `import * as m${i} from ${JSON.stringify(name)};`).join("")}export const shared={${list.map((name, i) => `${JSON.stringify(name)}:m${i}`).join()}};`;
  const sharedModules = (handler) => ({
    name: "modules that clients share",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^keyhole:shared$/ }, () => ({ path: "shared", namespace: "keyhole" }));
      onLoad({ filter: /.*/, namespace: "keyhole" }, () => ({ contents: table, resolveDir: root }));
      // Workers have no DOMParser, which the browser's build would use.
      onResolve({ filter: /\/xml-parser$/ }, ({ importer }) =>
        importer.includes("xml-builder") ? { path: join(dirname(importer), "xml-parser.js") } : undefined,
      );
      // The page answers requests, never a network.
      onResolve({ filter: /^@smithy\/fetch-http-handler$/ }, () => ({ path: join(root, handler) }));
    },
  });
  const bundle = async (entry, plugins) => {
    const { outputFiles } = await build({ ...common, entryPoints: [join(root, entry)], format: "iife", alias: { "@": root }, plugins });
    return outputFiles[0].text;
  };
  files["runtime.js"] = await bundle("components/code/sandbox/worker.ts", [sharedModules("components/code/sandbox/request-handler.ts")]);
  // Functions run with the same clients; what these share is apart, because many a function needs none.
  files["functions-sdk.js"] = await bundle("lib/functions/javascript/guest/sdk.ts", [sharedModules("lib/functions/javascript/guest/sdk-handler.ts")]);
  files["functions-worker.js"] = await bundle("lib/store/functions/javascript/worker.ts", []);
  files["frame.html"] = readFileSync(join(root, "lib/store/functions/javascript/frame.html"), "utf8");
  return files;
}

const fileOf = (name) => name.split("/").pop();
const partOf = (path) => {
  const owner = packages.find((name) => path.includes(`/${name}/`));
  return owner ? `types-${fileOf(owner)}.json` : "types.json";
};

/** The file with the types of a module by the name under which it is imported. */
function typesOf(name) {
  const [scope, pkg, ...sub] = name.startsWith("@") ? name.split("/") : ["", ...name.split("/")];
  const home = scope ? `${scope}/${pkg}` : pkg;
  if (!existsSync(join(modules, home, "package.json"))) return undefined;
  const manifest = manifestOf(home);
  const entry = manifest.exports?.[sub.length ? `./${sub.join("/")}` : "."]?.types ?? (sub.length ? undefined : manifest.types);
  return entry && join(modules, home, entry);
}

/** Of a comment the first paragraph, as plain text; nothing of what is internal. */
function trimComment(comment) {
  const text = comment
    .replace(/^\/\*\*|\*\/$/g, "")
    .replace(/^\s*\* ?/gm, "")
    .trim();
  if (/@internal/.test(text)) return "";
  const deprecated = /@deprecated/.test(text) ? " @deprecated" : "";
  const body = text.replace(/^(\s*@public\s*)+/, "").split(/\n\s*@|<\/p>|\n\n/)[0];
  const plain = body
    .replace(/^@\w+\s*/, "")
    .replace(/<[^>]+>/g, "")
    .replace(/\{@link (\w+)\}/g, "$1")
    .replace(/\s+/g, " ")
    .trim();
  const short = plain.length > 300 ? `${plain.slice(0, 300).replace(/\s\S*$/, "")} …` : plain;
  return short || deprecated ? `/** ${short}${deprecated} */` : "";
}

/**
 * Every declaration file that is reached from the clients, under the path at which TypeScript looks for it: of each client
 * in a file of its own, and what they share in `types.json`.
 */
export function makeTypes() {
  const parts = {};
  const put = (path, text) => ((parts[partOf(path)] ??= {})[path] = text);
  const seen = new Set();
  const at = (path) => `file:///node_modules/${relative(modules, path).replaceAll("\\", "/")}`;
  const visitFile = (path) => {
    if (seen.has(path)) return;
    seen.add(path);
    const text = readFileSync(path, "utf8")
      .replace(/\/\*[\s\S]*?\*\//g, (comment) => (comment.startsWith("/**") ? trimComment(comment) : ""))
      .replace(/^\s*\/\/.*$/gm, "");
    put(at(path), text.replace(/\n\s*/g, "\n").replace(/\n+/g, "\n").trim());
    for (const [, to] of text.matchAll(/(?:\bfrom|\bimport\(|\bimport)\s*"([^"]+)"/g))
      // The schemas are for the SDK itself; there is as much of them as of all the rest.
      if (to.includes("/schemas/")) continue;
      else if (to.startsWith("."))
        visitFile(
          [`${join(dirname(path), to)}.d.ts`, join(dirname(path), to, "index.d.ts"), join(dirname(path), to)].find(
            (file) => existsSync(file) && statSync(file).isFile(),
          ),
        );
      else visitModule(to);
  };
  const visitModule = (name) => {
    const path = typesOf(name);
    if (!path || seen.has(name)) return;
    seen.add(name);
    const [scope, pkg, ...sub] = name.startsWith("@") ? name.split("/") : ["", ...name.split("/")];
    const home = join(modules, scope, pkg);
    const file = join(home, sub.length ? `${sub.join("/")}.d.ts` : "index.d.ts");
    if (file !== path)
      put(
        at(file),
        `export * from "./${relative(dirname(file), path)
          .replaceAll("\\", "/")
          .replace(/\.d\.ts$/, "")}";`,
      );
    visitFile(path);
  };
  for (const name of [...packages, "buffer"]) visitModule(name);
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, JSON.stringify(part)]));
}

/** Makes public/code/ unless it is there already. Says sizes with `--sizes`. */
export async function makeCodeTab() {
  const mark = sources();
  const marker = join(out, "sources");
  if (existsSync(marker) && readFileSync(marker, "utf8") === mark) return;
  const { build } = await import("esbuild");
  const files = { ...(await makeCode(build)), ...makeTypes() };
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(out, name), text);
    if (process.argv.includes("--sizes"))
      console.log(name, `${Math.round(text.length / 1000)} kB,`, `${Math.round(gzipSync(text, { level: 9 }).length / 1000)} kB gz`);
  }
  writeFileSync(marker, mark);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await makeCodeTab();
