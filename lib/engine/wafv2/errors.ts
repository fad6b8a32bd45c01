import { type Failure, fail } from "../errors";

/**
 * AWS WAF's refusals. The texts are AWS's, as answers quoted in public issues of terraform-provider-aws, aws-cdk and
 * aws-waf-security-automations show them; a text of which no answer was found says "unverified" here.
 * Source: AWS WAFV2 API Reference, each operation's Errors.
 */

export const isFailure = (value: unknown): value is Failure => typeof value === "object" && value !== null && (value as { ok?: unknown }).ok === false && "error" in value;

/** WAFInvalidParameterException: its three members say again what its text says. `field` is one of the API's ParameterExceptionField. */
export const invalid = (field: string, parameter: string, reason: string): Failure =>
  fail("WAFInvalidParameterException", `Error reason: ${reason}, field: ${field}, parameter: ${parameter}`, { Field: field, Parameter: parameter, Reason: reason });

export const reasons = {
  format: "The parameter contains formatting that is not valid.",
  scope: "The scope is not valid.",
  arn: "The ARN isn't valid. A valid ARN begins with arn: and includes other information separated by colons or slashes.",
  capacity: "You exceeded the capacity limit for a rule group or web ACL.",
} as const;

export const wafErrors = {
  notFound: () => fail("WAFNonexistentItemException", "AWS WAF couldn’t perform the operation because your resource doesn’t exist."),
  duplicate: () => fail("WAFDuplicateItemException", "AWS WAF couldn’t perform the operation because some resource in your request is a duplicate of an existing one."),
  staleLock: () => fail("WAFOptimisticLockException", "AWS WAF couldn’t save your changes because someone changed the resource after you started to edit it. Reapply your changes."),
  associated: () => fail("WAFAssociatedItemException", "AWS WAF couldn’t perform the operation because your resource is being used by another resource or it’s associated with another resource."),
  /** Source: https://github.com/hashicorp/terraform-provider-aws/issues/19149. */
  managedByFirewallManager: () => fail("AccessDeniedException", "You don't have permissions to delete the resource because it's managed by Firewall Manager."),
  /** The code is the model's, the words are unverified. */
  stillManaged: () => fail("WAFInvalidOperationException", "The operation isn't valid."),
  unavailable: () => fail("WAFUnavailableEntityException", "AWS WAF couldn’t retrieve the resource that you requested. Retry your request."),
  limit: () => fail("WAFLimitsExceededException", "AWS WAF couldn’t perform the operation because you exceeded your resource limit."),
  cloudFrontScope: () => invalid("SCOPE_VALUE", "CLOUDFRONT", reasons.scope),
  arn: (arn: string) => invalid("RESOURCE_ARN", arn, reasons.arn),
  logDestination: (arn: string) => invalid("LOG_DESTINATION", arn, reasons.arn),
  /** Unverified. */
  marker: (marker: string) => fail("WAFInvalidParameterException", `Error reason: ${reasons.format}, parameter: ${marker}`, { Parameter: marker, Reason: reasons.format }),
  /** Unverified. */
  policy: (why: string) => fail("WAFInvalidPermissionPolicyException", `The policy is not one that a rule group can have. ${why}`),
  /** The lab knows no S3, so the sentence on buckets says nothing here; it is AWS's all the same. */
  logPermission: () => fail("WAFLogDestinationPermissionIssueException", "Unable to deliver logs to the configured destination. You might need to grant log delivery permissions for the destination. If you're using S3 as your log destination, you might have exceeded your bucket limit."),
  aggregateKey: () => fail("WAFUnsupportedAggregateKeyTypeException", "The rule that you've named doesn't aggregate on the IP address alone or on the forwarded IP address alone."),
  notSimulated: (what: string) => fail("NotSimulated", `Keyhole does not simulate ${what}. AWS WAF has it; this lab does not.`),
} as const;
