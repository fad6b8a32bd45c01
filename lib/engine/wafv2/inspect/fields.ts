import { pathTree, readJson } from "./json-reader";
import type { OversizeField, Pair, Pairs, Parts } from "./parts";
import type { CookiesField, FieldToMatch, HeadersField, JsonBodyField, MapMatchScope, OversizeHandling } from "./types";

/** What a statement inspects. Source: AWS WAF Developer Guide, Request component settings. */
export interface Reading {
  /** Each is inspected for itself; one that matches is enough. None: the component is absent. */
  texts: readonly string[];
  /** Where each text stood, if asked for (`Parts.named`). */
  names?: readonly string[];
  /** The statement's outcome without inspection: by oversize handling or a fallback. */
  forced?: boolean;
  /** Why it is absent, forced or cut. */
  note?: string;
}
export type Reader = (parts: Parts) => Reading;

const one = (text: string | undefined): Reading => (text === undefined ? { texts: [], note: "absent" } : { texts: [text] });
const several = (parts: Parts, pairs: readonly Pair[]): Reading =>
  pairs.length ? { texts: pairs.map(({ value }) => value), names: parts.named ? pairs.map(({ name }) => name) : undefined } : { texts: [], note: "absent" };

/** The reading that oversize handling makes of a component that is larger than what AWS WAF receives. */
function oversized(parts: Parts, field: OversizeField | undefined, handling: OversizeHandling | undefined, cut: () => Reading): Reading {
  if (field) parts.oversize.add(field);
  if (handling === "MATCH" || handling === "NO_MATCH") return { texts: [], forced: handling === "MATCH", note: "oversize" };
  return { note: "cut at the size limit", ...cut() };
}

/** Keys, values or both of the chosen pairs; ALL matches where a key or a value does. */
function mapped(parts: Parts, { pairs }: Pairs, chosen: (key: string) => boolean, scope: MapMatchScope): Reading {
  const [texts, names]: [string[], string[]] = [[], []];
  for (const pair of pairs) {
    if (!chosen(pair.key)) continue;
    if (scope !== "VALUE") texts.push(pair.name);
    if (scope !== "KEY") texts.push(pair.value);
    if (!parts.named) continue;
    if (scope !== "VALUE") names.push(`${pair.name} (key)`);
    if (scope !== "KEY") names.push(pair.name);
  }
  return texts.length ? { texts, names } : { texts, note: "absent" };
}

function chooser(included: readonly string[] | undefined, excluded: readonly string[] | undefined, lower: boolean): (key: string) => boolean {
  const set = new Set((included ?? excluded ?? []).map((name) => (lower ? name.toLowerCase() : name)));
  return included ? (key) => set.has(key) : (key) => !set.has(key);
}

function headers({ MatchPattern, MatchScope, OversizeHandling }: HeadersField): Reader {
  const chosen = chooser(MatchPattern.IncludedHeaders, MatchPattern.ExcludedHeaders, true);
  return (parts) => {
    const cut = (): Reading => mapped(parts, parts.limitedHeaders, chosen, MatchScope);
    return parts.limitedHeaders.over ? oversized(parts, "REQUEST_HEADERS", OversizeHandling, cut) : cut();
  };
}

function cookies({ MatchPattern, MatchScope, OversizeHandling }: CookiesField): Reader {
  const chosen = chooser(MatchPattern.IncludedCookies, MatchPattern.ExcludedCookies, false);
  return (parts) => {
    const cut = (): Reading => mapped(parts, parts.cookies, chosen, MatchScope);
    return parts.cookies.over ? oversized(parts, "REQUEST_COOKIES", OversizeHandling, cut) : cut();
  };
}

function body(parts: Parts, handling: OversizeHandling | undefined, field: OversizeField, read: (text: string) => Reading): Reading {
  const text = parts.body;
  if (text === undefined) return one(undefined);
  return text.length > parts.limit ? oversized(parts, field, handling, () => read(text.slice(0, parts.limit))) : read(text);
}

function jsonBody({ MatchPattern, MatchScope, InvalidFallbackBehavior: fallback, OversizeHandling }: JsonBodyField): Reader {
  const paths = MatchPattern.IncludedPaths && pathTree(MatchPattern.IncludedPaths);
  const read = (text: string, parts: Parts): Reading => {
    const { texts, names, error } = readJson(text, MatchScope, paths, parts.named);
    if (!error) return texts.length ? { texts, names } : { texts, note: "no element" };
    const note = `JSON: ${error.why} at byte ${error.at}`;
    if (fallback === "EVALUATE_AS_STRING") return { texts: [text], note };
    if (fallback) return { texts: [], forced: fallback === "MATCH", note };
    return { texts, names, note };
  };
  return (parts) => body(parts, OversizeHandling, "REQUEST_JSON_BODY", (text) => read(text, parts));
}

/** A fingerprint or fragment: the fallback where it is missing. Only CloudFront and ALB hand them on. */
const orFallback = (text: string | undefined, parts: Parts, fallback: string | undefined): Reading =>
  text !== undefined && (parts.request.source === "CLOUDFRONT" || parts.request.source === "ALB") ? one(text) : { texts: [], forced: fallback === "MATCH", note: "absent" };

/** The reader of a component. */
export function reader(field: FieldToMatch): Reader {
  if (field.Method) return (parts) => one(parts.method);
  if (field.UriPath) return (parts) => one(parts.path);
  if (field.QueryString) return (parts) => one(parts.query);
  if (field.AllQueryArguments) return (parts) => several(parts, parts.arguments);
  if (field.SingleQueryArgument) {
    const name = field.SingleQueryArgument.Name.toLowerCase();
    return (parts) => several(parts, parts.arguments.filter(({ key }) => key === name));
  }
  if (field.SingleHeader) {
    const name = field.SingleHeader.Name.toLowerCase();
    return (parts) => {
      const texts = parts.header(name);
      return texts.length ? { texts } : one(undefined);
    };
  }
  if (field.Headers) return headers(field.Headers);
  if (field.Cookies) return cookies(field.Cookies);
  if (field.Body) {
    const handling = field.Body.OversizeHandling;
    return (parts) => body(parts, handling, "REQUEST_BODY", one);
  }
  if (field.JsonBody) return jsonBody(field.JsonBody);
  if (field.HeaderOrder) {
    // In small letters, as AWS writes them (`host:user-agent:accept`): a header's name has no case.
    const handling = field.HeaderOrder.OversizeHandling;
    return (parts) => {
      const { pairs, over } = parts.limitedHeaders;
      const cut = (): Reading => (pairs.length ? one(pairs.map(({ key }) => key).join(":")) : one(undefined));
      return over ? oversized(parts, "REQUEST_HEADERS", handling, cut) : cut();
    };
  }
  if (field.UriFragment) {
    const fallback = field.UriFragment.FallbackBehavior;
    return (parts) => orFallback(parts.fragment, parts, fallback);
  }
  if (field.JA3Fingerprint) {
    const fallback = field.JA3Fingerprint.FallbackBehavior;
    return (parts) => orFallback(parts.request.ja3, parts, fallback);
  }
  if (field.JA4Fingerprint) {
    const fallback = field.JA4Fingerprint.FallbackBehavior;
    return (parts) => orFallback(parts.request.ja4, parts, fallback);
  }
  return () => one(undefined);
}
