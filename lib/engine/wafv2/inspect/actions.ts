import type { ActionName, TokenAnswer, WafResponse } from "./result";
import type { WafRequest } from "./request";
import type { Seen } from "./seen";
import type { CustomResponseBody, ImmunityConfig, Rule, RuleAction } from "./types";

/**
 * What an action does to the request and what its client gets.
 * Source: AWS WAF Developer Guide, Using rule actions; How the CAPTCHA and Challenge rule actions work; Adding custom requests and responses.
 */

export const actionName = (action: RuleAction | undefined): ActionName =>
  action?.Allow ? "ALLOW" : action?.Count ? "COUNT" : action?.Captcha ? "CAPTCHA" : action?.Challenge ? "CHALLENGE" : "BLOCK";

const defaultImmunity = 300;

export interface Immunities {
  captcha: number;
  challenge: number;
}

/** The rule's own immunity times, else the web ACL's, else 300 seconds. */
export function immunities(rule: Pick<Rule, "CaptchaConfig" | "ChallengeConfig">, webAcl: { CaptchaConfig?: ImmunityConfig; ChallengeConfig?: ImmunityConfig }): Immunities {
  const time = (own: ImmunityConfig | undefined, general: ImmunityConfig | undefined): number =>
    own?.ImmunityTimeProperty?.ImmunityTime ?? general?.ImmunityTimeProperty?.ImmunityTime ?? defaultImmunity;
  return { captcha: time(rule.CaptchaConfig, webAcl.CaptchaConfig), challenge: time(rule.ChallengeConfig, webAcl.ChallengeConfig) };
}

/** Whether the request's token answers for this action, as in the logs. */
export function askToken({ token, timestamp }: WafRequest, action: "CAPTCHA" | "CHALLENGE", { captcha, challenge }: Immunities): TokenAnswer {
  const responseCode = action === "CAPTCHA" ? 405 : 202;
  if (!token || token.state === "absent") return { responseCode, failureReason: "TOKEN_MISSING" };
  if (token.state === "rejected") return { responseCode, failureReason: token.reason };
  const solved = action === "CAPTCHA" ? token.captchaSolvedAt : token.challengeSolvedAt;
  if (solved === undefined) return { responseCode, failureReason: "TOKEN_MISSING" };
  const solveTimestamp = Math.floor(solved / 1_000);
  const immune = timestamp - solved <= (action === "CAPTCHA" ? captcha : challenge) * 1_000;
  return immune ? { responseCode: 0, solveTimestamp } : { responseCode, solveTimestamp, failureReason: "TOKEN_EXPIRED" };
}

/** Headers for the resource; AWS WAF puts its prefix before their names, that none replaces one of the client's. */
export function insertHeaders(seen: Seen, action: RuleAction): void {
  const handling = (action.Allow ?? action.Count ?? action.Captcha ?? action.Challenge)?.CustomRequestHandling;
  for (const { Name, Value } of handling?.InsertHeaders ?? []) seen.inserted.set(`x-amzn-waf-${Name}`, Value);
}

const contentTypes = { TEXT_PLAIN: "text/plain", TEXT_HTML: "text/html", APPLICATION_JSON: "application/json" };

/** The answer to a blocked request. `bodies` are those of the web ACL or of the group that the rule stands in. */
export function blocked(action: RuleAction, bodies: Record<string, CustomResponseBody> | undefined, source: WafRequest["source"]): WafResponse {
  const custom = action.Block?.CustomResponse;
  if (!custom) {
    const json = source === "API_GATEWAY" || source === "APPSYNC";
    return { status: 403, headers: [["content-type", json ? "application/json" : "text/html"]], body: json ? '{"message":"Forbidden"}' : "<html><body><h1>403 Forbidden</h1></body></html>" };
  }
  const key = custom.CustomResponseBodyKey;
  const body = key !== undefined && bodies && Object.hasOwn(bodies, key) ? bodies[key] : undefined;
  const headers = (custom.ResponseHeaders ?? []).map(({ Name, Value }): [string, string] => [Name, Value]);
  if (body) headers.push(["content-type", contentTypes[body.ContentType]]);
  return { status: custom.ResponseCode, headers, body: body?.Content ?? "" };
}

/** The puzzle's or script's answer. Its page goes to clients only that take text/html. */
export function interrupted(action: "CAPTCHA" | "CHALLENGE", accept: readonly string[]): WafResponse {
  const [status, word, text] = action === "CAPTCHA" ? ([405, "captcha", "A puzzle is to be solved."] as const) : ([202, "challenge", "The browser is being checked."] as const);
  const html = accept.some((value) => value.toLowerCase().includes("text/html"));
  const headers: [string, string][] = [["x-amzn-waf-action", word], ["cache-control", "no-store, max-age=0"]];
  if (html) headers.push(["content-type", "text/html; charset=UTF-8"]);
  return { status, headers, body: html ? `<!doctype html><title>${text}</title><p>${text}</p>` : "" };
}
