import type { ServiceModel, Shape } from "../../engine/model";
import type { Json, JsonObject } from "../../engine/types";

/**
 * A sample of a shape for `--generate-cli-skeleton`: empty text (the first value of an enum), 0, true, one member in each
 * list. `named` fills text with its member's name, as the sample of an output does.
 */
export function skeleton(model: ServiceModel, shapeName: string | undefined, named: boolean): JsonObject {
  return shapeName ? (sample(model, shapeName, "", named, []) as JsonObject) : {};
}

function sample(model: ServiceModel, shapeName: string, name: string, named: boolean, path: string[]): Json {
  const shape: Shape = model.shapes[shapeName];
  if (path.includes(shapeName)) return {};
  const inner = [...path, shapeName];
  switch (shape.type) {
    case "structure":
      return Object.fromEntries(
        Object.entries(shape.members ?? {}).map(([member, ref]) => [member, sample(model, ref.shape, member, named, inner)]),
      );
    case "list":
      return [sample(model, shape.member!.shape, shape.member!.shape, named, inner)];
    case "map":
      return { KeyName: sample(model, shape.value!.shape, shape.value!.shape, named, inner) };
    case "boolean":
      return true;
    case "integer":
    case "long":
      return 0;
    case "float":
    case "double":
      return 0.0;
    case "timestamp":
      return "1970-01-01T00:00:00";
    default:
      return named ? name : (shape.enum?.[0] ?? "");
  }
}
