import { isRecording } from "../shield/estate/state";
import { ONLY, fees } from "../shield/state";
import { membership } from "../organizations/state";
import type { Context } from "../types";
import { coversRegion, coversType } from "./admins";
import { checkContent, checkUsage } from "./checks/audit-groups";
import type { Found, Look } from "./checks/check";
import { checkCommonGroups, cleanCommonGroups } from "./checks/common-groups";
import { checkShield, cleanShield } from "./checks/shield";
import { checkWaf, cleanWaf, releaseWaf } from "./checks/waf";
import { leave } from "./checks/web-acl";
import { isFailure } from "./errors";
import { accountsInScope, accountsOf, resourcesInScope } from "./scope";
import { readServiceData } from "./service-data";
import { type AdminRow, type PolicyRow, admins, compliance, policies, unused } from "./state";

/**
 * A policy's evaluation of all accounts of the organization, on the lab's clock. AWS follows changes through AWS Config within minutes;
 * here a policy looks again every ten minutes, and once a day while the clock makes long steps.
 * Source: AWS WAF Developer Guide, "Viewing compliance information for an AWS Firewall Manager policy".
 */
const SOON = 60_000;
const AGAIN = 600_000;
const DAY = 86_400_000;

export const evaluateSoon = (ctx: Context, PolicyId: string): void => ctx.schedule({ id: `evaluate ${PolicyId}`, due: ctx.now + SOON, kind: "evaluate", args: { PolicyId } });

/** Ends a policy of this account: its evaluations and what they found. Web ACLs that it has still are the accounts' own from now on. */
export function forgetPolicy(ctx: Context, PolicyId: string, region: string): void {
  const db = ctx.db.at({ region });
  ctx.unschedule(`evaluate ${PolicyId}`, region);
  const policy = policies(db).get(PolicyId);
  const management = membership(db, ctx.account)?.organization.MasterAccountId;
  if (policy && management !== undefined) for (const account of accountsOf(db, management)) leave({ ctx: { db, newId: () => ctx.newId() }, policy, place: { account, region } });
  policies(db).delete(PolicyId);
  for (const table of [compliance(db), unused(db)]) for (const id of table.ids({ prefix: `${PolicyId} ` })) table.delete(id);
}

export function evaluate({ PolicyId }: { PolicyId: string }, ctx: Context): void {
  const policy = policies(ctx.db).get(PolicyId);
  const management = membership(ctx.db, ctx.account)?.organization.MasterAccountId;
  const admin = management === undefined ? undefined : admins(ctx.db, management).get(ctx.account);
  if (!policy || management === undefined || !admin) return;
  const again = (): void => ctx.schedule({ id: `evaluate ${PolicyId}`, due: ctx.now + (ctx.until - ctx.now > DAY ? DAY : AGAIN), kind: "evaluate", args: { PolicyId } });
  if (statusOf(ctx, policy, admin) !== "ACTIVE") return again();
  const scope = new Set(accountsInScope(ctx.db, policy, admin, management));
  for (const account of accountsOf(ctx.db, management)) {
    const place = { account, region: ctx.region };
    if (scope.has(account)) look({ ctx, policy, place, resources: resourcesInScope(ctx, policy, place) });
    else {
      compliance(ctx.db).delete(`${PolicyId} ${account}`);
      if (policy.DeleteUnusedFMManagedResources) clean({ ctx, policy, place, resources: [] });
    }
  }
  forgetFormer(ctx, policy, scope);
  settleFee(ctx, policy, management);
  again();
}

/** Outside its administrator's scope a policy protects nothing new. Source: AWS Firewall Manager API Reference, Policy (PolicyStatus). */
export const statusOf = ({ region }: Pick<Context, "region">, { SecurityServicePolicyData }: Readonly<PolicyRow>, { AdminScope }: Readonly<AdminRow>): "ACTIVE" | "OUT_OF_ADMIN_SCOPE" =>
  coversType(AdminScope, SecurityServicePolicyData.Type) && coversRegion(AdminScope, region) ? "ACTIVE" : "OUT_OF_ADMIN_SCOPE";

/** Accounts that have left the organization are looked at no more. */
function forgetFormer(ctx: Context, { PolicyId }: Readonly<PolicyRow>, scope: ReadonlySet<string>): void {
  for (const row of compliance(ctx.db).having("PolicyId", PolicyId)) if (!scope.has(row.MemberAccount)) compliance(ctx.db).delete(`${PolicyId} ${row.MemberAccount}`);
}

function look(at: Look): void {
  const { ctx, policy, place, resources } = at;
  const found = isRecording(ctx.db.at(place)) ? check(at) : { violators: [], issues: { AWSCONFIG: `Account ${place.account} does not have AWS Config enabled in region: ${place.region}, which is a prerequisite for Firewall Manager.` } };
  compliance(ctx.db).put(`${policy.PolicyId} ${place.account}`, { PolicyId: policy.PolicyId, MemberAccount: place.account, violators: found.violators, resources: resources.length, issues: found.issues, at: ctx.now });
}

function check(at: Look): Found {
  const data = readServiceData(at.policy.SecurityServicePolicyData.Type, at.policy.SecurityServicePolicyData.ManagedServiceData);
  // PutPolicy takes none that cannot be read.
  if (isFailure(data)) return { violators: [], issues: {} };
  if (at.policy.DeleteUnusedFMManagedResources && data.type === "WAFV2") releaseWaf(at);
  switch (data.type) {
    case "WAFV2":
      return checkWaf(at, data);
    case "SHIELD_ADVANCED":
      return checkShield(at, data);
    case "SECURITY_GROUPS_COMMON":
      return checkCommonGroups(at, data);
    case "SECURITY_GROUPS_CONTENT_AUDIT":
      return checkContent(at, data);
    default:
      return checkUsage(at, data);
  }
}

/** Takes what the policy made out of an account. */
export function clean(at: Look): void {
  const type = at.policy.SecurityServicePolicyData.Type;
  if (type === "WAFV2") cleanWaf(at);
  if (type === "SHIELD_ADVANCED") cleanShield(at);
  if (type === "SECURITY_GROUPS_COMMON") cleanCommonGroups(at);
}

/** Who pays for Shield Advanced pays nothing for policies. Source: aws.amazon.com/firewall-manager/pricing. */
export const chargesOf = (ctx: Pick<Context, "db">, management: string): Record<string, number> => (fees(ctx.db, management).get(ONLY) ? {} : { "fms:policy": 1 });

function settleFee(ctx: Context, policy: Readonly<PolicyRow>, management: string): void {
  const charges = chargesOf(ctx, management);
  if (JSON.stringify(charges) !== JSON.stringify(policy.charges)) policies(ctx.db).edit(policy.PolicyId).charges = charges;
}
