import { createStore } from "zustand/vanilla";
import { cliVersion } from "../cli/version";
import type { Lab } from "../engine/lab";
import type { AwsError, Call, Caller, Door, JournalEntry, JsonObject, Reply } from "../engine/types";
import type { AsideLab, Move, NewLab } from "./saved-lab";
import type { Hand, SharedLab } from "./shared-lab";
import type { Group, Recorded, Step } from "./steps";

/** Who the page acts as, and where. */
export interface Identity {
  account: string;
  region: string;
  caller: Caller;
}

export interface LabState {
  /** `idle` until somebody asks; the engine is not even fetched before. `outdated`: a newer page has the lab, this one must be reloaded. */
  status: "idle" | "opening" | "ready" | "failed" | "outdated";
  identity: Identity;
  /** Newest last. A new array after every entry. */
  journal: readonly Recorded[];
  /** Steps that were taken back and can be brought back; the last is the next. A call that does more than look forgets them. */
  undone: readonly Step[];
  /** Grows whenever records of that service changed (and for every service when IAM or Organizations did): whoever shows such answers asks again. */
  versions: Readonly<Record<string, number>>;
  /** One sentence about the lab itself, until it is dismissed. */
  notice?: string;
  /** What undo, redo or the clock just did, in plain words; `at` tells two of the same apart. */
  said?: { words: string; at: number };
  /** Why the lab could not be opened. */
  problem?: string;
}

/** London, where the lessons' key lives. */
export const defaultIdentity: Identity = {
  account: "111122223333",
  region: "eu-west-2",
  caller: { account: "111122223333", user: "admin" },
};

export const labStore = createStore<LabState>(() => ({ status: "idle", identity: defaultIdentity, journal: [], undone: [], versions: {} }));

const identityKey = "keyhole.identity";

let shared: SharedLab | undefined;
let opening: Promise<Lab> | undefined;

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
  const [engine, { watchDatabase }] = await Promise.all([import("./engine"), import("./database")]);
  watchDatabase({
    onOutdated: outdated,
    onBlocked: () => labStore.setState({ notice: "Another tab has the lab open with an older Keyhole. Close or reload that tab, and this one goes on." }),
  });
  const opened = await engine.openSharedLab({ moved, replaced, outdated, notice: (notice) => labStore.setState({ notice }) });
  shared = opened;
  labStore.setState(({ identity }) => ({ identity: savedIdentity() ?? identity }));
  replaced();
  // Another tab may have gone on while this one was reading.
  void opened.refresh().catch(() => undefined);
  if (typeof document !== "undefined") {
    const look = () => document.visibilityState === "visible" && void opened.refresh().catch(() => undefined);
    document.addEventListener("visibilitychange", look);
    addEventListener("pageshow", look);
  }
  return opened.lab;
}

const outdated = (): void =>
  labStore.setState({ status: "outdated", notice: "A newer Keyhole is open in another tab. Reload this page to go on with the same lab." });

/** Another lab stands here, or this one was read anew. */
function replaced(): void {
  if (!shared) return;
  const { versions } = labStore.getState();
  labStore.setState({
    status: "ready",
    journal: shared.lab.journal.slice(),
    undone: shared.undone,
    versions: { ...versions, [everything]: (versions[everything] ?? 0) + 1 },
  });
  tend();
}

let tending: ReturnType<typeof setTimeout> | undefined;
/** ms; what is further off is looked at again then. */
const longestWait = 3_600_000;

/** Sees to it that what is due next (a rotation's next step, an event on its way) happens at its time, though nobody calls. */
function tend(): void {
  clearTimeout(tending);
  const lab = shared?.lab;
  const due = lab?.upcoming(1)[0]?.due;
  if (!lab || due === undefined) return;
  tending = setTimeout(
    () => {
      // One at a time: each is saved, seen by the other tabs, and anybody's call may come between.
      const work = () => perform((hand) => hand.record((of) => of.settle(1)));
      void (due <= lab.now() ? work() : Promise.resolve()).then(tend, () => undefined);
    },
    Math.min(Math.max(0, due - lab.now()), longestWait),
  );
  (tending as { unref?(): void }).unref?.();
}

/** In `versions`: changes that may change any service's answers. */
const everything = "*";

/** Written with every event that comes by: who shows them reads the records. */
const eventTables = new Set(["log", "deliveries", "wants"]);

/** Services whose answers an entry may have changed. */
function touchedBy({ changes }: JournalEntry): Set<string> {
  const touched = new Set<string>();
  for (const { service, table } of changes) {
    // A look that noted itself here would make every page look again, without end.
    if (table === "lastUsed" || service === "lab" || (service === "events" && eventTables.has(table))) continue;
    touched.add(service === "iam" || service === "organizations" ? everything : service);
  }
  return touched;
}

/** A job that an event has caused. */
const isEcho = ({ kind, changes }: JournalEntry): boolean => kind === "job" && changes.some(({ service, table, before }) => service === "lab" && table === "jobs" && !!(before as { chain?: number } | undefined)?.chain);

/** After so many of them since anybody changed something pages look no more: a rule that waits for their looking would go round for ever. */
const mostEchoes = 8;
let echoes = 0;

