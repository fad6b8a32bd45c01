import { isWord } from "./characters";
import { Folder } from "./fold";
import * as K from "./kinds";
import { letters } from "./kinds";
import { COLUMNS, shapeOf } from "./march";
import { Reader } from "./reader";
import { shapes } from "./shapes";
import type { SqlToken, SqliExplanation } from "../types";

// Reading is synchronous, so that one reader and one folder do for all values.
const reader = new Reader();
const folder = new Folder(reader);
const columns = new Uint8Array(COLUMNS);

/** Fills `columns` with the folded tokens and gives their number. Parentheses only group: they are no columns. */
function fill(): number {
  let count = 0;
  for (let i = 0; i < folder.count && count < COLUMNS; i++) {
    const kind = folder.kinds[i];
    if (kind !== K.OPEN && kind !== K.CLOSE) columns[count++] = kind;
  }
  return count;
}

/** The shape that the folded tokens have, -1 if none. */
function judge(high: boolean): number {
  const count = fill();
  if (!count) return -1;
  const shape = shapeOf(columns, count, high, !folder.moved, folder.whole);
  if (shape >= 0 || !folder.commented || folder.moved) return shape;
  // Once more with the comments that stood between the tokens told in front.
  columns.copyWithin(1, 0);
  columns[0] = K.COMMENT;
  return shapeOf(columns, Math.min(count + 1, COLUMNS), high, true, folder.whole);
}

/** How the value was read when it had a shape. */
interface Reading {
  text: string;
  quote: number;
  mysql: boolean;
  shape: number;
}

const reading: Reading = { text: "", quote: 0, mysql: false, shape: -1 };

let atHigh = false;

/** Whether the tokens that are held have a shape; `reading` keeps it. */
function judged(): boolean {
  reading.shape = judge(atHigh);
  return reading.shape >= 0;
}

/** Signs without which what follows the first tokens has no shape: `;`, a comparison, a call, `/*!`; 2 is the s of SELECT. */
const telling = new Uint8Array(128);
for (const sign of ";=<>(!") telling[sign.charCodeAt(0)] = 1;
telling[83] = telling[115] = 2;

/** Where the next of them stands at `from` or later, or the text's length. */
function tellingFrom(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127 || telling[code] === 0) continue;
    if (telling[code] === 2) {
      if ((text.charCodeAt(i + 1) | 32) === 101 && (text.charCodeAt(i + 2) | 32) === 108 && (text.charCodeAt(i + 3) | 32) === 101 && (text.charCodeAt(i + 4) | 32) === 99) return i;
    } else if (code === 40) {
      // `sleep(`, not (these words).
      if (i > 0 && isWord(text.charCodeAt(i - 1))) return i;
    } else if (code !== 33 || text.charCodeAt(i - 1) === 42) return i;
  }
  return text.length;
}

/** Where the last such sign was found: up to there nothing has to be looked for again. */
let toldAt = -1;

/** Asked by the folder when it holds all it can: prose without telling signs is not read on. */
function stops(): boolean {
  if (judged()) return true;
  if (folder.inStatement()) return false;
  if (toldAt < reader.start) toldAt = tellingFrom(reader.text, reader.start);
  return toldAt === reader.text.length;
}

function readAs(text: string, quote: number, mysql: boolean): boolean {
  reading.text = text;
  reading.quote = quote;
  reading.mysql = mysql;
  reader.begin(text, mysql);
  toldAt = -1;
  folder.run(quote, stops);
  return folder.whole ? judged() : reading.shape >= 0;
}

/** Reads in one of the three quotes, in both dialects where they differ. */
const readIn = (text: string, quote: number): boolean => readAs(text, quote, false) || (reader.differs && readAs(text, quote, true));

/**
 * Quotes of other alphabets, which databases and frameworks turn into plain ones: as characters, and as the bytes of
 * UTF-8, for what reaches a rule is bytes. Blanks fill up, so that offsets stay true.
 */
