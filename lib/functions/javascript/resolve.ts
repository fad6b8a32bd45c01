/**
 * Where a specifier leads, as Node finds it in a deployment package. Paths are absolute, with `/`.
 * Source: Node.js API, "Modules: CommonJS modules" (All together), "Modules: ECMAScript modules" (Resolution algorithm),
 * "Modules: Packages" (Conditional exports, Subpath patterns).
 */
export interface Package {
  has(path: string): boolean;
  text(path: string): string | undefined;
}

export type Format = "module" | "commonjs" | "json";
export type Resolved = { path: string } | { builtIn: string } | { missing: Missing };
export interface Missing {
  code: "MODULE_NOT_FOUND" | "ERR_MODULE_NOT_FOUND" | "ERR_UNSUPPORTED_DIR_IMPORT" | "ERR_PACKAGE_PATH_NOT_EXPORTED" | "ERR_PACKAGE_IMPORT_NOT_DEFINED" | "ERR_UNSUPPORTED_ESM_URL_SCHEME";
  message: string;
}

export const dirname = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf("/")));

export function join(...parts: string[]): string {
  const out: string[] = [];
  for (const part of parts.join("/").split("/"))
    if (part === "..") out.pop();
    else if (part && part !== ".") out.push(part);
  return `/${out.join("/")}`;
}

interface Manifest {
  name?: string;
  main?: string;
  type?: string;
  exports?: Target;
  imports?: Record<string, Target>;
}
type Target = string | null | Target[] | { [key: string]: Target };

function manifestOf(files: Package, folder: string): Manifest | undefined {
  const text = files.text(join(folder, "package.json"));
  if (text === undefined) return undefined;
  try {
    const found = JSON.parse(text) as unknown;
    return typeof found === "object" && found !== null ? (found as Manifest) : {};
  } catch {
    return {};
  }
}

/** The nearest package.json above a file; a node_modules folder ends the search. */
function scopeOf(files: Package, path: string): { folder: string; manifest: Manifest } | undefined {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (folder.endsWith("/node_modules")) return undefined;
    const manifest = manifestOf(files, folder);
    if (manifest) return { folder, manifest };
    if (folder === "/") return undefined;
  }
}

/** How a file is read; undefined for a `.js` file of which its package says nothing. */
export function formatOf(files: Package, path: string): Format | undefined {
  if (path.endsWith(".mjs")) return "module";
  if (path.endsWith(".cjs")) return "commonjs";
  if (path.endsWith(".json")) return "json";
  const type = scopeOf(files, path)?.manifest.type;
  return type === "module" ? "module" : type === "commonjs" ? "commonjs" : undefined;
}

interface Asked {
  files: Package;
  /** Names of modules that come with the runtime, and of those that it has inside. */
  builtIn(specifier: string): string | undefined;
}

/** `require(specifier)` in a file. */
export function resolveRequire(asked: Asked, specifier: string, from: string): Resolved {
  const { files } = asked;
  const builtIn = asked.builtIn(specifier);
  if (builtIn !== undefined) return { builtIn };
  const notFound: Resolved = { missing: { code: "MODULE_NOT_FOUND", message: `Cannot find module '${specifier}'` } };
  if (/^(\.{1,2}(\/|$)|\/)/.test(specifier)) {
    const path = specifier.startsWith("/") ? join(specifier) : join(dirname(from), specifier);
    const found = (specifier.endsWith("/") ? undefined : asFile(files, path)) ?? asFolder(files, path);
    return found ? { path: found } : notFound;
  }
  if (specifier.startsWith("#")) return internal(asked, specifier, from, ["node", "require"]);
  const { name, rest } = nameOf(specifier);
  for (const folder of packageFolders(from)) {
    const home = join(folder, name);
    const manifest = manifestOf(files, home);
    if (manifest?.exports !== undefined) return exported(asked, manifest.exports, home, rest, ["node", "require", "module-sync"], from);
    const path = join(home, rest);
    const found = (rest ? asFile(files, path) : undefined) ?? asFolder(files, path) ?? asFile(files, path);
    if (found) return { path: found };
  }
  return notFound;
}

