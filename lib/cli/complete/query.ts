import type { ServiceModel } from "../../engine/model";

/**
 * Members that may come next in a `--query` expression, each as the whole expression would then read. Follows plain paths
 * (`Keys[].KeyId`, `KeyMetadata.`); within functions, filters and multiselects the last path alone cannot be placed, and
 * nothing is offered.
 */
export function queryNames(model: ServiceModel, outputShape: string | undefined, typed: string): string[] {
  const path = /^((?:[A-Za-z_]\w*(?:\[(?:\d*|-\d+|\*|\d*:\d*)\])*\.)*)([A-Za-z_]\w*)?$/.exec(typed);
  if (!path || !outputShape) return [];
  let shape = model.shapes[outputShape];
  for (const step of path[1].split(".").filter(Boolean)) {
    const [name, ...indexes] = step.split("[");
    const ref = Object.hasOwn(shape.members ?? {}, name) ? shape.members![name] : undefined;
    if (!ref) return [];
    shape = model.shapes[ref.shape];
    for (let depth = 0; depth < indexes.length; depth++) {
      if (shape.type !== "list") return [];
      shape = model.shapes[shape.member!.shape];
    }
  }
  return Object.entries(shape.members ?? {}).map(([name, ref]) => `${path[1]}${name}${model.shapes[ref.shape].type === "list" ? "[]" : ""}`);
}

/** `Key=a,Va` → `Key=a,Value=`: members of a structure that are not given yet, and values of its enums. */
export function shorthandNames(model: ServiceModel, shapeName: string, typed: string): string[] {
  const outer = model.shapes[shapeName];
  const shape = outer.type === "list" ? model.shapes[outer.member!.shape] : outer;
  if (shape.type !== "structure" || /[[{'"]/.test(typed)) return [];
  const comma = typed.lastIndexOf(",") + 1;
  const before = typed.slice(0, comma);
  const last = typed.slice(comma);
  const equals = last.indexOf("=");
  const members = shape.members ?? {};
  if (equals < 0) {
    const given = new Set(before.split(",").map((part) => part.split("=")[0]));
    return Object.keys(members)
      .filter((name) => !given.has(name))
      .map((name) => `${before}${name}=`);
  }
  const name = last.slice(0, equals);
  const values = Object.hasOwn(members, name) ? (model.shapes[members[name].shape].enum ?? []) : [];
  return values.map((value) => `${before}${name}=${value}`);
}
