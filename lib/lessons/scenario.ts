import { firstScenario } from "@/content/scenarios/first";
import type { Lab } from "../engine/lab";
import type { Json, JsonObject, Reply } from "../engine/types";
import { valueAt } from "./goals";
import type { SolutionCall } from "./types";

export { firstScenario };

/**
 * Puts a lab in the state that a scenario describes, as `admin` of the default account and through the `lesson` door.
 * A call that does not end as the scenario says throws: a lab that is only half prepared must not be handed out.
 */
export async function prepare(lab: Pick<Lab, "call" | "advance">, scenario: readonly SolutionCall[], account = "111122223333"): Promise<void> {
  const replies: Reply[] = [];
  for (const { service, operation, input = {}, region, as = "admin", error, after } of scenario) {
    if (after) await lab.advance(after);
    const caller = as === "root" ? { account, root: true as const } : { account, user: as };
    const reply = await lab.call({ service, operation, input: filled(input, replies) as JsonObject, region, caller, door: "lesson" });
    const code = reply.ok ? undefined : reply.error.code;
    if (code !== error)
      throw new Error(
        `The scenario's ${service}:${operation} ended with ${code ?? "success"}${reply.ok ? "" : ` (${reply.error.message ?? ""})`}.`,
      );
    replies.push(reply);
  }
}

/** `$2.KeyMetadata.KeyId` is that member of the second reply. Anything else stays as it is. */
function filled(value: Json | undefined, replies: Reply[]): Json | undefined {
  if (Array.isArray(value)) return value.map((item) => filled(item, replies) ?? null);
  if (value !== null && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, filled(item, replies)]));
  const reference = typeof value === "string" ? /^\$(\d+)\.(.+)$/.exec(value) : null;
  if (!reference) return value;
  const reply = replies[Number(reference[1]) - 1];
  return reply?.ok ? valueAt(reply.output, reference[2]) : undefined;
}
