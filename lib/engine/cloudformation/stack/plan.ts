import { problem } from "../errors";
import type { Context, Json, JsonObject } from "../../types";
import { type ResourceRow, resourcesOf, type StackRow } from "../state";
import { printed, type Scope, unknownFrom, unknownIn } from "../template/functions";
import { type Prepared, templateOf } from "../template/prepare";
import { usesOf } from "../template/uses";
import { allTypes } from "../types";
import { canonical, differs } from "../types/type";
import { changedProperties, exists, needsReplacement } from "./resource";
import { outputValues } from "./outputs";
import { attributeOf, propertiesOf, scopeOf } from "./values";

/**
 * What an operation would do, without doing it. Source: CloudFormation API Reference, ResourceChange, ResourceChangeDetail
 * (each member's description and "Determining the entity that caused a change").
 */
export interface Plan {
  changes: Change[];
  /** Something changes, if not a resource. */
  any: boolean;
}

export interface Change {
  action: "Add" | "Modify" | "Remove";
  id: string;
  type: string;
  physicalId?: string;
  replacement?: "True" | "False" | "Conditional";
  scope: string[];
  details: Detail[];
  policyAction?: string;
  before?: JsonObject;
  after?: JsonObject;
}

export interface Detail {
  attribute: string;
  name?: string;
  recreation: "Always" | "Never";
  evaluation: "Static" | "Dynamic";
  source?: "DirectModification" | "ParameterReference" | "ResourceReference" | "ResourceAttribute";
  cause?: string;
  before?: Json;
  after?: Json;
}

/** `next`: the stack as the operation would make it, with the tags and parameters of the operation. */
export function planOf(ctx: Context, stack: Readonly<StackRow>, next: Readonly<StackRow>, prepared: Prepared): Plan {
  const rows = new Map(resourcesOf(ctx.db, stack.id).filter(exists).map((row) => [row.logicalId, row]));
  const retyped = prepared.order.filter((id) => rows.has(id) && rows.get(id)!.type !== prepared.template.Resources[id].Type);
  if (retyped.length) problem(`Update of resource type is not permitted. The new template modifies resource type of the following resources: [${retyped.join(", ")}]`);
  const planned = new Map<string, { change?: Change; changed: string[] }>();
  const scope = planScope(ctx, next, prepared, rows, planned);
  const causes = causesOf(stack, next, prepared);
  for (const id of prepared.order) {
    const after = propertiesOf(ctx, next, prepared, id, scope);
    const row = rows.get(id);
    planned.set(id, row ? modified(row, prepared, after, causes) : { change: added(id, prepared, after), changed: [] });
  }
  const removed = [...rows.values()].filter(({ logicalId }) => !prepared.order.includes(logicalId)).map(removal);
  const changes = [...[...planned.values()].flatMap(({ change }) => change ?? []), ...removed];
  const outputs = canonical(outputValues(ctx, next, prepared, { ...scope, importValue: () => "" }).map((output) => printed(output as unknown as Json)));
  const any = changes.length > 0 || outputs !== canonical(withoutImports(ctx, stack)) || differs(stack.tags, next.tags) || differs(stack.notificationArns, next.notificationArns);
  return { changes, any };
}

/** The stack's outputs by the same reckoning: imported values aside. */
function withoutImports(ctx: Context, stack: Readonly<StackRow>): Json {
  const known = templateOf(stack.template);
  return known.ok && canonical(known.value.Outputs).includes("Fn::ImportValue") ? null : (stack.outputs as unknown as Json);
}

function planScope(ctx: Context, next: Readonly<StackRow>, prepared: Prepared, rows: Map<string, ResourceRow>, planned: Map<string, { change?: Change; changed: string[] }>): Scope {
  const fresh = (id: string): boolean => !rows.has(id) || (planned.get(id)?.change?.replacement ?? "False") !== "False";
  return {
    ...scopeOf(ctx, next, prepared),
    ref: (id) => (fresh(id) ? unknownFrom(id) : rows.get(id)!.physicalId),
    attribute(id, name) {
      if (fresh(id) || planned.get(id)?.changed.includes(name.split(".")[0])) return unknownFrom(`${id}.${name}`);
      const row = rows.get(id)!;
      return attributeOf(row.type, row.attributes, name);
    },
  };
}

const added = (id: string, { template }: Prepared, after: JsonObject): Change => ({ action: "Add", id, type: template.Resources[id].Type, scope: [], details: [], after });

function removal(row: ResourceRow): Change {
  const retain = row.deletionPolicy === "Retain" || row.deletionPolicy === "RetainExceptOnCreate";
  return { action: "Remove", id: row.logicalId, type: row.type, physicalId: row.physicalId, scope: [], details: [], policyAction: retain ? "Retain" : row.deletionPolicy === "Snapshot" ? "Snapshot" : "Delete", before: row.properties };
}

// ---------------------------------------------------------------- modifications

/** Why a property differs: what in its text refers to something that changes. */
type Causes = (id: string, name: string) => { parameters: string[]; text: boolean };

