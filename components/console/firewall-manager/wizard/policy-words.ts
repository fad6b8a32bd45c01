import { resourceLabel } from "../fm-types";
import { accountWords, type World } from "../shared/world";
import { isCounted, nameOf, type GroupEntry, type PolicyDraft } from "./policy-draft";

/** A policy's parts in words: for the review and for its page. */

interface Item {
  label: string;
  value: string;
}

const groupsText = (entries: readonly GroupEntry[]): string => entries.map((entry) => (isCounted(entry) ? `${nameOf(entry)} (count)` : nameOf(entry))).join(", ") || "None";

const existingText = { keep: "Left as they are", replace: "Replaced", retrofit: "Retrofitted with the rule groups" } as const;
const automaticText = { IGNORED: "Left as it is", DISABLED: "Off", BLOCK: "On, blocks", COUNT: "On, counts" } as const;

export function rulesItems(draft: PolicyDraft): Item[] {
  switch (draft.type) {
    case "WAFV2":
      return [
        { label: "First rule groups", value: groupsText(draft.first) },
        { label: "Last rule groups", value: groupsText(draft.last) },
        { label: "Default action", value: draft.defaultAction === "ALLOW" ? "Allow" : "Block" },
        { label: "Web ACLs of the accounts", value: existingText[draft.existing] },
      ];
    case "SHIELD_ADVANCED":
      return [{ label: "Automatic mitigation", value: automaticText[draft.automatic] ?? draft.automatic }];
    case "SECURITY_GROUPS_COMMON":
      return [
        { label: "Primary security groups", value: draft.groups.join(", ") || "-" },
        { label: "Changes to copies", value: draft.revert ? "Identified and reverted" : "Left" },
        { label: "Other security groups", value: draft.exclusive ? "Not allowed" : "Allowed" },
      ];
    case "SECURITY_GROUPS_CONTENT_AUDIT":
      return [{ label: draft.audit === "DENY" ? "Denied: the rules of" : "Allowed: the rules of", value: draft.groups.join(", ") || "-" }];
    default:
      return [
        { label: "Unused security groups", value: draft.unused ? (draft.delay ? `Found after ${draft.delay} minutes` : "Found") : "Left" },
        { label: "Redundant security groups", value: draft.redundant ? "Found" : "Left" },
      ];
  }
}

export const actionText = ({ remediation }: Pick<PolicyDraft, "remediation">): string => (remediation ? "Automatically remediates" : "Identifies only");

export function scopeItems(draft: PolicyDraft, world?: World): Item[] {
  const named = [...draft.accounts.map((id) => (world ? accountWords(world, id) : id)), ...draft.units.map((id) => world?.units.find((unit) => unit.Id === id)?.path ?? id)].join(", ");
  const tags = draft.tags.map(({ key, value }) => (value ? `${key}=${value}` : key)).join(draft.operator === "OR" ? " or " : " and ");
  return [
    { label: "Accounts", value: draft.accountsMode === "all" ? "All of the organization" : draft.accountsMode === "include" ? `Only ${named}` : `All but ${named}` },
    { label: "Resource types", value: draft.types.map(resourceLabel).join(", ") || "-" },
    { label: "Tags", value: draft.tagsMode === "all" ? "Any" : draft.tagsMode === "include" ? `Only ${tags}` : `Not ${tags}` },
    ...(draft.type === "SHIELD_ADVANCED" ? [] : [{ label: "What leaves the scope", value: draft.cleanUp ? "Protections are removed" : "Protections stay" }]),
  ];
}
