import { problem } from "../errors";
import type { Json } from "../../types";
import { variablesIn } from "./functions";
import { splitAttribute } from "./read";
import { functionOf, isObject, type Template } from "./template";

/** What a value refers to. */
export interface Uses {
  /** Names in `Ref` and `${Name}`: parameters, pseudo parameters, resources. */
  refs: Set<string>;
  /** `Key.Arn` in `Fn::GetAtt` and `${Key.Arn}`. */
  attributes: Set<string>;
}

/** What a value refers to; where the conditions are known, only in the branches that are taken. */
export function usesOf(value: Json, conditions?: Record<string, boolean>, uses: Uses = { refs: new Set(), attributes: new Set() }): Uses {
  if (Array.isArray(value)) for (const item of value) usesOf(item, conditions, uses);
  if (!isObject(value)) return uses;
  const call = functionOf(value);
  const { name, argument } = call ?? {};
  if (name === "Ref" && typeof argument === "string") uses.refs.add(argument);
  else if (name === "Fn::GetAtt") {
    const [id, attribute] = typeof argument === "string" ? splitAttribute(argument) : Array.isArray(argument) ? argument : [];
    if (typeof id === "string") uses.attributes.add(typeof attribute === "string" ? `${id}.${attribute}` : id);
    if (isObject(attribute)) usesOf(attribute, conditions, uses);
  } else if (name === "Fn::Sub") {
    const [text, map] = Array.isArray(argument) ? argument : [argument];
    const own = isObject(map) ? map : {};
    if (typeof text === "string") for (const variable of variablesIn(text)) if (!Object.hasOwn(own, variable)) (variable.includes(".") ? uses.attributes : uses.refs).add(variable);
    usesOf(own, conditions, uses);
  } else if (name === "Fn::If" && Array.isArray(argument) && typeof argument[0] === "string" && conditions && Object.hasOwn(conditions, argument[0])) usesOf(argument[conditions[argument[0]] ? 1 : 2] ?? "", conditions, uses);
  else for (const item of Object.values(value)) usesOf(item as Json, conditions, uses);
  return uses;
}

/** Logical ids that a value needs, of resources. */
export const resourcesIn = ({ refs, attributes }: Uses): string[] => [...refs, ...[...attributes].map((attribute) => splitAttribute(attribute)[0])];

/** Which resources stand in the template, by its conditions. */
export const present = (template: Template, conditions: Record<string, boolean>): string[] =>
  Object.keys(template.Resources).filter((id) => {
    const { Condition } = template.Resources[id];
    return Condition === undefined || conditions[Condition];
  });

/** What each resource waits for: references, `DependsOn`. Of resources that conditions leave out there is nothing to wait for. */
export function dependencies(template: Template, conditions: Record<string, boolean>): Record<string, string[]> {
  const there = new Set(present(template, conditions));
  const out: Record<string, string[]> = {};
  for (const id of there) {
    const { Properties, DependsOn } = template.Resources[id];
    out[id] = [...new Set([...resourcesIn(usesOf(Properties, conditions)), ...DependsOn])].filter((other) => there.has(other));
  }
  return out;
}

/** Resources in an order in which each comes after what it needs; otherwise as in the template. */
export function inOrder(needs: Record<string, string[]>): string[] {
  const order: string[] = [];
  const done = new Set<string>();
  let left = Object.keys(needs);
  while (left.length) {
    const ready = left.filter((id) => needs[id].every((other) => done.has(other)));
    if (!ready.length) return problem(`Circular dependency between resources: [${left.filter((id) => reaches(needs, id, id)).join(", ")}]`);
    for (const id of ready) done.add(id);
    order.push(...ready);
    left = left.filter((id) => !done.has(id));
  }
  return order;
}

function reaches(needs: Record<string, string[]>, from: string, to: string): boolean {
  const seen = new Set<string>();
  const open = [...needs[from]];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === to) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...needs[id]);
  }
  return false;
}

/**
 * Whether all that the template names is in it. Texts as the service answers them.
 */
export function checkNames(template: Template, pseudo: Record<string, Json>): void {
  const { Parameters, Resources, Outputs, Conditions } = template;
  const known = (name: string): boolean => Object.hasOwn(Parameters, name) || Object.hasOwn(pseudo, name) || name === "AWS::NoValue";
  const missing = (value: Json): string[] => {
    const { refs, attributes } = usesOf(value);
    return [...[...refs].filter((name) => !known(name) && !Object.hasOwn(Resources, name)), ...[...attributes].map((name) => splitAttribute(name)[0]).filter((id) => !Object.hasOwn(Resources, id))];
  };
  const unresolved = (names: string[], block: string): void => void (names.length && problem(`Template format error: Unresolved resource dependencies [${[...new Set(names)].join(", ")}] in the ${block} block of the template`));
  for (const value of Object.values(Conditions)) {
    const { refs, attributes } = usesOf(value);
    const wrong = [...[...refs].filter((name) => !known(name)), ...[...attributes].map((name) => splitAttribute(name)[0])];
    if (wrong.length) problem(`Template format error: Unresolved dependencies [${wrong.join(", ")}]. Cannot reference resources in the Conditions block of the template`);
  }
  for (const { Properties, DependsOn, Condition } of Object.values(Resources)) {
    unresolved([...missing(Properties), ...DependsOn.filter((id) => !Object.hasOwn(Resources, id))], "Resources");
    if (Condition !== undefined && !Object.hasOwn(Conditions, Condition)) problem(`Template format error: Unresolved condition dependency ${Condition} in the Resources block of the template`);
  }
  for (const { Value, Export, Condition } of Object.values(Outputs)) {
    unresolved([...missing(Value), ...missing(Export ?? "")], "Outputs");
    if (Condition !== undefined && !Object.hasOwn(Conditions, Condition)) problem(`Template format error: Unresolved condition dependency ${Condition} in the Outputs block of the template`);
  }
}
