import { type CatalogEntry, catalog, isToLoad, loadServices } from "./catalog";
import { enterInLedger } from "./billing/ledger";
import { toEvents, wantsOf } from "./cloudtrail/to-events";
import { CallContext, type Facts, type Hands } from "./call-context";
import { fromBase64 } from "./crypto/bytes";
import { deniedError } from "./iam/denied";
import { LAST_USED, noteUse } from "./iam/last-used";
import { ensureAccount, hasAccount, recognise } from "./iam/who";
import { fail } from "./errors";
import { hasRules, logEvent } from "./event-log";
import { accounts, defaultRegion, regions } from "./regions";
import { checkShape, problemText } from "./shapes";
import { checkSnapshot, type Snapshot, snapshotVersion } from "./snapshot";
import { type JobRow, nextJob, schedule, unschedule } from "./jobs";
import { oneAfterAnother } from "./one-after-another";
import { partTables } from "./part-tables";
import { Draft, Records, dbOf } from "./store";
import { Tape } from "./tape";
import type {
  Call, CallInside, Caller, Context, CostLine, Db, FunctionAnswer, FunctionRun, Inside, JournalEntry, Json, JsonObject, OutsideAnswer,
  OutsideRequest, Ports, Principal, Reply, Result, Step, Trace,
} from "./types";

/** One simulated cloud: its state, its clock, its journal, and the one door in. */
export interface Lab {
  /**
   * The one door. Stages, in order: known operation → shape → caller → permission → handler → record.
   * A refused or failed call changes nothing, but it is journalled and traced. Calls are taken one after another.
   */
  call(call: Call): Promise<Reply>;
  /** Moves the clock by `ms` and runs what falls due on the way, in order; returns what happened. */
  advance(ms: number): Promise<JournalEntry[]>;
  /** Runs what is due by now, in order; at most `limit` jobs. Hosts ask when the time comes (`upcoming`); a call does it first by itself. */
  settle(limit?: number): Promise<JournalEntry[]>;
  /** Lab time, ms since the epoch. */
  now(): number;
  /** Newest last; bounded, the oldest are dropped first. */
  readonly journal: readonly JournalEntry[];
  /** Takes the last entry back. undefined when there is none. */
  undo(): JournalEntry | undefined;
  /** Makes the last entry that was taken back true again. A new call forgets what could be redone. */
  redo(): JournalEntry | undefined;
  readonly undone: readonly JournalEntry[];
  /**
   * Makes an entry that another copy of this lab recorded true here too, without doing it again: rows, reply and trace are
   * taken as they are. It must be the next one (`seq + 1`); forgets what could be redone.
   */
  accept(entry: JournalEntry): void;
  /** Position and lab time (ms) of the last entry, as a snapshot would say. */
  readonly seq: number;
  readonly at: number;
  /** Told after every entry, undo and redo. Returns the way to stop listening. */
  subscribe(listener: LabListener): () => void;
  /** The state as plain data, without the journal. */
  snapshot(): Snapshot;
  /** A lab of its own with the same state and an empty journal: for probes, proofs and 'what if'. */
  fork(ports?: Ports): Lab;
  /** Committed records for reading: what the pages show. */
  read(place: { account: string; region: string; service: string }): Db;
  /** Makes an account with its user `admin` if the lab has not seen it. */
  ensureAccount(account: string): void;
  /** Does again what the entries say: same times, same entropy, same outside answers, so the same bytes. */
  replay(entries: readonly JournalEntry[]): void;
  /** What is due next, soonest first. */
  upcoming(limit?: number): { due: number; service: string; kind: string; account: string; region: string; args: JsonObject }[];
  /** A caller as the lab knows it, or AWS's refusal. */
  recognise(caller: Caller): Result<Principal>;
}

export type LabListener = (event: { kind: "entry" | "undo" | "redo"; entry: JournalEntry }) => void;

export { checkSnapshot, type Snapshot, snapshotVersion } from "./snapshot";

export interface LabOptions {
  ports: Ports;
  /** The state to begin with: one that was saved, or another lab's. */
  snapshot?: Snapshot;
  from?: { records: Records; at: number; seq: number };
  /** Entries that led to the snapshot, for undo after a reload. */
  journal?: JournalEntry[];
  /** How many entries are kept. Default 2,000. */
  journalLimit?: number;
}

