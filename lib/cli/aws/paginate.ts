import type { Paginator } from "../../engine/model";
import type { JsonObject } from "../../engine/types";
import { Failure } from "./failure";
import { define, pythonRepr, type Value } from "./python";
import { fromBase64, toBase64 } from "./values";

/** `--max-items`, `--page-size`, `--starting-token`. */
export interface Paging {
  maxItems?: number;
  pageSize?: number | string;
  startingToken?: string;
}

export interface Pages {
  pages: JsonObject[];
  /** Result members by the page they came on, the first with members that are not gathered. For text output. */
  parts: JsonObject[];
  /** All pages as one. */
  whole: JsonObject;
  resumeToken?: string;
}

type Tokens = Record<string, Value>;
const truncateKey = "boto_truncate_amount";
const list = <T>(value: T | T[] | undefined): T[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

/** A member by its dotted path; "A || B" is the first that is there. */
function at(page: JsonObject, path: string): unknown {
  for (const choice of path.split("||")) {
    let value: unknown = page;
    for (const name of choice.trim().split(".")) {
      const last = /^(\w+)\[-1\]$/.exec(name);
      const key = last ? last[1] : name;
      value = typeof value === "object" && value !== null && Object.hasOwn(value, key) ? (value as JsonObject)[key] : undefined;
      if (last) value = Array.isArray(value) ? value.at(-1) : undefined;
    }
    if (value !== undefined && value !== null && value !== "") return value;
  }
  return undefined;
}

function put(page: JsonObject, path: string, value: unknown): void {
  const names = path.split(".");
  let target: JsonObject = page;
  for (const name of names.slice(0, -1)) {
    if (typeof target[name] !== "object" || target[name] === null) define(target as { [key: string]: unknown }, name, {});
    target = target[name] as JsonObject;
  }
  define(target as { [key: string]: unknown }, names.at(-1)!, value);
}

/**
 * Asks page after page until there is no next token or enough items, and gathers them as the CLI does: a result that was
 * cut short carries `NextToken`, which `--starting-token` takes.
 * Source: AWS CLI user guide, Pagination options; botocore's paginator.
 */
export async function paginate(
  config: Paginator,
  input: JsonObject,
  paging: Paging,
  ask: (input: JsonObject) => Promise<JsonObject>,
): Promise<Pages> {
  const inputTokens = list(config.input_token);
  const outputTokens = list(config.output_token);
  const results = list(config.result_key);
  const primary = results[0];
  const request: JsonObject = { ...input };
  const inject = (tokens: Tokens): void => {
    for (const [name, token] of Object.entries(tokens)) {
      if (token !== null && token !== undefined && token !== "None") request[name] = token as JsonObject[string];
      else delete request[name];
    }
  };
  const start = paging.startingToken === undefined ? undefined : readToken(paging.startingToken, inputTokens);
  let next: Tokens = start ? { ...start.tokens } : Object.fromEntries(inputTokens.map((name) => [name, null]));
  if (start) inject(start.tokens);
  if (paging.pageSize !== undefined && config.limit_key) request[config.limit_key] = paging.pageSize;

  const pages: JsonObject[] = [];
  let other: JsonObject = {};
  let resumeToken: string | undefined;
  let total = 0;
  let previous: string | undefined;
  let offset = 0;
  for (let first = true; ; first = false) {
    const page = structuredClone(await ask(request));
    offset = 0;
    if (first) {
      if (start) {
        offset = start.offset;
        const all = at(page, primary);
        put(page, primary, Array.isArray(all) || typeof all === "string" ? all.slice(offset) : null);
        for (const key of results.slice(1)) {
          const sample = at(page, key);
          put(page, key, Array.isArray(sample) ? [] : typeof sample === "string" ? "" : typeof sample === "number" ? sample : null);
        }
      }
      other = {};
      for (const key of config.non_aggregate_keys ?? []) put(other, key, at(page, key) ?? null);
    }
    const found = at(page, primary);
    const items = Array.isArray(found) || typeof found === "string" ? found : [];
    const excess = paging.maxItems === undefined ? 0 : total + items.length - paging.maxItems;
    pages.push(page);
    if (excess > 0) {
      // A negative number to keep counts from the end, as Python's slices do.
      const keep = items.length - excess;
      put(page, primary, items.slice(0, keep));
      resumeToken = writeToken({ ...next, [truncateKey]: keep + offset });
      break;
    }
    total += items.length;
    next = {};
    if (!config.more_results || at(page, config.more_results))
      outputTokens.forEach((path, index) => (next[inputTokens[index]] = (at(page, path) as Value) || null));
    if (Object.values(next).every((token) => token === null)) break;
    if (paging.maxItems !== undefined && total === paging.maxItems) {
      resumeToken = writeToken(next);
      break;
    }
    const written = JSON.stringify(next);
    if (written === previous)
      throw new Failure("General", `Error during pagination: The same next token was received twice: ${pythonRepr(next)}`);
    previous = written;
    inject(next);
  }

  const whole: JsonObject = {};
  for (const page of pages)
    for (const key of results) {
      const value = at(page, key) ?? (emptyAt(page, key) as never);
      if (value === undefined || value === null) continue;
      const existing = at(whole, key) ?? emptyAt(whole, key);
      if (existing === undefined) put(whole, key, Array.isArray(value) ? [...value] : value);
      else if (Array.isArray(value)) (existing as unknown[]).push(...value);
      else put(whole, key, (existing as string) + (value as string));
    }
  merge(whole, other);
  if (resumeToken !== undefined) whole.NextToken = resumeToken;
  const parts = pages.map((page, index) => {
    const part: JsonObject = index ? {} : structuredClone(other);
    for (const key of results) put(part, key, at(page, key) ?? emptyAt(page, key) ?? null);
    return part;
  });
  return { pages, parts, whole, resumeToken };
}

/** `at` passes over empty text; a result member may be empty. */
function emptyAt(page: JsonObject, path: string): unknown {
  let value: unknown = page;
  for (const name of path.split("."))
    value = typeof value === "object" && value !== null && Object.hasOwn(value, name) ? (value as JsonObject)[name] : undefined;
  return value;
}

function merge(target: JsonObject, other: JsonObject): void {
  for (const [key, value] of Object.entries(other)) {
    const own = target[key];
    if (
      typeof own === "object" &&
      own !== null &&
      !Array.isArray(own) &&
      typeof value === "object" &&
      value !== null &&
      !Array.isArray(value)
    )
      merge(own, value);
    else target[key] = value;
  }
}

// ---------------------------------------------------------------- tokens

/** The tokens as Python's `json.dumps` writes them, in base64. */
const writeToken = (tokens: Tokens): string =>
  toBase64(
    new TextEncoder().encode(
      `{${Object.entries(tokens)
        .map(([key, value]) => `${asciiJson(key)}: ${asciiJson(value)}`)
        .join(", ")}}`,
    ),
  );

const asciiJson = (value: Value): string =>
  JSON.stringify(value).replace(/[\u007f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);

function readToken(text: string, names: string[]): { tokens: Tokens; offset: number } {
  try {
    const value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(fromBase64(text))) as Tokens;
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      const { [truncateKey]: offset, ...tokens } = value;
      return { tokens, offset: typeof offset === "number" ? offset : 0 };
    }
  } catch {
    // Not ours: a service's own token, or the old form token___offset.
  }
  const parts = text.split("___");
  let offset = 0;
  if (parts.length === names.length + 1) {
    const last = parts.at(-1)!;
    if (/^-?\d+$/.test(last)) {
      offset = Number(last);
      parts.pop();
    } else parts.splice(0, parts.length, text);
  }
  if (parts.length > names.length) throw new Failure("General", `Bad starting token: ${text}`);
  return {
    tokens: Object.fromEntries(
      names.map((name, index) => [name, parts[index] === undefined || parts[index] === "None" ? null : parts[index]]),
    ),
    offset,
  };
}
