import { expect, test } from "vitest";
import { tierCosts } from "./tier-costs";

const use = { parameters: 100, bytes: 1_000, callsPerMonth: 1_000_000, policies: false, higherThroughput: false };

test.each([
  // change                                         standard   advanced  intelligent   (dollars a month; undefined: refused)
  [{}, 0, 10, 0],
  [{ higherThroughput: true }, 5, 10, 5],
  [{ bytes: 4_096 }, 0, 10, 0],
  [{ bytes: 4_097 }, undefined, 10, 10],
  [{ bytes: 8_193 }, undefined, undefined, undefined],
  [{ policies: true }, undefined, 10, 10],
  [{ parameters: 10_000, callsPerMonth: 0 }, 0, 500, 0],
  [{ parameters: 10_001, callsPerMonth: 0 }, undefined, 500.05, 0.05],
  [{ parameters: 100_001, callsPerMonth: 0 }, undefined, undefined, 4500.05],
])("%o", (change, standard, advanced, intelligent) => {
  const cost = tierCosts({ ...use, ...change });
  const total = (tier: { refused?: string; storage: number; calls: number }) => (tier.refused ? undefined : Number((tier.storage + tier.calls).toFixed(2)));
  expect([total(cost.standard), total(cost.advanced), total(cost.intelligent)]).toEqual([standard, advanced, intelligent]);
});
