import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createLab } from "../lab";
import { seededPorts } from "../ports";
import { all, runOf } from "./architecture.test-helper";
import { attacks } from "./attacks";
import { model } from "./model";
import { attackNames, type PartName, type ProtectionName } from "./names";
import { allBusy, Origin } from "./origin";
import { idle, outputOf } from "./output";
import { run } from "./run";
import { wholeNumbers } from "./tally";
import { cameTo, wayOf } from "./way";
import { percent, sentences } from "./words";


const options = fc.record({ attack: fc.constantFrom(...attackNames), protections: fc.subarray(all), loseZone: fc.boolean(), seconds: fc.integer({ min: 60, max: 90 }), seed: fc.integer({ min: 0, max: 1_000 }) });

describe("properties", () => {
  test("every request ends exactly once, in the run and in each step", () => {
    fc.assert(
      fc.property(options, (given) => {
        const output = outputOf(given, run(given));
        const sum = (ends: { Crowd: string; Count: number }[], crowd: string): number => ends.reduce((all, end) => (end.Crowd === crowd ? all + end.Count : all), 0);
        expect([sum(output.Ends, "USERS"), sum(output.Ends, "ATTACKERS")]).toEqual([output.Users.Sent, output.Attackers.Sent]);
        for (const step of output.Timeline) expect([sum(step.Ends, "USERS"), sum(step.Ends, "ATTACKERS")]).toEqual([step.Users.Sent, step.Attackers.Sent]);
        const { Sent, Stopped, Absorbed, Reached, Lost } = output.Attackers;
        expect(Stopped + Absorbed + Reached + Lost).toBe(Sent);
        expect(output.Timeline.reduce((all, { Attackers }) => all + Attackers.Sent, 0)).toBe(Sent);
        // What ends at a part has come to it; nobody ends off the way, and at its end nobody is left.
        for (const crowd of ["USERS", "ATTACKERS"] as const) {
          const way = wayOf(crowd, output);
          const mine = output.Ends.filter(({ Crowd }) => Crowd === crowd);
          const here = (part: PartName): number => sum(mine.filter(({ Part }) => Part === part), crowd);
          const came = (part: PartName): number => cameTo(part, crowd, crowd === "USERS" ? output.Users.Sent : Sent, output.Ends);
          expect(mine.filter(({ Part }) => !way.includes(Part))).toEqual([]);
          for (const part of way) expect(came(part), `${crowd} at ${part}`).toBeGreaterThanOrEqual(here(part));
          expect(came(way[way.length - 1])).toBe(here(way[way.length - 1]));
        }
      }),
      { seed: 11, numRuns: 30 },
    );
  });

  test("the same options, the same answer; plain data of bounded size", () => {
    fc.assert(
      fc.property(options, (given) => {
        const output = outputOf(given, run(given));
        expect(outputOf(given, run(given))).toEqual(output);
        expect(JSON.parse(JSON.stringify(output))).toEqual(output);
        expect(output.Timeline.length).toBeLessThanOrEqual(60);
        expect(sentences(output).join(" ")).not.toMatch(/undefined|NaN|\[object/);
      }),
      { seed: 12, numRuns: 5 },
    );
  });

  test("another seed changes numbers a little and directions never", () => {
    for (const seed of [2, 3]) {
      expect(runOf("CACHE_BUSTING", all, { seed }).Users.SuccessRateUnderAttack).toBeGreaterThan(0.95);
      expect(runOf("CACHE_BUSTING", [], { seed }).Users.SuccessRateUnderAttack).toBeLessThan(0.05);
      expect(runOf("SQL_INJECTION", all, { seed }).Attackers.HarmfulReached).toBe(0);
    }
  });

  test.each(["SYN_FLOOD", "REFLECTION", "HTTP_FLOOD", "SPREAD_FLOOD", "SLOW_REQUESTS"] as const)("%s: no protection alone is worse for users than none", (attack) => {
    const of = (...names: ProtectionName[]): number => runOf(attack, names, { seconds: 120 }).Users.SuccessRateUnderAttack;
    const none = of();
    for (const name of all) if (name !== "MANAGED_RULES") expect(of(name), name).toBeGreaterThanOrEqual(none - 0.005);
    // Nor is a second way to hold it worse than the first.
    expect(of("CLOUDFRONT", "CLOSED_ORIGIN", "CACHING")).toBeGreaterThanOrEqual(of("CLOUDFRONT", "CLOSED_ORIGIN") - 0.005);
  });

  test("more work never passes better; zones alone add no instances", () => {
    const share = (secondZone: boolean, cpu: number, seconds: number): number => {
      const origin = new Origin({ autoScaling: false, secondZone });
      let passed = 0;
      for (let sec = 0; sec < seconds; sec++) {
        const { nodes, workers, queue } = origin.second(sec, { requests: 200, cpu, slow: 0, holdSec: 0 });
        passed += nodes * workers * queue;
      }
      return passed / seconds;
    };
    const shares = [1, 4, 8, 16, 40].map((cpu) => share(true, cpu, 60));
    expect(shares[0]).toBe(1);
    for (let at = 1; at < shares.length; at++) expect(shares[at]).toBeLessThanOrEqual(shares[at - 1]);
    expect(share(false, 8, 60)).toBe(share(true, 8, 60));
  });

  test("the chance that all are busy: from 0 to 1, grows with the load and falls with more servers", () => {
    expect(allBusy(0, 4)).toBe(0);
    // One server: it is the load itself (M/M/1).
    expect(allBusy(0.7, 1)).toBeCloseTo(0.7, 12);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.double({ min: 0.01, max: 0.98, noNaN: true }), (servers, used) => {
        const busy = allBusy(used * servers, servers);
        expect(busy).toBeGreaterThan(0);
        expect(busy).toBeLessThan(1);
        expect(allBusy(Math.min(0.99, used * 1.01) * servers, servers)).toBeGreaterThan(busy);
        expect(allBusy(used * servers, servers + 1)).toBeLessThan(busy);
      }),
      { seed: 13, numRuns: 200 },
    );
  });

  test("rounding keeps the sum", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 12 }), (counts) => {
        const total = Math.round(counts.reduce((sum, each) => sum + each, 0));
        const whole = wholeNumbers(counts, total);
        expect(whole.every((count, at) => Number.isInteger(count) && Math.abs(count - counts[at]) <= 1)).toBe(true);
        expect(whole.reduce((sum, each) => sum + each, 0)).toBe(total);
      }),
      { seed: 14, numRuns: 200 },
    );
  });
});

