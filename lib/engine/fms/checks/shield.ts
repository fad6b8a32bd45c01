import { ONLY, protections, shieldDb, subscriptions } from "../../shield/state";
import { associations } from "../../wafv2/state";
import { callIn } from "../acting";
import type { ShieldData } from "../service-data";
import type { ScopedResource } from "../scope";
import { type Found, type Look, violation } from "./check";

/**
 * SHIELD_ADVANCED: every resource has a protection, and where the policy asks for it automatic mitigation. The account must be
 * subscribed already: a policy buys nothing. Protections stay when the policy goes.
 * Source: AWS WAF Developer Guide, "Using Shield Advanced policies with Firewall Manager".
 */

const layerSeven = new Set(["AWS::CloudFront::Distribution", "AWS::ElasticLoadBalancingV2::LoadBalancer"]);

const protectionOf = ({ ctx, place }: Look, arn: string) => protections(shieldDb(ctx.db, place.account)).having("ResourceArn", arn)[0];

function protect(look: Look, { arn }: ScopedResource): boolean {
  const { ctx, place } = look;
  return callIn(ctx, place, "shield", "CreateProtection", { Name: `FMManagedShieldProtection${ctx.newId()}`, ResourceArn: arn }).ok;
}

/** Whether automatic mitigation is as the policy wants it, now. */
function mitigates(look: Look, { automatic }: ShieldData, { arn, type }: ScopedResource): boolean {
  if (!automatic || !layerSeven.has(type)) return true;
  const { ctx, policy, place } = look;
  const has = protectionOf(look, arn)?.automatic;
  if (has?.Status === "ENABLED" && automatic in has.Action) return true;
  const webAcl = associations(ctx.db.at({ ...place, service: "wafv2" })).get(arn);
  if (!policy.RemediationEnabled || !webAcl) return false;
  const operation = has?.Status === "ENABLED" ? "UpdateApplicationLayerAutomaticResponse" : "EnableApplicationLayerAutomaticResponse";
  return callIn(ctx, place, "shield", operation, { ResourceArn: arn, Action: { [automatic]: {} } }).ok;
}

export function checkShield(look: Look, data: ShieldData): Found {
  const { ctx, policy, place, resources } = look;
  const found: Found = { violators: [], issues: {} };
  const isSubscribed = subscriptions(shieldDb(ctx.db, place.account)).get(ONLY) !== undefined;
  if (!isSubscribed) found.issues.AWSSHIELD_ADVANCED = `Account ${place.account} is not subscribed to Shield Advanced.`;
  for (const resource of resources) {
    const isProtected = protectionOf(look, resource.arn) !== undefined && isSubscribed;
    if (!isProtected && !(policy.RemediationEnabled && isSubscribed && protect(look, resource))) found.violators.push(violation(resource, "RESOURCE_MISSING_SHIELD_PROTECTION"));
    else if (!mitigates(look, data, resource)) found.violators.push(violation(resource, "RESOURCE_MISSING_WEB_ACL_OR_SHIELD_PROTECTION"));
  }
  return found;
}
