import { expect, test } from "vitest";
import { bills } from "@/lib/engine/billing/bill";
import { createLab } from "@/lib/engine/lab";
import { seededPorts } from "@/lib/engine/ports";
import type { JsonObject } from "@/lib/engine/types";
import { billAsCsv, billTree, monthName, quantityOf, rateOf, usd, whyOf } from "./bill-words";
import { chargedKeys } from "./charged-keys";

const account = "111122223333";
const day = 86_400_000;

test.each([
  [0, "$0.00"],
  [1.7, "$1.70"],
  [1234.5, "$1,234.50"],
  [0.01, "$0.01"],
  [0.000003, "$0.000003"],
  [0.0051, "$0.0051"],
  [0.05, "$0.05"],
  [0.0333333, "$0.033"],
])("%d dollars are %s", (amount, text) => expect(usd(amount)).toBe(text));

async function november() {
  const lab = createLab({ ports: seededPorts(3, Date.UTC(2026, 10, 1)) });
  const done = async (service: string, operation: string, input: JsonObject = {}): Promise<any> => {
    const reply = await lab.call({ service, operation, input, caller: { account, user: "admin" }, region: "eu-west-2" });
    if (!reply.ok) throw new Error(reply.error.code);
    return reply.output;
  };
  for (let i = 0; i < 3; i++) await done("kms", "CreateKey");
  await done("ssm", "PutParameter", { Name: "/a", Value: "v", Type: "SecureString" });
  const KeyId = (await done("kms", "ListKeys")).Keys[0].KeyId;
  for (let i = 0; i < 3; i++) await done("kms", "RotateKeyOnDemand", { KeyId });
  await done("kms", "CreateAlias", { AliasName: "alias/payroll", TargetKeyId: KeyId });
  await lab.advance(17 * day);
  return { lab, done };
}

test("every line says why, with its own numbers", async () => {
  const { lab } = await november();
  const [bill] = bills(lab.read, account, lab.now());
  expect(monthName(bill.month)).toBe("November 2026");
  expect(bill.lines.map((line) => [line.item, quantityOf(line), rateOf(line), whyOf(line)])).toEqual([
    ["kms:key", "1.70 months", "$1.00 a month", "1,224 hours kept, all together, of 720 hours in the month × $1.00 = $1.70."],
    ["kms:key:rotation", "1.1333 months", "$1.00 a month", "816 hours kept, all together, of 720 hours in the month × $1.00 = $1.13."],
    ["kms:request", "9 requests", "$0.03 for 10,000", "9 requests, all within the free 20,000 a month."],
    ["ssm:request:standard", "1 request", "$0.00 for 10,000", "1 request: these cost nothing."],
  ]);
  const [line] = bill.lines.filter(({ item }) => item === "kms:request");
  expect(whyOf({ ...line, quantity: 25_000, free: 20_000, usd: 0.015 })).toBe("25,000 requests less 20,000 free = 5,000 × $0.03 ÷ 10,000 = $0.015.");
});

test("services, Regions and lines add up, the dearest first", async () => {
  const { lab } = await november();
  const [bill] = bills(lab.read, account, lab.now());
  const tree = billTree(bill);
  expect(tree.map(({ name, children }) => [name, children.map((region) => [region.name, region.children.length])])).toEqual([
    ["Key Management Service", [["Europe (London) (eu-west-2)", 3]]],
    ["Systems Manager", [["Europe (London) (eu-west-2)", 1]]],
  ]);
  expect(tree.reduce((sum, row) => sum + row.usd, 0)).toBeCloseTo(bill.usd, 12);
  expect(billAsCsv(bill).split("\r\n")[1]).toMatch(/^2026-11,111122223333,Key Management Service,eu-west-2,kms:key,KMS key,1\.7,0,1,1,1\.7/);
});

test("each key says what its month costs", async () => {
  const { lab, done } = await november();
  const [, second] = (await done("kms", "ListKeys")).Keys.map(({ KeyId }: { KeyId: string }) => KeyId).filter((id: string) => !chargedKeys(lab.read, account).find((key) => key.id === id)!.why.includes("AWS managed") && chargedKeys(lab.read, account).find((key) => key.id === id)!.name !== "payroll");
  await done("kms", "ScheduleKeyDeletion", { KeyId: second });
  expect(chargedKeys(lab.read, account).map(({ name, usd: amount, why }) => [name.length > 20 ? "…" : name, amount, why])).toEqual([
    ["payroll", 3, "$1 for the key, $1 for each of its first two rotations; 3 in all, the others are free."],
    ["…", 1, "$1 for the key."],
    expect.arrayContaining([0]),
    expect.arrayContaining([0]),
  ]);
  expect(chargedKeys(lab.read, account).slice(2).map(({ why }) => why).sort()).toEqual(["AWS managed keys are kept free; requests with them count.", "Free while its deletion is scheduled. If the deletion is cancelled, this time is charged after all."]);
});
