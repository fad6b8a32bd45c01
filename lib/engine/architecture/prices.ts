import { prices as labPrices, type PriceSource } from "../pricing";

/**
 * What the architecture's parts cost: on demand, us-east-1, first tier, no free tier. As quoted in public; the price pages themselves were
 * not read, so take them as examples. AWS WAF's and Shield's are those of the lab's bill (`pricing.ts`).
 */
export interface PartPrice {
  what: string;
  usd: number;
  per: number;
  unit: string;
  source: PriceSource;
}

const page = (service: string, path: string): PriceSource => ({ text: `${service} pricing (example)`, url: `https://aws.amazon.com/${path}/pricing/`, asOf: "November 2026" });
const cloudFront = page("Amazon CloudFront", "cloudfront");
const balancing = page("Elastic Load Balancing", "elasticloadbalancing");
const ec2: PriceSource = { text: "Amazon EC2 pricing (example)", url: "https://aws.amazon.com/ec2/pricing/on-demand/", asOf: "November 2026" };

const hoursInMonth = 730;
const waf = (item: string, unit: string, per = labPrices[item].per): PartPrice => ({ what: labPrices[item].what, usd: labPrices[item].usd, per, unit, source: labPrices[item].source });

export const partPrices = {
  dnsQueries: { what: "DNS queries; those for alias records of AWS resources are free", usd: 0.4, per: 1_000_000, unit: "queries", source: page("Amazon Route 53", "route53") },
  edgeRequests: { what: "CloudFront HTTPS requests; those that AWS WAF blocks are free", usd: 0.01, per: 10_000, unit: "requests", source: cloudFront },
  edgeOut: { what: "CloudFront data transfer out", usd: 0.085, per: 1, unit: "GB", source: cloudFront },
  regionOut: { what: "Data transfer out of the Region; to CloudFront it is free", usd: 0.09, per: 1, unit: "GB", source: ec2 },
  balancerHours: { what: "Application Load Balancer", usd: 0.0225, per: 1, unit: "hours", source: balancing },
  balancerUnits: { what: "Load balancer capacity units", usd: 0.008, per: 1, unit: "LCU-hours", source: balancing },
  instanceHours: { what: "Instances, c6i.large", usd: 0.085, per: 1, unit: "hours", source: ec2 },
  webAclHours: waf("wafv2:web-acl", "hours", hoursInMonth),
  ruleHours: waf("wafv2:rule", "hours", hoursInMonth),
  inspected: waf("wafv2:request", "requests"),
} as const satisfies Record<string, PartPrice>;

/** By the month, with a commitment of a year, however short the attack. */
export const shieldFee = { usdPerMonth: labPrices["shield:subscription"].usd, source: labPrices["shield:subscription"].source };

/** Source: Elastic Load Balancing pricing, Application Load Balancer: what one LCU holds, the largest of these counts. */
export const lcu = { newConnectionsPerSecond: 25, activeConnections: 3_000, bytesPerHour: 1_000_000_000 };
