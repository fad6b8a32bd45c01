import { detectSqli, detectXss, explainSqli, explainXss } from "../detect";
import { fromBase64 } from "./bytes";
import { compilePattern } from "./regex";
import { type MatchDetail, type StatementWalk, type TextWalk, shown } from "./result";
import type { Node, Seen } from "./seen";
import type { Source, Sources } from "./sources";
import { transform } from "./transform/index";
import type { ComparisonOperator, FieldName, PositionalConstraint, Statement } from "./types";

/** Statements that look at a component's texts. Source: AWS WAF Developer Guide, the page of each match rule statement. */

interface Found {
  offset: number;
  length: number;
  detection?: unknown;
}
export interface Matcher {
  hits(text: string): boolean;
  find(text: string): Found | undefined;
  /** What is looked for, for the sentence. */
  says: string;
  detail?(text: string): Omit<MatchDetail, "location">;
}

const most = 40;
const locations: Partial<Record<FieldName, string>> = {
  SingleHeader: "HEADER", Headers: "HEADER", SingleQueryArgument: "SINGLE_QUERY_ARG", AllQueryArguments: "ALL_QUERY_ARGS", QueryString: "QUERY_STRING",
  UriPath: "URI", UriFragment: "URI_FRAGMENT", Body: "BODY", Method: "METHOD", Cookies: "COOKIE", HeaderOrder: "HEADER_ORDER",
};

/** A statement of a component and a matcher: one text that matches is enough. */
export function matchNode(statement: StatementWalk["statement"], source: Source, matcher: Matcher): Node {
  const note = (seen: Seen, text: string): void => {
    if (seen.wantDetails && matcher.detail) seen.details.push({ ...matcher.detail(text), location: locations[source.field] ?? "UNKNOWN" });
  };
  return {
    test(seen) {
      const { texts, forced } = source.read(seen);
      if (forced !== undefined) return forced;
      for (let at = 0; at < texts.length; at++) {
        if (!matcher.hits(texts[at])) continue;
        note(seen, texts[at]);
        return true;
      }
      return false;
    },
    explain(seen) {
      const [raw, { texts, forced }] = [source.raw(seen), source.read(seen)];
      const walk: StatementWalk = { statement, evaluated: true, matched: forced ?? false, why: "", field: source.field, texts: [] };
      if (forced !== undefined) return { ...walk, why: `Not inspected: ${raw.note}; the rule says ${forced ? "MATCH" : "NO_MATCH"}.` };
      if (!texts.length) return { ...walk, why: `No match: the component is ${raw.note ?? "absent"}.` };
      for (let at = 0; at < texts.length; at++) {
        const found = matcher.hits(texts[at]) ? (matcher.find(texts[at]) ?? { offset: 0, length: texts[at].length }) : undefined;
        if (found || at < most) walk.texts!.push(textWalk(raw.texts[at], raw.names?.[at] ?? source.name, source, found));
        else walk.more = (walk.more ?? 0) + 1;
        if (!found) continue;
        note(seen, texts[at]);
        walk.matched = true;
        break;
      }
      const cut = raw.note ? ` (${raw.note})` : "";
      return { ...walk, why: walk.matched ? `Match: ${matcher.says}${cut}.` : `No match: not ${matcher.says}${cut}.` };
    },
  };
}

function textWalk(text: string, name: string | undefined, source: Source, found: Found | undefined): TextWalk {
  const walk: TextWalk = { text: shown(text), steps: [] };
  if (name !== undefined) walk.name = name;
  let now = text;
  for (const type of source.types) {
    const after = transform[type](now);
    walk.steps.push({ type, before: shown(now), after: shown(after) });
    now = after;
  }
  if (found) {
    walk.found = { offset: found.offset, length: found.length, text: shown(now.slice(found.offset, found.offset + found.length)).text };
    if (found.detection !== undefined) walk.detection = found.detection;
  }
  return walk;
}

const isWord = (code: number): boolean => (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;

/** Where the word stands with neither neighbour a letter, digit or underscore. */
function wordAt(text: string, word: string): number {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) if (!isWord(text.charCodeAt(at - 1)) && !isWord(text.charCodeAt(at + word.length))) return at;
  return -1;
}

