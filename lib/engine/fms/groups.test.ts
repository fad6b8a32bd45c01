import { describe, expect, test } from "vitest";
import type { GroupRule } from "../shield/estate/state";
import { isWithin, overlaps } from "./checks/group-rules";
import { A, B, fmsLab } from "./fms.test-helper";

const ingress = (Cidr: string, FromPort = 443, ToPort = FromPort, Protocol = "tcp"): GroupRule => ({ Direction: "INGRESS", Protocol, FromPort, ToPort, Cidr });

// AWS WAF Developer Guide: a rule is allowed if all that it lets through is let through by one of the audit group's
test.each<[string, GroupRule, GroupRule, boolean]>([
  ["the same rule", ingress("10.0.0.0/8"), ingress("10.0.0.0/8"), true],
  ["a smaller network", ingress("10.1.0.0/16"), ingress("10.0.0.0/8"), true],
  ["a bigger network", ingress("0.0.0.0/0"), ingress("10.0.0.0/8"), false],
  ["fewer ports", ingress("10.0.0.0/8", 80, 90), ingress("10.0.0.0/8", 0, 100), true],
  ["more ports", ingress("10.0.0.0/8", 80, 101), ingress("10.0.0.0/8", 80, 100), false],
  ["all protocols around one", ingress("10.0.0.0/8"), { Direction: "INGRESS", Protocol: "-1", Cidr: "10.0.0.0/8" }, true],
  ["one protocol around all", { Direction: "INGRESS", Protocol: "-1", Cidr: "10.0.0.0/8" }, ingress("10.0.0.0/8", 0, 65_535), false],
  ["another protocol", ingress("10.0.0.0/8", 53, 53, "udp"), ingress("10.0.0.0/8", 53), false],
  ["the other direction", { ...ingress("10.0.0.0/8"), Direction: "EGRESS" }, ingress("10.0.0.0/8"), false],
  ["IPv6 in IPv6", ingress("2001:db8:1::/48"), ingress("2001:db8::/32"), true],
  ["IPv4 in IPv6", ingress("10.0.0.0/8"), ingress("::/0"), false],
  ["the same prefix list", ingress("pl-1"), ingress("pl-1"), true],
  ["another prefix list", ingress("pl-1"), ingress("0.0.0.0/0"), false],
])("%s", (_title, inner, outer, expected) => expect(isWithin(inner, outer)).toBe(expected));

// AWS Firewall Manager API Reference, SecurityServicePolicyData: with DENY no rule may hold a value or a range that matches
test.each<[string, GroupRule, GroupRule, boolean]>([
  ["a wider rule", ingress("0.0.0.0/0", 0, 65_535), ingress("10.0.0.0/8", 22), true],
  ["a narrower rule", ingress("10.1.0.0/16", 22), ingress("10.0.0.0/8", 22), true],
  ["ports side by side", ingress("10.0.0.0/8", 80, 90), ingress("10.0.0.0/8", 91, 99), false],
  ["networks side by side", ingress("10.0.0.0/9"), ingress("10.128.0.0/9"), false],
  ["all protocols", { Direction: "INGRESS", Protocol: "-1", Cidr: "10.0.0.0/8" }, ingress("10.0.0.0/8", 22), true],
  ["IPv4 and IPv6", ingress("0.0.0.0/0"), ingress("::/0"), false],
])("%s", (_title, one, other, expected) => expect([overlaps(one, other), overlaps(other, one)]).toEqual([expected, expected]));