function moved(moves: readonly Move[], own: boolean): void {
  if (!shared) return;
  const { versions } = labStore.getState();
  const changed = new Set<string>();
  for (const entry of moves.flatMap(({ entries }) => entries)) {
    const touched = touchedBy(entry);
    if (isEcho(entry) && ++echoes > mostEchoes) continue;
    if (entry.kind === "advance" || (entry.kind === "call" && touched.size)) echoes = 0;
    for (const service of touched) changed.add(service);
  }
  const next: Record<string, number> = { ...versions };
  for (const service of changed) next[service] = (next[service] ?? 0) + 1;
  labStore.setState({ journal: shared.lab.journal.slice(), undone: shared.undone, ...(changed.size ? { versions: next } : {}) });
  void loadServicesOf(moves);
  tend();
  if (!own) void sayOfOthers(moves);
}

/** Another tab may have asked a service that this one has not loaded: its records and events are shown here too. */
async function loadServicesOf(moves: readonly Move[]): Promise<void> {
  const names = new Set(moves.flatMap(({ entries }) => entries.flatMap(({ call: made, changes }) => [...(made ? [made.service] : []), ...changes.map(({ service }) => service)])));
  const { loadServices } = await import("../engine/catalog");
  await loadServices(names);
}

/** What a page watches: a text that changes when the answers of this service may have changed. */
export const versionOf = ({ versions }: LabState, service: string): string => `${versions[service] ?? 0}.${versions[everything] ?? 0}`;

/** Announces what was done, for the strip and for screen readers. */
export const say = (words: string): void => labStore.setState({ said: { words, at: performance.now() } });
export const unsay = (): void => labStore.setState({ said: undefined });

async function sayOfOthers(moves: readonly Move[]): Promise<void> {
  const { broughtBack, stepFrom, tookBack } = await import("./steps");
  const last = moves.findLast(({ kind }) => kind !== "did");
  if (last) say(`In another tab: ${(last.kind === "undid" ? tookBack : broughtBack)([stepFrom(last.entries)])}`);
}

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

/** Does something with the lab when it is this tab's turn; it is saved when this resolves. */
async function perform<T>(work: (hand: Hand) => T | Promise<T>): Promise<T> {
  await openLab();
  return shared!.perform(work);
}

let group: Group | undefined;

/**
 * Runs `work`; the calls that it makes are one thing to undo. `label` is what undo calls it ("Apply the smallest change");
 * without one it is called after its first call.
 */
export async function asOne<T>(label: string | undefined, work: () => Promise<T>): Promise<T> {
  // Within another one: that one is what the learner did.
  if (group) return work();
  const own: Group = { id: newGroup(), ...(label === undefined ? {} : { label }) };
  group = own;
  try {
    return await work();
  } finally {
    group = undefined;
  }
}

