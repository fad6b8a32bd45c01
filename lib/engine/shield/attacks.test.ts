import { describe, expect, test } from "vitest";
import { A, B, DAY, shieldLab } from "./shield.test-helper";

const counters = (Max: number, Unit: string) => [{ Name: `X_${Unit}`, Max, Average: Max, Sum: Max, N: 1, Unit }];
const flood = (vector: string, Max: number, Unit: string) => [{ Type: "IP", Id: "192.0.2.2", AttackVectors: [{ VectorType: vector, VectorCounters: counters(Max, Unit) }] }];

/** A subscribed account with a protected address and one without protection. */
async function world() {
  const w = shieldLab();
  const [eip, bare] = [await w.resource.of("ELASTIC_IP"), await w.resource.of("ELASTIC_IP")];
  await w.must("shield", "CreateSubscription");
  await w.must("shield", "CreateProtection", { Name: "p", ResourceArn: eip });
  const seconds = (): number => w.lab.now() / 1000;
  const record = async (ResourceArn: string, more: object): Promise<string> => (await w.must("estate", "RecordAttack", { ResourceArn, ...more } as never)).AttackId;
  return { ...w, eip, bare, seconds, record };
}

describe("attacks", () => {
  test("one from its first packet to its end", async () => {
    const { lab, must, fails, eip, record, seconds } = await world();
    const StartTime = seconds();
    const AttackId = await record(eip, { StartTime, SubResources: flood("SYN_FLOOD", 982_184, "BPS") });
    expect((await must("shield", "ListAttacks")).AttackSummaries).toEqual([{ AttackId, ResourceArn: eip, StartTime, AttackVectors: [{ VectorType: "SYN_FLOOD" }] }]);
    await lab.advance(720_000);
    const EndTime = seconds();
    const Mitigations = [{ MitigationName: "PACKET_FILTER" }];
    const AttackProperties = [{ AttackLayer: "NETWORK", AttackPropertyIdentifier: "SOURCE_COUNTRY", TopContributors: [{ Name: "Brazil", Value: 3 }], Unit: "BYTES", Total: 3 }];
    await record(eip, { AttackId, StartTime, EndTime, SubResources: [...flood("SYN_FLOOD", 982_184, "BPS"), ...flood("UDP_TRAFFIC", 5, "PPS")], Mitigations, AttackProperties });
    expect((await must("shield", "DescribeAttack", { AttackId })).Attack).toMatchObject({ AttackId, ResourceArn: eip, StartTime, EndTime, Mitigations, AttackProperties, AttackCounters: [], SubResources: [{ AttackVectors: [{ VectorType: "SYN_FLOOD" }] }, {}] });
    expect((await must("shield", "ListAttacks", { EndTime: { FromInclusive: EndTime, ToExclusive: EndTime + 1 } })).AttackSummaries[0].AttackVectors).toEqual([{ VectorType: "SYN_FLOOD" }, { VectorType: "UDP_TRAFFIC" }]);
    expect(await fails("shield", "DescribeAttack", { AttackId: "none" })).toMatch(/^AccessDeniedException/);
    expect(await fails("shield", "DescribeAttack", { AttackId }, B)).toMatch(/^AccessDeniedException/);
  });

  test("by resource, by time, by pages; only on protected resources", async () => {
    const { must, fails, eip, bare, record, seconds } = await world();
    const start = seconds();
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.push(await record(eip, { StartTime: start - 1000 + i, EndTime: start, SubResources: flood("DNS_REFLECTION", 1, "BPS") }));
    await record(bare, { StartTime: start - 1000, SubResources: flood("NTP_REFLECTION", 1, "BPS") });
    const list = async (input: object): Promise<string[]> => (await must("shield", "ListAttacks", input as never)).AttackSummaries.map((one: { AttackId: string }) => one.AttackId);
    expect(await list({})).toEqual(ids);
    expect(await list({ ResourceArns: [bare] })).toEqual([]);
    expect(await list({ StartTime: { FromInclusive: start - 998, ToExclusive: start - 996 } })).toEqual(ids.slice(2, 4));
    const first = await must("shield", "ListAttacks", { MaxResults: 3 });
    expect(await list({ MaxResults: 3, NextToken: first.NextToken })).toEqual(ids.slice(3));
    expect(await fails("shield", "ListAttacks", { NextToken: "x" })).toMatch(/^InvalidParameterException/);
    expect(await fails("shield", "ListAttacks", { StartTime: { FromInclusive: 2, ToExclusive: 1 } })).toMatch(/^InvalidParameterException/);
  });

  test("in the statistics of a year, without a subscription too", async () => {
    const w = shieldLab();
    const [eip, elb] = [await w.resource.of("ELASTIC_IP"), await w.resource.balancer()];
    expect((await w.must("shield", "DescribeAttackStatistics")).DataItems).toEqual([{ AttackCount: 0 }]);
    const StartTime = w.lab.now() / 1000;
    await w.must("estate", "RecordAttack", { ResourceArn: eip, StartTime, EndTime: StartTime + 60, SubResources: flood("SYN_FLOOD", 7e9, "BPS") });
    await w.must("estate", "RecordAttack", { ResourceArn: eip, StartTime, EndTime: StartTime + 60, SubResources: flood("NTP_REFLECTION", 9e9, "BPS") });
    await w.must("estate", "RecordAttack", { ResourceArn: elb, StartTime, EndTime: StartTime + 60, SubResources: flood("REQUEST_FLOOD", 50_000, "RPS") });
    await w.lab.advance(DAY);
    const { TimeRange, DataItems } = await w.must("shield", "DescribeAttackStatistics");
    const [from, to] = [TimeRange.FromInclusive, TimeRange.ToExclusive].map((time: number) => new Date(time * 1000).toISOString());
    expect([Number(from.slice(0, 4)) + 1, from.slice(4)]).toEqual([Number(to.slice(0, 4)), to.slice(4)]);
    expect(TimeRange.ToExclusive % 86_400).toBe(0);
    expect(DataItems).toEqual([{ AttackVolume: { BitsPerSecond: { Max: 9e9 } }, AttackCount: 2 }, { AttackVolume: { RequestsPerSecond: { Max: 50_000 } }, AttackCount: 1 }]);
    expect((await w.must("shield", "ListAttacks")).AttackSummaries).toEqual([]);
    await w.lab.advance(366 * DAY);
    expect((await w.must("shield", "DescribeAttackStatistics")).DataItems).toEqual([{ AttackCount: 0 }]);
  });

  test.each([
    ["on what Shield does not know", { ResourceArn: `arn:aws:ec2:us-east-1:${A}:instance/i-0`, StartTime: 1, SubResources: flood("SYN_FLOOD", 1, "BPS") }, /^InvalidAttack/],
    ["that ends before it starts", { StartTime: 2, EndTime: 1, SubResources: flood("SYN_FLOOD", 1, "BPS") }, /^InvalidAttack/],
    ["with another's id", { AttackId: "none", StartTime: 2, SubResources: flood("SYN_FLOOD", 1, "BPS") }, /^InvalidAttack/],
    ["of a vector that there is not", { StartTime: 2, SubResources: flood("LASER", 1, "BPS") }, /^ValidationException/],
  ])("no record of one %s", async (_title, input, error) => {
    const { fails, eip } = await world();
    expect(await fails("estate", "RecordAttack", { ResourceArn: eip, ...input } as never)).toMatch(error);
  });
});
