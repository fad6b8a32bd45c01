import type { Json, JsonObject } from "../../../engine/types";

const isMap = (value: unknown): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value);
const isPlain = (value: unknown): boolean => typeof value !== "object" || value === null;

/** A scalar as the real command's text and table outputs print it. */
export const plainText = (value: Json | undefined): string =>
  value === null || value === undefined ? "None" : value === true ? "True" : value === false ? "False" : String(value);

/** Code-point order, as Python sorts. */
export const byCodePoint = (a: string, b: string): number => {
  const left = Array.from(a);
  const right = Array.from(b);
  for (let i = 0; i < Math.min(left.length, right.length); i++)
    if (left[i] !== right[i]) return left[i].codePointAt(0)! - right[i].codePointAt(0)!;
  return left.length - right.length;
};

/**
 * `--output text`: values joined by tabs in the order of their keys; a nested value follows on lines of its own that
 * begin with its key in capitals. Source: AWS CLI user guide, Text output format.
 */
export function formatText(value: Json): string {
  const lines: string[] = [];
  any(value, undefined, undefined, lines);
  return lines.map((line) => `${line}\n`).join("");
}

function any(value: Json, name: string | undefined, keys: string[] | undefined, lines: string[]): void {
  if (Array.isArray(value)) list(value, name, lines);
  else if (isMap(value)) map(value, name, keys, lines);
  else lines.push(plainText(value));
}

function list(items: Json[], name: string | undefined, lines: string[]): void {
  if (!items.length) return;
  if (items.some(isMap)) {
    // All rows of a list show the same columns.
    const keys = new Set<string>();
    for (const item of items) if (isMap(item)) for (const [key, value] of Object.entries(item)) if (isPlain(value)) keys.add(key);
    const columns = [...keys].sort(byCodePoint);
    for (const item of items) any(item, name, columns, lines);
  } else if (items.some((item) => Array.isArray(item))) {
    const plain = items.filter(isPlain);
    if (plain.length) plainList(plain, name, lines);
    for (const item of items) if (!isPlain(item)) any(item, name, undefined, lines);
  } else plainList(items, name, lines);
}

function plainList(items: Json[], name: string | undefined, lines: string[]): void {
  if (name === undefined) lines.push(items.map(plainText).join("\t"));
  else for (const item of items) lines.push(`${name.toUpperCase()}\t${plainText(item)}`);
}

function map(value: JsonObject, name: string | undefined, keys: string[] | undefined, lines: string[]): void {
  const cells: string[] = [];
  const nested: string[] = [];
  if (keys) {
    for (const key of keys) cells.push(Object.hasOwn(value, key) ? plainText(value[key]) : "");
    nested.push(
      ...Object.keys(value)
        .filter((key) => !keys.includes(key))
        .sort(byCodePoint),
    );
  } else
    for (const key of Object.keys(value).sort(byCodePoint)) {
      if (isPlain(value[key])) cells.push(plainText(value[key]));
      else nested.push(key);
    }
  if (cells.length) lines.push([...(name === undefined ? [] : [name.toUpperCase()]), ...cells].join("\t"));
  for (const key of nested) any(value[key] as Json, key, undefined, lines);
}
