import { request, ruleOf, sqli, webAcl } from "@/content/claims/waf-parts";
import type { LessonMeta, SolutionCall } from "@/lib/lessons/types";

const attack = request({ Uri: "/orders?customer=7%27%20OR%20%277%27=%277" });
const send = (from: number, what = attack): SolutionCall => ({ service: "traffic", operation: "Inspect", input: { ResourceArn: `$${from}.Resource.Arn`, Requests: [what] } });
const balancer: SolutionCall = { service: "traffic", operation: "AddResource", input: { ResourceType: "APPLICATION_LOAD_BALANCER", Name: "shop" } };
const guarded: SolutionCall[] = [
  balancer,
  { service: "wafv2", operation: "CreateWebACL", input: webAcl("shop", [ruleOf("sql-injection", 0, sqli({ AllQueryArguments: {} }))]) },
  { service: "wafv2", operation: "AssociateWebACL", input: { WebACLArn: "$2.Summary.ARN", ResourceArn: "$1.Resource.Arn" } },
];
const webAcls = "/console/wafv2/web-acls";

const meta: LessonMeta = {
  slug: "what-waf-is",
  dir: "07-waf/01-what-waf-is",
  title: "What WAF is",
  section: "waf",
  order: 21,
  minutes: 8,
  summary: "One attack is sent twice: it reaches the application, and then a web ACL stands in its way.",
  steps: [
    { id: "through", title: "Send an attack to a bare load balancer", goal: { called: { service: "traffic", operation: "Inspect", output: { "Outcomes.0.Action": "ALLOW" } } }, solution: [balancer, send(1)] },
    { id: "blocked", title: "Put a web ACL before it, and send it again", goal: { called: { service: "traffic", operation: "Inspect", output: { "Outcomes.0.Action": "BLOCK" } } }, solution: [...guarded, send(1)], where: { console: webAcls } },
    { id: "honest", title: "Send what a customer sends", where: { console: "/console/wafv2/requests" }, goal: { called: { service: "traffic", operation: "Inspect", output: { "Outcomes.0.Action": "ALLOW", "Outcomes.0.TerminatingRuleId": "Default_Action" } } }, solution: [...guarded, send(1, request({ Uri: "/orders?customer=7" }))] },
    {
      id: "api", title: "Put it before an API as well", goal: { called: { service: "wafv2", operation: "AssociateWebACL", input: { ResourceArn: { matches: ":apigateway:" } } } },
      solution: [...guarded, { service: "traffic", operation: "AddResource", input: { ResourceType: "API_GATEWAY", Name: "orders" } }, { service: "wafv2", operation: "AssociateWebACL", input: { WebACLArn: "$2.Summary.ARN", ResourceArn: "$4.Resource.Arn" } }],
      where: { console: webAcls },
    },
  ],
};

export default meta;
