import type { Json, JsonObject } from "../../types";
import { isObject } from "../template/template";
import type { Kind, Properties, ResourceType } from "./type";

/**
 * A resource's properties, held to its type: what is unknown, missing, or of another kind. Scalars take the kind that is
 * wanted, as `"true"` is a Boolean in JSON templates. Source: answers of the service quoted in public issues ("Properties
 * validation failed for resource … with message").
 */
export function checkProperties(type: ResourceType, properties: JsonObject): { ok: true; value: Properties } | { ok: false; problems: string[] } {
  const problems: string[] = [];
  const value: Properties = {};
  for (const [name, item] of Object.entries(properties)) {
    if (!Object.hasOwn(type.properties, name)) {
      problems.push(type.notSimulated?.includes(name) ? `#: Keyhole does not simulate the property [${name}] of ${type.type}` : `#: extraneous key [${name}] is not permitted`);
      continue;
    }
    const fitted = fit(item as Json, type.properties[name].replace("!", "") as Kind);
    if (fitted === undefined) problems.push(`#/${name}: expected type: ${words[type.properties[name].replace("!", "")]}, found: ${found(item as Json)}`);
    else value[name] = fitted;
  }
  for (const [name, kind] of Object.entries(type.properties)) if (kind.endsWith("!") && properties[name] === undefined) problems.push(`#: required key [${name}] not found`);
  return problems.length ? { ok: false, problems } : { ok: true, value };
}

const words: Record<string, string> = { String: "String", Number: "Integer", Boolean: "Boolean", Object: "JSONObject", List: "JSONArray", Json: "JSONObject" };

const found = (value: Json): string => (Array.isArray(value) ? "JSONArray" : isObject(value) ? "JSONObject" : typeof value === "string" ? "String" : typeof value === "boolean" ? "Boolean" : "Integer");

function fit(value: Json, kind: Kind): Json | undefined {
  switch (kind) {
    case "String":
      return typeof value === "object" ? undefined : String(value);
    case "Number":
      return typeof value === "number" ? value : typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value)) ? Number(value) : undefined;
    case "Boolean":
      return typeof value === "boolean" ? value : value === "true" || value === "True" ? true : value === "false" || value === "False" ? false : undefined;
    case "Object":
      return isObject(value) ? value : undefined;
    case "List":
      return Array.isArray(value) ? value : undefined;
    case "Json":
      return isObject(value) || typeof value === "string" ? value : undefined;
  }
}
