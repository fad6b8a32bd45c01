import { invalid, membersOf, reasons, type RuleProblem } from "./check-problem";
import type { CustomHTTPHeader, CustomResponseBody, ImmunityConfig, RuleAction } from "./types";

/** Actions and what they send or insert. Source: AWS WAF Developer Guide, Adding custom requests and responses; quotas. */

const mostHeaders = 10;
const headerName = /^[a-zA-Z0-9._$-]{1,64}$/;
/** Names that a custom response may not set. Source: AWS WAFV2 API Reference, CustomResponse. */
const reservedHeaders = new Set(["content-type"]);

/** The status codes that a custom response may have. Source: AWS WAF Developer Guide, Supported response status codes for custom responses. */
export const responseCodes = new Set([
  200, 201, 202, 204, 206, 300, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 405, 408, 409, 411, 412, 413, 414, 415, 416, 421, 429, 500, 501, 502, 503, 504, 505,
]);

function checkHeaders(headers: readonly CustomHTTPHeader[] | undefined, Field: string, reserved: boolean): RuleProblem | undefined {
  if (!headers?.length) return invalid(Field, "Headers", reasons.required);
  if (headers.length > mostHeaders) return invalid(Field, "Headers", `At most ${mostHeaders} custom headers are allowed.`);
  const bad = headers.find(({ Name }) => !headerName.test(Name ?? "") || (reserved && reservedHeaders.has(Name.toLowerCase())));
  if (bad) return invalid("HEADER_NAME", bad.Name || "Name", reasons.notAllowed);
  if (headers.some(({ Value }) => !Value || Value.length > 255)) return invalid(Field, "Value", reasons.range);
  if (new Set(headers.map(({ Name }) => Name.toLowerCase())).size < headers.length) return invalid("HEADER_NAME", "Name", reasons.unique);
  return undefined;
}

/** `Field` is RULE_ACTION, or DEFAULT_ACTION for a web ACL's own. `bodies` are the custom response bodies that a key may name. */
export function checkAction(action: RuleAction | undefined, Field: "RULE_ACTION" | "DEFAULT_ACTION", bodies: Record<string, CustomResponseBody> = {}): RuleProblem | undefined {
  if (membersOf(action) !== 1) return invalid(Field, Field === "RULE_ACTION" ? "RuleAction" : "DefaultAction", reasons.exactlyOne);
  const { Allow, Block, Count, Captcha, Challenge } = action!;
  if (Field === "DEFAULT_ACTION" && !Allow && !Block) return invalid(Field, "DefaultAction", reasons.exactlyOne);
  const response = Block?.CustomResponse;
  if (response) {
    if (!responseCodes.has(response.ResponseCode)) return invalid("CUSTOM_RESPONSE", "ResponseCode", reasons.notAllowed);
    if (response.ResponseHeaders && response.ResponseHeaders.length > 0) {
      const problem = checkHeaders(response.ResponseHeaders, "CUSTOM_RESPONSE", true);
      if (problem) return problem;
    }
    const key = response.CustomResponseBodyKey;
    if (key !== undefined && !Object.hasOwn(bodies, key)) return invalid("CUSTOM_RESPONSE_BODY", key, "There is no custom response body of this key.");
  }
  const handling = (Allow ?? Count ?? Captcha ?? Challenge)?.CustomRequestHandling;
  return handling && checkHeaders(handling.InsertHeaders, "CUSTOM_REQUEST_HANDLING", false);
}

/** Immunity times: 60 (for a challenge 300) to 259,200 seconds. */
export function checkImmunity({ CaptchaConfig, ChallengeConfig }: { CaptchaConfig?: ImmunityConfig; ChallengeConfig?: ImmunityConfig }): RuleProblem | undefined {
  const outside = (config: ImmunityConfig | undefined, least: number): boolean => {
    const time = config?.ImmunityTimeProperty?.ImmunityTime;
    return time !== undefined && (time < least || time > 259_200);
  };
  if (outside(CaptchaConfig, 60)) return invalid("CHALLENGE_CONFIG", "CaptchaConfig", reasons.range);
  return outside(ChallengeConfig, 300) ? invalid("CHALLENGE_CONFIG", "ChallengeConfig", reasons.range) : undefined;
}

const longestBody = 10_240;
const longestBodies = 51_200;
const mostBodies = 50;

/** The custom response bodies of a web ACL or rule group. Source: AWS WAF Developer Guide, AWS WAF quotas. */
export function checkBodies(bodies: Record<string, CustomResponseBody> | undefined): RuleProblem | undefined {
  const all = Object.entries(bodies ?? {});
  if (all.length > mostBodies) return invalid("CUSTOM_RESPONSE_BODY", "CustomResponseBodies", `At most ${mostBodies} custom response bodies are allowed.`);
  const size = (text: string): number => new TextEncoder().encode(text ?? "").length;
  for (const [key, body] of all) {
    if (!["TEXT_PLAIN", "TEXT_HTML", "APPLICATION_JSON"].includes(body.ContentType)) return invalid("RESPONSE_CONTENT_TYPE", key, reasons.notAllowed);
    if (!body.Content || size(body.Content) > longestBody) return invalid("CUSTOM_RESPONSE_BODY", key, reasons.range);
    if (body.ContentType === "APPLICATION_JSON" && !isJson(body.Content)) return invalid("CUSTOM_RESPONSE_BODY", key, "The content is not JSON.");
  }
  return all.reduce((sum, [, { Content }]) => sum + size(Content), 0) > longestBodies
    ? invalid("CUSTOM_RESPONSE_BODY", "CustomResponseBodies", `The contents are together longer than ${longestBodies} bytes.`)
    : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
