import { php, wordPress } from "./applications";
import { botControl } from "./bot-control";
import { adminProtection, core } from "./core";
import { anonymousIp, ipReputation } from "./ip-lists";
import { knownBadInputs } from "./known-bad-inputs";
import { listedOnly } from "./listed-only";
import { sqlDatabase } from "./sql";
import { linux, posix, windows } from "./systems";
import type { ManagedRuleGroup } from "./types";

export { marketplace } from "./listed-only";
export type { ManagedRule, ManagedRuleGroup } from "./types";

/**
 * The managed rule groups of vendor AWS, as ListAvailableManagedRuleGroups names them. Versions are the lab's: each runs the same rules.
 * Source: AWS WAF Developer Guide, AWS Managed Rules rule groups list.
 */
export const managedRuleGroups: readonly ManagedRuleGroup[] = [
  core, adminProtection, knownBadInputs, sqlDatabase, linux, posix, windows, php, wordPress, ipReputation, anonymousIp, botControl, ...listedOnly,
];

/** A vendor's group in a version (default: its last one). Undefined: there is no such group or version. */
export function managedRuleGroup(vendor: string, name: string, version?: string): ManagedRuleGroup | undefined {
  const group = managedRuleGroups.find((each) => each.vendor === vendor && each.name === name);
  return group && (version === undefined || group.versions.includes(version)) ? group : undefined;
}

/** For the checks of rules: whether a statement may name it. */
export function managedRuleGroupState(vendor: string, name: string, version?: string): "known" | "unknown" | "unknown version" | "needs a config" {
  const group = managedRuleGroup(vendor, name);
  if (!group) return "unknown";
  if (version !== undefined && !group.versions.includes(version)) return "unknown version";
  return group.needsConfig ? "needs a config" : "known";
}

/** All labels that a group's rules can add, fully qualified: AvailableLabels of DescribeManagedRuleGroup. */
export const availableLabels = (group: ManagedRuleGroup): string[] => [...new Set(group.rules.flatMap(({ labels }) => labels.map((label) => group.labelNamespace + label)))].sort();
