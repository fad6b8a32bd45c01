import type { ProtectionName } from "@/lib/engine/architecture/names";
import type { RunOutput } from "@/lib/engine/architecture/output";
import { protections } from "@/lib/engine/architecture/protections";
import { number, percent } from "@/lib/engine/architecture/words";

/** Which protections matter against an attack, in a sentence: read from runs with all of them, and with all but one. */
export function worth(all: RunOutput, others: readonly (readonly [ProtectionName, RunOutput])[]): string {
  const harm = others.filter(([, { Attackers }]) => Attackers.HarmfulReached > all.Attackers.HarmfulReached).map(([name, { Attackers }]) => ({ name, size: 1 + Attackers.HarmfulReached, text: `without ${titleOf(name)}, ${number(Attackers.HarmfulReached)} harmful requests reach the application` }));
  const rate = all.Users.SuccessRateUnderAttack;
  const loss = others.filter(([, { Users }]) => Users.SuccessRateUnderAttack < rate - 0.005).map(([name, { Users }]) => ({ name, size: rate - Users.SuccessRateUnderAttack, text: `without ${titleOf(name)}, ${percent(Users.SuccessRateUnderAttack)} of users’ requests are answered instead of ${percent(rate)}` }));
  const cost = others.filter(([, { Bill }]) => net(Bill) > net(all.Bill) + 0.05).map(([name, { Bill }]) => ({ name, size: 0, text: `without ${titleOf(name)}, $${(net(Bill) - net(all.Bill)).toFixed(2)} more of the attack’s cost stay yours` }));
  const found = [...harm, ...loss].sort((a, b) => b.size - a.size);
  const told = [...found, ...cost.filter(({ name }) => !found.some((each) => each.name === name))];
  if (!told.length) return "No single protection makes the difference here: whatever one is taken away, the others hold.";
  const text = told.slice(0, 3).map((each) => each.text);
  return `${text.join("; ").replace(/^w/, "W")}.${told.length > 3 ? ` ${told.length - 3} more make a difference.` : ""}`;
}

const titleOf = (name: ProtectionName): string => protections[name].title.replace(/^(Caching|Rate|Managed|Closed|Second)/, (word) => word.toLowerCase()).replace(/^(rate-based rule|closed origin|second zone)/, "the $1").replace(/^managed rule groups/, "the managed rule groups");
/** What the attack cost, less what can be asked back. */
const net = ({ AttackUsd, Credits }: RunOutput["Bill"]): number => AttackUsd - Credits.Usd;
