import { attempt, invalid, problem } from "../errors";
import type { Failure } from "../../errors";
import { matchPattern } from "../../ssm/pattern";
import { parameterType } from "./sections";
import type { ParameterDefinition, Template } from "./template";

/** A parameter as the caller gives it. */
export interface GivenParameter {
  ParameterKey?: string;
  ParameterValue?: string;
  UsePreviousValue?: boolean;
}

/** A parameter of a stack. `resolved`: what Parameter Store had under the name that is the value. */
export interface ParameterValue {
  key: string;
  value: string;
  resolved?: string;
  noEcho?: true;
}

/** Reads names from Parameter Store for the caller: values by name; names that are not there are missing. */
export type ReadStored = (names: string[]) => { ok: true; values: Map<string, { value: string; type: string }> } | Failure;

/**
 * Values of the template's parameters: given, previous or default, held to their constraints; those that stand in Parameter
 * Store are read. Source: CloudFormation User Guide, "Parameters" and "Specify existing resources at runtime with
 * CloudFormation-supplied parameter types"; texts as the service answers them.
 */
export function parameterValues(template: Template, given: readonly GivenParameter[], previous: readonly ParameterValue[] | undefined, read: ReadStored): { ok: true; values: ParameterValue[] } | Failure {
  const definitions = template.Parameters;
  const strangers = given.map(({ ParameterKey = "" }) => ParameterKey).filter((key) => !Object.hasOwn(definitions, key));
  if (strangers.length) return invalid(`Parameters: [${strangers.join(", ")}] do not exist in the template`);
  const values: ParameterValue[] = [];
  const missing: string[] = [];
  for (const [key, definition] of Object.entries(definitions)) {
    const asked = given.findLast(({ ParameterKey }) => ParameterKey === key);
    const before = previous?.find((known) => known.key === key);
    if (asked?.UsePreviousValue && asked.ParameterValue !== undefined) return invalid(`Invalid input for parameter key ${key}. Either specify the value for the parameter or set usePreviousValue as true, but not both`);
    if (asked?.UsePreviousValue && !before) return invalid(`Invalid input for parameter key ${key}. Cannot specify usePreviousValue as true for a parameter key not in the previous template`);
    const value = asked?.UsePreviousValue ? before!.value : (asked?.ParameterValue ?? definition.Default);
    if (value === undefined) missing.push(key);
    else values.push({ key, value, ...(definition.NoEcho ? { noEcho: true as const } : {}) });
  }
  if (missing.length) return invalid(`Parameters: [${missing.join(", ")}] must have values`);
  for (const { key, value } of values) {
    const checked = attempt(() => constraint(key, value, definitions[key]));
    if (!checked.ok) return checked;
    if (checked.value !== undefined) return invalid(checked.value);
  }
  return stored(template, values, read);
}

/** What is wrong with a value, in the service's words. */
function constraint(key: string, value: string, definition: ParameterDefinition): string | undefined {
  const { AllowedValues, AllowedPattern, ConstraintDescription, MinLength, MaxLength, MinValue, MaxValue } = definition;
  const type = parameterType(definition.Type)!;
  const items = type.list && !type.stored ? value.split(",").map((item) => item.trim()) : [value];
  const say = (text: string): string => (ConstraintDescription === undefined ? text : `Parameter '${key}' failed to satisfy constraint: ${ConstraintDescription}`);
  if (type.number) {
    for (const item of items) {
      if (item.trim() === "" || !Number.isFinite(Number(item))) return `Parameter '${key}' must be a number`;
      if (MinValue !== undefined && Number(item) < MinValue) return say(`Parameter '${key}' must be a number not less than ${MinValue}`);
      if (MaxValue !== undefined && Number(item) > MaxValue) return say(`Parameter '${key}' must be a number not greater than ${MaxValue}`);
    }
  }
  if (AllowedValues && !items.every((item) => AllowedValues.includes(item))) return say(`Parameter '${key}' must be one of AllowedValues`);
  if (MinLength !== undefined && value.length < MinLength) return say(`Parameter '${key}' must contain at least ${MinLength} characters`);
  if (MaxLength !== undefined && value.length > MaxLength) return say(`Parameter '${key}' must contain at most ${MaxLength} characters`);
  if (AllowedPattern !== undefined && !items.every((item) => fits(item, AllowedPattern))) return say(`Parameter '${key}' must match pattern ${AllowedPattern}`);
  return undefined;
}

function fits(value: string, pattern: string): boolean {
  const verdict = matchPattern(`^(?:${pattern})$`, value);
  return typeof verdict === "string" ? verdict === "matches" : problem(`Template format error: AllowedPattern ${pattern} cannot be used: ${verdict.problem}`);
}

function stored(template: Template, values: ParameterValue[], read: ReadStored): { ok: true; values: ParameterValue[] } | Failure {
  const types = values.map(({ key }) => parameterType(template.Parameters[key].Type)!);
  const names = [...new Set(values.flatMap(({ value }, i) => (types[i].stored || types[i].name ? [value] : [])))];
  if (!names.length) return { ok: true, values };
  const found = read(names);
  if (!found.ok) return found;
  const absent = names.filter((name) => !found.values.has(name));
  if (absent.length) return invalid(`Unable to fetch parameters [${absent.join(",")}] from parameter store for this account.`);
  const out: ParameterValue[] = [];
  for (const [i, parameter] of values.entries()) {
    if (!types[i].stored) {
      out.push(parameter);
      continue;
    }
    const { value, type } = found.values.get(parameter.value)!;
    if (type === "SecureString") return invalid(`Parameters [${parameter.value}] referenced by template have types not supported by CloudFormation.`);
    out.push({ ...parameter, resolved: value });
  }
  return { ok: true, values: out };
}

/** Values as `Ref` gives them: lists as lists. */
export function refValues(template: Template, values: readonly ParameterValue[]): Record<string, string | string[]> {
  const out: Record<string, string | string[]> = {};
  for (const { key, value, resolved = value } of values) {
    const definition = Object.hasOwn(template.Parameters, key) ? template.Parameters[key] : undefined;
    if (definition) out[key] = parameterType(definition.Type)!.list ? resolved.split(",").map((item) => item.trim()) : resolved;
  }
  return out;
}
