import { group, rule } from "./parts";
import { managedCapacities } from "./capacity";

/**
 * AWSManagedRulesAmazonIpReputationList and AWSManagedRulesAnonymousIpList. AWS keeps the addresses; here are a few of the ranges that are
 * set aside for documentation (RFC 5737, RFC 3849), so that a learner can send from them. Source: AWS WAF Developer Guide, IP reputation rule groups.
 */
export const lists = {
  reputation: ["198.51.100.0/27", "2001:db8:bad::/48"],
  reconnaissance: ["198.51.100.32/27"],
  ddos: ["198.51.100.64/27"],
  anonymous: ["203.0.113.160/27", "2001:db8:aaaa::/48"],
  hosting: ["203.0.113.32/27"],
  /** Where bots that say who they are have been verified to come from, and known bots' data centres. */
  verifiedBots: ["203.0.113.64/27"],
  botDataCenters: ["203.0.113.96/27"],
};

export const ipReputation = group("AWSManagedRulesAmazonIpReputationList", managedCapacities.AWSManagedRulesAmazonIpReputationList, "amazon-ip-list", "Against addresses known for bots and other threats.", [
  rule("AWSManagedIPReputationList", { AddressList: lists.reputation }),
  rule("AWSManagedReconnaissanceList", { AddressList: lists.reconnaissance }),
  { ...rule("AWSManagedIPDDoSList", { AddressList: lists.ddos }), action: "Count" },
], { versions: [] });

export const anonymousIp = group("AWSManagedRulesAnonymousIpList", managedCapacities.AWSManagedRulesAnonymousIpList, "anonymous-ip-list", "Against services that hide who a viewer is.", [
  rule("AnonymousIPList", { AddressList: lists.anonymous }),
  rule("HostingProviderIPList", { AddressList: lists.hosting }),
], { versions: [] });
