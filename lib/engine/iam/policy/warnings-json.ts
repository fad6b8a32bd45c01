/**
 * JSON with the place of every part in its text, for editors. The text may be half written: what is wrong is told by
 * its first problem, and the rest is read as well as it can be. Linear in the length of the text.
 * Source: RFC 8259.
 */

interface Spot {
  /** First character, and how many there are. */
  offset: number;
  length: number;
}

export interface Member extends Spot {
  /** The spot is that of the name, quotes included. */
  name: string;
  value?: JsonNode;
}

export type JsonNode = Spot &
  (
    | { type: "object"; members: Member[] }
    | { type: "array"; items: JsonNode[] }
    | { type: "string"; value: string }
    | { type: "number"; value: number }
    | { type: "boolean"; value: boolean }
    | { type: "null"; value: null }
  );

export type NodeOf<T extends JsonNode["type"]> = Extract<JsonNode, { type: T }>;

export interface JsonRead {
  root?: JsonNode;
  /** The first thing that JSON does not allow. Absent exactly where `JSON.parse` takes the text. */
  problem?: Spot & { message: string };
}

/** A policy is five levels deep; whatever goes further is not looked into. */
const DEEPEST = 40;

const blank = (char: string | undefined): boolean => char === " " || char === "\t" || char === "\n" || char === "\r";
const escapes: Record<string, string> = { '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
const wordEnd = /[\s,:[\]{}"]/;

/** Reads a text that should be JSON. */
export function readJson(text: string): JsonRead {
  let at = 0;
  let problem: JsonRead["problem"];

  const complain = (message: string, offset = at, length = 1): void => {
    problem ??= { message, offset: Math.min(offset, text.length), length: Math.max(0, Math.min(length, text.length - offset)) };
  };
  const skip = (): void => {
    while (blank(text[at])) at++;
  };
  const found = (): string => (at >= text.length ? "the end of the text" : JSON.stringify(text[at]));

  function string(): NodeOf<"string"> {
    const offset = at++;
    let value = "";
    for (;;) {
      const char = text[at];
      if (char === undefined || char === "\n" || char === "\r") {
        complain("This text has no closing quotation mark", offset, at - offset);
        break;
      }
      if (char === '"') {
        at++;
        break;
      }
      if (char === "\\") value += escape();
      else {
        if (char < " ") complain("A control character must be written as an escape, like \\t");
        value += char;
        at++;
      }
    }
    return { type: "string", value, offset, length: at - offset };
  }

  function escape(): string {
    const next = text[at + 1];
    if (next === "u" && /^[0-9a-fA-F]{4}$/.test(text.slice(at + 2, at + 6))) {
      const code = Number.parseInt(text.slice(at + 2, at + 6), 16);
      at += 6;
      return String.fromCharCode(code);
    }
    if (next !== undefined && Object.hasOwn(escapes, next)) {
      at += 2;
      return escapes[next];
    }
    complain("JSON has no such escape after \\", at, 2);
    at++;
    return "";
  }

  function word(): JsonNode | undefined {
    const offset = at;
    while (at < text.length && !wordEnd.test(text[at])) at++;
    const written = text.slice(offset, at);
    const spot = { offset, length: at - offset };
    if (written === "true" || written === "false") return { type: "boolean", value: written === "true", ...spot };
    if (written === "null") return { type: "null", value: null, ...spot };
    if (/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(written)) return { type: "number", value: Number(written), ...spot };
    complain(`${JSON.stringify(written)} is no JSON value: a text stands in quotation marks`, offset, written.length);
    return undefined;
  }

  function object(depth: number): NodeOf<"object"> {
    const node: NodeOf<"object"> = { type: "object", offset: at++, length: 0, members: [] };
    for (let first = true; ; first = false) {
      skip();
      if (text[at] === "}" || at >= text.length) break;
      if (!first) separator("}");
      skip();
      if (text[at] === '"') {
        const { value: name, offset, length } = string();
        const member: Member = { name, offset, length };
        node.members.push(member);
        skip();
        if (text[at] === ":") at++;
        else complain(`A colon must follow "${name}", not ${found()}`);
        skip();
        if (!/[,}]/.test(text[at] ?? ",")) member.value = value(depth + 1);
        else complain(`"${name}" has no value`, offset, length);
      } else if (text[at] === "}" || at >= text.length) {
        if (text[at] === "}") complain("A comma stands before the closing brace");
        break;
      } else {
        complain(`A name in quotation marks is expected here, not ${found()}`);
        if (text[at] === "]") break;
        if (text[at] !== ",") value(depth + 1);
      }
    }
    close(node, "}");
    return node;
  }

  function array(depth: number): NodeOf<"array"> {
    const node: NodeOf<"array"> = { type: "array", offset: at++, length: 0, items: [] };
    for (let first = true; ; first = false) {
      skip();
      if (text[at] === "]" || at >= text.length) break;
      if (!first) separator("]");
      skip();
      if (text[at] === "]") {
        complain("A comma stands before the closing bracket");
        break;
      }
      if (text[at] === "}") break;
      const item = text[at] === "," ? undefined : value(depth + 1);
      if (item) node.items.push(item);
      else complain(`A value is expected here, not ${found()}`);
    }
    close(node, "]");
    return node;
  }

  function separator(closing: string): void {
    if (text[at] === ",") at++;
    else if (text[at] === ":") {
      complain("A comma is expected here, not a colon");
      at++;
    } else complain(`A comma or ${closing} is expected here, not ${found()}`);
  }

  function close(node: JsonNode, closing: string): void {
    if (text[at] === closing) at++;
    else if (at >= text.length) complain(`The ${closing === "}" ? "brace" : "bracket"} that opens here is never closed`, node.offset, 1);
    else complain(`${closing} is expected here, not ${found()}`);
    node.length = at - node.offset;
  }

  /** Always moves on, unless the text is at its end. */
  function value(depth: number): JsonNode | undefined {
    const char = text[at];
    if (char === undefined) return undefined;
    if (char === '"') return string();
    if ((char === "{" || char === "[") && depth > DEEPEST) {
      complain("This is nested too deep for a policy");
      at = text.length;
      return undefined;
    }
    if (char === "{") return object(depth);
    if (char === "[") return array(depth);
    if (wordEnd.test(char)) {
      complain(`A value is expected here, not ${found()}`);
      at++;
      return undefined;
    }
    return word();
  }

  skip();
  if (at >= text.length) complain("There is no policy yet", 0, text.length);
  const root = value(0);
  skip();
  if (root && at < text.length) complain(`The policy ends before this: ${found()} is too much`);
  return { ...(root ? { root } : {}), ...(problem ? { problem } : {}) };
}

/** The member of that name; the last, as JSON readers take it. */
export const memberOf = (node: NodeOf<"object">, name: string): Member | undefined =>
  node.members.findLast((member) => member.name === name);

/** The items of a list, or the one value that stands for a list of one. */
export const listOf = (node: JsonNode | undefined): JsonNode[] => (node === undefined ? [] : node.type === "array" ? node.items : [node]);
