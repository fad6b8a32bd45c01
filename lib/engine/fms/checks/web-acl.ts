import type { Context, JsonObject, Result } from "../../types";
import { putFirewallManagerPart } from "../../wafv2/firewall-manager";
import type { FirewallManagerRuleGroup } from "../../wafv2/inspect/types";
import { findByArn, readEntityArn } from "../../wafv2/names";
import { type FirewallManagerPart, type WebAclRow, associations, entities } from "../../wafv2/state";
import { callIn } from "../acting";
import type { RuleGroup, WafData } from "../service-data";
import { type Place, type PolicyRow, webAcls } from "../state";
import type { Look } from "./check";

/**
 * A policy's web ACLs in an account: the one that it makes there, and those of the account that it gives rule groups to.
 * Source: AWS WAF Developer Guide, "Using AWS WAF policies with Firewall Manager", "Web ACL management in WAF policies".
 */

/** An account, where nothing is called: only what web ACLs are there is read and written. */
export interface There {
  ctx: Pick<Context, "db" | "newId">;
  policy: Pick<PolicyRow, "PolicyId">;
  place: Place;
}

const PREFIXES = { first: "PREFMManaged", last: "POSTFMManaged" } as const;

const visible = (MetricName: string, SampledRequestsEnabled: boolean): JsonObject => ({ SampledRequestsEnabled, CloudWatchMetricsEnabled: true, MetricName });

function groupOf(which: keyof typeof PREFIXES, at: number, { arn, managed, count, counted, sampled }: RuleGroup): FirewallManagerRuleGroup {
  const Name = `${PREFIXES[which]}-${at}-${managed?.Name ?? readEntityArn(arn!)?.name ?? "group"}`.slice(0, 128);
  const overrides = counted.length ? { RuleActionOverrides: counted.map((name) => ({ Name: name, ActionToUse: { Count: {} } })) } : {};
  return {
    Name, Priority: at, OverrideAction: count ? { Count: {} } : { None: {} }, VisibilityConfig: { SampledRequestsEnabled: sampled, CloudWatchMetricsEnabled: true, MetricName: Name },
    FirewallManagerStatement: managed ? { ManagedRuleGroupStatement: { ...managed, ...overrides } } : { RuleGroupReferenceStatement: { ARN: arn!, ...overrides } },
  };
}

const partOf = ({ policy }: There, { first, last }: WafData, retrofitted: boolean): FirewallManagerPart => ({
  first: first.map((group, at) => groupOf("first", at, group)), last: last.map((group, at) => groupOf("last", at, group)),
  policy: policy.PolicyId, managed: !retrofitted, retrofitted,
});

const webAclId = ({ policy, place }: There): string => `${policy.PolicyId} ${place.account}`;

const wafOf = ({ ctx, place }: Pick<There, "ctx" | "place">) => ctx.db.at({ ...place, service: "wafv2" });

export const rowOf = (look: Pick<There, "ctx" | "place">, arn: string): Readonly<WebAclRow> | undefined => findByArn({ db: wafOf(look) }, arn, "webacl");

/** The policy's web ACL in this account, if it is there still. */
export function webAclHere(look: Look): string | undefined {
  const known = webAcls(look.ctx.db).get(webAclId(look));
  return known && rowOf(look, known.arn) ? known.arn : undefined;
}

const wantedDefault = ({ defaultAction }: WafData): JsonObject => (defaultAction === "ALLOW" ? { Allow: {} } : { Block: {} });

/** Whether the web ACL has the policy's rule groups, as they should be, and, where the policy made it, the policy's default action. */
export function isWhole(look: Look, data: WafData, arn: string): boolean {
  const row = rowOf(look, arn);
  const part = row?.firewallManager;
  if (!row || !part || JSON.stringify(part) !== JSON.stringify(partOf(look, data, part.retrofitted))) return false;
  return part.retrofitted || Object.keys(row.DefaultAction)[0] === Object.keys(wantedDefault(data))[0];
}

const put = (look: There, arn: string, part: FirewallManagerPart | undefined): Result => putFirewallManagerPart({ db: wafOf(look), newId: () => look.ctx.newId() }, arn, part);

const whyNot = (done: Result): { why: string } | undefined => (done.ok ? undefined : { why: `${done.error.code}: ${done.error.message ?? ""}` });

/** Makes the policy's web ACL in the account, or brings it up to the policy. Gives what AWS WAF said where that did not work. */
export function settleWebAcl(look: Look, data: WafData): { arn: string } | { why: string } {
  const known = webAclHere(look);
  if (known !== undefined && isWhole(look, data, known)) return { arn: known };
  const made = known === undefined ? make(look, data) : { arn: known };
  if ("why" in made) return made;
  const changed = known === undefined ? undefined : whyNot(setDefault(look, known, wantedDefault(data)));
  return changed ?? whyNot(put(look, made.arn, partOf(look, data, false))) ?? made;
}

const scopeOf = ({ policy }: Look): "CLOUDFRONT" | "REGIONAL" => (policy.ResourceType === "AWS::CloudFront::Distribution" ? "CLOUDFRONT" : "REGIONAL");

/** Named by the policy and the time, in milliseconds since 1970. */
function make(look: Look, data: WafData): { arn: string } | { why: string } {
  const { ctx, policy, place } = look;
  const Name = `FMManagedWebACLV2-${policy.PolicyName.replace(/[^\w-]/g, "-").slice(0, 90)}-${ctx.now}`;
  const done = callIn(ctx, place, "wafv2", "CreateWebACL", { Name, Scope: scopeOf(look), DefaultAction: wantedDefault(data), VisibilityConfig: visible(Name, data.sampled), Rules: [] });
  if (!done.ok) return whyNot(done)!;
  const { arn } = { arn: (done.output as { Summary: { ARN: string } }).Summary.ARN };
  webAcls(ctx.db).put(webAclId(look), { PolicyId: policy.PolicyId, account: place.account, arn });
  return { arn };
}

