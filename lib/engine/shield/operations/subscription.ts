import { type Failure, ok } from "../../errors";
import { membership } from "../../organizations/state";
import type { Context, JsonObject, Operation } from "../../types";
import { askAll, shieldArn } from "../authorise";
import { settleAll } from "../covered";
import { shieldErrors } from "../errors";
import { quotas } from "../quotas";
import { ONLY, type SubscriptionRow, type Switch, fees, responseTeam, seconds, subscriptions } from "../state";

/**
 * The subscription to Shield Advanced: a year's commitment that renews itself, unless AutoRenew is taken off in its last 30 days.
 * An organization pays one fee for all its accounts, through its management account.
 * Source: AWS Shield Advanced API Reference, CreateSubscription, UpdateSubscription (LockedSubscriptionException), DeleteSubscription.
 */

const DAY = 86_400_000;
const YEAR = 365 * DAY;
const LAST_DAYS = 30 * DAY;

/** Errors: ResourceNotFoundException. */
export const subscribed = (ctx: Pick<Context, "db">): Readonly<SubscriptionRow> | Failure => subscriptions(ctx.db).get(ONLY) ?? shieldErrors.noSubscription();

/** Puts an account under the fee of who pays for it, or takes it out; the last one ends the fee. */
function cover(ctx: Context, payer: string, covered: boolean): void {
  const table = fees(ctx.db, payer);
  const others = (table.get(ONLY)?.accounts ?? []).filter((account) => account !== ctx.account);
  const accounts = covered ? [...others, ctx.account].sort() : others;
  if (accounts.length) table.put(ONLY, { charges: { "shield:subscription": 1 }, accounts });
  else table.delete(ONLY);
}

/** Who pays: the organization's management account, or the account itself. */
const payerOf = (ctx: Context): string => membership(ctx.db, ctx.account)?.organization.MasterAccountId ?? ctx.account;

/** Errors: ResourceAlreadyExistsException. */
export const CreateSubscription: Operation = {
  name: "CreateSubscription",
  authorise: () => askAll("CreateSubscription"),
  handle(_input: unknown, ctx) {
    if (subscriptions(ctx.db).get(ONLY)) return shieldErrors.subscribed();
    const row: SubscriptionRow = { StartTime: ctx.now, EndTime: ctx.now + YEAR, AutoRenew: "ENABLED", ProactiveEngagementStatus: "DISABLED", payer: payerOf(ctx) };
    subscriptions(ctx.db).put(ONLY, row);
    cover(ctx, row.payer, true);
    settleAll(ctx);
    ctx.schedule({ id: "subscription", due: row.EndTime, kind: "end-of-year" });
    return ok({});
  },
};

/** At the end of the year: another one, for which the organization of that day pays, or the end of it all. */
export function endOfYear(_args: unknown, ctx: Context): void {
  const known = subscriptions(ctx.db).get(ONLY);
  if (!known) return;
  cover(ctx, known.payer, false);
  if (known.AutoRenew === "DISABLED") {
    subscriptions(ctx.db).delete(ONLY);
    responseTeam(ctx.db).delete(ONLY);
    ctx.unschedule("engagement");
    settleAll(ctx);
    return;
  }
  const row = subscriptions(ctx.db).edit(ONLY);
  row.EndTime += YEAR;
  row.payer = payerOf(ctx);
  cover(ctx, row.payer, true);
  ctx.schedule({ id: "subscription", due: row.EndTime, kind: "end-of-year" });
}

/** Errors: ResourceNotFoundException; LockedSubscriptionException before the last 30 days. What is not given stays. */
export const UpdateSubscription: Operation = {
  name: "UpdateSubscription",
  authorise: () => askAll("UpdateSubscription"),
  handle({ AutoRenew }: { AutoRenew?: Switch }, ctx) {
    const row = subscribed(ctx);
    if ("ok" in row) return row;
    if (AutoRenew === undefined || AutoRenew === row.AutoRenew) return ok({});
    if (row.EndTime - ctx.now > LAST_DAYS) return shieldErrors.tooEarly();
    subscriptions(ctx.db).edit(ONLY).AutoRenew = AutoRenew;
    return ok({});
  },
};

/** Old, and always refused: a subscription ends only by not being renewed. Errors: LockedSubscriptionException, ResourceNotFoundException. */
export const DeleteSubscription: Operation = {
  name: "DeleteSubscription",
  authorise: () => askAll("DeleteSubscription"),
  handle(_input: unknown, ctx) {
    const row = subscribed(ctx);
    return "ok" in row ? row : shieldErrors.committed();
  },
};

const limits = (): { Type: string; Max: number }[] => ["GLOBAL_ACCELERATOR", "ROUTE53_HOSTED_ZONE", "CF_DISTRIBUTION", "ELB_LOAD_BALANCER", "EC2_ELASTIC_IP_ALLOCATION"].map((Type) => ({ Type, Max: quotas.protectionsOfType }));

function view(account: string, row: Readonly<SubscriptionRow>): JsonObject {
  return {
    StartTime: seconds(row.StartTime), EndTime: seconds(row.EndTime), TimeCommitmentInSeconds: seconds(row.EndTime - row.StartTime),
    AutoRenew: row.AutoRenew, ProactiveEngagementStatus: row.ProactiveEngagementStatus, SubscriptionArn: shieldArn(account, "subscription", account), Limits: limits(),
    SubscriptionLimits: {
      ProtectionLimits: { ProtectedResourceTypeLimits: limits() },
      ProtectionGroupLimits: { MaxProtectionGroups: quotas.groups, PatternTypeLimits: { ArbitraryPatternLimits: { MaxMembers: quotas.members } } },
    },
  };
}

/** Errors: ResourceNotFoundException. */
export const DescribeSubscription: Operation = {
  name: "DescribeSubscription",
  authorise: () => askAll("DescribeSubscription"),
  handle(_input: unknown, ctx) {
    const row = subscribed(ctx);
    return "ok" in row ? row : ok({ Subscription: view(ctx.account, row) });
  },
};

/** INACTIVE is Shield Standard, which everybody has. */
export const GetSubscriptionState: Operation = {
  name: "GetSubscriptionState",
  authorise: () => askAll("GetSubscriptionState"),
  handle: (_input: unknown, ctx) => ok({ SubscriptionState: subscriptions(ctx.db).get(ONLY) ? "ACTIVE" : "INACTIVE" }),
};
