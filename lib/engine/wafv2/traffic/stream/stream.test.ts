import { describe, expect, test } from "vitest";
import { presets } from "../../../traffic/presets";
import { checkSnapshot, createLab } from "../../../lab";
import { seededPorts } from "../../../ports";
import type { JsonObject } from "../../../types";
import { A, admin, geo, labOf, rule, start } from "../../wafv2.test-helper";

const limitRule = (action: JsonObject = { Block: {} }) => rule("limit", { RateBasedStatement: { Limit: 100, EvaluationWindowSec: 60, AggregateKeyType: "IP" } }, action);

/** People from four addresses, and a flood from five that begins after `from` s. */
const small = (from = 30, to = 150): string => JSON.stringify({
  version: 1, id: "small", title: "Small", what: "A small flood.", host: "shop.example.com",
  sources: [
    { kind: "users", id: "users", name: "Customers", startSec: 0, endSec: 600, rate: 2, clients: 50, day: false },
    { kind: "http-flood", id: "botnet", name: "Botnet", startSec: from, endSec: to, rate: 40, clients: 5, path: "/search", random: true },
    { kind: "network-flood", id: "syn", name: "SYN flood", startSec: 40, endSec: 60, rate: 1000, vector: "SYN" },
  ],
});

function world() {
  const w = labOf();
  return {
    ...w,
    start: async (ResourceArn: string, Scenario = small(), more: JsonObject = {}): Promise<string> => (await w.done("traffic", "StartTraffic", { ResourceArn, Scenario, Seed: 7, ...more })).StreamId,
    sendNow: (StreamId: string, more: JsonObject = {}) => w.done("traffic", "SendTraffic", { StreamId, ...more }),
    /** Moves the clock in steps and sends all there is. */
    async play(StreamId: string, seconds: number, step = 5): Promise<any[]> {
      const answers: any[] = [];
      for (let at = 0; at < seconds; at += step) {
        await w.lab.advance(step * 1000);
        let answer;
        do answers.push((answer = await this.sendNow(StreamId)));
        while (!answer.Reached);
      }
      return answers;
    },
  };
}

const sum = (answers: any[], member: string, where: (one: any) => boolean = () => true): number => answers.flatMap((answer) => answer[member]).filter(where).reduce((all, one) => all + (one.Requests as number), 0);
const total = (list: any[], member: string): number => list.reduce((all, one) => all + (one[member] as number), 0);

