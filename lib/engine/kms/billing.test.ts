import { expect, test } from "vitest";
import { monthlyDollars } from "./billing";
import { account, bench } from "./lifecycle.test-helper";
import { keys } from "./state";

test("a key's month: one dollar, one more for each of two rotations, nothing while deletion is pending", async () => {
  const { lab, key, done } = bench();
  const { KeyId } = await key();
  const cost = () => monthlyDollars(keys(lab.read({ account, region: "us-east-1", service: "kms" })).get(KeyId)!);
  const seen = [cost()];
  for (const [operation, input] of [
    ["RotateKeyOnDemand"],
    ["RotateKeyOnDemand"],
    ["RotateKeyOnDemand"],
    ["DisableKey"],
    ["ScheduleKeyDeletion"],
    ["CancelKeyDeletion"],
  ] as [string, object?][]) {
    await done(operation, { KeyId, ...input });
    seen.push(cost());
  }
  expect(seen).toEqual([1, 2, 3, 3, 3, 0, 3]);
});

test("AWS managed keys are free", () => expect(monthlyDollars({ KeyManager: "AWS", KeyState: "Enabled", materials: [] })).toBe(0));
