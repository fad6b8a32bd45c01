import type { Crowd, EndOutcome, PartName } from "@/lib/engine/architecture/names";
import type { RunOutput } from "@/lib/engine/architecture/output";
import { cameTo, goesAround, hasWebAcl, wayOf } from "@/lib/engine/architecture/way";

/** What is drawn of one step of a run: how much flows where, and what ends at each part. Rates are per second. */

export type Place = PartName | "USERS" | "ATTACKERS";

export interface Flow {
  crowd: Crowd;
  from: Place;
  to: PartName;
  perSecond: number;
  /** 0 to 1, of the most that this crowd has sent in any step. */
  strength: number;
}

export interface Ended {
  crowd: Crowd;
  part: PartName;
  outcome: EndOutcome;
  perSecond: number;
}

export interface Drawn {
  flows: Flow[];
  ends: Ended[];
  /** Parts that are away. */
  away: PartName[];
  around: boolean;
}

/** Parts that data flows through; AWS WAF is asked by one of them, and hangs on it. */
const carried = (part: PartName): boolean => part !== "WAF";

export function drawnAt(output: RunOutput, at: number): Drawn {
  const step = output.Timeline[at];
  const seconds = lengthOf(output, at);
  const flows = (["USERS", "ATTACKERS"] as const).flatMap((crowd): Flow[] => {
    const sent = crowd === "USERS" ? step.Users.Sent : step.Attackers.Sent;
    const most = Math.max(1, ...output.Timeline.map((each, place) => (crowd === "USERS" ? each.Users.Sent : each.Attackers.Sent) / lengthOf(output, place)));
    const way = wayOf(crowd, output).filter(carried);
    return way.flatMap((to, place) => {
      const count = cameTo(to, crowd, sent, step.Ends);
      return count > 0 ? [{ crowd, from: place ? way[place - 1] : crowd, to, perSecond: count / seconds, strength: Math.min(1, count / seconds / most) }] : [];
    });
  });
  const away: PartName[] = [...(output.Protections.includes("CLOUDFRONT") ? [] : (["CLOUDFRONT"] as const)), ...(hasWebAcl(output) ? [] : (["WAF"] as const))];
  return { flows, ends: step.Ends.map(({ Crowd, Part, Outcome, Count }) => ({ crowd: Crowd, part: Part, outcome: Outcome, perSecond: Count / seconds })), away, around: goesAround(output) };
}

/** Seconds of a step; the last may be shorter. */
export const lengthOf = ({ StepSeconds, Seconds }: Pick<RunOutput, "StepSeconds" | "Seconds">, at: number): number => Math.min(StepSeconds, Seconds - at * StepSeconds);

/** `1,240`, `2.0 M`: short enough for a drawing. */
export function short(perSecond: number): string {
  if (perSecond >= 1e6) return `${(perSecond / 1e6).toFixed(1)} M`;
  if (perSecond >= 10_000) return `${Math.round(perSecond / 1_000)} k`;
  if (perSecond >= 10) return String(Math.round(perSecond)).replace(/\B(?=(\d{3})+$)/g, ",");
  return perSecond >= 0.95 || perSecond === 0 ? String(Math.round(perSecond)) : perSecond.toFixed(1);
}
