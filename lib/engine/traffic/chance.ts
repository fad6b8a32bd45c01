/**
 * Chance that a seed decides, the same in every browser: whole numbers and comparisons only, no Math.log, whose last digits
 * engines may choose.
 */

/** Four 32-bit numbers; plain data. */
export type ChanceState = [number, number, number, number];

export class Chance {
  constructor(readonly state: ChanceState) {}

  /** From 0 up to 1. The generator is sfc32 (C. Doty-Humphrey's small fast counting generator). */
  next(): number {
    const { state } = this;
    const [a, b, c, d] = state;
    const out = (((a + b) | 0) + d) | 0;
    state[3] = (d + 1) | 0;
    state[0] = b ^ (b >>> 9);
    state[1] = (c + (c << 3)) | 0;
    state[2] = (((c << 21) | (c >>> 11)) + out) | 0;
    return (out >>> 0) / 4_294_967_296;
  }

  /** 0 to `count` - 1. */
  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)];
  }

  /** Waiting time between independent events whose mean is 1. Source: J. von Neumann's comparison method (Devroye, Non-Uniform Random Variate Generation, IV.2). */
  wait(): number {
    for (let whole = 0; ; whole++) {
      const first = this.next();
      let last = first;
      for (let runs = 1; ; runs++) {
        const now = this.next();
        if (now >= last) {
          if (runs % 2) return whole + first;
          break;
        }
        last = now;
      }
    }
  }
}

/** A generator's beginning for a seed and the place of a source. */
export function chanceFrom(seed: number, place: number): ChanceState {
  const chance = new Chance([seed | 0, Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b), Math.imul(place + 1, 0xc2b2ae35), 1]);
  for (let round = 0; round < 12; round++) chance.next();
  return chance.state;
}
