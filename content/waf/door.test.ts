import { expect, test } from "vitest";
import { compile } from "@/lib/engine/wafv2/inspect/compile";
import type { WebACL } from "@/lib/engine/wafv2/inspect/types";
import { labRequest, wafRequest } from "@/lib/engine/wafv2/requests/index";
import { presets } from "@/lib/engine/traffic/presets";
import { next, startTraffic } from "@/lib/engine/traffic/traffic";
import { labOf, rule } from "@/lib/engine/wafv2/wafv2.test-helper";
import type { JsonObject } from "@/lib/engine/types";
import { savedRequests } from "./saved-requests";

/** Saved requests and traffic, through the lab's one door: it takes every one of them and says what an inspection of them says. */

const managed = (name: string): JsonObject => rule(name, { ManagedRuleGroupStatement: { VendorName: "AWS", Name: name } });

async function resourceWith(rules: JsonObject[]) {
  const { acl, balancer, done, call } = labOf();
  const { ARN, Id } = await acl("w", rules);
  const arn = await balancer(ARN);
  const { WebACL: kept } = await done("wafv2", "GetWebACL", { Name: "w", Id, Scope: "REGIONAL" });
  const send = async (requests: JsonObject[]): Promise<JsonObject[]> => {
    const answer = await call("traffic", "Inspect", { ResourceArn: arn, Requests: requests });
    if (typeof answer === "string") throw new Error(answer);
    return (answer as { Outcomes: JsonObject[] }).Outcomes;
  };
  return { compiled: compile(kept as unknown as WebACL), send };
}

test("every saved request", async () => {
  const { compiled, send } = await resourceWith([managed("AWSManagedRulesSQLiRuleSet"), managed("AWSManagedRulesKnownBadInputsRuleSet")]);
  const sender = { ip: "192.0.2.10" };
  const outcomes = await send(savedRequests.map(({ message, client = sender }) => labRequest(message, client)));
  expect(outcomes.map(({ Action, RuleWithinGroup }, at) => [savedRequests[at].id, Action, RuleWithinGroup])).toEqual(savedRequests.map(({ id, message, client = sender }) => {
    const { action, ruleWithinGroup } = compiled.inspect(wafRequest(message, client, { source: "ALB", timestamp: 0 }));
    return [id, action, ruleWithinGroup];
  }));
});

test("traffic of every kind", async () => {
  const { send } = await resourceWith([]);
  const start = 1_780_272_000_000;
  const { requests } = next(startTraffic(presets.find(({ id }) => id === "mixed")!, 3, start), start + 1_200_000, 40_000);
  const some = requests.filter((_, at) => at % 100 === 0).slice(-400);
  expect(new Set(some.map(({ from }) => from)).size).toBeGreaterThan(4);
  expect(await send(some.map(({ message, client }) => labRequest(message, client)))).toHaveLength(some.length);
});
