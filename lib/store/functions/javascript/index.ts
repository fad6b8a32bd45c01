import type { FunctionAnswer, FunctionRun, Inside } from "../../../engine/types";
import { warmInterpreters } from "../../../functions/warm";
import { type Realm, converse } from "../../../wire/functions/javascript/converse";
import packages from "../../code/packages.json";
import { codeFile } from "../../code/files";
import { openRealm } from "./realm";

/** Runs a function's JavaScript in the page: in the browser's own engine, in a sandbox of its own. */
export async function run(run: FunctionRun, inside: Inside): Promise<FunctionAnswer> {
  for (let left = tries; ; left--) {
    const known = warm.take(run);
    const realm = known ?? (await open(run));
    const { answer, again, lost } = await converse(realm, run, inside, !known);
    if (again) warm.give(run, realm);
    // One may have ended while it stood ready: another takes its place.
    if (!lost || left === 1) return answer;
  }
}

const tries = 3;
const warm = warmInterpreters<Realm>();

async function open(run: FunctionRun): Promise<Realm> {
  const named = clientsIn(run.files);
  const files = named.length ? ["functions-sdk.js", ...named.map((name) => `${name.split("/").pop()}.js`)] : [];
  // The frame is asked for too: where it is not there, that is what is said.
  const [worker, , ...scripts] = await Promise.all(["functions-worker.js", "frame.html", ...files].map(codeFile));
  return openRealm(run, worker, scripts);
}

/** Clients that a package names, wherever in it: only those are fetched. What the package brings itself does not count. */
export function clientsIn(files: Record<string, string>): string[] {
  const texts = Object.entries(files)
    .filter(([path]) => /\.([mc]?js|json)$/.test(path) && !path.startsWith("node_modules/@aws-sdk/"))
    .map(([, content]) => atob(content));
  return packages.filter((name) => texts.some((text) => text.includes(name)));
}
