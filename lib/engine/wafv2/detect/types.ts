/** What the detectors tell. All of it is plain data; offsets count characters of the value, `end` is exclusive. */

export type Sensitivity = "LOW" | "HIGH";

export interface SqlToken {
  /** Class letter: k keyword, U union, B order/group by, E statement, f function, n word, 1 number, v variable, s string, o operator, & logic, c comment, ... */
  class: string;
  text: string;
  start: number;
  end: number;
}

/** One folding step: which rule, the class letters before and after it. */
export interface FoldStep {
  rule: string;
  before: string;
  after: string;
}

export interface SqliExplanation {
  verdict: boolean;
  sensitivity: Sensitivity;
  /** How the value was read when it matched; for values that did not match, as it is. */
  context: { quote: "none" | "single" | "double"; dialect: "ANSI" | "MySQL" };
  tokens: SqlToken[];
  steps: FoldStep[];
  fingerprint: string;
  /** The attack shape that the fingerprint has, by name; absent if none. */
  shape?: string;
  /** Texts of the folded tokens, as AWS WAF's logs show them in `matchedData`. */
  matchedData: string[];
}

export interface HtmlToken {
  kind: "text" | "tag" | "end tag" | "attribute" | "value" | "comment" | "doctype" | "close";
  text: string;
  start: number;
  end: number;
}

export interface XssExplanation {
  verdict: boolean;
  /** The state in which reading began. */
  state: "text" | "unquoted value" | "single-quoted value" | "double-quoted value" | "back-quoted value";
  /** Tokens up to the one that decided. */
  tokens: HtmlToken[];
  reason?: { kind: "tag" | "event attribute" | "script URL" | "style" | "attribute" | "doctype" | "comment" | "script"; text: string; start: number; end: number };
  matchedData: string[];
}
