import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type ConformanceCase, runCase } from "../conformance.test-helper";
import { createLab } from "../lab";
import { seededPorts } from "../ports";
import { wholeModels } from "../whole-models";
import own from "./vectors/life.json";

/** Recorded answers of AWS, where they are kept beside the repository; `vectors/` has the repository's own. */
const shared = fileURLToPath(new URL("../../../../shared/conformance/cases/", import.meta.url));
const topics = ["capacity", "ip_set", "locks", "managed", "rule_group", "validation", "web_acl"];

async function run(one: ConformanceCase): Promise<void> {
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
  expect(lab.journal.length).toBeGreaterThan(0);
}

describe.each(topics)("wafv2_%s, recorded outside the repository", (topic) => {
  const file = `${shared}wafv2_${topic}.json`;
  if (!existsSync(file)) return test.skip("the recorded cases are not on this machine", () => {});
  const { cases } = JSON.parse(readFileSync(file, "utf8")) as { cases: ConformanceCase[] };
  test.each(cases.map((one) => [one.id, one] as const))("%s", (_, one) => run(one));
});

test.each((own.cases as unknown as ConformanceCase[]).map((one) => [one.id, one] as const))("vectors/life.json: %s", (_, one) => run(one));
