import type { Context } from "../../types";
import { isCovered } from "../../shield/covered";
import { type LoggingFilter, isLogged, logRecord } from "../inspect/log-record";
import type { RateLook, RateRuleState } from "../inspect/rate-state";
import { type Sample, sampledRequests } from "../inspect/sample";
import type { FieldToMatch } from "../inspect/types";
import type { WafRequest } from "../inspect/request";
import type { InspectionResult } from "../inspect/result";
import { type WebAclRow, logging } from "../state";
import { loggingId } from "../operations/logging";
import { compiledOf } from "./compiled";
import { addCounts, countsOf } from "./metrics";
import { wafOf } from "./operations/resources";
import { type DataProtection, protectedCopy } from "./protect";
import { openRates, saveRates } from "./rates";
import { ALL, keepSamples } from "./samples";
import { bucketMs } from "./state";
import { writeLog } from "./write-log";

export interface Done {
  request: WafRequest;
  result: InspectionResult;
}

export interface Inspected {
  done: Done[];
  /** What its rate-based rules remember now, by use of a rule, and what they limited and released on the way. */
  states: Readonly<Record<string, RateRuleState>>;
  looks: Record<string, RateLook[]>;
}

/**
 * A web ACL looks at requests, each at its own time (`timestamp`, none before the one in front of it, none after the call's), and
 * keeps what follows: samples, metrics, rates, records in its log. The way of those that are `walked` is on the trace.
 * `chance` gives numbers from 0 up to 1, and `until`, ms, is the time up to which nothing else came.
 */
export function inspectAll(ctx: Context, acl: Readonly<WebAclRow>, resource: string, requests: readonly WafRequest[], { walked, chance, until = ctx.now }: { walked(at: number): boolean; chance(): number; until?: number }): Inspected {
  const db = wafOf(ctx);
  const compiled = compiledOf(db, acl);
  const opened = openRates(db, acl.Id);
  const done = requests.map((request, at): Done => {
    const { walk, ...result } = compiled.inspect(request, { rates: opened.states, recordRates: true, details: true, walk: walked(at) });
    if (walked(at)) ctx.note({ kind: "inspection", webACL: acl.ARN, requestId: request.requestId!, result: structuredClone({ ...result, walk }) });
    return { request, result };
  });
  const looks = saveRates(db, acl.Id, opened, until);
  if (done.length) keepTraces(ctx, acl, resource, done, chance);
  return { done, states: opened.states, looks };
}

/** Numbers from 0 up to 1 that follow from four bytes (xorshift): which samples stay must not need entropy of its own for each request. */
export function chances([a, b, c, d]: Uint8Array): () => number {
  let state = (a * 16_777_216 + b * 65_536 + c * 256 + d) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4_294_967_296;
  };
}

/** Source: aws.amazon.com/waf/pricing: by the request, and more where a web ACL weighs more than 1,500 units. */
const freeUnits = 1_500;

function keepTraces(ctx: Context, acl: Readonly<WebAclRow>, resource: string, seen: readonly Done[], chance: () => number): void {
  const db = wafOf(ctx);
  const hidden = (acl.settings.DataProtectionConfig as unknown as { DataProtections: DataProtection[] } | undefined)?.DataProtections;
  const done = hidden ? seen.map(({ request, result }) => protectedCopy(request, result, hidden, ctx.account)) : seen;
  const region = acl.Scope === "CLOUDFRONT" ? undefined : ctx.region;
  for (const [time, some] of byTime(done, bucketMs)) keepSamples(db, acl.Id, time, some.flatMap(({ request, result }) => samplesOf(acl, request, result)), chance);
  for (const [time, some] of byTime(done, 60_000)) addCounts(db, acl.Id, time, countsOf(acl, some.map(({ result }) => result), region));
  ctx.charge({ item: isCovered(ctx, resource) ? "wafv2:request:covered" : "wafv2:request", quantity: done.length });
  const over = Math.ceil(Math.max(0, acl.Capacity - freeUnits) / 500);
  if (over) ctx.charge({ item: "wafv2:request:extra-capacity", quantity: done.length * over });
  const log = logging(db).get(loggingId(acl));
  const kept = log ? done.filter(({ result }) => isLogged(result, log.LoggingFilter as LoggingFilter | undefined)) : [];
  if (log && kept.length)
    writeLog(ctx, acl, log.LogDestinationConfigs[0], kept.map(({ request, result }) => ({ timestamp: request.timestamp, message: JSON.stringify(logRecord(acl, request, result, log.RedactedFields as FieldToMatch[] | undefined)) })));
}

/** What came in one stretch of time, by that of its first request, ms. */
function byTime(done: readonly Done[], stretch: number): Map<number, Done[]> {
  const parts = new Map<number, Done[]>();
  for (const one of done) {
    const begin = Math.floor(one.request.timestamp / stretch) * stretch;
    const part = parts.get(begin);
    if (part) part.push(one);
    else parts.set(begin, [one]);
  }
  return parts;
}

function samplesOf(acl: Readonly<WebAclRow>, request: WafRequest, result: InspectionResult): Sample[] {
  const [end, ...counted] = sampledRequests(acl, request, result);
  const ended = (result.terminatingRule?.visibility ?? acl.VisibilityConfig).SampledRequestsEnabled;
  return end ? [end, ...(ended ? [{ ...end, metricName: ALL }] : []), ...counted] : [];
}
