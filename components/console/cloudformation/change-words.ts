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
  const lines = new Map<string, string>();
  for (const { Target, ChangeSource, CausingEntity } of Details) {
    const name = Target.Name ?? Target.Attribute;
    const values = Target.BeforeValue === undefined && Target.AfterValue === undefined ? "" : `: ${short(Target.BeforeValue)} → ${short(Target.AfterValue)}`;
    const by = ChangeSource ? `, by ${SOURCES[ChangeSource] ?? ChangeSource}${CausingEntity ? ` ${CausingEntity}` : ""}` : "";
    const anew = Target.RequiresRecreation === "Always" ? "; needs a new resource" : "";
    // One property may be named by several causes: the one with values says most.
    if (!lines.has(name) || values) lines.set(name, `${name}${values}${by}${anew}`);
  }
  return lines.size ? [...lines.values()] : Scope.map((each) => `${each} change`);
}

const short = (value: string | undefined): string => (value === undefined ? "nothing" : value.length > 80 ? `${value.slice(0, 79)}…` : value);
