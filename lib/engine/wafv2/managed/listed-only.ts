import { managedCapacities } from "./capacity";
import { group } from "./parts";
import type { ManagedRuleGroup } from "./types";

/** Groups that the lab lists and explains, and that match nothing: what they look at (sessions, logins, learned traffic) a lab has not. */

const reason = "Listed only: the lab does not run this group. It counts its capacity and matches nothing.";
const protection = (name: string, set: string, description: string): ManagedRuleGroup => group(name, managedCapacities[name], set, description, [], { listedOnly: reason, needsConfig: true });

export const listedOnly: ManagedRuleGroup[] = [
  protection("AWSManagedRulesATPRuleSet", "atp", "Against account takeover at a login page. Extra fees."),
  protection("AWSManagedRulesACFPRuleSet", "acfp", "Against fraud in the creation of accounts. Extra fees."),
  protection("AWSManagedRulesAntiDDoSRuleSet", "anti-ddos", "Against distributed denial of service at layer 7. Extra fees."),
];

/** Vendors' groups in AWS Marketplace: one subscribes to them there. They have no rules here. */
export const marketplace: { vendor: string; name: string; description: string; listedOnly: string }[] = [
  { vendor: "F5", name: "OWASP_Managed", description: "F5: rules against the OWASP Top 10.", listedOnly: reason },
  { vendor: "Fortinet", name: "all_rules", description: "Fortinet: complete OWASP Top 10.", listedOnly: reason },
  { vendor: "Cyber Security Cloud Inc.", name: "CyberSecurityCloud-HighSecurityOWASPSet-", description: "Cyber Security Cloud: high security OWASP set.", listedOnly: reason },
  { vendor: "Imperva", name: "IPReputation", description: "Imperva: IP reputation.", listedOnly: reason },
];
