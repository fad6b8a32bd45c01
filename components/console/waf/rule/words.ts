import type { FieldName, Rule, RuleAction, Statement, TransformationType } from "@/lib/engine/wafv2/inspect/types";
import { nameOfArn } from "../place-of";
import { kindOf, readMatch, type LeafName } from "./shape";

/** The console's names for the API's words. */

export const leafWords: Record<LeafName, { label: string; hint: string }> = {
  GeoMatchStatement: { label: "Originates from a country in", hint: "The country of the address, as AWS WAF knows it." },
  IPSetReferenceStatement: { label: "Originates from an IP address in", hint: "An IP set of this scope." },
  AsnMatchStatement: { label: "Originates from an ASN in", hint: "The number of the network that the address belongs to." },
  LabelMatchStatement: { label: "Has a label", hint: "One that an earlier rule has added." },
  ByteMatchStatement: { label: "String match", hint: "A text in a part of the request." },
  RegexMatchStatement: { label: "Matches regular expression", hint: "One pattern, written here." },
  RegexPatternSetReferenceStatement: { label: "Matches pattern from regex pattern set", hint: "Any of up to ten patterns." },
  SizeConstraintStatement: { label: "Size comparison", hint: "Bytes after the transformations." },
  SqliMatchStatement: { label: "Contains SQL injection attacks", hint: "SQL where none should be." },
  XssMatchStatement: { label: "Contains XSS injection attacks", hint: "A script where none should be." },
};

export const fieldWords: Record<FieldName, string> = {
  SingleHeader: "Single header",
  Headers: "All headers",
  Cookies: "Cookies",
  SingleQueryArgument: "Single query parameter",
  AllQueryArguments: "All query parameters",
  UriPath: "URI path",
  QueryString: "Query string",
  Body: "Body",
  JsonBody: "JSON body",
  Method: "HTTP method",
  HeaderOrder: "Header order",
  UriFragment: "URI fragment",
  JA3Fingerprint: "JA3 fingerprint",
  JA4Fingerprint: "JA4 fingerprint",
};

export const transformationWords: Record<TransformationType, { label: string; hint: string }> = {
  NONE: { label: "None", hint: "As it came." },
  COMPRESS_WHITE_SPACE: { label: "Compress white space", hint: "Runs of blanks become one space." },
  HTML_ENTITY_DECODE: { label: "HTML entity decode", hint: "&lt; becomes <." },
  LOWERCASE: { label: "Lowercase", hint: "A-Z become a-z." },
  CMD_LINE: { label: "Command line", hint: "Drops what shells let one slip in." },
  URL_DECODE: { label: "URL decode", hint: "%27 becomes '." },
  BASE64_DECODE: { label: "Base64 decode", hint: "Strict." },
  HEX_DECODE: { label: "Hex decode", hint: "6162 becomes ab." },
  MD5: { label: "MD5", hint: "The digest, 16 bytes." },
  REPLACE_COMMENTS: { label: "Replace comments", hint: "/* ... */ becomes a space." },
  ESCAPE_SEQ_DECODE: { label: "Escape sequence decode", hint: "\\x41 becomes A." },
  SQL_HEX_DECODE: { label: "SQL hex decode", hint: "0x4142 becomes AB." },
  CSS_DECODE: { label: "CSS decode", hint: "Escapes of style sheets." },
  JS_DECODE: { label: "JS decode", hint: "Escapes of JavaScript." },
  NORMALIZE_PATH: { label: "Normalize path", hint: "a/../b becomes b." },
  NORMALIZE_PATH_WIN: { label: "Normalize path Windows", hint: "\\ first becomes /." },
  REMOVE_NULLS: { label: "Remove nulls", hint: "NUL bytes go." },
  REPLACE_NULLS: { label: "Replace nulls", hint: "NUL bytes become spaces." },
  BASE64_DECODE_EXT: { label: "Base64 decode extension", hint: "Ignores what is not Base64." },
  URL_DECODE_UNI: { label: "URL decode Uni", hint: "%u0027 too." },
  UTF8_TO_UNICODE: { label: "UTF-8 to Unicode", hint: "Sequences become %uHHHH." },
};

export const positionWords = { EXACTLY: "Exactly matches string", STARTS_WITH: "Starts with string", ENDS_WITH: "Ends with string", CONTAINS: "Contains string", CONTAINS_WORD: "Contains word" } as const;
export const sizeWords = { EQ: "equals", NE: "does not equal", LE: "is at most", LT: "is less than", GE: "is at least", GT: "is more than" } as const;

