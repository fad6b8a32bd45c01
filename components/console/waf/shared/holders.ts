import type { JsonObject } from "@/lib/engine/types";
import type { Ask } from "../../frame/use-load";
import { askWaf } from "../load-waf";
import { toSent } from "../rule/rule-json";
import type { Locked, Rule, RuleGroup, Scope, WebAcl } from "../waf-types";

/** Web ACLs and rule groups are changed as wholes: whoever changes one thing sends all the others as they were. */

export type HolderKind = "WEB_ACL" | "RULE_GROUP";
export type Holder = Locked<WebAcl> | Locked<RuleGroup>;

const kept = {
  WEB_ACL: ["Name", "Id", "LockToken", "DefaultAction", "Rules", "VisibilityConfig", "CustomResponseBodies", "DataProtectionConfig", "CaptchaConfig", "ChallengeConfig", "TokenDomains", "AssociationConfig", "OnSourceDDoSProtectionConfig", "ApplicationConfig"],
  RULE_GROUP: ["Name", "Id", "LockToken", "Rules", "VisibilityConfig", "CustomResponseBodies"],
} as const;

/** The request that changes a part and leaves the rest. Rules are as the API has them. */
export function updateInput(kind: HolderKind, scope: Scope, holder: Holder, part: JsonObject): JsonObject {
  const whole = { ...holder, ...part } as unknown as JsonObject;
  const input = Object.fromEntries(kept[kind].filter((name) => whole[name] !== undefined).map((name) => [name, whole[name]]));
  const bodies = input.CustomResponseBodies as object | undefined;
  if (bodies && Object.keys(bodies).length === 0) delete input.CustomResponseBodies;
  return { ...input, Scope: scope, ...(whole.Description ? { Description: whole.Description } : {}) };
}

export const saveHolder = (ask: Ask, kind: HolderKind, scope: Scope, holder: Holder, part: JsonObject): Promise<JsonObject> =>
  askWaf(ask, scope, kind === "WEB_ACL" ? "UpdateWebACL" : "UpdateRuleGroup", updateInput(kind, scope, holder, part));

/** Rules as they are shown, for a request. */
export const rulesInput = (rules: readonly Rule[]): JsonObject => ({ Rules: rules.map(toSent) }) as unknown as JsonObject;
