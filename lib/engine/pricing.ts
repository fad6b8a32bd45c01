/**
 * Prices of single requests in US dollars, as of November 2026, us-east-1.
 * Source: aws.amazon.com/kms/pricing, aws.amazon.com/systems-manager/pricing (see the claims KMS-16…19, SSM-15).
 */
export const prices: Record<string, { usd: number; per: number; what: string }> = {
  "kms:request": { usd: 0.03, per: 10_000, what: "KMS request" },
  "kms:request:asymmetric": { usd: 0.15, per: 10_000, what: "KMS request with an asymmetric key (RSA 2048 excepted)" },
  "kms:request:data-key-pair:ecc": { usd: 0.1, per: 10_000, what: "KMS GenerateDataKeyPair, elliptic curve" },
  "kms:request:data-key-pair:rsa": { usd: 12, per: 10_000, what: "KMS GenerateDataKeyPair, RSA" },
  "ssm:request:standard": { usd: 0, per: 10_000, what: "Parameter Store request, standard parameter, standard throughput" },
  "ssm:request:advanced": { usd: 0.05, per: 10_000, what: "Parameter Store request, advanced parameter" },
  "ssm:request:higher-throughput": { usd: 0.05, per: 10_000, what: "Parameter Store request, higher throughput" },
};

/** Dollars for these lines; an item with no price costs nothing. */
export function dollars(lines: { item: string; quantity: number }[]): number {
  let sum = 0;
  for (const { item, quantity } of lines) {
    const price = prices[item];
    if (price) sum += (price.usd / price.per) * quantity;
  }
  return sum;
}
