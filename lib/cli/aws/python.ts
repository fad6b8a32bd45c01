/** Python's way of writing values and of reading JSON: the real command is written in it, and its errors show it. */

/** A parsed JSON value, or bytes from `fileb://`. */
export type Value = null | boolean | number | string | Uint8Array | Value[] | { [key: string]: Value };

export const isMap = (value: unknown): value is { [key: string]: Value } =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);

/** `str(value)`, as in "value: {'a': 1}". */
export const pythonText = (value: Value): string => (typeof value === "string" ? value : pythonRepr(value));

export function pythonRepr(value: Value): string {
  if (value === null) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return quoted(value);
  if (value instanceof Uint8Array) return `b${quoted(String.fromCharCode(...value.slice(0, 4096)), true)}`;
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(", ")}]`;
  return `{${Object.entries(value)
    .map(([key, member]) => `${quoted(key)}: ${pythonRepr(member)}`)
    .join(", ")}}`;
}

function quoted(text: string, bytes = false): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = "";
  for (const char of text) {
    const code = char.codePointAt(0)!;
    if (char === "\\" || char === mark) out += `\\${char}`;
    else if (char === "\n") out += "\\n";
    else if (char === "\r") out += "\\r";
    else if (char === "\t") out += "\\t";
    else if (code < 32 || code === 127 || (bytes && code > 126)) out += `\\x${code.toString(16).padStart(2, "0")}`;
    else out += char;
  }
  return mark + out + mark;
}

export function pythonType(value: Value): string {
  const name =
    value === null
      ? "NoneType"
      : typeof value === "boolean"
        ? "bool"
        : typeof value === "number"
          ? Number.isInteger(value)
            ? "int"
            : "float"
          : typeof value === "string"
            ? "str"
            : value instanceof Uint8Array
              ? "bytes"
              : Array.isArray(value)
                ? "list"
                : "dict";
  return `<class '${name}'>`;
}

/** The message of a JSON error: "Expecting value: line 1 column 1 (char 0)". */
export class JsonError extends Error {}

const maxDepth = 900;

/** `json.loads`, with its messages. Also reads NaN and Infinity; the last of two equal keys counts. */
export function parseJson(text: string): Value {
  let at = 0;
  const fail = (what: string, position: number): never => {
    const before = text.slice(0, position);
    const line = before.split("\n").length;
    const column = position - before.lastIndexOf("\n");
    throw new JsonError(`${what}: line ${line} column ${column} (char ${position})`);
  };
  const space = (): void => {
    while (at < text.length && " \t\n\r".includes(text[at])) at++;
  };
  const string = (): string => {
    const start = at++;
    let out = "";
    for (;;) {
      if (at >= text.length) fail("Unterminated string starting at", start);
      const char = text[at];
      if (char === '"') {
        at++;
        return out;
      }
      if (char !== "\\") {
        if (char < " ") fail("Invalid control character at", at);
        out += char;
        at++;
        continue;
      }
      const escape = text[++at];
      if (escape === undefined) fail("Unterminated string starting at", start);
      if (escape === "u") {
        const hex = text.slice(at + 1, at + 5);
        if (!/^[0-9a-fA-F]{4}$/.test(hex)) fail("Invalid \\uXXXX escape", at);
        out += String.fromCharCode(parseInt(hex, 16));
        at += 5;
        continue;
      }
      const plain: Record<string, string> = { '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
      if (!Object.hasOwn(plain, escape)) fail("Invalid \\escape", at - 1);
      out += plain[escape];
      at++;
    }
  };
  const value = (depth: number): Value => {
    if (depth > maxDepth) throw new JsonError("maximum recursion depth exceeded while decoding a JSON array from a unicode string");
    const char = text[at];
    if (char === '"') return string();
    if (char === "{") return object(depth);
    if (char === "[") return list(depth);
    for (const [word, meaning] of words)
      if (text.startsWith(word, at)) {
        at += word.length;
        return meaning;
      }
    const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/.exec(text.slice(at, at + 400));
    if (!number) return fail("Expecting value", at);
    at += number[0].length;
    return Number(number[0]);
  };
  const object = (depth: number): Value => {
    const out: { [key: string]: Value } = {};
    at++;
    space();
    if (text[at] === "}") {
      at++;
      return out;
    }
    if (text[at] !== '"') fail("Expecting property name enclosed in double quotes", at);
    for (;;) {
      const key = string();
      space();
      if (text[at] !== ":") fail("Expecting ':' delimiter", at);
      at++;
      space();
      define(out, key, value(depth + 1));
      space();
      if (text[at] === "}") {
        at++;
        return out;
      }
      if (text[at] !== ",") fail("Expecting ',' delimiter", at);
      const comma = at++;
      space();
      if (text[at] === "}") fail("Illegal trailing comma before end of object", comma);
      if (text[at] !== '"') fail("Expecting property name enclosed in double quotes", at);
    }
  };
  const list = (depth: number): Value => {
    const out: Value[] = [];
    at++;
    space();
    if (text[at] === "]") {
      at++;
      return out;
    }
    for (;;) {
      out.push(value(depth + 1));
      space();
      if (text[at] === "]") {
        at++;
        return out;
      }
      if (text[at] !== ",") fail("Expecting ',' delimiter", at);
      const comma = at++;
      space();
      if (text[at] === "]") fail("Illegal trailing comma before end of array", comma);
    }
  };
  space();
  const result = value(0);
  space();
  if (at < text.length) fail("Extra data", at);
  return result;
}

const words: [string, Value][] = [
  ["null", null],
  ["true", true],
  ["false", false],
  ["NaN", NaN],
  ["Infinity", Infinity],
  ["-Infinity", -Infinity],
];

/** Sets a member whatever its name is: `__proto__` is a name like others. */
export function define<T>(target: { [key: string]: T }, key: string, value: T): void {
  Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
}