/** The account's own rules and settings stay. */
function setDefault({ ctx, place }: Look, arn: string, DefaultAction: JsonObject): Result {
  const read = callIn(ctx, place, "wafv2", "GetWebACL", { ARN: arn });
  if (!read.ok) return read;
  const { WebACL, LockToken } = read.output as unknown as { WebACL: JsonObject; LockToken: string };
  if (JSON.stringify(WebACL.DefaultAction) === JSON.stringify(DefaultAction)) return read;
  const { ARN: _arn, Capacity: _capacity, LabelNamespace: _labels, ManagedByFirewallManager: _managed, RetrofittedByFirewallManager: _fitted, PreProcessFirewallManagerRuleGroups: _first, PostProcessFirewallManagerRuleGroups: _last, ...kept } = WebACL;
  return callIn(ctx, place, "wafv2", "UpdateWebACL", { ...kept, Description: WebACL.Description || undefined, Scope: readEntityArn(arn)!.scope, LockToken, DefaultAction } as JsonObject);
}

const protectedBy = (look: Look, arn: string): string[] => associations(wafOf(look)).having("WebACLArn", arn).map(({ ResourceArn }) => ResourceArn);

/**
 * Why the policy cannot give its rule groups to a web ACL of the account: it has those of another policy, or it also protects what
 * the policy is not about. Undefined: it can.
 */
export function unfit(look: Look, arn: string): { webAcl: string; why: string; others?: string } | undefined {
  const { policy, resources } = look;
  const part = rowOf(look, arn)?.firewallManager;
  if (part && part.policy !== policy.PolicyId) return { webAcl: arn, why: "The web ACL has the rule groups of another Firewall Manager policy." };
  const others = protectedBy(look, arn).filter((each) => !resources.some((resource) => resource.arn === each));
  return others.length ? { webAcl: arn, why: "The web ACL also protects resources that the policy is not about.", others: others.slice(0, 10).join(" ") } : undefined;
}

/** Puts the policy's rule groups into a web ACL of the account. */
export const retrofit = (look: Look, data: WafData, arn: string): { why: string } | undefined => whyNot(put(look, arn, partOf(look, data, true)));

/** Web ACLs of the account that have this policy's rule groups. */
export const retrofitted = (look: There): Readonly<WebAclRow>[] => entities(wafOf(look), "webacl").all().filter(({ firewallManager: part }) => part?.retrofitted && part.policy === look.policy.PolicyId);

/** Takes the policy's rule groups out of web ACLs of the account: all, or those that protect none of the resources. */
export function giveBack(look: Look, all: boolean): void {
  for (const { ARN } of retrofitted(look)) if (all || !look.resources.some(({ arn }) => protectedBy(look, ARN).includes(arn))) put(look, ARN, undefined);
}

export const webAclOn = (look: Pick<Look, "ctx" | "place">, arn: string): string | undefined => associations(wafOf(look)).get(arn)?.WebACLArn;

export function associate(look: Look, WebACLArn: string | undefined, { arn, type }: { arn: string; type: string }): boolean {
  const { ctx, place } = look;
  if (type === "AWS::CloudFront::Distribution") return callIn(ctx, place, "traffic", "UpdateDistribution", { ResourceArn: arn, WebACLId: WebACLArn ?? "" }).ok;
  return callIn(ctx, place, "wafv2", WebACLArn ? "AssociateWebACL" : "DisassociateWebACL", { ResourceArn: arn, ...(WebACLArn ? { WebACLArn } : {}) }).ok;
}

const typeOf = (webAcl: string): string => (readEntityArn(webAcl)?.scope === "CLOUDFRONT" ? "AWS::CloudFront::Distribution" : "");

/** Takes the policy's web ACL off resources that the policy is no longer about. */
export function release(look: Look, own: string): void {
  for (const arn of protectedBy(look, own)) if (!look.resources.some((resource) => resource.arn === arn)) associate(look, undefined, { arn, type: typeOf(own) });
}

/** Takes the policy's web ACL off everything in the account and deletes it, or only its rule groups out of it where the account has rules of its own there. */
export function unmake(look: Look): void {
  const { ctx, place } = look;
  const known = webAcls(ctx.db).get(webAclId(look));
  webAcls(ctx.db).delete(webAclId(look));
  if (!known || !rowOf(look, known.arn)) return;
  for (const arn of protectedBy(look, known.arn)) associate(look, undefined, { arn, type: typeOf(known.arn) });
  put(look, known.arn, undefined);
  const { Name, Id, Scope, LockToken, Rules } = rowOf(look, known.arn)!;
  if (!Rules.length) callIn(ctx, place, "wafv2", "DeleteWebACL", { Name, Id, Scope, LockToken });
}

/** A policy that goes without its web ACLs leaves them, with its rule groups, to the account. */
export function leave(look: There): void {
  const known = webAcls(look.ctx.db).get(webAclId(look));
  webAcls(look.ctx.db).delete(webAclId(look));
  for (const { ARN, firewallManager } of [...retrofitted(look), ...(known ? [rowOf(look, known.arn)] : [])].flatMap((row) => row ?? [])) if (firewallManager) put(look, ARN, { ...firewallManager, managed: false, retrofitted: false });
}
