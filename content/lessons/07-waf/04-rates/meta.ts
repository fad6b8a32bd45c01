import { changed, rate, request, ruleOf, starts, webAcl } from "@/content/claims/waf-parts";
import type { JsonObject } from "@/lib/engine/types";
import type { Goal, LessonMeta, Match, SolutionCall } from "@/lib/lessons/types";

const second = 1_000;
const attacker = { ClientIp: "198.51.100.140" };
const guarded = (...Rules: JsonObject[]): SolutionCall[] => [
  { service: "traffic", operation: "AddResource", input: { ResourceType: "APPLICATION_LOAD_BALANCER", Name: "tickets" } },
  { service: "wafv2", operation: "CreateWebACL", input: webAcl("tickets", Rules) },
  { service: "wafv2", operation: "AssociateWebACL", input: { WebACLArn: "$2.Summary.ARN", ResourceArn: "$1.Resource.Arn" } },
];
const send = (count: number, what: JsonObject, after = 0): SolutionCall => ({ service: "traffic", operation: "Inspect", ...(after ? { after } : {}), input: { ResourceArn: "$1.Resource.Arn", Requests: Array.from({ length: count }, () => request(what)) } });
const ended = (action: string, rule: string, input: Record<string, Match> = {}): Goal => ({ called: { service: "traffic", operation: "Inspect", input, output: { "Outcomes.0.Action": action, "Outcomes.0.TerminatingRuleId": rule } } });
const flooded: SolutionCall[] = [...guarded(ruleOf("five-a-second", 0, rate(300, 60))), send(400, attacker), send(50, attacker, 10 * second)];
const perKey = rate(20, 60, { AggregateKeyType: "CUSTOM_KEYS", CustomKeys: [{ Header: { Name: "x-api-key", TextTransformations: changed() } }], ScopeDownStatement: starts("/api", { UriPath: {} }) });
const keyed: JsonObject = { Uri: "/api/seats", Headers: [{ Name: "Host", Value: "tickets.example" }, { Name: "x-api-key", Value: "one" }] };
const webAcls = "/console/wafv2/web-acls";

const crowd = JSON.stringify({
  version: 1, id: "crowd", title: "A bot in the crowd", what: "Customers, and one bot.", host: "tickets.example",
  sources: [
    { kind: "users", id: "users", name: "Customers", startSec: 0, endSec: 150, rate: 5, clients: 500, countries: [{ country: "GB", share: 1 }], day: false },
    { kind: "http-flood", id: "bot", name: "Bot", startSec: 10, endSec: 70, rate: 20, clients: 1, ramp: { upSec: 0, downSec: 0 }, path: "/seats", random: false },
  ],
});

const meta: LessonMeta = {
  slug: "waf-rate-based-rules",
  dir: "07-waf/04-rates",
  title: "Rate-based rules",
  section: "waf",
  order: 24,
  minutes: 14,
  summary: "Four hundred requests at once: who is shut out, when, and for how long; what five a second is in WAF’s own figures.",
  steps: [
    { id: "flood", title: "Send too many, and be shut out", goal: ended("BLOCK", "five-a-second"), where: { console: webAcls }, solution: flooded },
    { id: "released", title: "Wait, and be let in again", goal: { all: [ended("BLOCK", "five-a-second"), { called: { service: "traffic", operation: "Inspect", input: { "Requests.0.ClientIp": "198.51.100.140", "Requests.length": 1 }, output: { "Outcomes.0.Action": "ALLOW", WebACLArn: { present: true } } } }] }, solution: [...flooded, send(1, attacker, 120 * second)] },
    {
      id: "crowd", title: "Find a bot among customers", goal: { called: { service: "traffic", operation: "SendTraffic", output: { "Events.0.What": "Tripped" } } }, where: { console: "/console/wafv2/traffic" },
      solution: [...guarded(ruleOf("five-a-second", 0, rate(300, 60))), { service: "traffic", operation: "StartTraffic", input: { ResourceArn: "$1.Resource.Arn", Scenario: crowd, Seed: 7 } }, { service: "traffic", operation: "SendTraffic", input: { StreamId: "$4.StreamId" }, after: 45 * second }],
    },
    { id: "key", title: "Count keys instead of addresses", goal: ended("BLOCK", "per-key"), where: { console: webAcls }, solution: [...guarded(ruleOf("per-key", 0, perKey)), send(60, keyed), send(1, keyed, 10 * second)] },
  ],
};

export default meta;
