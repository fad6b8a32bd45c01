import { describe, expect, test } from "vitest";
import { all, ended, runOf, without } from "./architecture.test-helper";
import { model } from "./model";
import { attackNames, type ProtectionName } from "./names";
import { Origin } from "./origin";
import type { RunOutput } from "./output";

describe("Auto Scaling and zones", () => {
  const spread = (protections: ProtectionName[]) => runOf("SPREAD_FLOOD", protections, { seconds: 600 });
  test("a flood that no rule sees is borne by more instances, later, and costs", () => {
    const [fixed, scaled] = [spread([]), spread(["AUTO_SCALING"])];
    expect([fixed.Instances.Most, scaled.Instances.Most > 5]).toEqual([2, true]);
    expect(scaled.Users.SuccessRateUnderAttack).toBeGreaterThan(fixed.Users.SuccessRateUnderAttack + 0.2);
    expect(scaled.Users.P95UnderAttackMs!).toBeLessThan(fixed.Users.P95UnderAttackMs!);
    expect(scaled.Bill.AttackUsd).toBeGreaterThan(fixed.Bill.AttackUsd);
    // Three minutes of alarm and a boot lie between.
    const [out, service] = ["SCALE_OUT", "IN_SERVICE"].map((type) => scaled.Events.find(({ Type }) => Type === type)!.At);
    expect(out).toBeGreaterThanOrEqual(scaled.AttackFrom + model.alarmHigh.value * 60 - 60);
    expect(service - out).toBe(model.bootSec.value);
  });

  test("three minutes of alarm make it grow, fifteen make it shrink", () => {
    const origin = new Origin({ autoScaling: true, secondZone: true });
    const second = (sec: number, requests: number) => origin.second(sec, { requests, cpu: requests * 0.02, slow: 0, holdSec: 0 });
    const instances = Array.from({ length: 1_800 }, (_, sec) => second(sec, sec < 300 ? 300 : 60).instances);
    const changes = instances.flatMap((count, sec) => (sec && count !== instances[sec - 1] ? [[sec, count]] : []));
    const high = model.alarmHigh.value * 60 + model.bootSec.value;
    expect(changes).toEqual([[high, Math.ceil(300 / model.targetRate.value)], [300 + model.alarmLow.value * 60, model.minInstances.value]]);
    expect(origin.events.map(({ what }) => what)).toEqual(["SCALE_OUT", "IN_SERVICE", "SCALE_IN"]);
  });

  test("never more than the maximum, nor fewer than the minimum", () => {
    const output = runOf("SPREAD_FLOOD", ["AUTO_SCALING"], { seconds: 1_800 });
    expect(output.Instances.Most).toBeLessThanOrEqual(model.maxInstances.value);
    expect(output.Timeline.every(({ Instances, Launching }) => Instances >= model.minInstances.value && Instances + Launching <= model.maxInstances.value)).toBe(true);
    const later = runOf("NONE", ["AUTO_SCALING"], { seconds: 1_800 });
    expect([later.Instances.Most, later.Events]).toEqual([2, []]);
  });

  test("slow requests cost no requests, so the group does not grow for them", () => {
    expect(runOf("SLOW_REQUESTS", ["AUTO_SCALING", "SECOND_ZONE"], { seconds: 600 }).Instances.Most).toBe(2);
  });

  test.each([
    // what stands                           at least  at most  instances at the end
    [all,                                    0.99,     1,       2],
    [without("AUTO_SCALING"),                0.99,     1,       1],
    [without("SECOND_ZONE"),                 0.75,     0.9,     0],
    [without("SECOND_ZONE", "CACHING"),      0.45,     0.55,    0],
    [["SECOND_ZONE"],                        0.9,      1,       1],
    [[],                                     0.45,     0.55,    0],
  ] as [ProtectionName[], number, number, number][])("a zone fails halfway, %j", (protections, low, high, instances) => {
    const output = runOf("NONE", protections, { loseZone: true });
    expect(output.Users.SuccessRate).toBeGreaterThanOrEqual(low);
    expect(output.Users.SuccessRate).toBeLessThanOrEqual(high);
    expect(output.Instances.AtEnd).toBe(instances);
  });
});

describe("the bill", () => {
  const short = { seconds: 120 };
  test("credits come with Shield Advanced alone, and ask for a rate-based rule", () => {
    for (const attack of ["CACHE_BUSTING", "HTTP_FLOOD", "DNS_QUERY_FLOOD"] as const) {
      const [advanced, standard] = [runOf(attack, all, short).Bill, runOf(attack, without("SHIELD_ADVANCED"), short).Bill];
      expect(advanced.Credits.Usd, attack).toBeGreaterThan(0);
      expect(advanced.Credits.Usd).toBeCloseTo(advanced.AttackUsd, 5);
      expect([standard.Credits.Usd, standard.Monthly]).toEqual([0, []]);
      expect(advanced.Monthly[0].Usd).toBe(3_000);
    }
    expect(runOf("HTTP_FLOOD", without("RATE_RULE"), short).Bill.Credits).toMatchObject({ Usd: 0, Why: expect.stringContaining("rate-based rule") });
  });

  test("Shield Advanced includes AWS WAF; blocked requests are free at CloudFront", () => {
    const [advanced, standard] = [runOf("CACHE_BUSTING", all, short), runOf("CACHE_BUSTING", without("SHIELD_ADVANCED"), short)];
    const waf = ({ Bill }: RunOutput) => Bill.Lines.filter(({ Part }) => Part === "WAF").reduce((sum, { Usd }) => sum + Usd, 0);
    expect([waf(advanced), waf(standard) > 0.1]).toEqual([0, true]);
    const edge = standard.Bill.Lines.find(({ What }) => What.startsWith("CloudFront HTTPS requests"))!;
    expect(edge.Quantity).toBeCloseTo(standard.Users.Sent + standard.Attackers.Sent - ended(standard, "WAF", "rate-limit"), -2);
  });

  test("lines add up, and without an attack nothing is the attack's", () => {
    for (const attack of attackNames) {
      const { Lines, Usd, AttackUsd } = runOf(attack, all, short).Bill;
      expect(Lines.reduce((sum, line) => sum + line.Usd, 0)).toBeCloseTo(Usd, 4);
      expect(Lines.every((line) => line.AttackUsd >= -1e-9 && line.AttackUsd <= line.Usd + 1e-9)).toBe(true);
      if (attack === "NONE") expect(AttackUsd).toBe(0);
    }
  });
});
