import { managedGroup, rate, request, ruleOf, sqli, webAcl } from "@/content/claims/waf-parts";
import type { JsonObject } from "@/lib/engine/types";
import type { Goal, LessonMeta, Match, SolutionCall } from "@/lib/lessons/types";

const region = "us-east-1";
const add = (ResourceType: string, Name: string): SolutionCall => ({ service: "traffic", operation: "AddResource", region, input: { ResourceType, Name } });
const send = (count: number, more: JsonObject, after = 0): SolutionCall => ({ service: "traffic", operation: "Inspect", region, ...(after ? { after } : {}), input: { ResourceArn: "$1.Resource.Arn", Requests: Array.from({ length: count }, () => request(more)) } });
const ended = (action: string, rule: string): Goal => ({ called: { service: "traffic", operation: "Inspect", output: { "Outcomes.0.Action": action, "Outcomes.0.TerminatingRuleId": rule } } });
const attacker = { ClientIp: "198.51.100.140" };
const secret: JsonObject = { ByteMatchStatement: { SearchString: btoa("k3yh0le"), FieldToMatch: { SingleHeader: { Name: "x-origin-verify" } }, PositionalConstraint: "EXACTLY", TextTransformations: [{ Priority: 0, Type: "NONE" }] } };
const protectedOne = (arn: string): Goal => ({ called: { service: "shield", operation: "CreateProtection", input: { ResourceArn: { matches: arn } } } });
const flooded = (input: Record<string, Match>): Goal => ({ called: { service: "architecture", operation: "Run", input: { Attack: "HTTP_FLOOD", ...input } } });

const meta: LessonMeta = {
  slug: "ddos-architecture",
  dir: "09-ddos/01-architecture",
  title: "The reference architecture",
  section: "ddos",
  order: 27,
  minutes: 15,
  summary: "Route 53, CloudFront, WAF, a load balancer and machines that multiply: what each takes of an attack, and how the way round it is closed.",
  steps: [
    {
      id: "flood", title: "Flood it, bare and whole", goal: { all: [flooded({ "Protections.length": 1 }), flooded({ "Protections.length": { atLeast: 6 } })] },
      solution: [["AUTO_SCALING"], ["CLOUDFRONT", "CACHING", "RATE_RULE", "MANAGED_RULES", "SHIELD_ADVANCED", "AUTO_SCALING", "CLOSED_ORIGIN", "SECOND_ZONE"]].map((Protections): SolutionCall => ({ service: "architecture", operation: "Run", input: { Attack: "HTTP_FLOOD", Protections, Seconds: 240 } })),
    },
    {
      id: "edge", title: "Build the edge, and attack it", goal: { all: [ended("BLOCK", "sqli"), ended("BLOCK", "flood"), ended("ALLOW", "Default_Action")] }, where: { console: "/console/wafv2/web-acls/global" },
      solution: [
        add("CLOUDFRONT", "edge"),
        { service: "wafv2", operation: "CreateWebACL", region, input: webAcl("edge", [ruleOf("core-rules", 0, managedGroup("AWSManagedRulesCommonRuleSet")), ruleOf("flood", 1, rate(300, 60)), ruleOf("sqli", 2, sqli({ AllQueryArguments: {} }))], { Scope: "CLOUDFRONT" }) },
        { service: "traffic", operation: "UpdateDistribution", region, input: { ResourceArn: "$1.Resource.Arn", WebACLId: "$2.Summary.ARN" } },
        send(1, { Uri: "/?id=1+OR+1=1+--" }), send(900, attacker), send(100, attacker, 10_000), send(1, {}),
      ],
    },
    {
      id: "origin", title: "Close the way round it", goal: { all: [ended("BLOCK", "Default_Action"), ended("ALLOW", "from-cloudfront")] }, where: { console: "/console/wafv2/web-acls" },
      solution: [
        add("APPLICATION_LOAD_BALANCER", "origin"),
        { service: "wafv2", operation: "CreateWebACL", region, input: webAcl("origin", [ruleOf("from-cloudfront", 0, secret, "Allow")], { DefaultAction: { Block: {} } }) },
        { service: "wafv2", operation: "AssociateWebACL", region, input: { WebACLArn: "$2.Summary.ARN", ResourceArn: "$1.Resource.Arn" } },
        send(1, {}), send(1, { Headers: [{ Name: "X-Origin-Verify", Value: "k3yh0le" }] }),
      ],
    },
    {
      id: "protected", title: "Protect both with Shield Advanced", where: { console: "/console/shield/protected-resources" }, goal: { all: [protectedOne(":distribution/"), protectedOne(":loadbalancer/app/")] },
      solution: [{ service: "shield", operation: "CreateSubscription" }, add("CLOUDFRONT", "edge"), add("APPLICATION_LOAD_BALANCER", "origin"), ...[2, 3].map((at): SolutionCall => ({ service: "shield", operation: "CreateProtection", input: { Name: `protection-${at}`, ResourceArn: `$${at}.Resource.Arn` } }))],
    },
  ],
};

export default meta;
