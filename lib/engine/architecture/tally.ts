import type { Crowd, EndOutcome, EndReason, PartName } from "./names";

/** How many ended where and why. Shares of what a sampled request stands for may be fractions; what is told are whole numbers. */
export interface End {
  crowd: Crowd;
  part: PartName;
  outcome: EndOutcome;
  /** A reason, or the name of the web ACL's rule. */
  by: EndReason | (string & {});
  count: number;
}

export class Tally {
  readonly #ends = new Map<string, End>();
  readonly sent: Record<Crowd, number> = { USERS: 0, ATTACKERS: 0 };

  add(crowd: Crowd, part: PartName, outcome: EndOutcome, by: End["by"], count: number): void {
    if (count <= 0) return;
    const key = `${crowd} ${part} ${outcome} ${by}`;
    const known = this.#ends.get(key);
    if (known) known.count += count;
    else this.#ends.set(key, { crowd, part, outcome, by, count });
  }

  /** Every end, in whole numbers whose sum is what was sent. */
  whole(): End[] {
    return (["USERS", "ATTACKERS"] as const).flatMap((crowd) => {
      const ends = [...this.#ends.values()].filter((end) => end.crowd === crowd);
      const counts = wholeNumbers(ends.map(({ count }) => count), Math.round(this.sent[crowd]));
      return ends.map((end, at) => ({ ...end, count: counts[at] })).filter(({ count }) => count > 0);
    });
  }

  /** The same without the reasons. */
  byPart(): Omit<End, "by">[] {
    const sums = new Map<string, Omit<End, "by">>();
    for (const { crowd, part, outcome, count } of this.whole()) {
      const key = `${crowd} ${part} ${outcome}`;
      const known = sums.get(key);
      if (known) known.count += count;
      else sums.set(key, { crowd, part, outcome, count });
    }
    return [...sums.values()];
  }

  count(fits: (end: Readonly<End>) => boolean): number {
    let sum = 0;
    for (const end of this.#ends.values()) if (fits(end)) sum += end.count;
    return sum;
  }
}

/** Rounds counts so that their sum is `total`: those with the largest rests are rounded up. */
export function wholeNumbers(counts: readonly number[], total: number): number[] {
  const whole = counts.map(Math.floor);
  let left = total - whole.reduce((sum, each) => sum + each, 0);
  const places = counts.map((count, at) => ({ rest: count - whole[at], at })).sort((a, b) => b.rest - a.rest || a.at - b.at);
  for (let turn = 0; left > 0 && places.length; turn++, left--) whole[places[turn % places.length].at]++;
  return whole;
}

/** Latencies with weights. */
export class Latencies {
  readonly #all: [ms: number, weight: number][] = [];

  add(ms: number, weight: number): void {
    if (weight > 0) this.#all.push([ms, weight]);
  }

  /** In whole ms: so much of the weight took no longer. Undefined: nothing was measured. */
  quantile(share: number): number | undefined {
    if (!this.#all.length) return undefined;
    const sorted = [...this.#all].sort((a, b) => a[0] - b[0]);
    const total = sorted.reduce((sum, [, weight]) => sum + weight, 0);
    let left = total * share;
    for (const [ms, weight] of sorted) if ((left -= weight) <= 1e-9 * total) return Math.round(ms);
    return Math.round(sorted[sorted.length - 1][0]);
  }
}
