import type { Json, JsonObject } from "../../../engine/types";
import { Failure } from "../failure";
import { byCodePoint, plainText } from "./text";
import { columns } from "./wide";

interface Section {
  title: string;
  headers: string[];
  rows: string[][];
  indent: number;
  widths: number[];
}

const isPlain = (value: unknown): boolean => typeof value !== "object" || value === null;
const isEmpty = (value: Json): boolean =>
  value === null || value === false || value === 0 || value === "" || (typeof value === "object" && Object.keys(value).length === 0);

/**
 * `--output table`: a box for each structure or list of structures, nested ones indented; a table that is wider than the
 * screen is turned, so that each key stands before its value. Source: AWS CLI user guide, Table output format.
 */
export function formatTable(title: string, value: Json, screen = 80): string {
  const sections: Section[] = [];
  if (!build(sections, title, value, 0)) return "";
  let width = totalWidth(sections);
  if (width > screen) {
    sections.forEach(turn);
    width = totalWidth(sections);
  }
  return `${"-".repeat(width)}\n${sections.map((section) => draw(section, width)).join("")}`;
}

// ---------------------------------------------------------------- what goes where

function build(sections: Section[], title: string | undefined, value: Json, indent: number): boolean {
  if (isEmpty(value)) return false;
  if (title !== undefined) sections.push({ title, headers: [], rows: [], indent, widths: [] });
  if (Array.isArray(value)) {
    if (!isPlain(value[0]) && !Array.isArray(value[0])) rows(sections, value as JsonObject[], indent, title);
    else
      for (const item of value) {
        if (isPlain(item)) row(sections, [item]);
        else if ((Array.isArray(item) ? item : Object.keys(item!)).every(isPlain))
          row(sections, Array.isArray(item) ? item : Object.keys(item!));
        else build(sections, undefined, item, 0);
      }
  } else if (!isPlain(value)) {
    const { plain, nested } = split([value as JsonObject]);
    const map = value as JsonObject;
    if (plain.length === 1) row(sections, [plain[0], map[plain[0]] as Json]);
    else if (plain.length) {
      header(sections, plain);
      row(
        sections,
        plain.map((key) => map[key] as Json),
      );
    }
    for (const key of nested) build(sections, key, map[key] as Json, indent + 1);
  }
  return true;
}

function rows(sections: Section[], items: JsonObject[], indent: number, title: string | undefined): void {
  const { plain, nested } = split(items);
  header(sections, plain);
  items.forEach((item, index) => {
    if (index && nested.length) {
      sections.push({ title: title ?? "", headers: [], rows: [], indent, widths: [] });
      header(sections, plain);
    }
    row(
      sections,
      plain.map((key) => (Object.hasOwn(item, key) ? (item[key] as Json) : "")),
    );
    for (const key of nested) if (Object.hasOwn(item, key)) build(sections, key, item[key] as Json, indent + 1);
  });
}

function split(items: JsonObject[]): { plain: string[]; nested: string[] } {
  const plain = new Set<string>();
  const nested = new Set<string>();
  for (const item of items) for (const [key, value] of Object.entries(item)) (isPlain(value) ? plain : nested).add(key);
  return { plain: [...plain].sort(byCodePoint), nested: [...nested].sort(byCodePoint) };
}

function current(sections: Section[]): Section {
  const section = sections.at(-1);
  if (!section) throw new Failure("General", "'NoneType' object has no attribute 'add_row'");
  return section;
}

function header(sections: Section[], headers: string[]): void {
  const section = current(sections);
  widen(section, headers);
  section.headers = headers;
}

function row(sections: Section[], cells: Json[]): void {
  const section = current(sections);
  const expected = section.headers.length || section.rows[0]?.length;
  if (expected && cells.length !== expected)
    throw new Failure("General", `Row should have ${expected} elements, instead it has ${cells.length}`);
  const texts = cells.map((cell) => (isPlain(cell) ? plainText(cell) : JSON.stringify(cell)));
  section.rows.push(texts);
  widen(section, texts);
}

function widen(section: Section, cells: string[]): void {
  cells.forEach((cell, index) => (section.widths[index] = Math.max(section.widths[index] ?? 0, columns(cell))));
}

function turn(section: Section): void {
  if (section.rows.length !== 1 || !section.headers.length) return;
  const cells = section.rows[0];
  const headers = section.headers;
  Object.assign(section, { headers: [], rows: [], widths: [] });
  headers.forEach((name, index) => row([section], [name, cells[index]]));
}

// ---------------------------------------------------------------- drawing

function totalWidth(sections: Section[]): number {
  return Math.max(
    ...sections.map((section) => {
      const body = section.widths.reduce((sum, width) => sum + width + 4, 0) + 2 + section.indent * 2;
      return Math.max(columns(section.title) + 2 + section.indent * 2, body);
    }),
  );
}

/** The columns' widths stretched to the whole; what rounding leaves over is taken from the first, given to the last. */
function spread(section: Section, width: number): number[] {
  const own = section.widths.map((column) => column + 4);
  if (!own.length) return own;
  const scale = width / own.reduce((sum, column) => sum + column, 0);
  const scaled = own.map((column) => roundHalfEven(scale * column));
  let over = scaled.reduce((sum, column) => sum + column, 0) - width;
  while (over !== 0) {
    const step = over > 0 ? -1 : 1;
    for (let i = 0; i < scaled.length && over !== 0; i++) {
      scaled[step < 0 ? i : scaled.length - 1 - i] += step;
      over += step;
    }
  }
  return scaled;
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 ? floor + 1 : floor;
}

const spaces = (count: number): string => " ".repeat(Math.max(0, count));

function draw(section: Section, whole: number): string {
  const width = whole - section.indent * 2;
  const lines: string[] = [];
  if (section.title) {
    lines.push(centre(section.title, width, "|"));
    if (!section.headers.length && !section.rows.length) lines.push(`+${"-".repeat(width - 2)}+`);
  }
  const widths = spread(section, width);
  const rule = widths.map((column, index) => (index ? `${"-".repeat(column - 1)}+` : `+${"-".repeat(column - 2)}+`)).join("");
  if (section.headers.length)
    lines.push(rule, widths.map((column, index) => centre(section.headers[index], column, index ? "" : "|")).join(""));
  if (section.rows.length && widths.length) {
    lines.push(rule);
    for (const cells of section.rows) lines.push(widths.map((column, index) => left(cells[index], column, index ? "" : "|")).join(""));
    lines.push(rule);
  }
  const bars = "|".repeat(section.indent);
  return lines.map((line) => `${bars}${line}${bars}\n`).join("");
}

function centre(text: string, width: number, edge: string): string {
  const length = columns(text);
  const before = Math.floor(width / 2) - Math.floor(length / 2) - 1;
  return `${edge}${spaces(before)}${text}${spaces(width - 1 - edge.length - before - length)}|`;
}

function left(text: string, width: number, edge: string): string {
  const length = columns(text);
  const padding = width - (length + 2 + edge.length + 1) >= 0 ? 2 : 0;
  return `${edge}${spaces(padding)}${text}${spaces(width - edge.length - padding - length - 1)}|`;
}
