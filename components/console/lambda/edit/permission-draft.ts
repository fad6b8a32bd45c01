import type { JsonObject } from "@/lib/engine/types";
import { named } from "../load-functions";
import type { Subject } from "../lambda-types";

export interface PermissionDraft {
  kind: "service" | "account";
  /** A service's principal, or `other`. */
  service: string;
  principal: string;
  sourceArn: string;
  sourceAccount: string;
  sid: string;
  action: string;
}

export const emptyPermission: PermissionDraft = { kind: "service", service: "events.amazonaws.com", principal: "", sourceArn: "", sourceAccount: "", sid: "", action: "lambda:InvokeFunction" };

/** Services that invoke functions, by their principals. Source: Lambda Developer Guide, Granting function access to AWS services. */
export const serviceOptions = [
  { value: "events.amazonaws.com", label: "EventBridge", description: "events.amazonaws.com" },
  { value: "secretsmanager.amazonaws.com", label: "Secrets Manager", description: "secretsmanager.amazonaws.com" },
  { value: "sns.amazonaws.com", label: "SNS", description: "sns.amazonaws.com" },
  { value: "s3.amazonaws.com", label: "S3", description: "s3.amazonaws.com" },
  { value: "logs.amazonaws.com", label: "CloudWatch Logs", description: "logs.amazonaws.com" },
  { value: "other", label: "Other", description: "Another service, by its principal" },
];

const principalOf = ({ kind, service, principal }: PermissionDraft): string => (kind === "service" && service !== "other" ? service : principal.trim());

/** Source: Lambda API, AddPermission (StatementId). */
export function permissionProblems(draft: PermissionDraft): { sid?: string; principal?: string } {
  return {
    ...(!/^[a-zA-Z0-9-_]{1,100}$/.test(draft.sid.trim()) && { sid: "Enter a statement ID of 1 to 100 letters, digits, hyphens and underscores." }),
    ...(!principalOf(draft) && { principal: "Enter a principal." }),
  };
}

export function permissionInput(subject: Subject, draft: PermissionDraft): JsonObject {
  const ofService = draft.kind === "service";
  return {
    ...named(subject),
    StatementId: draft.sid.trim(),
    Action: draft.action,
    Principal: principalOf(draft),
    ...(ofService && draft.sourceArn.trim() && { SourceArn: draft.sourceArn.trim() }),
    ...(ofService && draft.sourceAccount.trim() && { SourceAccount: draft.sourceAccount.trim() }),
  };
}
