import { policyOf } from "@/content/claims/firewall-manager-parts";
import type { JsonObject } from "@/lib/engine/types";
import type { LessonMeta, Match, SolutionCall } from "@/lib/lessons/types";

const region = "us-east-1";
const minute = 60_000;
const fms = (operation: string, input: JsonObject, after?: number): SolutionCall => ({ service: "fms", operation, region, input, ...(after ? { after } : {}) });
const balancer = (Name: string): SolutionCall => ({ service: "traffic", operation: "AddResource", region, input: { ResourceType: "APPLICATION_LOAD_BALANCER", Name } });
const organization: SolutionCall[] = [
  { service: "organizations", operation: "CreateOrganization", region },
  { service: "organizations", operation: "CreateAccount", region, input: { AccountName: "branch", Email: "branch@example.com" } },
  { service: "estate", operation: "SetConfigRecorder", region, input: { Recording: true } },
];
const administered: SolutionCall[] = [...organization, fms("AssociateAdminAccount", { AdminAccount: "111122223333" })];
const status = (PolicyId: string, after?: number): SolutionCall => fms("ListComplianceStatus", { PolicyId }, after);
/** Each with the load balancer and the policy as its last calls. */
const judged: SolutionCall[] = [...administered, balancer("head-office"), fms("PutPolicy", policyOf())];
const repaired: SolutionCall[] = [...administered, balancer("head-office"), fms("PutPolicy", policyOf({ RemediationEnabled: true }))];
const managed = { matches: "/webacl/FMManagedWebACLV2-" };
const says = (ComplianceStatus: string): Record<string, Match> => ({ "PolicyComplianceStatusList.0.EvaluationResults.0.ComplianceStatus": ComplianceStatus });

const meta: LessonMeta = {
  slug: "firewall-manager-policies",
  dir: "08-firewall-manager/01-policies",
  title: "One policy for all accounts",
  section: "firewall-manager",
  order: 26,
  minutes: 13,
  summary: "A policy finds load balancers without a web ACL in two accounts, then repairs them, and the one that comes later.",
  steps: [
    { id: "organization", title: "Make an organization, and let AWS Config record", goal: { all: [{ called: { service: "organizations", operation: "CreateOrganization" } }, { called: { service: "estate", operation: "SetConfigRecorder", input: { Recording: true } } }] }, solution: organization },
    { id: "admin", title: "Name the administrator", where: { console: "/console/firewall-manager/settings" }, goal: { called: { service: "fms", operation: "AssociateAdminAccount" } }, solution: administered },
    { id: "policy", title: "Let a policy look", where: { console: "/console/firewall-manager/create-policy" }, goal: { called: { service: "fms", operation: "ListComplianceStatus", output: says("NON_COMPLIANT") } }, solution: [...judged, status("$6.Policy.PolicyId", 2 * minute)] },
    { id: "remediation", title: "Let it repair", where: { console: "/console/firewall-manager/policies" }, goal: { all: [{ called: { service: "fms", operation: "PutPolicy", input: { "Policy.RemediationEnabled": true } } }, { called: { service: "fms", operation: "ListComplianceStatus", output: says("COMPLIANT") } }] }, solution: [...repaired, status("$6.Policy.PolicyId", 2 * minute)] },
    {
      id: "later", title: "See what comes later covered",
      // Two load balancers of one account, both with the policy's web ACL.
      where: { console: "/console/firewall-manager/policies" }, goal: { any: [{ called: { service: "traffic", operation: "ListResources", output: { "Resources.0.WebACLArn": managed, "Resources.1.WebACLArn": managed } } }, { called: { service: "wafv2", operation: "ListResourcesForWebACL", input: { WebACLArn: managed }, output: { "ResourceArns.length": { atLeast: 2 } } } }] },
      solution: [...repaired, balancer("forgotten"), { service: "traffic", operation: "ListResources", region, after: 15 * minute }],
    },
  ],
};

export default meta;
