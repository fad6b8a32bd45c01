import { limits } from "./limits";

/**
 * What an invocation printed, as its log will have it: at most `limits.output` bytes, then a line that says so. `text` is the
 * whole of it at any moment, so that a run which is stopped keeps what it had printed.
 */
export interface Output {
  /** False where nothing more is kept: hosts need not send more. */
  write(text: string): boolean;
  text(): string;
}

const encoder = new TextEncoder();

export function collectOutput(most: number = limits.output): Output {
  const parts: string[] = [];
  let left = most;
  let cut = false;
  return {
    write(text) {
      if (cut) return false;
      const bytes = encoder.encode(text);
      if (bytes.length <= left) {
        left -= bytes.length;
        parts.push(text);
        return true;
      }
      cut = true;
      // Half a character is none.
      const kept = new TextDecoder().decode(bytes.subarray(0, left)).replace(/\ufffd+$/, "");
      parts.push(`${kept}${kept.endsWith("\n") || !kept ? "" : "\n"}[Keyhole keeps ${most / 1024} KB of what an invocation prints. The rest is left out.]\n`);
      return false;
    },
    text: () => parts.join(""),
  };
}
