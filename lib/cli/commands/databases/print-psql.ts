/** Rows as psql prints them. Source: PostgreSQL documentation, psql (\pset); checked against psql 15. */
export interface Format {
  unaligned: boolean;
  tuplesOnly: boolean;
  expanded: boolean;
  csv: boolean;
  separator: string;
  title?: string;
}

interface Table {
  columns: { name: string; type: string }[];
  rows: (string | null)[][];
}

const width = (text: string): number => [...text].length;
const isNumber = (type: string): boolean => type === "int" || type === "decimal";
const count = (rows: number): string => `(${rows} row${rows === 1 ? "" : "s"})\n`;

export function printed(table: Table, format: Format): string {
  if (format.csv) return csv(table, format);
  if (format.unaligned) return unaligned(table, format);
  return format.expanded ? expanded(table, format) : aligned(table, format);
}

function aligned({ columns, rows }: Table, { tuplesOnly, title }: Format): string {
  const cells = rows.map((row) => row.map((value) => (value ?? "").split("\n")));
  const widths = columns.map(({ name }, i) => Math.max(width(name), ...cells.map((row) => Math.max(...row[i].map(width)))));
  const last = columns.length - 1;
  const center = (text: string, i: number): string => {
    const left = Math.floor((widths[i] - width(text)) / 2);
    return " ".repeat(left) + text + " ".repeat(widths[i] - width(text) - left);
  };
  let out = "";
  if (!tuplesOnly) {
    const whole = widths.reduce((sum, one) => sum + one + 3, -1);
    if (title) out += `${" ".repeat(Math.max(0, Math.floor((whole - width(title)) / 2)))}${title}\n`;
    out += columns.length ? `${columns.map(({ name }, i) => ` ${center(name, i)} `).join("|")}\n${widths.map((one) => "-".repeat(one + 2)).join("+")}\n` : "--\n";
  }
  for (const row of cells) {
    const height = Math.max(0, ...row.map((lines) => lines.length));
    for (let at = 0; at < height; at++) {
      const line = row.map((lines, i) => {
        const text = lines[at] ?? "";
        const more = at < lines.length - 1;
        const space = " ".repeat(widths[i] - width(text));
        // The last column is not filled up, unless its text goes on.
        const filled = isNumber(columns[i].type) ? space + text : i === last && !more ? text : text + space;
        return ` ${filled}${more ? "+" : i === last ? "" : " "}`;
      });
      out += `${line.join("|")}\n`;
    }
  }
  return `${out}${tuplesOnly ? "" : count(rows.length)}\n`;
}

function expanded({ columns, rows }: Table, { tuplesOnly }: Format): string {
  if (!rows.length) return tuplesOnly ? "\n" : "(0 rows)\n\n";
  const most = Math.max(...columns.map(({ name }) => width(name)));
  const value = Math.max(...rows.flatMap((row) => row.map((one) => Math.max(...(one ?? "").split("\n").map(width)))));
  const records = rows.map((row, i) => {
    const lines = columns.map(({ name }, at) => {
      const [first, ...more] = (row[at] ?? "").split("\n");
      return [`${name.padEnd(most)} | ${first}${more.length ? `${" ".repeat(value - width(first))}+` : ""}`, ...more.map((line, n) => `${" ".repeat(most)} | ${line}${n < more.length - 1 ? `${" ".repeat(value - width(line))}+` : ""}`)].join("\n");
    });
    const label = `-[ RECORD ${i + 1} ]`;
    // The rule has its crossing where the bar stands, if the label leaves room for it.
    const rule = tuplesOnly ? "" : label + (label.length <= most + 1 ? `${"-".repeat(most + 1 - label.length)}+${"-".repeat(value + 1)}` : "-".repeat(Math.max(0, most + value + 3 - label.length)));
    return `${rule}${rule ? "\n" : ""}${lines.join("\n")}\n`;
  });
  return `${records.join(tuplesOnly ? `${"-".repeat(most + 1)}+${"-".repeat(value + 1)}\n` : "")}\n`;
}

function unaligned({ columns, rows }: Table, { tuplesOnly, separator, expanded: apart }: Format): string {
  if (apart) return rows.map((row) => columns.map(({ name }, i) => `${name}${separator}${row[i] ?? ""}\n`).join("")).join("\n");
  const line = (texts: string[]): string => `${texts.join(separator)}\n`;
  return (tuplesOnly ? "" : line(columns.map(({ name }) => name))) + rows.map((row) => line(row.map((value) => value ?? ""))).join("") + (tuplesOnly ? "" : count(rows.length));
}

function csv({ columns, rows }: Table, { tuplesOnly }: Format): string {
  const quoted = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [...(tuplesOnly ? [] : [columns.map(({ name }) => quoted(name))]), ...rows.map((row) => row.map((value) => quoted(value ?? "")))].map((line) => `${line.join(",")}\n`).join("");
}
