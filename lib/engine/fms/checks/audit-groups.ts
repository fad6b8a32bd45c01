import { type EstateRow, resources as estate } from "../../shield/estate/state";
import { callIn } from "../acting";
import type { ContentData, UsageData } from "../service-data";
import { unused } from "../state";
import { type Found, type Look, violation } from "./check";
import { primaryOf } from "./common-groups";
import { fingerprint, isWithin, overlaps } from "./group-rules";

/**
 * Audits of the accounts' own security groups: what their rules let through, and whether anything uses them.
 * Sources: AWS WAF Developer Guide, "Using content audit security group policies with Firewall Manager", "Using usage audit security
 * group policies with Firewall Manager".
 */

const TYPE = "AWS::EC2::SecurityGroup";

/** Groups in scope: those of the policy's own type, or those on its instances and network interfaces. */
function groupsOf({ ctx, place, resources }: Look): Readonly<EstateRow>[] {
  const all = estate(ctx.db.at(place)).having("ResourceType", "SECURITY_GROUP");
  return all.filter((row) => resources.some(({ arn, SecurityGroups }) => arn === row.Arn || SecurityGroups?.includes(row.Id)));
}

/** With ALLOW every rule must be within one of the audit groups' rules; with DENY none may let through what one of them does. Remediation takes the offending rules out. */
export function checkContent(look: Look, data: ContentData): Found {
  const { ctx, policy, place } = look;
  const found: Found = { violators: [], issues: {} };
  const audit = data.groups.flatMap((id) => primaryOf(look, id)?.Rules ?? []);
  for (const group of groupsOf(look)) {
    if (place.account === ctx.account && data.groups.includes(group.Id)) continue;
    const rules = group.Rules ?? [];
    const kept = rules.filter((rule) => (data.action === "ALLOW" ? audit.some((outer) => isWithin(rule, outer)) : !audit.some((outer) => overlaps(rule, outer))));
    if (kept.length === rules.length) continue;
    const done = policy.RemediationEnabled && callIn(ctx, place, "estate", "UpdateResource", { Arn: group.Arn, Rules: structuredClone(kept) as never }).ok;
    if (!done) found.violators.push(violation({ id: group.Id, type: TYPE }, "RESOURCE_VIOLATES_AUDIT_SECURITY_GROUP"));
  }
  return found;
}

/** Groups on nothing, and groups with the same rules as an earlier one of the same VPC. */
export function checkUsage(look: Look, data: UsageData): Found {
  const { policy } = look;
  const found: Found = { violators: [], issues: {} };
  const gone = new Set<string>();
  if (data.deleteUnused)
    for (const group of groupsOf(look)) {
      if (!isUnused(look, data, group)) continue;
      if (policy.RemediationEnabled && remove(look, group)) gone.add(group.Id);
      else found.violators.push(violation({ id: group.Id, type: TYPE }, "SECURITY_GROUP_UNUSED"));
    }
  if (!data.coalesce) return found;
  const kept = new Map<string, Readonly<EstateRow>>();
  for (const group of groupsOf(look)) {
    if (gone.has(group.Id)) continue;
    const key = `${group.VpcId ?? ""}\n${fingerprint(group.Rules)}`;
    const first = kept.get(key);
    if (!first) kept.set(key, group);
    else if (!(policy.RemediationEnabled && replace(look, group, first))) found.violators.push(violation({ id: group.Id, type: TYPE }, "SECURITY_GROUP_REDUNDANT", { sameAs: first.Id }));
  }
  return found;
}

/** On nothing, and so for as long as the policy waits. */
function isUnused({ ctx, policy, place }: Look, { delay }: UsageData, { Id }: Readonly<EstateRow>): boolean {
  const id = `${policy.PolicyId} ${place.account} ${Id}`;
  if (estate(ctx.db.at(place)).all().some(({ SecurityGroups }) => SecurityGroups?.includes(Id))) {
    unused(ctx.db).delete(id);
    return false;
  }
  const since = unused(ctx.db).get(id)?.since ?? ctx.now;
  unused(ctx.db).put(id, { since });
  return ctx.now - since >= delay * 60_000;
}

const remove = ({ ctx, place }: Look, { Arn }: Readonly<EstateRow>): boolean => callIn(ctx, place, "estate", "RemoveResource", { Arn }).ok;

/** Puts one group in the place of another everywhere, and deletes the other. */
function replace(look: Look, group: Readonly<EstateRow>, by: Readonly<EstateRow>): boolean {
  const { ctx, place } = look;
  for (const { Arn, SecurityGroups = [] } of estate(ctx.db.at(place)).all())
    if (SecurityGroups.includes(group.Id)) callIn(ctx, place, "estate", "UpdateResource", { Arn, SecurityGroups: [...new Set(SecurityGroups.map((id) => (id === group.Id ? by.Id : id)))] });
  return remove(look, group);
}
