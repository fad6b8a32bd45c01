/** Where reading begins: in text, or in the value of an attribute. */
export type Start = "text" | "unquoted value" | "single-quoted value" | "double-quoted value" | "back-quoted value";
export const starts: Start[] = ["text", "double-quoted value", "single-quoted value", "back-quoted value", "unquoted value"];
/** The quote in whose value each of them begins, 0 for none. */
export const quotes = [0, 34, 39, 96, 0];
export const UNQUOTED = 4;

export const TEXT = 1, TAG = 2, END_TAG = 3, NAME = 4, VALUE = 5, COMMENT = 6, DOCTYPE = 7, INSTRUCTION = 8, CLOSE = 9;

const isBlank = (code: number): boolean => code <= 32;
const isLetter = (code: number): boolean => (code | 32) >= 97 && (code | 32) <= 122;

/** Reads HTML as its tokenizer does: after `next()` is true, `kind`, `start` and `end` tell of the token. One pass, never back. */
export class HtmlReader {
  text = "";
  pos = 0;
  steps = 0;
  kind = 0;
  start = 0;
  end = 0;
  /** Whether we are inside a tag, between its attributes. */
  private inTag = false;
  /** Whether an attribute's value follows. */
  private valueNext = false;
  /** The quote that the first value is in. */
  private opened = 0;
  /** Quotes and comments hide nothing: what a browser might read that does not pair them as we do. */
  lenient = false;
  /** The value began without a quote: it goes on to the first blank. */
  private bare = false;

  begin(text: string, start: number, lenient = false): void {
    this.lenient = lenient;
    this.text = text;
    this.pos = 0;
    this.opened = quotes[start];
    this.inTag = start > 0;
    this.valueNext = false;
    this.bare = start === UNQUOTED;
    // The counter stays a small integer, which is what engines add fastest.
    if (this.steps > 5e8) this.steps = 0;
  }

  next(): boolean {
    if (this.opened) {
      // The value that was open before the text began.
      const at = this.text.indexOf(String.fromCharCode(this.opened));
      const end = at < 0 ? this.text.length : at;
      this.opened = 0;
      this.pos = end + 1;
      return this.token(VALUE, 0, end);
    }
    if (this.pos >= this.text.length) return false;
    if (this.bare) {
      // The same text may begin with a value or with an attribute: the value is told, and nothing is taken.
      this.bare = false;
      return this.token(VALUE, 0, this.text.length);
    }
    if (this.inTag) {
      if (this.valueNext) return this.value();
      if (this.attribute()) return true;
      if (this.pos >= this.text.length) return false;
    }
    return this.data();
  }

  private token(kind: number, start: number, end: number): boolean {
    this.kind = kind;
    this.start = start;
    this.end = end;
    this.steps += this.pos - start + 1;
    return true;
  }

  /** Text, or what begins with `<`. */
  private data(): boolean {
    const { text } = this;
    const from = this.pos;
    let i = text.indexOf("<", from);
    for (; i >= 0; i = text.indexOf("<", i + 1)) {
      let after = i + 1;
      while (text.charCodeAt(after) === 0 && after < text.length) after++;
      const code = text.charCodeAt(after);
      if (isLetter(code) || code === 33 || code === 63 || code === 47 || code === 37) break;
    }
    if (i < 0) i = text.length;
    if (i > from) {
      this.pos = i;
      return this.token(TEXT, from, i);
    }
    this.pos = i + 1;
    while (text.charCodeAt(this.pos) === 0 && this.pos < text.length) this.pos++;
    const code = text.charCodeAt(this.pos);
    if (code === 33) return this.declaration(i);
    if ((code === 63 || code === 37) && !this.lenient) return this.until(INSTRUCTION, ">", this.pos + 1);
    if (code === 47) {
      this.pos++;
      return this.tag(END_TAG);
    }
    return this.tag(TAG);
  }

