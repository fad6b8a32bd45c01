import type { Lab } from "../engine/lab";
import { snapshotVersion } from "../engine/lab";
import { type Database, type Move, saveMoves, whereIs } from "./saved-lab";
import { type Group, type Recorded, type Step, isLook, isWhole, lastStep, stepFrom, stepOf } from "./steps";
import type { Turns } from "./turns";

/**
 * One lab in several tabs. Every tab holds the whole lab; the database is the truth. Whoever wants to change the lab waits
 * for the turn, changes its own copy, saves that in one transaction (checked against the lab's count of changes), and tells
 * the other tabs, which make the same true without doing it again. Only what is saved is answered: a tab may be closed or
 * crash at any moment, and nothing that anybody saw is lost. A tab that missed something reads the lab anew.
 */
export interface SharedLab {
  readonly lab: Lab;
  readonly undone: readonly Step[];
  /** Runs `work` when it is this tab's turn, and saves what it did before it resolves. It may run twice, if another tab was first. */
  perform<T>(work: (hand: Hand) => T | Promise<T>): Promise<T>;
  /** Puts another lab in the place of this one, here and in the other tabs. `change` saves it. */
  replace(change: () => Promise<Held>): Promise<void>;
  /** Looks whether another tab went on without this one hearing of it. */
  refresh(): Promise<void>;
  close(): void;
}

/** A lab as it stands in the database. */
export interface Held {
  id: string;
  turn: number;
  lab: Lab;
  undone: Step[];
}

/** What can be done while it is this tab's turn. */
export interface Hand {
  readonly lab: Lab;
  /** Records what `work` asks of the lab. */
  record<T>(work: (lab: Lab) => Promise<T>, group?: Group): Promise<T>;
  /** Takes the last step back; undefined where there is none. */
  undo(): Step | undefined;
  /** Takes back the step of the entry with this request id, and everything after it, newest first. */
  undoFrom(requestId: string): Step[];
  redo(): Step | undefined;
}

export interface Events {
  /** The lab has changed, and that is saved. `own`: by this tab. */
  moved(moves: readonly Move[], own: boolean): void;
  /** Another lab stands here now. */
  replaced(): void;
  /** A newer Keyhole has the lab: this page must be reloaded. */
  outdated(): void;
  notice(text: string): void;
}

/** Thrown at whoever asks something of a page that is older than the lab. */
export class Outdated extends Error {
  constructor() {
    super("A newer Keyhole is open in another tab. Reload this page to go on with the same lab.");
  }
}

type Told = { kind: "did"; entries: readonly Recorded[]; forgets: boolean } | { kind: "undid"; count: number } | { kind: "redid" };
type News = { version: number } & ({ kind: "hello" } | { kind: "here" } | { kind: "lab"; lab: string } | { kind: "moves"; lab: string; turn: number; moves: Told[] });

interface Task {
  work(hand: Hand): unknown;
  resolve(value: any): void;
  reject(problem: unknown): void;
}

/** In place of a turn: this copy is not as the saved lab was at any time, and must be read anew. */
const unknown = -1;

/** How long news may be on its way, in ms, before the lab is read anew. */
const newsTakes = 300;

interface Options {
  held: Held;
  db: Database | undefined;
  turns: Turns;
  channel?: BroadcastChannel;
  /** Reads the current lab from the database. */
  read(): Promise<Held>;
  on: Events;
}

