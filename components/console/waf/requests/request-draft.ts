import { readCurl, readForm, readHttp, shown, writeCurl, writeForm, writeHttp } from "@/lib/engine/wafv2/requests/index";
import { readClient } from "@/lib/engine/wafv2/requests/form";
import { keepLineEnds } from "@/lib/engine/wafv2/requests/line-ends";
import type { Client, HttpMessage, Outcome, Problem } from "@/lib/engine/wafv2/requests/types";

/** One request in three forms, as typed. One of them counts: the one that was typed in, or that the request was written to, last. */

export const forms = ["raw", "form", "curl"] as const;
export type FormName = (typeof forms)[number];
export const formWords: Record<FormName, string> = { raw: "Raw HTTP", form: "Form", curl: "curl" };

export interface FormFields {
  method: string;
  path: string;
  query: string;
  /** `Name: value`, one in a line. */
  headers: string;
  body: string;
}

export interface RequestDraft {
  tab: FormName;
  /** `message`: no form can hold the request; it stands in `message`. */
  counts: FormName | "message";
  raw: string;
  curl: string;
  form: FormFields;
  message?: HttpMessage;
  ip: string;
  country: string;
}

export interface DraftRead {
  message: HttpMessage;
  notes: string[];
}

const noForm: FormFields = { method: "GET", path: "/", query: "", headers: "", body: "" };

const headerPairs = (text: string): { name: string; value: string }[] =>
  text.split("\n").map((line) => {
    const colon = line.indexOf(":");
    return colon < 0 ? { name: line.trim(), value: "" } : { name: line.slice(0, colon), value: line.slice(colon + 1) };
  });

/** What a form says of a header's line names the line. */
function withLine(problem: Problem): Problem {
  const line = /^headers\.(\d+)$/.exec(problem.field ?? "")?.[1];
  return line === undefined ? problem : { ...problem, field: "headers", line: Number(line) + 1, message: `Line ${Number(line) + 1}: ${problem.message}` };
}

/** The request as the form that counts says it, or the reader's sentence. */
export function readMessage(draft: RequestDraft, from: FormName | "message" = draft.counts): Outcome<DraftRead> {
  switch (from) {
    case "raw":
      return readHttp(draft.raw);
    case "curl":
      return readCurl(draft.curl);
    case "message":
      return draft.message ? { ok: true, value: { message: draft.message, notes: [] } } : { ok: false, problem: { message: "There is no request." } };
    default: {
      const read = readForm({ ...draft.form, headers: headerPairs(draft.form.headers), clientIp: "192.0.2.1", country: "" });
      return read.ok ? { ok: true, value: { message: read.value.message, notes: read.value.notes } } : { ok: false, problem: withLine(read.problem) };
    }
  }
}

export const readSender = ({ ip, country }: Pick<RequestDraft, "ip" | "country">): Outcome<Client> => readClient({ clientIp: ip, country });

/** The request in a form, or why that form cannot hold it. */
function written(message: HttpMessage, form: FormName): Outcome<Partial<RequestDraft>> {
  if (form === "curl") {
    const curl = writeCurl(message);
    return curl.ok ? { ok: true, value: { curl: curl.value } } : curl;
  }
  if (form === "raw") {
    const raw = shown(writeHttp(message));
    return raw === undefined ? { ok: false, problem: { message: "This request has bytes that are no text: raw HTTP cannot be typed with them, curl can." } } : { ok: true, value: { raw } };
  }
  const fields = writeForm(message, { ip: "192.0.2.1" });
  if (!fields.ok) return fields;
  const { method, path, query, headers, body } = fields.value;
  return { ok: true, value: { form: { method, path, query, headers: headers.map(({ name, value }) => `${name}: ${value}`).join("\n"), body } } };
}

/** A draft of a request, in the first form that can hold it. */
export function draftOf(message: HttpMessage, { ip, country = "" }: Client): RequestDraft {
  const empty = { raw: "", curl: "", form: noForm, ip, country };
  for (const form of ["raw", "curl", "form"] as const) {
    const one = written(message, form);
    if (one.ok) return { ...empty, tab: form, counts: form, ...one.value };
  }
  return { ...empty, tab: "raw", counts: "message", message };
}

const same = (one: HttpMessage, other: Outcome<DraftRead>): boolean => other.ok && JSON.stringify(one) === JSON.stringify(other.value.message);

/** The other form, with the request in it. Where it cannot be read or written there, the form shows what it had and does not count. */
export function switched(draft: RequestDraft, tab: FormName): Partial<RequestDraft> {
  if (tab === draft.counts) return { tab };
  const read = readMessage(draft);
  if (!read.ok) return { tab };
  const { message } = read.value;
  // Text that says the same already stays as it was typed.
  if (same(message, readMessage(draft, tab))) return { tab, counts: tab };
  const one = written(message, tab);
  return one.ok ? { tab, counts: tab, ...one.value } : { tab };
}

/** Why the form on the screen is not the one that counts; undefined where it is. */
export function standsApart(draft: RequestDraft): string | undefined {
  if (draft.tab === draft.counts) return undefined;
  const read = readMessage(draft);
  const from = draft.counts === "message" ? "The request" : formWords[draft.counts];
  if (!read.ok) return `${from} cannot be read, so it is not written here. It is kept there as typed: ${read.problem.message}`;
  const one = written(read.value.message, draft.tab);
  return one.ok ? undefined : one.problem.message;
}

/** What was typed in a form: from then on that form counts. Fields of a page lose carriage returns: they are put back. */
export function typedIn(draft: RequestDraft, form: FormName, value: string | Partial<FormFields>): Partial<RequestDraft> {
  if (typeof value === "string") return { counts: form, [form]: form === "raw" ? keepLineEnds(draft.raw, value) : value };
  const body = value.body === undefined ? {} : { body: keepLineEnds(draft.form.body, value.body) };
  return { counts: form, form: { ...draft.form, ...value, ...body } };
}

/** A title for a request that has none. */
export const titleOf = ({ method, uri }: HttpMessage): string => `${method} ${shown(uri) ?? uri}`.replace(/[\p{C}]/gu, "?").slice(0, 60).replace(/[\ud800-\udbff]$/, "");

