import { type Failure, ok } from "../../errors";
import type { AuthRequest, Context, JsonObject, Operation } from "../../types";
import { toBase64 } from "../../crypto/bytes";
import { findByArn } from "../../wafv2/names";
import { adminHere, coversRegion, coversType } from "../admins";
import { askAll, askPolicy, fmsArn, requestTags } from "../authorise";
import { primaryOf } from "../checks/common-groups";
import { fmsErrors, isFailure } from "../errors";
import { chargesOf, clean, evaluateSoon, forgetPolicy, statusOf } from "../evaluate";
import { page } from "../page";
import { accountsOf } from "../scope";
import { readServiceData } from "../service-data";
import { type AdminRow, GLOBAL_REGION, type PolicyRow, type PolicyType, type Tag, policies } from "../state";
import { readTags } from "../tags";

/** Policies: what is to be on which resources of which accounts. Source: AWS Firewall Manager API Reference, PutPolicy, Policy and their kin. */

/** Source: AWS WAF Developer Guide, "AWS Firewall Manager quotas". */
const mostPolicies = 50;

/** What each type of policy can be about. Source: AWS Firewall Manager API Reference, Policy (ResourceType). */
const allowed: Record<PolicyType, readonly string[]> = {
  WAFV2: ["AWS::ApiGateway::Stage", "AWS::ElasticLoadBalancingV2::LoadBalancer", "AWS::CloudFront::Distribution"],
  SHIELD_ADVANCED: ["AWS::ElasticLoadBalancingV2::LoadBalancer", "AWS::ElasticLoadBalancing::LoadBalancer", "AWS::EC2::EIP", "AWS::CloudFront::Distribution"],
  SECURITY_GROUPS_COMMON: ["AWS::EC2::Instance", "AWS::EC2::NetworkInterface"],
  SECURITY_GROUPS_CONTENT_AUDIT: ["AWS::EC2::SecurityGroup", "AWS::EC2::Instance", "AWS::EC2::NetworkInterface"],
  SECURITY_GROUPS_USAGE_AUDIT: ["AWS::EC2::SecurityGroup"],
};

const isSimulated = (type: string): type is PolicyType => Object.hasOwn(allowed, type);

type Given = Omit<Partial<PolicyRow>, "SecurityServicePolicyData"> & Pick<PolicyRow, "PolicyName" | "ResourceType" | "ExcludeResourceTags" | "RemediationEnabled"> & {
  SecurityServicePolicyData: { Type: string; ManagedServiceData?: string; PolicyOption?: JsonObject };
  ResourceSetIds?: string[];
};

/** Errors: InvalidInputException. */
function checkTypes(ctx: Context, type: PolicyType, { ResourceType, ResourceTypeList = [], DeleteUnusedFMManagedResources }: Given): Failure | undefined {
  if (DeleteUnusedFMManagedResources && type === "SHIELD_ADVANCED") return fmsErrors.input("DeleteUnusedFMManagedResources cannot be true in a policy of the type SHIELD_ADVANCED.");
  if (ResourceTypeList.includes("AWS::CloudFront::Distribution")) return fmsErrors.cloudFrontInList();
  if ((ResourceType === "ResourceTypeList") !== ResourceTypeList.length > 0) return fmsErrors.input("ResourceType must be ResourceTypeList where there is a ResourceTypeList, and only there.");
  const other = (ResourceTypeList.length ? ResourceTypeList : [ResourceType]).find((each) => !allowed[type].includes(each));
  if (other !== undefined) return fmsErrors.input(`The resource type ${other} cannot be in a policy of the type ${type}.`);
  if (ResourceType === "AWS::CloudFront::Distribution" && ctx.region !== GLOBAL_REGION) return fmsErrors.input("A policy for CloudFront distributions must be in us-east-1.");
  return undefined;
}

/** Accounts by their twelve digits, units by their ids. Errors: InvalidInputException. */
function checkMaps({ IncludeMap, ExcludeMap }: Given): Failure | undefined {
  for (const map of [IncludeMap, ExcludeMap]) {
    if (map?.ACCOUNT?.some((id) => !/^\d{12}$/.test(id))) return fmsErrors.input("An account of the IncludeMap or ExcludeMap is not 12 digits.");
    if (map?.ORG_UNIT?.some((id) => !/^(ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}|r-[0-9a-z]{4,32})$/.test(id))) return fmsErrors.input("An organizational unit of the IncludeMap or ExcludeMap is not an id.");
  }
  return undefined;
}

