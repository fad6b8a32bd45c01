/**
 * Prices in US dollars of us-east-1, which Keyhole takes for every Region, as of November 2026.
 * Source: aws.amazon.com/kms/pricing, aws.amazon.com/systems-manager/pricing (see the claims KMS-15…19, SSM-15),
 * aws.amazon.com/secrets-manager/pricing (SEC-07), aws.amazon.com/lambda/pricing, aws.amazon.com/cloudwatch/pricing. What databases cost stands in `database-prices.ts`.
 */
export interface Price {
  service: "Key Management Service" | "Systems Manager" | "Secrets Manager" | "Lambda" | "CloudWatch" | "EventBridge" | "Simple Queue Service" | "Relational Database Service" | "DocumentDB" | "Redshift" | "WAF" | "Shield" | "Firewall Manager";
  /** What is paid for, as a bill names it. */
  what: string;
  usd: number;
  /** For how many units: of requests so many, of what is kept one. */
  per: number;
  /** What is kept is paid by the month, each hour counting its part, or by the hour. */
  unit: "request" | "month" | "hour";
  /** What is counted where it is not requests: `GB-second`. Parts of one count. */
  counted?: string;
  /** Requests of an account that cost nothing in a month, all Regions together. */
  free?: number;
  source: PriceSource;
}

export interface PriceSource {
  text: string;
  url: string;
  asOf: string;
}

const kms: PriceSource = { text: "AWS KMS pricing", url: "https://aws.amazon.com/kms/pricing/", asOf: "November 2026" };
const ssm: PriceSource = { text: "AWS Systems Manager pricing", url: "https://aws.amazon.com/systems-manager/pricing/", asOf: "November 2026" };

const secretsManager: PriceSource = { text: "AWS Secrets Manager pricing", url: "https://aws.amazon.com/secrets-manager/pricing/", asOf: "November 2026" };
const lambda: PriceSource = { text: "AWS Lambda pricing", url: "https://aws.amazon.com/lambda/pricing/", asOf: "November 2026" };
const cloudWatch: PriceSource = { text: "Amazon CloudWatch pricing", url: "https://aws.amazon.com/cloudwatch/pricing/", asOf: "November 2026" };

const eventBridge: PriceSource = { text: "Amazon EventBridge pricing", url: "https://aws.amazon.com/eventbridge/pricing/", asOf: "November 2026" };
const queues: PriceSource = { text: "Amazon SQS pricing", url: "https://aws.amazon.com/sqs/pricing/", asOf: "November 2026" };

/** Read in secondary sources of 2026, since the price page itself could not be: an example. What comes above 1,500 units is by the million requests for each 500 more. */
const waf: PriceSource = { text: "AWS WAF pricing (example)", url: "https://aws.amazon.com/waf/pricing/", asOf: "November 2026" };

/** As the fee is quoted in public; the price page itself was not read. Data transfer out of protected resources costs besides, by the gigabyte, and is not counted here. */
const shield: PriceSource = { text: "AWS Shield pricing (example)", url: "https://aws.amazon.com/shield/pricing/", asOf: "November 2026" };

const firewallManager: PriceSource = { text: "AWS Firewall Manager pricing (example)", url: "https://aws.amazon.com/firewall-manager/pricing/", asOf: "November 2026" };

const kmsRequests = (usd: number, what: string, free?: number): Price => ({ service: "Key Management Service", what, usd, per: 10_000, unit: "request", ...(free ? { free } : {}), source: kms });
const kmsMonth = (usd: number, what: string): Price => ({ service: "Key Management Service", what, usd, per: 1, unit: "month", source: kms });
const ssmRequests = (usd: number, what: string): Price => ({ service: "Systems Manager", what, usd, per: 10_000, unit: "request", source: ssm });

