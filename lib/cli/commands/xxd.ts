import { type ResolvedCommandContext, defineCommand } from "just-bash/browser";
import { bytesResult, readBytes, stdinOf, textResult } from "./bytes";

/** `xxd [-p] [-r] [-u] [-l length] [-c columns] [-s skip] [file]`: bytes as hexadecimal, and back. Source: xxd(1). */
export const xxd = defineCommand("xxd", async (args: string[], ctx: ResolvedCommandContext) => {
  const flags = new Set<string>();
  const numbers: Record<string, number> = {};
  const files: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const option = /^-([lcsg])(\d*)$/.exec(args[i]);
    if (option) {
      const value = Number(option[2] || args[++i]);
      if (!Number.isInteger(value) || value < 0) return textResult("", `xxd: invalid number for -${option[1]}\n`, 1);
      numbers[option[1]] = value;
    } else if (/^-(p|ps|r|u|i|plain)$/.test(args[i])) flags.add(args[i][1]);
    else if (/^-.+/.test(args[i])) return textResult("", `xxd: unknown option ${args[i]}\n`, 1);
    else files.push(args[i]);
  }
  const all = files.length ? await readBytes(ctx, files[0]) : stdinOf(ctx);
  if (!all) return textResult("", `xxd: ${files[0]}: No such file or directory\n`, 2);
  if (flags.has("r")) {
    const text = new TextDecoder().decode(all);
    const hex = flags.has("p") ? text : text.replace(/^[0-9a-f]+:\s?/gim, "").replace(/ {2}.*$/gm, "");
    const digits = hex.replace(/[^0-9a-f]/gi, "");
    return bytesResult(Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16)));
  }
  const skip = numbers.s ?? 0;
  const bytes = all.subarray(skip, numbers.l === undefined ? undefined : skip + numbers.l);
  const hexOf = (byte: number): string => {
    const hex = byte.toString(16).padStart(2, "0");
    return flags.has("u") ? hex.toUpperCase() : hex;
  };
  if (flags.has("p")) {
    const width = numbers.c || 30;
    let out = "";
    for (let at = 0; at < bytes.length; at += width) out += `${Array.from(bytes.subarray(at, at + width), hexOf).join("")}\n`;
    return textResult(out);
  }
  const width = numbers.c || 16;
  const group = numbers.g || 2;
  const full = width * 2 + Math.ceil(width / group);
  let out = "";
  for (let at = 0; at < bytes.length; at += width) {
    const row = Array.from(bytes.subarray(at, at + width));
    let hex = "";
    row.forEach((byte, index) => (hex += hexOf(byte) + ((index + 1) % group === 0 || index === width - 1 ? " " : "")));
    out += `${(skip + at).toString(16).padStart(8, "0")}: ${hex.padEnd(full)} ${row.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : ".")).join("")}\n`;
  }
  return textResult(out);
});