const fancyQuotes: [pattern: RegExp, plain: string][] = [
  [/\u00c2\u00b4/g, "' "],
  [/[\u2018\u2019\u201b\u2032\u02bc\u00b4\uff07]/g, "'"],
  [/[\u201c\u201d\u2033\uff02]/g, '"'],
  [/\u00e2\u0080[\u0098\u0099\u009b\u00b2]|\u00ef\u00bc\u0087/g, "'  "],
  [/\u00e2\u0080[\u009c\u009d\u00b3]|\u00ef\u00bc\u0082/g, '"  '],
];
const fancy = /[\u2018\u2019\u201b\u2032\u02bc\u00b4\uff07\u201c\u201d\u2033\uff02]|\u00e2\u0080[\u0098-\u009d\u00b2\u00b3]|\u00ef\u00bc[\u0082\u0087]/;
const straight = (text: string): string => fancyQuotes.reduce((all, [pattern, plain]) => all.replace(pattern, plain), text);

/** A no-break space in the bytes of UTF-8: a blank to databases that are told in UTF-8. */
const WIDE_BLANK = "\u00c2\u00a0";

/** Whether some reading of the value has a shape; `reading` then tells which. Work is linear in the value. */
export function matches(text: string, high: boolean): boolean {
  atHigh = high;
  const value = text.includes(WIDE_BLANK) ? text.replaceAll(WIDE_BLANK, "  ") : text;
  if (readIn(value, 0)) return true;
  if (value.includes("'") && readIn(value, 39)) return true;
  if (value.includes('"') && readIn(value, 34)) return true;
  if (!fancy.test(value)) return false;
  const plain = straight(value);
  return (plain.includes("'") && readIn(plain, 39)) || (plain.includes('"') && readIn(plain, 34));
}

/** The columns of each reading, of all that are tried: for tests of the table of shapes. */
export function columnsOf(value: string): Uint8Array[] {
  const quotes = [0, ...(value.includes("'") ? [39] : []), ...(value.includes('"') ? [34] : [])];
  return quotes.flatMap((quote) =>
    [false, true].flatMap((mysql) => {
      reader.begin(value, mysql);
      folder.run(quote, () => true);
      const plain = columns.slice(0, fill());
      return folder.commented ? [plain, Uint8Array.of(K.COMMENT, ...plain)] : [plain];
    }),
  );
}

/** Characters looked at by all readings since the start: what a test of linear work counts. */
export const stepsSoFar = (): number => reader.steps;

const quoteNames = { 0: "none", 39: "single", 34: "double" } as const;

/** What `matches` found, with the tokens, the folding and the shape. */
export function explain(value: string, high: boolean): SqliExplanation {
  const verdict = matches(value, high);
  const { text, quote, mysql, shape } = verdict ? reading : { text: value, quote: 0, mysql: false, shape: -1 };
  const tokens: SqlToken[] = [];
  folder.steps = [];
  folder.seen = (kind, start, end) => tokens.push({ class: letters[kind], text: value.slice(start, end), start, end });
  if (verdict) readAs(text, quote, mysql);
  else {
    reader.begin(text, mysql);
    folder.run(quote, () => true);
  }
  const { steps } = folder;
  folder.steps = folder.seen = undefined;
  const left = Array.from({ length: folder.count }, (_, i) => ({ letter: letters[folder.kinds[i]], text: value.slice(folder.starts[i], folder.ends[i]) }));
  return {
    verdict,
    sensitivity: high ? "HIGH" : "LOW",
    context: { quote: quoteNames[quote as 0 | 39 | 34], dialect: mysql ? "MySQL" : "ANSI" },
    tokens,
    steps,
    fingerprint: left.slice(0, SHOWN).map(({ letter }) => letter).join(""),
    ...(shape >= 0 && { shape: shapes[shape].name }),
    matchedData: verdict ? left.slice(0, SHOWN).map(({ text: part }) => part) : [],
  };
}

/** So many folded tokens make the fingerprint and `matchedData`. */
const SHOWN = 5;
