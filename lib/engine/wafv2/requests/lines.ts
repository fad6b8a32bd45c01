import { headerNameFault, headerValueFault, trimmed } from "./parts";
import { good, quoted, refuse } from "./text";
import type { HttpMessage, Outcome } from "./types";

/** What stands before the body, and where the body begins. */
export interface Head {
  message: HttpMessage;
  notes: string[];
  bodyAt: number;
}

export interface Line {
  text: string;
  at: number;
  /** Where the next one begins. */
  next: number;
}

/** The line at an offset, without its end (CR LF or LF). Undefined: the text is over. */
export function lineAt(text: string, at: number): Line | undefined {
  if (at >= text.length) return undefined;
  const end = text.indexOf("\n", at);
  if (end < 0) return { text: text.slice(at), at, next: text.length };
  return { text: text.slice(at, end > at && text[end - 1] === "\r" ? end - 1 : end), at, next: end + 1 };
}

/** One header's line, `Name: value`. */
export function headerLine(text: string, line: Line): Outcome<[name: string, value: string]> {
  if (/^[ \t]/.test(line.text)) return refuse(text, line.at, "the line begins with a blank, but a header stands on one line: join it to the line before or delete the blank.");
  const colon = line.text.indexOf(":");
  if (colon < 0) return refuse(text, line.at, `${quoted(line.text)} has no colon: a header is written Name: value, and an empty line comes before the body.`);
  const [name, value] = [line.text.slice(0, colon), trimmed(line.text.slice(colon + 1))];
  const wrongName = headerNameFault(name);
  if (wrongName) return refuse(text, line.at, wrongName);
  const wrongValue = headerValueFault(name, value);
  return wrongValue ? refuse(text, line.at + colon + 1, wrongValue) : good([name, value]);
}
