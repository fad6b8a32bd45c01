import { hexes } from "./transform/codes";
import { utf8 } from "./bytes";

/**
 * Picks the elements of a JSON body that are to be inspected. It reads once, without recursion, and is as lenient as AWS WAF: a missing
 * comma, a missing colon and colons too many between otherwise valid pairs are accepted.
 * Source: AWS WAF Developer Guide, JSON body.
 */

/** One step of the included paths; `end`: a path ends here, and all below is inspected. */
export interface PathNode {
  end: boolean;
  next: Map<string, PathNode>;
}

/** JSON Pointers (RFC 6901) as a tree. */
export function pathTree(pointers: readonly string[]): PathNode {
  const root: PathNode = { end: false, next: new Map() };
  for (const pointer of pointers) {
    let node = root;
    for (const part of pointer.split("/").slice(1)) {
      const name = utf8(part.replaceAll("~1", "/").replaceAll("~0", "~"));
      let next = node.next.get(name);
      if (!next) node.next.set(name, (next = { end: false, next: new Map() }));
      node = next;
    }
    node.end = true;
  }
  return root;
}

export interface JsonElements {
  texts: string[];
  /** The pointer of each text, a key's followed by ` (key)`; empty unless asked for. */
  names: string[];
  /** Why and where (byte offset) parsing stopped before the end. */
  error?: { why: "invalid character" | "duplicate key" | "truncated" | "not an object or array"; at: number };
}

interface Level {
  array: boolean;
  keys: Set<string> | undefined;
  index: number;
  /** Where in the included paths; undefined: on none of them. */
  node: PathNode | undefined;
  inside: boolean;
  name: string;
  depth: number;
}

const simple: Record<string, string> = { '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
const number = /^-?\d{1,400}(\.\d{1,400})?([eE][+-]?\d{1,10})?$/;
/** A pointer in the walk says no more than so many steps. */
const deepestName = 32;

/** `paths`: undefined for all elements. `named`: also say where each text stood. */
export function readJson(text: string, scope: "ALL" | "KEY" | "VALUE", paths?: PathNode, named = false): JsonElements {
  const found: JsonElements = { texts: [], names: [] };
  const stack: Level[] = [];
  let [at, comma, key, rootDone] = [0, false, undefined as string | undefined, false];
  const stop = (why: NonNullable<JsonElements["error"]>["why"]): JsonElements => ({ ...found, error: { why: at >= text.length && why === "invalid character" ? "truncated" : why, at } });
  const blanks = (): void => {
    while (at < text.length && " \t\r\n".includes(text[at])) at++;
  };
  const emit = (value: string, name: string): void => {
    found.texts.push(value);
    if (named) found.names.push(name);
  };

  /** The string that begins here; undefined if it is not a whole and valid one. */
  const string = (): string | undefined => {
    let [out, from] = ["", ++at];
    for (; at < text.length; at++) {
      const letter = text[at];
      if (letter === '"') return out + text.slice(from, at++);
      if (letter !== "\\") continue;
      out += text.slice(from, at);
      const escape = text[++at];
      if (escape === "u") {
        let code = hexes(text, at + 1, 4);
        if (code < 0) return undefined;
        at += 4;
        if (code >= 0xd800 && code < 0xdc00 && text[at + 1] === "\\" && text[at + 2] === "u") {
          const low = hexes(text, at + 3, 4);
          if (low >= 0xdc00 && low < 0xe000) {
            code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
            at += 6;
          }
        }
        out += code < 0x80 ? String.fromCharCode(code) : utf8(String.fromCodePoint(code));
      } else if (escape !== undefined && Object.hasOwn(simple, escape)) out += simple[escape];
      else return undefined;
      from = at + 1;
    }
    return undefined;
  };

  for (;;) {
    blanks();
    const level = stack[stack.length - 1];
    if (!level && rootDone) return at < text.length ? stop("invalid character") : found;
    if (at >= text.length) return stop(level ? "truncated" : "not an object or array");
    const letter = text[at];
    if (!level && letter !== "{" && letter !== "[") return stop("not an object or array");
    if (level) {
      if (letter === ",") {
        if (comma || level.index === 0 || key !== undefined) return stop("invalid character");
        comma = true;
        at++;
        continue;
      }
      if (letter === "}" || letter === "]") {
        if (level.array !== (letter === "]") || comma || key !== undefined) return stop("invalid character");
        at++;
        stack.pop();
        rootDone = stack.length === 0;
        continue;
      }
      if (!level.array && key === undefined) {
        if (letter !== '"') return stop("invalid character");
        key = string();
        if (key === undefined) return stop("invalid character");
        if (level.keys!.has(key)) return stop("duplicate key");
        level.keys!.add(key);
        if (level.inside && scope !== "VALUE") emit(key, named ? `${level.name}/${key} (key)` : "");
        blanks();
        for (; text[at] === ":"; blanks()) at++;
        comma = false;
        continue;
      }
    }
    // A value, of the root or of a member.
    const name = level ? (level.array ? String(level.index) : key!) : "";
    const node = level ? level.node?.next.get(name) : paths;
    const inside = !paths || !!level?.inside || !!node?.end;
    const pointer = !named || !level ? "" : level.depth > deepestName ? level.name : `${level.name}/${level.depth === deepestName ? "…" : name}`;
    if (level) level.index++;
    comma = false;
    key = undefined;
    if (letter === "{" || letter === "[") {
      stack.push({ array: letter === "[", keys: letter === "{" ? new Set() : undefined, index: 0, node, inside, name: pointer, depth: (level?.depth ?? -1) + 1 });
      at++;
    } else if (letter === '"') {
      const value = string();
      if (value === undefined) return stop("invalid character");
      if (inside && scope !== "KEY") emit(value, pointer);
    } else {
      const from = at;
      while (at < text.length && at - from < 900 && /[\w+.-]/.test(text[at])) at++;
      const word = text.slice(from, at);
      if (word !== "true" && word !== "false" && word !== "null" && !number.test(word)) {
        if (at < text.length) at = from;
        return stop("invalid character");
      }
      if (inside && scope !== "KEY") emit(word, pointer);
    }
  }
}
