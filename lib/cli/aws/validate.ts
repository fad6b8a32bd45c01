import type { ServiceModel, Shape } from "../../engine/model";
import { Failure } from "./failure";
import { type Value, isMap, pythonText, pythonType } from "./python";

/**
 * Checks a request as the CLI does before it is sent: types, required members, unknown members, minima. Maxima, enums and
 * patterns are left to the service. Throws "Parameter validation failed:" (252) with all problems.
 */
export function validateInput(model: ServiceModel, shape: Shape | undefined, input: Value): void {
  const problems: string[] = [];
  if (shape) check(model, shape, input, "", problems);
  else if (isMap(input)) for (const name of Object.keys(input)) problems.push(`Unknown parameter in input: "${name}", must be one of: `);
  if (problems.length) throw new Failure("ParamValidation", `Parameter validation failed:\n${problems.join("\n")}`);
}

const label = (name: string): string => (!name ? "input" : name.startsWith(".") ? name.slice(1) : name);

function check(model: ServiceModel, shape: Shape, value: Value, name: string, problems: string[]): void {
  const wrongType = (...valid: string[]): void => {
    problems.push(
      `Invalid type for parameter ${label(name)}, value: ${pythonText(value)}, type: ${pythonType(value)}, valid types: ${valid.map((type) => `<class '${type}'>`).join(", ")}`,
    );
  };
  const minimum = (actual: number, what: "length" | "value"): void => {
    if (shape.min !== undefined && actual < shape.min)
      problems.push(`Invalid ${what} for parameter ${label(name)}, value: ${actual}, valid min ${what}: ${shape.min}`);
  };
  switch (shape.type) {
    case "structure": {
      if (!isMap(value)) return wrongType("dict");
      const members = shape.members ?? {};
      for (const required of shape.required ?? [])
        if (!Object.hasOwn(value, required)) problems.push(`Missing required parameter in ${label(name)}: "${required}"`);
      for (const key of Object.keys(value))
        if (!Object.hasOwn(members, key))
          problems.push(`Unknown parameter in ${label(name)}: "${key}", must be one of: ${Object.keys(members).join(", ")}`);
      for (const [key, one] of Object.entries(value))
        if (Object.hasOwn(members, key)) check(model, model.shapes[members[key].shape], one, `${name}.${key}`, problems);
      return;
    }
    case "map":
      if (!isMap(value)) return wrongType("dict");
      for (const [key, one] of Object.entries(value)) {
        check(model, model.shapes[shape.key!.shape], key, `${name} (key: ${key})`, problems);
        check(model, model.shapes[shape.value!.shape], one, `${name}.${key}`, problems);
      }
      return;
    case "list":
      if (!Array.isArray(value)) return wrongType("list", "tuple");
      minimum(value.length, "length");
      value.forEach((one, index) => check(model, model.shapes[shape.member!.shape], one, `${name}[${index}]`, problems));
      return;
    case "string":
      if (typeof value !== "string") return wrongType("str");
      return minimum(Array.from(value).length, "length");
    case "integer":
    case "long":
      if (typeof value !== "number" || !Number.isInteger(value)) {
        // True is a whole number in Python, and is sent as one.
        if (typeof value === "boolean") return;
        return wrongType("int");
      }
      return minimum(value, "value");
    case "float":
    case "double":
      if (typeof value !== "number") return wrongType("float", "decimal.Decimal", "int");
      return minimum(value, "value");
    case "boolean":
      if (typeof value !== "boolean") wrongType("bool");
      return;
    case "blob":
      if (typeof value !== "string" && !(value instanceof Uint8Array))
        problems.push(
          `Invalid type for parameter ${label(name)}, value: ${pythonText(value)}, type: ${pythonType(value)}, valid types: <class 'bytes'>, <class 'bytearray'>, file-like object`,
        );
      return;
    case "timestamp":
      if (timestamp(value) === undefined)
        problems.push(
          `Invalid type for parameter ${label(name)}, value: ${pythonText(value)}, type: ${pythonType(value)}, valid types: <class 'datetime.datetime'>, timestamp-string`,
        );
  }
}

/** Epoch seconds of a number, a number as text, or a date; a date without a zone is UTC. */
export function timestamp(value: Value): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return undefined;
  if (/^\s*[+-]?\d+(\.\d+)?\s*$/.test(value)) return Number(value);
  const text = value.trim();
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) && !/[A-Za-z]{3}/.test(text)) return undefined;
  const zoned = /(Z|[+-]\d{2}:?\d{2}|GMT|UTC)$/i.test(text) || !/^\d{4}-\d{2}-\d{2}/.test(text);
  const ms = Date.parse(zoned ? text : /T|\s\d/.test(text) ? `${text.replace(" ", "T")}Z` : `${text}T00:00:00Z`);
  return Number.isNaN(ms) ? undefined : ms / 1000;
}
