import { fails, ok, returns } from "@/lib/lessons/proof";
import type { Claim, ProofHand, Source } from "@/lib/lessons/types";
import { shieldApi, wafGuide } from "./sources";
import { managedGroup, rate, request, ruleOf, sqli, starts, webAcl } from "./waf-parts";
import { ends } from "./waf-proof";

const resiliency: Source = { text: "AWS WAF Developer Guide, Example Shield Advanced DDoS resiliency architecture for common web applications", date: "2026", url: "https://docs.aws.amazon.com/waf/latest/developerguide/ddos-resiliency-example-web.html" };
const whitepaper: Source = { text: "AWS whitepaper, AWS Best Practices for DDoS Resiliency, marked “for historical reference only”", date: "2026", url: "https://docs.aws.amazon.com/whitepapers/latest/aws-best-practices-ddos-resiliency/aws-best-practices-ddos-resiliency.html" };
const origins: Source = { text: "Amazon CloudFront Developer Guide, Restrict access to Application Load Balancers; Restrict access with VPC origins", date: "2026", url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-origin.html" };

const add = async (lab: ProofHand, service: "traffic" | "estate", ResourceType: string): Promise<string> =>
  (await lab.call(`Something of the kind ${ResourceType}`, { service, operation: "AddResource", input: { ResourceType, Name: "shop" } })).Resource.Arn;
const protect = (ResourceArn: string) => ({ service: "shield", operation: "CreateProtection", input: { Name: "shop", ResourceArn } });
const subscribe = (lab: ProofHand) => lab.call("Subscribe to Shield Advanced", { service: "shield", operation: "CreateSubscription" });

export const ddosClaims: Claim[] = [
  { id: "DDOS-01", verdict: "changed", sentence: "The page on AWS Answers is gone; the whitepaper that took its place is kept as history, and the Developer Guide of AWS WAF and Shield draws the architecture today.", source: whitepaper },
  {
    id: "DDOS-02", verdict: "holds",
    sentence: "A hosted zone of Route 53 can be protected by Shield Advanced; Standard protects it as it is.",
    source: shieldApi("CreateProtection"),
    proof: async (lab) => {
      const zone = await add(lab, "estate", "HOSTED_ZONE");
      await lab.call("Before subscribing", protect(zone), fails("ResourceNotFoundException", "The subscription does not exist."));
      await subscribe(lab);
      await lab.call("Protect it", protect(zone), ok());
    },
  },
  {
    id: "DDOS-03", verdict: "holds",
    sentence: "A distribution is protected by Shield and has a web ACL, which refuses at the edge.",
    source: wafGuide("How AWS Shield and Shield Advanced work; AWS WAF with CloudFront", "ddos-overview"),
    proof: async (lab) => {
      const site = await add(lab, "traffic", "CLOUDFRONT");
      await subscribe(lab);
      await lab.call("Protect it", protect(site), ok());
      const { Summary } = await lab.call("A web ACL for the edge", { service: "wafv2", operation: "CreateWebACL", input: webAcl("edge", [ruleOf("core", 0, managedGroup("AWSManagedRulesCommonRuleSet")), ruleOf("flood", 1, rate(100, 60)), ruleOf("sqli", 2, sqli({ AllQueryArguments: {} }))], { Scope: "CLOUDFRONT" }) });
      await lab.call("Put it there", { service: "traffic", operation: "UpdateDistribution", input: { ResourceArn: site, WebACLId: Summary.ARN } });
      const send = (say: string, count: number, more: object, ...expected: Parameters<ProofHand["call"]>[2][]) => lab.call(say, { service: "traffic", operation: "Inspect", input: { ResourceArn: site, Requests: Array.from({ length: count }, () => request(more as never)) } }, ...expected);
      await send("An injection", 1, { Uri: "/?id=1%20OR%201=1%20--" }, ends("BLOCK", "sqli"));
      await send("A flood begins", 500, { ClientIp: "198.51.100.140" });
      await lab.wait("Ten seconds", 10_000);
      await send("It is refused", 50, { ClientIp: "198.51.100.140" }, ends("BLOCK", "flood"));
      await send("A customer is not", 1, {}, ends("ALLOW", "Default_Action"));
    },
  },
  {
    id: "DDOS-04", verdict: "holds",
    sentence: "Application and Classic Load Balancers are protected by themselves, a Network Load Balancer by its Elastic IP address; a web ACL can stand on the Application Load Balancer too.",
    source: shieldApi("CreateProtection"),
    proof: async (lab) => {
      await subscribe(lab);
      const balancer = await add(lab, "traffic", "APPLICATION_LOAD_BALANCER");
      await lab.call("Protect the load balancer", protect(balancer), ok());
      await lab.call("A Network Load Balancer by itself", protect("arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/shop/0123456789abcdef"), fails("InvalidResourceException"));
      await lab.call("By the address on it", protect(await add(lab, "estate", "ELASTIC_IP")), ok());
      const { Summary } = await lab.call("A web ACL", { service: "wafv2", operation: "CreateWebACL", input: webAcl("origin", [ruleOf("admin", 0, starts("/admin", { UriPath: {} }))]) });
      await lab.call("On the load balancer", { service: "wafv2", operation: "AssociateWebACL", input: { ResourceArn: balancer, WebACLArn: Summary.ARN } }, ok());
      await lab.call("It is there", { service: "wafv2", operation: "GetWebACLForResource", input: { ResourceArn: balancer } }, returns("the web ACL origin", ({ WebACL }) => WebACL.Name === "origin"));
    },
  },
  { id: "DDOS-05", verdict: "holds", sentence: "Load balancers stand in public subnets, the Auto Scaling group in private ones behind them, each in its security group.", source: resiliency },
  {
    id: "N-DDOS-1", verdict: "holds",
    sentence: "An origin that takes only requests with a secret header of CloudFront’s cannot be reached round it.",
    source: origins,
    proof: async (lab) => {
      const balancer = await add(lab, "traffic", "APPLICATION_LOAD_BALANCER");
      const fromCloudFront = { ByteMatchStatement: { SearchString: btoa("k3yh0le"), FieldToMatch: { SingleHeader: { Name: "x-origin-verify" } }, PositionalConstraint: "EXACTLY", TextTransformations: [{ Priority: 0, Type: "NONE" }] } };
      const { Summary } = await lab.call("A web ACL that blocks all else", { service: "wafv2", operation: "CreateWebACL", input: webAcl("origin", [ruleOf("from-cloudfront", 0, fromCloudFront, "Allow")], { DefaultAction: { Block: {} } }) });
      await lab.call("On the load balancer", { service: "wafv2", operation: "AssociateWebACL", input: { ResourceArn: balancer, WebACLArn: Summary.ARN } });
      const send = (say: string, more: object, expected: Parameters<ProofHand["call"]>[2]) => lab.call(say, { service: "traffic", operation: "Inspect", input: { ResourceArn: balancer, Requests: [request(more as never)] } }, expected);
      await send("Straight to the load balancer", {}, ends("BLOCK", "Default_Action"));
      await send("By CloudFront, which adds the header", { Headers: [{ Name: "X-Origin-Verify", Value: "k3yh0le" }] }, ends("ALLOW", "from-cloudfront"));
    },
  },
  {
    id: "N-DDOS-2", verdict: "holds",
    sentence: "An Auto Scaling group alone loses its users in a flood; before it, packets end at the edge and requests at the web ACL.",
    source: resiliency,
    proof: async (lab) => {
      const attack = (Attack: string, more: object = {}) => ({ service: "architecture", operation: "Run", input: { Attack, Seconds: 240, ...more } });
      const endsAt = (part: string) => returns(`most of the attack ends at ${part}`, ({ Attackers, Ends }) => Ends.some(({ Crowd, Part, Count }: any) => Crowd === "ATTACKERS" && Part === part && Count > Attackers.Sent / 2));
      const users = (words: string, check: (rate: number) => boolean) => returns(words, ({ Users }) => check(Users.SuccessRateUnderAttack));
      await lab.call("A flood of requests, at an Auto Scaling group alone", attack("HTTP_FLOOD", { Protections: ["AUTO_SCALING"] }), users("fewer than half of the users are answered", (rate) => rate < 0.5), endsAt("INSTANCES"));
      await lab.call("The same, at the whole architecture", attack("HTTP_FLOOD"), users("99% or more are answered", (rate) => rate >= 0.99), endsAt("WAF"));
      await lab.call("A SYN flood there", attack("SYN_FLOOD"), users("99% or more are answered", (rate) => rate >= 0.99), endsAt("CLOUDFRONT"));
    },
  },
];
