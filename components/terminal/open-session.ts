"use client";

import type { Reply } from "@/lib/engine/types";
import type { Shell } from "@/lib/cli/shell";
import type { ShellSnapshot } from "@/lib/cli/state";
import type { TerminalHost } from "@/lib/cli/session";
import { advance, call, callerName, labStore, openLab, theLab } from "@/lib/store/lab-store";
import { loadThing, saveThing } from "@/lib/store/things";

const thing = "terminal";

/** What is kept: the shell's snapshot, and a mark of who wrote it, by which another tab sees that it is behind. */
interface Kept {
  mark: string;
  shell: ShellSnapshot;
}

let opening: Promise<TerminalHost> | undefined;

/** The page's one terminal, opened when first asked for: its files, history and log come back as they were left. */
export const openSession = (): Promise<TerminalHost> =>
  (opening ??= open().catch((problem: unknown) => {
    opening = undefined;
    throw problem;
  }));

async function open(): Promise<TerminalHost> {
  const [{ createShell }, { readSnapshot }, { isKnownKey, signatureProblem }] = await Promise.all([
    import("@/lib/cli/shell"),
    import("@/lib/cli/state"),
    import("@/lib/cli/genuine"),
    openLab(),
  ]);

  const make = (snapshot?: unknown): Promise<Shell> =>
    createShell({
      async call(request): Promise<Reply> {
        const lab = theLab();
        const problem = lab && signatureProblem(lab, request);
        // Refused before the lab sees it, so it has no place in the journal.
        if (problem) return problem as unknown as Reply;
        return call(request.service, request.operation, request.input, {
          door: "terminal",
          region: request.region,
          ...(request.caller ? { caller: request.caller } : {}),
        });
      },
      identity: () => ({
        region: labStore.getState().identity.region,
        account: labStore.getState().identity.account,
        accessKeyId: `ASIA${callerName(labStore.getState().identity.caller)
          .toUpperCase()
          .replace(/[^A-Z0-9]/g, "")}`,
      }),
      now: () => theLab()?.now() ?? Date.now(),
      async advance(ms) {
        const [lab, { happenings }] = await Promise.all([openLab(), import("../strip/job-words")]);
        return happenings(await advance(ms), lab, "did").map(({ sentence }) => sentence);
      },
      async names() {
        const [{ labNames }, lab] = await Promise.all([import("@/lib/cli/complete/lab-names"), openLab()]);
        return labNames(lab);
      },
      isKey: (accessKeyId) => {
        const lab = theLab();
        return !lab || isKnownKey(lab, accessKeyId);
      },
      columns: () => columns,
      snapshot,
    });

  const kept = await loadThing<Kept>(thing);
  const readable = kept === undefined || readSnapshot(kept.shell) !== undefined;
  let mark = readable ? kept?.mark : undefined;
  let shell = await make(readable ? kept?.shell : undefined);
  if (!readable) {
    const aside = `${thing}-${new Date().toISOString()}`;
    await saveThing(aside, kept);
    shell.note(
      `The terminal's saved files could not be read by this version. They are kept aside as ${aside}; this is a fresh terminal.\n`,
    );
  }
  if (shell.lost.length) shell.note(`These files could not be restored: ${shell.lost.join(", ")}\n`);

  const listeners = new Set<() => void>();
  const tell = (): void => listeners.forEach((listener) => listener());
  let stop = shell.subscribe(tell);

  const save = async (): Promise<void> => {
    const next = `${Date.now()}.${Math.random()}`;
    if (await saveThing(thing, { mark: next, shell: await shell.snapshot() } satisfies Kept)) mark = next;
  };

  /** Another tab may have gone on: then this one takes over what it left. */
  const catchUp = async (): Promise<void> => {
    const latest = await loadThing<Kept>(thing);
    if (!latest || latest.mark === mark || !readSnapshot(latest.shell)) return;
    stop();
    shell = await make(latest.shell);
    mark = latest.mark;
    stop = shell.subscribe(tell);
    tell();
  };

  // The words for Tab come after the terminal is there, and before anybody presses it.
  setTimeout(() => void shell.complete("aws "), 1_500);

  return {
    async run(input, options) {
      await catchUp();
      const code = await shell.run(input, options);
      await save();
      return code;
    },
    needsMore: (input) => shell.needsMore(input),
    complete: (line) => shell.complete(line),
    note: (text) => shell.note(text),
    get prompt() {
      return shell.prompt;
    },
    get history() {
      return shell.history;
    },
    get transcript() {
      return shell.transcript;
    },
    clear() {
      shell.clear();
      void save();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

let columns = 80;
/** How many characters fit on a line of the screen: tables are laid out by it. */
export const setColumns = (count: number): void => void (columns = Math.max(20, count));
