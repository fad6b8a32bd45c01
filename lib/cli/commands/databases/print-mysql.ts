/** Rows as the `mysql` client prints them. Source: MySQL 8.4 Reference Manual, "mysql Client Options", "mysql Client Commands". */
interface Table {
  columns: { name: string; type: string; nullable: boolean }[];
  rows: (string | null)[][];
}

const width = (text: string): number => [...text].length;
const isNumber = (type: string): boolean => type === "int" || type === "decimal";

/** In a box, numbers at the right; where NULL can stand there is room for it, whether or not it does. */
export function boxed({ columns, rows }: Table, names = true): string {
  const cell = (value: string | null): string => value ?? "NULL";
  const widths = columns.map(({ name, nullable }, i) => Math.max(names ? width(name) : 0, nullable ? 4 : 0, ...rows.map((row) => width(cell(row[i])))));
  const rule = `+${widths.map((one) => "-".repeat(one + 2)).join("+")}+\n`;
  const fill = (text: string, i: number, right: boolean): string => (right ? " ".repeat(widths[i] - width(text)) + text : text + " ".repeat(widths[i] - width(text)));
  const line = (texts: string[], right: (i: number) => boolean): string => `| ${texts.map((text, i) => fill(text, i, right(i))).join(" | ")} |\n`;
  const head = names ? line(columns.map(({ name }) => name), () => false) + rule : "";
  return rule + head + rows.map((row) => line(row.map(cell), (i) => isNumber(columns[i].type))).join("") + rule;
}

/** Each column on a line of its own. */
export function vertical({ columns, rows }: Table): string {
  const most = Math.max(...columns.map(({ name }) => width(name)));
  return rows
    .map((row, i) => `${"*".repeat(27)} ${i + 1}. row ${"*".repeat(27)}\n${columns.map(({ name }, at) => `${" ".repeat(most - width(name))}${name}: ${row[at] ?? "NULL"}\n`).join("")}`)
    .join("");
}

/** For other programs: tabs between, and what would break the line written with a backslash. */
export function batch({ columns, rows }: Table, names = true, raw = false): string {
  const escaped = (text: string): string => (raw ? text : text.replace(/[\\\n\t\0]/g, (char) => ({ "\\": "\\\\", "\n": "\\n", "\t": "\\t" })[char] ?? "\\0"));
  const line = (texts: string[]): string => `${texts.join("\t")}\n`;
  return (names ? line(columns.map(({ name }) => name)) : "") + rows.map((row) => line(row.map((value) => (value === null ? "NULL" : escaped(value))))).join("");
}