async function world() {
  const w = await fmsLab();
  const group = async (Name: string, Rules: GroupRule[], account = B, VpcId = "vpc-1"): Promise<{ Arn: string; Id: string }> => (await w.must("estate", "AddResource", { ResourceType: "SECURITY_GROUP", Name, VpcId, Rules: Rules as never }, account)).Resource;
  const instance = async (SecurityGroups: string[], account = B, VpcId = "vpc-1"): Promise<{ Arn: string; Id: string }> => (await w.must("estate", "AddResource", { ResourceType: "INSTANCE", Name: "i", VpcId, SecurityGroups }, account)).Resource;
  const all = async (account = B): Promise<any[]> => (await w.must("estate", "ListResources", {}, account)).Resources;
  const now = async (Arn: string, account = B): Promise<any> => (await all(account)).find((one) => one.Arn === Arn);
  const policy = (Type: string, data: object, more: object = {}): Promise<string> => w.put({ SecurityServicePolicyData: { Type, ManagedServiceData: JSON.stringify({ type: Type, ...data }) }, ResourceType: "AWS::EC2::SecurityGroup", ...more } as never);
  const remedy = async (PolicyId: string): Promise<void> => {
    const { Policy } = await w.must("fms", "GetPolicy", { PolicyId });
    await w.must("fms", "PutPolicy", { Policy: { ...Policy, RemediationEnabled: true } });
    await w.settle();
  };
  return { ...w, group, instance, all, now, policy, remedy };
}

describe("SECURITY_GROUPS_COMMON", () => {
  test("the administrator's group is copied into each VPC and put on every instance", async () => {
    const { must, group, instance, now, all, policy, settle, remedy, violations } = await world();
    const primary = await group("primary", [ingress("10.0.0.0/8")], A);
    const own = await group("own", []);
    const [one, two] = [await instance([own.Id]), await instance([], B, "vpc-2")];
    const PolicyId = await policy("SECURITY_GROUPS_COMMON", { securityGroups: [{ id: primary.Id }], revertManualSecurityGroupChanges: true }, { ResourceType: "AWS::EC2::Instance" });
    await settle();
    expect((await violations(PolicyId, B)).sort()).toEqual([one, two].map(({ Id }) => `RESOURCE_MISSING_SECURITY_GROUP ${Id}`).sort());
    await remedy(PolicyId);
    expect(await violations(PolicyId, B)).toEqual([]);
    const copies = (await all()).filter(({ Name }) => Name.startsWith("FMManagedSecurityGroup"));
    expect(copies.map(({ VpcId, Rules }) => [VpcId, Rules]).sort()).toEqual([["vpc-1", [ingress("10.0.0.0/8")]], ["vpc-2", [ingress("10.0.0.0/8")]]]);
    expect((await now(one.Arn)).SecurityGroups).toEqual([own.Id, copies.find(({ VpcId }) => VpcId === "vpc-1").Id]);
    await must("estate", "UpdateResource", { Arn: copies[0].Arn, Rules: [ingress("0.0.0.0/0")] as never }, B);
    await settle();
    expect((await now(copies[0].Arn)).Rules).toEqual([ingress("10.0.0.0/8")]);
    await must("fms", "DeletePolicy", { PolicyId });
    expect((await all()).filter(({ Name }) => Name.startsWith("FMManaged"))).toEqual([]);
    expect((await now(one.Arn)).SecurityGroups).toEqual([own.Id]);
  });

  test("alone on the instance where the policy says so; an edited copy is told without remediation", async () => {
    const { must, group, instance, now, all, policy, settle, violations } = await world();
    const primary = await group("primary", [ingress("10.0.0.0/8")], A);
    const one = await instance(["sg-other"]);
    const PolicyId = await policy("SECURITY_GROUPS_COMMON", { securityGroups: [{ id: primary.Id }], revertManualSecurityGroupChanges: true, exclusiveResourceSecurityGroupManagement: true }, { ResourceType: "AWS::EC2::Instance", RemediationEnabled: true });
    await settle();
    const [copy] = (await all()).filter(({ Name }) => Name.startsWith("FMManaged"));
    expect((await now(one.Arn)).SecurityGroups).toEqual([copy.Id]);
    const { Policy } = await must("fms", "GetPolicy", { PolicyId });
    await must("fms", "PutPolicy", { Policy: { ...Policy, RemediationEnabled: false } });
    await must("estate", "UpdateResource", { Arn: copy.Arn, Rules: [] }, B);
    await settle();
    expect(await violations(PolicyId, B)).toEqual([`FMS_CREATED_SECURITY_GROUP_EDITED ${copy.Id}`]);
    expect((await must("fms", "GetViolationDetails", { PolicyId, MemberAccount: B, ResourceId: copy.Id, ResourceType: "AWS::EC2::SecurityGroup" })).ViolationDetail.ResourceViolations[0].AwsVPCSecurityGroupViolation.ViolationTarget).toBe(copy.Id);
  });
});