export const prices: Readonly<Record<string, Price>> = {
  "kms:key": kmsMonth(1, "KMS key"),
  "kms:key:rotation": kmsMonth(1, "KMS key, first and second rotation"),
  "kms:request": kmsRequests(0.03, "KMS request", 20_000),
  // The plain price, but asymmetric keys are left out of the free tier.
  "kms:request:rsa-2048": kmsRequests(0.03, "KMS request with an RSA 2048 key"),
  "kms:request:asymmetric": kmsRequests(0.15, "KMS request with an asymmetric key (RSA 2048 excepted)"),
  "kms:request:data-key-pair:ecc": kmsRequests(0.1, "KMS GenerateDataKeyPair, elliptic curve"),
  "kms:request:data-key-pair:rsa": kmsRequests(12, "KMS GenerateDataKeyPair, RSA"),
  "ssm:parameter:advanced": { service: "Systems Manager", what: "Advanced parameter", usd: 0.05, per: 1, unit: "month", source: ssm },
  "ssm:request:standard": ssmRequests(0, "Parameter Store request, standard parameter, standard throughput"),
  "ssm:request:advanced": ssmRequests(0.05, "Parameter Store request, advanced parameter"),
  "ssm:request:higher-throughput": ssmRequests(0.05, "Parameter Store request, higher throughput"),
  "secretsmanager:secret": { service: "Secrets Manager", what: "Secret", usd: 0.4, per: 1, unit: "month", source: secretsManager },
  "secretsmanager:request": { service: "Secrets Manager", what: "Secrets Manager request", usd: 0.05, per: 10_000, unit: "request", source: secretsManager },
  "lambda:request": { service: "Lambda", what: "Lambda invocation", usd: 0.2, per: 1_000_000, unit: "request", free: 1_000_000, source: lambda },
  "lambda:gb-second": { service: "Lambda", what: "Lambda running time", usd: 0.0000166667, per: 1, unit: "request", counted: "GB-second", free: 400_000, source: lambda },
  "events:custom": { service: "EventBridge", what: "Custom event, 64 KB of it", usd: 1, per: 1_000_000, unit: "request", source: eventBridge },
  "sqs:request": { service: "Simple Queue Service", what: "SQS request, 64 KB of it", usd: 0.4, per: 1_000_000, unit: "request", free: 1_000_000, source: queues },
  "wafv2:web-acl": { service: "WAF", what: "Web ACL", usd: 5, per: 1, unit: "month", source: waf },
  "wafv2:rule": { service: "WAF", what: "Rule or rule group", usd: 1, per: 1, unit: "month", source: waf },
  "wafv2:request": { service: "WAF", what: "Request that a web ACL inspected", usd: 0.6, per: 1_000_000, unit: "request", source: waf },
  // What Shield Advanced pays stands on the bill for nothing, so that it is seen.
  "wafv2:web-acl:covered": { service: "WAF", what: "Web ACL, covered by Shield Advanced", usd: 0, per: 1, unit: "month", source: waf },
  "wafv2:rule:covered": { service: "WAF", what: "Rule or rule group, covered by Shield Advanced", usd: 0, per: 1, unit: "month", source: waf },
  "wafv2:request:covered": { service: "WAF", what: "Request that a web ACL inspected, covered by Shield Advanced", usd: 0, per: 1_000_000, unit: "request", source: waf },
  "wafv2:request:extra-capacity": { service: "WAF", what: "Inspected request, 500 capacity units above 1,500", usd: 0.2, per: 1_000_000, unit: "request", source: waf },
  "shield:subscription": { service: "Shield", what: "Shield Advanced, all accounts of an organization; data transfer out not counted", usd: 3_000, per: 1, unit: "month", source: shield },
  "fms:policy": { service: "Firewall Manager", what: "Firewall Manager policy, without Shield Advanced", usd: 100, per: 1, unit: "month", source: firewallManager },
  "logs:ingested-gb": { service: "CloudWatch", what: "Logs that came in", usd: 0.5, per: 1, unit: "request", counted: "GB", free: 5, source: cloudWatch },
};

/** Dollars for these lines at list price, free tiers aside; an item with no price costs nothing. */
export function dollars(lines: { item: string; quantity: number }[]): number {
  let sum = 0;
  for (const { item, quantity } of lines) {
    const price = prices[item];
    if (price) sum += (price.usd / price.per) * quantity;
  }
  return sum;
}
