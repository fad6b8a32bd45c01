import { ok } from "../../errors";
import type { Operation } from "../../types";
import { askAll } from "../authorise";
import { isFailure } from "../errors";
import { managedGroupList } from "../managed-groups";
import { checkScope } from "../names";
import { takePage } from "../page";
import type { Scope } from "../state";

interface Scoped {
  Scope: Scope;
}

/** AWS's own groups; those of the Marketplace are not in the lab. Errors: WAFInvalidParameterException. Source: WAFV2 API, ListAvailableManagedRuleGroups. */
export const ListAvailableManagedRuleGroups: Operation = {
  name: "ListAvailableManagedRuleGroups",
  authorise: () => askAll("ListAvailableManagedRuleGroups"),
  handle(input: Scoped & { NextMarker?: string; Limit?: number }, ctx) {
    const problem = checkScope(ctx, input.Scope);
    if (problem) return problem;
    const groups = managedGroupList();
    const page = takePage("ListAvailableManagedRuleGroups", input, groups.map(({ Name }) => Name), (name) => {
      const { VendorName, Name, VersioningSupported, Description } = groups.find((group) => group.Name === name)!;
      return { VendorName, Name, VersioningSupported, Description };
    });
    return isFailure(page) ? page : ok({ ManagedRuleGroups: page.entries, ...page.more });
  },
};
