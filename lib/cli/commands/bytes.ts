import type { ResolvedCommandContext } from "just-bash/browser";

/** The shell's pipes carry bytes as characters 0–255. */
export const toLatin1 = (bytes: Uint8Array): string => {
  let out = "";
  for (let at = 0; at < bytes.length; at += 8192) out += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return out;
};
export const fromLatin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0) & 255);

export const stdinOf = (ctx: ResolvedCommandContext): Uint8Array => fromLatin1(ctx.stdin as unknown as string);

/** A file's bytes; undefined if there is no such file. `-` and /dev/stdin are what comes through the pipe. */
export async function readBytes(ctx: ResolvedCommandContext, path: string): Promise<Uint8Array | undefined> {
  if (path === "-" || path === "/dev/stdin") return stdinOf(ctx);
  const full = ctx.fs.resolvePath(ctx.cwd, path);
  try {
    return (await ctx.fs.stat(full)).isDirectory ? undefined : await ctx.fs.readFileBuffer(full);
  } catch {
    return undefined;
  }
}

export async function writeBytes(ctx: ResolvedCommandContext, path: string, bytes: Uint8Array): Promise<void> {
  const full = ctx.fs.resolvePath(ctx.cwd, path);
  const folder = full.slice(0, full.lastIndexOf("/"));
  if (folder) await ctx.fs.mkdir(folder, { recursive: true });
  await ctx.fs.writeFile(full, bytes);
}

export const bytesResult = (bytes: Uint8Array, stderr = "", exitCode = 0) => ({
  stdout: toLatin1(bytes),
  stdoutKind: "bytes" as const,
  stderr,
  exitCode,
});
export const textResult = (stdout: string, stderr = "", exitCode = 0) => ({ stdout, stdoutKind: "text" as const, stderr, exitCode });
