import { type Failure, fail } from "../errors";
import { invalid, malformedPath } from "./errors";
import { isBeneath, pathPrefix } from "./names";
import type { ParameterRow, VersionRow } from "./state";

/**
 * ParameterFilters and the older Filters. All filters must hold; of a filter's values one is enough.
 * Source: SSM API, ParameterStringFilter, ParametersFilter; texts as moto's tests have them.
 */
export interface Filter {
  Key: string;
  Option?: string;
  Values?: string[];
}

export interface Candidate {
  row: Readonly<ParameterRow>;
  /** The current version, or the one that a Label filter picked. */
  version: Readonly<VersionRow>;
}

export interface FilterSet {
  matches(candidate: Candidate): boolean;
  /** Names that can match at all, if the filters name them; saves the scan. */
  names?: string[];
  /** What every name begins with that can match, as it is stored; saves most of the scan. */
  begins?: string;
  /** A label that picks the version (GetParametersByPath). */
  label?: string;
}

const enums: Record<string, string[]> = { Type: ["String", "StringList", "SecureString"], Tier: ["Standard", "Advanced", "Intelligent-Tiering"] };
const filterValue = (message: string): Failure => fail("InvalidFilterValue", message);

/** AWS compares names without regard to the first slash. */
const slashed = (name: string): string => (name.startsWith("/") ? name : `/${name}`);

/** Errors: InvalidFilterKey, InvalidFilterOption, InvalidFilterValue, ValidationException. */
export function readFilters(filters: Filter[] | undefined, api: "describe" | "path"): FilterSet | Failure {
  const tests: ((candidate: Candidate) => boolean)[] = [];
  const set: FilterSet = { matches: (candidate) => tests.every((test) => test(candidate)) };
  const seen = new Set<string>();
  for (const { Key, Option, Values } of filters ?? []) {
    if (api === "describe" && Key === "Label") return fail("InvalidFilterKey", `The following filter key is not valid: ${Key}. Valid filter keys include: [Path, Name, Type, KeyId, Tier].`);
    if (api === "path" && !["Type", "KeyId", "Label"].includes(Key)) return fail("InvalidFilterKey", `The following filter key is not valid: ${Key}. Valid filter keys include: [Type, KeyId].`);
    if (seen.has(Key)) return fail("InvalidFilterKey", `The following filter is duplicated in the request: ${Key}. A request can contain only one occurrence of a specific filter.`);
    seen.add(Key);
    const tag = Key.startsWith("tag:") ? Key.slice("tag:".length) : undefined;
    if (!Values?.length && tag === undefined) return filterValue(`The following filter values are missing : null for filter key ${Key}.`);
    const values = Values ?? [];

    if (Key === "Path") {
      const test = pathTest(Option ?? "OneLevel", values);
      if (typeof test !== "function") return test;
      tests.push(test);
      if (values.length === 1) set.begins = wholePrefix(pathPrefix(values[0]), set.begins);
      continue;
    }
    const options = Key === "Label" ? ["Equals"] : ["BeginsWith", "Equals"];
    const option = Option ?? "Equals";
    if (!options.includes(option) && !(Key === "Name" && option === "Contains")) return fail("InvalidFilterOption", `The following filter option is not valid: ${option}. Valid options include: [${options.join(", ")}].`);
    const allowed = enums[Key];
    const wrong = allowed && option === "Equals" ? values.find((value) => !allowed.includes(value)) : undefined;
    if (wrong !== undefined) return filterValue(`The following filter value is not valid: ${wrong}. Valid values include: [${allowed.join(", ")}].`);

    if (Key === "Label") {
      if (values.length > 1) return filterValue("A filter with the key Label can have only one value."); // Unverified text.
      set.label = values[0];
      continue;
    }
    if (Key === "Name") {
      const wanted = option === "Contains" ? values : values.map(slashed);
      tests.push(({ row }) => wanted.some((value) => compare(slashed(row.Name), value, option)));
      if (option === "BeginsWith" && values.length === 1) set.begins = wholePrefix(wanted[0], set.begins);
      if (option === "Equals") set.names = wanted.flatMap((value) => [value, value.slice(1)]);
    } else if (tag !== undefined)
      tests.push(({ row }) => {
        const found = row.tags.find((entry) => entry.Key === tag);
        return !!found && (!values.length || values.some((value) => compare(found.Value, value, option)));
      });
    else tests.push(({ version }) => values.some((value) => compare(String(version[Key as "Type" | "KeyId" | "Tier" | "DataType"] ?? ""), value, option)));
  }
  return set;
}

const compare = (text: string, value: string, option: string): boolean => (option === "Equals" ? text === value : option === "BeginsWith" ? text.startsWith(value) : text.includes(value));

/**
 * The longer of two prefixes that names must all have. One that ends in the first part of a path says nothing of how a name
 * is stored: `x` and `/x` are the same to a filter, and only a name with more parts must have the first slash.
 */
function wholePrefix(prefix: string | Failure, other: string | undefined): string | undefined {
  if (typeof prefix !== "string" || prefix.indexOf("/", 1) < 0) return other;
  return other !== undefined && other.length > prefix.length ? other : prefix;
}

function pathTest(option: string, values: string[]): ((candidate: Candidate) => boolean) | Failure {
  if (option !== "Recursive" && option !== "OneLevel") return fail("InvalidFilterOption", `The following filter option is not valid: ${option}. Valid options include: [Recursive, OneLevel].`);
  const prefixes: string[] = [];
  for (const value of values) {
    if (/^\/(aws|ssm)/i.test(value) && !/^\/aws\/service(\/|$)/.test(value))
      return invalid(`Filters for common parameters can't be prefixed with "aws" or "ssm" (case-insensitive). When using global parameters, please specify within a global namespace.`);
    const prefix = pathPrefix(value);
    if (typeof prefix !== "string") return malformedPath();
    prefixes.push(prefix);
  }
  return ({ row }) => prefixes.some((prefix) => isBeneath(row.Name, prefix, option === "Recursive"));
}

/** The older Filters: a name begins with a value, a type or key id is one. Source: SSM API, ParametersFilter. */
export const fromOldFilters = (filters: { Key: string; Values: string[] }[]): Filter[] => filters.map(({ Key, Values }) => ({ Key, Option: Key === "Name" ? "BeginsWith" : "Equals", Values }));