describe("the door", () => {
  const lab = createLab({ ports: seededPorts(5) });
  /** All that it holds, but for the count of its calls. */
  const held = () => ({ ...lab.snapshot(), seq: 0 });
  const call = (input: object) => lab.call({ service: "architecture", operation: "Run", input: input as never, caller: { account: "111122223333", user: "admin" }, door: "test" });

  test("answers what the engine does, changes nothing, and says why on the trace", async () => {
    const before = held();
    const reply = await call({ Attack: "SQL_INJECTION", Seconds: 60, Protections: ["MANAGED_RULES", "CACHING"] });
    expect(reply.ok && reply.output).toEqual(runOf("SQL_INJECTION", ["CACHING", "MANAGED_RULES"], { seconds: 60 }));
    expect(held()).toEqual(before);
    expect(reply.trace.steps).toContainEqual(expect.objectContaining({ kind: "check", what: "CACHING", ok: false }));
    const inspection = reply.trace.steps.find((step) => step.kind === "inspection");
    expect(inspection).toMatchObject({ result: { action: "BLOCK", terminatingRuleId: "AWSManagedRulesSQLiRuleSet", walk: expect.any(Array) } });
  });

  test.each([[{}], [{ Attack: "RAIN" }], [{ Attack: "NONE", Protections: ["UMBRELLA"] }], [{ Attack: "NONE", Seconds: 59 }], [{ Attack: "NONE", Seconds: 1_801 }], [{ Attack: "NONE", Seed: -1 }]])("refuses %j", async (input) => {
    expect(await call(input)).toMatchObject({ ok: false, error: { code: "ValidationException" } });
  });
});

test("what does nothing is named", () => {
  expect(idle(["CACHING", "CLOSED_ORIGIN", "RATE_RULE"]).map(({ Protection }) => Protection)).toEqual(["CACHING", "CLOSED_ORIGIN"]);
  expect(idle(all)).toEqual([]);
});

test("every number says where it comes from; shares are told without lying", () => {
  for (const { what, unit, source } of Object.values(model)) expect([what.length > 5, unit.length > 0, source === "chosen" || source.length > 20]).toEqual([true, true, true]);
  expect(Object.keys(attacks)).toEqual([...attackNames]);
  expect([percent(1), percent(0.99999), percent(0.4567), percent(0.0001), percent(0)]).toEqual(["100%", "99.9%", "45.7%", "under 0.1%", "0%"]);
});
