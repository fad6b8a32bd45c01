import type { MetricCount } from "../inspect/metrics";
import type { Db, JsonObject, Table } from "../../types";

/**
 * What requests leave behind, among the tables of `wafv2`. Times are ms since the epoch. Tables:
 * `rates` by the web ACL's id; of each use of a rate-based rule `rateRules` by `<web ACL's id>\0<use>`, `rateCounts` and
 * `rateLimits` by `<web ACL's id>\0<use>\0<number, 9 digits>` (`rates.ts` reads and writes them);
 * `samples` by `<web ACL's id>\0<metric name>\0<its bucket's begin, 15 digits>`, `sampled` by that and `\0<place, 2 digits>`;
 * `metrics` by `<minute, 15 digits>\0<web ACL's id>`.
 * All are bounded: rates by the inspection itself, samples by their buckets, metrics here.
 */

/** By use of a rule (its name, inside a group after the group's). */
export interface RatesHeadRow {
  rules: Record<string, RateHead>;
}
export interface RateHead {
  /** The bucket of the last look. */
  tick: number;
  /** Numbers of its rows of counts: the oldest that is there, the oldest that counts, and the next. */
  first: number;
  from: number;
  next: number;
  /** The next group of limited instances. */
  group: number;
  /** Lines of the rows that count. */
  lines: number;
}
export interface RateRuleRow {
  limit: number;
  windowSec: number;
  settings: string;
}
export interface CountsRow {
  /** The newest bucket in it. */
  bucket: number;
  count: number;
  lines: string;
}
export interface LimitsRow {
  detectedAt: number;
  keys: string;
}

/** Requests of half an hour that a rule had to do with: how many there were, and some of them. */
export interface SamplesRow {
  start: number;
  count: number;
}
/** One of them, as SampledHTTPRequest with a Weight of 1. */
export interface SampledRow {
  sample: JsonObject;
}

/** What a web ACL's requests counted in a minute. */
export interface MinuteRow {
  /** The beginning of the minute. */
  time: number;
  counts: MetricCount[];
}

/** One metric in one minute. */
export interface MetricRow {
  MetricName: string;
  Dimensions: Record<string, string>;
  /** The beginning of the minute. */
  time: number;
  value: number;
}

export const rates = (db: Db): Table<RatesHeadRow> => db.table<RatesHeadRow>("rates");
export const rateRules = (db: Db): Table<RateRuleRow> => db.table<RateRuleRow>("rateRules");
export const rateCounts = (db: Db): Table<CountsRow> => db.table<CountsRow>("rateCounts");
export const rateLimits = (db: Db): Table<LimitsRow> => db.table<LimitsRow>("rateLimits");
export const samples = (db: Db): Table<SamplesRow> => db.table<SamplesRow>("samples");
export const sampled = (db: Db): Table<SampledRow> => db.table<SampledRow>("sampled");
export const minutes = (db: Db): Table<MinuteRow> => db.table<MinuteRow>("metrics");
/** All metrics of the Region's web ACLs, oldest first. */
export const metricRows = (db: Db): { all(): MetricRow[] } => ({
  all: () => minutes(db).all().flatMap(({ time, counts }) => counts.map(({ MetricName, Dimensions, Value }): MetricRow => ({ MetricName, Dimensions: { ...Dimensions }, time, value: Value }))),
});

const digits = (ms: number): string => String(ms).padStart(15, "0");

export const bucketMs = 1_800_000;
/** Kept of a bucket. */
export const mostSamples = 100;
/** How far back samples may be asked for. Source: WAFV2 API Reference, GetSampledRequests. */
export const samplesLast = 3 * 3_600_000;
/** Rows of minutes: the oldest go. */
export const mostMetrics = 3_000;

export const samplesPrefix = (aclId: string, metric: string): string => `${aclId}\0${metric}\0`;
export const samplesId = (aclId: string, metric: string, start: number): string => `${samplesPrefix(aclId, metric)}${digits(start)}`;
export const minuteId = (time: number, aclId: string): string => `${digits(time)}\0${aclId}`;

export const sampledId = (samplesRow: string, place: number): string => `${samplesRow}\0${String(place).padStart(2, "0")}`;