const newGroup = (): string => `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;

/**
 * Calls the lab through its one door and saves what it changed before it answers. Never rejects for an AWS error: that is
 * a reply with `ok: false`. `input` has the form of AWS JSON 1.1 (blobs base64, timestamps epoch seconds).
 */
export function call(service: string, operation: string, input: JsonObject = {}, options: CallOptions = {}): Promise<Reply> {
  const { identity } = labStore.getState();
  const door = options.door ?? ("console" as const);
  return callExactly({
    service,
    operation,
    input,
    caller: options.caller ?? identity.caller,
    region: options.region ?? identity.region,
    door,
    sourceIp: "203.0.113.10",
    userAgent: options.userAgent ?? userAgents[door] ?? "keyhole",
    secureTransport: true,
  });
}

/** As `call`, for a call that says all of itself: who, where, from what address. */
export async function callExactly(whole: Call): Promise<Reply> {
  const of = group;
  try {
    return await perform((hand) => hand.record((lab) => lab.call(whole), of));
  } catch (problem) {
    if (labStore.getState().status !== "outdated") throw problem;
    return notHere(whole, problem);
  }
}

/** The page cannot ask the lab any more: said as an error is said, so that whoever called can show it. No journal has it. */
function notHere({ service, operation, region = "" }: Call, problem: unknown): Reply {
  const error = { code: "ReloadThisPage", message: problem instanceof Error ? problem.message : String(problem) };
  const trace = { requestId: "", service, operation, region, account: "", via: [], at: Date.now(), steps: [], outcome: { ok: false as const, stage: "operation" as const, code: error.code, message: error.message }, cost: [] };
  return { ok: false, error, requestId: "", trace, seq: -1 };
}

/** As CloudTrail prints them for these doors. */
const userAgents: Partial<Record<Door, string>> = { console: "AWS Internal", terminal: cliVersion };

// ---------------------------------------------------------------- the clock, undo and redo

/** Moves the lab's clock by `ms` and runs what falls due: one step. Returns what happened, the move of the clock last. */
export async function advance(ms: number): Promise<JournalEntry[]> {
  const { days } = await import("./steps");
  return perform((hand) => hand.record((lab) => lab.advance(ms), group ?? { id: newGroup(), label: `moving the clock ${days(ms)} ahead` }));
}

/** Takes the last step back: the last call that did more than look, and what followed from it. Says so. */
export async function undo(): Promise<Step | undefined> {
  const { tookBack } = await import("./steps");
  const step = await perform((hand) => hand.undo());
  say(step ? tookBack([step]) : labStore.getState().journal.at(-1)?.group ? "That moved more at once than the journal keeps: it cannot be taken back." : tookBack([]));
  return step;
}

/** Takes back an entry (with all that was done as one with it) and everything after it. Says how much that was. */
export async function undoFrom({ requestId }: Pick<JournalEntry, "requestId">): Promise<Step[]> {
  const { tookBack } = await import("./steps");
  const steps = await perform((hand) => hand.undoFrom(requestId));
  say(tookBack(steps));
  return steps;
}

/**
 * Takes back just these entries, by their request ids in the order in which they were made; looks that came between go
 * with them. Undefined, and nothing is done, where something else was done after the first of them, or it is not there.
 */
export async function takeBack(requestIds: readonly string[]): Promise<Step[] | undefined> {
  const { isLook, tookBack } = await import("./steps");
  const steps = await perform((hand) => {
    const { journal } = hand.lab;
    const at = journal.findIndex(({ requestId }) => requestId === requestIds[0]);
    const theirs = (entry: JournalEntry): boolean => requestIds.includes(entry.requestId) || isLook(entry) || entry.kind === "job";
    return at >= 0 && journal.slice(at).every(theirs) ? hand.undoFrom(requestIds[0]) : undefined;
  });
  if (steps) say(tookBack(steps));
  return steps;
}

/** Brings back what was taken back last; `count` such steps. */
export async function redo(count = 1): Promise<Step[]> {
  const { broughtBack } = await import("./steps");
  const steps = await perform((hand) => {
    const brought: Step[] = [];
    while (brought.length < count) {
      const step = hand.redo();
      if (!step) break;
      brought.push(step);
    }
    return brought;
  });
  say(broughtBack(steps));
  return steps;
}

/** The open lab, for reading (`lab.read`, `lab.upcoming`, `lab.now`, `lab.fork`); undefined before it is open. Calls go through `call`. */
export const theLab = (): Lab | undefined => shared?.lab;

// ---------------------------------------------------------------- labs

/** Keeps the present lab aside under a name and opens a fresh one, one that was kept aside before (its id), or one from a file. */
export async function changeLab(next?: string | { made: Omit<NewLab, "id"> }): Promise<void> {
  await openLab();
  const engine = await import("./engine");
  labStore.setState({ notice: undefined, said: undefined });
  await engine.replaceLab(shared!, next === undefined ? "fresh" : typeof next === "string" ? { aside: next } : { made: { id: engine.newLabId(), ...next.made } });
}

/** Labs that are kept aside, oldest first. */
export const labsAside = async (): Promise<AsideLab[]> => (await import("./engine")).listAside();
export const renameLab = async (id: string, name: string): Promise<void> => (await import("./engine")).changeAside(id, { name });
export const deleteLab = async (id: string): Promise<void> => (await import("./engine")).changeAside(id, "deleted");

/** The present lab as a file: its name, and its text in pieces. */
export async function exportLab(): Promise<{ name: string; text: string[] }> {
  const lab = await openLab().then(() => shared!.lab);
  const { labFileName, labText } = await import("./lab-file");
  const now = Date.now();
  return { name: labFileName(now), text: labText(lab, shared!.undone.map(({ entries }) => entries), now) };
}

/** Opens a lab from a file's text; the present one is kept aside. Returns why not, in one sentence; then nothing has changed. */
export async function importLab(text: string): Promise<string | undefined> {
  const { readLabText } = await import("./lab-file");
  const read = readLabText(text);
  if ("problem" in read) return read.problem;
  try {
    await changeLab({ made: read.lab });
    return undefined;
  } catch (problem) {
    return problem instanceof Error ? problem.message : String(problem);
  }
}

// ---------------------------------------------------------------- identity

/** Changes account, Region or caller. A caller of another account is replaced by that account's `admin`. */
export function setIdentity(change: Partial<Identity>): void {
  const before = labStore.getState().identity;
  const identity = { ...before, ...change };
  if (change.account && change.account !== before.account && !change.caller) identity.caller = { account: change.account, user: "admin" };
  labStore.setState({ identity });
  try {
    const kept = JSON.stringify(identity);
    sessionStorage.setItem(identityKey, kept);
    localStorage.setItem(identityKey, kept);
  } catch {
    // Nothing is kept in this browser; the choice holds until the page is closed.
  }
}

/** What this tab chose before it was reloaded; a new tab begins with what was chosen last in any. Each tab acts for itself. */
export function savedIdentity(): Identity | undefined {
  try {
    const found = JSON.parse(sessionStorage.getItem(identityKey) ?? localStorage.getItem(identityKey) ?? "null") as Partial<Identity> | null;
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

/** The message that a failed call deserves where there is room for one line. */
export const errorLine = (error: AwsError): string => (error.message ? `${error.code}: ${error.message}` : error.code);
