import type { JsonObject } from "@/lib/engine/types";
import { sampleTemplates } from "@/content/templates/samples";
import { isStored, type Stack, type TemplateSummary } from "../cfn-types";

export interface StackDraft {
  step: number;
  /** How the template comes here; `current` is the stack's own, for updates. */
  source: "current" | "sample" | "editor";
  sample: string;
  /** As it is typed, or was uploaded. */
  template: string;
  name: string;
  /** By their keys; what is not here is as it was, or by default. */
  parameters: Record<string, string>;
  tags: { key: string; value: string }[];
  roleArn: string;
  /** What happens where a resource cannot be made. */
  onFailure: "rollback" | "keep";
  protect: boolean;
  acknowledged: boolean;
}

export const emptyStack: StackDraft = {
  step: 0,
  source: "sample",
  sample: sampleTemplates[0].id,
  template: "",
  name: "",
  parameters: {},
  tags: [],
  roleArn: "",
  onFailure: "rollback",
  protect: false,
  acknowledged: false,
};

/** What the update form begins with: the stack as it is. */
export const draftOf = (stack: Stack, template: string): StackDraft => ({
  ...emptyStack,
  source: "current",
  template,
  name: stack.StackName,
  tags: stack.Tags.map(({ Key, Value }) => ({ key: Key, value: Value })),
  roleArn: stack.RoleARN ?? "",
  onFailure: stack.DisableRollback ? "keep" : "rollback",
  protect: stack.EnableTerminationProtection ?? false,
});

/** The template's text. `current` is the stack's own. */
export const templateOf = ({ source, sample, template }: StackDraft, current = ""): string =>
  source === "current" ? current : source === "sample" ? (sampleTemplates.find(({ id }) => id === sample) ?? sampleTemplates[0]).text : template;

/** A parameter's value as it would be sent: what was entered, what the stack has, the default. Undefined: there is none. */
export function valueOf({ parameters }: StackDraft, { ParameterKey, DefaultValue, NoEcho }: TemplateSummary["Parameters"][number], stack?: Stack): string | undefined {
  if (Object.hasOwn(parameters, ParameterKey)) return parameters[ParameterKey];
  const known = stack?.Parameters?.find((one) => one.ParameterKey === ParameterKey);
  if (known) return NoEcho ? undefined : known.ParameterValue;
  return DefaultValue;
}

/** A secret that the stack has and that nobody can read stays as it is, unless another one is entered. */
export const keepsSecret = ({ parameters }: StackDraft, { ParameterKey, NoEcho }: TemplateSummary["Parameters"][number], stack?: Stack): boolean =>
  NoEcho && !Object.hasOwn(parameters, ParameterKey) && !!stack?.Parameters?.some((one) => one.ParameterKey === ParameterKey);

/** Source: CloudFormation API Reference, CreateStack (StackName). */
export function problemOfName(name: string): string | undefined {
  if (!name.trim()) return "Enter a stack name.";
  return /^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(name.trim()) ? undefined : "Begin with a letter; use letters, digits and hyphens, at most 128.";
}

/** Why the details cannot be left yet. */
export function problemOfDetails(draft: StackDraft, summary: TemplateSummary | undefined, stack?: Stack): string | undefined {
  const name = stack ? undefined : problemOfName(draft.name);
  if (name) return name;
  const missing = (summary?.Parameters ?? []).find((parameter) => valueOf(draft, parameter, stack) === undefined && !keepsSecret(draft, parameter, stack));
  return missing && `Enter a value for ${missing.ParameterKey}.`;
}

/** What CreateStack, UpdateStack and CreateChangeSet are asked, save what is theirs alone. */
export function stackInput(draft: StackDraft, summary: TemplateSummary, current: { stack?: Stack; template?: string }): JsonObject {
  const { stack, template } = current;
  const Parameters = summary.Parameters.map((parameter) => {
    const { ParameterKey } = parameter;
    return keepsSecret(draft, parameter, stack) ? { ParameterKey, UsePreviousValue: true } : { ParameterKey, ParameterValue: valueOf(draft, parameter, stack) ?? "" };
  });
  return {
    StackName: stack?.StackName ?? draft.name.trim(),
    ...(stack && draft.source === "current" ? { UsePreviousTemplate: true } : { TemplateBody: templateOf(draft, template) }),
    ...(Parameters.length && { Parameters }),
    ...((draft.tags.length || stack) && { Tags: draft.tags.map(({ key, value }) => ({ Key: key, Value: value })) }),
    ...(draft.roleArn.trim() && { RoleARN: draft.roleArn.trim() }),
    ...(summary.Capabilities?.length && { Capabilities: summary.Capabilities }),
  };
}

/** A name for a change set, as the console makes one: of the stack and the moment (ms). Source: CloudFormation API Reference, CreateChangeSet (ChangeSetName). */
export const changeSetName = (stackName: string, now: number): string => `${stackName.slice(0, 100)}-${new Date(now).toISOString().replace(/[-:.TZ]/g, "").slice(0, 14)}`;

export const storedParameters = (summary: TemplateSummary | undefined): TemplateSummary["Parameters"] => (summary?.Parameters ?? []).filter(({ ParameterType }) => isStored(ParameterType));
