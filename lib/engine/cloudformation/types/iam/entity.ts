import { type Aws, differs, jsonText, type Properties, type Tag, tagChanges } from "../type";

/** What users, groups and roles have in common: inline policies, attached policies, tags, a boundary. */
export type Entity = "User" | "Group" | "Role";

interface Inline {
  PolicyName: string;
  PolicyDocument: unknown;
}

const named = (entity: Entity, name: string): Record<string, string> => ({ [`${entity}Name`]: name });

export function syncInline(aws: Aws, entity: Entity, name: string, next: Inline[] = [], previous: Inline[] = []): void {
  for (const { PolicyName } of previous) if (!next.some((policy) => policy.PolicyName === PolicyName)) aws.remove("iam", `Delete${entity}Policy`, { ...named(entity, name), PolicyName });
  for (const { PolicyName, PolicyDocument } of next) {
    const before = previous.find((policy) => policy.PolicyName === PolicyName);
    if (!before || differs(before.PolicyDocument, PolicyDocument)) aws.call("iam", `Put${entity}Policy`, { ...named(entity, name), PolicyName, PolicyDocument: jsonText(PolicyDocument) });
  }
}

export function syncManaged(aws: Aws, entity: Entity, name: string, next: string[] = [], previous: string[] = []): void {
  for (const PolicyArn of previous) if (!next.includes(PolicyArn)) aws.remove("iam", `Detach${entity}Policy`, { ...named(entity, name), PolicyArn });
  for (const PolicyArn of next) if (!previous.includes(PolicyArn)) aws.call("iam", `Attach${entity}Policy`, { ...named(entity, name), PolicyArn });
}

export function syncTags(aws: Aws, entity: "User" | "Role", name: string, next?: Tag[], previous?: Tag[]): void {
  const { add, remove } = tagChanges(next, previous);
  if (remove.length) aws.call("iam", `Untag${entity}`, { ...named(entity, name), TagKeys: remove });
  if (add.length) aws.call("iam", `Tag${entity}`, { ...named(entity, name), Tags: add as never });
}

export function syncBoundary(aws: Aws, entity: "User" | "Role", name: string, next?: string, previous?: string): void {
  if (next === previous) return;
  if (next === undefined) aws.call("iam", `Delete${entity}PermissionsBoundary`, named(entity, name));
  else aws.call("iam", `Put${entity}PermissionsBoundary`, { ...named(entity, name), PermissionsBoundary: next });
}

/** What stands in the way of a deletion, whoever put it there. */
export function strip(aws: Aws, entity: Entity, name: string): void {
  const attached = aws.find("iam", `ListAttached${entity}Policies`, named(entity, name));
  for (const { PolicyArn } of attached?.AttachedPolicies ?? []) aws.remove("iam", `Detach${entity}Policy`, { ...named(entity, name), PolicyArn });
  const inline = aws.find("iam", `List${entity}Policies`, named(entity, name));
  for (const PolicyName of inline?.PolicyNames ?? []) aws.remove("iam", `Delete${entity}Policy`, { ...named(entity, name), PolicyName });
}

/** Policies as the type's properties write them. Policies that another resource of the template put there (AWS::IAM::Policy) are not its own. */
export function readPolicies(aws: Aws, entity: Entity, name: string, { Policies }: Properties): Properties {
  const arns = (aws.call("iam", `ListAttached${entity}Policies`, named(entity, name)).AttachedPolicies as Properties[]).map(({ PolicyArn }) => PolicyArn as string);
  const own = new Set(((Policies ?? []) as Inline[]).map(({ PolicyName }) => PolicyName));
  const names = (aws.call("iam", `List${entity}Policies`, named(entity, name)).PolicyNames as string[]).filter((policy) => own.has(policy));
  const inline = names.map((PolicyName) => ({ PolicyName, PolicyDocument: documentOf(aws.call("iam", `Get${entity}Policy`, { ...named(entity, name), PolicyName }).PolicyDocument) }));
  return { ...(arns.length ? { ManagedPolicyArns: arns } : {}), ...(inline.length ? { Policies: inline } : {}) };
}

/** IAM answers documents URL-encoded. */
export function documentOf(text: string): unknown {
  try {
    return JSON.parse(decodeURIComponent(text));
  } catch {
    return text;
  }
}
