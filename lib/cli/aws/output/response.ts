import type { ServiceModel, Shape } from "../../../engine/model";
import type { Json, JsonObject } from "../../../engine/types";
import { define, parseJson } from "../python";
import { type TimeStyle, formatTime } from "./time";

/**
 * A reply as the CLI shows it: members in the order of the output's shape, none that the shape does not know, no nulls,
 * times as text.
 */
export function shapeOutput(model: ServiceModel, shapeName: string | undefined, output: JsonObject, style: TimeStyle): JsonObject {
  if (!shapeName) return {};
  return walk(model, model.shapes[shapeName], output, style) as JsonObject;
}

function walk(model: ServiceModel, shape: Shape, value: Json, style: TimeStyle): Json {
  if (value === null) return null;
  switch (shape.type) {
    case "structure": {
      const out: JsonObject = {};
      for (const [name, ref] of Object.entries(shape.members ?? {})) {
        const member = (value as JsonObject)[name];
        if (member === undefined || member === null || !Object.hasOwn(value as JsonObject, name)) continue;
        out[name] =
          ref.shape === policyShape && model.metadata.serviceId === "IAM"
            ? policyDocument(member)
            : walk(model, model.shapes[ref.shape], member, style);
      }
      return out;
    }
    case "map": {
      const out: JsonObject = {};
      for (const [name, member] of Object.entries(value as JsonObject))
        if (member !== undefined) define<Json | undefined>(out, name, walk(model, model.shapes[shape.value!.shape], member, style));
      return out;
    }
    case "list":
      return (value as Json[]).map((member) => walk(model, model.shapes[shape.member!.shape], member, style));
    case "timestamp": {
      if (typeof value !== "number") return value;
      // The Query protocol carries times as text in UTC, the JSON protocols as numbers in no zone.
      if (model.metadata.protocol === "query")
        return style.wire
          ? formatTime(value, { ...style, zone: "UTC" }).replace("+00:00", "Z")
          : formatTime(value, { ...style, zone: "UTC" });
      return style.wire ? value : formatTime(value, style);
    }
    default:
      return value;
  }
}

/** IAM sends policies percent-encoded; the CLI shows them as JSON. Source: IAM API, GetUserPolicy (RFC 3986 encoding). */
const policyShape = "policyDocumentType";

function policyDocument(member: Json): Json {
  try {
    return parseJson(decodeURIComponent(String(member))) as Json;
  } catch {
    return member;
  }
}
