import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { wholeModels } from "../whole-models";
import { runCase, type ConformanceCase } from "../conformance.test-helper";
import { createLab } from "../lab";
import { seededPorts } from "../ports";

/** Recorded answers of AWS, where they are kept beside the repository; `vectors/` has the repository's own. */
const shared = fileURLToPath(new URL("../../../../shared/conformance/cases/", import.meta.url));
const topics = ["basics", "by_path", "delete", "describe", "names", "overwrite", "secrets", "secure", "tags", "tiers", "types", "versions"];

describe.each(topics)("ssm_%s, recorded outside the repository", (topic) => {
  const file = `${shared}ssm_${topic}.json`;
  if (!existsSync(file)) return test.skip("the recorded cases are not on this machine", () => {});
  const { cases } = JSON.parse(readFileSync(file, "utf8")) as { cases: ConformanceCase[] };
  test.each(cases.map((one) => [one.id, one] as const))("%s", async (_, one) => {
    const lab = createLab({ ports: seededPorts(7) });
    await runCase(
      {
        account: "111122223333",
        model: (service) => wholeModels[service],
        call: (service, operation, input, region) => lab.call({ service, operation, input, region, caller: { account: "111122223333", user: "admin" } }),
      },
      one,
    );
    expect(lab.journal.length).toBeGreaterThan(0);
  });
});
