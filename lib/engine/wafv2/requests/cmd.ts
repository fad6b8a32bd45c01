import { mostWords, type Word } from "./sh";
import { good, refuse } from "./text";
import type { Outcome } from "./types";

/** Characters that mean nothing to cmd nor to the C run time. */
const ordinary = /[^\s"\\^&|<>]+/y;

/** The C run time's half: makes words of what cmd leaves of a line. */
class Arguments {
  readonly words: Word[] = [];
  /** Where the quotation mark that is open stands, or -1. */
  opened = -1;
  #word: Word | undefined;
  #backslashes = 0;
  /** A mark inside quotes: another one after it makes both one mark, anything else means that the quotes are closed. */
  #closing = false;

  /** `run` is one character, or several that mean nothing. */
  take(run: string, at: number): void {
    if (this.#closing) {
      this.#closing = false;
      if (run === '"') return void (this.#word!.text += '"');
      this.opened = -1;
    }
    if (run === "\\") {
      this.#word ??= { text: "", at };
      this.#backslashes++;
      return;
    }
    const count = this.#backslashes;
    this.#backslashes = 0;
    if (run === '"') {
      this.#word ??= { text: "", at };
      this.#word.text += "\\".repeat(count >> 1);
      if (count % 2) this.#word.text += '"';
      else if (this.opened < 0) this.opened = at;
      else this.#closing = true;
      return;
    }
    if (count) this.#word!.text += "\\".repeat(count);
    if (this.opened < 0 && (run === " " || run === "\t" || run === "\n")) this.#end();
    else {
      this.#word ??= { text: "", at };
      this.#word.text += run;
    }
  }

  #end(): void {
    if (this.#word) this.words.push(this.#word);
    this.#word = undefined;
  }

  finish(): void {
    if (this.#closing) this.opened = -1;
    if (this.#backslashes) this.#word!.text += "\\".repeat(this.#backslashes);
    this.#end();
  }
}

/**
 * The words of one command as Windows' cmd hands them to curl: first cmd's carets, then the quotes of the C run time (a backslash
 * before a quotation mark keeps it; two marks inside quotes are one). `%` stays as it is. Lines end with LF.
 * Source: learn.microsoft.com, Parsing C command-line arguments; cmd.
 */
export function cmdWords(text: string): Outcome<Word[]> {
  const into = new Arguments();
  let inQuotes = false;
  for (let at = 0; at < text.length; ) {
    ordinary.lastIndex = at;
    const run = ordinary.exec(text)?.[0];
    if (run !== undefined) {
      into.take(run, at);
      at += run.length;
      continue;
    }
    const char = text[at];
    if (char === "^" && !inQuotes) {
      at++;
      // The line goes on; what comes after its end is taken as it is, another line end too.
      if (text[at] === "\n") at++;
      if (at < text.length) into.take(text[at], at);
      at++;
      continue;
    }
    if (char === "\n") {
      if (inQuotes) return refuse(text, at, "a line ends inside quotation marks, where cmd ends the command: close them, or end the line with ^ outside them.");
      if (/\S/.test(text.slice(at))) return refuse(text, at, "the command ends here: end the line with ^, or keep one command.");
      break;
    }
    if (char === '"') inQuotes = !inQuotes;
    else if (!inQuotes && "&|<>".includes(char)) return refuse(text, at, `${char} outside quotes means something to cmd: put the text in double quotation marks.`);
    into.take(char, at);
    at++;
    if (into.words.length > mostWords) return refuse(text, at, `the command has more than ${mostWords} words: keep one curl command.`);
  }
  into.finish();
  return into.opened >= 0 ? refuse(text, into.opened, 'this quotation mark is never closed: add a " at the end of the text.') : good(into.words);
}
