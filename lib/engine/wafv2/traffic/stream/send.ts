import { toHex } from "../../../crypto/bytes";
import type { Context, Db, JsonObject } from "../../../types";
import { type Series, addNetwork, addRequest, ruleName } from "../../../traffic/series";
import { type NetworkCount, type TrafficRequest, next, shifted, skipTo } from "../../../traffic/traffic";
import type { RateLook } from "../../inspect/rate-state";
import type { SourceKind, WafRequest } from "../../inspect/request";
import { findByArn } from "../../names";
import { wafRequest } from "../../requests/sent";
import { type Verdict, verdictOf } from "../../requests/verdict";
import { type ResourceRow, type WebAclRow, associations } from "../../state";
import { type Inspected, chances, inspectAll } from "../inspect-all";
import { wafOf } from "../operations/resources";
import { sourceId } from "../source-id";
import {
  type Gap, type Mark, type PositionRow, type StreamBucket, type StreamRow, type TotalsRow, bucketId, bucketMs, buckets, mostBuckets, mostGaps, mostMarks, positions, totals,
} from "./state";

/** Requests (and seconds of packets) of one call at the most. */
export const mostRequests = 2_000;
/** One call goes on by so much at the most, ms, that its answer stays short. */
const mostOnce = 120_000;
/** A stream that nobody asked for longer than this, ms, goes on from so long ago. */
export const mostBehind = 300_000;
/** Requests of one call whose way through the rules is on the trace, and how often one of a source's is, ms. */
const mostWalks = 2;
const walkEvery = 10_000;

/** What stands for the decision where nothing protects the resource. */
export const noWebAcl = "No web ACL";

/** What one call sent, and what came of it. */
export interface Sent {
  from: number;
  to: number;
  reached: boolean;
  over: boolean;
  gap?: Gap;
  acl?: Readonly<WebAclRow>;
  requests: TrafficRequest[];
  verdicts: Verdict[];
  ids: string[];
  walked: ReadonlySet<number>;
  network: NetworkCount[];
  marks: Mark[];
  limited: Record<string, number>;
}

const allowed: Verdict = { outcome: "allowed", action: "ALLOW", decided: { rule: noWebAcl }, counted: [] };

/**
 * Lets a stream go on up to the lab's now, or as far as one call may, and writes down what came of it. `resume`: the time since it last
 * went on does not count, and all comes so much later.
 */
export function send(ctx: Context, stream: Readonly<StreamRow>, resource: Readonly<ResourceRow>, { budget, resume }: { budget: number; resume: boolean }): Sent {
  const db = ctx.db;
  const before = positions(db).get(stream.StreamId)!;
  const state = { ...before.traffic, scenario: stream.scenario };
  const begun = before.over ? state : resume ? shifted(state, Math.max(0, ctx.now - state.nowMs)) : skipTo(state, ctx.now - mostBehind);
  const gap = begun.nowMs - state.nowMs < 1_000 ? undefined : { from: Math.floor(state.nowMs), to: Math.floor(begun.nowMs), paused: resume };
  const until = Math.min(ctx.now, begun.nowMs + mostOnce);
  const step = next(begun, until, Math.min(budget, mostRequests));
  const to = Math.floor(step.state.nowMs);

  const wafDb = wafOf(ctx);
  const arn = associations(wafDb).get(stream.ResourceArn)?.WebACLArn;
  const acl = arn === undefined ? undefined : findByArn({ db: wafDb }, arn, "webacl");
  const seed = ctx.random(12);
  const ids = step.requests.map(({ at }, place) => `1-${Math.floor(at / 1000).toString(16)}-${toHex(seed.slice(0, 8))}${place.toString(16).padStart(8, "0")}`);
  const lastWalks = { ...before.walked };
  const walked = acl ? toWalk(step.requests, lastWalks) : new Set<number>();
  const arrivals = step.requests.map((request, at) => asRequest(request, resource, ctx.account, ids[at]));
  const inspected = acl && inspectAll(ctx, acl, stream.ResourceArn, arrivals, { walked: (at) => walked.has(at), chance: chances(seed.slice(8)), until: to });
  const verdicts = inspected ? inspected.done.map(({ result }) => verdictOf(result)) : step.requests.map(() => allowed);
  const limited = limitedNow(inspected);
  const marks = marksOf(before.limited, limited, inspected?.looks ?? {}, to);
  const sent: Sent = { from: begun.nowMs, to, reached: step.reached && until >= ctx.now, over: step.over, ...(gap ? { gap } : {}), ...(acl ? { acl } : {}), requests: step.requests, verdicts, ids, walked, network: step.network, marks, limited };
  keep(db, stream, sent, inspected?.looks ?? {}, before.limited);
  const { scenario: _, ...traffic } = step.state;
  positions(db).put(stream.StreamId, { traffic, sent: before.sent + step.requests.length, over: step.over, walked: lastWalks, limited });
  return sent;
}

