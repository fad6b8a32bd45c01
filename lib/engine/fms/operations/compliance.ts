import { ok } from "../../errors";
import { members } from "../../organizations/state";
import { tagsOf } from "../../shield/estate/state";
import type { JsonObject, Operation } from "../../types";
import { accountsInScope } from "../scope";
import { askPolicy } from "../authorise";
import { fmsErrors, isFailure } from "../errors";
import { page } from "../page";
import { type ComplianceRow, type Violator, compliance, seconds } from "../state";
import { policyHere } from "./policies";

/** What evaluations found. Source: AWS Firewall Manager API Reference, GetComplianceDetail, ListComplianceStatus, GetViolationDetails. */

/** An answer names no more of them. Source: AWS Firewall Manager API Reference, PolicyComplianceDetail (EvaluationLimitExceeded). */
const mostShown = 100;

interface OfMember {
  PolicyId: string;
  MemberAccount: string;
}

const shown = ({ Metadata, ...violator }: Violator): JsonObject => ({ ...violator, Metadata: { ...Metadata } });

/** Errors: AccessDeniedException, ResourceNotFoundException (policy, account). Before the first evaluation there are no violators. */
export const GetComplianceDetail: Operation = {
  name: "GetComplianceDetail",
  authorise: ({ PolicyId }: OfMember, ctx) => askPolicy(ctx, "GetComplianceDetail", PolicyId),
  handle({ PolicyId, MemberAccount }: OfMember, ctx) {
    const found = policyHere(ctx, "GetComplianceDetail", PolicyId);
    if (isFailure(found)) return found;
    if (members(ctx.db).get(MemberAccount)?.organization !== members(ctx.db).get(ctx.account)?.organization) return fmsErrors.noAccount(MemberAccount);
    const row = compliance(ctx.db).get(`${PolicyId} ${MemberAccount}`);
    const violators = row?.violators ?? [];
    return ok({
      PolicyComplianceDetail: {
        PolicyOwner: ctx.account, PolicyId, MemberAccount, Violators: violators.slice(0, mostShown).map(shown), EvaluationLimitExceeded: violators.length > mostShown,
        ...(row ? { ExpiredAt: seconds(row.at + 86_400_000) } : {}), IssueInfoMap: { ...row?.issues },
      },
    });
  },
};

function results({ violators, resources, issues }: Readonly<ComplianceRow>): JsonObject[] {
  const EvaluationLimitExceeded = violators.length > mostShown;
  if (issues.AWSCONFIG !== undefined && !resources) return [];
  return violators.length ? [{ ComplianceStatus: "NON_COMPLIANT", ViolatorCount: violators.length, EvaluationLimitExceeded }] : issues.AWSCONFIG === undefined ? [{ ComplianceStatus: "COMPLIANT", ViolatorCount: 0, EvaluationLimitExceeded }] : [];
}

/** Each account that the policy is about. Errors: AccessDeniedException, ResourceNotFoundException. */
export const ListComplianceStatus: Operation = {
  name: "ListComplianceStatus",
  authorise: ({ PolicyId }: { PolicyId: string }, ctx) => askPolicy(ctx, "ListComplianceStatus", PolicyId),
  handle({ PolicyId, ...paging }: { PolicyId: string; NextToken?: string; MaxResults?: number }, ctx) {
    const found = policyHere(ctx, "ListComplianceStatus", PolicyId);
    if (isFailure(found)) return found;
    const part = page(`ListComplianceStatus ${PolicyId}`, paging, accountsInScope(ctx.db, found.policy, found.admin, found.management));
    if (isFailure(part)) return part;
    const PolicyComplianceStatusList = part.shown.map((MemberAccount) => {
      const row = compliance(ctx.db).get(`${PolicyId} ${MemberAccount}`);
      return { PolicyOwner: ctx.account, PolicyId, PolicyName: found.policy.PolicyName, MemberAccount, EvaluationResults: row ? results(row) : [], ...(row ? { LastUpdated: seconds(row.at) } : {}), IssueInfoMap: { ...row?.issues } };
    });
    return ok({ PolicyComplianceStatusList, ...part.more });
  },
};

