import fc from "fast-check";
import { expect, test } from "vitest";
import model from "../models/shield.json";
import { checkSnapshot } from "../snapshot";
import type { JsonObject } from "../types";
import { A, shieldLab } from "./shield.test-helper";

const names = ["__proto__", "constructor", "", " ", "x", "🔑", "\u0000", "arn:::::", "n".repeat(3_000), `arn:aws:shield::${A}:protection/__proto__`, `arn:aws:ec2:us-east-1:${A}:eip-allocation/eipalloc-__proto__`];
const members = [...new Set(Object.values(model.operations).flatMap(({ input }) => Object.keys((model.shapes as unknown as Record<string, { members: object }>)[input.shape].members)))];
const errors = new Set<string>(["ValidationException", "SerializationException", "AccessDeniedException"]);
for (const { errors: own } of Object.values(model.operations)) for (const name of own) errors.add(name);

test("any input gets an answer or an error of the model, and leaves a state that can be saved", async () => {
  const { lab, call, must, resource } = shieldLab(11);
  await must("shield", "CreateSubscription");
  const arns = [await resource.of("ELASTIC_IP"), await resource.balancer(), await resource.distribution()];
  let took = 0;
  const value = fc.oneof(fc.constantFrom<unknown>(...names, ...arns, "SUM", "ALL", "ARBITRARY", "BY_RESOURCE_TYPE", "ELASTIC_IP_ALLOCATION", "ENABLED", "DISABLED", 0, 1, -1, 1e300, true, null, "g", "logs-bucket"), fc.constantFrom<unknown>([], {}, arns, { Block: {} }, { Count: {}, Block: {} }, [{ Key: "aws:x", Value: "" }], [{ Key: "a" }], [{}], [{ EmailAddress: "a@b.c", PhoneNumber: "+15550100" }], { FromInclusive: 2, ToExclusive: 1 }, { ResourceArns: arns.slice(0, 1) }, ["__proto__"]));
  const input = fc.dictionary(fc.constantFrom(...members), value, { maxKeys: 6 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...Object.keys(model.operations)), input, async (operation, given) => {
      const reply = await call("shield", operation, given as JsonObject);
      took += Number(reply.ok);
      if (!reply.ok) expect(errors.has(reply.error.code), `${operation}: ${reply.error.code}`).toBe(true);
    }),
    { seed: 42, numRuns: 1_500 },
  );
  const saved = JSON.parse(JSON.stringify(lab.snapshot()));
  expect(checkSnapshot(saved)).toBeUndefined();
  expect(took).toBeGreaterThan(100);
  expect(({} as Record<string, unknown>).Id).toBeUndefined();
});
