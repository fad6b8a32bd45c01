import type { ProtectionName } from "./names";

export interface Protection {
  name: ProtectionName;
  title: string;
  /** What it does here, in a sentence. */
  what: string;
  /** What the architecture is like without it. */
  without: string;
  /** Without this other one it does nothing. */
  needs?: { name: ProtectionName; why: string };
}

const list: Protection[] = [
  { name: "CLOUDFRONT", title: "CloudFront", what: "Users and attackers meet edge locations, which take only whole requests and have Shield inline.", without: "The name leads to the load balancer itself; the web ACL is on it." },
  { name: "CACHING", title: "Caching", what: "Pages are kept at the edge, each by its whole address.", without: "Every request goes on to the origin.", needs: { name: "CLOUDFRONT", why: "without CloudFront nothing keeps answers" } },
  { name: "RATE_RULE", title: "Rate-based rule", what: "The web ACL blocks an address that asks too often.", without: "Nobody counts." },
  { name: "MANAGED_RULES", title: "Managed rule groups", what: "The web ACL has the core, SQL database and known bad inputs groups.", without: "Nobody looks into requests." },
  { name: "SHIELD_ADVANCED", title: "Shield Advanced", what: "Faster mitigation at the load balancer, automatic rules against floods of requests, credits for what an attack cost.", without: "Shield Standard alone, which is always there." },
  { name: "AUTO_SCALING", title: "Auto Scaling", what: "The group grows with the requests and replaces what is lost.", without: "The two instances of the minimum, and no more." },
  { name: "CLOSED_ORIGIN", title: "Closed origin", what: "The load balancer's security group lets in CloudFront's prefix list only.", without: "Whoever knows the load balancer's name goes around CloudFront and its web ACL.", needs: { name: "CLOUDFRONT", why: "without CloudFront the load balancer must be open to users" } },
  { name: "SECOND_ZONE", title: "Second zone", what: "Load balancer and group stand in two Availability Zones.", without: "All of it stands in one zone." },
];

export const protections: Readonly<Record<ProtectionName, Protection>> = Object.fromEntries(list.map((protection) => [protection.name, protection])) as Record<ProtectionName, Protection>;
