import { toBase64, utf8 } from "../../crypto/bytes";
import { problem, TemplateProblem } from "../errors";
import type { Json, JsonObject } from "../../types";
import { cidrBlocks } from "./cidr";
import { splitAttribute } from "./read";
import { functionOf, isObject } from "./template";

/**
 * Evaluates what stands in a template: `Ref` and the `Fn::` functions. Sources: CloudFormation Template Reference,
 * "Intrinsic function reference", each function's page; texts as the service answers them.
 */

/** What a value may refer to. */
export interface Scope {
  /** Values of the template's parameters, lists as lists. */
  parameters: Record<string, string | string[]>;
  mappings: Record<string, Record<string, Record<string, Json>>>;
  conditions: Record<string, boolean>;
  /** `AWS::Region` and its like; undefined for what is no pseudo parameter. */
  pseudo: Record<string, Json>;
  /** Value of `Ref` to a resource; undefined where there is none. */
  ref(id: string): Json | undefined;
  attribute(id: string, name: string): Json;
  importValue(name: string): Json;
  /** The language extensions' transform is declared. */
  extensions: boolean;
}

// ---------------------------------------------------------------- what is not known yet

/**
 * Stands for a value that only exists once a resource does: change sets are computed before. `from` names what it depends on
 * (`Key`, `Key.Arn`). The member's name cannot be in a template.
 */
const UNKNOWN = "\u0000unknown";
export const unknownFrom = (...from: string[]): JsonObject => ({ [UNKNOWN]: from });

/** Everything that is not known within a value, by what it depends on; empty if all is known. */
export function unknownIn(value: Json | undefined): string[] {
  if (Array.isArray(value)) return value.flatMap(unknownIn);
  if (!isObject(value)) return [];
  if (Object.hasOwn(value, UNKNOWN)) return value[UNKNOWN] as string[];
  return Object.values(value).flatMap(unknownIn);
}

/** The value as a change set prints it. */
export function printed(value: Json): Json {
  if (Array.isArray(value)) return value.map(printed);
  if (!isObject(value)) return value;
  if (Object.hasOwn(value, UNKNOWN)) return "{{changeSet:KNOWN_AFTER_APPLY}}";
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, printed(item as Json)]));
}

// ---------------------------------------------------------------- evaluation

/** `AWS::NoValue`: the member or item that has it goes. */
const NONE: JsonObject = { "\u0000none": true };
const isNone = (value: Json): boolean => value === NONE;

/** The value with all its functions evaluated; undefined for `AWS::NoValue`. */
export function evaluate(value: Json, scope: Scope): Json | undefined {
  const out = value_(value, scope);
  return isNone(out) ? undefined : out;
}

function value_(value: Json, scope: Scope): Json {
  if (Array.isArray(value)) return value.map((item) => value_(item, scope)).filter((item) => !isNone(item));
  if (!isObject(value)) return value;
  const call = functionOf(value);
  // `Condition` is a function in conditions alone: policies have members of that name.
  if (call && call.name !== "Condition") {
    const done = Object.hasOwn(functions, call.name) ? functions[call.name](call.argument, scope) : unknownFunction(call.name);
    return done;
  }
  const out: JsonObject = {};
  for (const [name, item] of Object.entries(value)) {
    const done = value_(item as Json, scope);
    if (!isNone(done)) out[name] = done;
  }
  return out;
}

function unknownFunction(name: string): never {
  if (name === "Fn::Transform" || name.startsWith("Fn::ForEach")) throw new TemplateProblem(`Keyhole does not simulate ${name.split("::").slice(0, 2).join("::")}.`, "NotSimulated");
  return problem(`Template error: Encountered unsupported function: ${name}`);
}

type Apply = (argument: Json, scope: Scope) => Json;

/** Text of a scalar, as functions join it. */
const isScalar = (value: Json): value is string | number | boolean => typeof value === "string" || typeof value === "number" || typeof value === "boolean";

/** The function's value, unless one of its arguments is not known yet: then neither is it. */
function known(args: Json, work: () => Json): Json {
  const from = unknownIn(args);
  return from.length ? unknownFrom(...new Set(from)) : work();
}