const asRequest = ({ message, client, at }: TrafficRequest, resource: Readonly<ResourceRow>, account: string, requestId: string): WafRequest =>
  wafRequest(message, client, { source: resource.ResourceType === "APPLICATION_LOAD_BALANCER" ? "ALB" : (resource.ResourceType as SourceKind), sourceId: sourceId(resource, account), timestamp: at, requestId });

/** The first of each source of which none was walked of late: those of the longest ago first. Changes `last`. */
function toWalk(requests: readonly TrafficRequest[], last: Record<string, number>): Set<number> {
  const firsts = new Map<string, number>();
  for (const [place, { from }] of requests.entries()) if (!firsts.has(from)) firsts.set(from, place);
  const due = [...firsts].filter(([from, place]) => requests[place].at >= (last[from] ?? -Infinity) + walkEvery);
  due.sort(([a], [b]) => (last[a] ?? 0) - (last[b] ?? 0) || (a < b ? -1 : 1));
  const chosen = due.slice(0, mostWalks);
  for (const [from, place] of chosen) last[from] = requests[place].at;
  return new Set(chosen.map(([, place]) => place));
}

const limitedNow = (inspected: Inspected | undefined): Record<string, number> => {
  const counts = Object.entries(inspected?.states ?? {}).map(([place, { limited }]): [string, number] => [place, Object.keys(limited).length]);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
};

/** When rules began and ceased to limit: at their looks, or found so at the end (another stream did it, a rule was changed). */
function marksOf(before: Record<string, number>, now: Record<string, number>, looks: Record<string, RateLook[]>, to: number): Mark[] {
  const marks: Mark[] = [];
  for (const rule of new Set([...Object.keys(before), ...Object.keys(now), ...Object.keys(looks)])) {
    let last = before[rule] ?? 0;
    const went = (at: number, count: number): void => {
      if ((count > 0) !== (last > 0)) marks.push({ at, rule, what: count > 0 ? "tripped" : "released", limited: Math.max(count, last) });
      last = count;
    };
    for (const { at, limited } of looks[rule] ?? []) went(at, limited);
    went(to, now[rule] ?? 0);
  }
  return marks.sort((a, b) => a.at - b.at || (a.rule < b.rule ? -1 : 1));
}

/** Adds to the stream's buckets and totals. */
function keep(db: Db, { StreamId }: Readonly<StreamRow>, { from, to, gap, requests, verdicts, network, marks }: Sent, looks: Record<string, RateLook[]>, limitedBefore: Record<string, number>): void {
  const table = buckets(db);
  const first = Math.floor(from / bucketMs) * bucketMs;
  const { marks: allMarks, gaps, ...known } = structuredClone(totals(db).get(StreamId)!) as TotalsRow;
  const there = table.get(bucketId(StreamId, first));
  const series: Series = { version: 1, bucketMs, mostBuckets: Infinity, mostNames: 40, ...known, buckets: there ? [structuredClone(there) as StreamBucket] : [] };
  for (const [at, request] of requests.entries()) addRequest(series, { at: request.at, from: request.from, harmful: request.harmful, verdict: verdicts[at] });
  for (const count of network) addNetwork(series, count);
  const byStart = new Map(series.buckets.map((bucket) => [bucket.at, bucket]));
  for (let at = first; at < to; at += bucketMs) {
    const limited = mostIn(at, looks, limitedBefore);
    const bucket = byStart.get(at) ?? (Object.keys(limited).length ? { at, all: { blocked: 0, counted: 0, challenged: 0, allowed: 0 }, byRule: {}, bySource: {}, network: {} } : undefined);
    if (!bucket) continue;
    const before = (bucket as Partial<StreamBucket>).limited ?? {};
    for (const [rule, count] of Object.entries(before)) limited[rule] = Math.max(count, limited[rule] ?? 0);
    table.put(bucketId(StreamId, at), { ...bucket, limited });
  }
  const ids = table.ids({ prefix: `${StreamId}\0` });
  for (const id of ids.slice(0, Math.max(0, ids.length - mostBuckets))) table.delete(id);
  totals(db).put(StreamId, { rules: series.rules, sources: series.sources, late: series.late, marks: [...allMarks, ...marks].slice(-mostMarks), gaps: [...gaps, ...(gap ? [gap] : [])].slice(-mostGaps) });
}

