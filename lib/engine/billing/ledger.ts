import { chargedFrom, keptOfKey } from "../kms/billing";
import type { KeyRow } from "../kms/state";
import { prices } from "../pricing";
import type { SecretRow } from "../secretsmanager/state";
import type { ParameterRow } from "../ssm/state";
import type { Change, Trace } from "../types";
import { monthOf } from "./month";

/**
 * The ledger: what an account used in a Region in a month, one row for each month and item, `2026-11 kms:request`.
 *
 * Requests are counted. What is kept (keys, rotations, advanced parameters, secrets) is entered only when it changes, by how much
 * and when, as two sums: with `quantity` = Σ growth and `moment` = Σ growth × (time − month's start), what n units at
 * the start come to until `end` is (n + quantity) × (end − start) − moment, however many keys there are. Both sums are
 * whole numbers and are added to by a call's changes, so undo, redo, replay, saving and export need nothing of their own.
 *
 * One row is written by a call that costs something: a lookup, an object and a change. Adding up the journal instead
 * would cost the call nothing, but the journal forgets, and the totals must not.
 */
export interface LedgerRow {
  quantity: number;
  /** unit-ms; of what is kept. */
  moment?: number;
}

export const LEDGER = { service: "billing", table: "ledger" } as const;

/** Committed rows: the lab's `Records`. */
interface Committed {
  get(key: string, id: string): object | undefined;
}

/**
 * Adds to an entry's changes the ledger rows that they and its requests change: requests that succeeded, with those made
 * on their behalf, charged to the caller's account; and what was made, changed or deleted, charged to the owner. `at` in
 * ms. AWS does not say whether refused requests cost; here they do not.
 * Source: aws.amazon.com/kms/pricing ("the AWS account that makes the API request is charged").
 */
export function enterInLedger(records: Committed, trace: Trace, at: number, changes: Change[]): void {
  const entry: Entry = { records, at, changes, from: changes.length };
  enterRequests(entry, trace);
  for (let i = 0; i < entry.from; i++) enterKept(entry, changes[i]);
}

interface Entry {
  records: Committed;
  at: number;
  changes: Change[];
  /** Where the ledger's own changes begin. */
  from: number;
}

/** Runs at every call that costs something, so it makes no more than the row and the change. */
function enter({ records, at, changes, from }: Entry, account: string, region: string, item: string, quantity: number, moment?: number): void {
  const id = rowId(at, item);
  for (let i = from; i < changes.length; i++) {
    const known = changes[i];
    if (known.id !== id || known.region !== region || known.account !== account) continue;
    const row = known.after as LedgerRow;
    row.quantity += quantity;
    if (moment !== undefined) row.moment = (row.moment ?? 0) + moment;
    return;
  }
  const before = records.get(placeKey(account, region), id) as LedgerRow | undefined;
  const after: LedgerRow = { quantity: (before?.quantity ?? 0) + quantity };
  if (moment !== undefined) after.moment = (before?.moment ?? 0) + moment;
  changes.push(before ? { account, region, service: LEDGER.service, table: LEDGER.table, id, before, after } : { account, region, service: LEDGER.service, table: LEDGER.table, id, after });
}

// Texts that are looked up by are kept: making one and hashing it anew costs more than all the rest.
let place = { account: "", region: "", key: "" };
function placeKey(account: string, region: string): string {
  if (place.account !== account || place.region !== region) place = { account, region, key: `${account}\n${region}\n${LEDGER.service}\n${LEDGER.table}` };
  return place.key;
}

let ids: { month: string; byItem: Map<string, string> } = { month: "", byItem: new Map() };
function rowId(at: number, item: string): string {
  const month = monthOf(at).id;
  if (ids.month !== month) ids = { month, byItem: new Map() };
  let id = ids.byItem.get(item);
  if (id === undefined) ids.byItem.set(item, (id = `${month} ${item}`));
  return id;
}

function enterRequests(entry: Entry, { account, region, outcome, cost, steps }: Trace): void {
  if (!outcome.ok) return;
  for (const { item, quantity } of cost) if (Object.hasOwn(prices, item)) enter(entry, account, region, item, quantity);
  for (const step of steps) if (step.kind === "call") enterRequests(entry, step.trace);
}

function enterKept(entry: Entry, { account, region, service, table, before, after }: Change): void {
  if (service === "kms" && table === "keys") {
    const was = before as KeyRow | undefined;
    const is = after as KeyRow | undefined;
    const had = was ? keptOfKey(was) : nothing;
    const has = is ? keptOfKey(is) : nothing;
    const since = chargedFrom(was, is, entry.at);
    grow(entry, account, region, "kms:key", has.key - had.key, since);
    grow(entry, account, region, "kms:key:rotation", has.rotations - had.rotations, since);
  } else if (service === "ssm" && table === "parameters") {
    grow(entry, account, region, "ssm:parameter:advanced", advanced(after) - advanced(before), entry.at);
  } else if (service === "secretsmanager" && table === "secrets") {
    grow(entry, account, region, "secretsmanager:secret", paidSecret(after as SecretRow | undefined) - paidSecret(before as SecretRow | undefined), entry.at);
  } else if (service === "rds" || service === "redshift" || service === "wafv2" || service === "shield" || service === "fms") {
    const [had, has] = [chargesOf(before), chargesOf(after)];
    for (const item of new Set([...Object.keys(had), ...Object.keys(has)])) grow(entry, account, region, item, (has[item] ?? 0) - (had[item] ?? 0), entry.at);
  }
}

/** What a row of a database, a web ACL or a rule group says that it costs while it is there: price items, with how many of each. */
export const chargesOf = (row: object | undefined): Readonly<Record<string, number>> => (row as { charges?: Record<string, number> } | undefined)?.charges ?? {};

/** A replica is a secret of its own; one that is marked for deletion is free. Source: aws.amazon.com/secrets-manager/pricing. */
export const paidSecret = (row: Pick<SecretRow, "DeletedDate"> | undefined): number => Number(row !== undefined && row.DeletedDate === undefined);

const nothing = { key: 0, rotations: 0 };
const advanced = (row: object | undefined): number => Number((row as ParameterRow | undefined)?.Tier === "Advanced");

/** `since` may be before the month: then the time before it is on this month's bill, since closed bills stay as they are. */
function grow(entry: Entry, account: string, region: string, item: string, by: number, since: number): void {
  if (by) enter(entry, account, region, item, by, by * (since - monthOf(entry.at).start));
}
