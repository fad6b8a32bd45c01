import type { StreamBucket, Gap, Mark } from "@/lib/engine/wafv2/traffic/stream/state";
import type { Counts } from "@/lib/engine/traffic/series";

/** What the traffic page draws and says, worked out of a stream's records and of nothing else. Times are ms since the epoch. */

export const bucketMs = 10_000;
/** So much of a stream is drawn, the newest. */
export const mostDrawn = 1_800_000;

export interface Span {
  from: number;
  to: number;
}

/** A bucket as it is drawn. `seconds` is how much of it the stream has sent; 0: nothing could come. */
export interface Point {
  at: number;
  seconds: number;
  all: Counts;
  served: number;
  harmed: number;
  byRule: Readonly<Record<string, Counts>>;
  limited: Readonly<Record<string, number>>;
  packets: number;
}

const none: Counts = { blocked: 0, counted: 0, challenged: 0, allowed: 0 };
const overlap = (a: Span, b: Span): number => Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from));

/** What is drawn: from the stream's beginning, or the last half hour of it; two minutes at the least. */
export function spanOf(startedAt: number, sentUntil: number): Span {
  const from = Math.floor(Math.max(startedAt, sentUntil - mostDrawn) / bucketMs) * bucketMs;
  return { from, to: Math.max(Math.ceil(sentUntil / bucketMs) * bucketMs, from + 120_000) };
}

/** Every bucket of a span up to where the stream stands. `harmful`: of each source, whether its requests are. */
export function pointsOf(buckets: readonly Readonly<StreamBucket>[], { startedAt, sentUntil, gaps, harmful }: { startedAt: number; sentUntil: number; gaps: readonly Gap[]; harmful: Readonly<Record<string, boolean>> }): Point[] {
  const span = spanOf(startedAt, sentUntil);
  const known = new Map(buckets.map((bucket) => [bucket.at, bucket]));
  const points: Point[] = [];
  for (let at = span.from; at < sentUntil; at += bucketMs) {
    const sent = { from: Math.max(at, startedAt), to: Math.min(at + bucketMs, sentUntil) };
    const lost = gaps.reduce((sum, gap) => sum + overlap(gap, sent), 0);
    const bucket = known.get(at);
    const people = { served: 0, harmed: 0 };
    for (const [source, counts] of Object.entries(bucket?.bySource ?? {}))
      if (harmful[source] === false) {
        people.served += counts.allowed + counts.counted;
        people.harmed += counts.blocked + counts.challenged;
      }
    points.push({
      at, seconds: Math.max(0, sent.to - sent.from - lost) / 1_000, all: bucket?.all ?? none, ...people, byRule: bucket?.byRule ?? {}, limited: bucket?.limited ?? {},
      packets: Object.values(bucket?.network ?? {}).reduce((sum, { packets }) => sum + packets, 0),
    });
  }
  return points;
}

/** A second's worth of a count; a sliver of a bucket says nothing. */
export const perSecond = (count: number, { seconds }: Pick<Point, "seconds">): number => (seconds > 0 ? count / Math.max(1, seconds) : 0);

/** Rules of the points by how much they blocked, challenged or counted, the busiest first; those that only let through are left out. */
export function busiestRules(points: readonly Point[], most: number): string[] {
  const sums = new Map<string, number>();
  for (const { byRule } of points)
    for (const [rule, { blocked, challenged, counted }] of Object.entries(byRule)) sums.set(rule, (sums.get(rule) ?? 0) + blocked + challenged + counted);
  return [...sums].filter(([, sum]) => sum > 0).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, most).map(([rule]) => rule);
}

/** A round number that is not below the highest value. */
export function roundUp(value: number): number {
  if (!(value > 0)) return 1;
  const size = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 2.5, 5, 10].map((step) => step * size).find((step) => step >= value - size * 1e-9)!;
}

/** Times for an axis: round ones, at most about so many. */
export function ticksOf({ from, to }: Span, most: number): number[] {
  const steps = [10, 20, 30, 60, 120, 300, 600, 900, 1_800].map((seconds) => seconds * 1_000);
  const step = steps.find((one) => (to - from) / one <= most) ?? 3_600_000;
  const ticks: number[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) ticks.push(at);
  return ticks;
}

/** Those ticks whose words have room beside the one before: `x` says where they stand, `half` how far their words reach. */
export function roomyTicks(ticks: readonly number[], x: (at: number) => number, left: number, half: number): number[] {
  const kept: number[] = [];
  let end = -Infinity;
  for (const at of ticks) {
    const begin = Math.max(left, x(at) - half);
    if (begin < end) continue;
    kept.push(at);
    end = begin + 2 * half + 8;
  }
  return kept;
}

export const clockTime = (ms: number): string => new Date(ms).toISOString().slice(11, 19);
export const count = (value: number): string => Math.round(value).toLocaleString("en");
/** A rate: one digit behind the point where it is small. */
export const rateText = (value: number): string => (value === 0 ? "0" : value < 10 ? value.toFixed(1) : count(value));
/** A rate that may be large: `2.0M`. */
export function short(value: number): string {
  const [size, letter] = value >= 1e9 ? [1e9, "G"] : value >= 1e6 ? [1e6, "M"] : value >= 1e3 ? [1e3, "k"] : [1, ""];
  return `${rateText(value / size)}${letter}`;
}
/** `5:20`, `1:05:20`. */
export function length(seconds: number): string {
  const whole = Math.floor(seconds);
  const [h, m, s] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60, whole % 60];
  return `${h ? `${h}:${String(m).padStart(2, "0")}` : m}:${String(s).padStart(2, "0")}`;
}

export interface RateRule {
  /** As the stream's records name it. */
  name: string;
  action: string;
  /** What it counts by, in the plural: addresses, or whatever its keys make. */
  things: string;
  limit: number;
  windowSec: number;
}

const one = (things: string): string => (things === "addresses" ? "address" : things.replace(/s$/, ""));
const some = (number: number, things: string): string => `${count(number)} ${number === 1 ? one(things) : things}`;

/** What a mark on the time axis means. */
export function markWords({ rule, what, limited }: Mark, rules: readonly RateRule[]): string {
  const things = rules.find(({ name }) => name === rule)?.things ?? "keys";
  return what === "tripped" ? `${rule} tripped: it limits ${some(limited, things)}.` : `${rule} released all that it limited (${some(limited, things)} at the last).`;
}

const acts: Record<string, string> = { Block: "blocks", Count: "counts, and lets through,", Captcha: "puts a CAPTCHA before", Challenge: "challenges", Allow: "allows" };

/** What a rate-based rule does now, and since when. */
export function rateRuleWords({ name, action, things, limit, windowSec }: RateRule, limited: number, marks: readonly Mark[]): string {
  const setting = `more than ${count(limit)} requests in ${windowSec >= 60 ? `${windowSec / 60} min` : `${windowSec} s`}`;
  const last = marks.findLast(({ rule }) => rule === name);
  if (limited) return `${name} ${acts[action] ?? "limits"} what comes from ${some(limited, things)} that made ${setting}${last?.what === "tripped" ? `, since ${clockTime(last.at)}` : ""}.`;
  if (last?.what === "released") return `${name} limits nobody now; it released the last at ${clockTime(last.at)}.`;
  return `${name} limits nobody: none of the ${things} has made ${setting}.`;
}
