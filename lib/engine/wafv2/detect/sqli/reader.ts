import { AT, BACKQUOTE, BRACKET, DIGIT, DOLLAR, ESCAPE, HASH, LETTER, POINT, QUOTE, SIGN, begins, inWord, inner, isDigit, isSpace, isWord, oneSign, signsOf, singles, threeBegin, twoSigns } from "./characters";
import * as K from "./kinds";
import { argumentEnd, bracketEnd, isPlain, isSilent, isSpoken, moneyEnd, numberEnd } from "./lexemes";
import { called, hashed, isInternal, lookUp, lower, plain } from "./words";

const SINGLE_QUOTE = 39, DOUBLE_QUOTE = 34;
/**
 * Reads SQL tokens of a text one by one: after `next()` is true, `kind`, `start`, `end` and `word` tell of the token.
 * It never goes back by more than a word, so the work is linear in the text; `steps` counts characters looked at.
 */
export class Reader {
  text = "";
  pos = 0;
  mysql = false;
  /** Comments were seen that the two dialects read differently. */
  differs = false;
  steps = 0;
  kind = 0;
  start = 0;
  end = 0;
  /** The parenthesis that `parenthesisFollows` saw closes at once. */
  private emptyCall = false;
  /** Number of the word in our list, -1 if the token is none. */
  word = -1;

  /** `quote` is the code of the quote in which the text begins, 0 for none. */
  begin(text: string, mysql: boolean): void {
    this.text = text;
    this.mysql = mysql;
    this.pos = 0;
    this.differs = false;
    // The counter stays a small integer, which is what engines add fastest.
    if (this.steps > 5e8) this.steps = 0;
  }

  /** The rest of a string that was open before the text began, up to its quote. */
  opened(quote: number): void {
    this.start = 0;
    this.word = -1;
    this.kind = K.OPENED;
    // Without backslash escapes `\'` closes the string; MySQL reads it as an escaped quote.
    this.string(0, quote, this.mysql);
  }

  next(): boolean {
    const { text } = this;
    const { length } = text;
    let code = 0;
    let i = this.pos;
    while (i < length && isSpace((code = text.charCodeAt(i)))) i++;
    this.steps += i - this.pos + 1;
    this.pos = i;
    if (i >= length) return false;
    this.start = i;
    this.word = -1;
    switch (code < 128 ? begins[code] : LETTER) {
      case LETTER: this.letter(code); break;
      case DIGIT: this.number(); break;
      case QUOTE: this.kind = K.STRING; this.string(this.pos + 1, code, true); break;
      case SIGN: this.sign(code); break;
      case HASH: this.hash(); break;
      case DOLLAR: this.dollar(); break;
      case AT: this.variable(); break;
      case BACKQUOTE: this.backquote(); break;
      case BRACKET: this.bracket(); break;
      case POINT: if (isDigit(this.at(1))) this.number(); else this.take(K.DOT, 1); break;
      case ESCAPE: if (this.at(1) === 78) this.take(K.NUMBER, 2); else this.take(K.BACKSLASH, 1); break;
      default: this.take(singles[code], 1);
    }
    this.end = this.pos;
    return true;
  }

  /** After a `&`: whether a form's next argument begins here, as `name=`; then that is passed over. */
  argument(): boolean {
    const end = argumentEnd(this.text, this.pos);
    this.steps += Math.max(0, end - this.pos);
    if (end < 0) return false;
    this.pos = end;
    return true;
  }

  /** Whether a parenthesis follows the token. */
  called(): boolean {
    return this.parenthesisFollows();
  }

  private at(offset: number): number {
    return this.pos + offset < this.text.length ? this.text.charCodeAt(this.pos + offset) : 0;
  }

  private take(kind: number, length: number): void {
    this.kind = kind;
    this.pos += length;
    this.steps += length;
  }

  /** Takes up to and with `index`, or all when it is -1. */
  private until(index: number, length: number): boolean {
    const from = this.pos;
    this.pos = index < 0 ? this.text.length : index + length;
    this.steps += this.pos - from;
    return index >= 0;
  }

