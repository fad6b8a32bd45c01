import { expect, test } from "vitest";
import { type ConformanceCase, runCase } from "../conformance.test-helper";
import { createLab } from "../lab";
import { seededPorts } from "../ports";
import { wholeModels } from "../whole-models";
import own from "./vectors/life.json";

test.each((own.cases as unknown as ConformanceCase[]).map((one) => [one.id, one] as const))("vectors/life.json: %s", async (_, one) => {
  const lab = createLab({ ports: seededPorts(7) });
  await runCase(
    {
      account: "111122223333",
      model: (service) => wholeModels[service],
      call: (service, operation, input, region) => lab.call({ service, operation, input, region, caller: { account: "111122223333", user: "admin" } }),
      wait: async (seconds) => void (await lab.advance(seconds * 1000)),
    },
    one,
  );
  expect(lab.journal.length).toBeGreaterThan(one.steps.length - 1);
});
