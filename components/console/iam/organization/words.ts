import type { PolicyType } from "@/lib/engine/organizations/state";

export type ControlPage = "service-control-policies" | "resource-control-policies";

/** Each type's own page, words and a policy to begin with. Source: Organizations User Guide, "SCP syntax", "RCP syntax". */
export const CONTROL: Record<ControlPage, { type: PolicyType; title: string; one: string; kind: "SCP" | "RCP"; what: string; begin: string }> = {
  "service-control-policies": {
    type: "SERVICE_CONTROL_POLICY",
    title: "Service control policies",
    one: "service control policy",
    kind: "SCP",
    what: "The most that users and roles in the accounts of the organization can be allowed. They allow nothing themselves, and do not act on the management account.",
    begin: JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: "Statement1", Effect: "Deny", Action: [], Resource: "*" }] }, null, 2),
  },
  "resource-control-policies": {
    type: "RESOURCE_CONTROL_POLICY",
    title: "Resource control policies",
    one: "resource control policy",
    kind: "RCP",
    what: "The most that anybody can be allowed on the resources in the accounts of the organization. They allow nothing themselves, and do not act on the management account's resources.",
    begin: JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: "Statement1", Effect: "Deny", Principal: "*", Action: [], Resource: "*" }] }, null, 2),
  },
};

/** Characters of a control policy. Source: Organizations User Guide, "Quotas and service limits for AWS Organizations". */
export const CONTROL_LIMIT = 5120;
