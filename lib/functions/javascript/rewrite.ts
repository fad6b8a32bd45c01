/** From a column of the new text on, columns of that line are so many further right than in the old one; both from 0. */
export interface Shift {
  /** From 1. */
  line: number;
  column: number;
  by: number;
}

interface Edit {
  start: number;
  end: number;
  text: string;
}

/** Changes to a text that leave its lines where they are. Ranges must not overlap, save for insertions at one place. */
export class Rewrite {
  readonly #edits: Edit[] = [];
  #before = "";
  #after = "";

  constructor(readonly source: string) {}

  replace(start: number, end: number, text: string): void {
    this.#edits.push({ start, end, text: text + this.#lines(start, end) });
  }

  insert(at: number, text: string): void {
    this.#edits.push({ start: at, end: at, text });
  }

  remove(start: number, end: number): void {
    this.replace(start, end, "");
  }

  prepend(text: string): void {
    this.#before = text;
  }

  append(text: string): void {
    this.#after = text;
  }

  #lines(start: number, end: number): string {
    return "\n".repeat(this.source.slice(start, end).split("\n").length - 1);
  }

  done(): { text: string; shifts: Shift[] } {
    const parts = [this.#before];
    const shifts: Shift[] = [];
    let at = 0;
    const from = { line: 1, column: 0 };
    const to = { line: 1, column: this.#before.length };
    const walk = (place: { line: number; column: number }, text: string): void => {
      const last = text.lastIndexOf("\n");
      if (last < 0) place.column += text.length;
      else {
        place.line += text.split("\n").length - 1;
        place.column = text.length - last - 1;
      }
    };
    const mark = (): void => {
      const by = to.column - from.column;
      const before = shifts.at(-1);
      if (by !== (before?.line === to.line ? before.by : 0)) shifts.push({ line: to.line, column: to.column, by });
    };
    mark();
    for (const { start, end, text } of this.#edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
      const kept = this.source.slice(at, start);
      parts.push(kept, text);
      walk(from, kept);
      walk(to, kept);
      walk(from, this.source.slice(start, end));
      walk(to, text);
      mark();
      at = end;
    }
    parts.push(this.source.slice(at), this.#after);
    return { text: parts.join(""), shifts };
  }
}

/** The column of the source, from 1, of one of the new text. What was put in between leads to where it was put. */
export function columnOf(shifts: readonly Shift[], line: number, column: number): number {
  let by = 0;
  let before = Infinity;
  for (const shift of shifts) {
    if (shift.line !== line) continue;
    if (shift.column > column - 1) {
      before = shift.column - shift.by;
      break;
    }
    by = shift.by;
  }
  return Math.max(1, Math.min(column - by, before + 1));
}