/** Source: AWS Firewall Manager API Reference, ViolationReason. */
const why: Record<string, string> = {
  RESOURCE_MISSING_WEB_ACL: "The resource has no web ACL.", RESOURCE_INCORRECT_WEB_ACL: "The resource has another web ACL than the policy's.", WEB_ACL_MISSING_RULE_GROUP: "The policy's web ACL lacks rule groups of the policy.",
  RESOURCE_MISSING_SHIELD_PROTECTION: "The resource has no Shield Advanced protection.", RESOURCE_MISSING_WEB_ACL_OR_SHIELD_PROTECTION: "The resource has no web ACL for automatic application layer mitigation, or that is not as the policy says.",
  RESOURCE_MISSING_SECURITY_GROUP: "The resource has not the policy's security groups, or has others beside them where the policy allows none.", RESOURCE_VIOLATES_AUDIT_SECURITY_GROUP: "The security group has rules that the policy's audit does not allow.",
  SECURITY_GROUP_UNUSED: "Nothing uses the security group.", SECURITY_GROUP_REDUNDANT: "Another security group of the same VPC has the same rules.", FMS_CREATED_SECURITY_GROUP_EDITED: "Somebody changed the copy of the policy's security group.",
  WEB_ACL_CONFIGURATION_OR_SCOPE_OF_USE: "The policy cannot give its rule groups to the web ACL of the account.",
};

/** Of one resource, as the last evaluation found it. Errors: AccessDeniedException, ResourceNotFoundException. */
export const GetViolationDetails: Operation = {
  name: "GetViolationDetails",
  authorise: ({ PolicyId }: OfMember, ctx) => askPolicy(ctx, "GetViolationDetails", PolicyId),
  handle({ PolicyId, MemberAccount, ResourceId, ResourceType }: OfMember & { ResourceId: string; ResourceType: string }, ctx) {
    const found = policyHere(ctx, "GetViolationDetails", PolicyId);
    if (isFailure(found)) return found;
    const mine = compliance(ctx.db).get(`${PolicyId} ${MemberAccount}`)?.violators.filter((one) => one.ResourceId === ResourceId && one.ResourceType === ResourceType) ?? [];
    if (!mine.length) return fmsErrors.noViolation();
    const violationOf = ({ ViolationReason, Metadata }: Violator): JsonObject => {
      if (ResourceType === "AWS::EC2::SecurityGroup") return { AwsVPCSecurityGroupViolation: { ViolationTarget: ResourceId, ViolationTargetDescription: ViolationReason, PartialMatches: [] } };
      if (ResourceType === "AWS::EC2::Instance") return { AwsEc2InstanceViolation: { ViolationTarget: ResourceId, AwsEc2NetworkInterfaceViolations: [] } };
      if (ResourceType === "AWS::EC2::NetworkInterface") return { AwsEc2NetworkInterfaceViolation: { ViolationTarget: ResourceId, ViolatingSecurityGroups: [] } };
      return Metadata?.webAcl ? { WebACLHasIncompatibleConfigurationViolation: { WebACLArn: Metadata.webAcl, Description: why[ViolationReason] ?? ViolationReason } } : { PossibleRemediationActions: { Description: why[ViolationReason] ?? ViolationReason, Actions: [] } };
    };
    const ResourceTags = ResourceId.startsWith("arn:") ? tagsOf(ctx.db.at({ account: MemberAccount }), ResourceId) : [];
    return ok({ ViolationDetail: { PolicyId, MemberAccount, ResourceId, ResourceType, ResourceViolations: mine.map(violationOf), ResourceTags: structuredClone(ResourceTags) as object[], ResourceDescription: why[mine[0].ViolationReason] ?? mine[0].ViolationReason } } as JsonObject);
  },
};
