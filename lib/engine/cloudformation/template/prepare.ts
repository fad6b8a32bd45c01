import { attempt, cfnErrors, invalid, problem, TemplateProblem } from "../errors";
import type { Failure } from "../../errors";
import type { Json } from "../../types";
import { allTypes, checkType } from "../types";
import { conditionValues } from "./conditions";
import { mostReferences, referencesIn } from "./dynamic";
import type { Scope } from "./functions";
import { refValues, type ParameterValue } from "./parameters";
import { readTemplate } from "./read";
import { sectionsOf } from "./sections";
import { languageExtensions, type Template } from "./template";
import { checkNames, dependencies, inOrder, present, resourcesIn, usesOf } from "./uses";

/** Where a stack is. */
export interface Place {
  account: string;
  region: string;
  StackName: string;
  StackId: string;
  notificationArns?: string[];
}

/** Source: CloudFormation Template Reference, "Pseudo parameters reference". */
export function pseudoParameters({ account, region, StackName, StackId, notificationArns = [] }: Place): Record<string, Json> {
  return {
    "AWS::AccountId": account,
    "AWS::NotificationARNs": notificationArns,
    "AWS::Partition": "aws",
    "AWS::Region": region,
    "AWS::StackId": StackId,
    "AWS::StackName": StackName,
    "AWS::URLSuffix": "amazonaws.com",
  };
}

const nowhere: Place = { account: "", region: "", StackName: "", StackId: "" };

/** Templates of late, read and checked. They are read, never changed. */
const kept = new Map<string, Template>();

/** A template, read, in its form, and with all names in it; or why it is none. */
export function templateOf(text: string): { ok: true; value: Template } | Failure {
  const known = kept.get(text);
  if (known) return { ok: true, value: known };
  const made = attempt(() => {
    const raw = readTemplate(text);
    const template = sectionsOf(raw);
    checkTypes(template);
    checkNames(template, pseudoParameters(nowhere));
    checkReferences(template);
    inOrder(possible(template));
    return template;
  });
  if (!made.ok) return made;
  if (kept.size >= 16) kept.delete(kept.keys().next().value!);
  kept.set(text, made.value);
  return made;
}

function checkTypes(template: Template): void {
  const unknown: string[] = [];
  for (const { Type } of Object.values(template.Resources)) {
    const known = checkType(Type);
    if (known === "not-simulated") throw new TemplateProblem(`Keyhole does not simulate the resource type ${Type}. AWS has this type; this lab does not.`, "NotSimulated");
    if (known === "unknown" && !unknown.includes(Type)) unknown.push(Type);
  }
  if (unknown.length) problem(`Template format error: Unrecognized resource types: [${unknown.join(", ")}]`);
}

/** Dependencies whatever the conditions say. */
function possible(template: Template): Record<string, string[]> {
  const out: Record<string, string[]> = {};
  for (const [id, { Properties, DependsOn }] of Object.entries(template.Resources)) out[id] = [...new Set([...resourcesIn(usesOf(Properties)), ...DependsOn])].filter((other) => Object.hasOwn(template.Resources, other));
  // What only a condition could join is looked at when the conditions are known.
  return Object.keys(template.Conditions).length ? {} : out;
}

/** Secure strings may stand in some properties only, and a template has a limited number of references. */
function checkReferences(template: Template): void {
  let count = 0;
  const refused: string[] = [];
  for (const { Type, Properties } of Object.values(template.Resources)) {
    for (const { reference, path } of referencesIn(Properties)) {
      count++;
      if (reference.service === "ssm-secure" && !allTypes.get(Type)?.secure?.includes(path)) refused.push(`${Type}/Properties${path}`);
    }
  }
  if (refused.length) problem(`SSM Secure reference is not supported in: [${refused.join(", ")}]`);
  if (count > mostReferences) problem(`Template error: the template contains ${count} dynamic references; at most ${mostReferences} are allowed`);
}

/** A template with everything that is known before there are resources. */
export interface Prepared {
  template: Template;
  text: string;
  parameters: ParameterValue[];
  conditions: Record<string, boolean>;
  /** Logical ids that are present, each after what it needs. */
  order: string[];
  needs: Record<string, string[]>;
}

