import type { Json, JsonObject } from "../../types";
import { type Fields, type Matcher, type Pattern, compile, fold } from "./compile";
import { addressOf } from "./ip";
import { millionths } from "./numbers";
import { fits } from "./wildcard";

/**
 * Whether an event fits a pattern, and why. Fields of one list must come from the same member of it: of
 * `{"people": {"first": ["Anna"], "last": ["Jones"]}}` both from one person.
 * Sources: EventBridge User Guide, Creating Amazon EventBridge event patterns, Comparison operators for use in event patterns;
 * github.com/aws/event-ruler, JSON Array Matching.
 */

/** A field of a pattern, beside what the event has there. */
export interface FieldTrace {
  path: string;
  /** What it may be: one of these, as JSON. */
  wanted: string[];
  /** The event's values there, as JSON; none where it has no such field. At most `mostShown` of them. */
  got: string[];
  matched: boolean;
  /** A value fits, but only in another member of a list than the other fields'. */
  elsewhere?: boolean;
}

export interface MatchTrace {
  matched: boolean;
  /** One for each branch that `$or` makes; the one that matched alone, or all that did not. */
  branches: { matched: boolean; fields: FieldTrace[] }[];
}

type Leaf = null | boolean | number | string;

/** A part of an event in which values belong together: the event itself, or a member of a list that is an object or a list. */
interface Scope {
  /** Values of their own, by path. */
  values: Map<string, Leaf[]>;
  /** Lists in it, each with its members. */
  lists: Scope[][];
}

/** Nothing deeper is looked at: EventBridge reads events as deep as this. Source: EventBridge API, PutEvents. */
const deepest = 1_000;

function scopeOf(event: JsonObject): Scope {
  const scope: Scope = { values: new Map(), lists: [] };
  into(scope, event, "", 0);
  return scope;
}

function into(scope: Scope, value: Json, path: string, depth: number): void {
  if (depth > deepest) return;
  if (Array.isArray(value)) {
    const members: Scope[] = [];
    for (const item of value) {
      if (typeof item !== "object" || item === null) {
        into(scope, item, path, depth + 1);
        continue;
      }
      const member: Scope = { values: new Map(), lists: [] };
      into(member, item, path, depth + 1);
      members.push(member);
    }
    if (members.length) scope.lists.push(members);
  } else if (typeof value === "object" && value !== null) {
    for (const name of Object.keys(value)) {
      const item = value[name];
      if (item !== undefined) into(scope, item, path === "" ? name : `${path}.${name}`, depth + 1);
    }
  } else {
    const known = scope.values.get(path);
    if (known) known.push(value);
    else scope.values.set(path, [value]);
  }
}

// ---------------------------------------------------------------- values

const textOf = (value: Leaf): string => JSON.stringify(value);

function valueFits(matcher: Matcher, value: Leaf): boolean {
  switch (matcher.kind) {
    case "exact":
      return textOf(value) === matcher.text;
    case "number":
      return typeof value === "number" && (textOf(value) === matcher.text || (matcher.value !== undefined && millionths(textOf(value)) === matcher.value));
    case "prefix":
    case "suffix": {
      if (typeof value !== "string") return false;
      const text = matcher.anyCase ? fold(value) : value;
      return matcher.kind === "prefix" ? text.startsWith(matcher.text) : text.endsWith(matcher.text);
    }
    case "any-case":
      return typeof value === "string" && fold(value) === matcher.text;
    case "wildcard":
      return typeof value === "string" && fits(value, matcher.pieces);
    case "range": {
      const number = typeof value === "number" ? millionths(textOf(value)) : undefined;
      if (number === undefined) return false;
      const { low = -Infinity, high = Infinity, lowOpen, highOpen } = matcher;
      return (lowOpen ? number > low : number >= low) && (highOpen ? number < high : number <= high);
    }
    case "addresses": {
      const address = typeof value === "string" ? addressOf(value) : undefined;
      return address?.bits === matcher.bits && address.value >= matcher.low && address.value <= matcher.high;
    }
    case "exists":
      return matcher.wanted;
    case "but":
      return !matcher.not.some((not) => valueFits(not, value));
  }
}

