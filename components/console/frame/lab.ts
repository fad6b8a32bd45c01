"use client";
/** The only place where the consoles touch the store. What they ask of it is named here, in their own words. */
import { useCallback, useEffect, useMemo } from "react";
import type { Lab } from "@/lib/engine/lab";
import type { JournalEntry, JsonObject, Reply } from "@/lib/engine/types";
import { readDraft, useDraft } from "@/lib/store/drafts";
import { call, openLab, redo, setIdentity, theLab, versionOf, type Identity } from "@/lib/store/lab-store";
import { useLab } from "@/lib/store/react";
import { fateOf, type Fate } from "./fate";

export { advance, asOne } from "@/lib/store/lab-store";
export { openWhy } from "@/lib/store/why";

/** Who asks, and where. `scope` changes with the caller, the account or the Region; `revision` with what the lab holds. */
export function useWhere(services: readonly string[] = []) {
  const identity = useLab((state) => state.identity);
  const revision = useLab((state) => services.map((service) => versionOf(state, service)).join(" "));
  const ready = useLab((state) => state.status === "ready");
  return { account: identity.account, region: identity.region, scope: JSON.stringify(identity), revision, ready };
}

/** Fetches the lab where nobody has yet. Why it could not be opened is in `useLabProblem`. */
export const wakeLab = (): void => void openLab().catch(() => undefined);

/** Goes to another Region, as the Region menu in the top bar does. */
export const goToRegion = (region: string): void => setIdentity({ region });

/** The door, as the console, in the Region of the top bar unless another is named. A new function after a change of caller or Region, and only then. */
export function useLabCall() {
  const scope = useLab((state) => JSON.stringify(state.identity));
  return useCallback(
    (service: string, operation: string, input: JsonObject, elsewhere?: string): Promise<Reply> => {
      const { caller, region } = JSON.parse(scope) as Identity;
      return call(service, operation, input, { door: "console", caller, region: elsewhere ?? region });
    },
    [scope],
  );
}

/** A copy of the lab, with the same door: what would happen if. */
export interface LabCopy {
  call(service: string, operation: string, input: JsonObject, elsewhere?: string): Promise<Reply>;
}

/**
 * Makes copies of the lab as it is, whose calls stand in no journal and change nothing of the learner's. The way gives undefined
 * until the lab is open; a new function after a change of caller or Region, and only then.
 */
export function useLabCopy(): () => LabCopy | undefined {
  const scope = useLab((state) => JSON.stringify(state.identity));
  return useCallback(() => {
    const copy = theLab()?.fork();
    const { caller, region } = JSON.parse(scope) as Identity;
    return copy && { call: (service, operation, input, elsewhere) => copy.call({ service, operation, input, caller, region: elsewhere ?? region, door: "console", sourceIp: "203.0.113.10", secureTransport: true }) };
  }, [scope]);
}

/** Why there is no lab; undefined when all is well. */
export const useLabProblem = (): string | undefined =>
  useLab((state) => (state.status === "failed" ? (state.problem ?? "The reason is not known.") : undefined));

/** The lab's clock, in ms; as fresh as its last call. */
export function useNow(): number {
  useLab((state) => state.journal);
  return theLab()?.now() ?? Date.now();
}

/** What the lab recorded, oldest first; a new list after every entry. */
export const useJournal = (): readonly JournalEntry[] => useLab((state) => state.journal);

/**
 * Committed records, for what no API of the lab tells; undefined until the lab is open. Whoever reads watches
 * `useWhere().revision` and reads again.
 */
export function useRecords(): Lab["read"] | undefined {
  const ready = useLab((state) => state.status === "ready");
  useEffect(wakeLab, []);
  return ready ? theLab()?.read : undefined;
}

/** Why what a call asked for is not there, and the way to bring it back. */
export function useFate({ service, reply }: { service: string; reply: Extract<Reply, { ok: false }> }): { fate?: Fate; bringBack(steps: number): void } {
  const journal = useLab((state) => state.journal);
  const undone = useLab((state) => state.undone);
  const fate = useMemo(() => {
    if (!/NotFound|NoSuch|NotExist|InvalidKeyId/.test(reply.error.code)) return undefined;
    const input = journal.findLast(({ requestId }) => requestId === reply.requestId)?.call?.input;
    return fateOf({ service, error: reply.error.message ?? "", input }, journal, undone);
  }, [service, reply, journal, undone]);
  return { fate, bringBack: (steps) => void redo(steps).catch(() => undefined) };
}

/** A form that survives a reload: one record under one key. `clear` when it was sent. */
export function useFormDraft<Form extends object>(
  key: string,
  initial: Form,
): [form: Form, change: (part: Partial<Form>) => void, clear: () => void, begun: boolean] {
  const [text, setText, clear] = useDraft(key, "");
  const form = useMemo(() => readForm(text, initial), [text, initial]);
  const change = useCallback(
    // On top of what is kept by now: two changes in one event must not undo each other.
    (part: Partial<Form>) => setText(JSON.stringify({ ...readForm(readDraft(key) ?? "", initial), ...part })),
    [key, initial, setText],
  );
  return [form, change, clear, text !== ""];
}

function readForm<Form extends object>(text: string, initial: Form): Form {
  if (!text) return initial;
  try {
    const kept: unknown = JSON.parse(text);
    return typeof kept === "object" && kept !== null ? { ...initial, ...kept } : initial;
  } catch {
    return initial;
  }
}
