import type { Attack } from "./attacks";
import type { Bill } from "./bill";
import type { Firewall, FirewallEvent } from "./firewall";
import type { AttackName, Crowd, PartName, ProtectionName } from "./names";
import type { OriginEvent } from "./origin";
import type { End } from "./tally";

/** What a run is asked with, and what it gives. Times in seconds from its beginning. */

export interface RunOptions {
  attack: AttackName;
  /** Those that stand. */
  protections: readonly ProtectionName[];
  /** A zone fails halfway. */
  loseZone: boolean;
  seconds: number;
  seed: number;
}

export interface RunEvent {
  at: number;
  part: PartName;
  what: FirewallEvent["what"] | OriginEvent["what"] | "ATTACK_BEGINS" | "ATTACK_ENDS" | "MITIGATED";
  detail: string;
}

export interface RunStep {
  at: number;
  users: { sent: number; answered: number };
  attackers: number;
  ends: Omit<End, "by">[];
  p50?: number;
  p95?: number;
  instances: number;
  launching: number;
  /** 0 to 1, the mean of the step. */
  utilisation: number;
  /** Connections that slow requests hold, at the end of the step. */
  held: number;
  /** What the run has cost up to its end, and the attack's part of that. */
  usd: number;
  attackUsd: number;
}

export interface RunResult {
  attack: Attack;
  attackFrom: number;
  attackUntil: number;
  stepSeconds: number;
  steps: RunStep[];
  ends: End[];
  sent: Record<Crowd, number>;
  /** Of users, 0 to 1: over the run, and while the attack ran. */
  success: number;
  successUnderAttack: number;
  p50?: number;
  p95?: number;
  p95UnderAttack?: number;
  /** Attacking requests that carry something harmful and that the application has seen. */
  harmfulReached: number;
  instances: { most: number; atEnd: number };
  events: RunEvent[];
  bill: Bill;
  firstStopped?: Firewall["first"];
}
