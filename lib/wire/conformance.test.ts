import { existsSync, readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import secrets from "../engine/secretsmanager/vectors/life.json";
import waf from "../engine/wafv2/vectors/life.json";
import { wholeModels } from "../engine/whole-models";
import { type ConformanceCase, runCase } from "../engine/conformance.test-helper";
import { readJson } from "./json";
import { wireClient } from "./wire.test-helper";

/**
 * Answers recorded from AWS, through the wire. They are read in place beside the repository; where they are not, our
 * own vectors beside each service still run.
 */
const folder = fileURLToPath(new URL("../../../shared/conformance/cases/", import.meta.url));
const files = existsSync(folder) ? readdirSync(folder).filter((name) => Object.hasOwn(wholeModels, name.split("_")[0])) : [];
const cases = files.flatMap((name) => (JSON.parse(readFileSync(folder + name, "utf8")) as { cases: ConformanceCase[] }).cases);

async function overTheWire(each: ConformanceCase): Promise<void> {
  const client = wireClient();
  await runCase(
    {
      account: "111122223333",
      model: (service) => wholeModels[service],
      call: (service, operation, input, region) => client.call(service, operation, input, region),
      raw: async ({ service, target, body }) => {
        const { status, body: text } = await client.post({ service, target, body: JSON.stringify(body) });
        return { status, body: readJson(new TextEncoder().encode(text))! };
      },
      wait: async (seconds) => void (await client.lab.advance(seconds * 1000)),
    },
    each,
  );
}

describe.runIf(cases.length)("recorded answers through the wire", () => {
  test.each(cases.map((each) => [each.id, each] as const))("%s", (_, each) => overTheWire(each));
});

describe("our own vectors through the wire", () => {
  test.each((secrets.cases as unknown as ConformanceCase[]).map((each) => [each.id, each] as const))("Secrets Manager: %s", (_, each) => overTheWire(each));
  test.each((waf.cases as unknown as ConformanceCase[]).map((each) => [each.id, each] as const))("WAF: %s", (_, each) => overTheWire(each));
});

test("the cases are there, or the folder is not", () => expect(cases.length === 0).toBe(!existsSync(folder)));