function byteMatcher(wanted: string, constraint: PositionalConstraint): Matcher {
  const at: Record<PositionalConstraint, (text: string) => number> = {
    EXACTLY: (text) => (text === wanted ? 0 : -1),
    STARTS_WITH: (text) => (text.startsWith(wanted) ? 0 : -1),
    ENDS_WITH: (text) => (text.endsWith(wanted) ? text.length - wanted.length : -1),
    CONTAINS: (text) => text.indexOf(wanted),
    CONTAINS_WORD: (text) => wordAt(text, wanted),
  };
  const place = at[constraint];
  const verb = { EXACTLY: "exactly", STARTS_WITH: "starting with", ENDS_WITH: "ending with", CONTAINS: "containing", CONTAINS_WORD: "containing the word" }[constraint];
  return {
    hits: (text) => place(text) >= 0,
    find: (text) => {
      const offset = place(text);
      return offset < 0 ? undefined : { offset, length: wanted.length };
    },
    says: `${verb} ${JSON.stringify(wanted)}`,
  };
}

/** Patterns that cannot be read match nothing: what checks rules has refused them. */
function regexMatcher(patterns: readonly string[]): Matcher {
  const compiled = patterns.map((source) => ({ source, ...compilePattern(source) })).flatMap((each) => (each.ok ? [each] : []));
  return {
    hits: (text) => compiled.some(({ regex }) => regex.test(text)),
    find: (text) => {
      for (const { regex } of compiled) {
        const matcher = regex.matcher(text);
        if (matcher.find()) return { offset: matcher.start(), length: matcher.end() - matcher.start() };
      }
      return undefined;
    },
    says: `matching ${patterns.length === 1 ? `the pattern ${patterns[0]}` : `any of ${patterns.length} patterns`}`,
  };
}

function sizeMatcher(operator: ComparisonOperator, size: number): Matcher {
  const compare: Record<ComparisonOperator, (length: number) => boolean> = {
    EQ: (length) => length === size, NE: (length) => length !== size, LE: (length) => length <= size,
    LT: (length) => length < size, GE: (length) => length >= size, GT: (length) => length > size,
  };
  const fits = compare[operator];
  return { hits: (text) => fits(text.length), find: (text) => ({ offset: 0, length: text.length }), says: `of a size ${operator} ${size} bytes` };
}

/** Letters, digits and slashes alone are never XSS, nor SQL injection at LOW (shown in hostile.test.ts), and many values are no more. */
const moreThanWords = /[^\w/]/;

function sqliMatcher(sensitivityLevel: "LOW" | "HIGH"): Matcher {
  return {
    hits: sensitivityLevel === "LOW" ? (text) => moreThanWords.test(text) && detectSqli(text, "LOW") : (text) => detectSqli(text, "HIGH"),
    find: (text) => ({ offset: 0, length: text.length, detection: explainSqli(text, sensitivityLevel) }),
    says: `SQL injection at sensitivity ${sensitivityLevel}`,
    detail: (text) => ({ conditionType: "SQL_INJECTION", sensitivityLevel, matchedData: explainSqli(text, sensitivityLevel).matchedData }),
  };
}

const xssMatcher: Matcher = {
  hits: (text) => moreThanWords.test(text) && detectXss(text),
  find: (text) => ({ offset: 0, length: text.length, detection: explainXss(text) }),
  says: "cross-site scripting",
  detail: (text) => ({ conditionType: "XSS", matchedData: explainXss(text).matchedData }),
};

/** A pattern of a managed group: linear by its form (see managed/patterns.test.ts). */
export const patternMatcher = (pattern: RegExp): Matcher => ({
  hits: (text) => pattern.test(text),
  find: (text) => {
    const found = pattern.exec(text);
    return found ? { offset: found.index, length: found[0].length } : undefined;
  },
  says: "what the managed rule looks for",
});

/** The node of a statement that looks at a component, undefined for another kind. `patternsOf` gives the patterns of a set. */
export function componentNode(s: Statement, sources: Sources, patternsOf: (arn: string) => readonly string[]): Node | undefined {
  const { ByteMatchStatement: bytes, RegexMatchStatement: regex, RegexPatternSetReferenceStatement: set, SizeConstraintStatement: size, SqliMatchStatement: sqli, XssMatchStatement: xss } = s;
  const any = bytes ?? regex ?? set ?? size ?? sqli ?? xss;
  if (!any) return undefined;
  const source = sources.of(any.FieldToMatch, any.TextTransformations ?? []);
  if (bytes) return matchNode("ByteMatchStatement", source, byteMatcher(fromBase64(bytes.SearchString) ?? "", bytes.PositionalConstraint));
  if (regex) return matchNode("RegexMatchStatement", source, regexMatcher([regex.RegexString]));
  if (set) return matchNode("RegexPatternSetReferenceStatement", source, regexMatcher(patternsOf(set.ARN)));
  if (size) return matchNode("SizeConstraintStatement", source, sizeMatcher(size.ComparisonOperator, size.Size));
  if (sqli) return matchNode("SqliMatchStatement", source, sqliMatcher(sqli.SensitivityLevel ?? "LOW"));
  return matchNode("XssMatchStatement", source, xssMatcher);
}
