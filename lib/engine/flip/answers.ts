import type { Call, Json, JsonObject, Reply } from "../types";

/**
 * What an edit answers is known only when it is made (a grant's token, a session's access key). Until then a text stands
 * in its place, which names the member and the edit, counted from 1.
 */
export const answerOf = (edit: number, member: string): string => `⟨${member} of edit ${edit}⟩`;

const reference = /^⟨(.+) of edit (\d+)⟩$/;

/** The call with the answers of the edits made so far in it. */
export function filled(call: Call, replies: readonly (Reply | undefined)[]): Call {
  if (!JSON.stringify([call.input, call.caller]).includes("⟨")) return call;
  const fill = (value: Json | undefined): Json | undefined => {
    if (Array.isArray(value)) return value.map((item) => fill(item) ?? null);
    if (value !== null && typeof value === "object")
      return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fill(item)]));
    const found = typeof value === "string" ? reference.exec(value) : null;
    const reply = found && replies[Number(found[2]) - 1];
    if (!found || !reply?.ok) return value;
    return found[1].split(".").reduce<Json | undefined>((at, name) => (at as JsonObject | undefined)?.[name], reply.output);
  };
  return {
    ...call,
    input: fill(call.input) as JsonObject | undefined,
    caller: fill(call.caller as unknown as JsonObject) as unknown as Call["caller"],
  };
}
