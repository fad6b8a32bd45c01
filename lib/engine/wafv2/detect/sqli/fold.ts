import * as K from "./kinds";
import { letters } from "./kinds";
import type { Reader } from "./reader";
import { first, pairOf, plain } from "./words";
import type { FoldStep } from "../types";

/** So many folded tokens are looked at together, parentheses among them. */
export const LENGTH = 12;

/** So many of them are looked at again with the ones that follow. */
const KEPT = 5;

/** What stands for a value, by kind. */
const isValue = new Uint8Array(K.KINDS);
for (const kind of [K.NUMBER, K.STRING, K.OPENED, K.UNCLOSED, K.WORD, K.PHRASE, K.INTERNAL, K.VARIABLE, K.SERVER, K.COMPUTED, K.TRUTH, K.LIST, K.CONDITION, K.VARIABLE_CONDITION, K.OPENED_PROSE, K.UNCLOSED_PROSE]) isValue[kind] = 1;
/** Values that arithmetic and comparisons take up; strings stay as they are, for they tell quotes. */
const foldable = Uint8Array.from(isValue);
for (const kind of [K.STRING, K.OPENED, K.UNCLOSED, K.OPENED_PROSE, K.UNCLOSED_PROSE]) foldable[kind] = 0;
/** After these an operator has one operand only, and a parenthesis only groups. */
const beforeOperand = new Uint8Array(K.KINDS);
for (const kind of [K.NONE, K.COMPARE, K.STAR, K.OPERATOR, K.AMPERSAND, K.SET, K.UNARY, K.LOGIC, K.LOGIC_SIGN, K.OPEN, K.COMMA, K.SELECT, K.CLAUSE, K.KEYWORD, K.BY, K.UNION, K.SEMICOLON, K.TSQL, K.WEAK_TSQL, K.TYPE]) beforeOperand[kind] = 1;
const groups = new Uint8Array(K.KINDS);
for (const kind of [K.NONE, K.COMPARE, K.STAR, K.OPERATOR, K.LOGIC, K.LOGIC_SIGN, K.OPEN, K.COMMA, K.CLAUSE]) groups[kind] = 1;
const constant = new Uint8Array(K.KINDS);
for (const kind of [K.NUMBER, K.COMPUTED, K.TRUTH, K.LIST]) constant[kind] = 1;
const isWordy = (kind: number): boolean => kind === K.WORD || kind === K.PHRASE;

/** Folds tokens while they are read; `kinds`, `starts` and `ends` hold what is left, `count` of them. */
export class Folder {
  kinds = new Uint8Array(LENGTH + 4);
  starts = new Int32Array(LENGTH + 4);
  ends = new Int32Array(LENGTH + 4);
  words = new Int16Array(LENGTH + 4);
  count = 0;
  /** A comment stands between tokens. */
  commented = false;
  /** Tokens before the ones that are held were let go. */
  moved = false;
  /** The value was read to its end. */
  whole = false;
  /** Where steps are noted down, if somebody asks. */
  steps: FoldStep[] | undefined;
  /** Is told of each token as it was read, if somebody asks. */
  seen: ((kind: number, start: number, end: number) => void) | undefined;

  constructor(readonly reader: Reader) {}

  /**
   * Reads the text. Whenever `LENGTH` tokens are there that do not fold, and more come, `full` is asked: if it says true
   * the reading stops, else the oldest tokens are let go. It is asked at the end of each argument of a form, too.
   */
  run(quote: number, full: () => boolean): void {
    const { reader } = this;
    this.count = 0;
    this.commented = this.moved = this.whole = false;
    let comment = 0;
    let from = 0;
    let to = 0;
    if (quote) {
      reader.opened(quote);
      this.seen?.(reader.kind, reader.start, reader.end);
      this.add(reader.kind, reader.start, reader.end, -1);
    }
    while (reader.next()) {
      this.seen?.(reader.kind, reader.start, reader.end);
      if (reader.kind === K.COMMENT || reader.kind === K.CUT) {
        comment = reader.kind;
        from = reader.start;
        to = reader.end;
        continue;
      }
      if (comment) this.commented = true;
      comment = 0;
      if (reader.kind === K.AMPERSAND && quote === 0 && reader.argument()) {
        // A form's next argument: what it holds is read as if it stood alone.
        this.whole = true;
        if (full()) return;
        this.whole = this.moved = this.commented = false;
        this.count = 0;
        continue;
      }
      if (this.count >= LENGTH) {
        if (full()) return;
        this.move();
      }
      this.push();
    }
    this.whole = true;
    if (comment && this.count > 0 && this.count < LENGTH) this.add(comment, from, to, -1);
  }

