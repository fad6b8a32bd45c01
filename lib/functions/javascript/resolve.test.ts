import { describe, expect, test } from "vitest";
import { formatOf, join, resolveImport, resolveRequire } from "./resolve";

const texts: Record<string, string> = {
  "/var/task/index.mjs": "",
  "/var/task/lib/index.js": "",
  "/var/task/lib/a.js": "",
  "/var/task/lib/package.json": '{ "type": "module" }',
  "/var/task/data.json": "{}",
  "/var/task/package.json": '{ "imports": { "#own": "./lib/a.js", "#pkg": "plain", "#deep/*": "./lib/*.js" } }',
  "/var/task/broken/package.json": "{",
  "/var/task/broken/x.js": "",
  "/var/task/node_modules/plain/package.json": '{ "main": "./main" }',
  "/var/task/node_modules/plain/main.js": "",
  "/var/task/node_modules/plain/other.js": "",
  "/var/task/node_modules/bare/index.js": "",
  "/var/task/node_modules/@s/p/package.json": '{ "exports": { ".": { "import": "./m.mjs", "default": "./m.cjs" }, "./sub/*": "./lib/*.js", "./sub/private/*": null, "./x": ["./none.js"] } }',
  "/var/task/node_modules/@s/p/m.mjs": "",
  "/var/task/node_modules/@s/p/m.cjs": "",
  "/var/task/node_modules/@s/p/lib/a.js": "",
  "/var/task/node_modules/@s/p/lib/private/a.js": "",
  "/var/task/node_modules/one/package.json": '{ "exports": "./one.js" }',
  "/var/task/node_modules/one/one.js": "",
};
const folders = new Set(Object.keys(texts).flatMap((path) => path.split("/").map((_, i, parts) => `${parts.slice(0, i).join("/")}/`)));
const files = { has: (path: string) => path in texts || folders.has(path), text: (path: string) => texts[path] };
const asked = { files, builtIn: (specifier: string) => (/^(node:)?util$/.test(specifier) ? specifier : undefined) };
const shown = (found: ReturnType<typeof resolveImport>): string => ("path" in found ? found.path : "builtIn" in found ? `built in ${found.builtIn}` : found.missing.code);

describe("require and import", () => {
  test.each<[specifier: string, from: string, required: string, imported: string]>([
    ["node:util", "/var/task/index.mjs", "built in node:util", "built in node:util"],
    ["./lib/a.js", "/var/task/index.mjs", "/var/task/lib/a.js", "/var/task/lib/a.js"],
    ["./lib/a", "/var/task/index.mjs", "/var/task/lib/a.js", "ERR_MODULE_NOT_FOUND"],
    ["./lib", "/var/task/index.mjs", "/var/task/lib/index.js", "ERR_UNSUPPORTED_DIR_IMPORT"],
    ["..", "/var/task/lib/a.js", "MODULE_NOT_FOUND", "ERR_UNSUPPORTED_DIR_IMPORT"],
    ["../data", "/var/task/lib/a.js", "/var/task/data.json", "ERR_MODULE_NOT_FOUND"],
    ["/var/task/data.json", "/x.js", "/var/task/data.json", "/var/task/data.json"],
    ["file:///var/task/index.mjs", "/var/task/lib/a.js", "MODULE_NOT_FOUND", "/var/task/index.mjs"],
    ["./index.mjs?v=1", "/var/task/index.mjs", "MODULE_NOT_FOUND", "/var/task/index.mjs"],
    ["../../../etc/passwd", "/var/task/index.mjs", "MODULE_NOT_FOUND", "ERR_MODULE_NOT_FOUND"],
    ["plain", "/var/task/lib/a.js", "/var/task/node_modules/plain/main.js", "/var/task/node_modules/plain/main.js"],
    ["plain/other", "/var/task/index.mjs", "/var/task/node_modules/plain/other.js", "ERR_MODULE_NOT_FOUND"],
    ["plain/other.js", "/var/task/index.mjs", "/var/task/node_modules/plain/other.js", "/var/task/node_modules/plain/other.js"],
    ["bare", "/var/task/index.mjs", "/var/task/node_modules/bare/index.js", "/var/task/node_modules/bare/index.js"],
    ["@s/p", "/var/task/index.mjs", "/var/task/node_modules/@s/p/m.cjs", "/var/task/node_modules/@s/p/m.mjs"],
    ["@s/p/sub/a", "/var/task/index.mjs", "/var/task/node_modules/@s/p/lib/a.js", "/var/task/node_modules/@s/p/lib/a.js"],
    ["@s/p/sub/private/a", "/var/task/index.mjs", "ERR_PACKAGE_PATH_NOT_EXPORTED", "ERR_PACKAGE_PATH_NOT_EXPORTED"],
    ["@s/p/m.mjs", "/var/task/index.mjs", "ERR_PACKAGE_PATH_NOT_EXPORTED", "ERR_PACKAGE_PATH_NOT_EXPORTED"],
    ["@s/p/x", "/var/task/index.mjs", "MODULE_NOT_FOUND", "ERR_MODULE_NOT_FOUND"],
    ["one", "/var/task/index.mjs", "/var/task/node_modules/one/one.js", "/var/task/node_modules/one/one.js"],
    ["one/one.js", "/var/task/index.mjs", "ERR_PACKAGE_PATH_NOT_EXPORTED", "ERR_PACKAGE_PATH_NOT_EXPORTED"],
    ["#own", "/var/task/index.mjs", "/var/task/lib/a.js", "/var/task/lib/a.js"],
    ["#pkg", "/var/task/index.mjs", "/var/task/node_modules/plain/main.js", "/var/task/node_modules/plain/main.js"],
    ["#deep/a", "/var/task/index.mjs", "/var/task/lib/a.js", "/var/task/lib/a.js"],
    ["#none", "/var/task/index.mjs", "ERR_PACKAGE_IMPORT_NOT_DEFINED", "ERR_PACKAGE_IMPORT_NOT_DEFINED"],
    ["nowhere", "/var/task/index.mjs", "MODULE_NOT_FOUND", "ERR_MODULE_NOT_FOUND"],
    ["https://example.com/x.js", "/var/task/index.mjs", "MODULE_NOT_FOUND", "ERR_UNSUPPORTED_ESM_URL_SCHEME"],
  ])("%s from %s", (specifier, from, required, imported) => {
    expect(shown(resolveRequire(asked, specifier, from))).toBe(required);
    expect(shown(resolveImport(asked, specifier, from))).toBe(imported);
  });
});

test.each<[path: string, format: string | undefined]>([
  ["/var/task/x.mjs", "module"],
  ["/var/task/x.cjs", "commonjs"],
  ["/var/task/x.json", "json"],
  ["/var/task/x.js", undefined],
  ["/var/task/lib/a.js", "module"],
  ["/var/task/lib/deep/er.js", "module"],
  ["/var/task/node_modules/bare/index.js", undefined],
  ["/var/task/broken/x.js", undefined],
])("%s is read as %s", (path, format) => expect(formatOf(files, path)).toBe(format));

test.each([
  [["/var/task", "../../..", "etc"], "/etc"],
  [["/var/task", "./a//b/../c"], "/var/task/a/c"],
])("%j", (parts, path) => expect(join(...(parts as string[]))).toBe(path));