/** What the service data names must be there: the administrator's rule groups and security groups. Errors: InvalidInputException, NotSimulated. */
function checkData(ctx: Context, type: PolicyType, { SecurityServicePolicyData: { ManagedServiceData }, ResourceType }: Given): Failure | undefined {
  const data = readServiceData(type, ManagedServiceData);
  if (isFailure(data)) return data;
  if (data.type === "WAFV2") {
    const scope = ResourceType === "AWS::CloudFront::Distribution" ? "CLOUDFRONT" : "REGIONAL";
    for (const { arn } of [...data.first, ...data.last]) if (arn !== undefined && findByArn({ db: ctx.db.at({ service: "wafv2" }) }, arn, "rulegroup")?.Scope !== scope) return fmsErrors.input(`The rule group ${arn} does not exist, or is of another scope.`);
  }
  const groups = data.type === "SECURITY_GROUPS_COMMON" || data.type === "SECURITY_GROUPS_CONTENT_AUDIT" ? data.groups : [];
  const missing = groups.find((id) => !primaryOf({ ctx }, id));
  return missing === undefined ? undefined : fmsErrors.input(`The security group ${missing} does not exist in the administrator's account.`);
}

const newToken = (ctx: Context): string => `1:${toBase64(ctx.random(16))}`;

function view({ tags: _tags, charges: _charges, ...row }: Readonly<PolicyRow>, PolicyStatus: string): JsonObject {
  return structuredClone({ ...row, PolicyStatus }) as unknown as JsonObject;
}

interface Put {
  Policy: Given;
  TagList?: Tag[];
}

function askPut({ Policy, TagList }: Put, ctx: Context): AuthRequest[] {
  const id = Policy.PolicyId ?? "*";
  return [askPolicy(ctx, "PutPolicy", id, requestTags(TagList)), ...(TagList?.length ? [askPolicy(ctx, "TagResource", id, requestTags(TagList))] : [])];
}

/**
 * Makes a policy, or with its id and PolicyUpdateToken changes it. It is evaluated a minute later.
 * Errors: AccessDeniedException, InvalidInputException, InvalidOperationException (token, administrator's scope), ResourceNotFoundException,
 * LimitExceededException, NotSimulated (another type).
 */
export const PutPolicy: Operation = {
  name: "PutPolicy",
  authorise: askPut,
  handle({ Policy, TagList }: Put, ctx) {
    const found = adminHere(ctx, "PutPolicy");
    if (isFailure(found)) return found;
    const { Type } = Policy.SecurityServicePolicyData;
    if (!isSimulated(Type)) return fmsErrors.notSimulated(`policies of the type ${Type}`);
    if (Policy.ResourceSetIds?.length) return fmsErrors.notSimulated("resource sets");
    if (!coversType(found.row.AdminScope, Type) || !coversRegion(found.row.AdminScope, ctx.region)) return fmsErrors.operation("The policy's type or Region is outside the administrator's scope.");
    const problem = checkTypes(ctx, Type, Policy) ?? checkMaps(Policy) ?? checkData(ctx, Type, Policy);
    if (problem) return problem;
    const known = Policy.PolicyId === undefined ? undefined : policies(ctx.db).get(Policy.PolicyId);
    if (Policy.PolicyId !== undefined && !known) return fmsErrors.noPolicy(Policy.PolicyId);
    if (known && known.PolicyUpdateToken !== Policy.PolicyUpdateToken) return fmsErrors.staleToken("PolicyUpdateToken");
    if (known && known.SecurityServicePolicyData.Type !== Type) return fmsErrors.input("The type of a policy cannot be changed.");
    if (!known && policies(ctx.db).size >= mostPolicies) return fmsErrors.limit("policies in a Region", mostPolicies);
    const tags = TagList === undefined ? (known?.tags ?? []) : readTags(TagList);
    if (isFailure(tags)) return tags;
    const row = rowOf(ctx, Type, Policy, structuredClone(tags) as Tag[], chargesOf(ctx, found.management));
    policies(ctx.db).put(row.PolicyId, row);
    evaluateSoon(ctx, row.PolicyId);
    return ok({ Policy: view(row, "ACTIVE"), PolicyArn: fmsArn(ctx, "policy", row.PolicyId) });
  },
};

