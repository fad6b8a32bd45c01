import { keep } from "./keep";
import { isKnownKey } from "./known-keys";
import { inRange, parseIp, type IpRange } from "./ip";
import { compileGlob, matchGlob, variablesKey, type Glob, type Lookup } from "./glob";
import type { PartTrace } from "../../types";

/**
 * Condition operators. Source: IAM User Guide, "IAM JSON policy elements: Condition operators" and
 * "Set operators for multivalued context keys".
 */

/** Whether one value of the request meets the policy's values; `variables` takes what was filled in. */
interface Test {
  (value: string, lookup: Lookup, variables: Record<string, string>): boolean;
  /** Condition keys that its variables read, as written. */
  keys?: string[];
}

export interface CompiledCondition {
  operator: string;
  key: string;
  lowerKey: string;
  /** The lab says whenever this key is absent. */
  known: boolean;
  wanted: string[];
  /** Outcomes of recent comparisons, the same objects each time. */
  seen: Map<string, Map<string, PartTrace>>;
  quantifier?: "ForAllValues" | "ForAnyValue";
  ifExists: boolean;
  negated: boolean;
  kind: "compare" | "null" | "unknown";
  /** Does a value equal or fit any of the policy's values? Before negation. */
  test: Test;
  /** Null only: what is wanted is absence. */
  wantsAbsent?: boolean;
}

const globTest =
  (mode: "exact" | "plain" | "arn", ignoreCase = false) =>
  (values: string[], variables: boolean): Test => {
    const globs: Glob[] = values.map((value) => compileGlob(ignoreCase ? lowerOutsideVariables(value) : value, mode, variables));
    const compare: Test = (value, lookup, filled) => {
      const got = ignoreCase ? value.toLowerCase() : value;
      const find: Lookup = ignoreCase ? (key) => lookup(key)?.toLowerCase() : lookup;
      return globs.some((glob) => matchGlob(glob, got, find, filled));
    };
    compare.keys = globs.flatMap(({ keys }) => keys);
    return compare;
  };

const lowerOutsideVariables = (text: string) =>
  text.replace(/\$\{[^}]*\}|[^$]+|\$/g, (run) =>
    run.startsWith("${") ? run.replace(/'[^']*'/, (d) => d.toLowerCase()) : run.toLowerCase(),
  );

function parseNumber(text: string): number | undefined {
  const trimmed = text.trim();
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(trimmed) ? Number(trimmed) : undefined;
}

const isoDate = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:?\d\d)?)?)?)?$/;

/** ms since the epoch of a W3C profile ISO 8601 date or of epoch seconds. A number of four digits is a year. */
export function parseDate(text: string): number | undefined {
  const trimmed = text.trim();
  const iso = isoDate.exec(trimmed);
  if (iso) {
    const [, year, month = "01", day = "01", hour = "00", minute = "00", second = "00", fraction = "0", zone = "Z"] = iso;
    const ms = Math.floor(Number(`0.${fraction}`) * 1000);
    const at = Date.parse(
      `${year}-${month}-${day}T${hour}:${minute}:${second}.${String(ms).padStart(3, "0")}${zone.replace(/^([+-]\d\d)(\d\d)$/, "$1:$2")}`,
    );
    return Number.isNaN(at) ? undefined : at;
  }
  return /^-?\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) * 1000 : undefined;
}

const ordered =
  (parse: (text: string) => number | undefined, holds: (got: number, wanted: number) => boolean) =>
  (values: string[]): Test => {
    const numbers = values.map(parse);
    return (value) => {
      const got = parse(value);
      return got !== undefined && numbers.some((wanted) => wanted !== undefined && holds(got, wanted));
    };
  };

const ipTest = (values: string[]): Test => {
  const ranges = values.map(parseIp).filter((range): range is IpRange => range !== undefined);
  return (value) => {
    const got = parseIp(value);
    return got !== undefined && ranges.some((range) => inRange(range, got));
  };
};

const boolTest = (values: string[]): Test => {
  const wanted = values.map((value) => value.toLowerCase());
  return (value) => wanted.includes(value.toLowerCase());
};

/** Base64 with or without its padding says the same bytes. */
const binaryTest = (values: string[]): Test => {
  const bare = (text: string) => text.replace(/=+$/, "");
  const wanted = values.map(bare);
  return (value) => wanted.includes(bare(value));
};

type Maker = (values: string[], variables: boolean) => Test;

