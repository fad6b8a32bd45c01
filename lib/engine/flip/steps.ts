import type { Call, JsonObject } from "../types";
import { answerOf } from "./answers";
import type { Place } from "./places";
import { leaves, statementsOf, type TextChange } from "./policy-text";
import type { CallPatch, FlipEdit, Scene, Step } from "./types";

/** How single changes are put together: on a policy, by a call, on the call itself. */

/** Nothing where there is no change, or nobody can put it there. */
export function onPlace(scene: Scene, place: Place, change: TextChange | undefined, sentence: string): Step[] {
  if (!change || change.text === place.text || !place.put) return [];
  const edits = place.put(change.text);
  const step: Step = {
    sentence,
    edits,
    size: change.size,
    documents: [{ where: place.words, before: place.text, after: change.text }],
  };
  return [place.kind === "session" ? inNewSession(scene, step) : step];
}

/** The call is then made in the session that the step's last edit makes. */
export const inNewSession = (scene: Scene, step: Step): Step => ({
  ...step,
  patch: { caller: { accessKeyId: answerOf(scene.edited + step.edits.length, "Credentials.AccessKeyId") } },
});

/** The policy is taken away from where it hangs. */
export function dropped(scene: Scene, place: Place): Step[] {
  if (!place.drop) return [];
  const { words, edits } = place.drop;
  const step: Step = {
    sentence: words,
    edits,
    size: 1 + leaves(statementsOf(place.text)),
    documents: [{ where: place.words, before: place.text, after: "" }],
  };
  return [place.kind === "session" ? inNewSession(scene, step) : step];
}

export const pretty = (input: JsonObject | undefined): string => JSON.stringify(input ?? {}, null, 2);

/** A change by calls that are not about a policy's text: what they send is what is shown. */
export function byCalls(sentence: string, edits: FlipEdit[], size: number, more: Partial<Step> = {}): Step {
  const documents = edits.flatMap((edit) =>
    edit.kind === "call" ? [{ where: `${edit.call.service}:${edit.call.operation}`, before: "", after: pretty(edit.call.input) }] : [],
  );
  return { sentence, edits, size, documents, ...more };
}

/** The call itself is made otherwise. */
export function byInput(scene: Scene, sentence: string, patch: CallPatch, size = 1, more: Partial<Step> = {}): Step {
  const after = patched(scene.call, patch);
  const show = (call: Call): string =>
    pretty({ ...(patch.region === undefined ? {} : { Region: call.region ?? "us-east-1" }), ...call.input });
  const documents = patch.input || patch.region !== undefined ? [{ where: "the call", before: show(scene.call), after: show(after) }] : [];
  return { sentence, edits: [], patch, size, documents, ...more };
}

/** The call with a patch on it. */
export function patched(call: Call, patch: CallPatch | undefined): Call {
  if (!patch) return call;
  const { input, ...rest } = patch;
  const out: Call = { ...call, ...rest };
  if (input) {
    const merged: JsonObject = { ...call.input, ...input };
    for (const name of Object.keys(input)) if (input[name] === undefined) delete merged[name];
    out.input = merged;
  }
  return out;
}
