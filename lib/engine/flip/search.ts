import type { Lab } from "../lab";
import { GRANT_PROPAGATION_MS } from "../kms/auth";
import { seededPorts } from "../ports";
import type { Call, JournalEntry, OutsideAnswer, Ports, Principal, Reply } from "../types";
import { allowSteps } from "./allow";
import { filled } from "./answers";
import { type Asking, type Beside, besideOf } from "./beside";
import { denySteps } from "./deny";
import { liftSteps } from "./lift";
import { lesserCall, mendSteps } from "./mend";
import { documentsOf, fingerprint, type Found, mergedEdits } from "./order";
import { misnamedSecret } from "./secrets";
import { patched } from "./steps";
import { askedIn, failureOf, markOf, outcomeOf, principalIn, refusedOf } from "./trace";
import type { Flip, FlipEdit, FlipOptions, FlipQuestion, Scene, Step } from "./types";
import { editorName, lowerFirst, upperFirst } from "./words";

/** The search: candidates are run on copies, and what brings a refusal further is gone on from. */
export interface Search {
  readonly base: Lab;
  readonly ports: Ports;
  readonly call: Call;
  readonly wanted: "allow" | "deny";
  readonly options: FlipOptions;
  readonly journal: readonly JournalEntry[];
  /** The call on a copy of the lab as it is now. */
  readonly today: Reply;
  readonly seen: Set<string>;
  readonly kept: Map<string, Asking>;
  readonly found: Found[];
  tried: number;
  stopped: boolean;
  /** What stood in the way where the permission was there. */
  behind?: string;
  /** Changes that nobody in the lab may make, root neither. */
  unmakeable: number;
}

const mostRuns = 40;
/** How many changes may have to come together: control policy, both accounts, the key behind a parameter. */
const deepest = 5;
/** Ways to go on that are tried until one of them leads through. */
const waysOn = 3;

const nobody: Principal = { type: "Service", account: "", arn: "", userId: "" };

export async function begin(lab: Lab, question: FlipQuestion, call: Call, wanted: "allow" | "deny", options: FlipOptions): Promise<Search> {
  const ports = portsOf(lab, question);
  const base = lab.fork(ports);
  const today = await tried(base, call);
  return {
    base,
    ports,
    call,
    wanted,
    options,
    journal: lab.journal,
    today,
    seen: new Set(),
    kept: new Map(),
    found: [],
    tried: 0,
    stopped: false,
    unmakeable: 0,
  };
}

/** The copy's own time and chance: the moment of the question, and numbers that the lab itself does not draw. */
function portsOf(lab: Lab, question: FlipQuestion): Ports {
  const offset = lab.read({ account: "", region: "", service: "lab" }).table<{ offset: number }>("clock").get("clock")?.offset ?? 0;
  const ports = seededPorts(0x5eed + lab.journal.length, lab.now() - offset);
  const recorded = "outside" in question ? question.outside[0] : undefined;
  return {
    ...ports,
    outside: async (request) => (recorded as OutsideAnswer["rsa-key-pair"] | undefined) ?? ports.outside(request),
    // Whether a function may be invoked is the question, not what its code does.
    functions: async () => ({ outcome: "returned", payload: "null", output: "", duration: 1, memoryUsed: 1 }),
  };
}

/** The call's answer; the copy is then as it was before. */
async function tried(lab: Lab, call: Call): Promise<Reply> {
  const reply = await lab.call(call);
  lab.undo();
  return reply;
}

export const run = (search: Search): Promise<unknown> =>
  goOn(search, [], { lab: search.base, again: search.call, reply: search.today, edits: [] });

/** What was made on a copy: the edits as they were made, the call after them, and the copy as it was before that call. */
interface Ran {
  edits: FlipEdit[];
  /** With references to the edits' answers in it, and with the answers themselves. */
  again: Call;
  call?: Call;
  reply: Reply;
  lab: Lab;
}

