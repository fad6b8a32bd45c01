import { sha256 } from "@noble/hashes/sha2.js";
import { toBase64, utf8 } from "../../crypto/bytes";
import type { WafRequest } from "../inspect/request";
import type { InspectionResult, MatchDetail, RateMatch, RuleMatch } from "../inspect/result";

/**
 * Data protection: what a web ACL hides of requests in its samples and logs, by the word REDACTED or by a digest.
 * Sources: AWS WAF Developer Guide, Data protection; Data protection limitations; WAFV2 API Reference, DataProtection.
 */

export interface DataProtection {
  Field: { FieldType: "SINGLE_HEADER" | "SINGLE_COOKIE" | "SINGLE_QUERY_ARGUMENT" | "QUERY_STRING" | "BODY"; FieldKeys?: string[] };
  Action: "SUBSTITUTION" | "HASH";
  ExcludeRuleMatchDetails?: boolean;
  ExcludeRateBasedDetails?: boolean;
}

type Mask = (text: string) => string;

/** A digest is of the account's number and the content: SHA-256, in base64. */
const maskOf = (action: DataProtection["Action"], account: string): Mask => (action === "SUBSTITUTION" ? () => "REDACTED" : (text) => toBase64(sha256(utf8(account + text))));

/** Of two ways to hide one thing the stricter counts: substitution. */
const stricter = (list: readonly DataProtection[]): DataProtection["Action"] | undefined => (list.some(({ Action }) => Action === "SUBSTITUTION") ? "SUBSTITUTION" : list[0]?.Action);

/** Arguments or cookies, `name=value` with `separator` between, each written anew by `change`. */
const pairs = (text: string, separator: string, change: (name: string, value: string) => string): string =>
  text.split(separator).map((part) => {
    const equals = part.indexOf("=");
    return equals < 0 ? change(part, "") : change(part.slice(0, equals), part.slice(equals + 1));
  }).join(separator);

class Protection {
  constructor(
    private readonly list: readonly DataProtection[],
    private readonly account: string,
  ) {}

  private of(...types: DataProtection["Field"]["FieldType"][]): DataProtection[] {
    return this.list.filter(({ Field }) => types.includes(Field.FieldType));
  }

  private maskFor(list: readonly DataProtection[]): Mask | undefined {
    const action = stricter(list);
    return action && maskOf(action, this.account);
  }

  /** Names are compared without regard to case, cookies' with. */
  private named(type: "SINGLE_HEADER" | "SINGLE_COOKIE" | "SINGLE_QUERY_ARGUMENT", name: string): Mask | undefined {
    const same = (key: string): boolean => (type === "SINGLE_COOKIE" ? key.trim() === name : key.toLowerCase() === name.toLowerCase());
    return this.maskFor(this.of(type).filter(({ Field }) => Field.FieldKeys?.some(same)));
  }

  query(query: string): string {
    const whole = this.maskFor(this.of("QUERY_STRING"));
    return pairs(query, "&", (name, value) => (whole ? `${whole(name)}=${whole(value)}` : `${name}=${this.named("SINGLE_QUERY_ARGUMENT", name)?.(value) ?? value}`));
  }

  header(name: string, value: string): string {
    const mask = this.named("SINGLE_HEADER", name);
    if (name.toLowerCase() !== "cookie") return mask?.(value) ?? value;
    // Of a hidden cookie header the values alone are hidden.
    return pairs(value, ";", (cookie, content) => `${cookie}=${(mask ?? this.named("SINGLE_COOKIE", cookie.trim()))?.(content) ?? content}`);
  }

  /** What a detector found is hidden with the part in which it was found: all arguments with one, all cookies with one. */
  detail(detail: MatchDetail): MatchDetail {
    const { location } = detail;
    const types: DataProtection["Field"]["FieldType"][] = /QUERY/.test(location) ? ["QUERY_STRING", "SINGLE_QUERY_ARGUMENT"] : /COOKIE/.test(location) ? ["SINGLE_COOKIE"] : /HEADER/.test(location) ? ["SINGLE_HEADER"] : /BODY|UNKNOWN/.test(location) ? ["BODY"] : [];
    const mask = this.maskFor(this.of(...types).filter(({ ExcludeRuleMatchDetails }) => !ExcludeRuleMatchDetails));
    return mask ? { ...detail, matchedData: detail.matchedData.map(mask) } : detail;
  }

  rate(rate: RateMatch): RateMatch {
    const hide = ({ key, name, value }: NonNullable<RateMatch["customValues"]>[number]) => {
      const list = this.list.filter(({ ExcludeRateBasedDetails }) => !ExcludeRateBasedDetails);
      const inner = new Protection(list, this.account);
      const mask = key === "HEADER" ? inner.named("SINGLE_HEADER", name!) : key === "COOKIE" ? inner.maskFor(inner.of("SINGLE_COOKIE")) : key.startsWith("QUERY") ? inner.maskFor(inner.of("QUERY_STRING", "SINGLE_QUERY_ARGUMENT")) : undefined;
      return { key, ...(name === undefined ? {} : { name }), value: mask?.(value) ?? value };
    };
    return rate.customValues ? { ...rate, customValues: rate.customValues.map(hide) } : rate;
  }
}

/** The request and what came of it, as samples and logs may show them. */
export function protectedCopy(request: WafRequest, result: InspectionResult, list: readonly DataProtection[], account: string): { request: WafRequest; result: InspectionResult } {
  const protection = new Protection(list, account);
  const [, path, query, fragment] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(request.uri)!;
  const match = (one: RuleMatch): RuleMatch => ({ ...one, ruleMatchDetails: one.ruleMatchDetails.map((detail) => protection.detail(detail)) });
  return {
    request: {
      ...request,
      uri: `${path}${query === undefined ? "" : `?${query.length > 1 ? protection.query(query.slice(1)) : ""}`}${fragment ?? ""}`,
      headers: request.headers.map(([name, value]) => [name, protection.header(name, value)]),
    },
    result: {
      ...result,
      ...(result.terminatingRule ? { terminatingRule: match(result.terminatingRule) } : {}),
      nonTerminatingMatchingRules: result.nonTerminatingMatchingRules.map(match),
      groups: result.groups.map((group) => ({ ...group, ...(group.terminatingRule ? { terminatingRule: match(group.terminatingRule) } : {}), nonTerminatingMatchingRules: group.nonTerminatingMatchingRules.map(match) })),
      rates: result.rates.map((rate) => protection.rate(rate)),
    },
  };
}
