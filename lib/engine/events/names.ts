import { arn, parseArn } from "../arn";
import type { Failure } from "../errors";
import type { Context, Db } from "../types";
import { eventErrors } from "./errors";
import { type BusRow, DEFAULT, type RuleRow, buses, ruleId, rules } from "./state";

/** A bus by name or ARN, in this account or another. Source: EventBridge API, PutRule (EventBusName). */
export interface BusReference {
  account: string;
  region: string;
  name: string;
}

export function busReference({ account, region }: Pick<Context, "account" | "region">, given: string = DEFAULT): BusReference {
  const parsed = parseArn(given);
  return parsed ? { account: parsed.account, region: parsed.region, name: parsed.resource.replace(/^event-bus\//, "") } : { account, region, name: given };
}

export const busArn = ({ region, account, name }: BusReference): string => arn("events", region, account, `event-bus/${name}`);

/** Rules of the default bus have its name left out. Source: Service Authorization Reference, Amazon EventBridge. */
export const ruleArn = ({ region, account }: Pick<BusReference, "region" | "account">, bus: string, rule: string): string =>
  arn("events", region, account, bus === DEFAULT ? `rule/${rule}` : `rule/${bus}/${rule}`);

/** The bus and the name in a rule's ARN. */
export function ruleInArn(text: string): { account: string; region: string; bus: string; name: string } | undefined {
  const parsed = parseArn(text);
  const match = /^rule\/(?:(.+)\/)?([^/]+)$/.exec(parsed?.resource ?? "");
  return parsed?.service === "events" && match ? { account: parsed.account, region: parsed.region, bus: match[1] ?? DEFAULT, name: match[2] } : undefined;
}

/** The default bus is in every Region of every account, though nobody made it. */
export const findBus = (db: Db, name: string): Readonly<BusRow> | undefined =>
  buses(db).get(name) ?? (name === DEFAULT ? { Name: DEFAULT, CreationTime: 0, LastModifiedTime: 0, tags: {} } : undefined);

/** The bus's row to change; the default one's is made. */
export function editBus(db: Db, name: string, now: number): BusRow {
  if (!buses(db).get(name)) buses(db).put(name, { Name: name, CreationTime: now, LastModifiedTime: now, tags: {} });
  const row = buses(db).edit(name);
  row.LastModifiedTime = now;
  return row;
}

/**
 * A bus of the caller's own account and Region.
 * Errors: ResourceNotFoundException, NotSimulated for rules on another account's bus.
 */
export function ownBus(ctx: Context, given?: string): Readonly<BusRow> | Failure {
  const { account, region, name } = busReference(ctx, given);
  if (account !== ctx.account || region !== ctx.region) return eventErrors.notSimulated("rules and settings of a bus in another account or Region; it can be sent events");
  return findBus(ctx.db, name) ?? eventErrors.noBus(name);
}

/** Errors: ResourceNotFoundException, NotSimulated. */
export function ownRule(ctx: Context, name: string, bus?: string): Readonly<RuleRow> | Failure {
  const row = ownBus(ctx, bus);
  if ("ok" in row) return row;
  return rules(ctx.db).get(ruleId(row.Name, name)) ?? eventErrors.noRule(name, row.Name);
}
