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

test("the fees of WAF, Shield Advanced and Firewall Manager in a whole month, without and with Shield Advanced", async () => {
  const month = async (advanced: boolean) => {
    const lab = createLab({ ports: seededPorts(4, Date.UTC(2026, 10, 1)) });
    const done = async (service: string, operation: string, input: JsonObject = {}, region = "us-east-1"): Promise<any> => {
      const reply = await lab.call({ service, operation, input, caller: { account, user: "admin" }, region });
      if (!reply.ok) throw new Error(`${reply.error.code}: ${reply.error.message}`);
      return reply.output;
    };
    await done("organizations", "CreateOrganization");
    await done("fms", "AssociateAdminAccount", { AdminAccount: account });
    const VisibilityConfig = { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: false, MetricName: "m" };
    const { Summary } = await done("wafv2", "CreateWebACL", { Name: "front", Scope: "REGIONAL", DefaultAction: { Allow: {} }, VisibilityConfig, Rules: [{ Name: "geo", Priority: 0, Statement: { GeoMatchStatement: { CountryCodes: ["DE"] } }, Action: { Count: {} }, VisibilityConfig }] });
    const { Resource } = await done("traffic", "AddResource", { ResourceType: "APPLICATION_LOAD_BALANCER", Name: "shop" });
    await done("wafv2", "AssociateWebACL", { WebACLArn: Summary.ARN, ResourceArn: Resource.Arn });
    if (advanced) {
      await done("shield", "CreateSubscription");
      await done("shield", "CreateProtection", { Name: "shop", ResourceArn: Resource.Arn });
    }
    const data = { type: "WAFV2", preProcessRuleGroups: [], postProcessRuleGroups: [], defaultAction: { type: "ALLOW" }, overrideCustomerWebACLAssociation: false };
    for (const region of ["us-east-1", "eu-west-2"])
      await done("fms", "PutPolicy", { Policy: { PolicyName: "p", SecurityServicePolicyData: { Type: "WAFV2", ManagedServiceData: JSON.stringify(data) }, ResourceType: "AWS::ElasticLoadBalancingV2::LoadBalancer", ExcludeResourceTags: false, RemediationEnabled: false } }, region);
    const Requests = Array.from({ length: 100 }, () => ({ Uri: "/", ClientIp: "192.0.2.1" }));
    await done("traffic", "Inspect", { ResourceArn: Resource.Arn, Requests });
    await lab.advance(31 * day);
    const bill = bills(lab.read, account, lab.now()).find(({ month: { id } }) => id === "2026-11")!;
    expect(billTree(bill).reduce((sum, row) => sum + row.usd, 0)).toBeCloseTo(bill.usd, 9);
    return { total: bill.usd, lines: bill.lines.map((line) => [line.price.what, line.region, quantityOf(line), rateOf(line), usd(line.usd)]) };
  };
  const standard = await month(false);
  expect(standard.lines).toEqual([
    ["Web ACL", "us-east-1", "1.00 months", "$5.00 a month", "$5.00"],
    ["Rule or rule group", "us-east-1", "1.00 months", "$1.00 a month", "$1.00"],
    ["Request that a web ACL inspected", "us-east-1", "100 requests", "$0.60 for 1,000,000", "$0.00006"],
    ["Firewall Manager policy, without Shield Advanced", "us-east-1", "1.00 months", "$100.00 a month", "$100.00"],
    ["Firewall Manager policy, without Shield Advanced", "eu-west-2", "1.00 months", "$100.00 a month", "$100.00"],
  ]);
  expect(standard.total).toBeCloseTo(206.00006, 6);
  const advanced = await month(true);
  expect(advanced.lines).toEqual([
    ["Web ACL, covered by Shield Advanced", "us-east-1", "1.00 months", "$0.00 a month", "$0.00"],
    ["Rule or rule group, covered by Shield Advanced", "us-east-1", "1.00 months", "$0.00 a month", "$0.00"],
    ["Request that a web ACL inspected, covered by Shield Advanced", "us-east-1", "100 requests", "$0.00 for 1,000,000", "$0.00"],
    ["Shield Advanced, all accounts of an organization; data transfer out not counted", "us-east-1", "1.00 months", "$3,000.00 a month", "$3,000.00"],
  ]);
  expect(advanced.total).toBe(3_000);
});
