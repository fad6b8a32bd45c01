import { bytesOf } from "../inspect/bytes";
import { readClient } from "./form";
import { readHttp } from "./http";
import { type SavedKind, type SavedRequest, savedKinds } from "./saved";
import { good, grouped } from "./text";
import { type HttpMessage, httpVersions, type Outcome } from "./types";
import { writeHttp } from "./write";

/** Requests as a file: JSON with a mark, so that another file is told from one. */

const mark = "keyhole-waf-requests";
export const mostInFile = 500;
export const longestTitle = 60;
export const longestWhy = 300;
/** In characters; more is no file of this kind. */
const longestFile = 16_777_216;

type Loose = Record<string, unknown>;
const isObject = (value: unknown): value is Loose => typeof value === "object" && value !== null && !Array.isArray(value);
const isBytes = (value: unknown): value is string => typeof value === "string" && !/[^\0-\xff]/.test(value);
const no = (message: string): { ok: false; problem: { message: string } } => ({ ok: false, problem: { message } });

export const writeSet = (requests: readonly SavedRequest[]): string => `${JSON.stringify({ format: mark, version: 1, requests }, null, 1)}\n`;

/** A message of unknown origin; undefined if it is none that can be sent. */
function readMessage(value: unknown): HttpMessage | undefined {
  if (!isObject(value)) return undefined;
  const { method, uri, httpVersion, headers, body, scheme } = value;
  if (!isBytes(method) || !isBytes(uri) || !httpVersions.some((each) => each === httpVersion)) return undefined;
  if (!Array.isArray(headers) || !headers.every((each) => Array.isArray(each) && each.length === 2 && each.every(isBytes))) return undefined;
  if ((body !== undefined && (!isBytes(body) || body === "")) || (scheme !== undefined && scheme !== "http")) return undefined;
  const message = { method, uri, httpVersion, headers, ...(body !== undefined && { body }), ...(scheme && { scheme }) } as HttpMessage;
  // What is sent must be what is written here: nothing is mended on the way.
  const back = readHttp(bytesOf(writeHttp(message)));
  return back.ok && JSON.stringify(back.value.message) === JSON.stringify(message) ? message : undefined;
}

function readOne(value: unknown, what: string): Outcome<SavedRequest> {
  if (!isObject(value)) return no(`${what} is no object.`);
  const { id, title, kind, harmful, why, client } = value;
  if (typeof id !== "string" || !/^[a-z0-9]{1,40}(-[a-z0-9]{1,40}){0,20}$/.test(id)) return no(`${what} has no id of small letters, digits and hyphens.`);
  if (typeof title !== "string" || !title.trim() || title.length > longestTitle) return no(`${what} needs a title of up to ${longestTitle} characters.`);
  if (!savedKinds.some((each) => each === kind)) return no(`${what} is of no known kind: write one of ${savedKinds.join(", ")}.`);
  if (typeof harmful !== "boolean") return no(`${what} does not say whether it is harmful: write true or false.`);
  if (typeof why !== "string" || why.length > longestWhy) return no(`${what} needs a why of up to ${longestWhy} characters.`);
  const message = readMessage(value.message);
  if (!message) return no(`${what} has a message that cannot be sent as it is written.`);
  const saved = { id, title, kind: kind as SavedKind, harmful, why, message };
  if (client === undefined) return good(saved);
  if (!isObject(client) || typeof client.ip !== "string" || (client.country !== undefined && typeof client.country !== "string")) return no(`${what} has a client without an address.`);
  const sender = readClient({ clientIp: client.ip, country: client.country ?? "" });
  return sender.ok ? good({ ...saved, client: sender.value }) : no(`${what}: ${sender.problem.message}`);
}

/** Reads such a file, whoever wrote it. Never throws. The sentence says which request is wrong, counted from 1. */
export function readSet(text: string): Outcome<SavedRequest[]> {
  if (text.length > longestFile) return no(`The file has more than ${grouped(longestFile)} characters: it is none of requests.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return no("The file is no JSON.");
  }
  if (!isObject(value) || value.format !== mark || !Array.isArray(value.requests)) return no(`The file holds no requests: it does not begin with "format": "${mark}".`);
  if (value.version !== 1) return no("The file is of a version that is not known here.");
  if (value.requests.length > mostInFile) return no(`The file holds more than ${mostInFile} requests: divide it.`);
  const requests: SavedRequest[] = [];
  const ids = new Set<string>();
  for (const [at, each] of value.requests.entries()) {
    const read = readOne(each, `Request ${at + 1}`);
    if (!read.ok) return read;
    if (ids.has(read.value.id)) return no(`Request ${at + 1} has an id that another one has: ${read.value.id}.`);
    ids.add(read.value.id);
    requests.push(read.value);
  }
  return good(requests);
}
