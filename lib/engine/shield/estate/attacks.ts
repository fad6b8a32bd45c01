import { fail, ok } from "../../errors";
import type { JsonObject, Operation } from "../../types";
import { protectedType } from "../resources";
import { type AttackRow, type Counter, type SubResource, attacks } from "../state";

interface Recorded {
  AttackId?: string;
  ResourceArn: string;
  /** Epoch seconds. */
  StartTime: number;
  EndTime?: number;
  SubResources: SubResource[];
  AttackCounters?: Counter[];
  AttackProperties?: JsonObject[];
  Mitigations?: { MitigationName?: string }[];
}

/**
 * Writes down an attack that Shield saw on a resource of this account, or, with its id, how one goes on: without an EndTime it is
 * under way. This is the door for simulated traffic: Shield itself has no call for it.
 * Errors: InvalidAttack (a resource that Shield does not know, an end before the start).
 */
export const RecordAttack: Operation = {
  name: "RecordAttack",
  authorise: () => undefined,
  cost: () => [],
  handle({ AttackId, ResourceArn, StartTime, EndTime, SubResources, AttackCounters = [], AttackProperties = [], Mitigations = [] }: Recorded, ctx) {
    if (!protectedType(ResourceArn)) return fail("InvalidAttack", `${ResourceArn} is nothing that Shield looks at.`);
    if (EndTime !== undefined && EndTime < StartTime) return fail("InvalidAttack", "The attack ends before it starts.");
    if (AttackId !== undefined && attacks(ctx.db).get(AttackId)?.ResourceArn !== ResourceArn) return fail("InvalidAttack", `There is no attack ${AttackId} on ${ResourceArn}.`);
    const id = AttackId ?? ctx.newId();
    const row: AttackRow = structuredClone({ AttackId: id, ResourceArn, StartTime: StartTime * 1000, SubResources, AttackCounters, AttackProperties, Mitigations, ...(EndTime === undefined ? {} : { EndTime: EndTime * 1000 }) });
    attacks(ctx.db).put(id, row);
    return ok({ AttackId: id });
  },
};