  private until(kind: number, close: string, from: number): boolean {
    const at = this.text.indexOf(close, from);
    const end = at < 0 ? this.text.length : at;
    this.pos = at < 0 ? end : end + close.length;
    return this.token(kind, from, end);
  }

  private declaration(from: number): boolean {
    const { text } = this;
    const at = this.pos + 1;
    if (this.lenient) {
      this.pos = at;
      return this.token(INSTRUCTION, at, at);
    }
    if (text.startsWith("--", at)) {
      // `-->` ends a comment, `--!>` and `--%>` did in some browsers.
      let end = text.indexOf("--", at + 2);
      while (end >= 0 && text[end + 2] !== ">" && text.substr(end + 2, 2) !== "!>") end = text.indexOf("--", end + 1);
      this.pos = end < 0 ? text.length : text.indexOf(">", end) + 1;
      return this.token(COMMENT, at + 2, end < 0 ? text.length : end);
    }
    if (/^doctype/i.test(text.slice(at, at + 7))) return this.until(DOCTYPE, ">", from + 2);
    if (text.startsWith("[CDATA[", at)) {
      this.pos = at + 7;
      return this.token(INSTRUCTION, at, at + 7);
    }
    return this.until(INSTRUCTION, ">", at);
  }

  private tag(kind: number): boolean {
    const { text } = this;
    const from = this.pos;
    let i = from;
    for (; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if ((isBlank(code) && code !== 0) || code === 47 || code === 62 || code === 60) break;
    }
    this.pos = i;
    this.inTag = true;
    return this.token(kind, from, i);
  }

  /** The next attribute's name, or the end of the tag. */
  private attribute(): boolean {
    const { text } = this;
    let i = this.pos;
    for (; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (!isBlank(code) && code !== 47 && code !== 34 && code !== 39 && code !== 96) break;
    }
    this.steps += i - this.pos;
    this.pos = i;
    if (i >= text.length) return false;
    const first = text.charCodeAt(i);
    if (first === 62 || first === 60) {
      this.inTag = false;
      if (first === 60) return false;
      this.pos = i + 1;
      return this.token(CLOSE, i, i + 1);
    }
    const from = i;
    for (i++; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if ((isBlank(code) && code !== 0) || code === 61 || code === 62 || code === 47 || code === 60) break;
    }
    const end = i;
    while (i < text.length && isBlank(text.charCodeAt(i))) i++;
    if (text.charCodeAt(i) === 61) {
      this.valueNext = true;
      i++;
    } else i = end;
    this.pos = i;
    return this.token(NAME, from, end);
  }

  /** Whether the attribute just read has a value. */
  get hasValue(): boolean {
    return this.valueNext;
  }

  /** Read leniently, a value ends at a tag, and at `/on`. */
  private breaks(i: number): boolean {
    const code = this.text.charCodeAt(i);
    return code === 60 || (code === 47 && (this.text.charCodeAt(i + 1) | 32) === 111 && (this.text.charCodeAt(i + 2) | 32) === 110);
  }

  private value(): boolean {
    const { text } = this;
    let i = this.pos;
    this.valueNext = false;
    while (i < text.length && isBlank(text.charCodeAt(i))) i++;
    const first = i < text.length ? text.charCodeAt(i) : 0;
    if ((first === 34 || first === 39 || first === 96) && this.lenient) i++;
    else if (first === 34 || first === 39 || first === 96) {
      const at = text.indexOf(text[i], i + 1);
      if (at >= 0) {
        this.pos = at + 1;
        return this.token(VALUE, i + 1, at);
      }
      // The page will close it somewhere; what stands here is read on as if it had.
      i++;
      this.steps += text.length - i;
    }
    const from = i;
    while (i < text.length && !isBlank(text.charCodeAt(i)) && text.charCodeAt(i) !== 62 && !(this.lenient && this.breaks(i))) i++;
    this.pos = i;
    return this.token(VALUE, from, i);
  }
}