function rowOf(ctx: Context, Type: PolicyType, given: Given, tags: Tag[], charges: Record<string, number>): PolicyRow {
  return structuredClone({
    PolicyId: given.PolicyId ?? ctx.newId(), PolicyName: given.PolicyName, PolicyUpdateToken: newToken(ctx),
    SecurityServicePolicyData: { Type, ManagedServiceData: given.SecurityServicePolicyData.ManagedServiceData ?? "{}" },
    ResourceType: given.ResourceType, ...(given.ResourceTypeList?.length ? { ResourceTypeList: given.ResourceTypeList } : {}),
    ResourceTags: given.ResourceTags ?? [], ResourceTagLogicalOperator: given.ResourceTagLogicalOperator ?? "AND", ExcludeResourceTags: given.ExcludeResourceTags,
    RemediationEnabled: given.RemediationEnabled, DeleteUnusedFMManagedResources: given.DeleteUnusedFMManagedResources ?? false,
    ...(given.IncludeMap ? { IncludeMap: given.IncludeMap } : {}), ...(given.ExcludeMap ? { ExcludeMap: given.ExcludeMap } : {}),
    ...(given.PolicyDescription === undefined ? {} : { PolicyDescription: given.PolicyDescription }), tags, charges,
  });
}

interface ById {
  PolicyId: string;
}

/** A policy of the caller's in this Region. Errors: AccessDeniedException, ResourceNotFoundException. */
export function policyHere(ctx: Context, operation: string, id: string): { policy: Readonly<PolicyRow>; admin: Readonly<AdminRow>; management: string } | Failure {
  const found = adminHere(ctx, operation);
  if (isFailure(found)) return found;
  const policy = policies(ctx.db).get(id);
  return policy ? { policy, admin: found.row, management: found.management } : fmsErrors.noPolicy(id);
}

/** Errors: AccessDeniedException, ResourceNotFoundException. */
export const GetPolicy: Operation = {
  name: "GetPolicy",
  authorise: ({ PolicyId }: ById, ctx) => askPolicy(ctx, "GetPolicy", PolicyId),
  handle({ PolicyId }: ById, ctx) {
    const found = policyHere(ctx, "GetPolicy", PolicyId);
    return isFailure(found) ? found : ok({ Policy: view(found.policy, statusOf(ctx, found.policy, found.admin)), PolicyArn: fmsArn(ctx, "policy", PolicyId) });
  },
};

/** Errors: AccessDeniedException, InvalidInputException (token). */
export const ListPolicies: Operation = {
  name: "ListPolicies",
  authorise: () => askAll("ListPolicies"),
  handle(input: { NextToken?: string; MaxResults?: number }, ctx) {
    const found = adminHere(ctx, "ListPolicies");
    if (isFailure(found)) return found;
    const table = policies(ctx.db);
    const part = page("ListPolicies", input, table.ids());
    if (isFailure(part)) return part;
    const PolicyList = part.shown.map((id) => {
      const { PolicyId, PolicyName, ResourceType, SecurityServicePolicyData, RemediationEnabled, DeleteUnusedFMManagedResources } = table.get(id)!;
      return { PolicyArn: fmsArn(ctx, "policy", id), PolicyId, PolicyName, ResourceType, SecurityServiceType: SecurityServicePolicyData.Type, RemediationEnabled, DeleteUnusedFMManagedResources, PolicyStatus: statusOf(ctx, table.get(id)!, found.row) };
    });
    return ok({ PolicyList, ...part.more });
  },
};

/**
 * With DeleteAllPolicyResources its web ACLs go too; its copies of security groups always do.
 * Errors: AccessDeniedException, ResourceNotFoundException, InvalidOperationException (outside the administrator's scope).
 */
export const DeletePolicy: Operation = {
  name: "DeletePolicy",
  authorise: ({ PolicyId }: ById, ctx) => askPolicy(ctx, "DeletePolicy", PolicyId),
  handle({ PolicyId, DeleteAllPolicyResources = false }: ById & { DeleteAllPolicyResources?: boolean }, ctx) {
    const found = policyHere(ctx, "DeletePolicy", PolicyId);
    if (isFailure(found)) return found;
    if (statusOf(ctx, found.policy, found.admin) !== "ACTIVE") return fmsErrors.operation("The policy is outside the administrator's scope.");
    if (DeleteAllPolicyResources || found.policy.SecurityServicePolicyData.Type === "SECURITY_GROUPS_COMMON") for (const account of accountsOf(ctx.db, found.management)) clean({ ctx, policy: found.policy, place: { account, region: ctx.region }, resources: [] });
    forgetPolicy(ctx, PolicyId, ctx.region);
    return ok({});
  },
};
