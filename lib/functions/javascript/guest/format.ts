import { inspect, type InspectOptions } from "./inspect";

/** Rows of a table that are drawn. */
const mostRows = 1_000;

/** `%s %d %i %f %j %o %O %c %%`, as `console.log` reads them. Source: Node.js API, util.format. */
export function format(args: readonly unknown[], options: InspectOptions): string {
  const [first, ...rest] = args;
  const show = (value: unknown): string => (typeof value === "string" ? value : inspect(value, options));
  if (typeof first !== "string") return args.map(show).join(" ");
  const head = first.replace(/%([sdifjoOc%])/g, (whole, kind: string) => {
    if (kind === "%") return "%";
    if (!rest.length) return whole;
    const value = rest.shift();
    if (kind === "c") return "";
    if (kind === "s") return typeof value === "object" && value !== null ? inspect(value, options, 0) : String(value);
    if (kind === "j") return JSON.stringify(value) ?? "undefined";
    if (kind === "o" || kind === "O") return inspect(value, options, 4);
    if (typeof value === "bigint") return `${value}n`;
    return String(kind === "d" ? Number(value) : kind === "i" ? Number.parseInt(String(value), 10) : Number.parseFloat(String(value)));
  });
  return [head, ...rest.map(show)].join(" ");
}

/** Rows and columns in a frame, as `console.table` draws them; undefined for what is no table. */
export function table(data: unknown, options: InspectOptions, columns?: readonly string[]): string | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const entries: [string, unknown][] =
    data instanceof Map ? [...data].map(([key, value]) => [inspect(key, options), value]) : Object.entries(data).slice(0, mostRows);
  const isRow = (value: unknown): value is object =>
    typeof value === "object" && value !== null && !(value instanceof Date) && !ArrayBuffer.isView(value);
  const names = columns ?? [...new Set(entries.flatMap(([, row]) => (isRow(row) ? Object.keys(row) : [])))];
  const hasValues = entries.some(([, row]) => !isRow(row));
  const cell = (value: unknown): string => inspect(value, options, 0);
  const head = ["(index)", ...names, ...(hasValues ? ["Values"] : [])];
  const rows = entries.map(([key, row]) => [
    key,
    ...names.map((name) => (isRow(row) && Object.hasOwn(row, name) ? cell((row as Record<string, unknown>)[name]) : "")),
    ...(hasValues ? [isRow(row) ? "" : cell(row)] : []),
  ]);
  const widths = head.map((text, i) => Math.max(text.length, ...rows.map((row) => row[i].length)) + 2);
  const line = (left: string, middle: string, right: string): string =>
    left + widths.map((width) => "─".repeat(width)).join(middle) + right;
  const draw = (row: string[]): string => `│${row.map((text, i) => ` ${text}`.padEnd(widths[i])).join("│")}│`;
  return [line("┌", "┬", "┐"), draw(head), line("├", "┼", "┤"), ...rows.map(draw), line("└", "┴", "┘")].join("\n");
}
