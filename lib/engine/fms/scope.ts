import { tagsOf } from "../shield/estate/state";
import { resources as estate } from "../shield/estate/state";
import { membership, members } from "../organizations/state";
import type { Context, Db } from "../types";
import { resources as wafResources } from "../wafv2/state";
import { coversAccount } from "./admins";
import { type AdminRow, type Place, type PolicyRow, type ScopeMap } from "./state";

/** Which accounts and resources a policy is about. Source: AWS Firewall Manager API Reference, Policy; AWS WAF Developer Guide, "Policy scope". */

export interface ScopedResource {
  /** What a violation calls it: an ARN, or an id of EC2. */
  id: string;
  arn: string;
  type: string;
  VpcId?: string;
  SecurityGroups?: readonly string[];
}

/** Resource types as AWS Config names them, with the lab's own names. */
const wafTypes: Record<string, string> = { "AWS::ElasticLoadBalancingV2::LoadBalancer": "APPLICATION_LOAD_BALANCER", "AWS::ApiGateway::Stage": "API_GATEWAY", "AWS::CloudFront::Distribution": "CLOUDFRONT" };
const estateTypes: Record<string, string> = {
  "AWS::EC2::EIP": "ELASTIC_IP", "AWS::ElasticLoadBalancing::LoadBalancer": "CLASSIC_LOAD_BALANCER", "AWS::EC2::Instance": "INSTANCE", "AWS::EC2::NetworkInterface": "NETWORK_INTERFACE", "AWS::EC2::SecurityGroup": "SECURITY_GROUP",
};

/** Every account of the organization that `management` manages, in order. */
export const accountsOf = (db: Db, management: string): string[] => {
  const id = membership(db, management)?.organization.Id;
  return id === undefined ? [] : members(db).having("organization", id).map(({ Id }) => Id).sort();
};

function isIn(db: Db, { ACCOUNT = [], ORG_UNIT = [] }: ScopeMap, account: string): boolean {
  return ACCOUNT.includes(account) || (membership(db, account)?.parents.some(({ id }) => ORG_UNIT.includes(id)) ?? false);
}

const isGiven = (map: ScopeMap | undefined): map is ScopeMap => !!(map?.ACCOUNT?.length || map?.ORG_UNIT?.length);

/** An IncludeMap alone decides; without one everything but the ExcludeMap is in. What the administrator may not look after is out. */
export function accountsInScope(db: Db, policy: Readonly<PolicyRow>, admin: Readonly<AdminRow>, management: string): string[] {
  return accountsOf(db, management).filter((account) => {
    if (!coversAccount(db, admin.AdminScope, account)) return false;
    if (isGiven(policy.IncludeMap)) return isIn(db, policy.IncludeMap, account);
    return !isGiven(policy.ExcludeMap) || !isIn(db, policy.ExcludeMap, account);
  });
}

export const typesOf = ({ ResourceType, ResourceTypeList }: Pick<PolicyRow, "ResourceType" | "ResourceTypeList">): string[] => (ResourceTypeList?.length ? ResourceTypeList : [ResourceType]);

/** Whether the policy's tags say that it is about a resource. A tag without a value is one with the empty value. Source: AWS Firewall Manager API Reference, ResourceTag. */
function byTags(db: Db, { ResourceTags, ResourceTagLogicalOperator, ExcludeResourceTags }: Readonly<PolicyRow>, arn: string): boolean {
  if (!ResourceTags.length) return true;
  const has = tagsOf(db, arn);
  const met = ({ Key, Value = "" }: { Key: string; Value?: string }) => has.some((tag) => tag.Key === Key && tag.Value === Value);
  return (ResourceTagLogicalOperator === "OR" ? ResourceTags.some(met) : ResourceTags.every(met)) !== ExcludeResourceTags;
}

/** All resources of these types in an account and Region. */
export function resourcesOf(ctx: Pick<Context, "db">, place: Place, types: readonly string[]): ScopedResource[] {
  const out: ScopedResource[] = [];
  for (const type of types) {
    if (Object.hasOwn(wafTypes, type)) {
      for (const { Arn } of wafResources(ctx.db.at({ ...place, service: "wafv2" })).having("ResourceType", wafTypes[type])) out.push({ id: Arn, arn: Arn, type });
    } else if (Object.hasOwn(estateTypes, type)) {
      for (const row of estate(ctx.db.at(place)).having("ResourceType", estateTypes[type])) out.push({ id: row.ResourceType === "CLASSIC_LOAD_BALANCER" ? row.Arn : row.Id, arn: row.Arn, type, VpcId: row.VpcId, SecurityGroups: row.SecurityGroups });
    }
  }
  return out;
}

/** Those that the policy is about. */
export const resourcesInScope = (ctx: Pick<Context, "db">, policy: Readonly<PolicyRow>, place: Place): ScopedResource[] =>
  resourcesOf(ctx, place, typesOf(policy)).filter(({ arn }) => byTags(ctx.db.at(place), policy, arn));
