import type { AttackName, AttackUnit, Crowd, EndOutcome, PartName, ProtectionName } from "./names";
import { simplified } from "./model";
import { protections } from "./protections";
import type { RunOptions, RunResult } from "./result";

/** What the operation Run answers. Times in seconds from the run's beginning, rates from 0 to 1, money in US dollars. */
export interface RunOutput {
  Attack: AttackName;
  /** Those that stood, in the architecture's order. */
  Protections: ProtectionName[];
  /** Of those, the ones that could do nothing here. */
  Idle: { Protection: ProtectionName; Why: string }[];
  LoseZone: boolean;
  Seconds: number;
  Seed: number;
  AttackFrom: number;
  AttackUntil: number;
  Users: { Sent: number; Answered: number; SuccessRate: number; SuccessRateUnderAttack: number; P50Ms?: number; P95Ms?: number; P95UnderAttackMs?: number };
  Attackers: { Unit: AttackUnit; Sent: number; Stopped: number; Absorbed: number; Reached: number; Lost: number; HarmfulReached: number };
  /** Every request, packet or query once, the most first. */
  Ends: { Crowd: Crowd; Part: PartName; Outcome: EndOutcome; By: string; Count: number }[];
  StepSeconds: number;
  Timeline: RunOutputStep[];
  Instances: { Most: number; AtEnd: number };
  Events: { At: number; Part: PartName; Type: string; Detail: string }[];
  Bill: { Lines: { Part: PartName; What: string; Quantity: number; Unit: string; Usd: number; AttackUsd: number; Note?: string }[]; Usd: number; AttackUsd: number; Monthly: { What: string; Usd: number }[]; Credits: { Usd: number; Why: string } };
  Simplified: string[];
}

export interface RunOutputStep {
  At: number;
  Users: { Sent: number; Answered: number };
  Attackers: { Sent: number };
  Ends: { Crowd: Crowd; Part: PartName; Outcome: EndOutcome; Count: number }[];
  P50Ms?: number;
  P95Ms?: number;
  Instances: number;
  Launching: number;
  Utilisation: number;
  Held: number;
  /** Up to the end of the step. */
  Usd: number;
  AttackUsd: number;
}

const given = <T extends object>(members: T): T => Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
const cents = (usd: number): number => Math.round(usd * 1e6) / 1e6;
const share = (part: number): number => Math.round(part * 1e5) / 1e5;

/** Protections that do nothing without another that is not there, or with nothing that they could act on. */
export function idle(standing: readonly ProtectionName[]): RunOutput["Idle"] {
  return standing.flatMap((Protection) => {
    const { needs } = protections[Protection];
    return needs && !standing.includes(needs.name) ? [{ Protection, Why: needs.why }] : [];
  });
}

export function outputOf(options: RunOptions, result: RunResult): RunOutput {
  const of = (outcome: EndOutcome): number => result.ends.reduce((sum, end) => (end.crowd === "ATTACKERS" && end.outcome === outcome ? sum + end.count : sum), 0);
  const answered = result.ends.reduce((sum, end) => (end.crowd === "USERS" && end.outcome === "ANSWERED" ? sum + end.count : sum), 0);
  const { bill } = result;
  return {
    Attack: options.attack, Protections: [...options.protections], Idle: idle(options.protections), LoseZone: options.loseZone, Seconds: options.seconds, Seed: options.seed,
    AttackFrom: result.attackFrom, AttackUntil: result.attackUntil,
    Users: given({
      Sent: result.sent.USERS, Answered: answered, SuccessRate: share(result.success), SuccessRateUnderAttack: share(result.successUnderAttack),
      P50Ms: result.p50, P95Ms: result.p95, P95UnderAttackMs: result.p95UnderAttack,
    }),
    Attackers: { Unit: result.attack.unit, Sent: result.sent.ATTACKERS, Stopped: of("STOPPED"), Absorbed: of("ABSORBED"), Reached: of("REACHED"), Lost: of("LOST"), HarmfulReached: result.harmfulReached },
    Ends: [...result.ends].sort((a, b) => b.count - a.count).map(({ crowd, part, outcome, by, count }) => ({ Crowd: crowd, Part: part, Outcome: outcome, By: by, Count: count })),
    StepSeconds: result.stepSeconds,
    Timeline: result.steps.map((step) =>
      given({
        At: step.at, Users: { Sent: step.users.sent, Answered: step.users.answered }, Attackers: { Sent: step.attackers },
        Ends: step.ends.map(({ crowd, part, outcome, count }) => ({ Crowd: crowd, Part: part, Outcome: outcome, Count: count })),
        P50Ms: step.p50, P95Ms: step.p95, Instances: step.instances, Launching: step.launching, Utilisation: step.utilisation, Held: step.held, Usd: cents(step.usd), AttackUsd: cents(step.attackUsd),
      }),
    ),
    Instances: { Most: result.instances.most, AtEnd: result.instances.atEnd },
    Events: result.events.map(({ at, part, what, detail }) => ({ At: at, Part: part, Type: what, Detail: detail })),
    Bill: {
      Lines: bill.lines.map(({ part, what, quantity, unit, usd, attackUsd, note }) => given({ Part: part, What: what, Quantity: Math.round(quantity * 1e4) / 1e4, Unit: unit, Usd: cents(usd), AttackUsd: cents(attackUsd), Note: note })),
      Usd: cents(bill.usd), AttackUsd: cents(bill.attackUsd), Monthly: bill.monthly.map(({ what, usd }) => ({ What: what, Usd: usd })), Credits: { Usd: cents(bill.credits.usd), Why: bill.credits.why },
    },
    Simplified: simplified,
  };
}

