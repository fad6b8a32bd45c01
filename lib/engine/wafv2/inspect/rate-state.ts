/**
 * What a rate-based rule remembers: plain data, bounded, and nothing but what the lab's clock has shown.
 * AWS WAF publishes its caveats, not its estimate. Here requests are counted in buckets of 10 seconds. With the first request of a bucket the
 * rate is looked at anew: the sum over the window's whole buckets, the newest weighing 1.25, the oldest 0.75 (so that an even rate weighs as it
 * is). From then an instance above the limit is limited, until at such a look its rate is at the limit or below. In the exact mode (for tests)
 * buckets are one second, each request is looked at with itself counted, and nothing is weighted.
 * Source: AWS WAF Developer Guide, Rate-based rule caveats; Rate-based rule high-level settings.
 */
export interface RateRuleState {
  limit: number;
  windowSec: number;
  exact: boolean;
  /** The statement that was counted for: another one begins anew. */
  settings: string;
  /** The bucket of the last look. */
  tick: number;
  size: number;
  /** Bucket and count in turn, oldest first, by instance. */
  instances: Record<string, number[]>;
  limited: Record<string, { detectedAt: number; estimate: number }>;
  /** The last limits, epoch milliseconds, newest last. */
  history: { key: string; detectedAt: number; releasedAt?: number }[];
  /** What has come since somebody began to listen; absent: nobody does. */
  changes?: RateChanges;
}

/** What requests changed of a state: what must be written down, and no more. Never part of what is kept. */
export interface RateChanges {
  /** Bucket and count in turn, by instance. */
  counted: Map<string, number[]>;
  /** Instances whose counts until then are gone. Those in `counted` came back after it. */
  forgotten: Set<string>;
  /** When each was detected. */
  limited: Map<string, number>;
  released: Set<string>;
  /** Looks that limited or released somebody: how many, and how many are limited since. */
  looks: RateLook[];
}
export interface RateLook {
  /** Epoch milliseconds. */
  at: number;
  detected: number;
  released: number;
  limited: number;
}

export const newRateChanges = (): RateChanges => ({ counted: new Map(), forgotten: new Set(), limited: new Map(), released: new Set(), looks: [] });

/** Source: AWS WAF Developer Guide, Rate-based rule caveats (10,000 instances, the highest rates first). */
export const mostLimited = 10_000;
/** More instances than these are not counted at once: those with the lowest counts are forgotten. */
export const mostCounted = 20_000;
const mostHistory = 100;
const tickMs = 10_000;

const bucketMs = ({ exact }: Pick<RateRuleState, "exact">): number => (exact ? 1_000 : tickMs);

export const newRateState = (settings: string, limit: number, windowSec: number, exact: boolean): RateRuleState => ({
  limit, windowSec, exact, settings, tick: -1, size: 0, instances: {}, limited: {}, history: [],
});

/** The oldest bucket that counts at the look of a tick. */
export const oldestBucket = ({ windowSec }: Pick<RateRuleState, "windowSec">, tick: number): number => tick - (windowSec * 1_000) / tickMs;

/** One more request, or some, in a bucket that is not older than the others. */
export function addTo(counts: number[], bucket: number, count = 1): void {
  const last = counts.length - 2;
  if (last >= 0 && counts[last] >= bucket) counts[last + 1] += count;
  else counts.push(bucket, count);
}

/** The rate of an instance as the rule sees it when the bucket `now` begins (exact: while it runs). */
export function estimate(counts: readonly number[], now: number, state: RateRuleState): number {
  const buckets = (state.windowSec * 1_000) / bucketMs(state);
  const newest = state.exact ? now : now - 1;
  let sum = 0;
  for (let at = 0; at < counts.length; at += 2) {
    const age = newest - counts[at];
    if (age < 0 || age >= buckets) continue;
    sum += counts[at + 1] * (state.exact ? 1 : 1.25 - (0.5 * age) / (buckets - 1));
  }
  return sum;
}

function limitKey(state: RateRuleState, key: string, detectedAt: number, rate: number): void {
  state.limited[key] = { detectedAt, estimate: rate };
  state.changes?.limited.set(key, detectedAt);
  state.history.push({ key, detectedAt });
  if (state.history.length > mostHistory) state.history.shift();
}

function release(state: RateRuleState, key: string, releasedAt: number): void {
  delete state.limited[key];
  if (state.changes && !state.changes.limited.delete(key)) state.changes.released.add(key);
  const entry = state.history.findLast((each) => each.key === key && each.releasedAt === undefined);
  if (entry) entry.releasedAt = releasedAt;
}

