import { createStore } from "zustand/vanilla";
import type { Lab } from "../engine/lab";
import type { AwsError, Caller, Door, JournalEntry, JsonObject, Reply } from "../engine/types";
import type { HeldLab } from "./engine";

/** Who the page acts as, and where. */
export interface Identity {
  account: string;
  region: string;
  caller: Caller;
}

export interface LabState {
  /** `idle` until somebody asks; the engine is not even fetched before. */
  status: "idle" | "opening" | "ready" | "failed";
  identity: Identity;
  /** Newest last. A new array after every entry. */
  journal: readonly JournalEntry[];
  /** Grows whenever records of that service changed (and for every service when IAM or Organizations did): whoever shows such answers asks again. */
  versions: Readonly<Record<string, number>>;
  /** One sentence about the lab itself, until it is dismissed. */
  notice?: string;
  /** Why the lab could not be opened. */
  problem?: string;
}

/** London, where the lessons' key lives. */
export const defaultIdentity: Identity = {
  account: "111122223333",
  region: "eu-west-2",
  caller: { account: "111122223333", user: "admin" },
};

export const labStore = createStore<LabState>(() => ({ status: "idle", identity: defaultIdentity, journal: [], versions: {} }));

const identityKey = "keyhole.identity";

let held: HeldLab | undefined;
let opening: Promise<Lab> | undefined;
let stopListening: (() => void) | undefined;
let pending: JournalEntry[] = [];

/** Fetches the engine, once, and opens the saved lab or a fresh one. Call it when the page is idle, or when a lab is wanted. */
export function openLab(): Promise<Lab> {
  return (opening ??= open().catch((problem: unknown) => {
    opening = undefined;
    labStore.setState({ status: "failed", problem: problem instanceof Error ? problem.message : String(problem) });
    throw problem;
  }));
}

async function open(): Promise<Lab> {
  labStore.setState({ status: "opening", problem: undefined });
  const engine = await import("./engine");
  hold(await engine.openHeldLab());
  listenToOtherTabs();
  return held!.lab;
}

function hold(next: HeldLab): void {
  stopListening?.();
  held = next;
  pending = [];
  stopListening = next.lab.subscribe(({ kind, entry }) => {
    if (kind !== "undo") pending.push(entry);
    publish(entry);
  });
  const { identity, versions } = labStore.getState();
  labStore.setState({
    status: "ready",
    journal: next.lab.journal.slice(),
    versions: { ...versions, [everything]: (versions[everything] ?? 0) + 1 },
    identity: savedIdentity() ?? identity,
    ...(next.notice ? { notice: next.notice } : {}),
  });
}

/** In `versions`: changes that may change any service's answers. */
const everything = "*";

function publish(entry: JournalEntry): void {
  const { versions } = labStore.getState();
  const changed = new Set(
    entry.changes.map((change) => (change.service === "iam" || change.service === "organizations" ? everything : change.service)),
  );
  changed.delete("lab");
  changed.delete("events");
  const next: Record<string, number> = { ...versions };
  for (const service of changed) next[service] = (next[service] ?? 0) + 1;
  labStore.setState({ journal: held!.lab.journal.slice(), ...(changed.size ? { versions: next } : {}) });
}

/** What a page watches: a text that changes when the answers of this service may have changed. */
export const versionOf = ({ versions }: LabState, service: string): string => `${versions[service] ?? 0}.${versions[everything] ?? 0}`;

// ---------------------------------------------------------------- calls

export interface CallOptions {
  /** Default `console`. */
  door?: Door;
  /** Default: the Region chosen in the top bar. */
  region?: string;
  /** Default: the identity chosen in the top bar. */
  caller?: Caller;
  /** What the call names as its client; default as the door's own clients name themselves. */
  userAgent?: string;
}

let queue: Promise<unknown> = Promise.resolve();

/** One at a time, in the order asked: what the lab records is also what is saved. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const result = queue.then(work, work);
  queue = result.catch(() => undefined);
  return result;
}

/**
 * Calls the lab through its one door and saves what it changed before it answers. Never rejects for an AWS error: that is
 * a reply with `ok: false`. `input` has the form of AWS JSON 1.1 (blobs base64, timestamps epoch seconds).
 */
export function call(service: string, operation: string, input: JsonObject = {}, options: CallOptions = {}): Promise<Reply> {
  const { identity } = labStore.getState();
  const whole = {
    service,
    operation,
    input,
    caller: options.caller ?? identity.caller,
    region: options.region ?? identity.region,
    door: options.door ?? ("console" as const),
    sourceIp: "203.0.113.10",
    userAgent: options.userAgent ?? userAgents[options.door ?? "console"] ?? "keyhole",
    secureTransport: true,
  };
  return inTurn(async () => {
    await openLab();
    for (;;) {
      const reply = await held!.lab.call(whole);
      if (await saved()) {
        return reply;
      }
      // Another tab went on in the meantime: stand where it stands, and make the call there.
      await reopen();
    }
  });
}

