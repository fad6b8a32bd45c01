import type { Ask } from "../../frame/use-load";
import { tagsOut } from "../load-iam";
import { trustPolicy } from "../shared/policy-texts";

export interface RoleDraft {
  step: number;
  trusted: "service" | "account" | "custom";
  service: string;
  other: boolean;
  account: string;
  requireExternalId: boolean;
  externalId: string;
  /** As written by hand; undefined until it is. */
  custom?: string;
  policies: string[];
  boundary: string[];
  name: string;
  description: string;
  tags: { key: string; value?: string }[];
}

export const emptyRole: RoleDraft = {
  step: 0,
  trusted: "service",
  service: "",
  other: false,
  account: "",
  requireExternalId: false,
  externalId: "",
  policies: [],
  boundary: [],
  name: "",
  description: "",
  tags: [],
};

/** Services that a role can be made for here, by their principals. Source: Service Authorization Reference; each service's guide. */
export const SERVICES = [
  ["lambda", "Lambda"],
  ["ec2", "EC2"],
  ["ecs-tasks", "Elastic Container Service Task"],
  ["ssm", "Systems Manager"],
  ["events", "EventBridge"],
  ["rds", "RDS"],
  ["s3", "S3"],
  ["secretsmanager", "Secrets Manager"],
  ["cloudtrail", "CloudTrail"],
  ["codebuild", "CodeBuild"],
].map(([id, label]) => ({ value: `${id}.amazonaws.com`, label, description: `${id}.amazonaws.com` }));

/** Characters of a trust policy, blanks not counted. Source: IAM User Guide, "IAM and AWS STS quotas". */
export const TRUST_LIMIT = 2048;

/** The trust policy as it stands. */
export function trustOf(draft: RoleDraft, own: string): string {
  if (draft.trusted === "service") return trustPolicy({ kind: "service", service: draft.service });
  if (draft.trusted === "custom") return draft.custom ?? trustPolicy({ kind: "custom" });
  const account = draft.other ? draft.account.trim() : own;
  return trustPolicy({ kind: "account", account, ...(draft.requireExternalId && { externalId: draft.externalId.trim() }) });
}

/** Why the first step cannot be left yet. */
export function roleProblem(draft: RoleDraft, own: string): string | undefined {
  if (draft.trusted === "service") return draft.service ? undefined : "Choose the service that will use the role.";
  if (draft.trusted === "account") {
    if (draft.other && !/^\d{12}$/.test(draft.account.trim())) return "Enter the account's ID: 12 digits.";
    return draft.requireExternalId && !draft.externalId.trim() ? "Enter the external ID, or do not require one." : undefined;
  }
  try {
    JSON.parse(trustOf(draft, own));
    return undefined;
  } catch {
    return "Mend the JSON first: IAM would refuse it.";
  }
}

/** CreateRole, then one call for each policy. `made`: the role is there from an earlier try, and only what follows is repeated. */
export async function createRole(ask: Ask, draft: RoleDraft, own: string, onMade: () => void, made: boolean): Promise<void> {
  const RoleName = draft.name.trim();
  if (!made) {
    await ask("iam", "CreateRole", {
      RoleName,
      AssumeRolePolicyDocument: trustOf(draft, own),
      ...(draft.description && { Description: draft.description }),
      ...(draft.boundary.length && { PermissionsBoundary: draft.boundary[0] }),
      ...(draft.tags.length && { Tags: tagsOut(draft.tags) }),
    });
    onMade();
  }
  for (const PolicyArn of draft.policies) await ask("iam", "AttachRolePolicy", { RoleName, PolicyArn });
}