export const actionNames = ["Allow", "Block", "Count", "Captcha", "Challenge"] as const;
export type ActionName = (typeof actionNames)[number];
export const actionWords: Record<ActionName, { label: string; hint: string }> = {
  Allow: { label: "Allow", hint: "The request goes through; no later rule looks at it." },
  Block: { label: "Block", hint: "The request ends here, with 403 or an answer of your own." },
  Count: { label: "Count", hint: "It is counted, and the rules go on." },
  Captcha: { label: "CAPTCHA", hint: "Whoever has no token yet gets a puzzle." },
  Challenge: { label: "Challenge", hint: "Whoever has no token yet gets a silent script." },
};

export const actionOf = (action: RuleAction | undefined): ActionName | undefined => actionNames.find((name) => action?.[name] !== undefined);

/** What a rule does, in a word or two. */
export function actionText(rule: Rule): string {
  if (rule.OverrideAction) return rule.OverrideAction.Count ? "Override to Count" : "Use the group’s actions";
  const name = actionOf(rule.Action);
  return name ? actionWords[name].label : "-";
}

/** "in the header user-agent" as a part of the request is called. */
export function fieldText(field: object | undefined): string {
  const [name, inner] = Object.entries(field ?? {})[0] ?? [];
  if (!name) return "nothing yet";
  const own = (inner as { Name?: string } | undefined)?.Name;
  const words = (fieldWords as Record<string, string>)[name] ?? name;
  return own ? `${words.toLowerCase()} ${own}` : words.charAt(0) + (/^[A-Z][a-z]/.test(words) ? words.slice(1).toLowerCase() : words.slice(1));
}

const shortened = (text: unknown): string => (typeof text === "string" && text ? ` ${text.length > 40 ? `${text.slice(0, 40)}…` : text}` : "");

/** One statement in a few words. */
export function leafText(leaf: Statement): string {
  const { ByteMatchStatement: bytes, RegexMatchStatement: regex, SizeConstraintStatement: size, GeoMatchStatement: geo, LabelMatchStatement: label, AsnMatchStatement: asn } = leaf;
  if (geo) return `from ${geo.CountryCodes?.join(", ") || "no country yet"}`;
  if (leaf.IPSetReferenceStatement) return `from the IP set ${nameOfArn(leaf.IPSetReferenceStatement.ARN) || "not chosen"}`;
  if (asn) return `from ASN ${asn.AsnList?.join(", ") || "not entered"}`;
  if (label) return `has the ${label.Scope === "NAMESPACE" ? "namespace" : "label"} ${label.Key || "not entered"}`;
  if (bytes) return `${fieldText(bytes.FieldToMatch)} ${positionWords[bytes.PositionalConstraint]?.toLowerCase() ?? "matches"}${shortened(bytes.SearchString)}`;
  if (regex) return `${fieldText(regex.FieldToMatch)} matches a regular expression`;
  if (leaf.RegexPatternSetReferenceStatement) return `${fieldText(leaf.RegexPatternSetReferenceStatement.FieldToMatch)} matches the set ${nameOfArn(leaf.RegexPatternSetReferenceStatement.ARN) || "not chosen"}`;
  if (size) return `${fieldText(size.FieldToMatch)} ${sizeWords[size.ComparisonOperator] ?? "is"} ${size.Size} bytes`;
  if (leaf.SqliMatchStatement) return `SQL injection in ${fieldText(leaf.SqliMatchStatement.FieldToMatch)}`;
  return leaf.XssMatchStatement ? `XSS in ${fieldText(leaf.XssMatchStatement.FieldToMatch)}` : "a statement";
}

/** What a rule looks for, in a line. */
export function ruleText(rule: Rule): string {
  const { ManagedRuleGroupStatement: managed, RuleGroupReferenceStatement: group, RateBasedStatement: rate } = rule.Statement;
  const kind = kindOf(rule);
  if (kind === "managed") return `Managed rule group ${managed!.VendorName} ${managed!.Name}`;
  if (kind === "group") return `Rule group ${nameOfArn(group!.ARN)}`;
  if (kind === "rate") return `More than ${rate!.Limit.toLocaleString("en")} requests in ${(rate!.EvaluationWindowSec ?? 300) / 60} min${rate!.AggregateKeyType === "IP" ? " from one address" : ""}`;
  const match = readMatch(rule.Statement);
  if (!match) return "Nested statements, see the JSON";
  const words = match.parts.map(({ negated, leaf }) => (negated ? `not (${leafText(leaf)})` : leafText(leaf)));
  const text = match.mode === "none" ? `not (${words[0]})` : words.join(match.mode === "all" ? " and " : " or ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
