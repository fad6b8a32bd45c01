import type { ConditionContext, JsonObject } from "@/lib/engine/types";
import type { Identity } from "./identities";

export interface ContextRow {
  key: string;
  /** Several values are separated by commas where the key has several. */
  value: string;
}

export interface TestForm {
  /** ARN of the identity. */
  identity: string;
  action: string;
  resource: string;
  context: ContextRow[];
}

export const emptyTest: TestForm = { identity: "", action: "", resource: "*", context: [] };

/** Why it cannot be asked yet, by field. */
export function testProblems({ identity, action, resource }: TestForm): Partial<Record<keyof TestForm, string>> {
  return {
    ...(!identity && { identity: "Choose who calls." }),
    ...(!/^[A-Za-z0-9-]+:[A-Za-z0-9]+$/.test(action.trim()) && { action: "An action is a service, a colon and a name: kms:Decrypt." }),
    ...(resource.trim() !== "*" && !/^arn:aws[\w-]*:[^:]*:[^:]*:[^:]*:.+/.test(resource.trim()) && { resource: "Enter an ARN, or * where the action names no resource." }),
  };
}

/** Condition keys by name. `isMany` tells keys that have several values. Lines without a key are left out. */
export function contextOf(rows: readonly ContextRow[], isMany: (key: string) => boolean): ConditionContext {
  const context: ConditionContext = {};
  for (const { key, value } of rows) {
    const name = key.trim();
    if (name) context[name] = isMany(name) ? value.split(",").map((part) => part.trim()) : value;
  }
  return context;
}

const contextType = (value: string | string[]) => (Array.isArray(value) ? "stringList" : "string");

/**
 * Input of SimulatePrincipalPolicy. A resource policy can be given for a user alone: AWS takes no role as CallerArn.
 * Source: IAM API, SimulatePrincipalPolicy (CallerArn, ResourcePolicy).
 */
export function simulationInput(form: TestForm, identity: Identity, context: ConditionContext, resourcePolicy?: string, resourceOwner?: string): JsonObject {
  return {
    PolicySourceArn: identity.arn,
    ActionNames: [form.action.trim()],
    ResourceArns: [form.resource.trim()],
    ...(Object.keys(context).length && {
      ContextEntries: Object.entries(context).map(([ContextKeyName, value]) => ({
        ContextKeyName,
        ContextKeyValues: [value].flat(),
        ContextKeyType: contextType(value),
      })),
    }),
    ...(resourcePolicy !== undefined && identity.kind === "IAM user" && { ResourcePolicy: resourcePolicy, CallerArn: identity.arn }),
    ...(resourcePolicy !== undefined && identity.kind === "IAM user" && resourceOwner && { ResourceOwner: `arn:aws:iam::${resourceOwner}:root` }),
  };
}

/** Why IAM's simulator cannot be asked about this identity; undefined when it can. */
export function notSimulated(identity: Identity, account: string): string | undefined {
  if (identity.kind === "root user") return "IAM's simulator takes users, groups and roles, not the root user.";
  if (identity.account !== account) return `IAM's simulator takes identities of one's own account; this one belongs to ${identity.account}.`;
  return undefined;
}
