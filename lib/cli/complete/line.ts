/** The end of a line that is being typed, read as the shell will read it. */
export interface TypedLine {
  /** Words of the command that is being typed, without quotes, before the last one. Assignments in front are apart. */
  words: string[];
  /** `AWS_PROFILE=dev aws …` */
  assignments: Record<string, string>;
  /** The last word so far, without its quotes; empty after a space. */
  word: string;
  /** Where the last word begins in the line, with its opening quote. */
  from: number;
  /** The quote that is open at the end. */
  quote: "" | "'" | '"';
  /** The word before is `>`, `>>`, `<` or the like: a file comes. */
  redirect: boolean;
}

const ends = new Set(["|", ";", "&", "(", ")", "\n", "`"]);

/** Never throws: what is typed need not be whole. */
export function readLine(line: string): TypedLine {
  let words: { text: string; from: number }[] = [];
  let current: { text: string; from: number } | undefined;
  let quote: TypedLine["quote"] = "";
  const close = (): void => {
    if (current) words.push(current);
    current = undefined;
  };
  for (let at = 0; at < line.length; at++) {
    const char = line[at];
    if (quote) {
      if (char === quote) quote = "";
      else if (quote === '"' && char === "\\" && '"\\$`'.includes(line[at + 1] ?? " ")) current!.text += line[++at];
      else current!.text += char;
      continue;
    }
    if (char === "'" || char === '"') {
      current ??= { text: "", from: at };
      quote = char;
    } else if (char === "\\" && at + 1 < line.length) {
      if (line[at + 1] === "\n") {
        close();
        at++;
        continue;
      }
      current ??= { text: "", from: at };
      current.text += line[++at];
    } else if (char === " " || char === "\t") close();
    else if (char === "$" && line[at + 1] === "(") {
      // A substitution begins a command of its own.
      current = undefined;
      words = [];
      at++;
    } else if (ends.has(char)) {
      current = undefined;
      words = [];
    } else if (char === ">" || char === "<") {
      const number = current && /^\d$/.test(current.text);
      if (number) current = undefined;
      close();
      if (line[at + 1] === char) at++;
      words.push({ text: char, from: at });
    } else {
      current ??= { text: "", from: at };
      current.text += char;
    }
  }
  const { text: word, from } = current ?? { text: "", from: line.length };
  const before = words.map(({ text }) => text);
  const assignments: Record<string, string> = {};
  while (before.length) {
    const found = /^([A-Za-z_]\w*)=(.*)$/s.exec(before[0]);
    if (!found) break;
    assignments[found[1]] = found[2];
    before.shift();
  }
  return { words: before, assignments, word, from, quote, redirect: before.at(-1) === ">" || before.at(-1) === "<" };
}

/** A word as it must stand in the line, inside the quote that is open; `open` leaves the word unfinished (a folder, `key=`). */
export function asTyped(text: string, quote: TypedLine["quote"], open: boolean): string {
  if (quote) {
    const inside = quote === "'" ? text.replaceAll("'", `'\\''`) : text.replace(/["\\$`]/g, "\\$&");
    return quote + inside + (open ? "" : `${quote} `);
  }
  // `~/` is the home folder; a tilde elsewhere is only a tilde.
  const escaped = text.replace(/[^\w./:@%+=,~\u0080-\uffff-]/g, (char) => (char === "\n" ? "" : `\\${char}`)).replace(/^~(?!\/)/, "\\~");
  return escaped + (open ? "" : " ");
}
