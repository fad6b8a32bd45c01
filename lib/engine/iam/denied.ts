import type { AwsError, Decision, LayerKind } from "../types";

/**
 * AWS's words for a refusal. Sources: IAM User Guide, "Troubleshoot access denied error messages" (each policy type's
 * examples); for KMS across accounts, answers quoted in public issues.
 */

const kinds: Record<LayerKind, string> = {
  ServiceControlPolicy: "service control policy",
  ResourceControlPolicy: "resource control policy",
  PermissionsBoundary: "permissions boundary",
  SessionPolicy: "session policy",
  IdentityPolicy: "identity-based policy",
  ResourcePolicy: "resource-based policy",
  Grant: "resource-based policy",
};

const article = (noun: string) => (/^[aeiou]/.test(noun) ? "an" : "a");

/** The part after the action and resource: `because no … allows the … action`, `with an explicit deny in …`. */
export function deniedReason(decision: Decision): string {
  const kind = decision.layers[decision.because.layer].kind;
  if (decision.effect === "ExplicitDeny") return `with an explicit deny in ${article(kinds[kind])} ${kinds[kind]}`;
  return `because no ${kinds[kind]} allows the ${decision.action} action`;
}

/**
 * The access-denied error of a service for a decision that is not Allow: `AccessDeniedException` (400), or
 * `AccessDenied` (403) of the Query services IAM and STS. `named` stands in for the resource where AWS does not name it.
 */
export function deniedError(decision: Decision, serviceName: string, named?: string): AwsError {
  const subject = `User: ${decision.principal} is not authorized to perform: ${decision.action}`;
  const kind = decision.layers[decision.because.layer].kind;
  const foreign = decision.crossAccount && (kind === "ResourcePolicy" || kind === "ResourceControlPolicy");
  const message =
    serviceName === "kms" && foreign
      ? `${subject} on ${named ?? "this resource"} because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`
      : `${subject} on ${named ?? `resource: ${decision.resource}`} ${deniedReason(decision)}`;
  return serviceName === "iam" || serviceName === "sts"
    ? { code: "AccessDenied", message, status: 403 }
    : { code: "AccessDeniedException", message };
}
