import { attacks } from "./attacks";
import type { EndReason, PartName } from "./names";
import type { RunOutput } from "./output";
import { shieldRuleName, rateRuleName } from "./web-acl";

/** What a run says, in words that page, terminal and figure share. Everything follows from its answer. */

export const partTitles: Record<PartName, string> = { ROUTE_53: "Route 53", CLOUDFRONT: "CloudFront", WAF: "AWS WAF", LOAD_BALANCER: "Load balancer", INSTANCES: "Instances" };

const reasons: Record<EndReason, string> = {
  CACHE: "answered from the cache",
  EDGE_MITIGATION: "stopped by Shield, inline at the edge",
  INCOMPLETE_REQUEST: "closed: CloudFront sends on whole requests only",
  REGIONAL_MITIGATION: "stopped by the mitigation that Shield has placed",
  LISTENER_PORTS: "stopped: neither a listener nor a security group takes UDP",
  CONNECTION_TABLE: "held in the table of connections, which they fill",
  FULL_CONNECTION_TABLE: "lost: the table of connections is full",
  FULL_LINE: "lost: the line is full",
  FULL_NODES: "lost: the load balancer's nodes are full",
  NO_NODE: "lost: the load balancer has no node left",
  NO_INSTANCE: "lost: no instance is there",
  APPLICATION: "answered by the application",
  TOO_LATE: "lost: the answer came too late",
  FULL_QUEUE: "lost: too much work waits",
  NO_WORKER: "lost: no connection is free",
  QUERY_ANSWERED: "answered, and paid for by the million",
};

/** How one kind of end is told. */
export function endWords({ Crowd, By, Outcome }: Pick<RunOutput["Ends"][number], "Crowd" | "By" | "Outcome">): string {
  if (Object.hasOwn(reasons, By)) return Crowd === "ATTACKERS" && By === "APPLICATION" ? "reached the application" : reasons[By as EndReason];
  const rule = By === shieldRuleName ? `${By}, which Shield Advanced has placed` : By.replace("/", ": ");
  return `${Outcome === "STOPPED" ? "blocked" : "seen"} by ${By === rateRuleName ? `the rate-based rule ${By}` : `the rule ${rule}`}`;
}

/** `12,580`; from ten million on in millions. */
export const number = (count: number): string => (count >= 1e7 ? `${Math.round(count / 1e5) / 10} million` : String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ","));
/** `98.4%`; never 100% where something is missing, nor 0% where there is something. */
export function percent(share: number): string {
  const shown = Math.round(share * 1_000) / 10;
  if (shown === 100 && share < 1) return "99.9%";
  if (shown === 0 && share > 0) return "under 0.1%";
  return `${shown}%`;
}
export const milliseconds = (ms: number | undefined): string => (ms === undefined ? "none" : ms < 1_000 ? `${ms} ms` : `${(ms / 1_000).toFixed(1)} s`);
/** Cents, and tenths of them where there is little. */
export const usd = (amount: number): string => `$${amount.toFixed(amount < 10 ? 3 : 2).replace(/\B(?=(\d{3})+\.)/g, ",")}`;
export const clock = (sec: number): string => `${Math.floor(sec / 60)}:${String(sec % 60).padStart(2, "0")}`;

/** How users fared. */
export function usersSentence({ Users, Attack }: RunOutput): string {
  const rate = Attack === "NONE" ? Users.SuccessRate : Users.SuccessRateUnderAttack;
  const p95 = Attack === "NONE" ? Users.P95Ms : Users.P95UnderAttackMs;
  const when = Attack === "NONE" ? "" : " while the attack ran";
  if (rate === 0) return `No user had an answer${when}.`;
  return `${rate === 1 ? "Every request of users" : `${percent(rate)} of users' requests`} ${rate === 1 ? "was" : "were"} answered${when}, 95% of them within ${milliseconds(p95)}.`;
}

/** What became of the attack; undefined where there was none. */
export function attackSentence({ Attack, Attackers, Ends }: RunOutput): string | undefined {
  if (Attack === "NONE") return undefined;
  const { Unit, Sent, HarmfulReached } = Attackers;
  const harmful = Attack === "SQL_INJECTION" || Attack === "CROSS_SITE_SCRIPTING";
  const most = Ends.find(({ Crowd }) => Crowd === "ATTACKERS");
  if (!most) return `Nothing of ${attacks[Attack].title} came.`;
  const first = `Of ${number(Sent)} ${Unit}, ${most.Count === Sent ? "all" : number(most.Count)} ended at ${partTitles[most.Part]}: ${endWords(most)}.`;
  if (!harmful) return first;
  return HarmfulReached ? `${HarmfulReached === Sent ? "All" : number(HarmfulReached)} of ${number(Sent)} harmful requests reached the application.` : `${first} No harmful request reached the application.`;
}

export function billSentence({ Bill }: RunOutput): string {
  const parts = [`The run cost ${usd(Bill.Usd)}${Bill.AttackUsd >= 0.0005 ? `, ${usd(Bill.AttackUsd)} of it because of the attack` : ""}.`];
  for (const { What, Usd } of Bill.Monthly) parts.push(`Beside it: ${usd(Usd)} a month for ${What}.`);
  if (Bill.AttackUsd >= 0.0005) parts.push(Bill.Credits.Usd >= 0.0005 ? `${usd(Bill.Credits.Usd)} can be asked for as credits.` : `There are no credits to ask for. ${Bill.Credits.Why}`);
  return parts.join(" ");
}

/** All of it, for those who read or hear it. */
export const sentences = (output: RunOutput): string[] => [usersSentence(output), ...[attackSentence(output) ?? []].flat(), billSentence(output)];
