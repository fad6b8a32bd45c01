import { describe, expect, test } from "vitest";
import { all, ended, runOf, without } from "./architecture.test-helper";
import { type AttackName, attackNames, type ProtectionName } from "./names";

describe("users' success while the attack runs", () => {
  test.each([
    // attack                what stands                                          from   up to   why
    ["NONE",                 [],                                                  0.99,  1,      "nothing happens"],
    ["SYN_FLOOD",            all,                                                 1,     1,      "the edge takes no half-open connection"],
    ["SYN_FLOOD",            [],                                                  0.5,   0.9,    "the table is full until the mitigation stands"],
    ["SYN_FLOOD",            ["SHIELD_ADVANCED"],                                 0.9,   0.98,   "which is sooner with Shield Advanced"],
    ["SYN_FLOOD",            without("CLOSED_ORIGIN"),                            0.95,  0.995,  "the flood goes around CloudFront"],
    ["UDP_FLOOD",            [],                                                  0.99,  1,      "nothing listens to UDP"],
    ["REFLECTION",           all,                                                 1,     1,      "the edge holds the volume"],
    ["REFLECTION",           [],                                                  0.5,   0.9,    "one node's line does not"],
    ["HTTP_FLOOD",           all,                                                 0.99,  1,      "cache and rate rule"],
    ["HTTP_FLOOD",           [],                                                  0,     0.05,   "two instances against 2,400 a second"],
    ["HTTP_FLOOD",           without("RATE_RULE"),                                0.99,  1,      "the cache alone does for one page"],
    ["HTTP_FLOOD",           without("RATE_RULE", "SHIELD_ADVANCED", "CACHING"),  0,     0.05,   "nobody stops it"],
    ["HTTP_FLOOD",           without("CLOUDFRONT"),                               0.85,  0.99,   "the rate rule on the load balancer, after some seconds"],
    ["HTTP_FLOOD",           without("CLOUDFRONT", "RATE_RULE", "SHIELD_ADVANCED"), 0,   0.05,   "neither edge nor rate rule"],
    ["HTTP_FLOOD",           without("CLOSED_ORIGIN"),                            0.5,   0.8,    "around the edge: only what is cached is answered"],
    ["CACHE_BUSTING",        all,                                                 0.95,  1,      "the rate rule"],
    ["CACHE_BUSTING",        without("RATE_RULE", "SHIELD_ADVANCED"),             0.5,   0.8,    "the cache does not help against it"],
    ["SPREAD_FLOOD",         ["RATE_RULE"],                                       0,     0.1,    "below every limit for one address"],
    ["SPREAD_FLOOD",         without("SHIELD_ADVANCED", "AUTO_SCALING"),          0.5,   0.8,    "nobody sees it"],
    ["SPREAD_FLOOD",         all,                                                 0.72,  0.95,   "Shield Advanced's rule, after two minutes"],
    ["SQL_INJECTION",        [],                                                  0.99,  1,      "it is no flood"],
    ["SLOW_REQUESTS",        all,                                                 0.99,  1,      "the edge waits for whole requests"],
    ["SLOW_REQUESTS",        without("CLOUDFRONT"),                               0,     0.5,    "connections are held"],
    ["SLOW_REQUESTS",        without("CLOSED_ORIGIN"),                            0.5,   0.85,   "around the edge"],
    ["DNS_QUERY_FLOOD",      [],                                                  0.99,  1,      "Route 53 does not tire"],
  ] as [AttackName, ProtectionName[], number, number, string][])("%s, %j: from %d up to %d, for %s", (attack, protections, low, high) => {
    const { SuccessRateUnderAttack } = runOf(attack, protections).Users;
    expect(SuccessRateUnderAttack).toBeGreaterThanOrEqual(low);
    expect(SuccessRateUnderAttack).toBeLessThanOrEqual(high);
  });
});

