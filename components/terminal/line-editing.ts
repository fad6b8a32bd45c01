/** The line that is being typed, with its selection. */
export interface Line {
  text: string;
  start: number;
  end: number;
}

export interface KeyPress {
  key: string;
  /** `KeyB`: on some keyboards Alt makes another character of a letter. */
  code: string;
  ctrl: boolean;
  alt: boolean;
}

/** The line after a key; `killed` is what was cut and can be put back with Ctrl-Y. */
export interface Edit {
  text: string;
  caret: number;
  killed?: string;
}

/**
 * Keys that edit a line as in bash: Ctrl-A, E, B, F, D, H, K, U, W, Y, T and Alt-B, F, D, Backspace. undefined: not one of
 * them, or nothing to do. Some browsers keep Ctrl-W for themselves; Alt-Backspace does nearly the same.
 * Source: Bash Reference Manual, Commands For Moving, Commands For Changing Text, Killing And Yanking.
 */
export function editLine({ text, start, end }: Line, press: KeyPress, killed = ""): Edit | undefined {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const nextBreak = text.indexOf("\n", end);
  const lineEnd = nextBreak < 0 ? text.length : nextBreak;
  const cut = (from: number, to: number): Edit => ({ text: text.slice(0, from) + text.slice(to), caret: from, ...(to > from ? { killed: text.slice(from, to) } : {}) });
  const move = (caret: number): Edit => ({ text, caret });
  if (press.ctrl && !press.alt)
    switch (press.key.toLowerCase()) {
      case "a":
        return move(lineStart);
      case "e":
        return move(lineEnd);
      case "b":
        return move(Math.max(0, start - 1));
      case "f":
        return move(Math.min(text.length, end + 1));
      case "d":
        return end < text.length || start < end ? drop(text, start, Math.max(end, start + 1)) : undefined;
      case "h":
        return start > 0 || start < end ? drop(text, start === end ? start - 1 : start, end) : undefined;
      case "k":
        return cut(start, lineEnd === start && nextBreak >= 0 ? lineEnd + 1 : lineEnd);
      case "u":
        return cut(lineStart, end);
      case "w":
        return cut(spaceWordStart(text, start), end);
      case "y":
        return { text: text.slice(0, start) + killed + text.slice(end), caret: start + killed.length };
      case "t":
        return transpose(text, start);
    }
  if (press.alt && !press.ctrl)
    switch (press.key === "Backspace" ? "Backspace" : press.code) {
      case "KeyB":
        return move(wordStart(text, start));
      case "KeyF":
        return move(wordEnd(text, end));
      case "KeyD":
        return cut(start, wordEnd(text, end));
      case "Backspace":
        return cut(wordStart(text, start), end);
    }
  return undefined;
}

const drop = (text: string, from: number, to: number): Edit => ({ text: text.slice(0, from) + text.slice(to), caret: from });

const isWord = (char: string | undefined): boolean => char !== undefined && /[\p{L}\p{N}]/u.test(char);

/** Words of Alt-B and Alt-F are letters and digits; of Ctrl-W, whatever stands between spaces. */
function wordStart(text: string, from: number): number {
  let at = from;
  while (at > 0 && !isWord(text[at - 1])) at--;
  while (at > 0 && isWord(text[at - 1])) at--;
  return at;
}

function wordEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isWord(text[at])) at++;
  while (at < text.length && isWord(text[at])) at++;
  return at;
}

function spaceWordStart(text: string, from: number): number {
  let at = from;
  while (at > 0 && /\s/.test(text[at - 1])) at--;
  while (at > 0 && !/\s/.test(text[at - 1])) at--;
  return at;
}

/** The two characters before the end of the line, or around the caret, change places. */
function transpose(text: string, at: number): Edit | undefined {
  const second = at === text.length ? at - 1 : at;
  if (second < 1) return undefined;
  return { text: text.slice(0, second - 1) + text[second] + text[second - 1] + text.slice(second + 1), caret: second + 1 };
}
