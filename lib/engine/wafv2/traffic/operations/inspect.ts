import { fromBase64, toHex } from "../../../crypto/bytes";
import { ok } from "../../../errors";
import type { Context, JsonObject, Operation } from "../../../types";
import { isCovered } from "../../../shield/covered";
import { type LoggingFilter, isLogged, logRecord } from "../../inspect/log-record";
import { metricCounts } from "../../inspect/metrics";
import { sampledRequests } from "../../inspect/sample";
import type { FieldToMatch } from "../../inspect/types";
import type { Token, WafRequest } from "../../inspect/request";
import type { InspectionResult } from "../../inspect/result";
import { findByArn } from "../../names";
import { type ResourceRow, type WebAclRow, associations, logging, resources } from "../../state";
import { loggingId } from "../../operations/logging";
import { compiledOf } from "../compiled";
import { addCounts } from "../metrics";
import { type DataProtection, protectedCopy } from "../protect";
import { ALL, keepSamples } from "../samples";
import { sourceId } from "../source-id";
import { rates } from "../state";
import { writeLog } from "../write-log";
import { notFound, wafOf } from "./resources";

/** A request as the operations take it. */
export interface Given {
  Method?: string;
  Uri: string;
  HttpVersion?: string;
  Headers?: { Name: string; Value: string }[];
  Body?: string;
  ClientIp: string;
  Country?: string;
  Subdivision?: string;
  Asn?: number;
  JA3Fingerprint?: string;
  JA4Fingerprint?: string;
  Scheme?: "http" | "https";
  Token?: { State: Token["state"]; CaptchaSolvedAt?: number; ChallengeSolvedAt?: number; Reason?: "TOKEN_INVALID" | "TOKEN_EXPIRED" | "TOKEN_DOMAIN_MISMATCH" };
}

interface Input {
  ResourceArn: string;
  Requests: Given[];
  Walk?: boolean;
}

/** Requests of one call whose way is on the trace, where it is asked for. */
export const mostWalks = 20;

function asToken({ State, CaptchaSolvedAt, ChallengeSolvedAt, Reason = "TOKEN_INVALID" }: NonNullable<Given["Token"]>): Token {
  if (State === "absent") return { state: "absent" };
  if (State === "rejected") return { state: "rejected", reason: Reason };
  return { state: "accepted", ...(CaptchaSolvedAt === undefined ? {} : { captchaSolvedAt: CaptchaSolvedAt * 1000 }), ...(ChallengeSolvedAt === undefined ? {} : { challengeSolvedAt: ChallengeSolvedAt * 1000 }) };
}

export function asRequest(given: Given, resource: Readonly<ResourceRow>, { account, now }: Context, requestId: string): WafRequest {
  const { Method = "GET", Uri, HttpVersion, Headers = [], Body, ClientIp, Country, Subdivision, Asn, JA3Fingerprint, JA4Fingerprint, Scheme, Token: token } = given;
  return {
    method: Method, uri: Uri, headers: Headers.map(({ Name, Value }) => [Name, Value]), clientIp: ClientIp, requestId, timestamp: now,
    source: resource.ResourceType === "APPLICATION_LOAD_BALANCER" ? "ALB" : (resource.ResourceType as WafRequest["source"]),
    sourceId: sourceId(resource, account),
    ...(HttpVersion ? { httpVersion: HttpVersion } : {}),
    ...(Body === undefined ? {} : { body: fromBase64(Body) }),
    ...(Country ? { country: Country } : {}), ...(Subdivision ? { region: Subdivision } : {}), ...(Asn === undefined ? {} : { asn: Asn }),
    ...(JA3Fingerprint ? { ja3: JA3Fingerprint } : {}), ...(JA4Fingerprint ? { ja4: JA4Fingerprint } : {}), ...(Scheme ? { scheme: Scheme } : {}),
    ...(token ? { token: asToken(token) } : {}),
  };
}

/** Numbers from 0 up to 1 that follow from a seed (xorshift): which samples stay must not need entropy of its own for each request. */
function chances(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4_294_967_296;
  };
}

const outcome = (requestId: string, result: InspectionResult): JsonObject => ({
  RequestId: requestId, Action: result.action, TerminatingRuleId: result.terminatingRuleId, TerminatingRuleType: result.terminatingRuleType,
  ...(result.ruleWithinGroup === undefined ? {} : { RuleWithinGroup: result.ruleWithinGroup }),
  ...(result.response ? { ResponseCode: result.response.status, ResponseHeaders: result.response.headers.map(([Name, Value]) => ({ Name, Value })), ResponseBody: result.response.body } : {}),
  RequestHeadersInserted: result.requestHeadersInserted.map(({ name, value }) => ({ Name: name, Value: value })),
  Labels: result.labels.map(({ name }) => name),
});

