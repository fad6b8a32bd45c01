import { compile } from "@/lib/engine/events/pattern/compile";

/** Bytes. Source: EventBridge User Guide, Amazon EventBridge quotas. */
export const mostPatternBytes = 2_048;

/** What AWS would answer to a pattern, and where in the text; undefined where it takes it. */
export function patternProblem(text: string): { message: string; offset: number } | undefined {
  const compiled = compile(text);
  if (compiled.ok) return undefined;
  const [message] = compiled.reason.split("\n at [Source:");
  const place = /; line: (\d+), column: (\d+)\]$/.exec(compiled.reason);
  const before = text.split("\n").slice(0, Number(place?.[1] ?? 1) - 1);
  const start = before.reduce((sum, line) => sum + line.length + 1, 0);
  return { message, offset: Math.min(text.length, start + Math.max(0, Number(place?.[2] ?? 1) - 1)) };
}
