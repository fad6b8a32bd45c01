import type { PolicyWarning } from "@/lib/engine/iam/policy/warnings";
import type { EditorMarker } from "./types";

export const severityOf: Record<PolicyWarning["level"], EditorMarker["severity"]> = { error: "error", warning: "warning", hint: "info" };
const WORDS: Record<PolicyWarning["level"], [one: string, more: string]> = {
  error: ["error", "errors"],
  warning: ["warning", "warnings"],
  hint: ["hint", "hints"],
};

export const markersOf = (warnings: readonly PolicyWarning[]): EditorMarker[] =>
  warnings.map(({ level, code, message, offset, length }) => ({ severity: severityOf[level], code, message, offset, length }));

/** "1 error, 2 warnings"; what there is none of is left out. */
export function countWords(warnings: readonly PolicyWarning[]): string {
  const parts = (Object.keys(WORDS) as PolicyWarning["level"][]).flatMap((level) => {
    const count = warnings.filter((warning) => warning.level === level).length;
    return count ? [`${count} ${WORDS[level][count === 1 ? 0 : 1]}`] : [];
  });
  return parts.join(", ") || "No errors or warnings";
}

/** Line of an offset, from 1. */
export function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}