/** How many each rule was limiting at the most in the bucket that begins at a moment. */
function mostIn(begin: number, looks: Record<string, RateLook[]>, before: Record<string, number>): Record<string, number> {
  const most: Record<string, number> = {};
  for (const rule of new Set([...Object.keys(before), ...Object.keys(looks)])) {
    const list = looks[rule] ?? [];
    // Looks are at buckets' begins.
    const count = list.findLast(({ at }) => at <= begin)?.limited ?? before[rule] ?? 0;
    if (count) most[rule] = count;
  }
  return most;
}

const seconds = (ms: number): number => ms / 1000;

/** By whole seconds what came of requests, and how many of the harmless ones were served and how many stopped. */
function bySecond({ requests, verdicts }: Sent): JsonObject[] {
  const sums = new Map<number, { allowed: number; blocked: number; counted: number; challenged: number; Served: number; Harmed: number }>();
  for (const [at, request] of requests.entries()) {
    const second = Math.floor(request.at / 1000);
    let sum = sums.get(second);
    if (!sum) sums.set(second, (sum = { allowed: 0, blocked: 0, counted: 0, challenged: 0, Served: 0, Harmed: 0 }));
    const { outcome } = verdicts[at];
    sum[outcome]++;
    if (!request.harmful) sum[outcome === "blocked" || outcome === "challenged" ? "Harmed" : "Served"]++;
  }
  return [...sums].map(([At, { allowed: Allowed, blocked: Blocked, counted: Counted, challenged: Challenged, ...people }]) => ({ At, Allowed, Blocked, Counted, Challenged, ...people }));
}

/** By source, what was done with its requests, and by which rule. */
function bySource({ requests, verdicts }: Sent, { scenario: { sources } }: Readonly<StreamRow>): JsonObject[] {
  const kinds = new Map(sources.map(({ id, kind }) => [id, kind]));
  const sums = new Map<string, JsonObject & { Requests: number }>();
  for (const [at, { from, harmful }] of requests.entries()) {
    const { action: Action, outcome: Verdict, decided } = verdicts[at];
    const Rule = ruleName(decided);
    const key = JSON.stringify([from, Action, Verdict, Rule]);
    const sum = sums.get(key);
    if (sum) sum.Requests++;
    else sums.set(key, { Source: from, Kind: kinds.get(from)!, Harmful: harmful, Action, Verdict, Rule, Requests: 1 });
  }
  return [...sums.values()];
}

/** Action of a rule of the web ACL, or of one of its group, by the name that its counts have. */
const actionOf = (acl: Readonly<WebAclRow>, place: string): string | undefined => Object.keys(acl.Rules.find(({ Name }) => Name === place)?.Action ?? {})[0]?.toUpperCase();

export const markView = ({ at, rule, what, limited }: Mark): JsonObject => ({ At: seconds(at), Rule: rule, What: what === "tripped" ? "Tripped" : "Released", Limited: limited });
export const gapView = ({ from, to, paused }: Gap): JsonObject => ({ From: seconds(from), To: seconds(to), Paused: paused });

/** What SendTraffic answers. */
export function sentView(sent: Sent, stream: Readonly<StreamRow>): JsonObject {
  const { requests, verdicts, ids, acl, limited } = sent;
  const walks = [...sent.walked].sort((a, b) => a - b).map((at): JsonObject => {
    const { message, client, from, at: time, harmful } = requests[at];
    const { action, outcome, decided } = verdicts[at];
    return { RequestId: ids[at], At: seconds(time), Source: from, Harmful: harmful, ClientIp: client.ip, ...(client.country ? { Country: client.country } : {}), Method: message.method, Uri: message.uri.slice(0, 200), Action: action, Verdict: outcome, Rule: ruleName(decided) };
  });
  return {
    StreamId: stream.StreamId, From: seconds(sent.from), To: seconds(sent.to), Reached: sent.reached, Over: sent.over,
    ...(sent.gap ? { Skipped: gapView(sent.gap) } : {}),
    ...(acl ? { WebACLArn: acl.ARN } : {}),
    Requests: requests.length, Seconds: bySecond(sent), Sources: bySource(sent, stream),
    RateRules: Object.entries(limited).map(([Rule, Limited]) => ({ Rule, Limited, ...(acl && actionOf(acl, Rule) ? { Action: actionOf(acl, Rule)! } : {}) })),
    Events: sent.marks.map(markView),
    Network: sent.network.map(({ at, vector, packets, bits }) => ({ At: Math.floor(at / 1000), Vector: vector, Packets: packets, Bits: bits })),
    Samples: walks,
  };
}

/** Where a stream stands, in a word. */
export const statusOf = ({ stoppedAt }: Readonly<StreamRow>, { over }: Readonly<PositionRow>): string => (stoppedAt !== undefined ? "STOPPED" : over ? "ENDED" : "RUNNING");