/** Looks at all instances at the beginning of a tick: forgets the idle, limits those above the limit and releases the others. */
export function look(state: RateRuleState, nowMs: number): void {
  const tick = Math.floor(nowMs / tickMs);
  if (tick <= state.tick) return;
  state.tick = tick;
  const at = state.exact ? Math.floor(nowMs / 1_000) : tick;
  const oldest = at - (state.windowSec * 1_000) / bucketMs(state);
  const over: [key: string, rate: number][] = [];
  const seenAt = tick * tickMs;
  let [detected, released] = [0, 0];
  const letGo = (key: string): void => {
    if (!state.limited[key]) return;
    release(state, key, seenAt);
    released++;
  };
  for (const [key, counts] of Object.entries(state.instances)) {
    let gone = 0;
    while (gone < counts.length && counts[gone] < oldest) gone += 2;
    if (gone) counts.splice(0, gone);
    if (!counts.length) {
      delete state.instances[key];
      state.size--;
    }
    const rate = estimate(counts, at, state);
    if (rate > state.limit) over.push([key, rate]);
    else letGo(key);
  }
  // What is kept must not depend on the order in which instances came: it is another one after they were read anew.
  over.sort(([a, rateOfA], [b, rateOfB]) => rateOfB - rateOfA || byText(a, b));
  for (const [place, [key, rate]] of over.entries()) {
    if (place >= mostLimited) letGo(key);
    else if (state.limited[key]) state.limited[key].estimate = rate;
    else {
      limitKey(state, key, seenAt, rate);
      detected++;
    }
  }
  if (state.changes && detected + released) state.changes.looks.push({ at: seenAt, detected, released, limited: Object.keys(state.limited).length });
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Makes room: the quarter with the lowest counts goes, the limited ones stay. */
function forgetSmall(state: RateRuleState): void {
  const total = (counts: readonly number[]): number => counts.reduce((sum, each, at) => (at % 2 ? sum + each : sum), 0);
  const open = Object.entries(state.instances).filter(([key]) => !state.limited[key]).map(([key, counts]) => [key, total(counts)] as const);
  open.sort((a, b) => a[1] - b[1] || byText(a[0], b[0]));
  for (const [key] of open.slice(0, Math.max(1, mostCounted / 4))) {
    delete state.instances[key];
    state.size--;
    state.changes?.counted.delete(key);
    state.changes?.forgotten.add(key);
  }
}

export interface Counted {
  limiting: boolean;
  /** Requests in the window as the rule sees them. */
  estimate: number;
  detectedAt?: number;
}

/** Counts one request of an instance and says whether the rule is limiting it. Changes `state`. */
export function countRequest(state: RateRuleState, key: string, nowMs: number): Counted {
  look(state, nowMs);
  const bucket = state.exact ? Math.floor(nowMs / 1_000) : Math.max(state.tick, Math.floor(nowMs / tickMs));
  let counts = state.instances[key];
  if (!counts) {
    if (state.size >= mostCounted) forgetSmall(state);
    state.instances[key] = counts = [];
    state.size++;
  }
  addTo(counts, bucket);
  if (state.changes) {
    const since = state.changes.counted.get(key);
    if (since) addTo(since, bucket);
    else state.changes.counted.set(key, [bucket, 1]);
  }
  if (state.exact) {
    const rate = estimate(counts, bucket, state);
    const limited = state.limited[key];
    if (rate > state.limit && !limited && Object.keys(state.limited).length < mostLimited) limitKey(state, key, nowMs, rate);
    else if (rate <= state.limit && limited) release(state, key, nowMs);
    return { limiting: !!state.limited[key], estimate: rate, detectedAt: state.limited[key]?.detectedAt };
  }
  const limited = state.limited[key];
  return limited ? { limiting: true, estimate: limited.estimate, detectedAt: limited.detectedAt } : { limiting: false, estimate: estimate(counts, bucket, state) };
}

/** How many requests of an instance the window up to now really has, those of the running bucket among them. */
export function countedInWindow(state: RateRuleState, key: string, nowMs: number): number {
  const counts = Object.hasOwn(state.instances, key) ? state.instances[key] : [];
  const oldest = Math.floor(nowMs / bucketMs(state)) - (state.windowSec * 1_000) / bucketMs(state);
  return counts.reduce((sum, count, at) => (at % 2 && counts[at - 1] > oldest ? sum + count : sum), 0);
}

/** The keys that are limited at a time, highest rate first. Changes `state` (it looks). */
export function limitedKeys(state: RateRuleState, nowMs: number): string[] {
  look(state, nowMs);
  return Object.entries(state.limited).sort((a, b) => b[1].estimate - a[1].estimate).map(([key]) => key);
}
