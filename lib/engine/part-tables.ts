/**
 * Tables whose rows are parts of a larger thing, written in parts that a call costs no more than it did: a trace tells of the row
 * that stands for all of them (`wafv2/samples`, `wafv2/rates`, `traffic/totals`), not of each.
 */
export const partTables: ReadonlySet<string> = new Set(["wafv2/sampled", "wafv2/rateCounts", "wafv2/rateLimits", "traffic/buckets"]);
