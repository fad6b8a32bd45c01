import type { Failure } from "../errors";
import type { ImmunityConfig } from "./inspect/types";
import { checkImmunity } from "./inspect/check-rules";
import { invalid, wafErrors } from "./errors";
import type { DataProtection } from "./traffic/protect";

interface Settings {
  CaptchaConfig?: ImmunityConfig;
  ChallengeConfig?: ImmunityConfig;
  TokenDomains?: string[];
  DataProtectionConfig?: { DataProtections: DataProtection[] };
  OnSourceDDoSProtectionConfig?: object;
}

/**
 * Of a web ACL: immunity times as rules have them, domains that are somebody's own, fields to hide with their names. The
 * protection of load balancers at their source has nothing here that would attack them. Errors: WAFInvalidParameterException, NotSimulated. Source: WAFV2 API, CreateWebACL.
 */
export function checkSettings(settings: object): Failure | undefined {
  const { TokenDomains = [], DataProtectionConfig, OnSourceDDoSProtectionConfig } = settings as Settings;
  if (OnSourceDDoSProtectionConfig) return wafErrors.notSimulated("OnSourceDDoSProtectionConfig");
  const nameless = DataProtectionConfig?.DataProtections.find(({ Field }) => Field.FieldType.startsWith("SINGLE_") && !Field.FieldKeys?.length);
  if (nameless) return invalid("DATA_PROTECTION_CONFIG", nameless.Field.FieldType, "A required field is missing.");
  const immunity = checkImmunity(settings as Settings);
  if (immunity) return invalid(immunity.Field!, immunity.Parameter!, immunity.Reason!);
  const suffix = TokenDomains.find(isPublicSuffix);
  return suffix === undefined ? undefined : invalid("TOKEN_DOMAIN", suffix, "You can't use a public suffix as a token domain.");
}

/** Suffixes that the API reference names as its examples. Source: WAFV2 API Reference, WebACL (TokenDomains). */
const publicSuffixes = new Set(["gov.au", "co.uk"]);
export const isPublicSuffix = (domain: string): boolean => publicSuffixes.has(domain) || !domain.includes(".");