const functions: Record<string, Apply> = {
  Ref(argument, scope) {
    if (typeof argument !== "string") return problem("Template error: every Ref object must have a single String value.");
    if (argument === "AWS::NoValue") return NONE;
    if (Object.hasOwn(scope.pseudo, argument)) return scope.pseudo[argument];
    if (Object.hasOwn(scope.parameters, argument)) return scope.parameters[argument];
    return scope.ref(argument) ?? problem(`Template format error: Unresolved resource dependencies [${argument}] in the Resources block of the template`);
  },

  "Fn::GetAtt"(argument, scope) {
    const [id, name, ...more] = typeof argument === "string" ? splitAttribute(argument) : Array.isArray(argument) ? argument : [];
    const attribute = name === undefined ? undefined : value_(name, scope);
    if (typeof id !== "string" || !id || typeof attribute !== "string" || !attribute || more.length) return problem("Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute");
    return scope.attribute(id, attribute);
  },

  "Fn::Join"(argument, scope) {
    const wrong = "Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.";
    if (!Array.isArray(argument) || argument.length !== 2 || typeof argument[0] !== "string") return problem(wrong);
    const [delimiter] = argument;
    const list = value_(argument[1], scope);
    return known(list, () => {
      if (!Array.isArray(list) || !list.every(isScalar)) return problem(wrong);
      return list.join(delimiter as string);
    });
  },

  "Fn::Split"(argument, scope) {
    const wrong = "Template error: every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.";
    if (!Array.isArray(argument) || argument.length !== 2 || typeof argument[0] !== "string" || !argument[0]) return problem(wrong);
    const text = value_(argument[1], scope);
    return known(text, () => (isScalar(text) ? String(text).split(argument[0] as string) : problem(wrong)));
  },

  "Fn::Select"(argument, scope) {
    const wrong = "Template error: Fn::Select requires a list argument with two elements: an integer index and a list";
    if (!Array.isArray(argument) || argument.length !== 2) return problem(wrong);
    const index = value_(argument[0], scope);
    const list = value_(argument[1], scope);
    return known([index, Array.isArray(list) ? null : list], () => {
      if (!isScalar(index) || !/^\d+$/.test(String(index)) || !Array.isArray(list)) return problem(wrong);
      return list[Number(index)] ?? problem(`Template error: Fn::Select cannot select nonexistent value at index ${index}`);
    });
  },

  "Fn::Sub"(argument, scope) {
    const wrong = "Template error: One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string";
    const [text, map = {}, ...more] = Array.isArray(argument) ? argument : [argument];
    if (typeof text !== "string" || !isObject(map) || more.length || (Array.isArray(argument) && argument.length < 2)) return problem(wrong);
    const own: Record<string, Json> = {};
    for (const [name, item] of Object.entries(map)) own[name] = value_(item as Json, scope);
    const from: string[] = [];
    const out = text.replace(variable, (whole, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      const value = Object.hasOwn(own, name) ? own[name] : substituted(name.trim(), scope);
      const missing = unknownIn(value);
      if (missing.length) {
        from.push(...missing);
        return whole;
      }
      if (!isScalar(value)) return Array.isArray(value) && value.every(isScalar) && !Object.hasOwn(own, name) ? value.join(",") : problem(wrong);
      return String(value);
    });
    return from.length ? unknownFrom(...new Set(from)) : out;
  },

  "Fn::If"(argument, scope) {
    if (!Array.isArray(argument) || argument.length !== 3 || typeof argument[0] !== "string") return problem("Template error: Fn::If requires a list argument with the first element being a condition");
    const [name, yes, no] = argument as [string, Json, Json];
    if (!Object.hasOwn(scope.conditions, name)) return problem(`Template error: unresolved condition dependency ${name} in Fn::If`);
    return value_(scope.conditions[name] ? yes : no, scope);
  },

  "Fn::FindInMap"(argument, scope) {
    if (!Array.isArray(argument) || argument.length < 3 || argument.length > (scope.extensions ? 4 : 3)) return problem("Template error: every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value");
    const [map, key, attribute] = argument.slice(0, 3).map((item) => value_(item, scope));
    const otherwise = argument[3];
    return known([map, key, attribute], () => {
      if (!isScalar(map) || !isScalar(key) || !isScalar(attribute)) return problem("Template error: every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value");
      const table = Object.hasOwn(scope.mappings, map as string) ? scope.mappings[map as string] : undefined;
      const row = table && Object.hasOwn(table, String(key)) ? table[String(key)] : undefined;
      if (row && Object.hasOwn(row, String(attribute))) return row[String(attribute)];
      if (isObject(otherwise) && otherwise.DefaultValue !== undefined) return value_(otherwise.DefaultValue as Json, scope);
      return problem(table ? `Template error: Unable to get mapping for ${map}::${key}::${attribute}` : `Template error: Mapping named '${map}' is not present in the 'Mappings' section of template.`);
    });
  },

  "Fn::Base64"(argument, scope) {
    const text = value_(argument, scope);
    return known(text, () => (isScalar(text) ? toBase64(utf8(String(text))) : problem("Template error: every Fn::Base64 object must have a String-typed value.")));
  },

  "Fn::ImportValue"(argument, scope) {
    const name = value_(argument, scope);
    if (unknownIn(name).length || typeof name !== "string") return problem("Template error: the attribute in Fn::ImportValue must not depend on any resources, imported values, or Fn::GetAZs");
    return scope.importValue(name);
  },

  "Fn::GetAZs"(argument, scope) {
    const region = value_(argument, scope);
    if (typeof region !== "string") return problem("Template error: every Fn::GetAZs object must have a String value.");
    return ["a", "b", "c"].map((zone) => `${region || String(scope.pseudo["AWS::Region"])}${zone}`);
  },

  "Fn::Cidr"(argument, scope) {
    if (!Array.isArray(argument) || argument.length < 2 || argument.length > 3) return problem("Template error: every Fn::Cidr object requires two or three parameters, (1) an ipBlock, (2) a count and (3) the cidrBits");
    const args = argument.map((item) => value_(item, scope));
    return known(args, () => cidrBlocks(args[0], args[1], args[2] ?? 8));
  },

  "Fn::Length"(argument, scope) {
    if (!scope.extensions) return unknownFunction("Fn::Length");
    const list = value_(argument, scope);
    return known(Array.isArray(list) ? null : list, () => (Array.isArray(list) ? list.length : problem("Template error: Fn::Length requires a list")));
  },

  "Fn::ToJsonString"(argument, scope) {
    if (!scope.extensions) return unknownFunction("Fn::ToJsonString");
    const value = value_(argument, scope);
    return known(value, () => (typeof value === "object" ? JSON.stringify(value) : problem("Template error: Fn::ToJsonString requires an object or a list")));
  },

  "Fn::And": (argument, scope) => boolean("Fn::And", argument, scope),
  "Fn::Or": (argument, scope) => boolean("Fn::Or", argument, scope),
  "Fn::Not": (argument, scope) => boolean("Fn::Not", argument, scope),
  "Fn::Equals": (argument, scope) => boolean("Fn::Equals", argument, scope),
};

/** Conditions' own functions have no place in properties. */
const boolean = (name: string, _argument: Json, _scope: Scope): never => problem(`Template error: ${name} can only be used in the Conditions section of a template`);

/** `${Name}`, `${Name.Attribute}`, and `${!Literal}`. */
const variable = /\$\{(!?)([^}]*)\}/g;

/** Names that a text refers to by `${…}`. */
export const variablesIn = (text: string): string[] => [...text.matchAll(variable)].flatMap(([, literal, name]) => (literal ? [] : [name.trim()]));

function substituted(name: string, scope: Scope): Json {
  if (!/^[A-Za-z0-9_.:]+$/.test(name)) return problem("Template error: variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons");
  if (!name.includes(".")) return functions.Ref(name, scope);
  return functions["Fn::GetAtt"](name, scope);
}
