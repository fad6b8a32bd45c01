import { ONLY, protections, shieldDb, subscriptions } from "../../shield/state";
import { associations } from "../../wafv2/state";
import { callIn } from "../acting";
import type { ShieldData, WafData } from "../service-data";
import type { ScopedResource } from "../scope";
import { webAcls } from "../state";
import { type Found, type Look, violation } from "./check";
import { cleanWaf } from "./waf";
import { associate, settleWebAcl, webAclOn } from "./web-acl";

/**
 * SHIELD_ADVANCED: every resource has a protection, distributions and Application Load Balancers a web ACL besides, and where the policy
 * asks for it automatic mitigation. Accounts are subscribed if the administrator's is: a policy buys nothing by itself. Protections stay
 * when the policy goes.
 * Sources: AWS WAF Developer Guide, "Using Shield Advanced policies in Firewall Manager", "AWS Firewall Manager".
 */

const layerSeven = new Set(["AWS::CloudFront::Distribution", "AWS::ElasticLoadBalancingV2::LoadBalancer"]);

const protectionOf = ({ ctx, place }: Look, arn: string) => protections(shieldDb(ctx.db, place.account)).having("ResourceArn", arn)[0];

function protect(look: Look, { arn }: ScopedResource): boolean {
  const { ctx, place } = look;
  return callIn(ctx, place, "shield", "CreateProtection", { Name: `FMManagedShieldProtection${ctx.newId()}`, ResourceArn: arn }).ok;
}

/** Whether automatic mitigation is as the policy wants it, now. */
function mitigates(look: Look, { automatic }: ShieldData, { arn }: ScopedResource): boolean {
  if (automatic === undefined) return true;
  const { ctx, policy, place } = look;
  const has = protectionOf(look, arn)?.automatic;
  const isOn = has?.Status === "ENABLED";
  if (automatic === "off" ? !isOn : isOn && automatic in has.Action) return true;
  if (!policy.RemediationEnabled) return false;
  if (automatic === "off") return callIn(ctx, place, "shield", "DisableApplicationLayerAutomaticResponse", { ResourceArn: arn }).ok;
  return callIn(ctx, place, "shield", isOn ? "UpdateApplicationLayerAutomaticResponse" : "EnableApplicationLayerAutomaticResponse", { ResourceArn: arn, Action: { [automatic]: {} } }).ok;
}

/** A web ACL without rules, for Shield to watch by, where a resource has none. */
const empty: WafData = { type: "WAFV2", first: [], last: [], defaultAction: "ALLOW", override: false, retrofit: false, optimise: true, sampled: true };

function isWatched(look: Look, resource: ScopedResource): boolean {
  if (webAclOn(look, resource.arn) !== undefined) return true;
  const made = look.policy.RemediationEnabled ? settleWebAcl(look, empty) : undefined;
  return made !== undefined && "arn" in made && associate(look, made.arn, resource);
}

const isSubscribed = ({ ctx }: Pick<Look, "ctx">, account: string): boolean => subscriptions(shieldDb(ctx.db, account)).get(ONLY) !== undefined;

/** Subscribes an account of an organization whose administrator is: that costs no further fee. */
function subscribe(look: Look): boolean {
  const { ctx, policy, place } = look;
  return isSubscribed(look, place.account) || (policy.RemediationEnabled && isSubscribed(look, ctx.account) && callIn(ctx, place, "shield", "CreateSubscription", {}).ok);
}

export function checkShield(look: Look, data: ShieldData): Found {
  const { policy, place, resources } = look;
  const found: Found = { violators: [], issues: {} };
  const subscribed = subscribe(look);
  if (!subscribed) found.issues.AWSSHIELD_ADVANCED = `Account ${place.account} is not subscribed to Shield Advanced.`;
  for (const resource of resources) {
    const isProtected = protectionOf(look, resource.arn) !== undefined && subscribed;
    if (!isProtected && !(policy.RemediationEnabled && subscribed && protect(look, resource))) found.violators.push(violation(resource, "RESOURCE_MISSING_SHIELD_PROTECTION"));
    else if (layerSeven.has(resource.type) && !(isWatched(look, resource) && mitigates(look, data, resource))) found.violators.push(violation(resource, "RESOURCE_MISSING_WEB_ACL_OR_SHIELD_PROTECTION"));
  }
  return found;
}

/** Takes the policy's web ACL off what it watches; automatic mitigation in it ends. Protections stay. */
export function cleanShield(look: Look): void {
  const { ctx, policy, place } = look;
  const own = webAcls(ctx.db).get(`${policy.PolicyId} ${place.account}`)?.arn;
  const watched = own === undefined ? [] : associations(ctx.db.at({ ...place, service: "wafv2" })).having("WebACLArn", own);
  for (const { ResourceArn } of watched) if (protectionOf(look, ResourceArn)?.automatic?.Status === "ENABLED") callIn(ctx, place, "shield", "DisableApplicationLayerAutomaticResponse", { ResourceArn });
  cleanWaf(look);
}
