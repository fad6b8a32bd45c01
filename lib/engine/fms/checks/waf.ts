import type { JsonObject, Result } from "../../types";
import { associations, type WebAclRow } from "../../wafv2/state";
import { findByArn, readEntityArn } from "../../wafv2/names";
import { callIn } from "../acting";
import type { RuleGroup, WafData } from "../service-data";
import { webAcls } from "../state";
import { type Found, type Look, violation } from "./check";
import { shareGroups } from "./waf-groups";

/**
 * WAFV2: the policy's own web ACL stands on every resource. Its first and last rule groups are rules at both ends of an ordinary web
 * ACL; what the account adds between them stays.
 * Source: AWS WAF Developer Guide, "Using AWS WAF policies with Firewall Manager".
 */

const PREFIXES = { first: "PREFMManaged", last: "POSTFMManaged" } as const;
/** The account's own rules stand between the two. */
const LAST = 1_000_000;

const visible = (MetricName: string, SampledRequestsEnabled: boolean): JsonObject => ({ SampledRequestsEnabled, CloudWatchMetricsEnabled: true, MetricName });

function ruleOf(which: keyof typeof PREFIXES, at: number, { arn, managed, count, counted, sampled }: RuleGroup): JsonObject {
  const Name = `${PREFIXES[which]}-${at}-${managed?.Name ?? readEntityArn(arn!)?.name ?? "group"}`.slice(0, 128);
  const RuleActionOverrides = counted.length ? { RuleActionOverrides: counted.map((name) => ({ Name: name, ActionToUse: { Count: {} } })) } : {};
  return {
    Name, Priority: which === "first" ? at : LAST + at, OverrideAction: count ? { Count: {} } : { None: {} }, VisibilityConfig: visible(Name, sampled),
    Statement: managed ? { ManagedRuleGroupStatement: { ...managed, ...RuleActionOverrides } } : { RuleGroupReferenceStatement: { ARN: arn, ...RuleActionOverrides } },
  };
}

const isManaged = ({ Name }: { Name: string }): boolean => Name.startsWith(PREFIXES.first) || Name.startsWith(PREFIXES.last);

const rulesOf = ({ first, last }: WafData): JsonObject[] => [...first.map((group, at) => ruleOf("first", at, group)), ...last.map((group, at) => ruleOf("last", at, group))];

const webAclId = ({ policy, place }: Look): string => `${policy.PolicyId} ${place.account}`;

const rowOf = ({ ctx, place }: Pick<Look, "ctx" | "place">, arn: string): Readonly<WebAclRow> | undefined => findByArn({ db: ctx.db.at({ ...place, service: "wafv2" }) }, arn, "webacl");

/** The policy's web ACL in this account, if it is there still. */
function webAclHere(look: Look): { arn: string; version: string } | undefined {
  const known = webAcls(look.ctx.db).get(webAclId(look));
  return known && rowOf(look, known.arn) ? known : undefined;
}

/** Whether the web ACL has the policy's rules, as they should be: somebody may have taken them out. */
function isWhole(look: Look, data: WafData, arn: string): boolean {
  const has = new Map((rowOf(look, arn)?.Rules ?? []).map((rule) => [rule.Name, rule]));
  return rulesOf(data).every(({ Name, Priority }) => has.get(Name as string)?.Priority === Priority);
}

const scopeOf = ({ policy }: Look): "CLOUDFRONT" | "REGIONAL" => (policy.ResourceType === "AWS::CloudFront::Distribution" ? "CLOUDFRONT" : "REGIONAL");

/** Makes the policy's web ACL in the account, or brings it up to the policy. Gives what AWS WAF said where that did not work. */
export function settleWebAcl(look: Look, data: WafData): { arn: string } | { why: string } {
  const { ctx, policy, place } = look;
  const known = webAclHere(look);
  if (known?.version === policy.PolicyUpdateToken && isWhole(look, data, known.arn)) return known;
  shareGroups(look, [...data.first, ...data.last].flatMap(({ arn }) => arn ?? []));
  const DefaultAction = data.defaultAction === "ALLOW" ? { Allow: {} } : { Block: {} };
  const done = known ? rewrite(look, known.arn, DefaultAction, rulesOf(data)) : callIn(ctx, place, "wafv2", "CreateWebACL", { ...newNames(look, data), Scope: scopeOf(look), DefaultAction, Rules: rulesOf(data) });
  if (!done.ok) return { why: `${done.error.code}: ${done.error.message ?? ""}` };
  const arn = known?.arn ?? (done.output as { Summary: { ARN: string } }).Summary.ARN;
  webAcls(ctx.db).put(webAclId(look), { PolicyId: policy.PolicyId, account: place.account, arn, version: policy.PolicyUpdateToken });
  return { arn };
}

