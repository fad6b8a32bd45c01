import type { Failure } from "../errors";
import type { ImmunityConfig } from "./inspect/types";
import { checkImmunity } from "./inspect/check-rules";
import { invalid } from "./errors";

interface Settings {
  CaptchaConfig?: ImmunityConfig;
  ChallengeConfig?: ImmunityConfig;
  TokenDomains?: string[];
}

/** Of a web ACL: immunity times as rules have them, and domains that are somebody's own. Errors: WAFInvalidParameterException. Source: WAFV2 API, CreateWebACL. */
export function checkSettings(settings: object): Failure | undefined {
  const { TokenDomains = [] } = settings as Settings;
  const immunity = checkImmunity(settings as Settings);
  if (immunity) return invalid(immunity.Field!, immunity.Parameter!, immunity.Reason!);
  const suffix = TokenDomains.find(isPublicSuffix);
  return suffix === undefined ? undefined : invalid("TOKEN_DOMAIN", suffix, "You can't use a public suffix as a token domain.");
}

/** Suffixes that the API reference names as its examples. Source: WAFV2 API Reference, WebACL (TokenDomains). */
const publicSuffixes = new Set(["gov.au", "co.uk"]);
export const isPublicSuffix = (domain: string): boolean => publicSuffixes.has(domain) || !domain.includes(".");
