import type { ScopedResource } from "../scope";
import type { WafData } from "../service-data";
import type { Violator } from "../state";
import { type Found, type Look, violation } from "./check";
import { associate, giveBack, isWhole, release, retrofit, rowOf, settleWebAcl, unfit, unmake, webAclHere, webAclOn } from "./web-acl";

/**
 * WAFV2: a web ACL with the policy's first and last rule groups stands on every resource: the policy's own, or with
 * webACLSource RETROFIT_EXISTING the one that the account has put there.
 * Source: AWS WAF Developer Guide, "Using AWS WAF policies with Firewall Manager".
 */

/** As the API's text fields take it. */
const plain = (text: string): string => text.replace(/[^\p{L}\p{Z}\p{N}_.:/=,+\-@]/gu, "").slice(0, 4096);

export function checkWaf(look: Look, data: WafData): Found {
  const { policy, resources } = look;
  const found: Found = { violators: [], issues: {} };
  if (!data.retrofit) giveBack(look, true);
  const bare = resources.filter(({ arn }) => !(data.retrofit && webAclOn(look, arn) !== undefined && webAclOn(look, arn) !== webAclHere(look)));
  // A web ACL that nothing would be under is made only where the policy does not save such.
  const settled = (data.optimise || data.retrofit) && !bare.length ? undefined : policy.RemediationEnabled ? settleWebAcl(look, data) : { arn: webAclHere(look) };
  if (settled && "why" in settled) found.issues.AWSWAF = plain(settled.why);
  const own = settled && "arn" in settled ? settled.arn : undefined;
  for (const resource of resources) {
    const problem = data.retrofit && !bare.includes(resource) ? ofAccounts(look, data, resource, found) : ofPolicys(look, data, resource, own);
    if (problem) found.violators.push(problem);
  }
  return found;
}

/** The policy's web ACL is to be on the resource. */
function ofPolicys(look: Look, data: WafData, resource: ScopedResource, own: string | undefined): Violator | undefined {
  const has = webAclOn(look, resource.arn);
  if (has !== undefined && has === own) return isWhole(look, data, has) ? undefined : violation(resource, "WEB_ACL_MISSING_RULE_GROUP", { webAcl: has });
  if (own && look.policy.RemediationEnabled && (has === undefined || data.override) && associate(look, own, resource)) return undefined;
  return has === undefined ? violation(resource, "RESOURCE_MISSING_WEB_ACL") : violation(resource, "RESOURCE_INCORRECT_WEB_ACL", { webAcl: has });
}

/** The account's own web ACL on the resource is to have the policy's rule groups. */
function ofAccounts(look: Look, data: WafData, resource: ScopedResource, found: Found): Violator | undefined {
  const has = webAclOn(look, resource.arn)!;
  const problem = unfit(look, has);
  if (problem) return violation(resource, "WEB_ACL_CONFIGURATION_OR_SCOPE_OF_USE", problem);
  if (rowOf(look, has)?.firewallManager && isWhole(look, data, has)) return undefined;
  if (!look.policy.RemediationEnabled) return violation(resource, "WEB_ACL_MISSING_RULE_GROUP", { webAcl: has });
  const failed = retrofit(look, data, has);
  if (failed) found.issues.AWSWAF = plain(failed.why);
  return failed && violation(resource, "WEB_ACL_CONFIGURATION_OR_SCOPE_OF_USE", { webAcl: has, why: plain(failed.why) });
}

/**
 * Takes the policy's web ACL off everything in an account and deletes it if the account has no rules in it, and its rule groups out
 * of web ACLs of the account. Source: AWS Firewall Manager API Reference, DeletePolicy (DeleteAllPolicyResources).
 */
export function cleanWaf(look: Look): void {
  giveBack(look, true);
  unmake(look);
}

/** Takes it off resources that the policy is no longer about. */
export function releaseWaf(look: Look): void {
  giveBack(look, false);
  const own = webAclHere(look);
  if (own !== undefined) release(look, own);
}