/**
 * Requests come to a resource, one after another, at the time of the call: its web ACL looks at each, with the rates that its
 * rules have counted. What follows stands with the web ACL: samples, metrics, rates, records in its log. How a request went
 * through the rules is on the trace (step `inspection`): of a single request, and with Walk of up to 20.
 * Without a web ACL everything comes through, and nothing is kept. Errors: ResourceNotFound.
 */
export const Inspect: Operation = {
  name: "Inspect",
  authorise: () => undefined,
  cost: () => [],
  handle({ ResourceArn, Requests, Walk }: Input, ctx) {
    const db = wafOf(ctx);
    const resource = resources(db).get(ResourceArn);
    if (!resource) return notFound(ResourceArn);
    const seed = ctx.random(12);
    const requestIds = Requests.map((_, at) => `1-${Math.floor(ctx.now / 1000).toString(16)}-${toHex(seed.slice(0, 8))}${at.toString(16).padStart(8, "0")}`);
    const WebACLArn = associations(db).get(ResourceArn)?.WebACLArn;
    const acl = WebACLArn === undefined ? undefined : findByArn({ db }, WebACLArn, "webacl");
    if (!acl) return ok({ Outcomes: requestIds.map((RequestId) => ({ RequestId, Action: "ALLOW" })) });
    const all = inspectAll(ctx, acl, Requests.map((given, at) => asRequest(given, resource, ctx, requestIds[at])), (at) => (Walk ?? Requests.length === 1) && at < mostWalks);
    keepTraces(ctx, acl, ResourceArn, all, chances(seed[8] * 16_777_216 + seed[9] * 65_536 + seed[10] * 256 + seed[11]));
    return ok({ WebACLArn: acl.ARN, Outcomes: all.map(({ result }, at) => outcome(requestIds[at], result)) });
  },
};

interface Done {
  request: WafRequest;
  result: InspectionResult;
}

function inspectAll(ctx: Context, acl: Readonly<WebAclRow>, requests: readonly WafRequest[], walked: (at: number) => boolean): Done[] {
  const db = wafOf(ctx);
  const compiled = compiledOf(db, acl);
  const before = rates(db).get(acl.Id);
  const counted = structuredClone(before?.rules ?? {});
  const done = requests.map((request, at): Done => {
    const { walk, ...result } = compiled.inspect(request, { rates: counted, details: true, walk: walked(at) });
    if (walked(at)) ctx.note({ kind: "inspection", webACL: acl.ARN, requestId: request.requestId!, result: structuredClone({ ...result, walk }) });
    return { request, result };
  });
  if (Object.keys(counted).length) rates(db).put(acl.Id, { rules: counted });
  return done;
}

/** Source: aws.amazon.com/waf/pricing: by the request, and more where a web ACL weighs more than 1,500 units. */
const freeUnits = 1_500;

function keepTraces(ctx: Context, acl: Readonly<WebAclRow>, resource: string, seen: readonly Done[], chance: () => number): void {
  const db = wafOf(ctx);
  const hidden = (acl.settings.DataProtectionConfig as unknown as { DataProtections: DataProtection[] } | undefined)?.DataProtections;
  const done = hidden ? seen.map(({ request, result }) => protectedCopy(request, result, hidden, ctx.account)) : seen;
  const sampled = done.flatMap(({ request, result }) => {
    const [end, ...counted] = sampledRequests(acl, request, result);
    const ended = (result.terminatingRule?.visibility ?? acl.VisibilityConfig).SampledRequestsEnabled;
    return end ? [end, ...(ended ? [{ ...end, metricName: ALL }] : []), ...counted] : [];
  });
  keepSamples(db, acl.Id, ctx.now, sampled, chance);
  addCounts(db, acl.Id, ctx.now, done.flatMap(({ result }) => metricCounts(acl, result, acl.Scope === "CLOUDFRONT" ? undefined : ctx.region)));
  ctx.charge({ item: isCovered(ctx, resource) ? "wafv2:request:covered" : "wafv2:request", quantity: done.length });
  const over = Math.ceil(Math.max(0, acl.Capacity - freeUnits) / 500);
  if (over) ctx.charge({ item: "wafv2:request:extra-capacity", quantity: done.length * over });
  const log = logging(db).get(loggingId(acl));
  const kept = log ? done.filter(({ result }) => isLogged(result, log.LoggingFilter as LoggingFilter | undefined)) : [];
  if (log && kept.length) writeLog(ctx, acl, log.LogDestinationConfigs[0], kept.map(({ request, result }) => JSON.stringify(logRecord(acl, request, result, log.RedactedFields as FieldToMatch[] | undefined))));
}