const anyFits = (matchers: readonly Matcher[], values: readonly Leaf[] = []): boolean => values.some((value) => matchers.some((matcher) => valueFits(matcher, value)));

/** Whether it is enough that the event has no such field. */
const mayBeAbsent = (matchers: readonly Matcher[]): boolean => matchers.some((matcher) => matcher.kind === "exists" && !matcher.wanted);

// ---------------------------------------------------------------- events

/** Every value under a path, wherever it stands. */
function everywhere(scope: Scope, path: string, out: Leaf[] = []): Leaf[] {
  out.push(...(scope.values.get(path) ?? []));
  for (const members of scope.lists) for (const member of members) everywhere(member, path, out);
  return out;
}

/**
 * Which of these fields a scope satisfies: by values of its own, and of each list by those of one member. Of a list's members
 * the one counts that satisfies most; lists have fields of their own, so that is the best choice for all.
 */
function satisfied(scope: Scope, fields: ReadonlyMap<string, Matcher[]>): Set<string> {
  const out = new Set<string>();
  const rest = new Map<string, Matcher[]>();
  for (const [path, matchers] of fields) {
    if (anyFits(matchers, scope.values.get(path))) out.add(path);
    else rest.set(path, matchers);
  }
  for (const members of scope.lists) {
    if (!rest.size) break;
    let best = new Set<string>();
    for (const member of members) {
      const found = satisfied(member, rest);
      if (found.size > best.size) best = found;
      if (best.size === rest.size) break;
    }
    for (const path of best) {
      out.add(path);
      rest.delete(path);
    }
  }
  return out;
}

function branchFits(scope: Scope, fields: Fields): boolean {
  const present = new Map<string, Matcher[]>();
  for (const [path, matchers] of fields) {
    if (mayBeAbsent(matchers) && !everywhere(scope, path).length) continue;
    present.set(path, matchers);
  }
  return satisfied(scope, present).size === present.size;
}

/** Whether the event, as JSON, fits. */
export function matches(pattern: Pattern, event: JsonObject): boolean {
  const scope = scopeOf(event);
  return pattern.branches.some((fields) => branchFits(scope, fields));
}

/** Of a field with more values these are shown, and of a value so many characters. */
export const mostShown = 8;
const longest = 200;
/** Of a pattern with more branches these are explained. */
const mostBranches = 8;

const shownValue = (value: Leaf): string => {
  const text = textOf(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
};

function branchTrace(scope: Scope, fields: Fields): { matched: boolean; fields: FieldTrace[] } {
  const matched = branchFits(scope, fields);
  const together = matched ? undefined : satisfied(scope, fields);
  return {
    matched,
    fields: [...fields].map(([path, matchers]) => {
      const values = everywhere(scope, path);
      const alone = values.length ? anyFits(matchers, values) : mayBeAbsent(matchers);
      const elsewhere = alone && values.length > 0 && together !== undefined && !together.has(path);
      const trace: FieldTrace = { path, wanted: matchers.map(({ written }) => written), got: values.slice(0, mostShown).map(shownValue), matched: alone && !elsewhere };
      if (elsewhere) trace.elsewhere = true;
      return trace;
    }),
  };
}

/** The answer with its reasons. */
export function explain(pattern: Pattern, event: JsonObject): MatchTrace {
  const scope = scopeOf(event);
  const hit = pattern.branches.find((fields) => branchFits(scope, fields));
  return { matched: hit !== undefined, branches: (hit ? [hit] : pattern.branches.slice(0, mostBranches)).map((fields) => branchTrace(scope, fields)) };
}

/** Whether a pattern, as text, could fit an event whose fields have one of these values each: the other fields are left aside. */
export function couldBe(source: string, values: Readonly<Record<string, readonly string[]>>): boolean {
  const compiled = compile(source);
  return compiled.ok && compiled.pattern.branches.some((fields) =>
    Object.entries(values).every(([path, possible]) => {
      const matchers = fields.get(path);
      return !matchers || possible.some((value) => anyFits(matchers, [value]));
    }),
  );
}
