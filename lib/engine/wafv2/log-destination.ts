import { parseArn } from "../arn";
import type { Failure } from "../errors";
import type { Context } from "../types";
import { wafErrors } from "./errors";

/**
 * Where a web ACL's log goes: a CloudWatch Logs group whose name begins with `aws-waf-logs-`. Buckets and Firehose streams
 * are AWS's as well, and are not in the lab.
 * Sources: AWS WAF Developer Guide, Sending protection pack (web ACL) traffic logs to an Amazon CloudWatch Logs log group;
 * CloudWatch Logs User Guide, Enable logging from AWS services (the policy that lets log deliveries write).
 */

const prefix = "aws-waf-logs-";
const policyName = "AWSLogDeliveryWrite20150319";

/** The log group that an ARN names, with or without `:*`; undefined if it is none that WAF takes. */
export function logGroupOf(arn: string): string | undefined {
  const parsed = parseArn(arn);
  if (parsed?.service !== "logs" || !parsed.resource.startsWith("log-group:")) return undefined;
  const name = parsed.resource.slice("log-group:".length).replace(/:\*$/, "");
  return name.startsWith(prefix) && !name.includes(":") ? name : undefined;
}

/** Errors: WAFInvalidParameterException (LOG_DESTINATION), NotSimulated. */
export function checkDestination(ctx: Context, arn: string): Failure | undefined {
  const parsed = parseArn(arn);
  if (!parsed) return wafErrors.logDestination(arn);
  if (parsed.service === "s3" && parsed.resource.startsWith(prefix)) return wafErrors.notSimulated("web ACL logs in Amazon S3 buckets");
  if (parsed.service === "firehose" && parsed.resource.startsWith(`deliverystream/${prefix}`)) return wafErrors.notSimulated("web ACL logs to Amazon Data Firehose");
  return logGroupOf(arn) === undefined || parsed.region !== ctx.region || parsed.account !== ctx.account ? wafErrors.logDestination(arn) : undefined;
}

/**
 * Sees to it that log deliveries may write to the group, with the caller's own permissions.
 * Errors: WAFLogDestinationPermissionIssueException, also where the group is not there.
 */
export function openForDelivery(ctx: Context, arn: string): Failure | undefined {
  const name = logGroupOf(arn)!;
  if (ctx.may({ action: "logs:CreateLogDelivery", resource: "*" }).effect !== "Allow") return wafErrors.logPermission();
  const groups = ctx.call("logs", "DescribeLogGroups", { logGroupNamePrefix: name });
  const known = groups.ok ? (groups.output.logGroups as { logGroupName: string }[]) : [];
  if (!known.some(({ logGroupName }) => logGroupName === name)) return wafErrors.logPermission();
  const described = ctx.call("logs", "DescribeResourcePolicies", {});
  if (!described.ok) return wafErrors.logPermission();
  const policies = described.output.resourcePolicies as { policyName: string; policyDocument: string }[];
  const resource = `arn:aws:logs:${ctx.region}:${ctx.account}:log-group:${name}:log-stream:*`;
  const before = policies.find((policy) => policy.policyName === policyName)?.policyDocument;
  const statements = before === undefined ? [] : [(JSON.parse(before) as { Statement: Delivery | Delivery[] }).Statement].flat();
  const open = statements.flatMap(({ Resource }) => Resource);
  if (open.includes(resource)) return undefined;
  const put = ctx.call("logs", "PutResourcePolicy", { policyName, policyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [delivery(ctx, [...open, resource])] }) });
  return put.ok ? undefined : wafErrors.logPermission();
}

interface Delivery {
  Resource: string | string[];
}

const delivery = ({ account, region }: Context, Resource: string[]) => ({
  Sid: policyName,
  Effect: "Allow",
  Principal: { Service: "delivery.logs.amazonaws.com" },
  Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
  Resource,
  Condition: { StringEquals: { "aws:SourceAccount": account }, ArnLike: { "aws:SourceArn": `arn:aws:logs:${region}:${account}:*` } },
});
