import { type ResolvedCommandContext, defineCommand } from "just-bash/browser";
import { readBytes, textResult, writeBytes } from "./bytes";

// Packages of functions are made and looked into here. The format is fflate's work, loaded when it is wanted.

const usage = (name: string, words: string) => textResult("", `usage: ${name} ${words}\n`, name === "zip" ? 16 : 10);

/** Files of a path, folders with all that is in them. undefined: there is no such thing. */
async function filesUnder(ctx: ResolvedCommandContext, path: string, deep: boolean): Promise<string[] | undefined> {
  const full = ctx.fs.resolvePath(ctx.cwd, path);
  if (!(await ctx.fs.exists(full))) return undefined;
  if (!(await ctx.fs.stat(full)).isDirectory) return [path];
  if (!deep) return [];
  const inside = await Promise.all((await ctx.fs.readdir(full)).sort().map((name) => filesUnder(ctx, `${path.replace(/\/$/, "")}/${name}`, true)));
  return inside.flatMap((one) => one ?? []);
}

/** `zip [-r] [-j] [-q] out.zip file…`: adds to an archive that is there, as zip(1) does. Source: zip(1). */
export const zip = defineCommand("zip", async (args: string[], ctx: ResolvedCommandContext) => {
  const flags = new Set<string>();
  const words: string[] = [];
  for (const arg of args) {
    const letters = /^-([rjq9]+)$/.exec(arg)?.[1];
    if (letters) for (const letter of letters) flags.add(letter);
    else if (/^-/.test(arg)) return textResult("", `\nzip error: Invalid command arguments (short option '${arg[1]}' not supported)\n`, 16);
    else words.push(arg);
  }
  const [archive, ...paths] = words;
  if (!archive || !paths.length) return usage("zip", "[-r] [-j] [-q] out.zip file...");
  const out = /\.[^/]*$/.test(archive) ? archive : `${archive}.zip`;
  const { unzipSync, zipSync } = await import("fflate/browser");
  const before = await readBytes(ctx, out);
  let entries: Record<string, Uint8Array> = {};
  if (before) {
    try {
      entries = unzipSync(before);
    } catch {
      return textResult("", `\nzip error: Zip file structure invalid (${out})\n`, 3);
    }
  }
  let said = "";
  let warned = "";
  const old = new Set(Object.keys(entries));
  let put = 0;
  for (const path of paths) {
    const files = await filesUnder(ctx, path, flags.has("r"));
    if (!files) warned += `\tzip warning: name not matched: ${path}\n`;
    for (const file of files ?? []) {
      const name = flags.has("j") ? file.slice(file.lastIndexOf("/") + 1) : file.replace(/^(?:\.?\/)+/, "");
      const bytes = (await readBytes(ctx, file))!;
      const packed = zipSync({ [name]: bytes }).length - zipSync({ [name]: new Uint8Array() }).length;
      const saved = bytes.length ? Math.max(0, Math.round(100 * (1 - packed / bytes.length))) : 0;
      said += `${old.has(name) ? "updating" : "  adding"}: ${name} (${saved ? "deflated" : "stored"} ${saved}%)\n`;
      entries[name] = bytes;
      put++;
    }
  }
  if (!put) return textResult("", `${warned}\nzip error: Nothing to do! (${out})\n`, 12);
  await writeBytes(ctx, out, zipSync(entries));
  return textResult(flags.has("q") ? "" : said, warned);
});

/** `unzip [-l] [-o] [-q] archive.zip [-d folder]`. What is there is not written over without `-o`. Source: unzip(1). */
export const unzip = defineCommand("unzip", async (args: string[], ctx: ResolvedCommandContext) => {
  const flags = new Set<string>();
  const words: string[] = [];
  let folder = "";
  for (let at = 0; at < args.length; at++) {
    const letters = /^-([loq]+)$/.exec(args[at])?.[1];
    if (letters) for (const letter of letters) flags.add(letter);
    else if (args[at] === "-d") folder = args[++at] ?? "";
    else words.push(args[at]);
  }
  const [archive] = words;
  if (!archive) return usage("unzip", "[-l] [-o] [-q] archive.zip [-d folder]");
  const bytes = (await readBytes(ctx, archive)) ?? (await readBytes(ctx, `${archive}.zip`));
  if (!bytes) return textResult("", `unzip:  cannot find or open ${archive}, ${archive}.zip or ${archive}.ZIP.\n`, 9);
  const { unzipSync } = await import("fflate/browser");
  let entries: [string, Uint8Array][];
  try {
    entries = Object.entries(unzipSync(bytes));
  } catch {
    return textResult("", `unzip:  cannot find zipfile directory in ${archive}\n`, 9);
  }
  if (flags.has("l")) {
    const total = entries.reduce((sum, [, { length }]) => sum + length, 0);
    const lines = entries.map(([name, { length }]) => `${String(length).padStart(9)}  ${name}\n`).join("");
    return textResult(`Archive:  ${archive}\n  Length  Name\n---------  ----\n${lines}---------  -------\n${String(total).padStart(9)}  ${entries.length} file${entries.length === 1 ? "" : "s"}\n`);
  }
  let said = `Archive:  ${archive}\n`;
  let kept = "";
  for (const [name, content] of entries) {
    if (name.endsWith("/")) continue;
    // A name that leads out of the folder is not followed, as unzip does not.
    const safe = name.split("/").filter((part) => part !== ".." && part !== "." && part).join("/");
    const path = folder ? `${folder.replace(/\/$/, "")}/${safe}` : safe;
    if (!flags.has("o") && (await ctx.fs.exists(ctx.fs.resolvePath(ctx.cwd, path)))) {
      kept += `unzip:  ${path} is there already; -o writes over it.\n`;
      continue;
    }
    await writeBytes(ctx, path, content);
    said += `  inflating: ${path}\n`;
  }
  return textResult(flags.has("q") ? "" : said, kept, kept ? 1 : 0);
});
