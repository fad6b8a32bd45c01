import { attacks } from "./attacks";
import type { Crowd, PartName } from "./names";
import { partNames } from "./names";
import type { RunOutput } from "./output";

/** The way that a crowd takes through the architecture, and how many come to each of its parts: read from a run's answer. */

type Set = Pick<RunOutput, "Attack" | "Protections">;
type Ends = readonly Pick<RunOutput["Ends"][number], "Crowd" | "Part" | "Outcome" | "Count">[];

/** Whether an attacker who knows the load balancer's name goes there, past CloudFront and its web ACL. */
export const goesAround = ({ Attack, Protections }: Set): boolean => Attack !== "NONE" && !attacks[Attack].at && Protections.includes("CLOUDFRONT") && !Protections.includes("CLOSED_ORIGIN");

export const hasWebAcl = ({ Protections }: Pick<Set, "Protections">): boolean => Protections.includes("RATE_RULE") || Protections.includes("MANAGED_RULES");

/** The parts that a crowd's requests pass, in their order. AWS WAF comes after CloudFront, though it is asked before the cache. */
export function wayOf(crowd: Crowd, set: Set): PartName[] {
  const edge = set.Protections.includes("CLOUDFRONT");
  const whole: PartName[] = ["ROUTE_53", ...(edge ? (["CLOUDFRONT"] as const) : []), ...(hasWebAcl(set) ? (["WAF"] as const) : []), "LOAD_BALANCER", "INSTANCES"];
  if (crowd === "USERS") return whole;
  const { at, unit } = attacks[set.Attack];
  if (at) return [at];
  const around = goesAround(set);
  // Packets need no name: they go to an address.
  if (unit === "packets") return [edge && !around ? "CLOUDFRONT" : "LOAD_BALANCER"];
  if (around) return ["LOAD_BALANCER", "INSTANCES"];
  return set.Attack === "SLOW_REQUESTS" && edge ? ["ROUTE_53", "CLOUDFRONT"] : whole;
}

/** How many of a crowd come to a part that is on its way, of those that set out. What the cache answers has come to AWS WAF before. */
export function cameTo(part: PartName, crowd: Crowd, sent: number, ends: Ends): number {
  const place = partNames.indexOf(part);
  let left = sent;
  for (const { Crowd, Part, Outcome, Count } of ends) {
    const byCache = Part === "CLOUDFRONT" && (Outcome === "ANSWERED" || Outcome === "ABSORBED");
    if (Crowd === crowd && partNames.indexOf(Part) < place && !(part === "WAF" && byCache)) left -= Count;
  }
  return left;
}
