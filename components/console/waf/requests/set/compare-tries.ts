import { changeOf, emptyConfusion, type ComparedRow, type Confusion } from "@/lib/engine/wafv2/requests/compare";
import type { SavedKind, SavedRequest } from "@/lib/engine/wafv2/requests/saved";
import { savedKinds } from "@/lib/engine/wafv2/requests/saved";
import type { VerdictOutcome } from "@/lib/engine/wafv2/requests/verdict";
import type { Tried } from "../try-requests";

/** Stopped: it does not reach what is behind. */
export const isStopped = (outcome: VerdictOutcome): boolean => outcome === "blocked" || outcome === "challenged";

export type Rightness = "right" | "missed" | "false alarm";
/** Whether it came out as it should. */
export const rightness = (harmful: boolean, { outcome }: Tried): Rightness => (isStopped(outcome) === harmful ? "right" : harmful ? "missed" : "false alarm");

export interface KindCount {
  kind: SavedKind;
  harmful: { of: number; stopped: number };
  harmless: { of: number; stopped: number };
}

type Judged = Pick<SavedRequest, "id" | "kind" | "harmful">;

/** How many of which became what; requests that were not tried are left out. */
export function confusionOf(requests: readonly Judged[], tried: ReadonlyMap<string, Tried>): { all: Confusion; kinds: KindCount[] } {
  const all = emptyConfusion();
  const kinds = new Map<SavedKind, KindCount>(savedKinds.map((kind) => [kind, { kind, harmful: { of: 0, stopped: 0 }, harmless: { of: 0, stopped: 0 } }]));
  for (const { id, kind, harmful } of requests) {
    const one = tried.get(id);
    if (!one) continue;
    const side = harmful ? "harmful" : "harmless";
    all[side][one.outcome]++;
    const count = kinds.get(kind)![side];
    count.of++;
    if (isStopped(one.outcome)) count.stopped++;
  }
  return { all, kinds: [...kinds.values()].filter(({ harmful, harmless }) => harmful.of + harmless.of > 0) };
}

export interface Change<R extends Judged> {
  request: R;
  before: Tried;
  after: Tried;
  changed: Exclude<ComparedRow["changed"], "no">;
}

/** Requests that an edit changes; those that end otherwise first. */
export function changesOf<R extends Judged>(requests: readonly R[], before: ReadonlyMap<string, Tried>, after: ReadonlyMap<string, Tried>): Change<R>[] {
  const all = requests.flatMap((request): Change<R>[] => {
    const [one, other] = [before.get(request.id), after.get(request.id)];
    const changed = one && other ? changeOf(one, other) : "no";
    return changed === "no" ? [] : [{ request, before: one!, after: other!, changed }];
  });
  return [...all.filter(({ changed }) => changed === "outcome"), ...all.filter(({ changed }) => changed === "rule")];
}

export const stoppedIn = ({ blocked, challenged }: Confusion["harmful"]): number => blocked + challenged;
export const throughIn = ({ counted, allowed }: Confusion["harmful"]): number => counted + allowed;