/** As CloudTrail prints them for these doors. */
const userAgents: Partial<Record<Door, string>> = { console: "AWS Internal", terminal: "aws-cli/2.31.0" };

/** Saves what is pending. False when another tab was first; then nothing was saved. */
async function saved(): Promise<boolean> {
  const entries = pending;
  pending = [];
  if (!entries.length) return true;
  try {
    if (!(await held!.save(entries))) return false;
  } catch {
    labStore.setState({
      notice: "The browser did not save the last change (is its storage full?). The lab goes on, but a reload may lose it.",
    });
    return true;
  }
  tellOtherTabs();
  return true;
}

async function reopen(): Promise<void> {
  const engine = await import("./engine");
  hold(await engine.openHeldLab());
}

/** Moves the lab's clock and runs what falls due. */
export function advance(ms: number): Promise<JournalEntry[]> {
  return inTurn(async () => {
    await openLab();
    for (;;) {
      const entries = await held!.lab.advance(ms);
      if (await saved()) return entries;
      await reopen();
    }
  });
}

/** Takes the newest entry back, in the lab and where it is saved. */
export function undo(): Promise<JournalEntry | undefined> {
  return inTurn(async () => {
    await openLab();
    const entry = held!.lab.undo();
    if (!entry) return undefined;
    if (!(await held!.saveUndo(entry))) {
      await reopen();
      return undefined;
    }
    tellOtherTabs();
    return entry;
  });
}

export function redo(): Promise<JournalEntry | undefined> {
  return inTurn(async () => {
    await openLab();
    const entry = held!.lab.redo();
    if (entry && !(await saved())) {
      await reopen();
      return undefined;
    }
    return entry;
  });
}

/** The open lab, for reading (`lab.read`, `lab.upcoming`, `lab.now`, `lab.fork`); undefined before it is open. Calls go through `call`. */
export const theLab = (): Lab | undefined => held?.lab;

/** Keeps the present lab aside under a name and opens a fresh one, or one that was kept aside before. */
export function changeLab(aside?: string): Promise<void> {
  return inTurn(async () => {
    await openLab();
    const engine = await import("./engine");
    labStore.setState({ notice: undefined });
    hold(await engine.replaceLab(aside));
    tellOtherTabs();
  });
}

/** Labs that are kept aside, oldest first. */
export async function labsAside(): Promise<{ id: string; name: string; why: string }[]> {
  return (await import("./engine")).listAside();
}

// ---------------------------------------------------------------- identity

/** Changes account, Region or caller. A caller of another account is replaced by that account's `admin`. */
export function setIdentity(change: Partial<Identity>): void {
  const before = labStore.getState().identity;
  const identity = { ...before, ...change };
  if (change.account && change.account !== before.account && !change.caller) identity.caller = { account: change.account, user: "admin" };
  labStore.setState({ identity });
  try {
    localStorage.setItem(identityKey, JSON.stringify(identity));
  } catch {
    // Nothing is kept in this browser; the choice holds until the page is closed.
  }
}

/** Reads what was chosen on an earlier visit. */
export function savedIdentity(): Identity | undefined {
  try {
    const found = JSON.parse(localStorage.getItem(identityKey) ?? "null") as Partial<Identity> | null;
    if (found && typeof found.account === "string" && typeof found.region === "string" && typeof found.caller === "object" && found.caller)
      return found as Identity;
  } catch {
    // Unreadable: the default will do.
  }
  return undefined;
}

/** The caller in words: `admin`, `root`, `role app`. */
export function callerName(caller: Caller): string {
  if ("accessKeyId" in caller) return caller.accessKeyId;
  if ("root" in caller) return "root";
  return "user" in caller ? caller.user : `role ${caller.role}`;
}

export const dismissNotice = (): void => labStore.setState({ notice: undefined });

// ---------------------------------------------------------------- other tabs

let channel: BroadcastChannel | undefined;

function listenToOtherTabs(): void {
  if (channel || typeof BroadcastChannel === "undefined") return;
  channel = new BroadcastChannel("keyhole.lab");
  channel.onmessage = () => void inTurn(reopen);
}

const tellOtherTabs = (): void => channel?.postMessage("changed");

/** The message that a failed call deserves where there is room for one line. */
export const errorLine = (error: AwsError): string => (error.message ? `${error.code}: ${error.message}` : error.code);