function causesOf(stack: Readonly<StackRow>, next: Readonly<StackRow>, { template }: Prepared): Causes {
  const known = templateOf(stack.template);
  const old = known.ok ? known.value.Resources : {};
  const valueIn = (row: Readonly<StackRow>, name: string): unknown => row.parameters.filter(({ key }) => key === name).map(({ value, resolved }) => [value, resolved]);
  return (id, name) => {
    const expression = (template.Resources[id].Properties[name] ?? null) as Json;
    const before = (old[id]?.Properties[name] ?? null) as Json;
    const parameters = [...usesOf(expression).refs].filter((ref) => Object.hasOwn(template.Parameters, ref) && differs(valueIn(stack, ref), valueIn(next, ref)));
    return { parameters, text: differs(expression, before) };
  };
}

function modified(row: ResourceRow, { template }: Prepared, after: JsonObject, causes: Causes): { change?: Change; changed: string[] } {
  const id = row.logicalId;
  const type = allTypes.get(row.type)!;
  const changed = changedProperties(row.properties, after);
  const details: Detail[] = [];
  for (const name of changed) {
    const base = { attribute: name === "Tags" ? "Tags" : "Properties", ...(name === "Tags" ? {} : { name }), recreation: needsReplacement(type, [name]) ? ("Always" as const) : ("Never" as const), ...(row.properties[name] === undefined ? {} : { before: row.properties[name] }), ...(after[name] === undefined ? {} : { after: after[name] }) };
    const unknown = [...new Set(unknownIn(after[name] as Json | undefined))];
    const { parameters, text } = causes(id, name);
    for (const cause of parameters) details.push({ ...base, evaluation: "Static", source: "ParameterReference", cause });
    for (const cause of unknown) details.push({ ...base, evaluation: "Dynamic", source: cause.includes(".") ? "ResourceAttribute" : "ResourceReference", cause });
    if (text || (!parameters.length && !unknown.length)) details.push({ ...base, evaluation: "Static", source: "DirectModification" });
    else if (parameters.length) details.push({ ...base, evaluation: "Dynamic", source: "DirectModification" });
  }
  const { Metadata } = template.Resources[id];
  if (differs(Metadata, row.metadata)) details.push({ attribute: "Metadata", recreation: "Never", evaluation: "Static", source: "DirectModification", ...(row.metadata === undefined ? {} : { before: row.metadata }), ...(Metadata === undefined ? {} : { after: Metadata }) });
  if (!details.length) return { changed };
  const always = details.filter(({ recreation }) => recreation === "Always");
  const replacement = always.some(({ evaluation }) => evaluation === "Static") ? "True" : always.length ? "Conditional" : "False";
  const retain = row.updateReplacePolicy === "Retain";
  return {
    changed,
    change: {
      action: "Modify", id, type: row.type, physicalId: row.physicalId, replacement, details,
      scope: [...new Set(details.map(({ attribute }) => attribute))],
      ...(replacement === "False" ? {} : { policyAction: retain ? "ReplaceAndRetain" : "ReplaceAndDelete" }),
      before: row.properties,
      after,
    },
  };
}


// ---------------------------------------------------------------- as the API prints it

const text = (value: Json): string => {
  const shown = printed(value);
  return typeof shown === "object" ? JSON.stringify(shown) : String(shown);
};

const context = (properties: JsonObject): string => JSON.stringify({ Properties: printed(properties) });

/** A change as DescribeChangeSet answers it; with `values` what its properties are before and after. */
export function changeOut({ action, id, type, physicalId, replacement, scope, details, policyAction, before, after }: Change, values: boolean): JsonObject {
  return {
    Type: "Resource",
    ResourceChange: {
      ...(policyAction === undefined ? {} : { PolicyAction: policyAction }),
      Action: action,
      LogicalResourceId: id,
      ...(physicalId === undefined ? {} : { PhysicalResourceId: physicalId }),
      ResourceType: type,
      ...(replacement === undefined ? {} : { Replacement: replacement }),
      Scope: scope,
      Details: details.map((detail) => detailOut(detail, values)),
      ...(values && before ? { BeforeContext: context(before) } : {}),
      ...(values && after ? { AfterContext: context(after) } : {}),
    },
  };
}

function detailOut({ attribute, name, recreation, evaluation, source, cause, before, after }: Detail, values: boolean): JsonObject {
  return {
    Target: {
      Attribute: attribute,
      ...(name === undefined ? {} : { Name: name }),
      RequiresRecreation: recreation,
      ...(values
        ? {
            Path: attribute === "Properties" ? `/Properties/${name}` : attribute === "Tags" ? "/Properties/Tags" : `/${attribute}`,
            ...(before === undefined ? {} : { BeforeValue: text(before) }),
            ...(after === undefined ? {} : { AfterValue: text(after) }),
            AttributeChangeType: before === undefined ? "Add" : after === undefined ? "Remove" : "Modify",
          }
        : {}),
    },
    Evaluation: evaluation,
    ...(source === undefined ? {} : { ChangeSource: source }),
    ...(cause === undefined ? {} : { CausingEntity: cause }),
  };
}
