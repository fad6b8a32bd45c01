import { fromBase64, toHex } from "../../../crypto/bytes";
import { ok } from "../../../errors";
import type { Context, JsonObject, Operation } from "../../../types";
import { locate } from "../../../traffic/addresses";
import type { Token, WafRequest } from "../../inspect/request";
import type { InspectionResult } from "../../inspect/result";
import { findByArn } from "../../names";
import { type ResourceRow, associations, resources } from "../../state";
import { chances, inspectAll } from "../inspect-all";
import { sourceId } from "../source-id";
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
  // What the request does not say follows from its address; an address is in a part of its own country only.
  const place = locate(ClientIp);
  const [country, asn] = [Country ?? place?.country, Asn ?? place?.asn];
  const region = Subdivision ?? (country === place?.country ? place?.region : undefined);
  return {
    method: Method, uri: Uri, headers: Headers.map(({ Name, Value }) => [Name, Value]), clientIp: ClientIp, requestId, timestamp: now,
    source: resource.ResourceType === "APPLICATION_LOAD_BALANCER" ? "ALB" : (resource.ResourceType as WafRequest["source"]),
    sourceId: sourceId(resource, account),
    ...(HttpVersion ? { httpVersion: HttpVersion } : {}),
    ...(Body === undefined ? {} : { body: fromBase64(Body) }),
    ...(country ? { country } : {}), ...(region ? { region } : {}), ...(asn === undefined ? {} : { asn }),
    ...(JA3Fingerprint ? { ja3: JA3Fingerprint } : {}), ...(JA4Fingerprint ? { ja4: JA4Fingerprint } : {}), ...(Scheme ? { scheme: Scheme } : {}),
    ...(token ? { token: asToken(token) } : {}),
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
    const asked = Requests.map((given, at) => asRequest(given, resource, ctx, requestIds[at]));
    const { done } = inspectAll(ctx, acl, ResourceArn, asked, { walked: (at) => (Walk ?? Requests.length === 1) && at < mostWalks, chance: chances(seed.slice(8)) });
    return ok({ WebACLArn: acl.ARN, Outcomes: done.map(({ result }, at) => outcome(requestIds[at], result)) });
  },
};
