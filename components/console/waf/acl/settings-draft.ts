import type { JsonObject } from "@/lib/engine/types";
import type { Scope, WebAcl } from "../waf-types";

/** What a web ACL says for all its rules, as the form has it. Source: WAFV2 API Reference, WebACL. */
export interface SettingsDraft {
  /** Seconds; empty: AWS WAF's own 300. */
  captcha: string;
  challenge: string;
  domains: string[];
  /** By the type of what is protected. */
  limits: Record<string, string>;
  protections: ProtectionDraft[];
  token: string;
}

export interface ProtectionDraft {
  type: string;
  keys: string[];
  action: "SUBSTITUTION" | "HASH";
  keepMatch: boolean;
  keepRate: boolean;
}

interface Protection {
  Field: { FieldType: string; FieldKeys?: string[] };
  Action: "SUBSTITUTION" | "HASH";
  ExcludeRuleMatchDetails?: boolean;
  ExcludeRateBasedDetails?: boolean;
}

/** What a body limit can be set for, by scope. What AWS WAF sees of a load balancer's and AppSync's bodies ends at 8 KB. Source: AWS WAF Developer Guide, body inspection size limits. */
export const limited: Record<Scope, { type: string; label: string }[]> = {
  CLOUDFRONT: [{ type: "CLOUDFRONT", label: "CloudFront distributions" }],
  REGIONAL: [
    { type: "API_GATEWAY", label: "API Gateway stages" },
    { type: "COGNITO_USER_POOL", label: "Cognito user pools" },
    { type: "APP_RUNNER_SERVICE", label: "App Runner services" },
    { type: "VERIFIED_ACCESS_INSTANCE", label: "Verified Access instances" },
  ],
};
export const defaultLimit = "KB_16";
export const limitOptions = ["KB_16", "KB_32", "KB_48", "KB_64"].map((value) => ({ value, label: `${value.slice(3)} KB` }));

export const protectable = [
  { value: "SINGLE_HEADER", label: "Single header" },
  { value: "SINGLE_COOKIE", label: "Single cookie" },
  { value: "SINGLE_QUERY_ARGUMENT", label: "Single query parameter" },
  { value: "QUERY_STRING", label: "Query string" },
  { value: "BODY", label: "Body" },
];
export const named = (type: string): boolean => type.startsWith("SINGLE_");

const seconds = (config: JsonObject | undefined): string => {
  const time = (config?.ImmunityTimeProperty as { ImmunityTime: number } | undefined)?.ImmunityTime;
  return time === undefined ? "" : String(time);
};

export function settingsDraft(acl: WebAcl & { LockToken: string }): SettingsDraft {
  const limits = (acl.AssociationConfig?.RequestBody ?? {}) as Record<string, { DefaultSizeInspectionLimit: string }>;
  return {
    captcha: seconds(acl.CaptchaConfig),
    challenge: seconds(acl.ChallengeConfig),
    domains: acl.TokenDomains ?? [],
    limits: Object.fromEntries(Object.entries(limits).map(([type, { DefaultSizeInspectionLimit }]) => [type, DefaultSizeInspectionLimit])),
    protections: ((acl.DataProtectionConfig?.DataProtections ?? []) as unknown as Protection[]).map(({ Field, Action, ExcludeRuleMatchDetails, ExcludeRateBasedDetails }) => ({
      type: Field.FieldType,
      keys: Field.FieldKeys ?? [],
      action: Action,
      keepMatch: ExcludeRuleMatchDetails === true,
      keepRate: ExcludeRateBasedDetails === true,
    })),
    token: acl.LockToken,
  };
}

/** Why a time is none; the engine says the rest. Source: WAFV2 API Reference, ImmunityTimeProperty. */
export const timeProblem = (text: string, least: number): string | undefined =>
  text === "" || (/^\d+$/.test(text) && Number(text) >= least && Number(text) <= 259_200) ? undefined : `${least} to 259,200 seconds, or nothing for 300.`;

const immunity = (text: string): JsonObject => ({ ImmunityTimeProperty: { ImmunityTime: Number(text) } });

/** Members that are undefined are left out of the request: AWS WAF then has its defaults again. */
export function settingsInput({ captcha, challenge, domains, limits, protections }: SettingsDraft): JsonObject {
  const body = Object.entries(limits).filter(([, limit]) => limit !== defaultLimit);
  return {
    CaptchaConfig: captcha === "" ? undefined : immunity(captcha),
    ChallengeConfig: challenge === "" ? undefined : immunity(challenge),
    TokenDomains: domains.length ? domains : undefined,
    AssociationConfig: body.length ? { RequestBody: Object.fromEntries(body.map(([type, DefaultSizeInspectionLimit]) => [type, { DefaultSizeInspectionLimit }])) } : undefined,
    DataProtectionConfig: protections.length
      ? {
          DataProtections: protections.map(({ type, keys, action, keepMatch, keepRate }) => ({
            Field: { FieldType: type, ...(named(type) ? { FieldKeys: keys } : {}) },
            Action: action,
            ...(keepMatch ? { ExcludeRuleMatchDetails: true } : {}),
            ...(keepRate ? { ExcludeRateBasedDetails: true } : {}),
          })),
        }
      : undefined,
  } as unknown as JsonObject;
}
