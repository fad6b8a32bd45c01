/**
 * Attacks and harmless text made by a grammar from a seed: what the tests of the detectors hold them to. The shapes are
 * the ones that testers' handbooks teach; names, numbers, letter case and blanks are drawn at random.
 */

/** Numbers from a seed, the same in every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export interface Sample {
  /** Which part of the grammar made it. */
  family: string;
  value: string;
}

export class Maker {
  constructor(readonly next: () => number) {}
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }
  one<T>(from: readonly T[]): T {
    return from[this.below(from.length)];
  }
  chance(probability: number): boolean {
    return this.next() < probability;
  }
  /** `template` with each `{name}` replaced by what `parts` makes of it. */
  fill(template: string, parts: Record<string, (maker: Maker) => string>, depth = 0): string {
    return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const part = parts[name];
      if (!part) return whole;
      return depth < 6 ? this.fill(part(this), parts, depth + 1) : "1";
    });
  }
}
