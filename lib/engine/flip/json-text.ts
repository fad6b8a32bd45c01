import type { Json } from "../types";

/**
 * JSON text that is changed in one place and stays as its author wrote it everywhere else: order, indentation, line
 * ends, spaces. What is added takes the look of what stands around it. The text must be JSON.
 */

interface Node {
  start: number;
  /** Exclusive. */
  end: number;
  kind: "object" | "array" | "scalar";
  /** Objects: by place in the text. */
  members: { name: string; start: number; value: Node }[];
  items: Node[];
}

export type Path = readonly (string | number)[];

function parse(text: string): Node {
  let at = 0;
  const skip = () => {
    while (at < text.length && /\s/.test(text[at])) at++;
  };
  const name = (): string => {
    const start = at++;
    while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
    at++;
    return JSON.parse(text.slice(start, at)) as string;
  };
  const value = (): Node => {
    skip();
    const node: Node = { start: at, end: at, kind: "scalar", members: [], items: [] };
    if (text[at] === "{") {
      node.kind = "object";
      at++;
      for (skip(); text[at] !== "}"; skip()) {
        if (text[at] === ",") {
          at++;
          continue;
        }
        const start = at;
        const key = name();
        skip();
        at++;
        node.members.push({ name: key, start, value: value() });
      }
      at++;
    } else if (text[at] === "[") {
      node.kind = "array";
      at++;
      for (skip(); text[at] !== "]"; skip()) {
        if (text[at] === ",") at++;
        else node.items.push(value());
      }
      at++;
    } else if (text[at] === '"') name();
    else while (at < text.length && !/[\s,\]}]/.test(text[at])) at++;
    node.end = at;
    return node;
  };
  return value();
}

function find(text: string, path: Path): Node | undefined {
  let node: Node | undefined = parse(text);
  for (const step of path) {
    if (typeof step === "number") node = node.items[step];
    // Where a name is written twice, JSON.parse takes the last.
    else node = node.members.findLast(({ name }) => name === step)?.value;
    if (!node) return undefined;
  }
  return node;
}

/** How the text is laid out: on lines with this indentation, or all on one line. */
interface Style {
  unit: string | undefined;
  colon: string;
  comma: string;
  newline: string;
}

function styleOf(text: string): Style {
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const unit = /^\s*[{[]\r?\n([ \t]+)/.exec(text)?.[1];
  const bare = text.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  return { unit, newline, colon: /"":\s/.test(bare) ? ": " : ":", comma: /,[ \t]/.test(bare) ? ", " : "," };
}

/** White space before the first thing on the line that `offset` is on. */
const indentAt = (text: string, offset: number): string => /^[ \t]*/.exec(text.slice(text.lastIndexOf("\n", offset - 1) + 1))![0];

/** A value in this style, its first line where it is put and its further lines from `indent` on. */
function print(value: Json, style: Style, indent: string): string {
  if (style.unit === undefined) {
    const flat = (part: Json): string => {
      if (Array.isArray(part)) return `[${part.map(flat).join(style.comma)}]`;
      if (part !== null && typeof part === "object")
        return `{${Object.entries(part)
          .map(([name, member]) => `${JSON.stringify(name)}${style.colon}${flat(member ?? null)}`)
          .join(style.comma)}}`;
      return JSON.stringify(part);
    };
    return flat(value);
  }
  return JSON.stringify(value, null, style.unit).replaceAll("\n", `${style.newline}${indent}`);
}

const put = (text: string, start: number, end: number, replacement: string): string => text.slice(0, start) + replacement + text.slice(end);

/** Are the parts of this object or array on lines of their own? Of an empty one: would they be? */
const onLines = (text: string, { start, end, members, items }: Node, style: Style): boolean =>
  members.length + items.length > 0
    ? text.slice(start, members[0]?.start ?? items[0].start).includes("\n")
    : style.unit !== undefined && end >= start;

function addPart(text: string, node: Node, print_: (style: Style, indent: string) => string): string {
  const style = styleOf(text);
  const parts = node.kind === "object" ? node.members : node.items;
  const lines = onLines(text, node, style);
  if (!lines) {
    const flat = print_({ ...style, unit: undefined }, "");
    if (parts.length === 0) return put(text, node.start + 1, node.end - 1, flat);
    const last = node.kind === "object" ? node.members.at(-1)!.value.end : node.items.at(-1)!.end;
    return put(text, last, last, style.comma + flat);
  }
  const outer = indentAt(text, node.start);
  const inner = parts.length ? indentAt(text, parts[0].start) : outer + (style.unit ?? "  ");
  const added = print_({ ...style, unit: style.unit ?? "  " }, inner);
  if (parts.length === 0) return put(text, node.start + 1, node.end - 1, `${style.newline}${inner}${added}${style.newline}${outer}`);
  const last = node.kind === "object" ? node.members.at(-1)!.value.end : node.items.at(-1)!.end;
  return put(text, last, last, `,${style.newline}${inner}${added}`);
}

function removePart(text: string, node: Node, index: number): string {
  const spans =
    node.kind === "object"
      ? node.members.map(({ start, value }) => ({ start, end: value.end }))
      : node.items.map(({ start, end }) => ({ start, end }));
  if (spans.length === 1) return put(text, node.start + 1, node.end - 1, "");
  // With the comma and space after it; the last one with those before it.
  return index < spans.length - 1
    ? put(text, spans[index].start, spans[index + 1].start, "")
    : put(text, spans[index - 1].end, spans[index].end, "");
}

/** The text with another value at this place. */
export function replaceAt(text: string, path: Path, value: Json): string {
  const node = find(text, path);
  return node ? put(text, node.start, node.end, print(value, styleOf(text), indentAt(text, node.start))) : text;
}

/** The text with one more value at the end of the array at this place; a single value becomes an array with it. */
export function appendAt(text: string, path: Path, value: Json): string {
  const node = find(text, path);
  if (!node) return text;
  if (node.kind === "array") return addPart(text, node, (style, indent) => print(value, style, indent));
  const old = text.slice(node.start, node.end);
  const style = styleOf(text);
  if (style.unit === undefined) return put(text, node.start, node.end, `[${old}${style.comma}${print(value, style, "")}]`);
  const outer = indentAt(text, node.start);
  const inner = outer + style.unit;
  const { newline } = style;
  const moved = old.replaceAll("\n", `\n${style.unit}`);
  return put(text, node.start, node.end, `[${newline}${inner}${moved},${newline}${inner}${print(value, style, inner)}${newline}${outer}]`);
}

/** The text with a member set in the object at this place: a new one at its end. */
export function setMember(text: string, path: Path, name: string, value: Json): string {
  const node = find(text, path);
  if (node?.kind !== "object") return text;
  if (node.members.some((member) => member.name === name)) return replaceAt(text, [...path, name], value);
  return addPart(
    text,
    node,
    (style, indent) => `${JSON.stringify(name)}${style.unit === undefined ? style.colon : ": "}${print(value, style, indent)}`,
  );
}

/** The text without what is at this place. */
export function removeAt(text: string, path: Path): string {
  const last = path.at(-1);
  const node = find(text, path.slice(0, -1));
  if (!node || last === undefined) return text;
  const index = typeof last === "number" ? last : node.members.findLastIndex(({ name }) => name === last);
  return index < 0 || index >= Math.max(node.members.length, node.items.length) ? text : removePart(text, node, index);
}
