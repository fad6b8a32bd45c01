import type { Json, JsonObject } from "../../../engine/types";
import { byCodePoint } from "./text";

/**
 * `--output yaml`: block style, keys sorted, lists not indented under their key, lines folded at 80 columns, text quoted
 * where it would be read as something else ('2012-10-17'). A single scalar is written as JSON.
 * Source: AWS CLI user guide, YAML output format; YAML 1.2.
 */
export function formatYaml(value: Json): string {
  if (typeof value !== "object" || value === null) return `${JSON.stringify(value)}\n`;
  const out = new Emitter();
  out.node(value, 0, false);
  return out.text;
}

const width = 80;

class Emitter {
  text = "";
  private get column(): number {
    return this.text.length - this.text.lastIndexOf("\n") - 1;
  }

  /** `indent` is the column of the node's keys or dashes; `inMap` says that a key stands before it on the line. */
  node(value: Json, indent: number, inMap: boolean): void {
    if (Array.isArray(value)) {
      if (!value.length) return this.inline("[]", inMap);
      if (inMap) this.text += "\n";
      value.forEach((item, index) => {
        if (index || inMap) this.text += " ".repeat(indent);
        this.text += "-";
        if (Array.isArray(item) && item.length) {
          this.text += " ";
          this.node(item, indent + 2, false);
        } else if (isMap(item) && Object.keys(item).length) {
          this.text += " ";
          this.node(item, indent + 2, false);
        } else this.leaf(item, indent + 2);
      });
      return;
    }
    if (isMap(value)) {
      const keys = Object.keys(value)
        .filter((key) => value[key] !== undefined)
        .sort(byCodePoint);
      if (!keys.length) return this.inline("{}", inMap);
      if (inMap) this.text += "\n";
      keys.forEach((key, index) => {
        if (index || inMap) this.text += " ".repeat(indent);
        const long = key.length > 120 || key.includes("\n");
        if (long) this.text += "? ";
        this.scalar(key, indent, !long);
        this.text += long ? `\n${" ".repeat(indent)}:` : ":";
        const member = value[key] as Json;
        if (Array.isArray(member) && member.length) this.node(member, indent, true);
        else if (isMap(member) && Object.keys(member).length) this.node(member, indent + 2, true);
        else this.leaf(member, indent + 2);
      });
      return;
    }
    this.leaf(value, indent);
  }

  private inline(text: string, spaced: boolean): void {
    this.text += `${spaced ? " " : ""}${text}\n`;
  }

  private leaf(value: Json, indent: number): void {
    this.text += " ";
    if (Array.isArray(value)) this.text += "[]";
    else if (isMap(value)) this.text += "{}";
    else if (typeof value === "string") this.scalar(value, indent, false);
    else this.text += String(value);
    this.text += "\n";
  }

  private scalar(value: string, indent: number, key: boolean): void {
    const style = styleOf(value, key);
    if (style === "plain") this.plain(value, indent, !key);
    else if (style === "single") this.single(value, indent, !key);
    else this.double(value, indent, !key);
  }

  private breakLine(indent: number): void {
    this.text += `\n${" ".repeat(indent)}`;
  }

  private plain(value: string, indent: number, split: boolean): void {
    for (const part of value.match(/ +|[^ ]+/g) ?? []) {
      if (part === " " && split && this.column > width) this.breakLine(indent);
      else this.text += part;
    }
  }

  private single(value: string, indent: number, split: boolean): void {
    this.text += "'";
    const parts = value.match(/ +|\n+|[^ \n]+/g) ?? [];
    parts.forEach((part, index) => {
      if (part === " " && split && this.column > width && index && index < parts.length - 1) this.breakLine(indent);
      else if (part[0] === "\n") {
        this.text += `\n${part}`;
        this.text += " ".repeat(indent);
      } else this.text += part.replaceAll("'", "''");
    });
    this.text += "'";
  }

  private double(value: string, indent: number, split: boolean): void {
    this.text += '"';
    const chars = Array.from(value);
    let pending = "";
    const flush = (): void => {
      this.text += pending;
      pending = "";
    };
    chars.forEach((char, index) => {
      const last = index === chars.length - 1;
      if (needsEscape(char)) {
        flush();
        this.text += escapeOf(char);
      } else pending += char;
      if (index > 0 && !last && split && (char === " " || !pending) && this.column + pending.length > width) {
        // The fold stands before a space, which is kept by a backslash; at an escape it stands between two backslashes.
        if (char === " ") {
          pending = pending.slice(0, -1);
          flush();
          this.text += "\\";
          this.breakLine(indent);
          this.text += "\\ ";
        } else {
          flush();
          this.text += "\\";
          this.breakLine(indent);
          if (chars[index + 1] === " ") this.text += "\\";
        }
      }
    });
    flush();
    this.text += '"';
  }
}

const isMap = (value: Json | undefined): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value);

const short: Record<string, string> = {
  "\0": "0",
  "\x07": "a",
  "\b": "b",
  "\t": "t",
  "\n": "n",
  "\v": "v",
  "\f": "f",
  "\r": "r",
  "\x1b": "e",
  '"': '"',
  "\\": "\\",
  "\x85": "N",
  "\xa0": "_",
  "\u2028": "L",
  "\u2029": "P",
};
const needsEscape = (char: string): boolean =>
  '"\\\x85\u2028\u2029\ufeff'.includes(char) || !/^[\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]$/u.test(char);

function escapeOf(char: string): string {
  if (Object.hasOwn(short, char)) return `\\${short[char]}`;
  const code = char.codePointAt(0)!;
  const hex = code.toString(16).toUpperCase();
  return code <= 0xff ? `\\x${hex.padStart(2, "0")}` : code <= 0xffff ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}

/** What plain text would be read as, other than text. */
const implicit = [
  /^(?:true|True|TRUE|false|False|FALSE|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$/,
  /^(?:~|null|Null|NULL|)$/,
  /^[-+]?(?:0b[0-1_]+|0[0-7_]+|0o[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(?::[0-5]?[0-9])+)$/,
  /^[-+]?(?:[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[0-9][0-9_]*[eE][-+]?[0-9]+|\.[0-9_]+(?:[eE][-+]?[0-9]+)?|[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|\.(?:inf|Inf|INF))$|^\.(?:nan|NaN|NAN)$/,
  /^\d{4}-\d{2}-\d{2}$|^\d{4}-\d{1,2}-\d{1,2}(?:[Tt]|[ \t]+)\d{1,2}:\d{2}:\d{2}(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d{1,2}(?::\d{2})?))?$/,
  /^(?:=|<<)$/,
];

function styleOf(value: string, key: boolean): "plain" | "single" | "double" {
  if (!value) return "single";
  const special = Array.from(value).some((char) => char !== "\n" && needsEscape(char) && char !== '"' && char !== "\\");
  const multiline = value.includes("\n");
  const edgeSpace = /^[ \n]|[ \n]$/.test(value);
  if (special || / \n/.test(value) || (key && multiline)) return "double";
  if (/\n /.test(value)) return "double";
  const indicator =
    /^[#,[\]{}&*!|>'"%@`]/.test(value) ||
    /^[?:](?:\s|$)/.test(value) ||
    /^-(?:\s|$)/.test(value) ||
    /^(?:---|\.\.\.)/.test(value) ||
    /:(?:\s|$)/.test(value) ||
    /\s#/.test(value);
  if (!multiline && !edgeSpace && !indicator && !implicit.some((pattern) => pattern.test(value))) return "plain";
  return "single";
}
