import type { Failure } from "../../errors";
import { notSimulated } from "../errors";
import { syntaxError, type Token, type Tongue, tokensOf } from "./tokens";

/** Thrown where a statement cannot be read on; it never leaves `parse`. */
export class Unreadable {
  constructor(readonly failure: Failure) {}
}

/** Reads tokens one after another. Words are compared without regard to case. */
export interface Reader {
  tongue: Tongue;
  peek(ahead?: number): Token;
  /** Takes the words if they come next, in this order. */
  word(...words: string[]): boolean;
  /** Whether the word comes next; takes nothing. */
  sees(...words: string[]): boolean;
  symbol(text: string): boolean;
  expectWord(...words: string[]): void;
  expectSymbol(text: string): void;
  /** A name, as the server reads it; after a dot it may be any word. */
  name(afterDot?: boolean): string;
  /** A word of the language that is one of these, in capitals. */
  oneOf(words: readonly string[]): string | undefined;
  text(): string;
  number(): number;
  /** Reads something that may hold more of its kind. Real servers bound this too, by their stack. */
  deeper<T>(read: () => T): T;
  end(): void;
  unexpected(): never;
  notSimulated(what: string): never;
}

export function readerOf(tongue: Tongue, sql: string, parameters: readonly string[]): Reader | Failure {
  const tokens = tokensOf(tongue, sql, parameters);
  if (!Array.isArray(tokens)) return tokens;
  let at = 0;
  let depth = 0;
  const peek = (ahead = 0): Token => tokens[Math.min(at + ahead, tokens.length - 1)];
  const unexpected = (): never => {
    throw new Unreadable(syntaxError(tongue, sql, peek()));
  };
  const is = (token: Token, word: string): boolean => token.kind === "word" && token.text.toUpperCase() === word;
  const sees = (...words: string[]): boolean => words.every((word, i) => is(peek(i), word));
  const word = (...words: string[]): boolean => {
    const found = sees(...words);
    if (found) at += words.length;
    return found;
  };
  const symbol = (text: string): boolean => {
    const found = peek().kind === "symbol" && peek().text === text;
    if (found) at++;
    return found;
  };
  return {
    tongue, peek, sees, word, symbol, unexpected,
    expectWord: (...words) => void (word(...words) || unexpected()),
    expectSymbol: (text) => void (symbol(text) || unexpected()),
    name(afterDot = false) {
      const token = peek();
      if (token.kind === "word" && (afterDot || !isReserved(token.text.toUpperCase(), tongue))) {
        at++;
        return tongue.dialect === "mysql" ? token.text : token.text.toLowerCase();
      }
      if (token.kind !== "quoted" || token.text === "" || token.text.includes("\0")) unexpected();
      at++;
      return token.text;
    },
    oneOf(words) {
      const found = words.find((one) => is(peek(), one));
      if (found) at++;
      return found;
    },
    text() {
      const token = peek();
      if (token.kind !== "text") unexpected();
      at++;
      return token.text;
    },
    number() {
      const token = peek();
      if (token.kind !== "number") unexpected();
      at++;
      return Number(token.text);
    },
    deeper(read) {
      if (++depth > deepest) throw new Unreadable(notSimulated(`expressions that are more than ${deepest} deep`));
      const found = read();
      depth--;
      return found;
    },
    end: () => void (peek().kind === "end" || unexpected()),
    notSimulated(what) {
      throw new Unreadable(notSimulated(what));
    },
  };
}

const deepest = 50;

/** Words that no name may be without quotes: those that this grammar would otherwise mistake. */
const reserved = new Set("SELECT FROM WHERE INSERT INTO VALUES UPDATE SET DELETE CREATE ALTER DROP TABLE GRANT REVOKE TO ON IN AND OR NOT NULL LIKE IS AS ORDER LIMIT WITH BY IDENTIFIED".split(" "));
const isReserved = (word: string, { dialect }: Tongue): boolean => reserved.has(word) || (word === "USER" && dialect === "postgres");
