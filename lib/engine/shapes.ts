import { base64Length, isBase64 } from "./crypto/bytes";
import type { Json, JsonObject } from "./types";
import type { LeanModel, Shape } from "./model";

/**
 * Checks an input against the API's own shapes, as AWS's front ends do before anything else.
 *
 * `malformed` is a wrong JSON type (AWS: SerializationException). `problems` are the constraint texts that AWS joins
 * into "N validation errors detected: …". `value` is the input with the model's members only: nulls and unknown
 * members are dropped, as AWS drops them.
 *
 * A plain value that breaks a rule within a list or a map is not pointed at: AWS shows the whole list, and all rules of
 * its members.
 * Source: answers recorded from AWS (facts: "Shape validation text"); for lists and maps answers quoted in public, as
 * github.com/aws-actions/amazon-ecr-login/issues/225 (list), EventBridge's `inputPathsMap` (map keys).
 */
export interface ShapeCheck {
  value: JsonObject;
  problems: string[];
  malformed?: string;
  /** How many structures are around what is being looked at. */
  depth?: number;
}

export function checkShape(model: LeanModel, shapeName: string | undefined, input: Json | undefined): ShapeCheck {
  const check: ShapeCheck = { value: {}, problems: [] };
  if (!shapeName) return check;
  if (input !== undefined && input !== null && !isObject(input)) check.malformed = Array.isArray(input) ? unexpected.list : "Unexpected token in the request";
  else check.value = structure(model, model.shapes[shapeName], (input ?? {}) as JsonObject, "", check, false) as JsonObject;
  return check;
}

/** "2 validation errors detected: A; B" */
export const problemText = (problems: string[]): string =>
  `${problems.length} validation error${problems.length === 1 ? "" : "s"} detected: ${problems.join("; ")}`;

/** Statements of AWS WAF hold statements: a request may nest them as deep as it is long, and no reader goes down so far. */
const deepest = 500;

const unexpected = {
  list: "Start of list found where not expected",
  structure: "Start of structure or map found where not expected.",
};

const isObject = (value: Json | undefined): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value);
const lowerFirst = (name: string): string => name[0].toLowerCase() + name.slice(1);
const join = (path: string, name: string): string => (path ? `${path}.${name}` : name);

function structure(model: LeanModel, shape: Shape, input: JsonObject, path: string, check: ShapeCheck, sensitive: boolean): JsonObject {
  const out: JsonObject = {};
  for (const name of shape.required ?? [])
    if (!Object.hasOwn(input, name) || input[name] === null || input[name] === undefined)
      check.problems.push(`Value null at '${join(path, lowerFirst(name))}' failed to satisfy constraint: Member must not be null`);
  const members = shape.members ?? {};
  for (const name of Object.keys(input)) {
    const ref = Object.hasOwn(members, name) ? members[name] : undefined;
    const given = input[name];
    if (!ref || given === null || given === undefined) continue;
    out[name] = value(model, model.shapes[ref.shape], given, join(path, lowerFirst(name)), check, sensitive || !!ref.sensitive);
  }
  return out;
}

