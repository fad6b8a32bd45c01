import { decide } from "./iam/decide";
import { globalKeys } from "./iam/globals";
import { type JobRow, schedule, unschedule } from "./jobs";
import { Draft, dbOf } from "./store";
import type { Tape } from "./tape";
import type { AuthRequest, Call, Ciphers, ConditionContext, Context, CostLine, Db, Decision, JournalEntry, Json, JsonObject, OutsideAnswer, OutsideRequest, Principal, Result, Step, Trace } from "./types";

/** What a call brings with it to every depth. */
export interface Facts {
  via: string[];
  sourceIp?: string;
  userAgent?: string;
  secureTransport?: boolean;
  at: number;
  context?: ConditionContext;
  /** Running functions around it. */
  depth: number;
  /** Events before it in one chain of causes. */
  chain: number;
}

/** What only the lab can do for a handler. */
export interface Hands {
  readonly ciphers: Ciphers;
  readonly journal: readonly JournalEntry[];
  stages(draft: Draft, tape: Tape, service: string, operation: string, given: Json | undefined, region: string, who: Result<Principal>, facts: Facts, requestId: string): { result: Result; trace: Trace };
  outside<R extends OutsideRequest>(tape: Tape, request: R, steps: Step[], draft: Draft, facts: Facts): OutsideAnswer[R["kind"]];
  emit(draft: Draft, account: string, region: string, facts: Facts, tape: Tape, event: Parameters<Context["emit"]>[0], steps: Step[]): void;
}

/** Who is served, where, and by which service. */
export interface Spot {
  principal: Principal;
  account: string;
  region: string;
  /** The Region, or `global`. */
  place: string;
  service: string;
  requestId: string;
  steps: Step[];
  charged: CostLine[];
}

/** What is put off for longer than this begins a chain of causes anew, ms. */
const chainEnds = 3_600_000;

/**
 * What a handler sees, whether a call or the clock brought it there. A class, because each call makes one or two, and a
 * dozen functions with each would be the greater part of what a call leaves behind.
 */
export class CallContext implements Context {
  readonly account: string;
  readonly region: string;
  readonly principal: Principal;
  readonly requestId: string;
  readonly now: number;
  readonly via: string[];
  readonly sourceIp: string | undefined;
  readonly userAgent: string | undefined;
  readonly depth: number;
  readonly chain: number;
  readonly db: Db;
  readonly ciphers: Ciphers;
  readonly journal: readonly JournalEntry[];
  /** Of its own, since handlers hand it on. */
  readonly random: (bytes: number) => Uint8Array;

  constructor(
    private readonly hands: Hands,
    private readonly draft: Draft,
    private readonly tape: Tape,
    private readonly facts: Facts,
    private readonly spot: Spot,
  ) {
    const { account, region, principal, requestId, place, service } = spot;
    this.account = account;
    this.region = region;
    this.principal = principal;
    this.requestId = requestId;
    this.now = facts.at;
    this.via = facts.via;
    this.sourceIp = facts.sourceIp;
    this.userAgent = facts.userAgent;
    this.depth = facts.depth;
    this.chain = facts.chain;
    this.db = dbOf(draft, account, place, service);
    this.ciphers = hands.ciphers;
    this.journal = hands.journal;
    this.random = (bytes) => tape.random(bytes);
  }

  get until(): number {
    this.tape.untilAsked = true;
    return Math.max(this.facts.at, this.tape.until ?? this.facts.at);
  }

  newId(): string {
    return this.tape.newId();
  }

  outside<R extends OutsideRequest>(request: R): OutsideAnswer[R["kind"]] {
    return this.hands.outside(this.tape, request, this.spot.steps, this.draft, this.facts);
  }

  note(step: Step): void {
    this.spot.steps.push(step);
  }

  charge(line: CostLine): void {
    this.spot.charged.push(line);
  }

  emit(event: Parameters<Context["emit"]>[0]): void {
    const { account, region, steps } = this.spot;
    this.hands.emit(this.draft, event.account ?? account, region, this.facts, this.tape, event, steps);
  }

  schedule(job: Parameters<Context["schedule"]>[0]): void {
    const { facts, spot } = this;
    const row: JobRow = { id: job.id, due: job.due, kind: job.kind, account: job.account ?? spot.account, region: job.region ?? spot.place, service: job.service ?? spot.service, args: job.args ?? {} };
    const chain = job.chain ?? (job.due - facts.at < chainEnds ? facts.chain : 0);
    if (chain) row.chain = chain;
    schedule(this.draft, row, spot.steps);
  }

  unschedule(id: string, region = this.spot.place, account = this.spot.account): void {
    unschedule(this.draft, account, region, this.spot.service, id);
  }

  may(request: AuthRequest): Decision {
    const { draft, facts } = this;
    const { principal, region, steps } = this.spot;
    const { at: now, sourceIp, userAgent, secureTransport, via } = facts;
    const identities = dbOf(draft, principal.account, "global", "iam");
    const globals = globalKeys(principal, { now, sourceIp, userAgent, secureTransport, region, via }, identities);
    const asked = facts.context ? { ...request, context: { ...request.context, ...facts.context } } : request;
    const decision = decide(identities, principal, asked, globals);
    steps.push({ kind: "decision", decision });
    return decision;
  }

  call(other: string, operation: string, input: JsonObject, options: Parameters<Context["call"]>[3] = {}): Result {
    const { draft, tape, facts } = this;
    const { principal, service, steps } = this.spot;
    const { region = this.spot.region, program } = options;
    const child = new Draft(draft);
    const who: Result<Principal> = { ok: true, output: options.as ?? principal };
    const made: Call | undefined = program && { service: other, operation, input, region, ...program };
    const inner: Facts = Object.assign({}, facts, program);
    inner.via = made ? [] : [...facts.via, service];
    inner.context = options.context;
    const done = this.hands.stages(child, tape, other, operation, input, region, who, inner, tape.newId());
    steps.push(made ? { kind: "call", trace: done.trace, made } : { kind: "call", trace: done.trace });
    if (done.result.ok) child.mergeInto(draft);
    return done.result;
  }
}
