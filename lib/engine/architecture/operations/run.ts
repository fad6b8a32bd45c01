import { ok } from "../../errors";
import type { JsonObject, Operation } from "../../types";
import type { AttackName, ProtectionName } from "../names";
import { protectionNames } from "../names";
import { outputOf } from "../output";
import { run } from "../run";
import { clock, usersSentence } from "../words";

interface Input {
  Attack: AttackName;
  Protections?: ProtectionName[];
  LoseZone?: boolean;
  Seconds?: number;
  Seed?: number;
}

/**
 * Runs the reference architecture against an attack, beside users, in a time of its own: nothing in the lab is read or changed, and the
 * same input gives the same answer. Protections: those that stand; all of them unless given. Seconds: 60 to 1800, 600 unless given. What
 * happened when is on the trace, and the first request that a rule stopped with its way through the web ACL. Output: `RunOutput`.
 */
export const Run: Operation = {
  name: "Run",
  authorise: () => undefined,
  cost: () => [],
  handle({ Attack, Protections = [...protectionNames], LoseZone = false, Seconds = 600, Seed = 1 }: Input, ctx) {
    const protections = protectionNames.filter((name) => Protections.includes(name));
    const options = { attack: Attack, protections, loseZone: LoseZone, seconds: Seconds, seed: Seed };
    const result = run(options);
    const output = outputOf(options, result);
    for (const { Protection, Why } of output.Idle) ctx.note({ kind: "check", what: Protection, ok: false, detail: `it does nothing here, since ${Why}` });
    for (const { at, detail, what } of result.events) ctx.note({ kind: "check", what: `at ${clock(at)}`, ok: what !== "ZONE_LOST", detail: detail.replace(/\.$/, "") });
    if (result.firstStopped) ctx.note({ kind: "inspection", ...structuredClone(result.firstStopped) });
    ctx.note({ kind: "check", what: "users", ok: output.Users.SuccessRateUnderAttack >= 0.99, detail: usersSentence(output).replace(/\.$/, "") });
    return ok(output as unknown as JsonObject);
  },
};
