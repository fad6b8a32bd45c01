import { type ResolvedCommandContext, defineCommand } from "just-bash/browser";
import { fromBase64, toBase64 } from "../aws/values";
import { readBytes, textResult, writeBytes } from "./bytes";

/** A Windows path in this file system: `.\a` is `./a`, a drive letter is dropped. */
const toUnix = (path: string): string => path.replaceAll("\\", "/").replace(/^[A-Za-z]:/, "");

const failures = {
  missing: ["0x80070002 (WIN32: 2 ERROR_FILE_NOT_FOUND)", "The system cannot find the file specified."],
  exists: ["0x80070050 (WIN32: 80 ERROR_FILE_EXISTS)", "The file exists."],
  invalid: ["0x8007000d (WIN32: 13 ERROR_INVALID_DATA)", "The data is invalid."],
} as const;

const failed = (verb: string, step: string, which: keyof typeof failures) => {
  const [code, words] = failures[which];
  return textResult(`${step} returned ${words} ${code}\nCertUtil: -${verb} command FAILED: ${code}\nCertUtil: ${words}\n`, "", 1);
};

/**
 * Windows' `certutil -decode in out` and `certutil -encode in out`, `-f` to overwrite. Decoding takes base64 with or
 * without a PEM header; encoding writes the header and lines of 64 characters that end in CR LF. As on Windows an output file
 * that exists is refused without `-f`, except where it holds these very bytes already: then nothing would be lost.
 * Source: Windows Server documentation, certutil.
 */
export const certutil = defineCommand("certutil", async (args: string[], ctx: ResolvedCommandContext) => {
  const options = args.filter((arg) => /^[-/][a-z]+$/i.test(arg)).map((arg) => arg.slice(1).toLowerCase());
  const files = args.filter((arg) => !/^[-/][a-z]+$/i.test(arg)).map(toUnix);
  const verb = options.find((option) => option === "decode" || option === "encode");
  if (!verb) return textResult(`CertUtil: this terminal has -decode and -encode alone.\n`, "", 1);
  const [from, to] = files;
  if (!from || !to)
    return textResult(
      `Expected no more than 2 args, received ${files.length}\nCertUtil: Missing argument\n\nUsage:\n  CertUtil [Options] -${verb} InFile OutFile\n`,
      "",
      1,
    );

  const step = verb === "decode" ? "DecodeToFile" : "EncodeToFile";
  const input = await readBytes(ctx, from);
  if (!input) return failed(verb, step, "missing");
  let output: Uint8Array;
  if (verb === "encode") {
    const lines = toBase64(input).match(/.{1,64}/g) ?? [];
    output = new TextEncoder().encode(["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\r\n"));
  } else {
    const text = new TextDecoder().decode(input);
    const pem = /-----BEGIN [^-]*-----([\s\S]*?)-----END [^-]*-----/.exec(text)?.[1] ?? text;
    if (!/^[A-Za-z0-9+/=\s]+$/.test(pem)) return failed(verb, step, "invalid");
    try {
      output = fromBase64(pem);
    } catch {
      return failed(verb, step, "invalid");
    }
  }
  const present = options.includes("f") ? undefined : await readBytes(ctx, to);
  if (present && !(present.length === output.length && present.every((byte, index) => byte === output[index])))
    return failed(verb, step, "exists");
  await writeBytes(ctx, to, output);
  return textResult(
    `Input Length = ${input.length}\nOutput Length = ${output.length}\nCertUtil: -${verb} command completed successfully.\n`,
  );
});

/**
 * Backslashes of a Windows command line are separators, to a Unix shell they are escapes: in `certutil` commands those
 * outside quotes are doubled.
 */
export function keepWindowsPaths(input: string): string {
  return input.replace(
    /(^|[;&|({])([ \t]*)certutil(?:\.exe)?(?=[ \t])([^;&|\n]*)/gim,
    (_whole, before: string, space: string, rest: string) => {
      const kept = rest.replace(/"[^"]*"|'[^']*'|\\+/g, (part) => (part.startsWith("\\") ? part.replaceAll("\\", "\\\\") : part));
      return `${before}${space}certutil${kept}`;
    },
  );
}
