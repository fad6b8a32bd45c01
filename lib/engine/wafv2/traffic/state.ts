import type { MetricCount } from "../inspect/metrics";
import type { RateRuleState } from "../inspect/rate-state";
import type { Db, JsonObject, Table } from "../../types";

/**
 * What requests leave behind, among the tables of `wafv2`. Times are ms since the epoch. Tables: `rates` by the web ACL's id;
 * `samples` by `<web ACL's id>\0<metric name>\0<its bucket's begin, 15 digits>`; `metrics` by `<minute, 15 digits>\0<web ACL's id>`.
 * All are bounded: rates by the inspection itself, samples by their buckets, metrics here.
 */

export interface RatesRow {
  rules: Record<string, RateRuleState>;
}

/** Requests of half an hour that a rule had to do with: how many there were, and some of them. */
export interface SamplesRow {
  start: number;
  count: number;
  /** As SampledHTTPRequest, each with a Weight of 1. */
  samples: JsonObject[];
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

export const rates = (db: Db): Table<RatesRow> => db.table<RatesRow>("rates");
export const samples = (db: Db): Table<SamplesRow> => db.table<SamplesRow>("samples");
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

/** Takes away what traffic left behind at a web ACL that is deleted. */
export function forgetTraffic(db: Db, aclId: string): void {
  rates(db).delete(aclId);
  for (const id of samples(db).ids({ prefix: `${aclId}\0` })) samples(db).delete(id);
}
