import { request, ruleOf, starts, webAcl } from "@/content/claims/waf-parts";
import type { JsonObject } from "@/lib/engine/types";
import type { CallPattern, Goal, LessonMeta, SolutionCall } from "@/lib/lessons/types";

const path = { UriPath: {} };
const set = (Name: string, address: string): SolutionCall => ({ service: "wafv2", operation: "CreateIPSet", input: { Name, Scope: "REGIONAL", IPAddressVersion: "IPV4", Addresses: [address] } });
const from = (at: number): JsonObject => ({ IPSetReferenceStatement: { ARN: `$${at}.Summary.ARN` } });
/** The web ACL is the `at`-th call. */
const before = (Rules: JsonObject[], at: number): SolutionCall[] => [
  { service: "wafv2", operation: "CreateWebACL", input: webAcl("blog", Rules) },
  { service: "wafv2", operation: "AssociateWebACL", input: { WebACLArn: `$${at}.Summary.ARN`, ResourceArn: "$1.Resource.Arn" } },
];
const send = (what: JsonObject): SolutionCall => ({ service: "traffic", operation: "Inspect", input: { ResourceArn: "$1.Resource.Arn", Requests: [request(what)] } });
const balancer: SolutionCall = { service: "traffic", operation: "AddResource", input: { ResourceType: "APPLICATION_LOAD_BALANCER", Name: "blog" } };
const sent = (action: string, rule: string, input: CallPattern["input"] = {}): Goal => ({ called: { service: "traffic", operation: "Inspect", input, output: { "Outcomes.0.Action": action, "Outcomes.0.TerminatingRuleId": rule } } });
const webAcls = "/console/wafv2/web-acls";

const meta: LessonMeta = {
  slug: "waf-rules",
  dir: "07-waf/02-rules",
  title: "Rules, their order and their action",
  section: "waf",
  order: 22,
  minutes: 14,
  summary: "What a rule can look at, who is asked first, what Count does, and why a path is decoded before it is compared.",
  steps: [
    {
      id: "address", title: "Refuse an address", goal: sent("BLOCK", "pests"), where: { console: webAcls },
      solution: [balancer, set("pests", "203.0.113.0/28"), ...before([ruleOf("pests", 20, from(2))], 3), send({ ClientIp: "203.0.113.9" })],
    },
    {
      id: "order", title: "Let one in before the others are refused", goal: { all: [sent("ALLOW", "office"), sent("BLOCK", "pests")] }, where: { console: webAcls },
      solution: [
        balancer, set("pests", "203.0.113.0/28"), set("office", "203.0.113.9/32"),
        ...before([ruleOf("count-logins", 5, starts("/login", path), "Count"), ruleOf("office", 10, from(3), "Allow"), ruleOf("pests", 20, from(2))], 4),
        send({ ClientIp: "203.0.113.9", Uri: "/login" }), send({ ClientIp: "203.0.113.8", Uri: "/login" }),
      ],
    },
    {
      id: "decoded", title: "Decode a path before it is compared", goal: sent("BLOCK", "admin", { "Requests.0.Uri": { matches: "%[46]1dmin" } }), where: { console: webAcls },
      solution: [balancer, ...before([ruleOf("admin", 0, starts("/admin", path, "URL_DECODE", "LOWERCASE"))], 2), send({ Uri: "/%41dmin" })],
    },
    { id: "weigh", title: "Ask what a rule weighs", goal: { called: { service: "wafv2", operation: "CheckCapacity" } }, solution: [{ service: "wafv2", operation: "CheckCapacity", input: { Scope: "REGIONAL", Rules: [ruleOf("admin", 0, starts("/admin", path, "URL_DECODE", "LOWERCASE"))] } }] },
  ],
};

export default meta;
