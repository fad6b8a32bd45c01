import { type Failure, ok } from "../../errors";
import type { JsonObject, Operation } from "../../types";
import { askAll } from "../authorise";
import { isFailure, wafErrors } from "../errors";
import { type ManagedRuleGroup, availableLabels, managedRuleGroup, managedRuleGroups } from "../managed/index";
import { checkScope } from "../names";
import { takePage } from "../page";
import type { Scope } from "../state";

/**
 * AWS's managed rule groups; those of the Marketplace, to which nobody can subscribe here, are not listed. Topics that
 * tell of new versions are not in the lab, and no ARN of one is shown; nor is a version's date, which AWS does not publish with its rules.
 * Source: WAFV2 API Reference, ListAvailableManagedRuleGroups, DescribeManagedRuleGroup, DescribeAllManagedProducts.
 */

interface Scoped {
  Scope: Scope;
}
interface Paged extends Scoped {
  NextMarker?: string;
  Limit?: number;
}
interface OfGroup extends Scoped {
  VendorName: string;
  Name: string;
  VersionName?: string;
}

const inOrder: readonly ManagedRuleGroup[] = managedRuleGroups.toSorted((a, b) => (a.name < b.name ? -1 : 1));

/** Errors: WAFInvalidParameterException. */
export const ListAvailableManagedRuleGroups: Operation = {
  name: "ListAvailableManagedRuleGroups",
  authorise: () => askAll("ListAvailableManagedRuleGroups"),
  handle(input: Paged, ctx) {
    const problem = checkScope(ctx, input.Scope);
    if (problem) return problem;
    const page = takePage("ListAvailableManagedRuleGroups", input, inOrder.map(({ name }) => name), (wanted): JsonObject => {
      const { vendor, name, versions, description } = inOrder.find((group) => group.name === wanted)!;
      return { VendorName: vendor, Name: name, VersioningSupported: versions.length > 0, Description: description };
    });
    return isFailure(page) ? page : ok({ ManagedRuleGroups: page.entries, ...page.more });
  },
};

/** A group in the version that was asked for, or its default. Errors: WAFNonexistentItemException. */
const groupOf = ({ VendorName, Name, VersionName }: OfGroup): ManagedRuleGroup | Failure => managedRuleGroup(VendorName, Name, VersionName) ?? wafErrors.notFound();

/** Newest first. Errors: WAFNonexistentItemException, WAFInvalidParameterException. */
export const ListAvailableManagedRuleGroupVersions: Operation = {
  name: "ListAvailableManagedRuleGroupVersions",
  authorise: () => askAll("ListAvailableManagedRuleGroupVersions"),
  handle(input: OfGroup & Paged, ctx) {
    const problem = checkScope(ctx, input.Scope);
    if (problem) return problem;
    const group = groupOf(input);
    if (isFailure(group)) return group;
    const newest = group.versions.toReversed();
    const places = newest.map((_, at) => String(at).padStart(3, "0"));
    const page = takePage("ListAvailableManagedRuleGroupVersions", input, places, (place): JsonObject => ({ Name: newest[Number(place)] }));
    return isFailure(page) ? page : ok({ Versions: page.entries, ...(newest.length ? { CurrentDefaultVersion: newest[0] } : {}), ...page.more });
  },
};

/** Names, actions and labels of its rules; what they look for is not told. Errors: WAFNonexistentItemException, WAFInvalidParameterException. */
export const DescribeManagedRuleGroup: Operation = {
  name: "DescribeManagedRuleGroup",
  authorise: () => askAll("DescribeManagedRuleGroup"),
  handle(input: OfGroup, ctx) {
    const problem = checkScope(ctx, input.Scope);
    if (problem) return problem;
    const group = groupOf(input);
    if (isFailure(group)) return group;
    const version = input.VersionName ?? group.versions.at(-1);
    return ok({
      ...(version === undefined ? {} : { VersionName: version }),
      Capacity: group.capacity,
      Rules: group.rules.map(({ name, action = "Block" }) => ({ Name: name, Action: { [action]: {} } })),
      LabelNamespace: group.labelNamespace,
      AvailableLabels: availableLabels(group).map((Name) => ({ Name })),
      ConsumedLabels: [],
    });
  },
};

const product = ({ vendor, name, description, versions, needsConfig = false }: ManagedRuleGroup): JsonObject => ({
  VendorName: vendor, ManagedRuleSetName: name, ProductTitle: name, ProductDescription: description, IsVersioningSupported: versions.length > 0, IsAdvancedManagedRuleSet: needsConfig,
});

/** Errors: WAFInvalidParameterException. */
export const DescribeAllManagedProducts: Operation = {
  name: "DescribeAllManagedProducts",
  authorise: () => askAll("DescribeAllManagedProducts"),
  handle: ({ Scope: scope }: Scoped, ctx) => checkScope(ctx, scope) ?? ok({ ManagedProducts: inOrder.map(product) }),
};

/** Errors: WAFInvalidParameterException. */
export const DescribeManagedProductsByVendor: Operation = {
  name: "DescribeManagedProductsByVendor",
  authorise: () => askAll("DescribeManagedProductsByVendor"),
  handle: ({ Scope: scope, VendorName }: Scoped & { VendorName: string }, ctx) => checkScope(ctx, scope) ?? ok({ ManagedProducts: inOrder.filter(({ vendor }) => vendor === VendorName).map(product) }),
};

/** Sets that the account itself publishes: it is no vendor, and has none. Errors: WAFInvalidParameterException. Source: WAFV2 API, ListManagedRuleSets. */
export const ListManagedRuleSets: Operation = {
  name: "ListManagedRuleSets",
  authorise: () => askAll("ListManagedRuleSets"),
  handle: ({ Scope: scope }: Scoped, ctx) => checkScope(ctx, scope) ?? ok({ ManagedRuleSets: [] }),
};
