import { ok } from "../../errors";
import { cfnErrors, invalid } from "../errors";
import { findStack } from "../state";
import { capabilitiesOf } from "../template/prepare";
import type { ParameterDefinition, Template } from "../template/template";
import { allTypes } from "../types";
import { about, type Input, templateIn, validateInput } from "./common";
import type { ConditionContext, JsonObject, Operation } from "../../types";

/** Source: CloudFormation API Reference, ValidateTemplate, GetTemplateSummary. */

const declared = (name: string, { Default, NoEcho = false, Description }: ParameterDefinition): JsonObject => ({
  ParameterKey: name,
  ...(Default === undefined ? {} : { DefaultValue: NoEcho ? "****" : Default }),
  NoEcho,
  ...(Description === undefined ? {} : { Description }),
});

const urlContext = (url: string | undefined): ConditionContext => (url === undefined ? {} : { "cloudformation:TemplateUrl": url });

const ValidateTemplate: Operation = {
  name: "ValidateTemplate",
  validate: validateInput,
  authorise: ({ TemplateURL }: Input) => ({ action: "cloudformation:ValidateTemplate", resource: "*", context: urlContext(TemplateURL) }),
  handle(input: Input) {
    const read = templateIn(input);
    if (!read.ok) return read;
    const { template } = read;
    return ok({
      Parameters: Object.entries(template.Parameters).map(([name, parameter]) => declared(name, parameter)),
      ...(template.Description === undefined ? {} : { Description: template.Description }),
      ...said(template),
      ...(template.transforms.length ? { DeclaredTransforms: template.transforms } : {}),
    });
  },
};

function said(template: Template): JsonObject {
  const { Capabilities, CapabilitiesReason } = capabilitiesOf(template);
  return { ...(Capabilities.length ? { Capabilities } : {}), ...(CapabilitiesReason === undefined ? {} : { CapabilitiesReason }) };
}

const GetTemplateSummary: Operation = {
  name: "GetTemplateSummary",
  validate: validateInput,
  authorise: ({ StackName, TemplateURL }: Input, ctx) => (StackName === undefined ? { action: "cloudformation:GetTemplateSummary", resource: "*", context: urlContext(TemplateURL) } : about(ctx, "GetTemplateSummary", StackName)),
  handle(input: Input, ctx) {
    if (input.StackSetName !== undefined) return cfnErrors.notSimulated("stack sets");
    const stack = input.StackName === undefined ? undefined : findStack(ctx.db, input.StackName);
    if (input.StackName !== undefined && !stack) return cfnErrors.noStackWithId(input.StackName);
    if (!stack && input.TemplateBody === undefined && input.TemplateURL === undefined) return invalid("Either StackName or TemplateBody or TemplateURL must be specified.");
    const read = templateIn(stack ? { TemplateBody: stack.template } : input);
    if (!read.ok) return read;
    const { template } = read;
    const ids: Record<string, string[]> = {};
    for (const [id, { Type }] of Object.entries(template.Resources)) (ids[Type] ??= []).push(id);
    const Parameters = Object.entries(template.Parameters).map(([name, parameter]) => ({
      ...declared(name, parameter),
      ParameterType: parameter.Type,
      ParameterConstraints: parameter.AllowedValues ? { AllowedValues: parameter.AllowedValues } : {},
    }));
    return ok({
      Parameters,
      ...(template.Description === undefined ? {} : { Description: template.Description }),
      ...said(template),
      ResourceTypes: Object.keys(ids),
      ...(template.version === undefined ? {} : { Version: template.version }),
      ...(template.Metadata === undefined ? {} : { Metadata: JSON.stringify(template.Metadata) }),
      ...(template.transforms.length ? { DeclaredTransforms: template.transforms } : {}),
      ResourceIdentifierSummaries: Object.entries(ids).map(([ResourceType, LogicalResourceIds]) => ({ ResourceType, LogicalResourceIds, ResourceIdentifiers: [allTypes.get(ResourceType)?.name?.property ?? "Id"] })),
    });
  },
};

export const templateOperations = [ValidateTemplate, GetTemplateSummary];