describe("SECURITY_GROUPS_CONTENT_AUDIT", () => {
  test.each([
    ["ALLOW", [ingress("10.1.0.0/16")]],
    ["DENY", [ingress("0.0.0.0/0", 22)]],
  ])("%s", async (type, kept) => {
    const { group, now, policy, settle, remedy, violations } = await world();
    const audit = await group("audit", [ingress("10.0.0.0/8")], A);
    const bad = await group("bad", [ingress("10.1.0.0/16"), ingress("0.0.0.0/0", 22)]);
    const good = await group("good", kept);
    const PolicyId = await policy("SECURITY_GROUPS_CONTENT_AUDIT", { securityGroups: [{ id: audit.Id }], securityGroupAction: { type } });
    await settle();
    expect(await violations(PolicyId, B)).toEqual([`RESOURCE_VIOLATES_AUDIT_SECURITY_GROUP ${bad.Id}`]);
    await remedy(PolicyId);
    expect(await violations(PolicyId, B)).toEqual([]);
    expect((await now(bad.Arn)).Rules).toEqual(kept);
    expect((await now(good.Arn)).Rules).toEqual(kept);
  });
});

describe("SECURITY_GROUPS_USAGE_AUDIT", () => {
  test("groups on nothing, after the delay", async () => {
    const { lab, must, group, instance, all, policy, remedy, violations, settle } = await world();
    const used = await group("used", [ingress("10.0.0.0/8")]);
    const idle = await group("idle", []);
    await instance([used.Id]);
    const PolicyId = await policy("SECURITY_GROUPS_USAGE_AUDIT", { deleteUnusedSecurityGroups: true, optionalDelayForUnusedInMinutes: 60 });
    await settle();
    expect(await violations(PolicyId, B)).toEqual([]);
    await lab.advance(70 * 60_000);
    expect(await violations(PolicyId, B)).toEqual([`SECURITY_GROUP_UNUSED ${idle.Id}`]);
    await remedy(PolicyId);
    expect((await all()).filter(({ ResourceType }) => ResourceType === "SECURITY_GROUP").map(({ Id }) => Id)).toEqual([used.Id]);
    expect((await must("fms", "ListComplianceStatus", { PolicyId })).PolicyComplianceStatusList[1].EvaluationResults).toEqual([{ ComplianceStatus: "COMPLIANT", ViolatorCount: 0, EvaluationLimitExceeded: false }]);
  });

  test("groups with the same rules in one VPC become one", async () => {
    const { group, instance, now, all, policy, remedy, violations, settle } = await world();
    const rules = [ingress("10.0.0.0/8"), ingress("10.0.0.0/8", 80)];
    const pair = [await group("a", rules), await group("b", rules.toReversed())].sort((x, y) => (x.Arn < y.Arn ? -1 : 1));
    await group("elsewhere", rules, B, "vpc-2");
    const one = await instance([pair[1].Id]);
    const PolicyId = await policy("SECURITY_GROUPS_USAGE_AUDIT", { coalesceRedundantSecurityGroups: true });
    await settle();
    expect(await violations(PolicyId, B)).toEqual([`SECURITY_GROUP_REDUNDANT ${pair[1].Id}`]);
    await remedy(PolicyId);
    expect(await violations(PolicyId, B)).toEqual([]);
    expect((await now(one.Arn)).SecurityGroups).toEqual([pair[0].Id]);
    expect((await all()).filter(({ ResourceType }) => ResourceType === "SECURITY_GROUP")).toHaveLength(2);
  });
});
