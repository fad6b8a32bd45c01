import { expect, test } from "vitest";
import figure from "@/content/figures/ddos";
import type { Settings } from "@/lib/lessons/figure";
import { playFigure } from "../figure/play";

test.each([
  // setting                                            says                                                                       does not say
  [{ attack: "SQL_INJECTION" },                         "No harmful request reached the application.",                             "they reached the application"],
  [{ attack: "SQL_INJECTION", noWaf: true },            "harmful requests reached the application.",                               "AWS WAF"],
  [{ attack: "SLOW_REQUESTS" },                         "Every request of users was answered",                                     "no connection is free"],
  [{ attack: "SLOW_REQUESTS", noEdge: true },           "leads to the load balancer itself, for CloudFront is away",               "Every request of users was answered"],
  [{ attack: "SYN_FLOOD" },                             "packets are stopped by Shield, inline at the edge",                       "table of connections"],
  [{ attack: "SYN_FLOOD", openOrigin: true },           "table of connections is full",                                            "inline at the edge"],
  [{ attack: "DNS_QUERY_FLOOD" },                       "can be asked for as credits",                                             "There are no credits"],
  [{ attack: "DNS_QUERY_FLOOD", noAdvanced: true },     "Only Shield Advanced gives credits for what an attack cost.",             "$3,000.00 a month"],
  [{ attack: "NONE" },                                  "Nobody attacks.",                                                         "the attack’s"],
] as [Settings, string, string][])("DDOS with %o says what the run did", async (chosen, says, not) => {
  const said = (await playFigure(figure, chosen)).map(({ caption }) => caption).join("\n");
  expect(said).toContain(says);
  expect(said).not.toContain(not);
});
