import { managedCapacity } from "./capacity";
import type { ManagedRuleGroup } from "./types";

/** All managed rule groups that the lab lists. */
export const managedRuleGroups: readonly ManagedRuleGroup[] = [];

/** A vendor's group in a version (default: its last one). Undefined: there is no such group or version. */
export function managedRuleGroup(vendor: string, name: string, version?: string): ManagedRuleGroup | undefined {
  if (managedCapacity(vendor, name) === undefined) return undefined;
  const group = managedRuleGroups.find((each) => each.vendor === vendor && each.name === name);
  return group && (version === undefined || group.versions.includes(version)) ? group : undefined;
}