const eq = (a: number, b: number) => a === b;
const operators: Record<string, { make: Maker; negated?: true }> = {
  StringEquals: { make: globTest("exact") },
  StringNotEquals: { make: globTest("exact"), negated: true },
  StringEqualsIgnoreCase: { make: globTest("exact", true) },
  StringNotEqualsIgnoreCase: { make: globTest("exact", true), negated: true },
  StringLike: { make: globTest("plain") },
  StringNotLike: { make: globTest("plain"), negated: true },
  NumericEquals: { make: ordered(parseNumber, eq) },
  NumericNotEquals: { make: ordered(parseNumber, eq), negated: true },
  NumericLessThan: { make: ordered(parseNumber, (a, b) => a < b) },
  NumericLessThanEquals: { make: ordered(parseNumber, (a, b) => a <= b) },
  NumericGreaterThan: { make: ordered(parseNumber, (a, b) => a > b) },
  NumericGreaterThanEquals: { make: ordered(parseNumber, (a, b) => a >= b) },
  DateEquals: { make: ordered(parseDate, eq) },
  DateNotEquals: { make: ordered(parseDate, eq), negated: true },
  DateLessThan: { make: ordered(parseDate, (a, b) => a < b) },
  DateLessThanEquals: { make: ordered(parseDate, (a, b) => a <= b) },
  DateGreaterThan: { make: ordered(parseDate, (a, b) => a > b) },
  DateGreaterThanEquals: { make: ordered(parseDate, (a, b) => a >= b) },
  Bool: { make: boolTest },
  BinaryEquals: { make: binaryTest },
  IpAddress: { make: ipTest },
  NotIpAddress: { make: ipTest, negated: true },
  // ArnEquals and ArnLike behave identically: both take wildcards, segment by segment.
  ArnEquals: { make: globTest("arn") },
  ArnLike: { make: globTest("arn") },
  ArnNotEquals: { make: globTest("arn"), negated: true },
  ArnNotLike: { make: globTest("arn"), negated: true },
};

/** Operator names are compared without regard to case, as IAM does. */
const byLowerName = new Map(Object.entries(operators).map(([name, operator]) => [name.toLowerCase(), operator]));

const operatorForm = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/i;

/** Whether `operator` is one that IAM knows, with its prefix and suffix. */
export function isConditionOperator(operator: string): boolean {
  const form = operatorForm.exec(operator);
  if (!form) return false;
  const base = form[2].toLowerCase();
  return base === "null" ? !form[1] && !form[3] : byLowerName.has(base);
}

/** Reads one `operator: { key: values }` entry once. `variables`: policy version 2012-10-17. */
export function compileCondition(operator: string, key: string, values: string[], variables: boolean): CompiledCondition {
  const lowerKey = key.toLowerCase();
  const condition: CompiledCondition = {
    operator,
    key,
    lowerKey,
    known: isKnownKey(lowerKey),
    seen: new Map(),
    wanted: values,
    ifExists: false,
    negated: false,
    kind: "unknown",
    test: () => false,
  };
  const form = operatorForm.exec(operator);
  if (!form || !isConditionOperator(operator)) return condition;
  if (form[1]) condition.quantifier = form[1].toLowerCase() === "forallvalues" ? "ForAllValues" : "ForAnyValue";
  condition.ifExists = form[3] !== undefined;
  const base = form[2].toLowerCase();
  if (base === "null") {
    condition.kind = "null";
    condition.wantsAbsent = values.some((value) => value.toLowerCase() === "true");
    return condition;
  }
  const known = byLowerName.get(base)!;
  condition.kind = "compare";
  condition.negated = known.negated === true;
  condition.test = known.make(values, variables && (base.startsWith("string") || base.startsWith("arn")));
  return condition;
}

const nothing: string[] = [];

/** Compares a condition with the request's values for its key (undefined: the request has no such key). */
export function explainCondition(condition: CompiledCondition, value: string | string[] | undefined, lookup: Lookup): PartTrace {
  if (Array.isArray(value)) return explain(condition, value, lookup);
  // No value of a request holds a line feed alone: it stands for the key's absence.
  const got = value ?? "\n";
  let kept = condition.seen.get(got);
  if (!kept) keep(condition.seen, got, (kept = new Map()));
  const { keys } = condition.test;
  const variables = keys?.length ? variablesKey(keys, lookup) : "";
  return kept.get(variables) ?? keep(kept, variables, explain(condition, value, lookup));
}

function explain(condition: CompiledCondition, value: string | string[] | undefined, lookup: Lookup): PartTrace {
  const got = value === undefined ? nothing : typeof value === "string" ? [value] : value;
  const part: PartTrace = {
    part: "Condition",
    matched: false,
    wanted: condition.wanted,
    got,
    operator: condition.operator,
    key: condition.key,
  };
  if (condition.kind === "unknown" || (value === undefined && !condition.known)) {
    part.notEvaluated = true;
    return part;
  }
  const present = value !== undefined && got.length > 0;
  if (condition.kind === "null") {
    part.matched = condition.wantsAbsent ? !present : present;
    return part;
  }
  const variables: Record<string, string> = {};
  part.matched = compare(condition, got, present, lookup, variables);
  if (Object.keys(variables).length > 0) part.variables = variables;
  return part;
}

function compare(
  condition: CompiledCondition,
  got: string[],
  present: boolean,
  lookup: Lookup,
  variables: Record<string, string>,
): boolean {
  const { quantifier, negated, test, ifExists } = condition;
  // Each value of the request: does it meet the policy's list (or, negated, none of it)?
  const meets = (value: string) => test(value, lookup, variables) !== negated;
  if (!present) {
    if (ifExists || quantifier === "ForAllValues") return true;
    return quantifier === "ForAnyValue" ? false : negated;
  }
  // "A null dataset, such as an empty string", is no value. Source: IAM User Guide, "Set operators", ForAllValues.
  if (quantifier === "ForAllValues") return got.every((value) => value === "" || meets(value));
  if (quantifier === "ForAnyValue") return got.some(meets);
  return negated ? got.every(meets) : got.some(meets);
}
