import type { ServiceModel, Shape } from "../../../engine/model";

const scalars = new Set(["string", "float", "integer", "long", "boolean", "double", "blob", "timestamp"]);
export const isScalar = (shape: Shape): boolean => scalars.has(shape.type);

/** What an operation's page shows of values: types, their JSON and shorthand forms, and members. Names and limits are the model's. */

/** `"Encrypt"|"Decrypt"`, `"string"`, `true|false`, `integer`. */
function sample(shape: Shape, withEnum = true): string {
  if (shape.type === "string") return shape.enum && withEnum ? shape.enum.map((value) => `"${value}"`).join("|") : '"string"';
  return shape.type === "boolean" ? "true|false" : shape.type;
}

/** The lines of "JSON Syntax"; a shape within itself is named once more and then left out. */
export function jsonSyntax(model: ServiceModel, shapeName: string, stack: string[] = []): string[] {
  const shape = model.shapes[shapeName];
  if (isScalar(shape)) return [sample(shape)];
  if (stack.filter((one) => one === shapeName).length > 1) return shape.type === "structure" ? ["{ ... recursive ... }"] : [];
  const inner = [...stack, shapeName];
  const deeper = (lines: string[]): string[] => lines.map((line) => `  ${line}`);
  if (shape.type === "list") {
    const member = shape.member!.shape;
    if (isScalar(model.shapes[member])) return [`[${sample(model.shapes[member])}, ...]`];
    return ["[", ...deeper([...jsonSyntax(model, member, inner), "..."]), "]"];
  }
  if (shape.type === "map") {
    const [first, ...rest] = jsonSyntax(model, shape.value!.shape, inner);
    return [`{${sample(model.shapes[shape.key!.shape])}: ${first ?? ""}`, ...deeper([...rest, "..."]).map((line, index, all) => (index === all.length - 1 ? `${line}}` : line))];
  }
  const entries = Object.entries(shape.members ?? {});
  const body = entries.flatMap(([name, ref], index) => {
    const lines = jsonSyntax(model, ref.shape, inner);
    const [first = "", ...rest] = lines;
    const all = [`"${name}": ${first}`, ...rest];
    if (index < entries.length - 1) all[all.length - 1] += ",";
    return all;
  });
  return ["{", ...deeper(body), "}"];
}

class TooDeep extends Error {}

/** The text of "Shorthand Syntax"; undefined where shorthand cannot be used or is not worth writing. */
export function shorthandSyntax(model: ServiceModel, shape: Shape): string | undefined {
  const members = Object.entries(shape.members ?? {});
  if (shape.type === "structure" && members.length === 1 && members[0][0] === "Value" && model.shapes[members[0][1].shape].type === "string") return undefined;
  const complex = (one: Shape): boolean => !isScalar(one);
  if (shape.type === "list" && !complex(model.shapes[shape.member!.shape])) return undefined;
  if (!complex(shape)) return undefined;
  try {
    return shape.type === "list" ? `${short(model, model.shapes[shape.member!.shape], [])} ...` : short(model, shape, []);
  } catch (error) {
    if (error instanceof TooDeep) return undefined;
    throw error;
  }
}

function short(model: ServiceModel, shape: Shape, stack: string[]): string {
  if (stack.length > 3) throw new TooDeep();
  const within = (name: string): string => short(model, model.shapes[name], [...stack, name]);
  if (shape.type === "structure") {
    const parts = Object.entries(shape.members ?? {}).map(([name, ref]) => (stack.includes(ref.shape) ? "( ... recursive ... )" : `${name}=${within(ref.shape)}`));
    return stack.length ? `{${parts.join(",")}}` : parts.join(",");
  }
  if (shape.type === "list") {
    const one = within(shape.member!.shape);
    return !isScalar(model.shapes[shape.member!.shape]) || stack.length > 1 ? `[${one},${one}]` : `${one},${one}`;
  }
  if (shape.type === "map") {
    const one = within(shape.value!.shape);
    const text = `KeyName1=${one},KeyName2=${one}`;
    if (stack.length) return `{${text}}`;
    const names = model.shapes[shape.key!.shape].enum;
    return names ? [text, "", "Where valid key names are:", ...names.map((name) => `  ${name}`)].join("\n") : text;
  }
  return shape.type;
}

/** `"string" "string" ...`, and the values that count. For lists of plain values. */
export function listSyntax(member: Shape): string[] {
  const one = sample(member, false);
  return [`${one} ${one} ...`, ...(member.enum ? ["", "Where valid values are:", ...member.enum.map((value) => `  ${value}`)] : [])];
}

/** `min: 1`, `max: 2048`, `pattern: …`: what AWS checks. */
export const constraints = ({ min, max, pattern, type }: Shape): string[] => [
  ...(min !== undefined ? [`min: ${min}`] : []),
  ...(max !== undefined ? [`max: ${max}`] : []),
  ...(pattern !== undefined && type === "string" ? [`pattern: ${pattern}`] : []),
];
