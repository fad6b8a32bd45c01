// What `npm start` and `npm test` share: install once, build once, say what is happening.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));
const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1" };

/** Runs a command in the project; leaves with its exit code if it fails. */
export function run(command, args, more = {}) {
  const done = spawnSync(command, args, { cwd: root, stdio: "inherit", env: { ...env, ...more.env }, shell: process.platform === "win32" });
  if (done.error) throw done.error;
  if (done.status !== 0 && !more.tolerate) process.exit(done.status ?? 1);
  return done.status ?? 1;
}

export const node = (script, args = [], more = {}) => run(process.execPath, [join(root, script), ...args], more);

/** `npm ci` when there is nothing installed or the lock file is newer than what is. */
export function install() {
  const installed = join(root, "node_modules", ".package-lock.json");
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, "package-lock.json")).mtimeMs) return;
  console.log("Installing packages (about a minute)…");
  run("npm", ["ci"]);
}

/** A name for the sources as they are: the build is used again while it does not change. */
function sourcesMark() {
  const hash = createHash("sha256");
  const visit = (path) => {
    const stat = statSync(path);
    if (stat.isDirectory()) for (const name of readdirSync(path).sort()) visit(join(path, name));
    else if (!/\.test\.tsx?$/.test(path)) hash.update(path).update(readFileSync(path));
  };
  for (const name of ["app", "components", "lib", "content", "public", "package-lock.json", "next.config.js", "mdx-components.tsx"]) if (existsSync(join(root, name))) visit(join(root, name));
  return hash.digest("hex");
}

export function build() {
  node(".ci/code-tab.mjs");
  node(".ci/python.mjs");
  const marker = join(root, ".next", "keyhole-sources");
  const mark = sourcesMark();
  if (existsSync(marker) && existsSync(join(root, ".next", "BUILD_ID")) && readFileSync(marker, "utf8") === mark) return;
  console.log("Building the lab (about a minute)…");
  node("node_modules/next/dist/bin/next", ["build"]);
  writeFileSync(marker, mark);
}
