import type { AttackSummary } from "../load-shield";

/** The end of the fifteenth day after the month in which the attack was, ms. Source: `costProtection`. */
export function lastDay({ StartTime }: Pick<AttackSummary, "StartTime">): number {
  const begun = new Date(StartTime * 1000);
  return Date.UTC(begun.getUTCFullYear(), begun.getUTCMonth() + 1, 16) - 1;
}
