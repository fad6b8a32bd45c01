import { type Verdict, verdictOutcomes, type VerdictOutcome } from "../wafv2/requests/verdict";
import type { NetworkCount } from "./traffic";

/** What became of requests over time: plain data of bounded size, for graphs and for the sentences after a scenario. */

export type Counts = Record<VerdictOutcome, number>;
/** By name; what has no room of its own is under `otherNames`. */
export type ByName = Record<string, Counts>;
export const otherNames = "(others)";

export interface Bucket {
  /** Its beginning, epoch milliseconds, a multiple of the series' width. */
  at: number;
  all: Counts;
  /** By the rule that decided (`rule` or `group rule/rule within`); a counting rule has its counts. */
  byRule: ByName;
  bySource: ByName;
  /** By kind of flood. */
  network: Record<string, { packets: number; bits: number }>;
}

export interface SourceTotal {
  harmful: boolean;
  counts: Counts;
  firstAt: number;
  lastAt: number;
  /** First request that was blocked or challenged, and last that came through. */
  firstStoppedAt?: number;
  lastThroughAt?: number;
  /** How many each rule blocked or challenged. */
  stoppedBy: Record<string, number>;
}

export interface Series {
  version: 1;
  bucketMs: 10_000 | 60_000;
  /** Buckets that are kept; of older ones only the totals stay. */
  mostBuckets: number;
  /** Names of rules, and of sources, that are counted for themselves. */
  mostNames: number;
  /** In order of time; those in which nothing came are left out. */
  buckets: Bucket[];
  rules: string[];
  sources: Record<string, SourceTotal>;
  /** Requests that were older than every bucket that is kept: they are in the totals only. */
  late: number;
}

export interface Seen {
  at: number;
  from: string;
  harmful: boolean;
  verdict: Verdict;
}

export const emptyCounts = (): Counts => Object.fromEntries(verdictOutcomes.map((outcome) => [outcome, 0])) as Counts;

export const newSeries = (bucketMs: Series["bucketMs"], { mostBuckets = 360, mostNames = 40 } = {}): Series => ({ version: 1, bucketMs, mostBuckets, mostNames, buckets: [], rules: [], sources: {}, late: 0 });

/** The bucket of a moment, made where there is none; undefined: it is older than what is kept. Seldom looks further back than one. */
function bucketAt(series: Series, at: number): Bucket | undefined {
  const { buckets, bucketMs, mostBuckets } = series;
  const begin = Math.floor(at / bucketMs) * bucketMs;
  let place = buckets.length;
  while (place > 0 && buckets[place - 1].at > begin) place--;
  if (place > 0 && buckets[place - 1].at === begin) return buckets[place - 1];
  if (place === 0 && buckets.length >= mostBuckets) return undefined;
  const bucket: Bucket = { at: begin, all: emptyCounts(), byRule: {}, bySource: {}, network: {} };
  buckets.splice(place, 0, bucket);
  if (buckets.length > mostBuckets) buckets.shift();
  return bucket;
}

const countOf = (names: ByName, name: string): Counts => (names[name] ??= emptyCounts());

export const ruleName = ({ rule, within }: Verdict["decided"]): string => (within === undefined ? rule : `${rule}/${within}`);

/** A rule's own name while there is room for it. */
function roomFor(series: Series, name: string): string {
  if (series.rules.includes(name)) return name;
  if (series.rules.length >= series.mostNames) return otherNames;
  series.rules.push(name);
  return name;
}

function totalOf(series: Series, { from, harmful, at }: Seen): { name: string; total: SourceTotal } {
  const known = Object.hasOwn(series.sources, from) || Object.keys(series.sources).length < series.mostNames;
  const name = known ? from : otherNames;
  if (!Object.hasOwn(series.sources, name)) series.sources[name] = { harmful, counts: emptyCounts(), firstAt: at, lastAt: at, stoppedBy: {} };
  return { name, total: series.sources[name] };
}