function value(model: LeanModel, shape: Shape, given: Json, path: string, check: ShapeCheck, inherited: boolean): Json {
  const sensitive = inherited || !!shape.sensitive;
  switch (shape.type) {
    case "structure":
      if (isObject(given)) {
        const depth = (check.depth ?? 0) + 1;
        if (depth > deepest) return malformed(check, given, `Structures are nested more than ${deepest} deep`);
        check.depth = depth;
        const out = structure(model, shape, given, path, check, sensitive);
        check.depth = depth - 1;
        return out;
      }
      return malformed(check, given, Array.isArray(given) ? unexpected.list : "Unexpected token in the request");
    case "list": {
      if (!Array.isArray(given)) return malformed(check, given, isObject(given) ? unexpected.structure : "Expected list or null");
      if (outOfBounds(shape, given.length)) bounds(check, shape, given.length, "length", path, sensitive ? undefined : javaText(given));
      const member = model.shapes[shape.member!.shape];
      if (isPlain(member)) {
        const wrong = given.some((item) => item === null || broken(member, item));
        const out = given.map((item) => (item === null ? null : value(model, member, item, path, new Quiet(check), sensitive)));
        const missing = given.includes(null);
        if (wrong) check.problems.push(`${valueAt(path, sensitive || member.sensitive ? undefined : javaText(given))} failed to satisfy constraint: Member must satisfy constraint: [${[...rules(member), ...(missing ? ["Member must not be null"] : [])].join(", ")}]`);
        return out;
      }
      return given.map((item, i) =>
        item === null ? nullItem(check, `${path}.${i + 1}.member`) : value(model, member, item, `${path}.${i + 1}.member`, check, sensitive),
      );
    }
    case "map": {
      if (!isObject(given)) return malformed(check, given, Array.isArray(given) ? unexpected.list : "Expected map or null");
      const entries = Object.entries(given).filter((entry): entry is [string, Json] => entry[1] !== undefined && entry[1] !== null);
      if (outOfBounds(shape, entries.length)) bounds(check, shape, entries.length, "length", path, sensitive ? undefined : javaText(given));
      const keyShape = model.shapes[shape.key!.shape];
      const valueShape = model.shapes[shape.value!.shape];
      // A map's keys are the caller's: `__proto__` must stay a key.
      const out: JsonObject = Object.create(null);
      const plain = isPlain(valueShape);
      const inner = plain ? new Quiet(check) : check;
      for (const [key, item] of entries) out[key] = value(model, valueShape, item, plain ? path : `${path}.${key}.member`, inner, sensitive);
      const wrongKey = entries.some(([key]) => broken(keyShape, key));
      const wrongValue = plain && entries.some(([, item]) => broken(valueShape, item));
      // What is wrong is told with the whole map, which is put into words only then.
      if (!wrongKey && !wrongValue) return out;
      const shown = valueAt(path, sensitive || keyShape.sensitive || valueShape.sensitive ? undefined : javaText(given));
      if (wrongKey) check.problems.push(`${shown} failed to satisfy constraint: Map keys must satisfy constraint: [${rules(keyShape).join(", ")}]`);
      if (wrongValue) check.problems.push(`${shown} failed to satisfy constraint: Map value must satisfy constraint: [${rules(valueShape).join(", ")}]`);
      return out;
    }
    case "string":
      if (typeof given !== "string") return malformed(check, given, `${javaType(given)} can not be converted to a String`);
      text(check, shape, given, path, sensitive);
      return given;
    case "blob":
      if (typeof given !== "string") return malformed(check, given, `${javaType(given)} can not be converted to a Blob`);
      if (!isBase64(given)) return malformed(check, given, "Failed to decode base64 string");
      bounds(check, shape, base64Length(given), "length", path, undefined);
      return given;
    case "integer":
    case "long":
      if (typeof given !== "number" || !Number.isFinite(given)) return malformed(check, given, `${javaType(given)} can not be converted to ${shape.type === "long" ? "a Long" : "an Integer"}`);
      bounds(check, shape, Math.trunc(given), "value", path, sensitive ? undefined : String(given));
      return Math.trunc(given);
    case "float":
    case "double":
      if (typeof given !== "number") return malformed(check, given, `${javaType(given)} can not be converted to a Double`);
      bounds(check, shape, given, "value", path, sensitive ? undefined : String(given));
      return given;
    case "boolean":
      if (typeof given !== "boolean") return malformed(check, given, `${javaType(given)} can not be converted to a Boolean`);
      return given;
    case "timestamp": {
      const seconds = typeof given === "number" ? given : typeof given === "string" ? Date.parse(given) / 1000 : NaN;
      if (!Number.isFinite(seconds)) return malformed(check, given, `${javaType(given)} can not be converted to milliseconds since epoch`);
      return seconds;
    }
  }
}

function malformed(check: ShapeCheck, given: Json, message: string): Json {
  check.malformed ??= message;
  return given;
}

function nullItem(check: ShapeCheck, path: string): null {
  check.problems.push(`Value null at '${path}' failed to satisfy constraint: Member must not be null`);
  return null;
}

const valueAt = (path: string, shown: string | undefined): string => (shown === undefined ? `Value at '${path}'` : `Value '${shown}' at '${path}'`);

const outOfBounds = ({ min, max }: Shape, size: number): boolean => (max !== undefined && size > max) || (min !== undefined && size < min);

function bounds(check: ShapeCheck, shape: Shape, size: number, of: "length" | "value", path: string, shown: string | undefined): void {
  const { min, max } = shape;
  if (max !== undefined && size > max)
    check.problems.push(`${valueAt(path, shown)} failed to satisfy constraint: Member must have ${of} less than or equal to ${max}`);
  if (min !== undefined && size < min)
    check.problems.push(`${valueAt(path, shown)} failed to satisfy constraint: Member must have ${of} greater than or equal to ${min}`);
}

