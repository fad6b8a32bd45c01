import type { ResourceChange } from "./cfn-types";

const SOURCES: Record<string, string> = {
  DirectModification: "the template",
  ParameterReference: "the parameter",
  ResourceReference: "the resource",
  ResourceAttribute: "the attribute",
};

/** What changes in a resource, a line for each property: from what to what, by what, and whether that makes a new resource. */
export function detailLines({ Action, Details, Scope }: ResourceChange): string[] {
  if (Action === "Add") return ["It is made."];
  if (Action === "Remove") return ["It is deleted."];
  // A property may have several causes: the one that names something says most.
  const byName = new Map<string, ResourceChange["Details"][number]>();
  for (const detail of Details) {
    const name = detail.Target.Name ?? detail.Target.Attribute;
    if (!byName.has(name) || (detail.CausingEntity && !byName.get(name)!.CausingEntity)) byName.set(name, detail);
  }
  const lines = [...byName].map(([name, { Target, ChangeSource, CausingEntity }]) => {
    const { BeforeValue, AfterValue } = Details.find((one) => (one.Target.Name ?? one.Target.Attribute) === name && (one.Target.BeforeValue ?? one.Target.AfterValue) !== undefined)?.Target ?? Target;
    const values = BeforeValue === undefined && AfterValue === undefined ? "" : `: ${short(BeforeValue)} → ${short(AfterValue)}`;
    const by = ChangeSource ? `, by ${SOURCES[ChangeSource] ?? ChangeSource}${CausingEntity ? ` ${CausingEntity}` : ""}` : "";
    return `${name}${values}${by}${Target.RequiresRecreation === "Always" ? "; needs a new resource" : ""}`;
  });
  return lines.length ? lines : Scope.map((each) => `${each} change`);
}

const short = (value: string | undefined): string => (value === undefined ? "nothing" : value.length > 80 ? `${value.slice(0, 79)}…` : value);
