import { ACCOUNT, days, fails, ok, refused, returns, traces } from "@/lib/lessons/proof";
import type { Claim, ProofHand } from "@/lib/lessons/types";
import type { JsonObject } from "@/lib/engine/types";
import { FLOOD_AGENT, attackInput } from "@/lib/engine/shield/estate/attack-kinds";
import { shieldApi, shieldPricing, wafGuide } from "./sources";
import { ends, guarded, send } from "./waf-proof";

const subscribe = (lab: ProofHand) => lab.call("Subscribe to Shield Advanced", { service: "shield", operation: "CreateSubscription" });
const protect = (ResourceArn: string) => ({ service: "shield", operation: "CreateProtection", input: { Name: "proof", ResourceArn } });
const add = async (lab: ProofHand, service: "traffic" | "estate", ResourceType: string): Promise<string> =>
  (await lab.call(`Something of the kind ${ResourceType}`, { service, operation: "AddResource", input: { ResourceType, Name: "proof" } })).Resource.Arn;

const without = (input: JsonObject, name: string): JsonObject => Object.fromEntries(Object.entries(input).filter(([member]) => member !== name));

const teamTrust = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "drt.shield.amazonaws.com" }, Action: "sts:AssumeRole" }] });

export const shieldClaims: Claim[] = [
  {
    id: "SHD-01", verdict: "holds",
    sentence: "Shield Standard costs nothing, is on for every customer, and works at layers 3 and 4.",
    source: wafGuide("AWS Shield Standard overview", "ddos-standard-summary"),
    proof: async (lab) => {
      await lab.call("What has a fresh account?", { service: "shield", operation: "GetSubscriptionState" }, ok({ SubscriptionState: "INACTIVE" }));
      await lab.call("It has no subscription to look at", { service: "shield", operation: "DescribeSubscription" }, fails("ResourceNotFoundException"));
    },
  },
  {
    id: "SHD-02", verdict: "imprecise",
    sentence: "Shield Advanced is a commitment of a year that renews itself; it costs $3,000 a month for an organization, and data out beside.",
    source: shieldPricing,
    proof: async (lab) => {
      await subscribe(lab);
      await lab.call("For how long?", { service: "shield", operation: "DescribeSubscription" }, ok({ "Subscription.TimeCommitmentInSeconds": 31_536_000, "Subscription.AutoRenew": "ENABLED" }));
      await lab.call("End it", { service: "shield", operation: "DeleteSubscription" }, fails("LockedSubscriptionException"));
      const dont = { service: "shield", operation: "UpdateSubscription", input: { AutoRenew: "DISABLED" } };
      await lab.call("Do not renew it", dont, fails("LockedSubscriptionException"));
      await lab.wait("336 days pass", days(336));
      await lab.call("Do not renew it, in its last 30 days", dont, ok());
      await lab.wait("30 days more", days(30));
      await lab.call("It is over", { service: "shield", operation: "GetSubscriptionState" }, ok({ SubscriptionState: "INACTIVE" }));
    },
  },
  {
    id: "SHD-03", verdict: "imprecise",
    sentence: "A protection is for a distribution, a hosted zone, an accelerator, an Elastic IP address, an Application or a Classic Load Balancer.",
    source: shieldApi("CreateProtection"),
    proof: async (lab) => {
      const balancer = await add(lab, "traffic", "APPLICATION_LOAD_BALANCER");
      await lab.call("Without a subscription", protect(balancer), fails("ResourceNotFoundException", "The subscription does not exist."));
      await subscribe(lab);
      await lab.call("With one", protect(balancer), ok());
      await lab.call("A distribution", protect(await add(lab, "traffic", "CLOUDFRONT")), ok());
      for (const kind of ["ELASTIC_IP", "CLASSIC_LOAD_BALANCER", "GLOBAL_ACCELERATOR", "HOSTED_ZONE"]) await lab.call("Protect it", protect(await add(lab, "estate", kind)), ok());
      await lab.call("An instance itself", protect(await add(lab, "estate", "INSTANCE")), fails("InvalidResourceException"));
      await lab.call("A Network Load Balancer itself", protect(`arn:aws:elasticloadbalancing:us-east-1:${ACCOUNT}:loadbalancer/net/proof/0123456789abcdef`), fails("InvalidResourceException"));
    },
  },
  {
    id: "SHD-04", verdict: "wrong",
    sentence: "The team is the Shield Response Team (SRT), once DDoS Response Team (DRT); it helps by a role that you make for it, and with Business or Enterprise Support.",
    source: shieldApi("AssociateDRTRole"),
    proof: async (lab) => {
      await subscribe(lab);
      const { Role } = await lab.call("A role that trusts the team", { service: "iam", operation: "CreateRole", input: { RoleName: "shield-team", AssumeRolePolicyDocument: teamTrust } });
      const associate = { service: "shield", operation: "AssociateDRTRole", input: { RoleArn: Role.Arn } };
      await lab.call("Give it to the team without a policy", associate, fails("AccessDeniedForDependencyException"));
      await lab.call("Attach the team's policy", { service: "iam", operation: "AttachRolePolicy", input: { RoleName: "shield-team", PolicyArn: "arn:aws:iam::aws:policy/service-role/AWSShieldDRTAccessPolicy" } });
      await lab.call("Give it to the team", associate, ok());
      await lab.call("What may the team use?", { service: "shield", operation: "DescribeDRTAccess" }, ok({ RoleArn: Role.Arn }));
    },
  },
  {
    id: "N-SHD-1", verdict: "holds",
    sentence: "The team calls you by itself only where a protected resource has a Route 53 health check, and somebody has a telephone.",
    source: shieldApi("AssociateProactiveEngagementDetails"),
    proof: async (lab) => {
      await subscribe(lab);
      const { ProtectionId } = await lab.call("Protect a load balancer", protect(await add(lab, "traffic", "APPLICATION_LOAD_BALANCER")));
      const engage = (contact: object) => ({ service: "shield", operation: "AssociateProactiveEngagementDetails", input: { EmergencyContactList: [{ EmailAddress: "night@example.com", ...contact }] } });
      await lab.call("Without a telephone", engage({}), fails("InvalidParameterException"));
      await lab.call("Without a health check", engage({ PhoneNumber: "+441632960961" }), fails("InvalidOperationException"));
      await lab.call("Associate one", { service: "shield", operation: "AssociateHealthCheck", input: { ProtectionId, HealthCheckArn: "arn:aws:route53:::healthcheck/11111111-2222-3333-4444-555555555555" } });
      await lab.call("With both", engage({ PhoneNumber: "+441632960961" }), ok());
    },
  },
  { id: "SHD-05", verdict: "imprecise", sentence: "Cost protection is a credit that you ask for after an attack, for resources that were protected before it.", source: wafGuide("Requesting a credit in AWS Shield Advanced after an attack", "request-refund") },
  {
    id: "SHD-06", verdict: "holds",
    sentence: "The subscription pays for AWS WAF on protected resources (web ACL, rules, requests, up to 1,500 WCU and the default body size) and for Firewall Manager's policies.",
    source: wafGuide("Deciding whether to subscribe to AWS Shield Advanced and apply additional protections", "ddos-advanced-summary-deciding"),
    proof: async (lab) => {
      const { resource } = await guarded(lab, []);
      const charged = (words: string, paid: boolean) => traces(words, ({ service, cost, outcome }) => service === "traffic" && outcome.ok && cost.some(({ item }) => item === "wafv2:request") === paid);
      await send(lab, "A request before", resource, {}, charged("AWS WAF charges for it", true));
      await subscribe(lab);
      await lab.call("Protect the load balancer", protect(resource));
      await send(lab, "A request after", resource, {}, charged("AWS WAF does not charge for it", false));
    },
  },
  {
    id: "N-SHD-2", verdict: "holds",
    sentence: "Automatic mitigation at layer 7 puts a rule group of Shield's into the web ACL; it weighs 150 WCU.",
    source: wafGuide("Automating application layer DDoS mitigation with Shield Advanced", "ddos-automatic-app-layer-response"),
    proof: async (lab) => {
      const { resource } = await guarded(lab, []);
      await subscribe(lab);
      await lab.call("Protect the load balancer", protect(resource));
      await lab.call("Let Shield write rules", { service: "shield", operation: "EnableApplicationLayerAutomaticResponse", input: { ResourceArn: resource, Action: { Block: {} } } }, ok());
      await lab.call("What is in the web ACL now?", { service: "wafv2", operation: "GetWebACLForResource", input: { ResourceArn: resource } }, ok({ "WebACL.Capacity": 150 }), returns("a rule that refers to Shield's group", ({ WebACL }) => WebACL.Rules.some(({ Name }: { Name: string }) => Name.startsWith("ShieldMitigationRuleGroup_"))));
      const bare = await add(lab, "traffic", "CLOUDFRONT");
      await lab.call("Protect a distribution without a web ACL", protect(bare));
      await lab.call("Let Shield write rules there", { service: "shield", operation: "EnableApplicationLayerAutomaticResponse", input: { ResourceArn: bare, Action: { Block: {} } } }, refused);
    },
  },
  {
    id: "N-SHD-3", verdict: "holds",
    sentence: "While requests flood a resource with automatic mitigation, Shield has rules against them in its web ACL; afterwards it has none.",
    source: wafGuide("How Shield Advanced manages automatic mitigation", "ddos-automatic-app-layer-response-behavior"),
    proof: async (lab) => {
      const { resource } = await guarded(lab, []);
      await subscribe(lab);
      await lab.call("Protect the load balancer", protect(resource));
      await lab.call("Let Shield write rules", { service: "shield", operation: "EnableApplicationLayerAutomaticResponse", input: { ResourceArn: resource, Action: { Block: {} } } });
      const like = (agent: string) => ({ Uri: "/search", Headers: [{ Name: "Host", Value: "shop.example" }, { Name: "User-Agent", Value: agent }] });
      await send(lab, "A request like the attack’s, before it", resource, like(FLOOD_AGENT), ends("ALLOW", "Default_Action"));
      const flood = attackInput({ kind: "http-flood", size: 100_000, minutes: 10, ResourceArn: resource, StartTime: 0 });
      const { AttackId } = await lab.call("Requests flood in", { service: "estate", operation: "RecordAttack", input: without(flood, "DurationSeconds") });
      await send(lab, "The same request", resource, like(FLOOD_AGENT), returns("Shield’s rule blocks it", ({ Outcomes }) => Outcomes[0].Action === "BLOCK" && Outcomes[0].TerminatingRuleId.startsWith("ShieldMitigationRuleGroup_")));
      await send(lab, "A customer’s", resource, like("Mozilla/5.0"), ends("ALLOW", "Default_Action"));
      await lab.call("The flood ends", { service: "estate", operation: "RecordAttack", input: { ...without(flood, "DurationSeconds"), AttackId, EndTime: 600 } });
      await send(lab, "The request again", resource, like(FLOOD_AGENT), ends("ALLOW", "Default_Action"));
    },
  },
];
