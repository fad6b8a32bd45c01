import { describe, expect, test } from "vitest";
import { type StoreUse, storeCosts } from "./store-costs";

const use = (change: Partial<StoreUse> = {}): StoreUse => ({ secrets: 10, bytes: 100, readsPerMonth: 100_000, rotation: false, regions: 0, otherAccount: false, ...change });

describe("which store, and what it costs", () => {
  test.each<[string, Partial<StoreUse>, { name: string; usd: number; cannot: number }, { usd: number; cannot: number }]>([
    // what is needed        Parameter Store                                                       Secrets Manager: $0.40 each, $0.05 for 10,000 calls
    ["ten small values", {}, { name: "Parameter Store, standard", usd: 0, cannot: 0 }, { usd: 4.5, cannot: 0 }],
    ["5 KB values", { bytes: 5_000 }, { name: "Parameter Store, advanced", usd: 1, cannot: 0 }, { usd: 4.5, cannot: 0 }],
    ["9 KB values", { bytes: 9_000 }, { name: "Parameter Store, advanced", usd: 1, cannot: 1 }, { usd: 4.5, cannot: 0 }],
    ["rotation", { rotation: true }, { name: "Parameter Store, standard", usd: 0, cannot: 1 }, { usd: 4.5, cannot: 0 }],
    ["two more Regions", { regions: 2 }, { name: "Parameter Store, standard", usd: 0, cannot: 1 }, { usd: 12.5, cannot: 0 }],
    ["another account", { otherAccount: true }, { name: "Parameter Store, advanced", usd: 1, cannot: 0 }, { usd: 4.5, cannot: 0 }],
    ["70 KB values", { bytes: 70_000 }, { name: "Parameter Store, advanced", usd: 1, cannot: 1 }, { usd: 4.5, cannot: 1 }],
  ])("%s", (_, change, parameter, secret) => {
    const { parameterStore, secretsManager } = storeCosts(use(change));
    expect({ name: parameterStore.name, usd: parameterStore.storage + parameterStore.calls, cannot: parameterStore.cannot.length }).toEqual({ ...parameter, usd: expect.closeTo(parameter.usd, 6) });
    expect({ usd: secretsManager.storage + secretsManager.calls, cannot: secretsManager.cannot.length }).toEqual({ ...secret, usd: expect.closeTo(secret.usd, 6) });
  });
});
