import type { JsonObject } from "@/lib/engine/types";

/**
 * What the groups that need settings begin with; they are changed in the JSON. Paths and fields are examples.
 * Source: WAFV2 API Reference, ManagedRuleGroupConfig.
 */
const field = (Identifier: string) => ({ Identifier });
const inspection = { PayloadType: "JSON", UsernameField: field("/username"), PasswordField: field("/password") };

const configs: Record<string, JsonObject> = {
  AWSManagedRulesBotControlRuleSet: { InspectionLevel: "COMMON" },
  AWSManagedRulesATPRuleSet: { LoginPath: "/login", RequestInspection: inspection },
  AWSManagedRulesACFPRuleSet: { CreationPath: "/signup", RegistrationPagePath: "/signup", RequestInspection: { ...inspection, EmailField: field("/email") } },
  AWSManagedRulesAntiDDoSRuleSet: { ClientSideActionConfig: { Challenge: { UsageOfAction: "ENABLED", Sensitivity: "HIGH", ExemptUriRegularExpressions: [{ RegexString: "^/api/" }] } }, SensitivityToBlock: "LOW" },
};

/** The member ManagedRuleGroupConfigs with which a rule of this group begins; undefined where it needs none. */
export const firstConfigs = (name: string): JsonObject[] | undefined => (Object.hasOwn(configs, name) ? [{ [name]: configs[name] }] : undefined);