const plainTypes = new Set(["string", "integer", "long", "float", "double", "boolean"]);
const isPlain = (shape: Shape): boolean => plainTypes.has(shape.type);

/** Keeps what is malformed, and drops the problems: the list or map tells them at once. */
class Quiet implements ShapeCheck {
  value = {};
  problems: string[] = [];
  constructor(private readonly check: ShapeCheck) {}
  get malformed(): string | undefined {
    return this.check.malformed;
  }
  set malformed(what: string | undefined) {
    this.check.malformed = what;
  }
}

/** Whether a plain value breaks one of its shape's rules. */
function broken(shape: Shape, given: Json): boolean {
  if (shape.min === undefined && shape.max === undefined && shape.pattern === undefined && !shape.enum) return false;
  const check: ShapeCheck = { value: {}, problems: [] };
  if (shape.type === "string" && typeof given === "string") text(check, shape, given, "", true);
  else if (typeof given === "number") bounds(check, shape, given, "value", "", undefined);
  return check.problems.length > 0;
}

/** All rules of a plain shape, in the order in which AWS names them. */
function rules({ type, min, max, pattern, enum: values }: Shape): string[] {
  const size = type === "string" ? "length" : "value";
  const out: string[] = [];
  if (max !== undefined) out.push(`Member must have ${size} less than or equal to ${max}`);
  if (min !== undefined) out.push(`Member must have ${size} greater than or equal to ${min}`);
  if (pattern !== undefined) out.push(`Member must satisfy regular expression pattern: ${pattern}`);
  if (values) out.push(`Member must satisfy enum value set: ${enumSet(values)}`);
  return out;
}

/** AWS names the values in an order of its own; where an answer shows it, it is here. */
const enumOrders: Record<string, string> = { "String, StringList, SecureString": "SecureString, StringList, String" };
function enumSet(values: string[]): string {
  const text = values.join(", ");
  return `[${enumOrders[text] ?? text}]`;
}

function text(check: ShapeCheck, shape: Shape, given: string, path: string, sensitive: boolean): void {
  const shown = sensitive ? undefined : given;
  if (shape.enum && !shape.enum.includes(given))
    check.problems.push(`${valueAt(path, shown)} failed to satisfy constraint: Member must satisfy enum value set: ${enumSet(shape.enum)}`);
  bounds(check, shape, given.length, "length", path, shown);
  // Some patterns are quadratic; no value that is over its length needs a second reason.
  if (shape.pattern && (shape.max === undefined || given.length <= shape.max) && !regex(shape.pattern).test(given))
    check.problems.push(`${valueAt(path, shown)} failed to satisfy constraint: Member must satisfy regular expression pattern: ${shape.pattern}`);
}

const compiled = new Map<string, RegExp>();

/** The model's patterns are Java's; those that JavaScript cannot read in either mode accept everything. */
function regex(pattern: string): RegExp {
  let found = compiled.get(pattern);
  if (found) return found;
  try {
    found = new RegExp(`^(?:${pattern})$`, /\\p\{|\\x\{/.test(pattern) ? "u" : "");
  } catch {
    try {
      // Unicode mode refuses escapes that Java allows: `\-`, `\_`, `\:`, `\=`, `\@`, `\ `.
      found = new RegExp(`^(?:${pattern.replace(/\\([_:=@\s'"#%&~,;<>!])/g, "$1")})$`, "u");
    } catch {
      found = /[\s\S]*/;
    }
  }
  compiled.set(pattern, found);
  return found;
}

const javaType = (given: Json): string =>
  given === true ? "TRUE_VALUE" : given === false ? "FALSE_VALUE" : typeof given === "number" ? "NUMBER_VALUE" : typeof given === "string" ? "STRING_VALUE" : Array.isArray(given) ? "START_ARRAY" : "START_OBJECT";

/** As Java prints lists and maps: `[a, b]`, `{a=1}`; structures in lists keep their member names. */
function javaText(given: Json): string {
  if (Array.isArray(given)) return `[${given.map(javaText).join(", ")}]`;
  if (isObject(given)) return `{${Object.entries(given).map(([key, item]) => `${key}=${javaText(item as Json)}`).join(", ")}}`;
  return String(given);
}
