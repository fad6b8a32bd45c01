import { good } from "./text";
import type { Outcome } from "./types";

/** Bodies that curl makes: forms with boundaries (-F), and percent-encoded data. Checked with curl 7.88.1. */

export interface FormPart {
  name: string;
  value: string;
  type?: string;
  filename?: string;
}

/** `name=value;type=text/plain;filename=a.txt`; files are refused. */
export function formPart(text: string, asString: boolean): Outcome<FormPart> {
  const equals = text.indexOf("=");
  if (equals < 1) return { ok: false, problem: { message: "a part of a form is written name=value." } };
  const [name, rest] = [text.slice(0, equals), text.slice(equals + 1)];
  if (asString) return good({ name, value: rest });
  if (rest.startsWith("@") || rest.startsWith("<")) return { ok: false, problem: { message: "a page cannot read the file that is named after @ or <: write its content as name=value." } };
  if (rest.startsWith("(") || rest.startsWith('"')) return { ok: false, problem: { message: "only the simple form name=value;type=...;filename=... is read here: write it so, or with --form-string." } };
  const [value, ...settings] = rest.split(";");
  const part: FormPart = { name, value };
  for (const setting of settings) {
    const at = setting.indexOf("=");
    const [key, said] = [setting.slice(0, at).trim(), setting.slice(at + 1)];
    if (at > 0 && key === "type") part.type = said;
    else if (at > 0 && key === "filename") part.filename = said.replace(/^"|"$/g, "");
    else return { ok: false, problem: { message: "after a form's value only ;type= and ;filename= are read here: use --form-string if the ; belongs to the value." } };
  }
  if (part.filename !== undefined && part.type === undefined) part.type = /\.txt$/i.test(part.filename) ? "text/plain" : "application/octet-stream";
  return good(part);
}

const escaped = (text: string): string => text.replaceAll('"', "%22").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

/** The body and its boundary. curl takes a boundary by chance; here it is counted, so that the same command gives the same bytes. */
export function multipart(parts: readonly FormPart[]): { body: string; boundary: string } {
  const taken = new Set(parts.flatMap(({ value }) => [...value.matchAll(/-{24}(\d{16})/g)].map(([, digits]) => digits)));
  let digits = "";
  for (let count = 1; !digits || taken.has(digits); count++) digits = String(count).padStart(16, "0");
  const boundary = "-".repeat(24) + digits;
  const body = parts.map(({ name, value, type, filename }) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${escaped(name)}"${filename === undefined ? "" : `; filename="${escaped(filename)}"`}\r\n${type === undefined ? "" : `Content-Type: ${type}\r\n`}\r\n${value}\r\n`);
  return { body: `${body.join("")}--${boundary}--\r\n`, boundary };
}

const encoded = (text: string): string => text.replace(/[^A-Za-z0-9._~-]/g, (char) => (char === " " ? "+" : `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`));

/** `content`, `=content` or `name=content`; undefined where a file is named. */
export function urlEncoded(text: string): string | undefined {
  const equals = text.indexOf("=");
  if (equals >= 0) return equals === 0 ? encoded(text.slice(1)) : `${text.slice(0, equals)}=${encoded(text.slice(equals + 1))}`;
  return text.includes("@") ? undefined : encoded(text);
}