/** Thrown where work outside must be waited for; caught by the lab alone, which then does the call again from its beginning. */
class Suspend {
  /** `draft`: what the call had done until then, which a function's calls build upon. */
  constructor(readonly request: OutsideRequest | { kind: "load-service"; service: string }, readonly draft?: Draft, readonly facts?: Facts) {}
}

export function createLab({ ports, snapshot, from, journal: past = [], journalLimit = 2_000 }: LabOptions): Lab {
  const problem = snapshot && checkSnapshot(snapshot);
  if (problem) throw new Error(`This saved lab cannot be opened: ${problem}.`);
  const records = from?.records ?? (snapshot ? Records.from(snapshot.records) : new Records());
  const journal: JournalEntry[] = [...past];
  const undone: JournalEntry[] = [];
  const listeners = new Set<LabListener>();
  let seq = from?.seq ?? snapshot?.seq ?? 0;
  let last = from?.at ?? snapshot?.at ?? ports.now();
  /** Lab time before the oldest entry that is kept; undefined where nobody knows it any more. */
  let ground = past.length ? undefined : last;

  const reading = (): Draft => new Draft(records);
  const clockOffset = (): number => (dbOf(reading(), "", "", "lab").table<{ offset: number }>("clock").get("clock")?.offset ?? 0);
  let offset = clockOffset();
  const now = (): number => Math.max(last, ports.now() + offset);

  if (!snapshot && !from) {
    const draft = reading();
    for (const account of accounts) ensureAccount(dbOf(draft, account, "global", "iam"), account);
    records.apply(draft.changes());
  }

  const exclusive = oneAfterAnother();

  const freshTape = (): Tape => new Tape(ports);
  const hands: Hands = { ciphers: ports.ciphers, journal, stages, outside, emit };

  // ---------------------------------------------------------------- the stages

  /** One call at one depth. `principal` is a refusal where the caller was not recognised. */
  function stages(draft: Draft, tape: Tape, service: string, operation: string, given: Json | undefined, region: string, who: Result<Principal>, facts: Facts, requestId: string): { result: Result; trace: Trace } {
    const steps: Step[] = [];
    const trace: Trace = { requestId, service, operation, region, account: who.ok ? who.output.account : "", via: facts.via, at: facts.at, steps, outcome: { ok: true }, cost: [] };
    const refuse = (stage: "operation" | "shape" | "caller" | "permission" | "handler", result: Result): { result: Result; trace: Trace } => {
      if (!result.ok) trace.outcome = { ok: false, stage, code: result.error.code, message: result.error.message };
      return { result, trace };
    };

    if (isToLoad(service)) throw new Suspend({ kind: "load-service", service });
    const entry = catalog.get(service);
    const op = entry?.operations.get(operation);
    if (!entry || !op) return refuse("operation", unknownOperation(entry, service, operation));
    if (!entry.service.global && !Object.hasOwn(regions, region))
      return refuse("operation", fail("UnknownEndpoint", `Could not connect to the endpoint URL: "https://${service}.${region}.amazonaws.com/"`));

    const shape = checkShape(entry.model, entry.model.operations[operation]?.input?.shape, given);
    if (shape.malformed || shape.problems.length) {
      steps.push({ kind: "shape", ok: false, problems: shape.malformed ? [shape.malformed] : shape.problems });
      return refuse("shape", shape.malformed ? fail("SerializationException", shape.malformed) : fail(entry.service.invalidCode ?? (entry.model.metadata.protocol === "query" ? "ValidationError" : "ValidationException"), problemText(shape.problems)));
    }
    steps.push(fits);

    if (!who.ok) {
      steps.push({ kind: "caller", ok: false, problem: who.error.message });
      return refuse("caller", who);
    }
    const principal = who.output;
    trace.principal = principal.arn;
    steps.push({ kind: "caller", ok: true, principal });

    const charged: CostLine[] = [];
    const ctx = new CallContext(hands, draft, tape, facts, { principal, account: principal.account, region, place: entry.service.global ? "global" : region, service, requestId, steps, charged });

    const invalid = op.validate?.(shape.value, ctx);
    if (invalid) return refuse("handler", invalid);
    const questions = op.authorise(shape.value, ctx);
    if (questions && "ok" in questions) return refuse("handler", questions);
    for (const question of questions ? (Array.isArray(questions) ? questions : [questions]) : []) {
      const decision = ctx.may(question);
      if (decision.effect !== "Allow") {
        const error = question.denied?.(decision) ?? { ...deniedError(decision, service) };
        if (!question.denied) error.code = entry.service.deniedCode;
        return refuse("permission", { ok: false, error });
      }
    }
    // What it costs is asked of the state before it; nobody pays for what was refused (see billing/ledger.ts).
    const cost = op.cost?.(shape.value, ctx) ?? [{ item: `${service}:request`, quantity: 1 }];
    const result = op.handle(shape.value, ctx);
    if (result.ok) {
      trace.cost = charged.length ? [...cost, ...charged] : cost;
      return { result, trace };
    }
    // A handler that asked a further question and got a no was stopped by permission, whatever code it answers with.
    const lastDecision = steps.findLast((step) => step.kind === "decision");
    return refuse(lastDecision?.kind === "decision" && lastDecision.decision.effect !== "Allow" ? "permission" : "handler", result);
  }

  function outside<R extends OutsideRequest>(tape: Tape, request: R, steps: Step[], draft: Draft, facts: Facts): OutsideAnswer[R["kind"]] {
    if (tape.asked >= tape.outside.length) throw new Suspend(request, draft, facts);
    steps.push({ kind: "outside", request: request.kind });
    const answer = tape.outside[tape.asked++] as unknown as OutsideAnswer[R["kind"]];
    if (request.kind === "run-function")
      for (const { call, entropy, outside } of (answer as FunctionAnswer).calls ?? []) {
        const { trace } = callInside(draft, call, facts, new Tape(ports, fromBase64(entropy), outside));
        steps.push({ kind: "call", trace, made: call });
      }
    return answer;
  }

  /** A call that a running function's code makes: into the draft of the call that runs the function, if it succeeds. */
  function callInside(base: Draft, call: Call, { at, depth, chain }: Facts, tape: Tape): { result: Result; trace: Trace } {
    const draft = new Draft(base);
    const requestId = tape.newId();
    const who = recognise(dbOf(draft, accounts[0], "global", "iam"), call.caller, at, call.service);
    const facts: Facts = { via: [], at, sourceIp: call.sourceIp, userAgent: call.userAgent, secureTransport: call.secureTransport, depth: depth + 1, chain };
    const done = stages(draft, tape, call.service, call.operation, call.input, call.region ?? defaultRegion, who, facts, requestId);
    if (done.result.ok) draft.mergeInto(base);
    return done;
  }

  /** Waits for what a call or job asked outside, and puts the answer on its tape. */
  async function waitFor({ request, draft, facts }: Suspend, tape: Tape): Promise<void> {
    if (request.kind === "load-service") await loadServices([request.service]);
    else if (request.kind === "run-function") tape.outside.push((await runFunction(request.run, draft!, facts!)) as unknown as Json);
    else tape.outside.push((await ports.outside(request)) as unknown as Json);
    tape.rewind();
  }

  /** Does `work`, and again from its beginning after each thing that it must wait for. */
  function withOutside<T>(tape: Tape, work: () => T): T | Promise<T> {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof Suspend)) throw error;
      return waitFor(error, tape).then(() => withOutside(tape, work));
    }
  }

  /** One invocation: its code runs at the host, its calls come back in here one after another. */
  async function runFunction(run: FunctionRun, around: Draft, facts: Facts): Promise<FunctionAnswer> {
    if (!ports.functions) return notRun("This host of the lab runs no functions.");
    const draft = new Draft(around);
    const calls: CallInside[] = [];
    let over = false;
    let last: Promise<unknown> = Promise.resolve();
    const inside: Inside = {
      read: ({ account, region, service }) => dbOf(draft, account, region, service),
      call: (asked) => {
        const call: Call = { caller: run.caller, region: run.region, ...asked, door: "lambda" };
        const done = last.then(async (): Promise<Reply> => {
          if (over) throw new Error("The function has ended.");
          const tape = freshTape();
          const { result, trace } = await withOutside(tape, () => callInside(draft, call, facts, tape));
          calls.push({ call, entropy: tape.text(), outside: tape.outside });
          return { ...result, requestId: trace.requestId, trace, seq: -1 };
        });
        last = done.catch(() => undefined);
        return done;
      },
    };
    let answer: FunctionAnswer;
    try {
      answer = await ports.functions(run, inside);
    } catch (error) {
      // The host's own failure is an answer too: a job that cannot be done would stand in the way of all others.
      answer = notRun(`The host could not run the function: ${error instanceof Error ? error.message : String(error)}`);
    }
    // A call that is under way when the code ends is finished: half of it would be neither there nor not.
    await last;
    over = true;
    return { ...answer, calls };
  }

  /** Writes the event down, and has EventBridge look at it in its own time where there are rules. */
  function emit(draft: Draft, account: string, region: string, { at, chain }: Facts, tape: Tape, { source, detailType, detail, resources = [] }: Parameters<Context["emit"]>[0], steps: Step[]): void {
    const db = dbOf(draft, account, region, "events");
    const event = logEvent(db, at, { id: tape.newId(), source, "detail-type": detailType, account, region, time: at, resources, detail });
    steps.push({ kind: "event", source, detailType });
    if (hasRules(db)) schedule(draft, { id: `deliver ${event}`, due: at, kind: "EventDelivery", account, region, service: "events", args: { event, DetailType: detailType }, chain: chain + 1 }, steps);
  }

  /** CloudTrail tells EventBridge of a call or job, into the draft: refused calls as well. */
  function tell(draft: Draft, what: Pick<JournalEntry, "kind" | "door" | "at" | "requestId"> & Partial<JournalEntry>, reply: Result, trace: Trace, facts: Facts, tape: Tape): void {
    const db = dbOf(draft, accounts[0], "global", "events");
    // Few labs have a rule that wants it, and every call comes by here.
    if (!wantsOf(db).size) return;
    for (const { account, region, event } of toEvents({ ...what, seq: 0, entropy: "", outside: [], changes: draft.changes(), reply, trace }, db)) emit(draft, account, region, facts, tape, event, trace.steps);
  }

  // ---------------------------------------------------------------- things that happen later

  /** The job that is due first: looked up anew only when jobs have changed, because every call asks. */
  let first: { next: ReturnType<typeof nextJob> } | undefined;
  const firstJob = (): ReturnType<typeof nextJob> => (first ??= { next: nextJob(reading()) }).next;

  /** Runs what is due up to `until`, soonest first. A job may schedule the next. */
  function settle(until: number, limit = Infinity, done: JournalEntry[] = []): JournalEntry[] | Promise<JournalEntry[]> {
    while (done.length < limit) {
      const next = firstJob();
      if (!next || next.job.due > until) break;
      const { key, job } = next;
      const at = Math.max(last, job.due);
      const tape = new Tape(ports, undefined, undefined, until);
      const entry = withOutside(tape, () => runJob(key, job, at, tape));
      if (entry instanceof Promise)
        return entry.then((late) => {
          done.push(late);
          return settle(until, limit, done);
        });
      done.push(entry);
    }
    return done;
  }

  /** `next` after `work`, at once where nothing is to be waited for. */
  const then = <T, U>(work: T | Promise<T>, next: (value: T) => U | Promise<U>): U | Promise<U> => (work instanceof Promise ? work.then(next) : next(work));

  function runJob(key: string, job: JobRow, at: number, tape: Tape): JournalEntry {
    const draft = reading();
    const requestId = tape.newId();
    const principal: Principal = { type: "Service", account: job.account, arn: `arn:aws:iam::${job.account}:root`, userId: job.service, service: `${job.service}.amazonaws.com` };
    const region = job.region === "global" ? defaultRegion : job.region;
    const steps: Step[] = [{ kind: "caller", ok: true, principal }];
    const trace: Trace = { requestId, service: job.service, operation: job.kind, region, account: job.account, principal: principal.service, via: [], at, steps, outcome: { ok: true }, cost: [] };
    unschedule(draft, job.account, job.region, job.service, job.id);
    if (isToLoad(job.service)) throw new Suspend({ kind: "load-service", service: job.service });
    const handler = catalog.get(job.service)?.service.jobs?.[job.kind];
    if (!handler) throw new Error(`${job.service} has no job ${job.kind}`);
    const facts: Facts = { via: [], at, depth: 0, chain: job.chain ?? 0 };
    handler(job.args, new CallContext(hands, draft, tape, facts, { principal, account: job.account, region, place: job.region, service: job.service, requestId, steps, charged: trace.cost }));
    const what = { kind: "job", door: "clock", at, job: key, requestId } as const;
    const reply: Result = { ok: true, output: {} };
    tell(draft, what, reply, trace, facts, tape);
    return record({ ...what, ...(tape.untilAsked && tape.until !== undefined ? { until: tape.until } : {}) }, draft, tape, reply, trace);
  }

  // ---------------------------------------------------------------- journal

  function record(what: Pick<JournalEntry, "kind" | "door" | "at" | "requestId"> & Partial<JournalEntry>, draft: Draft | undefined, tape: Tape, reply: Result, trace: Trace): JournalEntry {
    const changes = draft?.changes() ?? [];
    for (const change of changes) {
      if (change.service === "lab") first = undefined;
      if (!reply.ok || change.service === "lab" || change.table === LAST_USED || partTables.has(`${change.service}/${change.table}`)) continue;
      const { account, region, service, table, id } = change;
      trace.steps.push({ kind: "change", change: !change.before ? "created" : !change.after ? "deleted" : "updated", service, table, id, account, region });
    }
    if (reply.ok) enterInLedger(records, trace, what.at, changes);
    const entry: JournalEntry = { seq: ++seq, ...what, entropy: tape.text(), outside: tape.outside, reply, changes, trace };
    records.apply(changes);
    last = entry.at;
    undone.length = 0;
    journal.push(entry);
    trimJournal();
    for (const listener of listeners) listener({ kind: "entry", entry });
    return entry;
  }

  function trimJournal(): void {
    if (journal.length > journalLimit + (journalLimit >> 3)) ground = journal.splice(0, journal.length - journalLimit).at(-1)!.at;
  }

  function take(call: Call, at: number, tape: Tape): JournalEntry {
    const draft = reading();
    const requestId = tape.newId();
    const region = call.region ?? defaultRegion;
    const who = recognise(dbOf(draft, accounts[0], "global", "iam"), call.caller, at, call.service);
    const facts: Facts = { via: [], at, sourceIp: call.sourceIp, userAgent: call.userAgent, secureTransport: call.secureTransport, depth: 0, chain: 0 };
    const { result, trace } = stages(draft, tape, call.service, call.operation, call.input, region, who, facts, requestId);
    if (result.ok && who.ok) noteUse(dbOf(draft, accounts[0], "global", "iam"), who.output, { LastUsedDate: at, Region: catalog.get(call.service)?.service.global ? defaultRegion : region, ServiceName: call.service });
    const what = { kind: "call", door: call.door ?? "test", at, requestId, call } as const;
    // What a refused call did is gone; that it was made is told all the same.
    const told = result.ok ? draft : reading();
    tell(told, what, result, trace, facts, tape);
    return record(what, told, tape, result, trace);
  }

  const answer = ({ reply, requestId, trace, seq: at }: JournalEntry): Reply =>
    reply.ok ? { ok: true, output: reply.output, requestId, trace, seq: at } : { ok: false, error: reply.error, requestId, trace, seq: at };

  /** `at` is the time after the move. */
  function moveClock(ms: number, at: number, tape: Tape): JournalEntry {
    const draft = reading();
    dbOf(draft, "", "", "lab").table<{ offset: number }>("clock").put("clock", { offset: offset + ms });
    const entry = note({ kind: "advance", at, by: ms }, draft, tape, "Advance", "");
    offset += ms;
    return entry;
  }

  function makeAccount(account: string, at: number, tape: Tape): JournalEntry | undefined {
    const draft = reading();
    ensureAccount(dbOf(draft, account, "global", "iam"), account, at);
    return draft.changes().length ? note({ kind: "account", at, account }, draft, tape, "EnsureAccount", account) : undefined;
  }

  /** An entry that no service made. */
  function note(what: Pick<JournalEntry, "kind" | "at" | "by" | "account">, draft: Draft, tape: Tape, operation: string, account: string): JournalEntry {
    const requestId = tape.newId();
    const trace: Trace = { requestId, service: "lab", operation, region: "", account, via: [], at: what.at, steps: [], outcome: { ok: true }, cost: [] };
    return record({ ...what, door: "clock", requestId }, draft, tape, { ok: true, output: {} }, trace);
  }

  /** Does again what an entry says, with its own time, entropy and outside answers. */
  function again(entry: JournalEntry): void {
    const tape = new Tape(ports, fromBase64(entry.entropy), [...entry.outside], entry.until);
    if (entry.kind === "call") take(entry.call!, entry.at, tape);
    else if (entry.kind === "advance") moveClock(entry.by!, entry.at, tape);
    else if (entry.kind === "account") makeAccount(entry.account!, entry.at, tape);
    else {
      const jobs = dbOf(reading(), "", "", "lab").table<JobRow>("jobs");
      const job = jobs.get(entry.job!);
      if (!job) throw new Error(`replay: no job ${entry.job} is due at entry ${entry.seq}`);
      runJob(entry.job!, job, entry.at, tape);
    }
  }

  const lab: Lab = {
    call: (call) =>
      exclusive(() => {
        const at = now();
        return then(settle(at), () => {
          // What was due may have taken its time.
          const begun = Math.max(at, last);
          const tape = freshTape();
          return then(withOutside(tape, () => take(call, begun, tape)), answer);
        });
      }),
    advance: (ms) => {
      if (!Number.isFinite(ms) || ms < 0) return Promise.reject(new RangeError("The clock moves forward only, by a finite number of milliseconds."));
      return exclusive(() => {
        const at = now();
        // Jobs first, each at its own time: the entry that moved the clock stands after what it caused.
        return then(settle(at + ms), (happened) => [...happened, moveClock(ms, Math.max(at + ms, last), freshTape())]);
      });
    },
    settle: (limit) => exclusive(() => settle(now(), limit)),
    now,
    journal,
    undone,
    undo() {
      const entry = journal.pop();
      if (!entry) return undefined;
      records.revert(entry.changes);
      first = undefined;
      undone.push(entry);
      last = journal.at(-1)?.at ?? ground ?? Math.min(last, entry.at);
      seq = entry.seq - 1;
      offset = clockOffset();
      for (const listener of listeners) listener({ kind: "undo", entry });
      return entry;
    },
    redo() {
      const entry = undone.pop();
      if (!entry) return undefined;
      records.apply(entry.changes);
      first = undefined;
      journal.push(entry);
      last = entry.at;
      seq = entry.seq;
      offset = clockOffset();
      for (const listener of listeners) listener({ kind: "redo", entry });
      return entry;
    },
    accept(entry) {
      if (entry.seq !== seq + 1) throw new Error(`entry ${entry.seq} does not follow ${seq}`);
      records.apply(entry.changes);
      first = undefined;
      journal.push(entry);
      last = entry.at;
      seq = entry.seq;
      offset = clockOffset();
      undone.length = 0;
      trimJournal();
      for (const listener of listeners) listener({ kind: "entry", entry });
    },
    get seq() {
      return seq;
    },
    get at() {
      return last;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    snapshot: () => ({ version: snapshotVersion, at: last, seq, records: records.plain() }),
    fork: (other = ports) => createLab({ ports: other, from: { records: records.fork(), at: last, seq } }),
    read: ({ account, region, service }) => dbOf(reading(), account, region, service),
    ensureAccount: (account) => {
      // Asked at every request from outside, and nearly always known.
      if (!hasAccount(dbOf(reading(), account, "global", "iam"), account)) makeAccount(account, now(), freshTape());
    },
    replay(entries) {
      try {
        for (const entry of entries) again(entry);
      } catch (error) {
        throw error instanceof Suspend ? new Error(`replay: ${JSON.stringify(error.request)} is not recorded or not loaded`) : error;
      }
    },
    upcoming(limit = 10) {
      if (limit === 1) {
        const next = firstJob();
        return next ? [next.job] : [];
      }
      const jobs = dbOf(reading(), "", "", "lab").table<JobRow>("jobs");
      return jobs.ids({ limit }).map((key) => jobs.get(key)!);
    },
    recognise: (caller) => recognise(dbOf(reading(), accounts[0], "global", "iam"), caller, now()),
  };
  return lab;
}

/** Steps are read, never changed; this one says the same in every call. */
const fits: Step = { kind: "shape", ok: true, problems: [] };

const notRun = (trouble: string): FunctionAnswer => ({ outcome: "stopped", payload: "null", output: "", duration: 0, memoryUsed: 0, trouble });

function unknownOperation(entry: CatalogEntry | undefined, service: string, operation: string): Result {
  if (!entry) return fail("NotSimulated", `Keyhole does not simulate the service ${service}.`);
  const { model } = entry;
  const why = Object.hasOwn(entry.service.whyNot ?? {}, operation) ? entry.service.whyNot![operation] : undefined;
  if (model.notSimulated.includes(operation) || Object.hasOwn(model.operations, operation))
    return fail("NotSimulated", `Keyhole does not simulate ${operation} of ${model.metadata.serviceFullName}. AWS has this operation; this lab does not.${why === undefined ? "" : ` ${why}`}`);
  return model.metadata.protocol === "query"
    ? fail("InvalidAction", `Could not find operation ${operation} for version ${model.metadata.apiVersion}`)
    : fail("UnknownOperationException");
}