export function shareLab({ held: first, db, turns, channel, read, on }: Options): SharedLab {
  let held = first;
  let unsaved: Move[] = [];
  let inbox: Extract<News, { kind: "moves" }>[] = [];
  const waiting: Task[] = [];
  let draining = false;
  let refreshing = false;
  /** How many steps to bring back the database has. */
  let undoneSaved = first.undone.length;
  /** The lab holds what is not saved yet, and must hear no news. */
  let tentative = false;
  let outdated = false;
  /** Another tab was heard of: only then is it worth the work to tell what happens here. */
  let company = false;

  let mine: Promise<unknown> = Promise.resolve();
  /** When it is this tab's turn, and nothing else of this tab is at work. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = mine.then(() => turns.take(work));
    mine = result.catch(() => undefined);
    return result;
  }

  // ---------------------------------------------------------------- doing

  function handOn(moves: Move[]): Hand {
    const { lab } = held;
    const takeBack = (start: number): Step => {
      const entries = lab.journal.slice(start);
      for (let i = entries.length; i > 0; i--) lab.undo();
      const step = stepFrom(entries);
      held.undone = [...held.undone, step];
      moves.push({ kind: "undid", entries });
      return step;
    };
    return {
      lab,
      async record(work, group) {
        const entries: Recorded[] = [];
        const stop = lab.subscribe(({ entry }) => void entries.push(entry));
        try {
          return await work(lab);
        } finally {
          stop();
          if (group) {
            const size = (group.size ?? 0) + entries.length;
            group.size = size;
            for (const entry of entries) entry.group = { ...group };
          }
          const forgets = !entries.every(isLook);
          if (forgets) held.undone = [];
          if (entries.length) moves.push({ kind: "did", entries, forgets });
        }
      },
      undo() {
        const start = lastStep(lab.journal);
        return start < 0 || !isWhole(lab.journal, start) ? undefined : takeBack(start);
      },
      undoFrom(requestId) {
        const steps: Step[] = [];
        for (;;) {
          const at = lab.journal.findIndex((entry) => entry.requestId === requestId);
          if (at < 0) return steps;
          const start = lastStep(lab.journal);
          if (start >= 0 && !isWhole(lab.journal, start)) return steps;
          steps.push(takeBack(start < 0 ? stepOf(lab.journal, at) : start));
        }
      },
      redo() {
        const step = held.undone.at(-1);
        if (!step) return undefined;
        const entries = bringBack(lab, step.entries);
        held.undone = held.undone.slice(0, -1);
        moves.push({ kind: "redid", entries });
        return { ...step, entries };
      },
    };
  }

  /** As they were, if the lab is; after looks they are done again, since looks have moved the numbers and the bill on. */
  function bringBack(lab: Lab, entries: readonly Recorded[]): readonly Recorded[] {
    if (entries[0].seq === lab.seq + 1) {
      for (const entry of entries) lab.accept(entry);
      return entries;
    }
    lab.replay(entries);
    const again: Recorded[] = lab.journal.slice(-entries.length);
    again.forEach((entry, i) => void (entries[i].group && (entry.group = entries[i].group)));
    return again;
  }

  /** As if the moves had not been made. */
  function forget(moves: readonly Move[], undone: Step[]): void {
    for (const { kind, entries } of moves.toReversed()) {
      if (kind !== "undid" && entries.length > held.lab.journal.length) held.turn = unknown;
      for (const entry of entries)
        if (kind === "undid") held.lab.accept(entry);
        else held.lab.undo();
    }
    held.undone = undone;
  }

  function perform<T>(work: (hand: Hand) => T | Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      waiting.push({ work, resolve, reject });
      void drain();
    });
  }

  async function drain(): Promise<void> {
    if (draining) return;
    draining = true;
    try {
      await inTurn(async () => {
        while (waiting.length) await batch(waiting.splice(0));
      });
    } catch (problem) {
      for (const { reject } of waiting.splice(0)) reject(problem);
    }
    draining = false;
    readInbox();
    // Asked while the turn was being handed on.
    if (waiting.length) void drain();
  }

  /** What was asked while the last was saved is done and saved together. */
  async function batch(tasks: Task[]): Promise<void> {
    try {
      for (let behind = false; ; behind = true) {
        if (outdated) throw new Outdated();
        if (behind || held.turn === unknown) await catchUp();
        readInbox();
        const { undone } = held;
        const moves: Move[] = [];
        tentative = true;
        const answers: (() => void)[] = [];
        for (const task of tasks) answers.push(await answer(task, handOn(moves)));
        const saved = moves.length ? await save(moves) : "saved";
        if (saved === "behind") forget(moves, undone);
        tentative = false;
        if (saved === "behind") continue;
        if (saved === "saved" && moves.length) tell(moves);
        if (moves.length) on.moved(moves, true);
        for (const give of answers) give();
        return;
      }
    } catch (problem) {
      tentative = false;
      for (const { reject } of tasks) reject(problem);
    }
  }

  async function answer({ work, resolve, reject }: Task, hand: Hand): Promise<() => void> {
    try {
      const value = await work(hand);
      return () => resolve(value);
    } catch (problem) {
      return () => reject(problem);
    }
  }

  async function save(moves: Move[]): Promise<"saved" | "behind" | "failed"> {
    if (!db) return "saved";
    const { id, turn, lab } = held;
    try {
      const stand = { id, turn, version: snapshotVersion, seq: lab.seq, at: lab.at, undone: undoneSaved };
      const saved = await saveMoves(db, stand, [...unsaved, ...moves]);
      if (saved === "newer") {
        retire();
        throw new Outdated();
      }
      if (saved === "saved") {
        held.turn++;
        unsaved = [];
        undoneSaved = held.undone.length;
      }
      return saved;
    } catch (problem) {
      if (problem instanceof Outdated) throw problem;
      // Kept here, and saved with the next change that can be.
      unsaved.push(...moves);
      on.notice("The browser did not save the last change (is its storage full?). The lab goes on, but a reload may lose it.");
      return "failed";
    }
  }

  // ---------------------------------------------------------------- the other tabs

  const post = (news: News): void => channel?.postMessage(news);

  function tell(moves: readonly Move[]): void {
    if (!company) return;
    // Too much to send: they read it.
    if (moves.reduce((sum, { entries }) => sum + entries.length, 0) > 1_000) return post({ kind: "lab", version: snapshotVersion, lab: held.id });
    const told = moves.map((move): Told => (move.kind === "did" ? move : move.kind === "undid" ? { kind: "undid", count: move.entries.length } : { kind: "redid" }));
    post({ kind: "moves", version: snapshotVersion, lab: held.id, turn: held.turn, moves: told });
  }

  function hear({ data: news }: MessageEvent<News>): void {
    if (news.version > snapshotVersion) return retire();
    // It does not know yet.
    if (news.version < snapshotVersion) return post({ kind: "hello", version: snapshotVersion });
    company = true;
    if (news.kind === "hello") return post({ kind: "here", version: snapshotVersion });
    if (news.kind === "lab") return refreshSoon();
    if (news.kind !== "moves") return;
    inbox.push(news);
    readInbox();
  }

  function retire(): void {
    if (outdated) return;
    outdated = true;
    on.outdated();
  }

  /** Makes true what other tabs told, as far as it follows on what is here. */
  function readInbox(): void {
    if (tentative) return;
    let missed = false;
    const news = inbox.sort((a, b) => a.turn - b.turn);
    inbox = [];
    for (const item of news) {
      const { lab, turn, moves } = item;
      if (lab !== held.id || held.turn === unknown) missed = true;
      else if (turn > held.turn + 1 || (unsaved.length && turn > held.turn)) {
        inbox.push(item);
        missed = true;
      } else if (turn === held.turn + 1) {
        try {
          const done = moves.map(mirror);
          held.turn = turn;
          undoneSaved = held.undone.length;
          on.moved(done, false);
        } catch {
          missed = true;
          held.turn = unknown;
        }
      }
    }
    if (missed) refreshSoon();
  }

  function refreshSoon(): void {
    if (refreshing) return;
    refreshing = true;
    void refresh()
      .catch(() => undefined)
      .finally(() => void (refreshing = false));
  }

  function mirror(told: Told): Move {
    const { lab } = held;
    if (told.kind === "did") {
      for (const entry of told.entries) lab.accept(entry);
      if (told.forgets) held.undone = [];
      return told;
    }
    const moves: Move[] = [];
    if (told.kind === "redid") {
      if (!handOn(moves).redo()) throw new Error("nothing to bring back");
      return moves[0];
    }
    if (lab.journal.length < told.count) throw new Error("the journal is too short");
    const entries = lab.journal.slice(-told.count);
    for (let i = told.count; i > 0; i--) lab.undo();
    held.undone = [...held.undone, stepFrom(entries)];
    return { kind: "undid", entries };
  }

  const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

  /** Stands where the saved lab stands: by the news that is on its way, or by reading it anew. */
  async function catchUp(): Promise<void> {
    if (!db) return;
    const at = await whereIs(db);
    if (at && at.version > snapshotVersion) {
      retire();
      throw new Outdated();
    }
    if (at?.id === held.id) {
      for (let waited = 0; ; waited += 20) {
        readInbox();
        if (held.turn === at.turn) return;
        if (!channel || waited >= newsTakes || held.turn === unknown) break;
        await pause(20);
      }
    }
    if (unsaved.length) on.notice("Another tab changed the lab while this one could not save. What was not saved here is lost.");
    else if (!channel) on.notice("This browser does not tell its tabs of each other: what you do to the lab in another tab shows here only when you come back to this one.");
    take(await read());
  }

  function take(next: Held): void {
    held = next;
    unsaved = [];
    inbox = inbox.filter(({ lab, turn }) => lab === next.id && turn > next.turn);
    undoneSaved = next.undone.length;
    on.replaced();
  }

  const refresh = (): Promise<void> => inTurn(catchUp);

  async function replace(change: () => Promise<Held>): Promise<void> {
    await inTurn(async () => {
      if (outdated) throw new Outdated();
      take(await change());
      post({ kind: "lab", version: snapshotVersion, lab: held.id });
    });
  }

  channel?.addEventListener("message", hear);
  post({ kind: "hello", version: snapshotVersion });

  return {
    get lab() {
      return held.lab;
    },
    get undone() {
      return held.undone;
    },
    perform,
    replace,
    refresh,
    close() {
      channel?.removeEventListener("message", hear);
      channel?.close();
    },
  };
}
