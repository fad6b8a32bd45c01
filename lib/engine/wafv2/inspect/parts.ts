import { latin1, received } from "./bytes";
import type { SourceKind, WafRequest } from "./request";

/**
 * The request's parts, cut out once and only when a rule looks at them, with the limits of what AWS WAF receives.
 * Source: AWS WAF Developer Guide, Oversize web request components; Considerations for managing body inspection size.
 */

const mostHeaders = 200;
const headerBytes = 8_192;
/** Of hosts whose limit is fixed. Source: the same. */
const fixedBodyLimit = 8_192;
const defaultBodyLimit = 16_384;

/** How many body bytes AWS WAF receives from this kind of source. */
export function bodyLimit(source: SourceKind, association?: Record<string, { DefaultSizeInspectionLimit: string }>): number {
  if (source === "ALB" || source === "APPSYNC") return fixedBodyLimit;
  const set = association?.[source]?.DefaultSizeInspectionLimit;
  return set ? Number(set.slice(3)) * 1_024 : defaultBodyLimit;
}

export interface Pair {
  name: string;
  /** Header names in lower case; of cookies and arguments as they are. */
  key: string;
  value: string;
}
export interface Pairs {
  pairs: readonly Pair[];
  /** More than fits was there. */
  over: boolean;
}

export type OversizeField = "REQUEST_BODY" | "REQUEST_JSON_BODY" | "REQUEST_HEADERS" | "REQUEST_COOKIES";

/** The first 200 and the first 8,192 bytes of names and values, whichever ends first; what lies across the end is cut. */
function limited(all: readonly Pair[]): Pairs {
  let size = 0;
  for (const { name, value } of all) size += name.length + value.length;
  if (all.length <= mostHeaders && size <= headerBytes) return { pairs: all, over: false };
  const pairs: Pair[] = [];
  let left = headerBytes;
  for (const pair of all) {
    if (pairs.length === mostHeaders || left <= 0) return { pairs, over: true };
    const bytes = pair.name.length + pair.value.length;
    if (bytes > left) {
      pairs.push({ name: pair.name.slice(0, left), key: pair.key.slice(0, left), value: pair.value.slice(0, Math.max(0, left - pair.name.length)) });
      return { pairs, over: true };
    }
    left -= bytes;
    pairs.push(pair);
  }
  return { pairs, over: false };
}

function splitPairs(text: string, separator: string, lower: boolean): Pair[] {
  const pairs: Pair[] = [];
  for (let from = 0; from <= text.length; ) {
    let end = text.indexOf(separator, from);
    if (end < 0) end = text.length;
    const each = separator === ";" ? text.slice(from, end).trim() : text.slice(from, end);
    if (each) {
      const at = each.indexOf("=");
      const name = at < 0 ? each : each.slice(0, at);
      pairs.push({ name, key: lower ? name.toLowerCase() : name, value: at < 0 ? "" : each.slice(at + 1) });
    }
    from = end + 1;
  }
  return pairs;
}

export class Parts {
  readonly path: string;
  /** Without `?`; undefined if there is none. */
  readonly query: string | undefined;
  readonly fragment: string | undefined;
  readonly method: string;
  readonly headers: readonly Pair[];
  /** Fields that were inspected and larger than AWS WAF receives. */
  readonly oversize = new Set<OversizeField>();
  #limitedHeaders: Pairs | undefined;
  #cookies: Pairs | undefined;
  #arguments: Pair[] | undefined;
  #body: string | undefined;
  #bodyRead = false;

  constructor(readonly request: WafRequest, readonly limit: number, /** Say also where each text stood. */ readonly named: boolean) {
    const uri = received(request.uri);
    const hash = uri.indexOf("#");
    const before = hash < 0 ? uri : uri.slice(0, hash);
    const mark = before.indexOf("?");
    this.path = mark < 0 ? before : before.slice(0, mark);
    this.query = mark < 0 ? undefined : before.slice(mark + 1);
    this.fragment = hash < 0 ? undefined : uri.slice(hash + 1);
    this.method = received(request.method);
    this.headers = request.headers.map(([name, value]) => {
      const text = received(name);
      return { name: text, key: text.toLowerCase(), value: received(value) };
    });
  }

  get limitedHeaders(): Pairs {
    return (this.#limitedHeaders ??= limited(this.headers));
  }

  /** All values of a header among the first 200, whole: the limit in bytes is of components with oversize handling. `name` in lower case. */
  header(name: string): string[] {
    const values: string[] = [];
    for (let at = 0; at < this.headers.length && at < mostHeaders; at++) if (this.headers[at].key === name) values.push(this.headers[at].value);
    return values;
  }

  get cookies(): Pairs {
    return (this.#cookies ??= limited(this.header("cookie").flatMap((value) => splitPairs(value, ";", false))));
  }

  get arguments(): readonly Pair[] {
    return (this.#arguments ??= this.query === undefined ? [] : splitPairs(this.query, "&", true));
  }

  /** All that the client sent; undefined if there is none. */
  get body(): string | undefined {
    if (!this.#bodyRead) {
      const { body } = this.request;
      this.#body = body === undefined ? undefined : typeof body === "string" ? received(body) : latin1(body);
      this.#bodyRead = true;
    }
    return this.#body;
  }
}