/** Conditions and order of a template with these values. */
export function prepare(template: Template, text: string, parameters: ParameterValue[], place: Place): { ok: true; value: Prepared } | Failure {
  return attempt(() => {
    const base = baseScope(template, parameters, place);
    const conditions = conditionValues(template, base);
    checkPresent(template, conditions);
    const needs = dependencies(template, conditions);
    return { template, text, parameters, conditions, order: inOrder(needs), needs };
  });
}

/** A scope without resources. */
export function baseScope(template: Template, parameters: ParameterValue[], place: Place): Omit<Scope, "conditions"> {
  return {
    parameters: refValues(template, parameters),
    mappings: template.Mappings,
    pseudo: pseudoParameters(place),
    extensions: template.transforms.includes(languageExtensions),
    ref: () => undefined,
    attribute: (id) => problem(`Template error: instance of Fn::GetAtt references undefined resource ${id}`),
    importValue: (name) => problem(`No export named ${name} found.`),
  };
}

/** Resources that conditions leave out may be named in branches only that are not taken. */
function checkPresent(template: Template, conditions: Record<string, boolean>): void {
  const there = new Set(present(template, conditions));
  const absent = (value: Json): string[] => resourcesIn(usesOf(value, conditions)).filter((id) => Object.hasOwn(template.Resources, id) && !there.has(id));
  const refuse = (names: string[], block: string): void => void (names.length && problem(`Template format error: Unresolved resource dependencies [${[...new Set(names)].join(", ")}] in the ${block} block of the template`));
  for (const id of there) refuse(absent(template.Resources[id].Properties), "Resources");
  for (const { Value, Condition, Export = "" } of Object.values(template.Outputs)) if (Condition === undefined || conditions[Condition]) refuse(absent([Value, Export]), "Outputs");
}

// ---------------------------------------------------------------- capabilities

/** What a template asks the caller to acknowledge. Source: CloudFormation API Reference, CreateStack (Capabilities). */
export function capabilitiesOf(template: Template): { Capabilities: string[]; CapabilitiesReason?: string } {
  const iam = Object.values(template.Resources).filter(({ Type }) => Type.startsWith("AWS::IAM::"));
  const Capabilities: string[] = [];
  if (iam.length) {
    const named = iam.some(({ Type, Properties }) => allTypes.get(Type)?.name !== undefined && Properties[allTypes.get(Type)!.name!.property] !== undefined);
    Capabilities.push(named ? "CAPABILITY_NAMED_IAM" : "CAPABILITY_IAM");
  }
  if (template.transforms.length) Capabilities.push("CAPABILITY_AUTO_EXPAND");
  if (!Capabilities.length) return { Capabilities };
  const types = [...new Set(iam.map(({ Type }) => Type))];
  return { Capabilities, ...(types.length ? { CapabilitiesReason: `The following resource(s) require capabilities: [${types.join(", ")}]` } : {}) };
}

/** The refusal for capabilities that were not given. */
export function missingCapabilities(template: Template, given: readonly string[]): Failure | undefined {
  const missing = capabilitiesOf(template).Capabilities.filter((name) => !given.includes(name) && !(name === "CAPABILITY_IAM" && given.includes("CAPABILITY_NAMED_IAM")));
  return missing.length ? cfnErrors.capabilities(missing) : undefined;
}

/** The refusal for types that the call did not allow (`ResourceTypes`). */
export function typesNotAllowed(template: Template, allowed: readonly string[] | undefined): Failure | undefined {
  if (!allowed?.length) return undefined;
  const fits = (type: string): boolean => allowed.some((pattern) => (pattern.endsWith("*") ? type.startsWith(pattern.slice(0, -1)) : pattern === type));
  const wrong = Object.values(template.Resources).find(({ Type }) => !fits(Type));
  return wrong && invalid(`Resource type ${wrong.Type} is not allowed by parameter ResourceTypes [${allowed.join(", ")}]`);
}


