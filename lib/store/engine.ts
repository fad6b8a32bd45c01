/** The heavy half of the store: the engine, its ciphers and shapes, and the database. Loaded after first paint, by `lab-store` alone. */
import { nobleCiphers } from "../engine/crypto/noble";
import { type Lab, createLab, snapshotVersion } from "../engine/lab";
import type { JournalEntry, Ports } from "../engine/types";
import { firstScenario, prepare } from "../lessons/scenario";
import { getDatabase } from "./database";
import { outside } from "./outside";
import {
  type Database,
  type Opened,
  journalKept,
  putAside,
  readLab,
  saveEntries,
  saveFreshLab,
  saveUndo,
  labsAside,
  takeUp,
} from "./saved-lab";

/** The page's own time, chance and RSA keys. Works on plain http: nothing here needs a secure origin. */
const ports: Ports = {
  now: () => Date.now(),
  random: (bytes) => {
    const out = new Uint8Array(bytes);
    // The browser gives at most 65,536 bytes at once.
    for (let at = 0; at < bytes; at += 65_536) crypto.getRandomValues(out.subarray(at, Math.min(bytes, at + 65_536)));
    return out;
  },
  ciphers: nobleCiphers,
  outside,
};

/** A lab and the place where it is kept. */
export interface HeldLab {
  lab: Lab;
  /** Writes entries that the lab just recorded, in order. False: another tab went on, and nothing was written. */
  save(entries: readonly JournalEntry[]): Promise<boolean>;
  saveUndo(entry: JournalEntry): Promise<boolean>;
  /** One clear sentence, when something had to be done about a saved lab. */
  notice?: string;
}

const newLabId = (): string => [...ports.random(8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** Opens the saved lab, or a fresh one where there is none or it cannot be trusted. */
export async function openHeldLab(): Promise<HeldLab> {
  const db = await getDatabase();
  if (!db)
    return {
      lab: await freshLab(),
      save: async () => true,
      saveUndo: async () => true,
      notice: "This browser keeps nothing for this page: the lab works, and is gone when the page is closed.",
    };
  let opened: Opened = await readLab(db, snapshotVersion);
  let notice: string | undefined;
  if ("lab" in opened) {
    const { lab: saved } = opened;
    try {
      return held(db, saved.id, createLab({ ports, snapshot: saved.snapshot, journal: saved.journal, journalLimit: journalKept }));
    } catch (problem) {
      opened = { broken: { id: saved.id, why: "damaged", detail: String(problem) } };
    }
  }
  if ("broken" in opened) {
    const { id, why, detail } = opened.broken;
    const name = await putAside(db, id, detail, Date.now());
    notice =
      why === "newer"
        ? `The saved lab was made by a newer Keyhole (${detail}). It is kept aside as “${name}”, and this is a fresh one.`
        : `The saved lab could not be read (${detail}). It is kept aside as “${name}”, and this is a fresh one.`;
  }
  return { ...(await freshHeldLab(db)), notice };
}

/** A new lab with the first lesson's key and users in it, and a journal that begins with the learner. */
async function freshLab(): Promise<Lab> {
  const making = createLab({ ports });
  await prepare(making, firstScenario);
  return createLab({ ports, snapshot: { ...making.snapshot(), seq: 0 }, journalLimit: journalKept });
}

async function freshHeldLab(db: Database): Promise<HeldLab> {
  const lab = await freshLab();
  const id = newLabId();
  await saveFreshLab(db, id, lab.snapshot());
  return held(db, id, lab);
}

function held(db: Database, id: string, lab: Lab): HeldLab {
  return {
    lab,
    save: (entries) => saveEntries(db, id, entries[0].seq - 1, entries, snapshotVersion),
    saveUndo: (entry) => saveUndo(db, id, entry, lab.journal.at(-1)?.at ?? entry.at),
  };
}

/** Leaves the present lab aside, with a name, and opens a fresh one, or one that was left aside before. */
export async function replaceLab(aside?: string): Promise<HeldLab> {
  const db = await getDatabase();
  if (!db) return openHeldLab();
  const id = await db.get("things", "lab");
  if (typeof id === "string") await putAside(db, id, "another lab took its place", Date.now());
  if (aside === undefined) return freshHeldLab(db);
  await takeUp(db, aside);
  return openHeldLab();
}

export async function listAside(): Promise<{ id: string; name: string; why: string }[]> {
  const db = await getDatabase();
  return db ? labsAside(db) : [];
}
