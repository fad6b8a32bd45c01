import { fail, ok } from "../../errors";
import type { Context, JsonObject, Operation } from "../../types";
import { webAclOf } from "../automatic-response";
import { mitigate } from "../mitigation";
import { protectedType } from "../resources";
import { type AttackRow, type Counter, type SubResource, attacks } from "../state";

interface Recorded {
  AttackId?: string;
  ResourceArn: string;
  /** Epoch seconds. */
  StartTime: number;
  EndTime?: number;
  /** In place of an end: the lab's clock ends it so many seconds after its start. */
  DurationSeconds?: number;
  SubResources: SubResource[];
  AttackCounters?: Counter[];
  AttackProperties?: JsonObject[];
  Mitigations?: { MitigationName?: string }[];
}

/**
 * Writes down an attack that Shield saw on a resource of this account, or, with its id, how one goes on: without an EndTime it is
 * under way. Where requests flood a resource with automatic mitigation, Shield's rules follow. This is the door for simulated traffic: Shield itself has no call for it.
 * Errors: InvalidAttack (a resource that Shield does not know, an end before the start, an end and a duration).
 */
export const RecordAttack: Operation = {
  name: "RecordAttack",
  authorise: () => undefined,
  cost: () => [],
  handle({ AttackId, ResourceArn, StartTime, EndTime, DurationSeconds, SubResources, AttackCounters = [], AttackProperties = [], Mitigations = [] }: Recorded, ctx) {
    if (!protectedType(ResourceArn)) return fail("InvalidAttack", `${ResourceArn} is nothing that Shield looks at.`);
    if (EndTime !== undefined && EndTime < StartTime) return fail("InvalidAttack", "The attack ends before it starts.");
    if (EndTime !== undefined && DurationSeconds !== undefined) return fail("InvalidAttack", "An attack has an end or a duration, not both.");
    if (AttackId !== undefined && attacks(ctx.db).get(AttackId)?.ResourceArn !== ResourceArn) return fail("InvalidAttack", `There is no attack ${AttackId} on ${ResourceArn}.`);
    const id = AttackId ?? ctx.newId();
    const row: AttackRow = structuredClone({ AttackId: id, ResourceArn, StartTime: StartTime * 1000, SubResources, AttackCounters, AttackProperties, Mitigations, ...(EndTime === undefined ? {} : { EndTime: EndTime * 1000 }) });
    attacks(ctx.db).put(id, row);
    if (DurationSeconds !== undefined) ctx.schedule({ id: `attack ${id}`, due: row.StartTime + DurationSeconds * 1000, kind: "attack-ends", args: { AttackId: id } });
    else ctx.unschedule(`attack ${id}`);
    mitigate(ctx, webAclOf(ctx, ResourceArn));
    return ok({ AttackId: id });
  },
};

/** The time of an attack that was given a duration is over. */
export function attackEnds({ AttackId }: { AttackId: string }, ctx: Context): void {
  const known = attacks(ctx.db).get(AttackId);
  if (!known || known.EndTime !== undefined) return;
  attacks(ctx.db).edit(AttackId).EndTime = ctx.now;
  mitigate(ctx, webAclOf(ctx, known.ResourceArn));
}
