import { type ResolvedCommandContext, defineCommand } from "just-bash/browser";
import { readBytes, textResult } from "./bytes";

/** `cmp [-s] a b`: 0 if the files are the same, 1 and the first difference if not, 2 if one cannot be read. Source: POSIX, cmp. */
export const cmp = defineCommand("cmp", async (args: string[], ctx: ResolvedCommandContext) => {
  const silent = args.some((arg) => arg === "-s" || arg === "--quiet" || arg === "--silent");
  const [left, right = "-"] = args.filter((arg) => arg === "-" || !arg.startsWith("-"));
  if (!left) return textResult("", "cmp: missing operand after 'cmp'\n", 2);
  const contents: Uint8Array[] = [];
  for (const path of [left, right]) {
    const bytes = await readBytes(ctx, path);
    if (!bytes) return textResult("", silent ? "" : `cmp: ${path}: No such file or directory\n`, 2);
    contents.push(bytes);
  }
  const [a, b] = contents;
  const shorter = Math.min(a.length, b.length);
  let at = 0;
  let line = 1;
  while (at < shorter && a[at] === b[at]) if (a[at++] === 10) line++;
  if (at === a.length && at === b.length) return textResult("");
  if (silent) return textResult("", "", 1);
  if (at < shorter) return textResult(`${left} ${right} differ: byte ${at + 1}, line ${line}\n`, "", 1);
  const ended = a.length < b.length ? left : right;
  return textResult("", `cmp: EOF on ${ended} ${shorter ? `after byte ${shorter}, line ${line}` : "which is empty"}\n`, 1);
});