/** Adds what an inspection said of a request. Changes `series`. */
export function addRequest(series: Series, seen: Seen): void {
  const { at, verdict } = seen;
  const { outcome } = verdict;
  const { name, total } = totalOf(series, seen);
  const decided = roomFor(series, ruleName(verdict.decided));
  total.counts[outcome]++;
  total.firstAt = Math.min(total.firstAt, at);
  total.lastAt = Math.max(total.lastAt, at);
  if (outcome === "blocked" || outcome === "challenged") {
    total.firstStoppedAt = Math.min(total.firstStoppedAt ?? at, at);
    total.stoppedBy[decided] = (total.stoppedBy[decided] ?? 0) + 1;
  } else total.lastThroughAt = Math.max(total.lastThroughAt ?? at, at);
  const bucket = bucketAt(series, at);
  if (!bucket) {
    series.late++;
    return;
  }
  bucket.all[outcome]++;
  countOf(bucket.bySource, name)[outcome]++;
  // What was allowed and counted was decided by the default action or an Allow rule; the rules that counted have it as counted.
  countOf(bucket.byRule, decided)[outcome === "counted" ? "allowed" : outcome]++;
  for (const counted of verdict.counted) countOf(bucket.byRule, roomFor(series, ruleName(counted))).counted++;
}

/** Adds a second of a flood of packets. Changes `series`. */
export function addNetwork(series: Series, { at, vector, packets, bits }: NetworkCount): void {
  const bucket = bucketAt(series, at);
  if (!bucket) return;
  const sum = (bucket.network[vector] ??= { packets: 0, bits: 0 });
  sum.packets += packets;
  sum.bits += bits;
}

/** Buckets without gaps from one moment up to another, for a graph; at most as many as the series keeps, the newest. */
export function points(series: Series, fromMs: number, toMs: number): Bucket[] {
  const { bucketMs, mostBuckets, buckets } = series;
  const last = Math.ceil(toMs / bucketMs) * bucketMs;
  const first = Math.max(Math.floor(fromMs / bucketMs) * bucketMs, last - mostBuckets * bucketMs);
  const known = new Map(buckets.map((bucket) => [bucket.at, bucket]));
  const list: Bucket[] = [];
  for (let at = first; at < last; at += bucketMs) list.push(known.get(at) ?? { at, all: emptyCounts(), byRule: {}, bySource: {}, network: {} });
  return list;
}

const number = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ",");
const requests = (count: number): string => `${number(count)} ${count === 1 ? "request" : "requests"}`;
const duration = (ms: number): string => (ms < 1_000 ? "at once" : ms < 120_000 ? `after ${Math.round(ms / 1_000)} s` : `after ${Math.round(ms / 60_000)} min`);

/** What came of each source, in sentences; only what was counted. `names`: of sources, for people. */
export function outcomeSentences({ sources }: Series, names: Record<string, string> = {}): string[] {
  return Object.entries(sources).map(([id, { harmful, counts, firstAt, firstStoppedAt, stoppedBy }]) => {
    const name = Object.hasOwn(names, id) ? names[id] : id;
    const stopped = counts.blocked + counts.challenged;
    const all = stopped + counts.allowed + counts.counted;
    const busiest = Object.entries(stoppedBy).sort((a, b) => b[1] - a[1])[0];
    const by = busiest ? `, most of them by ${busiest[0]} (${number(busiest[1])})` : "";
    const first = firstStoppedAt === undefined ? "" : `, the first ${duration(firstStoppedAt - firstAt)}`;
    const counted = counts.counted ? ` ${number(counts.counted)} of those that came through ${counts.counted === 1 ? "was" : "were"} counted.` : "";
    if (harmful) return `${name}: ${stopped ? `${number(stopped)} of ${requests(all)} ${stopped === 1 ? "was" : "were"} stopped${first}${by}` : `none of ${requests(all)} was stopped`}.${counted}`;
    return `${name}: ${stopped ? `${number(stopped)} of ${requests(all)} ${stopped === 1 ? "was" : "were"} stopped though harmless${by}` : `all ${requests(all)} came through`}.${counted}`;
  });
}
