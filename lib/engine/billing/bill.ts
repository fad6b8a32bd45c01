import { keptOfKey } from "../kms/billing";
import { keys } from "../kms/state";
import { databasePrices } from "../database-prices";
import { prices, type Price } from "../pricing";
import { regions } from "../regions";
import type { SecretRow } from "../secretsmanager/state";
import { counts } from "../ssm/state";
import type { Db } from "../types";
import { LEDGER, type LedgerRow, chargesOf, paidSecret } from "./ledger";
import { type Month, monthOf, monthsBetween } from "./month";

/** One line of a bill: an item in a Region. */
export interface BillLine {
  item: string;
  price: Price;
  region: string;
  /** Requests, or months (hours) of something kept: 3 keys for half a month are 1.5. */
  quantity: number;
  /** Of it, what the free tier covers. */
  free: number;
  usd: number;
  /** Of what is kept: hours of all together, and how many there are at the end of the time that the line is for. */
  kept?: { hours: number; units: number; hoursInMonth: number };
}

export interface Bill {
  account: string;
  month: Month;
  /** The time up to which it is charged, ms: the month's end, or now. */
  until: number;
  closed: boolean;
  lines: BillLine[];
  usd: number;
  /**
   * An open bill at the month's end, in US dollars: what is kept now is kept on, and requests go on as they came since
   * the month began (its first day counts as a whole one).
   */
  forecast: number;
}

type Read = (place: { account: string; region: string; service: string }) => Db;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * An account's bills by the lab's clock, newest first: the open month, and every month since its first charge. Empty
 * Regions and items are left out. `read` is `lab.read`, `now` in ms.
 * Prices are those of today in all months. Savings, taxes and credits are not simulated.
 */
export function bills(read: Read, account: string, now: number): Bill[] {
  const places = Object.keys(regions).flatMap((region) => placeOf(read, account, region) ?? []);
  const present = monthOf(now);
  const first = places.reduce((earliest, { months }) => (months[0] < earliest ? months[0] : earliest), present.id);
  return monthsBetween(first, present).map((month) => billOf(account, places, month, now)).reverse();
}

/** What the ledger says of a Region, and how much is kept there now. */
interface Place {
  region: string;
  rows: ReadonlyMap<string, LedgerRow>;
  /** Months with a row, oldest first. */
  months: string[];
  present: Readonly<Record<string, number>>;
}

function placeOf(read: Read, account: string, region: string): Place | undefined {
  const table = read({ account, region, service: LEDGER.service }).table<LedgerRow>(LEDGER.table);
  const ids = table.ids();
  if (!ids.length) return undefined;
  const present: Record<string, number> = { "kms:key": 0, "kms:key:rotation": 0, "ssm:parameter:advanced": counts(read({ account, region, service: "ssm" })).Advanced };
  for (const row of keys(read({ account, region, service: "kms" })).all()) {
    const kept = keptOfKey(row);
    present["kms:key"] += kept.key;
    present["kms:key:rotation"] += kept.rotations;
  }
  for (const [service, name] of [["rds", "instances"], ["redshift", "clusters"], ["wafv2", "webAcls"], ["wafv2", "ruleGroups"], ["shield", "fees"], ["fms", "policies"]])
    for (const row of read({ account, region, service }).table<object>(name).all()) for (const [item, quantity] of Object.entries(chargesOf(row))) present[item] = (present[item] ?? 0) + quantity;
  present["secretsmanager:secret"] = read({ account, region, service: "secretsmanager" }).table<SecretRow>("secrets").all().reduce((sum, row) => sum + paidSecret(row), 0);
  return { region, rows: new Map(ids.map((id) => [id, table.get(id)!])), months: [...new Set(ids.map((id) => id.slice(0, 7)))], present };
}

function billOf(account: string, places: readonly Place[], month: Month, now: number): Bill {
  const until = Math.min(now, month.end);
  const closed = month.end <= now;
  const lines = linesOf(places, month, until, (quantity) => quantity);
  const rest = month.end - until;
  const pace = 1 + rest / Math.max(until - month.start, DAY_MS);
  const whole = closed ? lines : linesOf(places, month, month.end, (requests) => requests * pace);
  return { account, month, until, closed, lines, usd: total(lines), forecast: total(whole) };
}

const total = (lines: readonly BillLine[]): number => lines.reduce((sum, { usd }) => sum + usd, 0);

function linesOf(places: readonly Place[], month: Month, end: number, requests: (counted: number) => number): BillLine[] {
  const lines: BillLine[] = [];
  for (const [item, price] of [...Object.entries(prices), ...Object.entries(databasePrices)]) {
    let free = price.free ?? 0;
    for (const place of places) {
      const line = price.unit !== "request" ? keptLine(place, item, price, month, end) : requestLine(place, item, price, month, requests, free);
      if (!line) continue;
      free -= line.free;
      lines.push(line);
    }
  }
  return lines;
}

function requestLine({ region, rows }: Place, item: string, price: Price, month: Month, scaled: (counted: number) => number, freeLeft: number): BillLine | undefined {
  const counted = rows.get(`${month.id} ${item}`)?.quantity ?? 0;
  if (!counted) return undefined;
  const quantity = scaled(counted);
  const free = Math.min(quantity, freeLeft);
  return { item, price, region, quantity, free, usd: ((quantity - free) * price.usd) / price.per };
}

function keptLine({ region, rows, present }: Place, item: string, price: Price, month: Month, end: number): BillLine | undefined {
  let units = present[item] ?? 0;
  // Back from what there is now to what there was at the month's end.
  for (const [id, { quantity }] of rows) if (id.endsWith(` ${item}`) && id.slice(0, 7) > month.id) units -= quantity;
  const row = rows.get(`${month.id} ${item}`);
  const atStart = units - (row?.quantity ?? 0);
  const ms = units * (end - month.start) - (row?.moment ?? 0);
  if (!ms && !units && !atStart) return undefined;
  const length = month.end - month.start;
  const quantity = ms / (price.unit === "hour" ? HOUR_MS : length);
  return { item, price, region, quantity, free: 0, usd: quantity * price.usd, kept: { hours: ms / HOUR_MS, units, hoursInMonth: length / HOUR_MS } };
}
