import type { JsonObject } from "../types";
import type { RuleGroupRow, WebAclRow } from "./state";

/** Web ACLs and rule groups as the API shows them. Source: WAFV2 API Reference, WebACL, RuleGroup. */

const common = ({ Name, Id, ARN, Description, Rules, VisibilityConfig, Capacity, LabelNamespace, CustomResponseBodies }: Readonly<WebAclRow | RuleGroupRow>) => ({
  Name, Id, ARN, Description, Rules, VisibilityConfig, Capacity, LabelNamespace,
  ...(CustomResponseBodies ? { CustomResponseBodies } : {}),
});

const firewallManager = ({ firewallManager: part }: Readonly<WebAclRow>) => ({
  ...(part ? { PreProcessFirewallManagerRuleGroups: part.first, PostProcessFirewallManagerRuleGroups: part.last } : {}),
  ManagedByFirewallManager: part?.managed ?? false, RetrofittedByFirewallManager: part?.retrofitted ?? false,
});

export const webAclView = (row: Readonly<WebAclRow>): JsonObject =>
  structuredClone({ ...common(row), DefaultAction: row.DefaultAction, ...row.settings, ...firewallManager(row) }) as unknown as JsonObject;

export const ruleGroupView = (row: Readonly<RuleGroupRow>): JsonObject =>
  structuredClone({ ...common(row), AvailableLabels: row.AvailableLabels.map((Name) => ({ Name })), ConsumedLabels: row.ConsumedLabels.map((Name) => ({ Name })) }) as unknown as JsonObject;