describe("a stream of traffic", () => {
  test("arrives on the lab's clock: the rule trips, people come through, the flood ends, the rule releases", async () => {
    const w = world();
    const arn = await w.balancer((await w.acl("w", [limitRule()])).ARN);
    const id = await w.start(arn);
    expect(await w.sendNow(id)).toMatchObject({ Requests: 0, Reached: true, Over: false });
    const answers = await w.play(id, 260);
    const events = answers.flatMap(({ Events }) => Events);
    expect(events).toMatchObject([{ Rule: "limit", What: "Tripped" }, { Rule: "limit", What: "Released", Limited: 5 }]);
    const [tripped, released] = events.map(({ At }) => At - start / 1000);
    expect(tripped).toBe(40);
    expect(released).toBeGreaterThan(150);
    expect(released).toBeLessThanOrEqual(220);
    expect(sum(answers, "Sources", ({ Source, Action }) => Source === "users" && Action === "BLOCK")).toBe(0);
    expect(sum(answers, "Sources", ({ Source, Rule }) => Source === "botnet" && Rule === "limit")).toBeGreaterThan(3_000);
    expect(answers.find(({ To }) => To === start / 1000 + 100).RateRules).toEqual([{ Rule: "limit", Limited: 5, Action: "BLOCK" }]);
    // Every figure says the same.
    const seconds = answers.flatMap(({ Seconds }) => Seconds);
    expect(total(seconds, "Allowed") + total(seconds, "Blocked")).toBe(sum(answers, "Sources"));
    expect(total(answers, "Requests")).toBe(sum(answers, "Sources"));
    expect(total(seconds, "Harmed")).toBe(0);
    expect(total(seconds, "Served")).toBe(sum(answers, "Sources", ({ Harmful }) => !Harmful));
    expect(total(answers.flatMap(({ Network }) => Network), "Packets")).toBeGreaterThan(18_000);
    const described = await w.done("traffic", "DescribeTraffic", { StreamId: id, MaxBuckets: 720 });
    expect(described).toMatchObject({ Title: "Small", Status: "RUNNING", Requests: total(answers, "Requests"), Events: events, Limited: {}, Gaps: [] });
    expect(described.Buckets.reduce((all: number, { All }: any) => all + All.blocked, 0)).toBe(total(seconds, "Blocked"));
    expect(described.Buckets.map(({ Limited }: any) => Limited.limit ?? 0).join("")).toMatch(/^0{4}[1-5]5{10,17}[1-4]*0+$/);
    expect(described.Sentences[0]).toMatch(/^Customers: all \d+ requests came through\.$/);
    expect(described.Sentences[1]).toMatch(/^Botnet: [\d,]+ of [\d,]+ requests were stopped, the first after 10 s, most of them by limit/);
  });

  test("with the rule set to Count everything comes through, and the words say so", async () => {
    const w = world();
    const arn = await w.balancer((await w.acl("w", [limitRule({ Count: {} })])).ARN);
    const id = await w.start(arn);
    const answers = await w.play(id, 120);
    expect(answers.at(-1).RateRules).toEqual([{ Rule: "limit", Limited: 5, Action: "COUNT" }]);
    expect(sum(answers, "Sources", ({ Action }) => Action !== "ALLOW")).toBe(0);
    const { Sentences } = await w.done("traffic", "DescribeTraffic", { StreamId: id, MaxBuckets: 720 });
    expect(Sentences[1]).toMatch(/^Botnet: none of [\d,]+ requests was stopped\. [\d,]+ of those that came through were counted\.$/);
  });

  test("without a web ACL everything comes through; one that is associated meanwhile counts from then", async () => {
    const w = world();
    const arn = await w.balancer();
    const id = await w.start(arn);
    const [first] = await w.play(id, 5);
    expect(first).not.toHaveProperty("WebACLArn");
    expect(first.Sources).toMatchObject([{ Source: "users", Kind: "users", Action: "ALLOW", Rule: "No web ACL" }]);
    const { ARN } = await w.acl("w", [rule("all", geo("US", "DE", "GB", "FR", "IN", "BR", "JP", "CA", "AU", "NL", "ES", "IT", "PL", "SE", "ZA", "MX"))]);
    await w.done("wafv2", "AssociateWebACL", { WebACLArn: ARN, ResourceArn: arn });
    const [second] = await w.play(id, 5);
    expect(second).toMatchObject({ WebACLArn: ARN, Sources: [{ Source: "users", Action: "BLOCK", Rule: "all" }] });
    expect(total(second.Seconds, "Harmed")).toBe(second.Requests);
  });

  test("each request is counted and sampled at its own time", async () => {
    const w = world();
    const made = await w.acl("w", [limitRule()]);
    const arn = await w.balancer(made.ARN);
    const id = await w.start(arn);
    await w.lab.advance(70_000);
    const { Reached, Requests, Seconds, Samples } = await w.sendNow(id);
    expect([Reached, Seconds.length > 60]).toEqual([true, true]);
    expect(Requests).toBeGreaterThan(1_000);
    const { SampledRequests, PopulationSize } = await w.waf("GetSampledRequests", { WebAclArn: made.ARN, RuleMetricName: "ALL", Scope: "REGIONAL", TimeWindow: { StartTime: start / 1000, EndTime: start / 1000 + 29 }, MaxItems: 500 });
    expect(PopulationSize).toBeGreaterThan(0);
    for (const { Timestamp } of SampledRequests) expect(Timestamp).toBeLessThan(start / 1000 + 29);
    const minutes = w.lab.read({ account: A, region: "us-east-1", service: "wafv2" }).table("metrics").all() as { time: number }[];
    expect(minutes.map(({ time }) => time - start)).toEqual([0, 60_000]);
    // The first of each source has its way on the trace.
    const walked = w.lab.journal.findLast(({ call }) => call?.operation === "SendTraffic")!.trace.steps.filter(({ kind }) => kind === "inspection");
    expect(Samples.map(({ Source }: any) => Source)).toEqual(["users", "botnet"]);
    expect(walked.map((step) => step.kind === "inspection" && step.requestId)).toEqual(Samples.map(({ RequestId }: any) => RequestId));
    const [, { Uri, ClientIp, Country }] = Samples;
    expect([Uri, ClientIp, Country]).toEqual([expect.stringMatching(/^\/search\?r=\d+$/), expect.stringMatching(/^198\.51\.100\./), expect.stringMatching(/^[A-Z]{2}$/)]);
  });

  test("in parts or in one go it is the same stream; a budget is kept", async () => {
    const run = async (MaxRequests: number) => {
      const w = world();
      const arn = await w.balancer((await w.acl("w", [limitRule()])).ARN);
      const id = await w.start(arn);
      await w.lab.advance(100_000);
      let answer: any;
      let calls = 0;
      do {
        answer = await w.sendNow(id, { MaxRequests });
        expect(answer.Requests).toBeLessThanOrEqual(MaxRequests);
        calls++;
      } while (!answer.Reached);
      const { Buckets, Sources, Requests } = await w.done("traffic", "DescribeTraffic", { StreamId: id, MaxBuckets: 720 });
      return { calls, Requests, Sources, all: Buckets.map(({ At, All, BySource }: any) => [At, All, BySource]) };
    };
    const [{ calls: many, ...inParts }, { calls: few, ...atOnce }] = [await run(170), await run(2_000)];
    expect(many).toBeGreaterThan(10);
    expect(few).toBeLessThanOrEqual(2);
    expect(inParts).toEqual(atOnce);
  });

  test("who does not ask for long goes on from five minutes ago, and is told", async () => {
    const w = world();
    const arn = await w.balancer((await w.acl("w", [limitRule()])).ARN);
    const id = await w.start(arn, small(0, 600));
    await w.lab.advance(450_000);
    const answer = await w.sendNow(id);
    expect(answer.Skipped).toEqual({ From: start / 1000, To: start / 1000 + 150, Paused: false });
    expect(answer.From).toBe(start / 1000 + 150);
    await w.lab.advance(365 * 86_400_000);
    const late = await w.sendNow(id);
    expect(late).toMatchObject({ Requests: 0, Over: true });
    expect((await w.done("traffic", "DescribeTraffic", { StreamId: id, MaxBuckets: 720 })).Gaps).toHaveLength(2);
    expect((await w.done("traffic", "ListTraffic")).Streams).toMatchObject([{ StreamId: id, Status: "ENDED" }]);
  });

  test("resumed it goes on from where it stood", async () => {
    const w = world();
    const arn = await w.balancer((await w.acl("w", [limitRule()])).ARN);
    const run = async (pause: number) => {
      const id = await w.start(arn);
      const before = await w.play(id, 60, 10);
      await w.lab.advance(pause);
      const resumed = await w.sendNow(id, { Resume: true });
      expect(resumed.Requests).toBe(0);
      const after = await w.play(id, 60, 10);
      return { counts: [...before, ...after].map(({ Requests }) => Requests as number), described: await w.done("traffic", "DescribeTraffic", { StreamId: id, MaxBuckets: 2 }) };
    };
    const [through, paused] = [await run(0), await run(3_600_000)];
    expect(paused.counts).toEqual(through.counts);
    expect(paused.described).toMatchObject({ Elapsed: 120, Length: 600, Gaps: [{ Paused: true }] });
    expect(through.described.Gaps).toEqual([]);
    expect(paused.described.Buckets).toHaveLength(2);
  });

  test("its entries hold counts and no requests, and its state does not grow", async () => {
    const w = world();
    const arn = await w.balancer((await w.acl("w", [limitRule(), rule("core", { ManagedRuleGroupStatement: { VendorName: "AWS", Name: "AWSManagedRulesCommonRuleSet" } })])).ARN);
    const id = (await w.done("traffic", "StartTraffic", { ResourceArn: arn, Preset: "http-flood", Seed: 3 })).StreamId;
    await w.play(id, 340, 10);
    const entries = w.lab.journal.filter(({ call }) => call?.operation === "SendTraffic");
    const late = entries.slice(-5);
    const sent = late.map(({ reply }) => (reply.ok ? (reply.output.Requests as number) : 0));
    expect(Math.min(...sent)).toBeGreaterThan(500);
    for (const [at, entry] of late.entries()) expect(JSON.stringify(entry).length).toBeLessThan(120_000 + 120 * sent[at]);
    // The trace tells what changed, not row by row.
    for (const { trace } of late) expect(trace.steps.filter(({ kind }) => kind === "change").length).toBeLessThan(20);
    expect(JSON.stringify(w.lab.read({ account: A, region: "us-east-1", service: "traffic" }).table("positions").all()).length).toBeLessThan(1_500);
  }, 20_000);

  test("replayed it is the same to the byte; undone it is gone", async () => {
    const w = world();
    const arn = await w.balancer((await w.acl("w", [limitRule()])).ARN);
    const before = JSON.stringify(w.lab.snapshot().records);
    const begun = w.lab.journal.length;
    const id = await w.start(arn);
    await w.play(id, 90, 15);
    const snapshot = JSON.stringify(w.lab.snapshot().records);
    expect(checkSnapshot(JSON.parse(JSON.stringify(w.lab.snapshot())))).toBeUndefined();
    const again = createLab({ ports: seededPorts(99, start) });
    again.replay(JSON.parse(JSON.stringify(w.lab.journal)));
    expect(JSON.stringify(again.snapshot().records)).toBe(snapshot);
    while (w.lab.journal.length > begun) w.lab.undo();
    expect(JSON.stringify(w.lab.snapshot().records)).toBe(before);
  });

  test.each([
    ["no such resource", { ResourceArn: "arn:aws:elasticloadbalancing:us-east-1:1:x", Preset: "scan" }, "ResourceNotFound"],
    ["nothing", {}, "InvalidScenario: Name a preset or write a scenario, and not both."],
    ["both", { Preset: "scan", Scenario: "{}" }, "InvalidScenario: Name a preset"],
    ["no such preset", { Preset: "nothing" }, `InvalidScenario: There is no preset nothing. There are ${presets.map(({ id }) => id).join(", ")}.`],
    ["no JSON", { Scenario: "x'" }, "InvalidScenario: The scenario is no JSON."],
    ["a wrong source", { Scenario: small().replace('"rate":40', '"rate":0') }, "InvalidScenario: Source 2: rate must be from 0.0001 to 100000."],
  ])("%s is refused", async (_, input, error) => {
    const w = world();
    const ResourceArn = await w.balancer();
    expect(await w.call("traffic", "StartTraffic", { ResourceArn, ...input })).toMatch(new RegExp(`^${error}`));
  });

  test("stopped, gone, and too many", async () => {
    const w = world();
    const arn = await w.balancer();
    const ids: string[] = [];
    for (let n = 0; n < 20; n++) ids.push(await w.start(arn));
    expect(await w.call("traffic", "StartTraffic", { ResourceArn: arn, Preset: "scan" })).toMatch(/^TooManyStreams: 20 streams/);
    await w.done("traffic", "StopTraffic", { StreamId: ids[3] });
    expect(await w.call("traffic", "SendTraffic", { StreamId: ids[3] })).toMatch(/^StreamStopped/);
    await w.start(arn);
    expect(await w.call("traffic", "DescribeTraffic", { StreamId: ids[3] })).toMatch(/^StreamNotFound/);
    expect(await w.call("traffic", "SendTraffic", { StreamId: "none" })).toMatch(/^StreamNotFound/);
    await w.done("traffic", "RemoveResource", { ResourceArn: arn });
    expect(await w.call("traffic", "SendTraffic", { StreamId: ids[0] })).toMatch(/^ResourceNotFound/);
    expect((await w.lab.call({ service: "traffic", operation: "ListTraffic", input: {}, caller: admin })).ok).toBe(true);
  });
});
