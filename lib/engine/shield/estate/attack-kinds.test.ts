import { expect, test } from "vitest";
import { shieldLab } from "../shield.test-helper";
import { resourceTypes, type ProtectedType } from "../state";
import { type AttackKindId, attackInput, attackKinds, kindsOn } from "./attack-kinds";

test.each([
  ["ELASTIC_IP_ALLOCATION", ["syn-flood", "udp-flood", "dns-reflection", "ntp-reflection", "memcached-reflection"]],
  ["GLOBAL_ACCELERATOR", ["syn-flood", "udp-flood", "dns-reflection", "ntp-reflection", "memcached-reflection"]],
  ["APPLICATION_LOAD_BALANCER", ["syn-flood", "http-flood"]],
  ["CLOUDFRONT_DISTRIBUTION", ["syn-flood", "http-flood"]],
  ["CLASSIC_LOAD_BALANCER", ["syn-flood"]],
  ["ROUTE_53_HOSTED_ZONE", ["udp-flood"]],
] as [ProtectedType, AttackKindId[]][])("what can reach a %s", (type, kinds) => expect(kindsOn(type)).toEqual(kinds));

test("each kind can be recorded on each resource that it reaches, and is described as it came", async () => {
  const { lab, must, resource } = shieldLab();
  await must("shield", "CreateSubscription");
  const arns: Record<ProtectedType, string> = {
    APPLICATION_LOAD_BALANCER: await resource.balancer(), CLOUDFRONT_DISTRIBUTION: await resource.distribution(), ELASTIC_IP_ALLOCATION: await resource.of("ELASTIC_IP"),
    CLASSIC_LOAD_BALANCER: await resource.of("CLASSIC_LOAD_BALANCER", "old"), GLOBAL_ACCELERATOR: await resource.of("GLOBAL_ACCELERATOR"), ROUTE_53_HOSTED_ZONE: await resource.of("HOSTED_ZONE"),
  };
  let seen = 0;
  for (const type of resourceTypes) {
    await must("shield", "CreateProtection", { Name: "p", ResourceArn: arns[type] });
    for (const kind of kindsOn(type)) {
      const size = attackKinds[kind].layer === "NETWORK" ? 50e9 : 100_000;
      const { AttackId } = await must("estate", "RecordAttack", attackInput({ kind, size, minutes: 10, ResourceArn: arns[type], StartTime: lab.now() / 1000 }));
      const { Attack } = await must("shield", "DescribeAttack", { AttackId });
      const [{ VectorType, VectorCounters }] = Attack.SubResources[0].AttackVectors;
      expect([VectorType, VectorCounters[0].Max, Attack.EndTime]).toEqual([attackKinds[kind].vector, size, undefined]);
      for (const { TopContributors, Total } of Attack.AttackProperties) expect(TopContributors.reduce((sum: number, { Value }: { Value: number }) => sum + Value, 0)).toBeLessThanOrEqual(Total);
      seen++;
    }
  }
  expect(seen).toBe(16);
});
