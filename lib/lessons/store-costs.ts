import { prices } from "../engine/pricing";

/** What a set of equal secrets needs. */
export interface StoreUse {
  secrets: number;
  /** Of the largest value. */
  bytes: number;
  readsPerMonth: number;
  /** Changed by itself on a schedule. */
  rotation: boolean;
  /** Copies in other Regions that follow each change. */
  regions: number;
  /** Read from another account. */
  otherAccount: boolean;
}

export interface StoreCost {
  name: string;
  /** Why this store cannot do it, each in a sentence. */
  cannot: string[];
  /** US dollars a month. */
  storage: number;
  calls: number;
}

const perUnit = (item: string): number => prices[item].usd / prices[item].per;

/**
 * What each store can do of it, and what that costs a month, in US dollars, without the requests to KMS (which are the same).
 * Parameter Store takes standard parameters where they do: values up to 4,096 bytes, up to 10,000 of them, read within the
 * account. Sources: PutParameter and CreateSecret (API models), AWS Systems Manager and Secrets Manager pricing (2026).
 */
export function storeCosts({ secrets, bytes, readsPerMonth, rotation, regions, otherAccount }: StoreUse): { parameterStore: StoreCost; secretsManager: StoreCost } {
  const advanced = bytes > 4_096 || secrets > 10_000 || otherAccount;
  const parameterStore: StoreCost = {
    name: advanced ? "Parameter Store, advanced" : "Parameter Store, standard",
    cannot: [
      ...(bytes > 8_192 ? ["A parameter holds at most 8 KB."] : []),
      ...(secrets > 100_000 ? ["An account has at most 100,000 parameters in a Region."] : []),
      ...(rotation ? ["It rotates nothing by itself; you would have to build that."] : []),
      ...(regions ? ["It copies nothing to other Regions."] : []),
    ],
    storage: advanced ? secrets * perUnit("ssm:parameter:advanced") : 0,
    calls: advanced ? readsPerMonth * perUnit("ssm:request:advanced") : 0,
  };
  const secretsManager: StoreCost = {
    name: "Secrets Manager",
    cannot: [...(bytes > 65_536 ? ["A secret holds at most 64 KB."] : []), ...(secrets > 500_000 ? ["An account has at most 500,000 secrets in a Region."] : [])],
    // Each copy is charged as a secret.
    storage: secrets * (1 + regions) * perUnit("secretsmanager:secret"),
    calls: readsPerMonth * perUnit("secretsmanager:request"),
  };
  return { parameterStore, secretsManager };
}
