/**
 * JSON read token by token, with the places that AWS names in its refusals. EventBridge reads a pattern with Jackson: a place is
 * where its reader has come to, which is after the whole of a number or a word, after the first quote of a text that nobody has
 * asked for yet, and after a name as far as its value begins.
 * Source: answers of TestEventPattern recorded from AWS (github.com/localstack/localstack, tests/aws/services/events,
 * test_events_patterns.snapshot.json).
 */

export type Token = "{" | "}" | "[" | "]" | "name" | "string" | "number" | "true" | "false" | "null" | "end";

/** The text breaks a rule: `message` is what AWS says after `Reason:`. */
export class PatternProblem extends Error {}

/** A source is shown as far as this. */
const shown = 500;
const space = /[ \t\r\n]*/y;
const numberForm = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /[A-Za-z0-9_$]+/y;
const escapes: Record<string, string> = { '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

export class Reader {
  private at = 0;
  /** What is open around here, and whether it has had a member. */
  private readonly open: { kind: "{" | "["; begun: boolean; start: number }[] = [];
  /** The value after a name: begun with it. */
  private waiting: Token | undefined;
  /** A text whose first quote alone was read. */
  private unread = false;
  private held = "";
  /** The name that was read last; names of what is inside come after it. */
  lastName = "";

  constructor(private readonly source: string) {}

  next(): Token {
    if (this.waiting) {
      const token = this.waiting;
      this.waiting = undefined;
      return token;
    }
    if (this.unread) this.finishText();
    const around = this.open.at(-1);
    this.skipSpace();
    if (!around) return this.at === 0 || this.source.slice(0, this.at).trim() === "" ? this.value() : "end";
    const close = around.kind === "{" ? "}" : "]";
    if (this.at >= this.source.length)
      throw this.problem(`Unexpected end-of-input: expected close marker for ${around.kind === "{" ? "Object" : "Array"} (start marker at ${this.place(around.start)})`);
    if (this.source[this.at] === close) {
      this.at++;
      this.open.pop();
      return close;
    }
    if (around.begun) {
      if (this.source[this.at] !== ",") throw this.unexpected(`was expecting comma to separate ${around.kind === "{" ? "Object" : "Array"} entries`);
      this.at++;
      this.skipSpace();
    }
    around.begun = true;
    return around.kind === "{" ? this.name() : this.value();
  }

  /** The text of the value that was read last; a number or a word as it is written. */
  text(): string {
    if (this.unread) this.finishText();
    return this.held;
  }

  /** A refusal with its place. */
  problem(message: string): PatternProblem {
    return new PatternProblem(`${message}\n at ${this.place(this.at)}`);
  }

  private place(offset: number): string {
    const before = this.source.slice(0, offset);
    const line = before.split("\n").length;
    const rest = this.source.length - shown;
    return `[Source: (String)"${this.source.slice(0, shown)}"${rest > 0 ? `[truncated ${rest} chars]` : ""}; line: ${line}, column: ${offset - before.lastIndexOf("\n")}]`;
  }

  private unexpected(wanted: string): PatternProblem {
    const char = this.source[this.at];
    if (char === undefined) return this.problem("Unexpected end-of-input");
    return this.problem(`Unexpected character ('${char}' (code ${char.charCodeAt(0)})): ${wanted}`);
  }

  private skipSpace(): void {
    space.lastIndex = this.at;
    space.exec(this.source);
    this.at = space.lastIndex;
  }

  private name(): Token {
    if (this.source[this.at] !== '"') throw this.unexpected("was expecting double-quote to start field name");
    this.at++;
    this.finishText();
    const name = this.held;
    this.skipSpace();
    if (this.source[this.at] !== ":") throw this.unexpected("was expecting a colon to separate field name and value");
    this.at++;
    this.skipSpace();
    this.waiting = this.value();
    this.lastName = name;
    return "name";
  }

  private value(): Token {
    const char = this.source[this.at];
    if (char === "{" || char === "[") {
      this.open.push({ kind: char, begun: false, start: this.at });
      this.at++;
      return char;
    }
    if (char === '"') {
      this.at++;
      this.unread = true;
      return "string";
    }
    if (char === "-" || (char >= "0" && char <= "9")) return this.number();
    word.lastIndex = this.at;
    const found = word.exec(this.source)?.[0];
    if (found === undefined) throw this.unexpected("expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')");
    this.at += found.length;
    if (found !== "true" && found !== "false" && found !== "null") throw this.problem(`Unrecognized token '${found}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')`);
    this.held = found;
    return found;
  }

  private number(): Token {
    numberForm.lastIndex = this.at;
    const found = numberForm.exec(this.source)?.[0];
    if (found === undefined) {
      this.at++;
      throw this.unexpected("expected digit (0-9) to follow minus sign, for valid numeric value");
    }
    if (/^-?0$/.test(found) && /\d/.test(this.source[this.at + found.length] ?? "")) throw this.problem("Invalid numeric value: Leading zeroes not allowed");
    this.at += found.length;
    this.held = found;
    return "number";
  }

  /** Reads on from the first quote to the last. */
  private finishText(): void {
    this.unread = false;
    let out = "";
    for (;;) {
      const char = this.source[this.at];
      if (char === undefined) throw this.problem("Unexpected end-of-input in VALUE_STRING");
      this.at++;
      if (char === '"') break;
      if (char < " ") {
        this.at--;
        throw this.problem(`Illegal unquoted character ((CTRL-CHAR, code ${char.charCodeAt(0)})): has to be escaped using backslash to be included in string value`);
      }
      out += char === "\\" ? this.escape() : char;
    }
    this.held = out;
  }

  private escape(): string {
    const char = this.source[this.at++];
    if (char === "u") {
      const digits = this.source.slice(this.at, this.at + 4);
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw this.problem("Unexpected character: expected a hex-digit for character escape sequence");
      this.at += 4;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    if (!Object.hasOwn(escapes, char ?? "")) throw this.problem(`Unrecognized character escape '${char ?? ""}' (code ${(char ?? "").charCodeAt(0) || 0})`);
    return escapes[char];
  }
}