/** Runs each change that the refusal suggests, on top of those made already. True if one of them flips. */
async function goOn(search: Search, before: readonly Step[], from: Ran): Promise<boolean> {
  const { options, seen } = search;
  let any = false;
  let ways = 0;
  const suggested = stepsFor(search, from);
  // Going on, what changes the call alone is looked at first, since it costs nobody anything; unless it asks for less.
  // What allows more than is asked comes last: the first that leads through is taken.
  const rank = ({ edits, broad }: Step): number => Math.min(1, edits.length) + (broad ? 1 : 0);
  const candidates = before.length ? suggested.filter(({ asksOtherwise }) => !asksOtherwise).sort((a, b) => rank(a) - rank(b)) : suggested;
  for (const step of candidates) {
    // What comes second has to be there at all; that there are several ways to it is no news.
    if (before.length && (any || ways++ >= waysOn)) break;
    if (search.stopped || search.tried >= (options.most ?? mostRuns)) break;
    const steps = [...before, step];
    const key = JSON.stringify(steps.map(({ edits, patch }) => [edits, patch]));
    if (seen.has(key)) continue;
    seen.add(key);
    await options.pause?.();
    if (options.wanted && !options.wanted()) {
      search.stopped = true;
      break;
    }
    search.tried++;
    const ran = await perform(search, steps);
    if (!ran) search.unmakeable++;
    else if (await judge(search, steps, ran, from)) any = true;
  }
  return any;
}

/** Kept if it flips; gone on from if it leads to another refusal. */
async function judge(search: Search, steps: Step[], ran: Ran, from: Ran): Promise<boolean> {
  if (flipped(search, ran.reply)) {
    search.found.push({
      flip: flipOf(search, steps, ran),
      steps: steps.map(({ edits, patch }) => JSON.stringify([edits, patch])),
      order: search.found.length,
    });
    return true;
  }
  if (search.wanted === "deny" || steps.length >= deepest || markOf(ran.reply.trace) === markOf(from.reply.trace)) return false;
  if (!refusedOf(ran.reply.trace)) search.behind ??= failureOf(ran.reply.trace)?.code;
  return goOn(search, steps, ran);
}

function flipped({ wanted }: Search, { ok, trace }: Reply): boolean {
  if (wanted === "allow") return ok || outcomeOf(trace).ok;
  return !trace.outcome.ok && /^AccessDenied/.test(trace.outcome.code) && refusedOf(trace) !== undefined;
}

function stepsFor({ wanted, journal }: Search, { lab, again, reply, edits }: Ran): Step[] {
  const principal = principalIn(reply.trace);
  const db = lab.read({ account: "", region: "global", service: "iam" });
  const scene: Scene = { lab, db, call: again, reply, principal: principal ?? nobody, journal, edited: edits.length };
  if (wanted === "deny")
    return askedIn(reply.trace)
      .filter(({ decision }) => decision.effect === "Allow")
      .flatMap((asked) => denySteps(scene, asked));
  const refused = refusedOf(reply.trace);
  const { outcome } = reply.trace;
  if (!refused || !principal || outcome.ok || !/^AccessDenied/.test(outcome.code)) return mendSteps(scene);
  const steps = refused.decision.effect === "ExplicitDeny" ? liftSteps(scene, refused) : allowSteps(scene, refused);
  return [...steps, ...misnamedSecret(scene, refused), ...lesserCall(scene, refused.own)];
}

// ---------------------------------------------------------------- running

/** All edits on a fresh copy, then the call; undefined where an edit cannot be made. */
async function perform(search: Search, steps: readonly Step[]): Promise<Ran | undefined> {
  const lab = search.base.fork(search.ports);
  const edits: FlipEdit[] = [];
  const replies: (Reply | undefined)[] = [];
  for (const edit of mergedEdits(steps.flatMap((step) => step.edits))) {
    const made = await makeEdit(lab, edit, replies);
    if (!made) return undefined;
    edits.push(made.edit);
    replies.push(made.reply);
  }
  const again = steps.reduce((call, { patch }) => patched(call, patch), search.call);
  const call = filled(again, replies);
  return { edits, again, call, reply: await tried(lab, call), lab };
}

