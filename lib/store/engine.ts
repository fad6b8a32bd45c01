/** The heavy half of the store: the engine, its ciphers and shapes, and the database. Loaded after first paint, by `lab-store` alone. */
import { nobleCiphers } from "../engine/crypto/noble";
import { loadServices } from "../engine/catalog";
import { type Lab, createLab, snapshotVersion } from "../engine/lab";
import type { JournalEntry, Ports } from "../engine/types";
import { firstScenario, prepare } from "../lessons/scenario";
import { getDatabase } from "./database";
import { runFunction } from "./functions";
import { outside } from "./outside";
import {
  type AsideLab, type Database, type NewLab, type SavedLab, deleteAside, journalKept, labsAside, putAside, readLab, readLabNamed, renameAside, saveFreshLab, takeUp,
} from "./saved-lab";
import { type Events, type Held, type SharedLab, shareLab } from "./shared-lab";
import { stepFrom } from "./steps";
import { turnsAmongTabs } from "./turns";

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
  functions: runFunction,
};

export const newLabId = (): string => [...ports.random(8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** A lab as other tabs and the next visit will find it: `id` is its name in the database. */
async function heldAs({ id, turn, snapshot, journal, undone }: SavedLab): Promise<Held> {
  await loadServices(servicesIn(snapshot, [...journal, ...undone.flat()]));
  return { id, turn, lab: createLab({ ports, snapshot, journal, journalLimit: journalKept }), undone: undone.map(stepFrom) };
}

/** Services that a saved lab speaks of: its pages read their records, and their events in the journal, without a call. */
export function servicesIn({ records }: Pick<SavedLab["snapshot"], "records">, journal: readonly JournalEntry[]): Set<string> {
  const names = new Set<string>();
  for (const regions of Object.values(records ?? {})) for (const services of Object.values(regions ?? {})) for (const name of Object.keys(services ?? {})) names.add(name);
  for (const { call } of journal) if (call) names.add(call.service);
  return names;
}

/** Opens the saved lab, or a fresh one where there is none or it cannot be trusted. `notice`: what had to be done about it. */
async function openSaved(db: Database, notice: (text: string) => void): Promise<Held> {
  let happened: string | undefined;
  /** Told when there is a lab again. */
  const held = async (saved: SavedLab): Promise<Held> => {
    const lab = await heldAs(saved);
    if (happened) notice(happened);
    return lab;
  };
  for (;;) {
    const opened = await readLab(db, snapshotVersion);
    let broken = "broken" in opened ? opened.broken : undefined;
    if ("lab" in opened) {
      try {
        return await held(opened.lab);
      } catch (problem) {
        broken = { id: opened.lab.id, why: "damaged", detail: String(problem instanceof Error ? problem.message : problem) };
      }
    }
    if (broken) {
      const name = await putAside(db, broken.id, broken.detail);
      happened =
        broken.why === "newer"
          ? `The saved lab was made by a newer Keyhole (${broken.detail}). It is kept aside as “${name}”, and this is a fresh one.`
          : `The saved lab could not be read (${broken.detail}). It is kept aside as “${name}”, and this is a fresh one.`;
    }
    const fresh = await freshLab();
    // False: another tab made one in the meantime. Then this is the lab.
    if (await saveFreshLab(db, fresh)) return held(savedAs(fresh));
  }
}

/** A new lab with the first lesson's key and users in it, and a journal that begins with the learner. */
async function freshLab(): Promise<NewLab> {
  const making = createLab({ ports });
  await prepare(making, firstScenario);
  return { id: newLabId(), snapshot: { ...making.snapshot(), seq: 0 } };
}

const savedAs = ({ id, snapshot, journal = [], undone = [] }: NewLab): SavedLab => ({ id, turn: 0, snapshot, journal: [...journal], undone: undone.map((step) => [...step]) });

/** The lab of this browser, shared with its other tabs. */
export async function openSharedLab(on: Events): Promise<SharedLab> {
  const db = await getDatabase();
  if (!db) {
    on.notice("This browser keeps nothing for this page: the lab works, and is gone when the page is closed.");
    const held = await heldAs(savedAs(await freshLab()));
    return shareLab({ held, db, turns: { take: (work) => work() }, read: async () => held, on });
  }
  const channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("keyhole.lab");
  (channel as { unref?(): void } | undefined)?.unref?.();
  const read = () => openSaved(db, on.notice);
  return shareLab({ held: await read(), db, turns: turnsAmongTabs("keyhole.lab"), channel, read, on });
}

const replacedWhy = "another lab took its place";

/** Leaves the present lab aside, with a name, and opens a fresh one, one that was left aside before, or one from a file. */
export async function replaceLab(shared: SharedLab, next: { aside: string } | { made: NewLab } | "fresh"): Promise<void> {
  const db = await getDatabase();
  // Made before the present lab is left: if it cannot be, nothing has happened.
  const made = next === "fresh" ? await freshLab() : "made" in next ? next.made : undefined;
  await shared.replace(async () => {
    if (!db) {
      if (!made) throw new Error("This browser keeps no labs.");
      return await heldAs(savedAs(made));
    }
    if (made) {
      const held = await heldAs(savedAs(made));
      const current = await db.get("things", "lab");
      const instead = typeof current === "string" ? { id: current, why: replacedWhy } : undefined;
      if (!(await saveFreshLab(db, made, instead))) throw new Error("Another tab opened another lab in the same moment. Try again.");
      return held;
    }
    const { aside } = next as { aside: string };
    // Read first: a lab that cannot be opened stays where it is, and so does the present one.
    const opened = await readLabNamed(db, aside, snapshotVersion);
    if ("broken" in opened) throw new Error(`This lab cannot be opened: ${opened.broken.detail}.`);
    const held = await heldAs(opened.lab);
    await takeUp(db, aside, replacedWhy);
    return held;
  });

}

export async function listAside(): Promise<AsideLab[]> {
  const db = await getDatabase();
  return db ? labsAside(db) : [];
}

export async function changeAside(id: string, to: { name: string } | "deleted"): Promise<void> {
  const db = await getDatabase();
  if (db) await (to === "deleted" ? deleteAside(db, id) : renameAside(db, id, to.name));
}
