/** Lays out a manual page in plain text, as a pager shows it. */
export interface Page {
  /** A heading at the margin: NAME, OPTIONS. */
  section(title: string): void;
  /** Words, broken at the width. `indent` counts columns from the margin. */
  text(words: string, indent?: number): void;
  /** Lines as they stand. */
  code(lines: string[], indent?: number): void;
  /** Words with a mark before them, one under the other. */
  list(items: string[], indent?: number): void;
  gap(): void;
  toString(): string;
}

const margin = 7;

/** `name` stands at the page's head and foot; `screen` is how many columns there are (a page has 80 at most, and leaves two). */
export function createPage(name: string, screen: number): Page {
  const width = Math.max(40, Math.min(80, screen - 2));
  const lines: string[] = [];
  const title = `${name.toUpperCase()}()`;
  const put = (line: string): void => void lines.push(line.trimEnd());
  const gap = (): void => void (lines.at(-1) === "" || lines.push(""));
  put(title + title.padStart(Math.max(title.length + 1, width - title.length)));
  gap();

  const wrap = (words: string, indent: number, first = ""): void => {
    const pad = " ".repeat(indent);
    let line = pad + first;
    let empty = true;
    for (const word of words.split(/\s+/).filter(Boolean)) {
      if (!empty && line.length + 1 + word.length > width) {
        put(line);
        line = pad + " ".repeat(first.length);
        empty = true;
      }
      line += empty ? word : ` ${word}`;
      empty = false;
    }
    put(line);
  };

  return {
    section(words) {
      gap();
      put(words);
    },
    text: (words, indent = margin) => wrap(words, indent),
    code(code, indent = margin + 3) {
      for (const line of code) put(" ".repeat(indent) + line);
    },
    list(items, indent = margin) {
      for (const item of items) wrap(item, indent, "o ");
    },
    gap,
    toString() {
      gap();
      put(title.padStart(width));
      return `${lines.join("\n")}\n`;
    },
  };
}

export { margin };