  /** A string whose content begins at `from`: doubled quotes belong to it, and backslashes escape. */
  private string(from: number, quote: number, escapes: boolean): void {
    const { text } = this;
    let i = from;
    for (; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 92 && escapes) i++;
      else if (code === quote) {
        if (text.charCodeAt(i + 1) !== quote || (i === 0 && this.kind === K.OPENED)) break;
        i++;
      }
    }
    this.steps += i - from + 1;
    if (i >= text.length) this.kind = isSpoken(text, from, i) || !isPlain(text, from) ? K.UNCLOSED_PROSE : K.UNCLOSED;
    else if (this.kind === K.OPENED && (isSpoken(text, from, i) || !isPlain(text, i - 1))) this.kind = K.OPENED_PROSE;
    this.end = this.pos = Math.min(i + 1, text.length);
  }

  private letter(code: number): void {
    const { text } = this;
    // Strings with a letter before them: N'', X'', B'', E'', Q'[]', NQ'[]', U&''.
    const small = code < 128 ? lower[code] : 0;
    const next = this.at(1);
    if (next === SINGLE_QUOTE && (small === 110 || small === 101 || small === 120 || small === 98)) {
      this.kind = small === 120 || small === 98 ? K.NUMBER : K.STRING;
      if (this.pos + 2 < text.length) return this.string(this.pos + 2, SINGLE_QUOTE, true);
    }
    if (small === 117 && next === 38 && this.at(2) === SINGLE_QUOTE) {
      this.kind = K.STRING;
      return this.string(this.pos + 3, SINGLE_QUOTE, true);
    }
    const q = small === 113 ? 1 : small === 110 && (next | 32) === 113 ? 2 : 0;
    if (q && this.at(q) === SINGLE_QUOTE && this.at(q + 1) > 32) {
      const open = text[this.pos + q + 1];
      const close = `${{ "(": ")", "[": "]", "{": "}", "<": ">" }[open] ?? open}'`;
      this.kind = this.until(text.indexOf(close, this.pos + q + 2), 2) ? K.STRING : K.UNCLOSED;
      return;
    }
    this.name(this.pos);
  }

  /** A word with its points: `sys.user$`, `dbms_pipe.receive_message`. A keyword ends it at once. */
  private name(from: number): void {
    const { text } = this;
    const { length } = text;
    let i = from;
    let part = from;
    let hash = 0;
    let internal = false;
    let joined = 0;
    let word = -1;
    for (;;) {
      const code = i < length ? text.charCodeAt(i) : 0;
      if (code < 128) {
        if (inWord[code] === 1) {
          hash = (Math.imul(hash, 31) + lower[code]) | 0;
          joined |= inner[code];
          i++;
          continue;
        }
      } else if (!isSpace(code)) {
        hash = (Math.imul(hash, 31) + code) | 0;
        i++;
        continue;
      }
      word = lookUp(text, part, i, hash);
      if (word < 0 || !plain[word] ? joined !== 0 && isInternal(text.slice(part, i)) : plain[word] === K.INTERNAL) internal = true;
      // A point or an at-sign joins names, but not to a keyword.
      if ((code !== 46 && code !== 64) || (word >= 0 && plain[word] !== 0 && plain[word] !== K.INTERNAL && part === from)) break;
      let after = i + 1;
      if (code === 46 && text.charCodeAt(after) === 46) after++;
      if (after >= text.length || !isWord(text.charCodeAt(after))) break;
      i = part = after;
      hash = joined = 0;
    }
    this.steps += i - from;
    this.pos = i;
    const dotted = part !== from;
    const call = this.parenthesisFollows();
    if (dotted) this.kind = call && internal ? K.DANGER : internal ? K.INTERNAL : call ? K.CALL : K.WORD;
    else {
      this.word = word;
      if (call && word >= 0 && called[word] === K.INQUIRY) {
        this.kind = this.emptyCall ? K.INQUIRY : K.FUNCTION;
        return;
      }
      this.kind = word < 0 || (internal && !call) ? (internal ? K.INTERNAL : call ? K.CALL : K.WORD) : call ? called[word] || plain[word] || K.CALL : plain[word] || K.WORD;
    }
  }

  /** Whether the next token is `(`; blanks and one comment may stand before it. */
  private parenthesisFollows(): boolean {
    const { text } = this;
    let i = this.pos;
    for (let comments = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 40) {
        this.emptyCall = text.charCodeAt(i + 1) === 41;
        return true;
      }
      if (code === 47 && comments === 0 && text.charCodeAt(i + 1) === 42) {
        const end = text.indexOf("*/", i + 2);
        if (end < 0) break;
        this.steps += end - i;
        i = end + 1;
        comments++;
      } else if (!isSpace(code)) break;
      this.steps++;
    }
    return false;
  }

  private number(): void {
    const { text } = this;
    const end = numberEnd(text, this.pos);
    if (!isWord(text.charCodeAt(end)) || end >= text.length) return this.take(K.NUMBER, end - this.pos);
    // `1union` is a number and a word, `1fUNION` too; `1st` and `8b59` are words.
    let i = end;
    while (i < text.length && isWord(text.charCodeAt(i))) i++;
    if (this.keywordAt(end, i)) return this.take(K.NUMBER, end - this.pos);
    const suffix = text.charCodeAt(end) | 32;
    if ((suffix === 102 || suffix === 100) && this.keywordAt(end + 1, i)) return this.take(K.NUMBER, end + 1 - this.pos);
    this.take(K.WORD, i - this.pos);
  }

  /** Whether exactly a keyword stands there. */
  private keywordAt(from: number, to: number): boolean {
    let hash = 0;
    for (let i = from; i < to; i++) {
      const code = this.text.charCodeAt(i);
      hash = hashed(hash, code < 128 ? lower[code] : code);
    }
    this.steps += to - from;
    const word = lookUp(this.text, from, to, hash);
    return word >= 0 && plain[word] !== 0;
  }

  private sign(code: number): void {
    const { text } = this;
    const next = this.at(1);
    if (code === 47 && next === 42) return this.comment();
    if (code === 45 && next === 45) {
      const third = this.at(2);
      const spaced = this.pos + 2 >= text.length || isSpace(third);
      if (!spaced) this.differs = true;
      if (spaced || !this.mysql) return this.line(2);
      return this.take(K.OPERATOR, 1);
    }
    if (next < 128) {
      const at = code * 128 + next;
      if (threeBegin[at]) {
        const kind = signsOf[text.slice(this.pos, this.pos + 3)];
        if (kind) return this.take(kind, 3);
      }
      if (twoSigns[at]) return this.take(twoSigns[at], 2);
    }
    this.take(oneSign[code], 1);
  }

  private comment(): void {
    const { text } = this;
    const from = this.pos;
    const close = text.indexOf("*/", from + 2);
    const closed = this.until(close, 2);
    const third = text.charCodeAt(from + 2);
    if (third === 33 && isWord(text.charCodeAt(from + 3))) {
      // MySQL runs what a versioned comment holds.
      this.kind = K.EVIL;
      return;
    }
    this.kind = closed || !isSilent(text, from + 2, this.pos) ? K.COMMENT : K.CUT;
  }

  /** A comment to the end of the line. */
  private line(marker: number): void {
    const from = this.pos + marker;
    this.until(this.text.indexOf("\n", from), 1);
    this.kind = isSilent(this.text, from, this.pos) ? K.CUT : K.COMMENT;
  }

  private hash(): void {
    this.differs = true;
    if (this.mysql) return this.line(1);
    this.take(K.OPERATOR, 1);
  }

  /** Money, `$tag$strings$tag$`, or a sign by itself. */
  private dollar(): void {
    const { text } = this;
    let i = this.pos + 1;
    if (isDigit(text.charCodeAt(i))) return this.take(K.NUMBER, moneyEnd(text, i) - this.pos);
    while (i < text.length && text.charCodeAt(i) !== 36 && isWord(text.charCodeAt(i))) i++;
    this.steps += i - this.pos;
    if (text.charCodeAt(i) !== 36) return this.take(K.WORD, 1);
    const tag = text.slice(this.pos, i + 1);
    this.kind = this.until(text.indexOf(tag, i + 1), tag.length) ? K.STRING : K.UNCLOSED;
  }

  private variable(): void {
    const { text } = this;
    let i = this.pos + 1;
    const two = text.charCodeAt(i) === 64;
    if (two) i++;
    const quote = text.charCodeAt(i);
    if (quote === SINGLE_QUOTE || quote === DOUBLE_QUOTE || quote === 96) {
      const close = text.indexOf(text[i], i + 1);
      this.until(close, 1);
      this.kind = two ? K.SERVER : K.VARIABLE;
      return;
    }
    const from = i;
    while (i < text.length && (isWord(text.charCodeAt(i)) || (text.charCodeAt(i) === 46 && isWord(text.charCodeAt(i + 1))))) i++;
    this.take(two && i > from ? K.SERVER : K.VARIABLE, i - this.pos);
  }

  private backquote(): void {
    this.kind = this.until(this.text.indexOf("`", this.pos + 1), 1) ? K.WORD : K.UNCLOSED;
  }

  /** `[name]` of T-SQL; any other bracket stands for itself. */
  private bracket(): void {
    const end = bracketEnd(this.text, this.pos + 1);
    if (end < 0) this.take(K.OTHER, 1);
    else this.take(K.WORD, end - this.pos);
  }
}
