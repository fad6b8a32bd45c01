import type { LessonMeta, SolutionCall } from "@/lib/lessons/types";
import { request, webAcl } from "@/content/claims/waf-parts";
import { FLOOD_AGENT, attackInput } from "@/lib/engine/shield/estate/attack-kinds";

const guarded: SolutionCall[] = [
  { service: "traffic", operation: "AddResource", input: { ResourceType: "APPLICATION_LOAD_BALANCER", Name: "till" } },
  { service: "wafv2", operation: "CreateWebACL", input: webAcl("till", []) },
  { service: "wafv2", operation: "AssociateWebACL", input: { WebACLArn: "$2.Summary.ARN", ResourceArn: "$1.Resource.Arn" } },
  { service: "shield", operation: "CreateSubscription" },
  { service: "shield", operation: "CreateProtection", input: { Name: "till", ResourceArn: "$1.Resource.Arn" } },
];
/** One that goes on: it has no end yet. */
const { DurationSeconds: _ends, ...flood } = attackInput({ kind: "http-flood", size: 100_000, minutes: 10, ResourceArn: "$1.Resource.Arn", StartTime: 0 });
const trust = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "drt.shield.amazonaws.com" }, Action: "sts:AssumeRole" }] });

const meta: LessonMeta = {
  slug: "shield-response-and-credits",
  dir: "06-shield/02-response-and-credits",
  title: "The response team and the bill",
  section: "shield",
  order: 20,
  minutes: 11,
  summary: "Rules that Shield writes while requests flood in, the people behind it, and the credits that you ask for afterwards.",
  steps: [
    { id: "automatic", title: "Let Shield write rules", where: { console: "/console/shield/protected-resources" }, goal: { called: { service: "shield", operation: "EnableApplicationLayerAutomaticResponse" } }, solution: [...guarded, { service: "shield", operation: "EnableApplicationLayerAutomaticResponse", input: { ResourceArn: "$1.Resource.Arn", Action: { Block: {} } } }] },
    {
      id: "attack", title: "Be flooded, and see what Shield writes", goal: { called: { service: "traffic", operation: "Inspect", output: { "Outcomes.0.Action": "BLOCK", "Outcomes.0.TerminatingRuleId": { matches: "^ShieldMitigationRuleGroup_" } } } }, where: { console: "/console/shield/events" },
      solution: [
        ...guarded,
        { service: "shield", operation: "EnableApplicationLayerAutomaticResponse", input: { ResourceArn: "$1.Resource.Arn", Action: { Block: {} } } },
        { service: "estate", operation: "RecordAttack", input: flood },
        { service: "traffic", operation: "Inspect", input: { ResourceArn: "$1.Resource.Arn", Requests: [request({ Uri: "/search", Headers: [{ Name: "Host", Value: "till.example" }, { Name: "User-Agent", Value: FLOOD_AGENT }] })] } },
      ],
    },
    {
      id: "team", title: "Give the team a role", where: { console: "/console/shield/response-team" }, goal: { called: { service: "shield", operation: "AssociateDRTRole" } },
      solution: [
        { service: "shield", operation: "CreateSubscription" },
        { service: "iam", operation: "CreateRole", input: { RoleName: "shield-team", AssumeRolePolicyDocument: trust } },
        { service: "iam", operation: "AttachRolePolicy", input: { RoleName: "shield-team", PolicyArn: "arn:aws:iam::aws:policy/service-role/AWSShieldDRTAccessPolicy" } },
        { service: "shield", operation: "AssociateDRTRole", input: { RoleArn: "$2.Role.Arn" } },
      ],
    },
    {
      id: "engage", title: "Let the team call you", where: { console: "/console/shield/response-team" }, goal: { called: { service: "shield", operation: ["AssociateProactiveEngagementDetails", "EnableProactiveEngagement"] } },
      solution: [
        ...guarded,
        { service: "shield", operation: "AssociateHealthCheck", input: { ProtectionId: "$5.ProtectionId", HealthCheckArn: "arn:aws:route53:::healthcheck/11111111-2222-3333-4444-555555555555" } },
        { service: "shield", operation: "AssociateProactiveEngagementDetails", input: { EmergencyContactList: [{ EmailAddress: "night@example.com", PhoneNumber: "+441632960961" }] } },
      ],
    },
    {
      id: "covered", title: "Send a request that Shield pays for", where: { console: "/console/wafv2/requests" }, goal: { called: { service: "traffic", operation: "Inspect", output: { WebACLArn: { matches: "/webacl/till/" } } } },
      solution: [...guarded, { service: "traffic", operation: "Inspect", input: { ResourceArn: "$1.Resource.Arn", Requests: [request()] } }],
    },
  ],
};

export default meta;
