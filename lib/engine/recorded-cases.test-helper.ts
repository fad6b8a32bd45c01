import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type ConformanceCase, runCase } from "./conformance.test-helper";
import { createLab } from "./lab";
import { seededPorts } from "./ports";
import { wholeModels } from "./whole-models";

/** Answers recorded from AWS, kept beside the repository and read in place; services' own `vectors/` run wherever they are not. */
const folder = fileURLToPath(new URL("../../../shared/conformance/cases/", import.meta.url));

/** One case through `lab.call`, in a lab of its own. Throws with the case's id, the step and what did not hold. */
export async function runInLab(one: ConformanceCase): Promise<void> {
  const lab = createLab({ ports: seededPorts(7) });
  const account = "111122223333";
  await runCase(
    {
      account,
      model: (service) => wholeModels[service],
      call: (service, operation, input, region) => lab.call({ service, operation, input, region, caller: { account, user: "admin" } }),
      wait: async (seconds) => void (await lab.advance(seconds * 1000)),
    },
    one,
  );
  expect(lab.journal.length).toBeGreaterThanOrEqual(one.steps.length);
}

/** The recorded cases of these topics of a service as tests. A plain POST is the wire's alone (lib/wire/conformance.test.ts). */
export function testRecorded(service: string, topics: readonly string[]): void {
  describe.runIf(existsSync(folder)).each(topics)(`${service}_%s, recorded from AWS`, (topic) => {
    const cases = existsSync(folder) ? (JSON.parse(readFileSync(`${folder}${service}_${topic}.json`, "utf8")) as { cases: ConformanceCase[] }).cases : [];
    test.each(cases.filter(({ steps }) => steps.every(({ raw }) => !raw)).map((one) => [one.id, one] as const))("%s", (_, one) => runInLab(one));
  });
}

/** A service's own cases, which stand in the repository, as tests. */
export function testVectors(file: string, vectors: { cases: unknown }): void {
  test.each((vectors.cases as ConformanceCase[]).map((one) => [one.id, one] as const))(`${file}: %s`, (_, one) => runInLab(one));
}