describe("where it ends", () => {
  test.each([
    // attack                  what stands                                                        part             by                                       share at least
    ["SYN_FLOOD",              all,                                                               "CLOUDFRONT",    "EDGE_MITIGATION",                       1],
    ["SYN_FLOOD",              [],                                                                "LOAD_BALANCER", "REGIONAL_MITIGATION",                   0.5],
    ["UDP_FLOOD",              [],                                                                "LOAD_BALANCER", "LISTENER_PORTS",                        0.1],
    ["UDP_FLOOD",              without("CLOSED_ORIGIN"),                                          "LOAD_BALANCER", "REGIONAL_MITIGATION",                   0.5],
    ["REFLECTION",             [],                                                                "LOAD_BALANCER", "FULL_LINE",                             0.1],
    ["HTTP_FLOOD",             all,                                                               "WAF",           "rate-limit",                            0.8],
    ["HTTP_FLOOD",             without("RATE_RULE", "SHIELD_ADVANCED"),                           "CLOUDFRONT",    "CACHE",                                 0.99],
    ["HTTP_FLOOD",             without("RATE_RULE", "SHIELD_ADVANCED", "CLOUDFRONT"),             "INSTANCES",     "NO_WORKER",                             0.5],
    ["SPREAD_FLOOD",           all,                                                               "WAF",           "ShieldMitigationRule",                  0.3],
    ["SQL_INJECTION",          all,                                                               "WAF",           "AWSManagedRulesSQLiRuleSet",            0.95],
    ["SQL_INJECTION",          without("MANAGED_RULES", "CACHING"),                               "INSTANCES",     "APPLICATION",                           1],
    ["SQL_INJECTION",          without("CLOSED_ORIGIN"),                                          "INSTANCES",     "APPLICATION",                           1],
    ["CROSS_SITE_SCRIPTING",   all,                                                               "WAF",           "AWSManagedRulesCommonRuleSet",          0.95],
    ["CROSS_SITE_SCRIPTING",   without("CLOUDFRONT"),                                             "WAF",           "AWSManagedRulesCommonRuleSet",          0.95],
    ["SLOW_REQUESTS",          all,                                                               "CLOUDFRONT",    "INCOMPLETE_REQUEST",                    1],
    ["SLOW_REQUESTS",          without("CLOUDFRONT"),                                             "INSTANCES",     "NO_WORKER",                             0.5],
    ["DNS_QUERY_FLOOD",        [],                                                                "ROUTE_53",      "EDGE_MITIGATION",                       0.8],
  ] as [AttackName, ProtectionName[], string, string, number][])("%s, %j: %s, %s", (attack, protections, part, by, share) => {
    const output = runOf(attack, protections);
    expect(ended(output, part, by) / output.Attackers.Sent).toBeGreaterThanOrEqual(share);
  });

  test.each(["SQL_INJECTION", "CROSS_SITE_SCRIPTING"] as const)("%s reaches the application only where no web ACL looks", (attack) => {
    expect(runOf(attack, all).Attackers.HarmfulReached).toBe(0);
    expect(runOf(attack, ["MANAGED_RULES"], { seconds: 120 }).Attackers.HarmfulReached).toBe(0);
    for (const open of [[], without("MANAGED_RULES"), without("CLOSED_ORIGIN")]) expect(runOf(attack, open as ProtectionName[]).Attackers.HarmfulReached, open.join()).toBeGreaterThan(500);
  });

  test("the web ACL harms no user", () => {
    for (const attack of attackNames) expect(runOf(attack, all).Ends.filter(({ Crowd, Part }) => Crowd === "USERS" && Part === "WAF"), attack).toEqual([]);
  });
});

test("all protections together are never worse for users than none", () => {
  for (const attack of attackNames) expect(runOf(attack, all).Users.SuccessRateUnderAttack, attack).toBeGreaterThanOrEqual(runOf(attack, []).Users.SuccessRateUnderAttack);
});

/** What each protection is worth when all the others stand: users lose something without it, harm comes in, or nothing changes. */
const worth: Record<"SYN_FLOOD" | "HTTP_FLOOD" | "CACHE_BUSTING" | "SQL_INJECTION" | "SLOW_REQUESTS", Partial<Record<ProtectionName, "users" | "harm">>> = {
  SYN_FLOOD: { CLOUDFRONT: "users", CLOSED_ORIGIN: "users" },
  HTTP_FLOOD: { CLOUDFRONT: "users", CACHING: "users", CLOSED_ORIGIN: "users" },
  CACHE_BUSTING: { CLOUDFRONT: "users", CACHING: "users", RATE_RULE: "users", CLOSED_ORIGIN: "users" },
  SQL_INJECTION: { MANAGED_RULES: "harm", CLOSED_ORIGIN: "harm" },
  SLOW_REQUESTS: { CLOUDFRONT: "users", CLOSED_ORIGIN: "users" },
};

describe.each(Object.entries(worth) as [AttackName, Partial<Record<ProtectionName, string>>][])("%s with all protections but one", (attack, matters) => {
  test.each(all.map((name) => [name, matters[name] ?? "nothing"] as const))("%s: %s is the worse for it", (name, what) => {
    const [whole, less] = [runOf(attack, all), runOf(attack, without(name))];
    const lost = whole.Users.SuccessRateUnderAttack - less.Users.SuccessRateUnderAttack;
    expect(lost > 0.01).toBe(what === "users");
    expect(whole.Attackers.HarmfulReached).toBe(0);
    expect(less.Attackers.HarmfulReached > 500).toBe(what === "harm");
    if (what === "nothing") expect(less.Users.SuccessRateUnderAttack).toBeCloseTo(whole.Users.SuccessRateUnderAttack, 6);
  });
});
