import { type EstateRow, resources as estate } from "../../shield/estate/state";
import { callIn } from "../acting";
import type { CommonData } from "../service-data";
import { replicas } from "../state";
import { type Found, type Look, violation } from "./check";
import { fingerprint } from "./group-rules";

/**
 * SECURITY_GROUPS_COMMON: the administrator's groups are copied into each VPC and put on every instance or network interface.
 * Source: AWS WAF Developer Guide, "Using common security group policies with Firewall Manager".
 */

/** The administrator's group of this id, in the policy's Region. */
export const primaryOf = ({ ctx }: Pick<Look, "ctx">, id: string): Readonly<EstateRow> | undefined => estate(ctx.db).having("Id", id).find(({ ResourceType }) => ResourceType === "SECURITY_GROUP");

const replicaId = ({ policy, place }: Look, vpc: string, primary: string): string => `${policy.PolicyId} ${place.account} ${vpc} ${primary}`;

/** The copy of a primary group in a VPC, if it is there still. */
function replicaOf(look: Look, vpc: string, primary: string): Readonly<EstateRow> | undefined {
  const known = replicas(look.ctx.db).get(replicaId(look, vpc, primary));
  return known && estate(look.ctx.db.at(look.place)).get(known.arn);
}

function copy(look: Look, vpc: string, primary: Readonly<EstateRow>): Readonly<EstateRow> | undefined {
  const { ctx, policy, place } = look;
  const made = callIn(ctx, place, "estate", "AddResource", { ResourceType: "SECURITY_GROUP", Name: `FMManagedSecurityGroup${policy.PolicyId}${primary.Id}`.slice(0, 128), ...(vpc ? { VpcId: vpc } : {}), Rules: structuredClone(primary.Rules ?? []) as never });
  if (!made.ok) return undefined;
  const { Arn } = (made.output as { Resource: { Arn: string } }).Resource;
  replicas(ctx.db).put(replicaId(look, vpc, primary.Id), { PolicyId: policy.PolicyId, account: place.account, arn: Arn });
  return estate(ctx.db.at(place)).get(Arn);
}

export function checkCommonGroups(look: Look, data: CommonData): Found {
  const { ctx, policy, place, resources } = look;
  const found: Found = { violators: [], issues: {} };
  const primaries = data.groups.flatMap((id) => primaryOf(look, id) ?? []);
  if (primaries.length < data.groups.length) found.issues.AWSVPC = "A primary security group of the policy does not exist any more.";
  for (const vpc of new Set(resources.map(({ VpcId = "" }) => VpcId)))
    for (const primary of primaries) {
      const replica = replicaOf(look, vpc, primary.Id) ?? (policy.RemediationEnabled ? copy(look, vpc, primary) : undefined);
      if (!replica || fingerprint(replica.Rules) === fingerprint(primary.Rules) || !data.revert) continue;
      const reverted = policy.RemediationEnabled && callIn(ctx, place, "estate", "UpdateResource", { Arn: replica.Arn, Rules: structuredClone(primary.Rules ?? []) as never }).ok;
      if (!reverted) found.violators.push(violation({ id: replica.Id, type: "AWS::EC2::SecurityGroup" }, "FMS_CREATED_SECURITY_GROUP_EDITED", { primary: primary.Id }));
    }
  for (const resource of resources) {
    const wanted = primaries.map(({ Id }) => replicaOf(look, resource.VpcId ?? "", Id)?.Id);
    const has = resource.SecurityGroups ?? [];
    const missing = wanted.some((id) => id === undefined || !has.includes(id));
    const others = data.exclusive && has.some((id) => !wanted.includes(id));
    if (!missing && !others) continue;
    const ids = wanted.filter((id) => id !== undefined);
    const put = policy.RemediationEnabled && ids.length === wanted.length && callIn(ctx, place, "estate", "UpdateResource", { Arn: resource.arn, SecurityGroups: data.exclusive ? ids : [...new Set([...has, ...ids])] }).ok;
    if (!put) found.violators.push(violation(resource, "RESOURCE_MISSING_SECURITY_GROUP"));
  }
  return found;
}

/** Takes the copies off everything in an account and deletes them. */
export function cleanCommonGroups(look: Look): void {
  const { ctx, policy, place } = look;
  const here = estate(ctx.db.at(place));
  for (const id of replicas(ctx.db).ids({ prefix: `${policy.PolicyId} ${place.account} ` })) {
    const replica = here.get(replicas(ctx.db).get(id)!.arn);
    replicas(ctx.db).delete(id);
    if (!replica) continue;
    for (const { Arn, SecurityGroups = [] } of here.all()) if (SecurityGroups.includes(replica.Id)) callIn(ctx, place, "estate", "UpdateResource", { Arn, SecurityGroups: SecurityGroups.filter((one) => one !== replica.Id) });
    callIn(ctx, place, "estate", "RemoveResource", { Arn: replica.Arn });
  }
}