const newNames = ({ ctx, policy }: Look, { sampled }: WafData): JsonObject => {
  const Name = `FMManagedWebACLV2-${policy.PolicyName.replace(/[^\w-]/g, "-").slice(0, 90)}-${ctx.now}`;
  return { Name, VisibilityConfig: visible(Name, sampled) };
};

function rewrite({ ctx, place }: Look, arn: string, DefaultAction: JsonObject, rules: JsonObject[]): Result {
  const read = callIn(ctx, place, "wafv2", "GetWebACL", { ARN: arn });
  if (!read.ok) return read;
  const { WebACL, LockToken } = read.output as unknown as { WebACL: JsonObject & { Name: string; Id: string; Description: string; Rules: { Name: string }[]; VisibilityConfig: JsonObject; CustomResponseBodies?: JsonObject }; LockToken: string };
  const own = WebACL.Rules.filter((rule) => !isManaged(rule)) as unknown as JsonObject[];
  const { Name, Id, VisibilityConfig, CustomResponseBodies } = WebACL;
  return callIn(ctx, place, "wafv2", "UpdateWebACL", { Name, Id, VisibilityConfig, ...(CustomResponseBodies ? { CustomResponseBodies } : {}), Scope: readEntityArn(arn)!.scope, LockToken, DefaultAction, Rules: [...rules, ...own] });
}

export const webAclOn = ({ ctx, place }: Pick<Look, "ctx" | "place">, arn: string): string | undefined => associations(ctx.db.at({ ...place, service: "wafv2" })).get(arn)?.WebACLArn;

export function associate(look: Look, WebACLArn: string | undefined, { arn, type }: { arn: string; type: string }): boolean {
  const { ctx, place } = look;
  if (type === "AWS::CloudFront::Distribution") return callIn(ctx, place, "traffic", "UpdateDistribution", { ResourceArn: arn, WebACLId: WebACLArn ?? "" }).ok;
  return callIn(ctx, place, "wafv2", WebACLArn ? "AssociateWebACL" : "DisassociateWebACL", { ResourceArn: arn, ...(WebACLArn ? { WebACLArn } : {}) }).ok;
}

export function checkWaf(look: Look, data: WafData): Found {
  const { policy, resources } = look;
  const found: Found = { violators: [], issues: {} };
  if (!resources.length && data.optimise) return found;
  const settled = policy.RemediationEnabled ? settleWebAcl(look, data) : webAclHere(look);
  if (settled && "why" in settled) found.issues.AWSWAF = settled.why.replace(/[^\p{L}\p{Z}\p{N}_.:/=,+\-@]/gu, "").slice(0, 4096);
  const own = settled && "arn" in settled ? settled.arn : undefined;
  for (const resource of resources) {
    const has = webAclOn(look, resource.arn);
    if (has !== undefined && has === own) {
      if (!isWhole(look, data, has)) found.violators.push(violation(resource, "WEB_ACL_MISSING_RULE_GROUP", { webAcl: has }));
    } else if (!(own && policy.RemediationEnabled && (has === undefined || data.override) && associate(look, own, resource)))
      found.violators.push(has === undefined ? violation(resource, "RESOURCE_MISSING_WEB_ACL") : violation(resource, "RESOURCE_INCORRECT_WEB_ACL", { webAcl: has }));
  }
  return found;
}

/**
 * Takes the policy's web ACL off everything in an account and the policy's rules out of it, and deletes it if nothing is left in it.
 * Source: AWS Firewall Manager API Reference, DeletePolicy (DeleteAllPolicyResources).
 */
export function cleanWaf(look: Look): void {
  const { ctx, place } = look;
  const known = webAcls(ctx.db).get(webAclId(look));
  webAcls(ctx.db).delete(webAclId(look));
  const row = known && rowOf(look, known.arn);
  if (!row) return;
  for (const { ResourceArn } of associations(ctx.db.at({ ...place, service: "wafv2" })).having("WebACLArn", row.ARN))
    associate(look, undefined, { arn: ResourceArn, type: row.Scope === "CLOUDFRONT" ? "AWS::CloudFront::Distribution" : "" });
  if (row.Rules.some((rule) => !isManaged(rule))) rewrite(look, row.ARN, row.DefaultAction, []);
  else callIn(ctx, place, "wafv2", "DeleteWebACL", { Name: row.Name, Id: row.Id, Scope: row.Scope, LockToken: row.LockToken });
}

/** Takes it off resources that the policy is no longer about. */
export function releaseWaf(look: Look): void {
  const own = webAclHere(look)?.arn;
  const { ctx, place, resources } = look;
  if (own === undefined) return;
  for (const { ResourceArn } of associations(ctx.db.at({ ...place, service: "wafv2" })).having("WebACLArn", own))
    if (!resources.some(({ arn }) => arn === ResourceArn)) associate(look, undefined, { arn: ResourceArn, type: own.includes(":global/") ? "AWS::CloudFront::Distribution" : "" });
}
