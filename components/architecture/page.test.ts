import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { attackNames, type ProtectionName, protectionNames } from "@/lib/engine/architecture/names";
import { outputOf } from "@/lib/engine/architecture/output";
import { run } from "@/lib/engine/architecture/run";
import { queryOf, settingOf, startSetting } from "./address";
import { drawnAt, short } from "./flows";
import { stepWords } from "./step-words";
import { worth } from "./worth";

const outputs = (setting: Parameters<typeof queryOf>[0], seconds = 120) => {
  const options = { ...setting, seconds, seed: 1 };
  return outputOf(options, run(options));
};

describe("the address", () => {
  test("brings back what it was made of", () => {
    fc.assert(
      fc.property(fc.constantFrom(...attackNames), fc.subarray([...protectionNames]), fc.boolean(), fc.option(fc.integer({ min: 0, max: 59 }), { nil: undefined }), (attack, protections, loseZone, at) => {
        expect(settingOf(queryOf({ attack, protections, loseZone }, at))).toEqual({ setting: { attack, protections, loseZone }, ...(at === undefined ? {} : { at }) });
      }),
      { seed: 21, numRuns: 100 },
    );
    expect(queryOf(startSetting, undefined)).toBe("");
  });

  test.each(["?attack=rain&off=umbrella&at=x", "?at=99999&zone=", "?off=,,&attack="])("what it does not know is left: %s", (search) => {
    expect(settingOf(search)).toEqual({ setting: startSetting });
  });
});

describe("the drawing", () => {
  const all: ProtectionName[] = [...protectionNames];
  test.each([
    // attack           what stands                                                  the attack's way                                                        ends at
    ["CACHE_BUSTING",   all,                                                         ["ATTACKERS>ROUTE_53", "ROUTE_53>CLOUDFRONT"],                          ["WAF"]],
    ["CACHE_BUSTING",   all.filter((name) => name !== "CLOSED_ORIGIN"),              ["ATTACKERS>LOAD_BALANCER", "LOAD_BALANCER>INSTANCES"],                 ["INSTANCES"]],
    ["SYN_FLOOD",       all,                                                         ["ATTACKERS>CLOUDFRONT"],                                               ["CLOUDFRONT"]],
    ["UDP_FLOOD",       [],                                                          ["ATTACKERS>LOAD_BALANCER"],                                            ["LOAD_BALANCER"]],
    ["DNS_QUERY_FLOOD", all,                                                         ["ATTACKERS>ROUTE_53"],                                                 ["ROUTE_53"]],
    ["SLOW_REQUESTS",   all,                                                         ["ATTACKERS>ROUTE_53", "ROUTE_53>CLOUDFRONT"],                          ["CLOUDFRONT"]],
    ["SQL_INJECTION",   [],                                                          ["ATTACKERS>ROUTE_53", "ROUTE_53>LOAD_BALANCER", "LOAD_BALANCER>INSTANCES"], ["INSTANCES"]],
  ] as const)("%s with %j", (attack, protections, way, parts) => {
    const output = outputs({ attack, protections, loseZone: false });
    const step = output.Timeline.findIndex((each) => each.At >= output.AttackFrom + 25);
    const { flows, ends } = drawnAt(output, step);
    expect(flows.filter(({ crowd, perSecond }) => crowd === "ATTACKERS" && perSecond > 0).map(({ from, to }) => `${from}>${to}`)).toEqual(way);
    expect([...new Set(ends.filter(({ crowd }) => crowd === "ATTACKERS").map(({ part }) => part))]).toEqual(parts);
  });

  test("what flows into the architecture ends in it, in every step; words say the same", () => {
    const output = outputs({ attack: "SPREAD_FLOOD", protections: ["CLOUDFRONT", "CACHING"], loseZone: true });
    for (const place of output.Timeline.keys()) {
      const { flows, ends } = drawnAt(output, place);
      for (const crowd of ["USERS", "ATTACKERS"] as const) {
        const came = flows.find((flow) => flow.crowd === crowd && flow.from === crowd)?.perSecond ?? 0;
        expect(ends.filter((end) => end.crowd === crowd).reduce((sum, { perSecond }) => sum + perSecond, 0)).toBeCloseTo(came, 6);
      }
      expect(stepWords(output, place)).not.toMatch(/undefined|NaN/);
    }
    expect(stepWords(output, output.Timeline.length - 1)).toContain("0 instances are in service");
  });

  test.each([[0, "0"], [0.4, "0.4"], [3.2, "3"], [57.4, "57"], [2_634, "2,634"], [12_345, "12 k"], [2_000_000, "2.0 M"]])("%d a second is told as %s", (rate, text) => expect(short(rate)).toBe(text));
});

test("what protections are worth is read from the runs", () => {
  const told = (attack: (typeof attackNames)[number], names: ProtectionName[]) => worth(outputs({ attack, protections: protectionNames, loseZone: false }, 60), names.map((name) => [name, outputs({ attack, protections: protectionNames.filter((each) => each !== name), loseZone: false }, 60)] as const));
  expect(told("SQL_INJECTION", ["MANAGED_RULES", "AUTO_SCALING", "CLOSED_ORIGIN"])).toMatch(/^Without the closed origin, \d+ harmful requests reach the application; without the managed rule groups, \d+ harmful requests reach the application\.$/);
  expect(told("SLOW_REQUESTS", ["CLOUDFRONT", "CACHING"])).toMatch(/^Without CloudFront, [\d.]+% of users’ requests are answered instead of 100%\.$/);
  expect(told("DNS_QUERY_FLOOD", ["SHIELD_ADVANCED", "SECOND_ZONE"])).toMatch(/^Without Shield Advanced, \$\d\.\d\d more of the attack’s cost stay yours\.$/);
  expect(told("NONE", ["CACHING"])).toBe("No single protection makes the difference here: whatever one is taken away, the others hold.");
});
