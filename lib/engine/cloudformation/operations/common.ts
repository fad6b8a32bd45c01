import { parseBase64, toBase64, utf8, utf8Text } from "../../crypto/bytes";
import { fail, type Failure } from "../../errors";
import { cfnErrors, invalid } from "../errors";
import { stackArn } from "../stack/start";
import { findStack, isInProgress, type StackRow } from "../state";
import type { Template } from "../template/template";
import { templateOf } from "../template/prepare";
import { limits } from "../template/sections";
import type { ParameterValue, ReadStored } from "../template/parameters";
import type { AuthRequest, ConditionContext, Context, JsonObject } from "../../types";
import type { Tag } from "../types/type";

/** What CloudFormation's operations share. */

export type Input = Record<string, any>;

/** The question about a stack: by its ARN if it is there, else by the ARN that it would have. */
export function about(ctx: Context, action: string, nameOrId: string | undefined, context: ConditionContext = {}): AuthRequest {
  const stack = nameOrId === undefined ? undefined : findStack(ctx.db, nameOrId);
  const tags: ConditionContext = {};
  for (const { Key, Value } of stack?.tags ?? []) tags[`aws:ResourceTag/${Key}`] = Value;
  const resource = stack?.StackId ?? (nameOrId === undefined ? stackArn(ctx, "*", "*") : nameOrId.startsWith("arn:") ? nameOrId : stackArn(ctx, nameOrId, "*"));
  return { action: `cloudformation:${action}`, resource, context: { ...tags, ...context } };
}

/** What a call that brings a template and a role is asked about. Source: Service Authorization Reference, AWS CloudFormation. */
export function withTemplate(ctx: Context, action: string, { StackName, RoleARN, ResourceTypes, Tags, StackPolicyURL, TemplateURL }: Input, more: ConditionContext = {}): AuthRequest[] {
  const context: ConditionContext = { ...more };
  if (RoleARN !== undefined) context["cloudformation:RoleArn"] = RoleARN;
  if (ResourceTypes?.length) context["cloudformation:ResourceTypes"] = ResourceTypes;
  if (StackPolicyURL !== undefined) context["cloudformation:StackPolicyUrl"] = StackPolicyURL;
  if (TemplateURL !== undefined) context["cloudformation:TemplateUrl"] = TemplateURL;
  if (Tags?.length) {
    context["aws:TagKeys"] = Tags.map(({ Key }: Tag) => Key);
    for (const { Key, Value } of Tags as Tag[]) context[`aws:RequestTag/${Key}`] = Value;
  }
  return [about(ctx, action, StackName, context), ...passRole(RoleARN)];
}

export const passRole = (roleArn: string | undefined): AuthRequest[] =>
  roleArn === undefined ? [] : [{ action: "iam:PassRole", resource: roleArn, context: { "iam:PassedToService": "cloudformation.amazonaws.com" } }];

/** The template of a call, or the stack's own. */
export function templateIn({ TemplateBody, TemplateURL, UsePreviousTemplate }: Input, previous?: string): { ok: true; template: Template; text: string } | Failure {
  if (TemplateURL !== undefined) return cfnErrors.templateUrl("TemplateURL");
  const text: string | undefined = TemplateBody ?? (UsePreviousTemplate ? previous : undefined);
  if (text === undefined) return cfnErrors.noTemplate();
  const read = templateOf(text);
  return read.ok ? { ok: true, template: read.value, text } : read;
}

/** Limits that the API's shapes do not say. */
export function validateInput({ StackName, TemplateBody }: Input): Failure | undefined {
  const problems: string[] = [];
  if (typeof StackName === "string" && !StackName.startsWith("arn:")) {
    if (StackName.length > 128) problems.push(`Value '${StackName}' at 'stackName' failed to satisfy constraint: Member must have length less than or equal to 128`);
    if (!/^[a-zA-Z][-a-zA-Z0-9]*$/.test(StackName)) problems.push(`Value '${StackName}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`);
  }
  if (typeof TemplateBody === "string" && TemplateBody.length > limits.body) problems.push(`Value '${TemplateBody}' at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${limits.body}`);
  return problems.length ? invalid(`${problems.length} validation error${problems.length > 1 ? "s" : ""} detected: ${problems.join("; ")}`) : undefined;
}

/** Reads Parameter Store as the caller, ten names at a time. */
export const readStored =
  (ctx: Context): ReadStored =>
  (names) => {
    const values = new Map<string, { value: string; type: string }>();
    for (let i = 0; i < names.length; i += 10) {
      const reply = ctx.call("ssm", "GetParameters", { Names: names.slice(i, i + 10) });
      if (!reply.ok) return invalid(reply.error.message ?? reply.error.code);
      for (const { Name, Selector = "", Value, Type } of reply.output.Parameters as Record<string, string>[]) values.set(`${Name}${Selector}`, { value: Value, type: Type });
    }
    return { ok: true, values };
  };

export const capabilitiesIn = ({ Capabilities = [] }: Input): string[] => Capabilities;

/** The stack, to be updated; or why it cannot be. */
export function updatable(ctx: Context, name: string): { ok: true; stack: Readonly<StackRow> } | Failure {
  const stack = findStack(ctx.db, name);
  if (!stack || stack.status === "DELETE_COMPLETE") return cfnErrors.noStack(name);
  const fits = /^(CREATE_COMPLETE|UPDATE_COMPLETE|UPDATE_ROLLBACK_COMPLETE|UPDATE_FAILED|CREATE_FAILED)$/.test(stack.status);
  return fits && !isInProgress(stack.status) ? { ok: true, stack } : cfnErrors.cannotUpdate(stack.StackId, stack.status);
}

/** A request that was sent before with the same token: its answer again, or the refusal for another. */
export function repeated(stack: Readonly<StackRow> | undefined, token: string | undefined, what: string): "again" | Failure | undefined {
  if (token === undefined || stack?.token?.token !== token) return undefined;
  return stack.token.what === what ? "again" : cfnErrors.token(token);
}

export const parametersOut = (values: readonly ParameterValue[]): JsonObject[] =>
  values.map(({ key, value, resolved, noEcho }) => ({ ParameterKey: key, ParameterValue: noEcho ? "****" : value, ...(resolved === undefined ? {} : { ResolvedValue: resolved }) }));

export const seconds = (ms: number): number => ms / 1000;

/** A part of a list and the token of the next. Tokens are the API's own business: here the place where the list goes on. */
export function page<T>(items: readonly T[], token: string | undefined, size = 100): { ok: true; items: T[]; rest: { NextToken?: string } } | Failure {
  let from = 0;
  if (token !== undefined) {
    const bytes = parseBase64(token);
    const at = bytes && /^from (\d+)$/.exec(utf8Text(bytes) ?? "")?.[1];
    if (at === undefined) return fail("ValidationError", "Invalid token.");
    from = Number(at);
  }
  const part = items.slice(from, from + size);
  return { ok: true, items: part, rest: from + size < items.length ? { NextToken: toBase64(utf8(`from ${from + size}`)) } : {} };
}
