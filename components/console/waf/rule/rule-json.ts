import { capacityOf, type KnownCapacities } from "@/lib/engine/wafv2/inspect/capacity";
import { checkRules } from "@/lib/engine/wafv2/inspect/check-rules";
import type { CustomResponseBody, Rule } from "@/lib/engine/wafv2/inspect/types";
import { jsonProblem } from "../../frame/json-check";

/**
 * A rule as people read it and as the API takes it. The API's SearchString is a blob, base64 at the door; here it is the text
 * itself, and bytes that are no text stand as SearchStringBase64, the name that CloudFormation gives them.
 * Sources: AWS WAFV2 API Reference, ByteMatchStatement; CloudFormation, AWS::WAFv2::WebACL ByteMatchStatement.
 */

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function textOfBase64(base64: string): string | undefined {
  try {
    const text = utf8.decode(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
    return base64OfText(text) === base64 ? text : undefined;
  } catch {
    return undefined;
  }
}

export const base64OfText = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** The same value with every ByteMatchStatement inside it changed. */
function eachByteMatch(value: Json, change: (statement: { [name: string]: Json }) => { [name: string]: Json }): Json {
  if (Array.isArray(value)) return value.map((each) => eachByteMatch(each, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, name === "ByteMatchStatement" && typeof inner === "object" && inner !== null && !Array.isArray(inner) ? change(inner) : eachByteMatch(inner, change)]),
  );
}

/** A rule of the API's as it is shown. */
export const toShown = (rule: Rule): Rule =>
  eachByteMatch(rule as unknown as Json, (statement) => {
    const { SearchString, ...rest } = statement;
    if (typeof SearchString !== "string") return statement;
    const text = textOfBase64(SearchString);
    return text === undefined ? { SearchStringBase64: SearchString, ...rest } : { SearchString: text, ...rest };
  }) as unknown as Rule;

/** A rule that is shown as the API takes it. */
export const toSent = (rule: Rule): Rule =>
  eachByteMatch(rule as unknown as Json, (statement) => {
    const { SearchStringBase64, ...rest } = statement;
    if (typeof SearchStringBase64 === "string") return { SearchString: SearchStringBase64, ...rest };
    return typeof rest.SearchString === "string" ? { ...rest, SearchString: base64OfText(rest.SearchString) } : rest;
  }) as unknown as Rule;

export const print = (value: unknown): string => JSON.stringify(value, null, 2);

/** A rule of the API's as the text of the JSON editor. */
export const printRule = (rule: Rule): string => print(toShown(rule));

export type Read = { rule: Rule } | { problem: string; offset: number };

/** The text of the JSON editor as a rule, still as shown. It need not be one that AWS takes. */
export function readRule(text: string): Read {
  const wrong = jsonProblem(text);
  if (wrong) {
    const before = text.split("\n").slice(0, wrong.line - 1).reduce((sum, line) => sum + line.length + 1, 0);
    return { problem: `${wrong.message} (line ${wrong.line}, column ${wrong.column})`, offset: before + wrong.column - 1 };
  }
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return { problem: "A rule is a JSON object.", offset: 0 };
  return { rule: value as Rule };
}

export interface Look {
  kind: "WEB_ACL" | "RULE_GROUP";
  bodies?: Record<string, CustomResponseBody>;
  known?: KnownCapacities;
}

export interface Finding {
  message: string;
  /** The API's name for what it is about (ParameterExceptionField). */
  field?: string;
}

/** Rules that have lost their shape are no fault of the reader's: what their members should be is said by the API when it is asked. */
function guarded<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** What AWS WAF would answer about rules as they are shown; undefined where it takes them. */
export function findProblem(rules: readonly Rule[], { kind, bodies }: Look): Finding | undefined {
  const looked = guarded(() => ({ problem: checkRules(rules.map(toSent), { kind, customResponseBodies: bodies }) }));
  if (!looked) return { message: "A member of this rule has not the shape that the API takes." };
  return looked.problem && { message: looked.problem.message, field: looked.problem.Field };
}

/** Capacity units of rules as they are shown; undefined where they cannot be counted. */
export function unitsOf(rules: readonly Rule[], known?: KnownCapacities): number | undefined {
  const units = guarded(() => capacityOf(rules, known));
  return Number.isFinite(units) ? units : undefined;
}