/** `import` of a specifier in a file. */
export function resolveImport(asked: Asked, specifier: string, from: string): Resolved {
  const { files } = asked;
  const builtIn = asked.builtIn(specifier);
  if (builtIn !== undefined) return { builtIn };
  const say = (code: Missing["code"], message: string): Resolved => ({ missing: { code, message } });
  const plain = specifier.replace(/[?#].*$/, "");
  if (/^(\.{1,2}(\/|$)|\/|file:)/.test(specifier)) {
    let path = plain.startsWith("file:") ? plain.replace(/^file:\/\//, "") : plain;
    try {
      path = decodeURIComponent(path);
    } catch {
      // It is a name as it stands.
    }
    path = path.startsWith("/") ? join(path) : join(dirname(from), path);
    if (files.has(path)) return { path };
    if (isFolder(files, path)) return say("ERR_UNSUPPORTED_DIR_IMPORT", `Directory import '${path}' is not supported resolving ES modules imported from ${from}`);
    return say("ERR_MODULE_NOT_FOUND", `Cannot find module '${path}' imported from ${from}`);
  }
  if (specifier.startsWith("#")) return internal(asked, specifier, from, ["node", "import"]);
  if (/^[a-z][a-z0-9+.-]+:/.test(specifier)) return say("ERR_UNSUPPORTED_ESM_URL_SCHEME", `Only URLs with a scheme in: file, data, and node are supported by the default ESM loader. Received protocol '${/^[^:]+:/.exec(specifier)![0]}'`);
  const { name, rest } = nameOf(specifier);
  for (const folder of packageFolders(from)) {
    const home = join(folder, name);
    const manifest = manifestOf(files, home);
    if (!manifest && !isFolder(files, home)) continue;
    if (manifest?.exports !== undefined) return exported(asked, manifest.exports, home, rest, ["node", "import", "module-sync"], from);
    const path = join(home, rest);
    if (rest) return files.has(path) ? { path } : say("ERR_MODULE_NOT_FOUND", `Cannot find module '${path}' imported from ${from}`);
    const found = asFolder(files, home);
    if (found) return { path: found };
    return say("ERR_MODULE_NOT_FOUND", `Cannot find package '${home}/index.js' imported from ${from}`);
  }
  return say("ERR_MODULE_NOT_FOUND", `Cannot find package '${name}' imported from ${from}`);
}

const nameOf = (specifier: string): { name: string; rest: string } => {
  const parts = specifier.split("/");
  const count = specifier.startsWith("@") ? 2 : 1;
  return { name: parts.slice(0, count).join("/"), rest: parts.slice(count).join("/") };
};

/** node_modules folders, from a file upwards. */
function packageFolders(from: string): string[] {
  const folders: string[] = [];
  for (let folder = dirname(from); ; folder = dirname(folder)) {
    if (!folder.endsWith("/node_modules")) folders.push(join(folder, "node_modules"));
    if (folder === "/") return folders;
  }
}

const isFolder = (files: Package, path: string): boolean => files.has(`${path}/`);
const asFile = (files: Package, path: string): string | undefined => ["", ".js", ".json", ".node"].map((end) => path + end).find((one) => files.has(one));

function asFolder(files: Package, path: string): string | undefined {
  const main = manifestOf(files, path)?.main;
  const index = (folder: string): string | undefined => [".js", ".json", ".node"].map((end) => join(folder, `index${end}`)).find((one) => files.has(one));
  if (typeof main === "string") {
    const named = join(path, main);
    const found = asFile(files, named) ?? index(named);
    if (found) return found;
  }
  return index(path);
}

// ---------------------------------------------------------------- exports and imports of a package

function exported(asked: Asked, exports: Target, home: string, rest: string, conditions: string[], from: string): Resolved {
  const subpath = rest ? `./${rest}` : ".";
  const isMap = typeof exports === "object" && exports !== null && !Array.isArray(exports) && Object.keys(exports).every((key) => key.startsWith("."));
  const found = isMap ? inMap(exports as Record<string, Target>, subpath, conditions) : subpath === "." ? targetOf(exports, "", conditions) : undefined;
  if (found && asked.files.has(join(home, found))) return { path: join(home, found) };
  if (found) return { missing: { code: conditions.includes("import") ? "ERR_MODULE_NOT_FOUND" : "MODULE_NOT_FOUND", message: `Cannot find module '${join(home, found)}'${conditions.includes("import") ? ` imported from ${from}` : ""}` } };
  return { missing: { code: "ERR_PACKAGE_PATH_NOT_EXPORTED", message: rest ? `Package subpath '${subpath}' is not defined by "exports" in ${home}/package.json` : `No "exports" main defined in ${home}/package.json` } };
}

function internal(asked: Asked, specifier: string, from: string, conditions: string[]): Resolved {
  const scope = scopeOf(asked.files, from);
  const found = scope?.manifest.imports ? inMap(scope.manifest.imports, specifier, conditions) : undefined;
  if (scope && found) {
    if (!found.startsWith(".")) return conditions.includes("import") ? resolveImport(asked, found, from) : resolveRequire(asked, found, from);
    if (asked.files.has(join(scope.folder, found))) return { path: join(scope.folder, found) };
  }
  return { missing: { code: "ERR_PACKAGE_IMPORT_NOT_DEFINED", message: `Package import specifier "${specifier}" is not defined${scope ? ` in package ${scope.folder}/package.json` : ""} imported from ${from}` } };
}

/** `./a` as it stands, else the pattern with the longest beginning. */
function inMap(map: Record<string, Target>, subpath: string, conditions: string[]): string | undefined {
  if (Object.hasOwn(map, subpath) && !subpath.includes("*")) return targetOf(map[subpath], "", conditions);
  const patterns = Object.keys(map)
    .filter((key) => key.includes("*"))
    .sort((a, b) => b.indexOf("*") - a.indexOf("*") || b.length - a.length);
  for (const key of patterns) {
    const [before, after] = [key.slice(0, key.indexOf("*")), key.slice(key.indexOf("*") + 1)];
    if (subpath.startsWith(before) && subpath.endsWith(after) && subpath.length > key.length - 1) return targetOf(map[key], subpath.slice(before.length, subpath.length - after.length), conditions);
  }
  return undefined;
}

function targetOf(target: Target, star: string, conditions: string[]): string | undefined {
  if (typeof target === "string") return target.replaceAll("*", star);
  if (target === null) return undefined;
  if (Array.isArray(target)) {
    for (const one of target) {
      const found = targetOf(one, star, conditions);
      if (found) return found;
    }
    return undefined;
  }
  for (const [condition, one] of Object.entries(target)) {
    if (condition !== "default" && !conditions.includes(condition)) continue;
    const found = targetOf(one, star, conditions);
    if (found) return found;
  }
  return undefined;
}