  /** Whether a statement began among the tokens that are kept. */
  inStatement(): boolean {
    for (let i = Math.max(0, this.count - KEPT); i < this.count; i++) if (this.kinds[i] === K.SELECT || this.kinds[i] === K.UNION || this.kinds[i] === K.STATEMENT) return true;
    return false;
  }

  /** Lets the oldest tokens go. */
  private move(): void {
    const gone = this.count - KEPT;
    this.kinds.copyWithin(0, gone, this.count);
    this.starts.copyWithin(0, gone, this.count);
    this.ends.copyWithin(0, gone, this.count);
    this.words.copyWithin(0, gone, this.count);
    this.count = KEPT;
    this.moved = true;
  }

  private add(kind: number, start: number, end: number, word: number): void {
    const at = this.count++;
    this.kinds[at] = kind;
    this.starts[at] = start;
    this.ends[at] = end;
    this.words[at] = word;
  }

  /** Kind of the token so many places below the top. */
  private under(depth: number): number {
    return this.count > depth ? this.kinds[this.count - 1 - depth] : K.NONE;
  }

  /** Replaces the top tokens, `from` of them, by one of a kind. */
  private join(rule: string, from: number, kind: number): void {
    const before = this.steps && this.shown(from);
    const at = this.count - from;
    this.kinds[at] = kind;
    this.words[at] = -1;
    if (kind === K.BY || kind === K.UNION || kind === K.STATEMENT || kind === K.PHRASE || rule === "word pair") this.ends[at] = this.ends[this.count - 1];
    this.count = at + 1;
    this.steps?.push({ rule, before: before!, after: letters[kind] });
  }

  private shown(from: number): string {
    let text = "";
    for (let i = this.count - from; i < this.count; i++) text += letters[this.kinds[i]];
    return text;
  }

  private drop(rule: string, kind: number): void {
    this.steps?.push({ rule, before: letters[kind], after: "" });
  }

  private push(): void {
    const { reader } = this;
    let kind = reader.kind;
    const top = this.under(0);
    if (kind === K.WORD && reader.word < 0 && isWordy(top) && !this.steps) {
      // What `value` would do, in short: prose is mostly this.
      this.kinds[this.count - 1] = K.PHRASE;
      this.words[this.count - 1] = -1;
      this.ends[this.count - 1] = reader.end;
      return;
    }

    if (reader.word >= 0 && this.count > 0) {
      const before = this.words[this.count - 1];
      if (before >= 0 && first[before]) {
        const pair = pairOf(reader.text.slice(this.starts[this.count - 1], this.ends[this.count - 1]), reader.text.slice(reader.start, reader.end));
        if (pair) {
          this.add(kind, reader.start, reader.end, -1);
          this.join("word pair", 2, pair);
          return;
        }
      }
    }

    if (kind === K.FUNCTION && reader.word >= 0 && plain[reader.word] === K.OPERATOR && isValue[top]) kind = K.OPERATOR;
    if (kind === K.WORD && top === K.COLLATE) kind = K.TYPE;
    if (kind === K.TYPE && top === K.OPERATOR && isValue[this.under(1)] && reader.text.charCodeAt(this.starts[this.count - 1]) === 58) {
      this.steps?.push({ rule: "cast", before: "ot", after: "" });
      this.count--;
      return;
    }
    switch (kind) {
      case K.COMPARE:
        if (reader.word >= 0 && !isValue[top] && top !== K.CLOSE && reader.called()) kind = K.FUNCTION;
        break;
      case K.LOGIC:
      case K.LOGIC_SIGN:
        this.chain();
        break;
      case K.SEMICOLON:
        if (top === K.SEMICOLON) return this.drop("repeated semicolon", kind);
        break;
      case K.UNARY:
        // ~ between values compares with a pattern.
        if (isValue[top] && reader.text.charCodeAt(reader.start) === 126) kind = K.COMPARE;
        if (beforeOperand[top]) return this.drop("operator with one operand", kind);
        break;
      case K.OPERATOR: {
        const sign = reader.text.charCodeAt(reader.start);
        if (beforeOperand[top] && (sign === 43 || sign === 45)) return this.drop("operator with one operand", kind);
        break;
      }
      case K.OPEN:
        if (top === K.NONE) return this.drop("leading parenthesis", kind);
        if (top === K.OPEN) return this.drop("repeated parenthesis", kind);
        break;
      case K.CLOSE:
        if (top === K.CLOSE) return this.drop("repeated parenthesis", kind);
        if (this.under(1) === K.OPEN && isValue[top] && groups[this.under(2)]) {
          // (value): the value.
          const [start, end] = [this.starts[this.count - 1], this.ends[this.count - 1]];
          const rule = "value in parentheses";
          this.steps?.push({ rule, before: `(${letters[top]})`, after: letters[top] });
          this.count -= 2;
          this.value(top, start, end, -1);
          return;
        }
        break;
      default:
    }
    if (isValue[kind]) this.value(kind, reader.start, reader.end, reader.word);
    else this.add(kind, reader.start, reader.end, reader.word);
  }

