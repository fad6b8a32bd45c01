/** What a set of equal parameters needs. */
export interface TierUse {
  parameters: number;
  /** Of the largest value. */
  bytes: number;
  callsPerMonth: number;
  policies: boolean;
  higherThroughput: boolean;
}

export interface TierCost {
  name: string;
  /** Why this tier cannot do it. */
  refused?: string;
  /** US dollars a month. */
  storage: number;
  calls: number;
}

const perAdvanced = 0.05;
const perTenThousandCalls = 0.05;

/**
 * Which tier can hold the parameters, and what it costs a month, in US dollars. Intelligent-Tiering takes advanced where
 * a value is over 4,096 bytes, a policy is set, or the account already has 10,000 standard parameters.
 * Source: SSM API, PutParameter; AWS Systems Manager pricing (2026).
 */
export function tierCosts({ parameters, bytes, callsPerMonth, policies, higherThroughput }: TierUse): { standard: TierCost; advanced: TierCost; intelligent: TierCost } {
  const paidCalls = (callsPerMonth / 10_000) * perTenThousandCalls;
  const standardCalls = higherThroughput ? paidCalls : 0;
  const tooBigForAll = bytes > 8192 ? "A value over 8 KB fits no tier." : undefined;

  const standard: TierCost = {
    name: "Standard",
    refused: policies ? "Standard parameters have no policies." : bytes > 4096 ? "The value is over 4 KB." : parameters > 10_000 ? "Standard ends at 10,000 parameters." : undefined,
    storage: 0,
    calls: standardCalls,
  };
  const advanced: TierCost = {
    name: "Advanced",
    refused: tooBigForAll ?? (parameters > 100_000 ? "Advanced ends at 100,000 parameters." : undefined),
    storage: parameters * perAdvanced,
    calls: paidCalls,
  };

  // All parameters are alike, so either each needs advanced, or those beyond the 10,000th do.
  const asAdvanced = policies || bytes > 4096 ? parameters : Math.max(0, parameters - 10_000);
  const share = parameters === 0 ? 0 : asAdvanced / parameters;
  const intelligent: TierCost = {
    name: "Intelligent-Tiering",
    refused: tooBigForAll ?? (asAdvanced > 100_000 ? "Advanced ends at 100,000 parameters." : undefined),
    storage: asAdvanced * perAdvanced,
    calls: paidCalls * share + standardCalls * (1 - share),
  };
  return { standard, advanced, intelligent };
}
