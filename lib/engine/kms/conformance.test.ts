import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { wholeModels } from "../whole-models";
import { runCase, type ConformanceCase } from "../conformance.test-helper";
import { createLab } from "../lab";
import { seededPorts } from "../ports";
import lifecycle from "./vectors/lifecycle.json";

/** Recorded answers of AWS, where they are kept beside the repository; `vectors/` has the repository's own. */
const shared = fileURLToPath(new URL("../../../../shared/conformance/cases/", import.meta.url));
const topics = ["aliases", "dry_run", "grants", "import", "keys", "multi_region", "pagination", "policy", "rotation", "states", "tags", "usage"];

async function run(one: ConformanceCase): Promise<void> {
  const lab = createLab({ ports: seededPorts(7) });
  await runCase(
    {
      account: "111122223333",
      model: (service) => wholeModels[service],
      call: (service, operation, input, region) =>
        lab.call({ service, operation, input, region, caller: { account: "111122223333", user: "admin" } }),
      wait: async (seconds) => void (await lab.advance(seconds * 1000)),
    },
    one,
  );
  expect(lab.journal.length).toBeGreaterThanOrEqual(one.steps.length);
}

describe.each(topics)("kms_%s, recorded outside the repository", (topic) => {
  const file = `${shared}kms_${topic}.json`;
  if (!existsSync(file)) return test.skip("the recorded cases are not on this machine", () => {});
  const { cases } = JSON.parse(readFileSync(file, "utf8")) as { cases: ConformanceCase[] };
  test.each(cases.map((one) => [one.id, one] as const))("%s", (_, one) => run(one));
});

test.each((lifecycle.cases as unknown as ConformanceCase[]).map((one) => [one.id, one] as const))("vectors/lifecycle.json: %s", (_, one) =>
  run(one),
);

test("a case that does not hold fails, and says where", async () => {
  const wrong = {
    id: "wrong",
    service: "kms",
    topic: "",
    title: "",
    evidence: "",
    source: "",
    steps: [{ call: "kms.CreateKey" }, { call: "kms.ListKeys", expect: { len: { Keys: 2 } } }],
  };
  await expect(run(wrong)).rejects.toThrow("wrong, step 2 (kms.ListKeys): length of Keys is not 2");
});
