import type { ServiceModel, Shape } from "../../engine/model";
import type { Json, JsonObject } from "../../engine/types";

/** The sample of a time. A blob has none in JSON: it comes out as null. */
const epoch = "1970-01-01T00:00:00";

/**
 * A sample of a shape for `--generate-cli-skeleton`: empty text (the first value of an enum), 0, true, one member in each
 * list. `named` fills text with its member's name, as the sample of an output does.
 * Source: AWS CLI user guide, Skeletons and input files.
 */
export function skeleton(model: ServiceModel, shapeName: string | undefined, named: boolean): JsonObject {
  return shapeName ? (sample(model, shapeName, "", named, []) as JsonObject) : {};
}

function sample(model: ServiceModel, shapeName: string, name: string, named: boolean, path: string[]): Json {
  const shape: Shape = model.shapes[shapeName];
  const inner = [...path, shapeName];
  switch (shape.type) {
    case "structure":
      if (path.includes(shapeName)) return {};
      return Object.fromEntries(
        Object.entries(shape.members ?? {}).map(([member, ref]) => [member, sample(model, ref.shape, member, named, inner)]),
      );
    case "list":
      return [sample(model, shape.member!.shape, shape.member!.shape, named, inner)];
    case "map":
      return { KeyName: sample(model, shape.value!.shape, "", named, inner) };
    case "boolean":
      return true;
    case "integer":
    case "long":
      return 0;
    case "float":
    case "double":
      return 0.0;
    case "timestamp":
      return epoch;
    case "blob":
      return null;
    default:
      return named ? name : (shape.enum?.[0] ?? "");
  }
}

/**
 * `--generate-cli-skeleton yaml-input`: members in the order of the shape, each with what is known about it behind it.
 * `about` is a sentence about a member of the input itself.
 */
export function yamlSkeleton(model: ServiceModel, shapeName: string | undefined, about: (member: string) => string | undefined): string {
  if (!shapeName) return "{}\n";
  const lines = yamlStructure(model, shapeName, [], about);
  return lines.length ? `${lines.join("\n")}\n` : "{}\n";
}

function yamlStructure(model: ServiceModel, shapeName: string, path: string[], about?: (member: string) => string | undefined): string[] {
  const shape = model.shapes[shapeName];
  if (path.includes(shapeName)) return [];
  return Object.entries(shape.members ?? {}).flatMap(([member, ref], index) => {
    const inner = model.shapes[ref.shape];
    const words = [shape.required?.includes(member) ? "[REQUIRED]" : "", about?.(member) ?? "", inner.enum ? `Valid values are: ${inner.enum.join(", ")}.` : ""].filter(Boolean);
    // The first comment of a mapping stands one column further off, as the real one's does.
    const comment = words.length ? `${index ? " " : "  "}# ${words.join(" ")}` : "";
    return under(`${member}:`, comment, yamlValue(model, ref.shape, [...path, shapeName]));
  });
}

/** One line, or a block (`list` tells where its dashes stand). */
type Block = string | { lines: string[]; list: boolean };

function yamlValue(model: ServiceModel, shapeName: string, path: string[]): Block {
  const shape = model.shapes[shapeName];
  switch (shape.type) {
    case "structure": {
      const lines = yamlStructure(model, shapeName, path);
      return lines.length ? { lines, list: false } : "{}";
    }
    case "list": {
      const item = yamlValue(model, shape.member!.shape, [...path, shapeName]);
      return { list: true, lines: typeof item === "string" ? [`- ${item}`] : item.lines.map((line, index) => `${index ? "  " : "- "}${line}`) };
    }
    case "map":
      return { list: false, lines: under("KeyName:", "", yamlValue(model, shape.value!.shape, [...path, shapeName])) };
    case "blob":
      return "!!binary ''";
    case "timestamp":
      return epoch.replace("T", " ");
    case "boolean":
      return "true";
    case "integer":
    case "long":
      return "0";
    case "float":
    case "double":
      return "0.0";
    default: {
      const text = shape.enum?.[0] ?? "";
      return /^[A-Za-z][\w.:/-]*$/.test(text) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(text) ? text : `'${text.replaceAll("'", "''")}'`;
    }
  }
}

function under(head: string, comment: string, block: Block): string[] {
  if (typeof block === "string") return [`${head} ${block}${comment}`];
  return [`${head}${comment}`, ...block.lines.map((line) => (block.list ? line : `  ${line}`))];
}