/** Makes one edit; by the account's root where its admin may not. */
async function makeEdit(
  lab: Lab,
  edit: FlipEdit,
  replies: readonly (Reply | undefined)[],
): Promise<{ edit: FlipEdit; reply?: Reply } | undefined> {
  if (edit.kind === "wait") {
    await lab.advance(edit.ms);
    return { edit };
  }
  const reply = await lab.call(filled(edit.call, replies));
  if (reply.ok) return { edit, reply };
  const { caller } = edit.call;
  if (!/^AccessDenied/.test(reply.error.code) || !("user" in caller)) return undefined;
  const byRoot: FlipEdit = { kind: "call", call: { ...edit.call, caller: { account: caller.account, root: true } } };
  const again = await lab.call(filled(byRoot.call, replies));
  return again.ok ? { edit: byRoot, reply: again } : undefined;
}

function flipOf(search: Search, steps: readonly Step[], ran: Ran): Flip {
  const { edits, again } = ran;
  const beside = edits.length ? measured(search, ran) : untouched;
  const flip: Flip = {
    id: fingerprint(JSON.stringify([edits, again])),
    sentence: `${steps.map(({ sentence }, i) => (i ? lowerFirst(sentence) : upperFirst(sentence))).join("; and ")}.`,
    edits,
    by: [...new Set(edits.flatMap((edit) => (edit.kind === "call" ? [editorName(edit.call.caller)] : [])))],
    again,
    documents: documentsOf(steps),
    size: steps.reduce((sum, { size }) => sum + size, 0),
    breadth: beside.breadth,
    also: beside.lines,
    alsoMore: beside.more,
    broader: beside.others > 0,
  };
  if (steps.some(({ asksOtherwise }) => asksOtherwise)) flip.asksOtherwise = true;
  return flip;
}

/** The call alone is made otherwise: the lab stays as it is. */
const untouched: Beside = { breadth: 0, others: 0, lines: [], more: 0 };

function measured({ base, call, today, kept }: Search, { lab, call: again = call, edits, reply }: Ran): Beside {
  const principal = principalIn(today.trace) ?? principalIn(reply.trace) ?? nobody;
  // A grant is known everywhere a little later: what it lets in is asked then.
  const grants = edits.some((edit) => edit.kind === "call" && edit.call.operation === "CreateGrant");
  return besideOf(base, lab, {
    caller: call.caller,
    again: again.caller,
    principal,
    asked: [...askedIn(today.trace), ...askedIn(reply.trace)],
    now: lab.now() + (grants ? GRANT_PROPAGATION_MS : 0),
    kept,
  });
}

// ---------------------------------------------------------------- nothing found

/** Why there is nothing to offer. */
export function why({ wanted, today, tried: count, behind, stopped, unmakeable }: Search): string {
  if (stopped) return "The search was left before its end.";
  if (wanted === "deny" && askedIn(today.trace).length === 0) return "AWS asks no policy for this call, so none can deny it.";
  if (behind !== undefined) return `With the permission it would end with ${behind}, and Keyhole knows no change that helps against that.`;
  const closed = refusedOf(today.trace)?.decision.layers.find(
    ({ kind, outcome, remark }) => kind === "ResourcePolicy" && outcome === "ImplicitDeny" && remark,
  );
  if (closed) return `${closed.remark}.`;
  if (count === 0) return "Keyhole knows no change to a policy, a grant or a key that would give this call another answer.";
  const shut = unmakeable ? ` ${unmakeable} of them nobody in this lab may make, or the service does not take.` : "";
  return `Of ${count} ${count === 1 ? "change" : "changes"} that were tried, none gives this call another answer.${shut}`;
}
