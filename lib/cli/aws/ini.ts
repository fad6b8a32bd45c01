/** A section's values; an indented block under `outer` is read as `outer.inner`. */
export type Section = Map<string, string>;

/** The file is no INI file, or says the same thing twice. */
export class IniError extends Error {}

const header = /^\[(.+)\]/;
const pair = /^(.*?)\s*[=:]\s*(.*)$/s;
const isComment = (text: string): boolean => text.startsWith("#") || text.startsWith(";");

/**
 * Sections of `~/.aws/config` or `~/.aws/credentials`: names of values in small letters, `=` or `:` between name and value,
 * comments on lines of their own only (`a = b # c` is the value `b # c`), values that go on in indented lines. Throws
 * IniError for a line that is nothing of this, for a section or a value given twice.
 * Source: AWS CLI user guide, Configuration and credential file settings; Python's configparser, which the CLI reads with.
 */
export function parseIni(text: string): Map<string, Section> {
  const raw = new Map<string, Map<string, string[]>>();
  let section: Map<string, string[]> | undefined;
  let value: string[] | undefined;
  let indent = 0;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const words = line.trim();
    if (isComment(words)) continue;
    if (!words) {
      value?.push("");
      continue;
    }
    const begins = line.search(/\S/);
    if (value && begins > indent) {
      value.push(words);
      continue;
    }
    indent = begins;
    const name = header.exec(words)?.[1];
    if (name !== undefined) {
      if (raw.has(name)) throw new IniError(`section ${name} is there twice`);
      raw.set(name, (section = new Map()));
      value = undefined;
      continue;
    }
    if (!section) throw new IniError("a value before any section");
    const found = pair.exec(words);
    const key = found?.[1].trim().toLowerCase();
    if (!found || !key) throw new IniError(`no value: ${words}`);
    if (section.has(key)) throw new IniError(`${key} is there twice`);
    section.set(key, (value = [found[2].trim()]));
  }
  return new Map([...raw].map(([name, values]) => [name, flat(values)]));
}

function flat(values: Map<string, string[]>): Section {
  const out: Section = new Map();
  for (const [key, lines] of values) {
    const text = lines.join("\n").trimEnd();
    if (!text.startsWith("\n")) {
      out.set(key, text);
      continue;
    }
    for (const line of text.split("\n").filter(Boolean)) {
      const equals = line.indexOf("=");
      if (equals < 0) throw new IniError(`no value: ${line}`);
      out.set(`${key}.${line.slice(0, equals).trim()}`, line.slice(equals + 1).trim());
    }
  }
  return out;
}

// ---------------------------------------------------------------- writing

const headerLine = /^\s*\[([^\]]+)\]/;
const optionLine = /([^:=][^:=]*)\s*([:=])\s*(.*)/;

/** What is to be set: text, or the values of an indented block. */
export type NewValues = Record<string, string | Record<string, string>>;

/**
 * Sets values of one section and leaves every other line, comments too, as it is. A value that is there is written over
 * in its place; a new one follows the section's last; a section that is not there comes at the end.
 * Source: aws configure set; the places are where the real command puts them.
 */
export function setIni(text: string, section: string, values: NewValues): string {
  const lines = text.split(/(?<=\n)/).filter(Boolean);
  const left: NewValues = { ...values };
  const start = lines.findIndex((line) => !isComment(line.trim()) && isSection(line, section));
  if (start < 0) return `${text}${text && !text.endsWith("\n") ? "\n" : ""}[${section}]\n${written(left)}`;
  let last = start;
  for (let at = start + 1; at < lines.length; at++) {
    if (headerLine.test(lines[at])) {
      insert(lines, last + 1, written(left));
      return lines.join("");
    }
    const option = optionLine.exec(lines[at]);
    if (!option) continue;
    last = at;
    const name = option[1].trim();
    if (!Object.hasOwn(left, name)) continue;
    const value = left[name];
    if (typeof value !== "string") {
      setInner(lines, at, { ...value }, indentOf(option[1]));
      return lines.join("");
    }
    lines[at] = `${name} = ${value}\n`;
    delete left[name];
  }
  if (Object.keys(left).length) {
    // (The real one would put the value at the end of a comment here, and so lose it.)
    if (!lines.at(-1)!.endsWith("\n")) lines[lines.length - 1] += "\n";
    insert(lines, last + 2, written(left));
  }
  return lines.join("");
}

function setInner(lines: string[], outer: number, left: Record<string, string>, outerIndent: number): void {
  let at = outer + 1;
  for (; at < lines.length; at++) {
    const option = optionLine.exec(lines[at]);
    const indent = option ? indentOf(option[1]) : outerIndent;
    if (headerLine.test(lines[at]) || indent <= outerIndent) break;
    const name = option![1].trim();
    if (!Object.hasOwn(left, name)) continue;
    lines[at] = `${" ".repeat(indent)}${name} = ${left[name]}\n`;
    delete left[name];
  }
  if (at === lines.length && !lines.at(-1)!.endsWith("\n")) lines[at - 1] += "\n";
  insert(lines, at, written(left, "    "));
}

const insert = (lines: string[], at: number, text: string): void => void (text && lines.splice(at, 0, text));
const indentOf = (text: string): number => text.length - text.trimStart().length;

function isSection(line: string, section: string): boolean {
  const found = headerLine.exec(line)?.[0];
  const space = section.indexOf(" ");
  return found === `[${section}]` || (space > 0 && found === `[${section.slice(0, space)} "${section.slice(space + 1)}"]`);
}

const written = (values: NewValues, indent = ""): string =>
  Object.entries(values)
    .map(([key, value]) =>
      typeof value === "string"
        ? `${indent}${key} = ${value}\n`
        : `${indent}${key} =\n${written(value, `${indent}    `)}`,
    )
    .join("");
