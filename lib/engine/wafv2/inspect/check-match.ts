import { fromBase64 } from "./bytes";
import { invalid, membersOf, reasons, type RuleProblem } from "./check-problem";
import { compilePattern } from "./regex";
import { transformationTypes, type FieldToMatch, type Statement, type TextTransformation } from "./types";

/** Statements that look at a component of the request. Sources: AWS WAF Developer Guide, Request component settings; quotas. */

const mostTransformations = 10;
const longestSearchString = 200;
const longestPattern = 512;
const largestSize = 21_474_836_480;

export function checkTransformations(list: readonly TextTransformation[] | undefined): RuleProblem | undefined {
  if (!list?.length) return invalid("TEXT_TRANSFORMATION", "TextTransformations", reasons.required);
  if (list.length > mostTransformations) return invalid("TEXT_TRANSFORMATION", "TextTransformations", `At most ${mostTransformations} text transformations are allowed in a statement.`);
  const unknown = list.find(({ Type }) => !transformationTypes.includes(Type));
  if (unknown) return invalid("TEXT_TRANSFORMATION", String(unknown.Type), reasons.notAllowed);
  if (list.some(({ Priority }) => !Number.isInteger(Priority) || Priority < 0)) return invalid("TEXT_TRANSFORMATION", "Priority", reasons.range);
  if (new Set(list.map(({ Priority }) => Priority)).size < list.length) return invalid("TEXT_TRANSFORMATION", "Priority", reasons.unique);
  return undefined;
}

function checkField(field: FieldToMatch | undefined): RuleProblem | undefined {
  if (membersOf(field) !== 1) return invalid("FIELD_TO_MATCH", "FieldToMatch", reasons.exactlyOne);
  const { SingleHeader, SingleQueryArgument, Headers, Cookies, JsonBody } = field!;
  if (SingleHeader && !SingleHeader.Name?.trim()) return invalid("SINGLE_HEADER", "Name", reasons.required);
  if (SingleQueryArgument && !SingleQueryArgument.Name?.trim()) return invalid("SINGLE_QUERY_ARGUMENT", "Name", reasons.required);
  for (const [map, name] of [[Headers, "HEADER_MATCH_PATTERN"], [Cookies, "COOKIE_MATCH_PATTERN"], [JsonBody, "JSON_MATCH_PATTERN"]] as const) {
    if (!map) continue;
    if (membersOf(map.MatchPattern) !== 1) return invalid(name, "MatchPattern", reasons.exactlyOne);
    if (!["ALL", "KEY", "VALUE"].includes(map.MatchScope)) return invalid(JsonBody ? "JSON_MATCH_SCOPE" : "MAP_MATCH_SCOPE", "MatchScope", reasons.notAllowed);
  }
  for (const part of [Headers, Cookies, field!.HeaderOrder])
    if (part && !["CONTINUE", "MATCH", "NO_MATCH"].includes(part.OversizeHandling)) return invalid("OVERSIZE_HANDLING", "OversizeHandling", reasons.required);
  for (const part of [field!.Body, JsonBody])
    if (part?.OversizeHandling && !["CONTINUE", "MATCH", "NO_MATCH"].includes(part.OversizeHandling)) return invalid("OVERSIZE_HANDLING", "OversizeHandling", reasons.notAllowed);
  if (JsonBody?.MatchPattern.IncludedPaths && !JsonBody.MatchPattern.IncludedPaths.every(isPointer)) return invalid("JSON_MATCH_PATTERN", "IncludedPaths", reasons.notAllowed);
  return undefined;
}

/** A JSON Pointer, as the model has it: it begins with a slash, and `~` only before 0 or 1. Source: RFC 6901. */
const isPointer = (text: string): boolean => typeof text === "string" && text.startsWith("/") && !/~(?![01])/.test(text);

/** Whether the statement looks at a component, and what is wrong with it. */
export function checkMatch(statement: Statement): RuleProblem | undefined {
  const { ByteMatchStatement: bytes, RegexMatchStatement: regex, SizeConstraintStatement: size } = statement;
  const inspecting = bytes ?? regex ?? size ?? statement.RegexPatternSetReferenceStatement ?? statement.SqliMatchStatement ?? statement.XssMatchStatement;
  if (!inspecting) return undefined;
  const field = checkField(inspecting.FieldToMatch) ?? checkTransformations(inspecting.TextTransformations);
  if (field) return field;
  const fingerprint = inspecting.FieldToMatch.JA3Fingerprint ? "JA3Fingerprint" : inspecting.FieldToMatch.JA4Fingerprint ? "JA4Fingerprint" : undefined;
  if (fingerprint && bytes?.PositionalConstraint !== "EXACTLY") return invalid("FIELD_TO_MATCH", fingerprint, reasons.notAllowed);
  if (bytes) {
    const text = typeof bytes.SearchString === "string" ? fromBase64(bytes.SearchString) : undefined;
    if (!text) return invalid("BYTE_MATCH_STATEMENT", "SearchString", reasons.required);
    if (text.length > longestSearchString) return invalid("BYTE_MATCH_STATEMENT", "SearchString", `The string is longer than ${longestSearchString} bytes.`);
    if (bytes.PositionalConstraint === "CONTAINS_WORD" && /\W/.test(text)) return invalid("BYTE_MATCH_STATEMENT", "SearchString", "A word has letters, digits and underscores only.");
    if (!["EXACTLY", "STARTS_WITH", "ENDS_WITH", "CONTAINS", "CONTAINS_WORD"].includes(bytes.PositionalConstraint)) return invalid("BYTE_MATCH_STATEMENT", "PositionalConstraint", reasons.notAllowed);
  }
  if (regex) return checkPattern(regex.RegexString, "RULE");
  if (size) {
    if (!["EQ", "NE", "LE", "LT", "GE", "GT"].includes(size.ComparisonOperator)) return invalid("SIZE_CONSTRAINT_STATEMENT", "ComparisonOperator", reasons.notAllowed);
    if (!Number.isInteger(size.Size) || size.Size < 0 || size.Size > largestSize) return invalid("SIZE_CONSTRAINT_STATEMENT", "Size", reasons.range);
  }
  const { SqliMatchStatement: sqli } = statement;
  if (sqli?.SensitivityLevel && !["LOW", "HIGH"].includes(sqli.SensitivityLevel)) return invalid("SQLI_MATCH_STATEMENT", "SensitivityLevel", reasons.notAllowed);
  return undefined;
}

/** A pattern of a statement (`RULE`) or of a set (`REGEX_PATTERN_SET`). Undefined: AWS WAF takes it. */
export function checkPattern(pattern: string | undefined, Field: "RULE" | "REGEX_PATTERN_SET"): RuleProblem | undefined {
  if (!pattern) return invalid(Field, "RegexString", reasons.required);
  if (pattern.length > longestPattern) return invalid(Field, "RegexString", `The pattern is longer than ${longestPattern} characters.`);
  const compiled = compilePattern(pattern);
  return compiled.ok ? undefined : invalid(Field, pattern, compiled.reason);
}
