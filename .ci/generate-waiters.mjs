// Cuts botocore's waiters (Apache-2.0) down to those of the operations that Keyhole simulates. No documentation text is kept.
// Run by hand when the pin moves, after generate-models.mjs: node .ci/generate-waiters.mjs
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(execFileSync("python3", ["-c", "import botocore; print(botocore.__path__[0])"], { encoding: "utf8" }).trim(), "data");
const models = new URL("../lib/engine/models/", import.meta.url).pathname;
const out = new URL("../lib/functions/python/waiters.json", import.meta.url).pathname;

const found = {};
for (const file of readdirSync(models).filter((name) => name.endsWith(".json") && name !== "services.json")) {
  const service = file.replace(".json", "");
  const { operations } = JSON.parse(readFileSync(join(models, file), "utf8"));
  const folder = join(root, service);
  const path = existsSync(folder) && join(folder, readdirSync(folder).sort().at(-1), "waiters-2.json");
  if (!path || !existsSync(path)) continue;
  const waiters = Object.entries(JSON.parse(readFileSync(path, "utf8")).waiters)
    .filter(([, { operation }]) => operations[operation])
    .map(([name, { operation, delay, maxAttempts, acceptors }]) => [name, { operation, delay, maxAttempts, acceptors }]);
  if (waiters.length) found[service] = Object.fromEntries(waiters);
}
writeFileSync(out, `${JSON.stringify(found)}\n`);
for (const [service, waiters] of Object.entries(found)) console.log(service, Object.keys(waiters).join(" "));
