/**
 * Patterns as policies write them: `*`, `?` and, in version 2012-10-17, `${variables}`.
 * Source: IAM User Guide, "IAM JSON policy elements: Resource", "Variables and tags", "Condition operators".
 */

/**
 * How wildcards are read.
 * - `exact`: they are ordinary characters (StringEquals).
 * - `plain`: they cross everything (StringLike, actions).
 * - `resource`: they stay inside their ARN segment, but a `*` that ends a segment may go beyond its colon.
 * - `arn`: they stay inside their ARN segment; the sixth goes to the end (ArnLike, ArnEquals).
 */
export type GlobMode = "exact" | "plain" | "resource" | "arn";

type Piece = string | { wild: "*" | "?" } | { written: string; key: string; fallback?: string };

/** What a variable stands for; undefined if the request has no single value for the key. */
export type Lookup = (key: string) => string | undefined;

export interface Glob {
  text: string;
  mode: GlobMode;
  /** Present when the pattern has no variables. */
  fixed?: Filled;
  pieces?: Piece[];
  /** Condition keys that its variables read, as written. */
  keys: readonly string[];
}

interface Filled {
  /** The whole text, when it has no wildcards. */
  literal?: string;
  /** Text before a closing `*` that is the only wildcard and crosses all. */
  prefix?: string;
  codes: Int32Array;
  segmented: boolean;
}

const ONE = -1;
const ONE_INSIDE = -2;
const MANY = -3;
const MANY_INSIDE = -4;
const COLON = 58;

const variable = /\$\{([^}]*)\}/g;
const variableBody = /^\s*([^,]+?)\s*(?:,\s*'([^']*)'\s*)?$/;

function split(text: string, variables: boolean): Piece[] {
  const pieces: Piece[] = [];
  const plain = (part: string) => {
    for (const run of part.split(/([*?])/)) {
      if (run === "*" || run === "?") pieces.push({ wild: run });
      else if (run) pieces.push(run);
    }
  };
  let from = 0;
  if (variables) {
    for (const match of text.matchAll(variable)) {
      plain(text.slice(from, match.index));
      from = match.index + match[0].length;
      const body = match[1];
      if (body === "*" || body === "?" || body === "$") pieces.push(body);
      else {
        const parsed = variableBody.exec(body);
        if (parsed) pieces.push({ written: match[0], key: parsed[1], fallback: parsed[2] });
        else pieces.push(match[0]);
      }
    }
  }
  plain(text.slice(from));
  return pieces;
}

function fill(pieces: Piece[], mode: GlobMode, lookup?: Lookup, variables?: Record<string, string>): Filled | undefined {
  const codes: number[] = [];
  let wild = 0;
  let colons = 0;
  let segmented = false;
  let text = "";
  const literal = (run: string) => {
    text += run;
    for (let i = 0; i < run.length; i++) {
      const code = run.charCodeAt(i);
      if (code === COLON) colons++;
      codes.push(code);
    }
  };
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i];
    if (typeof piece === "string") literal(piece);
    else if ("key" in piece) {
      const value = lookup?.(piece.key) ?? piece.fallback;
      if (value === undefined) return undefined;
      if (variables) variables[piece.written] = value;
      literal(value);
    } else if (mode === "exact") literal(piece.wild);
    else {
      wild++;
      const next = pieces[i + 1];
      const endsSegment = next === undefined || (typeof next === "string" && next.charCodeAt(0) === COLON);
      const inside = mode !== "plain" && colons < 5 && !(mode === "resource" && piece.wild === "*" && endsSegment);
      if (inside) segmented = true;
      codes.push(piece.wild === "*" ? (inside ? MANY_INSIDE : MANY) : inside ? ONE_INSIDE : ONE);
    }
  }
  const filled: Filled = { codes: Int32Array.from(codes), segmented };
  if (wild === 0) filled.literal = text;
  else if (wild === 1 && codes[codes.length - 1] === MANY) filled.prefix = text;
  return filled;
}

/** Reads a pattern once. `variables` says whether `${…}` means anything (policy version 2012-10-17). */
export function compileGlob(text: string, mode: GlobMode, variables: boolean): Glob {
  let written = text;
  if (mode === "resource" && text !== "*") {
    // An incomplete ARN stands for all that begins so: "arn:aws:sqs" is "arn:aws:sqs:*:*:*:*".
    const fields = written.split(":").length;
    if (fields < 6 && !written.endsWith("*")) written += ":*";
  }
  const pieces = split(written, variables);
  if (mode === "arn" && text === "*") return { text, mode, fixed: fill(pieces, "plain"), keys: none };
  const keys = pieces.flatMap((piece) => (typeof piece !== "string" && "key" in piece ? [piece.key] : []));
  return keys.length > 0 ? { text, mode, pieces, keys } : { text, mode, fixed: fill(pieces, mode), keys: none };
}

const none: readonly string[] = [];

/** What a comparison depends on beside its own text: the values of the variables. */
export function variablesKey(keys: readonly string[], lookup: Lookup): string {
  if (keys.length === 1) return lookup(keys[0]) ?? "\n";
  let out = "";
  for (const key of keys) {
    const value = lookup(key);
    out += value === undefined ? "-\n" : `${value.length}:${value}\n`;
  }
  return out;
}

/** Whether `value` fits. Variables that were filled in are written to `variables`; one that cannot be filled fits nothing. */
export function matchGlob(glob: Glob, value: string, lookup?: Lookup, variables?: Record<string, string>): boolean {
  const filled = glob.fixed ?? fill(glob.pieces!, glob.mode, lookup, variables);
  if (!filled) return false;
  if (filled.literal !== undefined) return filled.literal === value;
  if (filled.prefix !== undefined) return value.startsWith(filled.prefix);
  return filled.segmented ? walkStates(filled.codes, value) : walkBack(filled.codes, value);
}

/** Wildcards that cross everything: back to the last `*` is far enough. O(pattern × text) at worst. */
function walkBack(codes: Int32Array, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let mark = 0;
  while (t < text.length) {
    const code = p < codes.length ? codes[p] : 0;
    if (p < codes.length && code === MANY) {
      star = p++;
      mark = t;
    } else if (p < codes.length && (code === ONE || code === text.charCodeAt(t))) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++mark;
    } else return false;
  }
  while (p < codes.length && codes[p] === MANY) p++;
  return p === codes.length;
}

/** All states at once, since a `*` that must stay in its segment may send us back further than the last one. */
function walkStates(codes: Int32Array, text: string): boolean {
  const end = codes.length;
  let now = new Uint8Array(end + 1);
  let next = new Uint8Array(end + 1);
  const enter = (states: Uint8Array, at: number) => {
    states[at] = 1;
    while (at < end && codes[at] <= MANY) states[++at] = 1;
  };
  enter(now, 0);
  for (let t = 0; t < text.length; t++) {
    const char = text.charCodeAt(t);
    let alive = false;
    for (let p = 0; p < end; p++) {
      if (!now[p]) continue;
      const code = codes[p];
      if (code === MANY || (code === MANY_INSIDE && char !== COLON)) {
        enter(next, p);
        alive = true;
      } else if (code === char || code === ONE || (code === ONE_INSIDE && char !== COLON)) {
        enter(next, p + 1);
        alive = true;
      }
    }
    if (!alive) return false;
    [now, next] = [next, now];
    next.fill(0);
  }
  return now[end] === 1;
}
