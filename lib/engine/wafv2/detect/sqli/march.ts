import * as K from "./kinds";
import { signs } from "./kinds";
import { groups, shapes } from "./shapes";

const kindsOf = (column: string): number[] => {
  const plain = column.replace(/<(\w+)>/g, (_, name: string) => {
    if (!groups[name]) throw new Error(`No group ${name}`);
    return groups[name];
  });
  return [...plain].map((sign) => {
    const kind = signs.indexOf(sign);
    if (kind < 1) throw new Error(`No kind has the sign ${sign}`);
    return kind;
  });
};

/** Longest shape, in columns. */
export const COLUMNS = 10;

interface Row {
  shape: number;
  columns: number[][];
  /** Anything may follow. */
  open: boolean;
}

/** A row for each way of leaving optional columns out. */
export function rowsOf(shape: number, pattern: string): Row[] {
  const open = pattern.endsWith("…");
  let rows: string[][] = [[]];
  for (const column of pattern.replaceAll("…", " ").trim().split(/\s+/)) {
    const optional = column.endsWith("?");
    const text = optional ? column.slice(0, -1) : column;
    rows = rows.flatMap((row) => (optional ? [row, [...row, text]] : [[...row, text]]));
  }
  return [...new Set(rows.map((row) => row.join(" ")))].map((row) => ({ shape, columns: row.split(" ").map(kindsOf), open }));
}

/** Rows of bits: all rows march at once, a bit for each. */
class Bits {
  private readonly rows: Row[];
  private readonly low: number;
  private readonly words: number;
  /** Bit of a row in its word: set where the row allows this kind in this column. */
  private readonly allowed: Int32Array;
  /** Rows that are complete after so many columns, with anything or with nothing after them. */
  private readonly complete: Int32Array;
  private readonly ended: Int32Array;
  /** Words in which a row may begin with this kind, by kind: for LOW and for HIGH. */
  private readonly begins: [low: number[], high: number[]][];

  constructor(which: (pattern: string) => boolean) {
    const numbers = shapes.map((_, at) => at).filter((at) => which(shapes[at].pattern));
    const of = (high: boolean): Row[] => numbers.filter((at) => !!shapes[at].high === high).flatMap((at) => rowsOf(at, shapes[at].pattern));
    this.rows = of(false);
    this.low = this.rows.length;
    this.rows.push(...of(true));
    const words = (this.words = (this.rows.length + 31) >> 5);
    this.allowed = new Int32Array(COLUMNS * K.KINDS * words);
    this.complete = new Int32Array((COLUMNS + 1) * words);
    this.ended = new Int32Array((COLUMNS + 1) * words);
    for (const [at, { columns, open, shape }] of this.rows.entries()) {
      if (columns.length > COLUMNS) throw new Error(`Too long: ${shapes[shape].pattern}`);
      const [word, bit] = [at >> 5, 1 << (at & 31)];
      for (const [column, kinds] of columns.entries()) for (const kind of kinds) this.allowed[(column * K.KINDS + kind) * words + word] |= bit;
      (open ? this.complete : this.ended)[columns.length * words + word] |= bit;
    }
    const startWords = (kind: number, limit: number): number[] => Array.from({ length: words }, (_, word) => word).filter((word) => word << 5 < limit && this.allowed[kind * words + word]);
    this.begins = Array.from({ length: K.KINDS }, (_, kind) => [startWords(kind, this.low), startWords(kind, this.rows.length)]);
  }

  /** Number of the first shape that `kinds` has from column `from` on, -1 if none. */
  find(kinds: Uint8Array, from: number, count: number, high: boolean, whole: boolean): number {
    const { words, allowed, complete, ended } = this;
    const limit = high ? this.rows.length : this.low;
    const candidates = this.begins[kinds[from]][high ? 1 : 0];
    for (let at = 0; at < candidates.length; at++) {
      const word = candidates[at];
      let alive = -1;
      let found = 0;
      let column = 0;
      for (; from + column < count && alive; column++) {
        alive &= allowed[(column * K.KINDS + kinds[from + column]) * words + word];
        found |= alive & complete[(column + 1) * words + word];
      }
      if (whole && from + column === count) found |= alive & ended[column * words + word];
      if (limit - (word << 5) < 32) found &= (1 << (limit - (word << 5))) - 1;
      if (found) return this.rows[(word << 5) + 31 - Math.clz32(found & -found)].shape;
    }
    return -1;
  }
}

const anchored = new Bits((pattern) => !pattern.startsWith("…"));
const anywhere = new Bits((pattern) => pattern.startsWith("…"));

/**
 * Number of a shape that the columns have, -1 if none. `first`: they are the first of the value, so that shapes count which
 * begin there. `whole`: the value has no more of them, so that shapes count which end there.
 */
export function shapeOf(kinds: Uint8Array, count: number, high: boolean, first: boolean, whole: boolean): number {
  let shape = first ? anchored.find(kinds, 0, count, high, whole) : -1;
  for (let from = 0; shape < 0 && from < count; from++) shape = anywhere.find(kinds, from, count, high, whole);
  return shape;
}
