import type { TranscriptEntry } from "./session";

/** Characters that are kept; the oldest entries go first. */
const limit = 400_000;
/** One command's output that is kept on the screen; a redirect is not cut. */
const outputLimit = 100_000;

export interface Transcript {
  readonly entries: readonly TranscriptEntry[];
  /** Returns the entry's id; empty output is left out (id 0). */
  add(kind: TranscriptEntry["kind"], text: string, prompt?: string): number;
  /** Puts a command's calls to it. */
  attach(id: number, calls: number[]): void;
  clear(): void;
}

/** The terminal's log: bounded, a new array after every change. */
export function createTranscript(saved: readonly TranscriptEntry[], changed: () => void): Transcript {
  let entries = saved;
  let nextId = saved.reduce((highest, entry) => Math.max(highest, entry.id), 0) + 1;
  const set = (next: readonly TranscriptEntry[]): void => {
    entries = next;
    changed();
  };
  return {
    get entries() {
      return entries;
    },
    add(kind, text, prompt) {
      if (kind !== "command" && !text) return 0;
      const more = text.length - outputLimit;
      const kept = more > 0 ? `${text.slice(0, outputLimit)}\n… ${more} more characters; send the output to a file to have them all\n` : text;
      const id = nextId++;
      const all = [...entries, { id, kind, text: kept, ...(prompt === undefined ? {} : { prompt }) }];
      let size = all.reduce((sum, entry) => sum + entry.text.length, 0);
      let drop = 0;
      while (size > limit && drop < all.length - 1) size -= all[drop++].text.length;
      set(all.slice(drop));
      return id;
    },
    attach(id, calls) {
      if (calls.length) set(entries.map((entry) => (entry.id === id ? { ...entry, calls } : entry)));
    },
    clear: () => set([]),
  };
}
