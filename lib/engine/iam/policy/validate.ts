import { readPolicy } from "./grammar";
import type { PolicyStatement } from "../../types";

/**
 * Why a service would not take a policy document, in AWS's words.
 * Sources: IAM User Guide, "Grammar of the IAM JSON policy language"; texts of `MalformedPolicyDocument` as IAM returns
 * them (moto's tests that were run against AWS, public issues).
 */

export type PolicyKind = "identity" | "session" | "trust" | "resource" | "service-control" | "resource-control";

const statements = (one: PolicyStatement["Action"]): string[] => (one === undefined ? [] : [one].flat());

const isEmptyList = (value: unknown) => Array.isArray(value) && value.length === 0;

const stsAction = /^sts:(assumerole|assumerolewithsaml|assumerolewithwebidentity|tagsession|setsourceidentity|setcontext|\*)$/i;

function actionProblem(action: string): string | undefined {
  const parts = action.split(":");
  if (parts.length === 1 && action !== "*") return "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";
  if (parts.length > 2) return "Actions/Condition can contain only one colon.";
  if (parts[0] !== "*" && /[^a-zA-Z0-9\-.]/.test(parts[0])) return `Vendor ${parts[0]} is not valid`;
  return undefined;
}

const iamPaths = [
  "user/",
  "federated-user/",
  "role/",
  "group/",
  "instance-profile/",
  "mfa/",
  "server-certificate/",
  "policy/",
  "sms-mfa/",
  "saml-provider/",
  "oidc-provider/",
  "report/",
  "access-report/",
];
const partitions = new Set(["aws", "aws-cn", "aws-us-gov"]);

function resourceProblem(resource: string): string | undefined {
  if (resource === "*") return undefined;
  const [scheme, partition, vendor, region, account, ...rest] = resource.split(":");
  if (partition === undefined) return `Resource ${resource} must be in ARN format or "*".`;
  if (scheme !== "arn") return `Resource ${resource} must be in ARN format or "*".`;
  // Incomplete ARNs are completed with wildcards before they are named in an error.
  const completed = `arn:${partition}:${vendor || "*"}:${region ?? "*"}:${account ?? "*"}:${rest.length > 0 ? rest.join(":") : "*"}`;
  if (!partitions.has(partition)) return `Partition "${partition}" is not valid for resource "${completed}".`;
  if (vendor === undefined || vendor === "" || /[*?]/.test(vendor))
    return "Resource vendor must be fully qualified and cannot contain regexes.";
  if (vendor === "iam" && region) return `IAM resource ${resource} cannot contain region information.`;
  if (vendor === "s3" && region && region !== "*") return `Resource ${resource} can not contain region information.`;
  if (vendor === "iam" && rest.length > 0) {
    const path = rest.join(":");
    if (path !== "*" && path !== "root" && !iamPaths.some((start) => path.startsWith(start)))
      return `IAM resource path must either be "*" or start with ${iamPaths.join(", ")}.`;
  }
  return undefined;
}

/** undefined if the document may be kept as a policy of that kind. */
export function validatePolicy(text: string, kind: PolicyKind): string | undefined {
  const read = readPolicy(text);
  if (!read.ok)
    return kind === "resource"
      ? read.problem
      : kind === "trust" && !isJson(text)
        ? "This policy contains invalid Json"
        : "Syntax errors in policy.";
  const list = read.document.Statement;
  if (list.length === 0) return "Syntax errors in policy.";
  const identity = kind !== "trust" && kind !== "resource";
  if (identity && kind !== "session" && read.document.Version !== "2012-10-17")
    return "Policy document must be version 2012-10-17 or greater.";
  if (kind !== "resource" && /"Effect"\s*:\s*"(?!Allow"|Deny")/.test(text)) return "The policy failed legacy parsing";

  const sids = list.flatMap(({ Sid }) => (Sid ? [Sid] : []));
  if (new Set(sids).size < sids.length) return "Statement IDs (SID) in a single policy must be unique.";
  if (kind !== "resource" && sids.some((sid) => /[^0-9A-Za-z]/.test(sid)))
    return "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*";

  for (const statement of list) {
    const principal = statement.Principal ?? statement.NotPrincipal;
    if (identity && kind !== "resource-control" && principal !== undefined) return "Policy document should not specify a principal.";
    if (kind === "resource-control" && statement.Principal !== "*")
      return "The provided policy document does not meet the requirements of the specified policy type.";
    if (kind === "trust") {
      if (statement.Resource !== undefined || statement.NotResource !== undefined) return "Has prohibited field Resource";
      if (principal === undefined) return "Missing required field Principal";
    }
    // Key policies may leave these out: such a statement has no effect.
    if (kind === "resource") continue;
    if (
      (statement.Action === undefined && statement.NotAction === undefined) ||
      isEmptyList(statement.Action) ||
      isEmptyList(statement.NotAction)
    )
      return "Policy statement must contain actions.";
    if (
      kind !== "trust" &&
      ((statement.Resource === undefined && statement.NotResource === undefined) ||
        isEmptyList(statement.Resource) ||
        isEmptyList(statement.NotResource))
    )
      return "Policy statement must contain resources.";
  }
  for (const statement of list) {
    for (const resource of [...statements(statement.Resource), ...statements(statement.NotResource)]) {
      const problem = kind === "resource" ? undefined : resourceProblem(resource);
      if (problem) return problem;
    }
  }
  for (const statement of list) {
    for (const action of [...statements(statement.Action), ...statements(statement.NotAction)]) {
      const problem = actionProblem(action);
      if (problem) return problem;
      if (kind === "trust" && !stsAction.test(action)) return "AssumeRole policy may only specify STS AssumeRole actions.";
    }
  }
  if (kind === "trust") return principalsProblem(list) ?? servicesProblem(list);
  return kind === "resource" ? principalsProblem(list) : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Form only; whether the users and roles exist is for the service to look up (`principalsOf`). */
function principalsProblem(list: PolicyStatement[]): string | undefined {
  for (const value of principalsOf(list)) {
    if (
      value !== "*" &&
      !/^\d{12}$/.test(value) &&
      !/^A[A-Z0-9]{15,127}$/.test(value) &&
      !/^arn:aws[a-z-]*:(iam|sts)::(\d{12}|cloudfront|aws):.+$/.test(value)
    )
      return `Invalid principal in policy: "AWS":"${value}"`;
  }
  return undefined;
}

/** Services, by the form of their names: Keyhole keeps no list of all that may assume roles. Text: answers quoted in public issues. */
function servicesProblem(list: PolicyStatement[]): string | undefined {
  for (const { Principal, NotPrincipal } of list) {
    const element = Principal ?? NotPrincipal;
    if (typeof element !== "object") continue;
    for (const name of [element.Service ?? []].flat())
      if (!/^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/.test(name)) return `Invalid principal in policy: "SERVICE":"${name}"`;
  }
  return undefined;
}

/** Every AWS principal that a resource policy names, as written. */
export function principalsOf(list: PolicyStatement[]): string[] {
  return list.flatMap(({ Principal, NotPrincipal }) => {
    const element = Principal ?? NotPrincipal;
    if (element === undefined) return [];
    return typeof element === "string" ? [element] : [element.AWS ?? []].flat();
  });
}
