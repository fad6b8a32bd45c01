import type { JsonObject, Trace } from "../types";
import { type CloudTrailRecord, type LoggedResource, stoppedByPermission } from "./record";

const accountOf = (arn: string): string => arn.split(":")[4];

/**
 * The `resources` element: KMS keys that were used, parameters, the role that was assumed. Records of calls that
 * permission stopped have none.
 * Source: KMS Developer Guide, log entries; IAM User Guide, "Example AWS STS API event"; GetParameter as in published
 * records (Parameter Store names no type).
 */
export function resourcesOf(trace: Trace, output: JsonObject | undefined): LoggedResource[] {
  if (stoppedByPermission(trace)) return [];
  const arns = new Set<string>();
  const wanted = wantedArn[trace.service];
  if (!wanted) return [];
  for (const step of trace.steps) {
    if (step.kind === "crypto" && step.keyArn) arns.add(step.keyArn);
    if (step.kind === "decision" && wanted.test(step.decision.resource)) arns.add(step.decision.resource);
  }
  const made = output?.KeyMetadata as { Arn?: unknown } | undefined;
  if (typeof made?.Arn === "string") arns.add(made.Arn);
  return [...arns].map((ARN) => {
    const type = typeOf(ARN);
    return type ? { accountId: accountOf(ARN), type, ARN } : { accountId: accountOf(ARN), ARN };
  });
}

const wantedArn: Record<string, RegExp> = { kms: /:(key|alias)\/./, ssm: /:parameter\/./, sts: /:role\/./ };

const typeOf = (arn: string): string | undefined => (arn.includes(":key/") ? "AWS::KMS::Key" : arn.includes(":role/") ? "AWS::IAM::Role" : undefined);

/** Members of requests that name something by itself. */
const named: Record<string, string> = {
  userName: "AWS::IAM::User", groupName: "AWS::IAM::Group", roleName: "AWS::IAM::Role", policyArn: "AWS::IAM::Policy", accessKeyId: "AWS::IAM::AccessKey", aliasName: "AWS::KMS::Alias", functionName: "AWS::Lambda::Function",
};
/** Members of answers that describe what was made, with the members that identify it. */
const described: Record<string, [type: string, ...members: string[]]> = {
  user: ["AWS::IAM::User", "userName", "userId", "arn"],
  group: ["AWS::IAM::Group", "groupName", "groupId", "arn"],
  role: ["AWS::IAM::Role", "roleName", "roleId", "arn"],
  policy: ["AWS::IAM::Policy", "policyName", "policyId", "arn"],
  accessKey: ["AWS::IAM::AccessKey", "accessKeyId"],
  credentials: ["AWS::IAM::AccessKey", "accessKeyId"],
  assumedRoleUser: ["AWS::STS::AssumedRole", "assumedRoleId", "arn"],
};

export interface ReferencedResource {
  ResourceType: string;
  ResourceName: string;
}

/**
 * What LookupEvents lists as the resources that an event references, and finds it by. AWS does not document how it
 * reads them out of a record; here they are the record's own resources and what its parameters and answer name.
 */
export function referencedResources({ eventSource, requestParameters, responseElements, additionalEventData, resources }: CloudTrailRecord): ReferencedResource[] {
  const out = new Map<string, ReferencedResource>();
  const add = (ResourceType: string, ResourceName: unknown): void => {
    if (typeof ResourceName === "string") out.set(`${ResourceType} ${ResourceName}`, { ResourceType, ResourceName });
  };
  for (const { type, ARN } of resources ?? []) if (type) add(type, ARN);
  add("AWS::SecretsManager::Secret", additionalEventData?.SecretId);
  const asked = requestParameters ?? {};
  for (const [member, type] of Object.entries(named)) add(type, asked[member]);
  if (eventSource === "ssm.amazonaws.com") for (const name of [asked.name, ...(Array.isArray(asked.names) ? asked.names : [])]) add("AWS::SSM::Parameter", name);
  for (const [member, [type, ...ids]] of Object.entries(described)) {
    const made = responseElements?.[member];
    if (typeof made === "object" && made !== null && !Array.isArray(made)) for (const id of ids) add(type, made[id]);
  }
  return [...out.values()];
}
