/**
 * Values as text, near enough to Node's `util.inspect` that what a learner reads here is what Node prints: two levels
 * deep, a hundred elements, strings in quotes inside of things. Source of the form: Node.js API, util.inspect.
 */

export interface InspectOptions {
  /** The stack of an error as it is to be shown. */
  stackOf(error: Error): string;
}

const most = { depth: 2, items: 100, entries: 200, string: 10_000, width: 72 };

export function inspect(value: unknown, options: InspectOptions, depth: number = most.depth): string {
  return print(value, { options, depth, above: [] }, 0);
}

interface Walk {
  options: InspectOptions;
  depth: number;
  /** The things around this one, to see a circle. */
  above: object[];
}

const quote = (text: string): string => {
  const shown = text.length > most.string ? text.slice(0, most.string) : text;
  const mark = !shown.includes("'") ? "'" : !shown.includes('"') ? '"' : !shown.includes("`") ? "`" : "'";
  // Control characters as escapes, as a terminal could not show them either.
  const body = shown
    .replaceAll("\\", "\\\\")
    .replace(
      /[\u0000-\u001f\u007f]/g,
      (c) =>
        ({ "\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f", "\v": "\\v" })[c] ??
        `\\x${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
    );
  const rest = text.length - shown.length;
  return `${mark}${mark === "'" ? body.replaceAll("'", "\\'") : body}${mark}${rest ? `... ${rest} more character${rest > 1 ? "s" : ""}` : ""}`;
};

function print(value: unknown, walk: Walk, level: number): string {
  if (typeof value === "string") return quote(value);
  if (typeof value === "bigint") return `${value}n`;
  if (Object.is(value, -0)) return "-0";
  if (typeof value === "function") return functionName(value);
  if (typeof value !== "object" || value === null) return String(value);
  if (walk.above.includes(value)) return "[Circular]";
  try {
    return printObject(value, { ...walk, above: [...walk.above, value] }, level);
  } catch {
    // A getter or a proxy of the program threw.
    return "[Object that cannot be shown]";
  }
}

function functionName(value: object): string {
  const name = String((value as { name?: unknown }).name ?? "");
  const isClass = Function.prototype.toString.call(value).startsWith("class");
  return isClass ? `[class ${name || "(anonymous)"}]` : name ? `[Function: ${name}]` : "[Function (anonymous)]";
}

const classOf = (value: object): string | undefined => {
  const proto = Object.getPrototypeOf(value) as { constructor?: { name?: unknown } } | null;
  if (proto === null) return undefined;
  const name = proto.constructor?.name;
  return typeof name === "string" ? name : "Object";
};

function printObject(value: object, walk: Walk, level: number): string {
  const name = classOf(value);
  const tooDeep = level > walk.depth;
  if (value instanceof Error) return printError(value, walk, level);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
  if (value instanceof RegExp) return String(value);
  if (value instanceof Promise) return "Promise { … }";
  if (value instanceof ArrayBuffer) return `ArrayBuffer { byteLength: ${value.byteLength} }`;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return printBytes(value as Uint8Array, name, level);
  if (Array.isArray(value)) {
    if (tooDeep && value.length) return "[Array]";
    const parts = elements(value, (item) => print(item, walk, level + 1));
    const prefix = name === "Array" ? "" : `${name}(${value.length}) `;
    return block("[", "]", parts, grouped(parts, level, value.length > most.items, value.every((item) => typeof item === "number" || typeof item === "bigint")), level, prefix);
  }
  if (tooDeep && (value instanceof Map || value instanceof Set ? value.size : Reflect.ownKeys(value).length)) return name === undefined ? "[Object: null prototype]" : `[${name}]`;
  if (value instanceof Map)
    return frame(
      "{",
      "}",
      listed(value, value.size, ([key, item]) => `${print(key, walk, level + 1)} => ${print(item, walk, level + 1)}`),
      level,
      `Map(${value.size}) `,
    );
  if (value instanceof Set)
    return frame(
      "{",
      "}",
      listed(value, value.size, (item) => print(item, walk, level + 1)),
      level,
      `Set(${value.size}) `,
    );
  const prefix = name === undefined ? "[Object: null prototype] " : name === "Object" ? "" : `${name} `;
  return frame("{", "}", members(value, walk, level), level, prefix);
}

function listed<T>(items: Iterable<T>, size: number, show: (item: T) => string): string[] {
  const out: string[] = [];
  for (const item of items) {
    if (out.length === most.items) break;
    out.push(show(item));
  }
  const rest = size - out.length;
  return rest > 0 ? [...out, `... ${rest} more item${rest > 1 ? "s" : ""}`] : out;
}

/** Elements of an array; where it has none, how many are empty. */
function elements(array: readonly unknown[], show: (item: unknown) => string): string[] {
  const out: string[] = [];
  let at = 0;
  for (; at < array.length && out.length < most.items; ) {
    let empty = 0;
    while (at + empty < array.length && !(at + empty in array)) empty++;
    out.push(empty ? `<${empty} empty item${empty > 1 ? "s" : ""}>` : show(array[at]));
    at += empty || 1;
  }
  const rest = array.length - at;
  return rest > 0 ? [...out, `... ${rest} more item${rest > 1 ? "s" : ""}`] : out;
}

function printBytes(bytes: Uint8Array, name: string | undefined, level: number): string {
  // The Buffer of the sandbox is a Uint8Array with a mark.
  if ((bytes as { _isBuffer?: boolean })._isBuffer) {
    const shown = [...bytes.subarray(0, 50)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    return `<Buffer${shown ? ` ${shown}` : ""}${bytes.length > 50 ? ` ... ${bytes.length - 50} more bytes` : ""}>`;
  }
  const items = listed(bytes, bytes.length, (item) => String(item));
  return block("[", "]", items, grouped(items, level, bytes.length > most.items, true), level, `${name ?? "Uint8Array"}(${bytes.length}) `);
}

function members(value: object, walk: Walk, level: number, without: readonly string[] = []): string[] {
  const keys = Reflect.ownKeys(value).filter(
    (key) => Object.getOwnPropertyDescriptor(value, key)?.enumerable && !without.includes(String(key)),
  );
  const shown = keys.slice(0, most.entries).map((key) => {
    const own = Object.getOwnPropertyDescriptor(value, key)!;
    const label = typeof key === "symbol" ? `[${String(key)}]` : /^[A-Za-z_]\w*$/.test(key) ? key : quote(key);
    const text = own.get ? (own.set ? "[Getter/Setter]" : "[Getter]") : own.set ? "[Setter]" : print(own.value, walk, level + 1);
    return `${label}: ${text}`;
  });
  return keys.length > shown.length ? [...shown, `... ${keys.length - shown.length} more`] : shown;
}

/**
 * Elements of a long array side by side, in columns as wide as their widest, in something like a square: numbers to the right, everything
 * else to the left. `rest`: the last part says how many there are more.
 */
function grouped(parts: string[], level: number, rest: boolean, numbers: boolean): string[] {
  if (parts.length <= 6 || parts.some((part) => part.includes("\n"))) return parts;
  const shown = rest ? parts.slice(0, -1) : parts;
  const widths = shown.map((part) => part.length + 2);
  const total = widths.reduce((sum, width) => sum + width, 0);
  const widest = Math.max(...widths);
  const line = 80 - 2 * level;
  if (widest * 3 + 2 * level >= 80 || (total / widest <= 5 && widest - 2 > 6)) return parts;
  const biased = Math.max(widest - 3 - Math.sqrt(widest - total / parts.length), 1);
  const columns = Math.min(Math.round(Math.sqrt(2.5 * biased * shown.length) / biased), Math.floor(line / widest), 12, 15);
  if (columns <= 1) return parts;
  const column = Array.from({ length: columns }, (_, i) => Math.max(...widths.filter((_width, at) => at % columns === i)));
  const lines: string[] = [];
  for (let at = 0; at < shown.length; at += columns) {
    const row = shown.slice(at, at + columns);
    lines.push(row.map((part, i) => (i < row.length - 1 ? (numbers ? `${part}, `.padStart(column[i]) : `${part}, `.padEnd(column[i])) : numbers ? part.padStart(column[i] - 2) : part)).join(""));
  }
  return rest ? [...lines, parts.at(-1)!] : lines;
}

/** As `frame`, of parts that may have been put side by side: then never on one line. */
function block(open: string, close: string, parts: string[], lines: string[], level: number, prefix: string): string {
  if (lines === parts) return frame(open, close, parts, level, prefix);
  const pad = "  ".repeat(level);
  return `${prefix}${open}\n${lines.map((line) => `${pad}  ${line}`).join(",\n")}\n${pad}${close}`;
}

/** On one line where it fits, else one below another. */
function frame(open: string, close: string, parts: string[], level: number, prefix: string): string {
  if (!parts.length) return `${prefix}${open}${close}`;
  const pad = "  ".repeat(level);
  const line = parts.join(", ");
  if (line.length + pad.length + prefix.length <= most.width && !line.includes("\n")) return `${prefix}${open} ${line} ${close}`;
  return `${prefix}${open}\n${parts.map((part) => `${pad}  ${part}`).join(",\n")}\n${pad}${close}`;
}

/** The stack, and behind it what the error has of its own: of the SDK's errors `$metadata` and its kin. */
function printError(error: Error, walk: Walk, level: number): string {
  const stack = walk.options.stackOf(error);
  if (level > walk.depth) return `[${stack.split("\n")[0]}]`;
  const own = members(error, walk, level, ["stack", "message", "name", "cause"]);
  const cause = error.cause === undefined ? [] : [`[cause]: ${print(error.cause, walk, level + 1)}`];
  return own.length || cause.length ? frame("{", "}", [...own, ...cause], level, `${stack} `) : stack;
}
