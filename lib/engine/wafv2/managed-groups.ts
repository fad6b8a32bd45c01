import { managedCapacities, managedCapacity } from "./managed/capacity";

/** What a rule names as a managed group, as the checks of rules ask for it. */
export const managedGroupState = (vendor: string, name: string): "known" | "unknown" => (managedCapacity(vendor, name) === undefined ? "unknown" : "known");

export const managedGroupList = () => Object.keys(managedCapacities).toSorted().map((Name) => ({ VendorName: "AWS", Name, VersioningSupported: true, Description: "" }));