  /** `a or b` before another OR: a value that says nothing goes, so that a chain of them hides nothing. */
  private chain(): void {
    const right = this.under(0);
    const middle = this.under(1);
    const left = this.under(2);
    if ((middle !== K.LOGIC && middle !== K.LOGIC_SIGN) || !isValue[left] || !(isWordy(right) || right === K.NUMBER || right === K.COMPUTED || right === K.CONDITION)) return;
    this.steps?.push({ rule: "chain of logic", before: this.shown(3), after: letters[left] });
    this.count -= 2;
  }

  /** Puts a value on top and folds it with what stands before. */
  private value(kind: number, start: number, end: number, word: number): void {
    this.add(kind, start, end, word);
    for (;;) {
      const right = this.under(0);
      const middle = this.under(1);
      const left = this.under(2);
      if (middle === K.NONE) return;
      if (right === K.STRING || right === K.UNCLOSED || right === K.UNCLOSED_PROSE) {
        if (middle === K.STRING) { this.join("adjacent strings", 2, right); continue; }
      }
      if (middle === K.TYPE && left !== K.COLLATE) {
        if (right === K.TYPE) return;
        // A type before a value converts it.
        const [from, to] = [this.starts[this.count - 1], this.ends[this.count - 1]];
        this.steps?.push({ rule: "type before a value", before: `t${letters[right]}`, after: letters[right] });
        this.count--;
        [this.kinds[this.count - 1], this.starts[this.count - 1], this.ends[this.count - 1], this.words[this.count - 1]] = [right, from, to, -1];
        continue;
      }
      if (isWordy(right) && isWordy(middle)) { this.join("words in a row", 2, K.PHRASE); continue; }
      if (!isValue[left]) return;
      if (middle === K.DOT && (left === K.WORD || left === K.INTERNAL)) { this.join("name with a point", 3, left === K.INTERNAL || right === K.INTERNAL ? K.INTERNAL : K.WORD); continue; }
      if (middle === K.COMMA) { this.join("list", 3, constant[left] ? K.LIST : left); continue; }
      if (!foldable[right]) return;
      if (left === K.OPENED || left === K.OPENED_PROSE) return;
      if (middle === K.OPERATOR || middle === K.STAR || (middle === K.AMPERSAND && constant[left] && constant[right])) {
        this.join("arithmetic", 3, isWordy(left) && isWordy(right) ? K.PHRASE : left === K.NUMBER || left === K.LIST ? K.COMPUTED : left);
        continue;
      }
      if (middle === K.COMPARE && foldable[left]) {
        if (isWordy(left) && isWordy(right) && this.ends[this.count - 2] - this.starts[this.count - 2] > 1 && this.words[this.count - 2] !== -1) { this.join("words in a row", 3, K.PHRASE); continue; }
        const variable = left === K.VARIABLE || left === K.SERVER || right === K.VARIABLE || right === K.SERVER;
        this.join("comparison", 3, variable ? K.VARIABLE_CONDITION : constant[left] && constant[right] ? K.TRUTH : K.CONDITION);
        continue;
      }
      return;
    }
  }
}
