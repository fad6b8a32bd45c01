import { forwarded, type Locate } from "./addresses";
import { bytesOf, latin1 } from "./bytes";
import { parseAddress } from "./ip";
import { countedInWindow, countRequest, limitedKeys, newRateChanges, newRateState, type RateRuleState } from "./rate-state";
import type { RateMatch, StatementWalk } from "./result";
import type { Node, Seen } from "./seen";
import type { Sources } from "./sources";
import { md5 } from "./transform/tidy";
import type { RateBasedStatement, RateBasedStatementCustomKey } from "./types";

/** Rate-based statements. Source: AWS WAF Developer Guide, Rate-based rule aggregation options and keys. */

/** A part of an instance's key: its value, or that the request has none, or what a fallback says. */
type Part = { value: string } | "none" | "match" | "no match";
interface Key {
  key: string;
  name?: string;
  of(seen: Seen): Part;
}

const longestValue = 256;
/** Long values are kept by their beginning and digest, that memory stays bounded. */
const bounded = (value: string): string =>
  value.length <= longestValue ? value : `${value.slice(0, 192)}…${[...bytesOf(md5(value))].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;

const fallback = (says: string | undefined): Part => (says === "MATCH" ? "match" : "no match");

function forwardedPart(seen: Seen, config: RateBasedStatement["ForwardedIPConfig"]): Part {
  const first = config && forwarded(seen, config.HeaderName)?.[0];
  if (first === undefined) return "none";
  return parseAddress(first) === undefined ? fallback(config?.FallbackBehavior) : { value: first };
}

/** Of the client's address, or of the forwarded one where the statement names a header. */
function asnPart(seen: Seen, config: RateBasedStatement["ForwardedIPConfig"], locate: Locate): Part {
  const address = config ? forwardedPart(seen, config) : { value: seen.request.clientIp };
  if (typeof address === "string") return address;
  const asn = (config ? undefined : seen.request.asn) ?? locate(address.value)?.asn;
  return asn ? { value: String(asn) } : "none";
}

function keyOf(key: RateBasedStatementCustomKey, { ForwardedIPConfig }: RateBasedStatement, sources: Sources, locate: Locate): Key {
  const from = (source: ReturnType<Sources["of"]>) => (seen: Seen): Part => {
    const { texts } = source.read(seen);
    return texts.length ? { value: latin1(bytesOf(texts.join(","))) } : "none";
  };
  const none = [{ Priority: 0, Type: "NONE" }] as const;
  if (key.Header) return { key: "HEADER", name: key.Header.Name, of: from(sources.of({ SingleHeader: { Name: key.Header.Name } }, key.Header.TextTransformations)) };
  if (key.Cookie) {
    const { Name, TextTransformations } = key.Cookie;
    return { key: "COOKIE", name: Name, of: from(sources.of({ Cookies: { MatchPattern: { IncludedCookies: [Name] }, MatchScope: "VALUE", OversizeHandling: "CONTINUE" } }, TextTransformations)) };
  }
  if (key.QueryArgument) return { key: "QUERY_ARGUMENT", name: key.QueryArgument.Name, of: from(sources.of({ SingleQueryArgument: { Name: key.QueryArgument.Name } }, key.QueryArgument.TextTransformations)) };
  if (key.QueryString) return { key: "QUERY_STRING", of: from(sources.of({ QueryString: {} }, key.QueryString.TextTransformations)) };
  if (key.UriPath) return { key: "URI_PATH", of: from(sources.of({ UriPath: {} }, key.UriPath.TextTransformations)) };
  if (key.HTTPMethod) return { key: "METHOD", of: from(sources.of({ Method: {} }, none)) };
  if (key.IP) return { key: "IP", of: ({ request }) => ({ value: request.clientIp }) };
  if (key.ForwardedIP) return { key: "FORWARDED_IP", of: (seen) => forwardedPart(seen, ForwardedIPConfig) };
  if (key.ASN) return { key: "ASN", of: (seen) => asnPart(seen, ForwardedIPConfig, locate) };
  const finger = key.JA3Fingerprint ?? key.JA4Fingerprint;
  if (finger) {
    const which = key.JA3Fingerprint ? "ja3" : "ja4";
    return { key: which.toUpperCase(), of: ({ request }) => (request[which] === undefined ? fallback(finger.FallbackBehavior) : { value: request[which]! }) };
  }
  const Namespace = key.LabelNamespace?.Namespace ?? "";
  return {
    key: "LABEL_NAMESPACE",
    name: Namespace,
    of(seen) {
      const names = seen.labels.filter(({ name }) => name.startsWith(Namespace)).map(({ name }) => name).sort();
      return names.length ? { value: names.join(",") } : "none";
    },
  };
}

function keysOf(statement: RateBasedStatement, sources: Sources, locate: Locate): Key[] {
  if (statement.AggregateKeyType === "CONSTANT") return [];
  if (statement.AggregateKeyType === "IP") return [keyOf({ IP: {} }, statement, sources, locate)];
  if (statement.AggregateKeyType === "FORWARDED_IP") return [keyOf({ ForwardedIP: {} }, statement, sources, locate)];
  return (statement.CustomKeys ?? []).map((key) => keyOf(key, statement, sources, locate));
}

const logKeys = { IP: "IP", FORWARDED_IP: "FORWARDED_IP", CONSTANT: "CONSTANT", CUSTOM_KEYS: "CUSTOMKEYS" };

/** `place` names this use of the rule: each has its own counts. */
export function rateNode(statement: RateBasedStatement, scopeDown: Node | undefined, { sources, locate, place }: { sources: Sources; locate: Locate; place: { key: string; ruleName: string } }): Node {
  const keys = keysOf(statement, sources, locate);
  const windowSec = statement.EvaluationWindowSec ?? 300;
  const settings = JSON.stringify(statement);

  const stateOf = ({ rateStates, exactRates, recordRates }: Seen): RateRuleState => {
    const state = Object.hasOwn(rateStates, place.key) ? rateStates[place.key] : undefined;
    if (state && state.settings === settings && state.exact === exactRates) return state;
    const fresh = newRateState(settings, statement.Limit, windowSec, exactRates);
    if (recordRates) fresh.changes = newRateChanges();
    return (rateStates[place.key] = fresh);
  };

  const decide = (seen: Seen, walking: boolean): Pick<StatementWalk, "matched" | "why" | "rate"> => {
    const values: string[] = [];
    for (const key of keys) {
      const part = key.of(seen);
      const name = `${key.key}${key.name ? ` ${key.name}` : ""}`;
      if (part === "none") return { matched: false, why: `The request has no ${name}: it is not counted.` };
      if (part === "match" || part === "no match") return { matched: part === "match", why: `${name} is missing or no address: the fallback says ${part === "match" ? "MATCH" : "NO_MATCH"}.` };
      values.push(bounded(part.value));
    }
    const key = JSON.stringify(values);
    const state = stateOf(seen);
    const { limiting, estimate, detectedAt } = countRequest(state, key, seen.request.timestamp);
    if (limiting) seen.rates.push(rateMatch(values));
    if (!walking) return { matched: limiting, why: "" };
    const counted = countedInWindow(state, key, seen.request.timestamp);
    const rate = { key, estimate, counted, limit: statement.Limit, windowSec, limiting, ...(detectedAt !== undefined && { detectedAt }) };
    const seenAs = `at the last look about ${Math.round(estimate)} requests in ${windowSec} s (${counted} counted with this one), the limit is ${statement.Limit}`;
    return { matched: limiting, why: `${limiting ? "Limited" : "Not limited"}: ${seenAs}.`, rate };
  };
  const rateMatch = (values: string[]): RateMatch => ({
    rateBasedRuleId: place.key,
    rateBasedRuleName: place.ruleName,
    limitKey: logKeys[statement.AggregateKeyType],
    maxRateAllowed: statement.Limit,
    evaluationWindowSec: windowSec,
    ...(statement.AggregateKeyType === "CUSTOM_KEYS"
      ? { customValues: keys.map(({ key, name }, at) => ({ key, ...(name && { name }), value: values[at] })) }
      : values.length ? { limitValue: values[0] } : {}),
  });

  return {
    test: (seen) => (!scopeDown || (scopeDown.test(seen) && !seen.notApplied)) && decide(seen, false).matched,
    explain(seen) {
      const walk: StatementWalk = { statement: "RateBasedStatement", evaluated: true, matched: false, why: "" };
      if (scopeDown) {
        const inner = scopeDown.explain(seen);
        walk.children = [inner];
        if (!inner.matched || seen.notApplied) return { ...walk, why: "The scope-down statement does not match: the request is not counted." };
      }
      return { ...walk, ...decide(seen, true) };
    },
  };
}

/**
 * What GetRateBasedStatementManagedKeys answers for a rule: the limited addresses at a time (epoch ms), at most 10,000.
 * Only rules that aggregate on IP or FORWARDED_IP alone have them. Source: AWS WAFV2 API Reference, GetRateBasedStatementManagedKeys.
 */
export function managedKeys(state: RateRuleState | undefined, nowMs: number): { ipv4: string[]; ipv6: string[] } {
  const addresses = state ? limitedKeys(state, nowMs).map((key) => (JSON.parse(key) as string[])[0]) : [];
  return {
    ipv4: addresses.filter((each) => typeof parseAddress(each) === "number").map((each) => `${each}/32`),
    ipv6: addresses.filter((each) => typeof parseAddress(each) === "string").map((each) => `${each}/128`),
  };
}
