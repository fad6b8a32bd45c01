import type { AttackName, ProtectionName } from "./names";
import { protectionNames } from "./names";
import { outputOf, type RunOutput } from "./output";
import { run } from "./run";

export const all: ProtectionName[] = [...protectionNames];
export const without = (...names: ProtectionName[]): ProtectionName[] => all.filter((name) => !names.includes(name));

const known = new Map<string, RunOutput>();
/** Of 300 seconds with the seed 1, each run once. */
export function runOf(attack: AttackName, protections: ProtectionName[], more: { loseZone?: boolean; seconds?: number; seed?: number } = {}): RunOutput {
  const options = { attack, protections, loseZone: false, seconds: 300, seed: 1, ...more };
  const key = JSON.stringify(options);
  if (!known.has(key)) known.set(key, outputOf(options, run(options)));
  return known.get(key)!;
}
/** How many attacking requests or packets ended so; a group's rules are counted together. */
export const ended = ({ Ends }: RunOutput, part: string, by: string): number => Ends.filter(({ Crowd, Part, By }) => Crowd === "ATTACKERS" && Part === part && (By === by || By.startsWith(`${by}/`))).reduce((sum, { Count }) => sum + Count, 0);
