import { expect, test } from "vitest";
import type { JsonObject } from "../../types";
import { A, admin, contains, geo, labOf, rule } from "../wafv2.test-helper";

const evil = { Uri: "/?q=evil", ClientIp: "192.0.2.1" };
const plain = { Uri: "/", ClientIp: "192.0.2.1" };
const rules = () => [rule("de", geo("DE")), rule("seen", contains("evil"), { Count: {} }, { RuleLabels: [{ Name: "seen" }] }), rule("few", { RateBasedStatement: { Limit: 10, AggregateKeyType: "IP" } })];

test("what a web ACL would say, and nothing stays of it", async () => {
  const { lab, acl, balancer, done } = labOf();
  const { ARN } = await acl("w", rules());
  await balancer(ARN);
  const { records } = lab.snapshot() as unknown as { records: unknown };
  const before = JSON.stringify(records);
  const answer = await done("traffic", "TryRequests", { WebACLArn: ARN, Requests: [{ ...evil, Country: "DE" }, { ...evil, Country: "FR" }, plain] });
  expect(answer).toEqual({
    WebACLArn: ARN,
    Outcomes: [
      { Verdict: "blocked", Action: "BLOCK", DecidedBy: { Rule: "de" }, CountedBy: [], Labels: ["awswaf:clientip:geo:country:DE", "awswaf:clientip:geo:region:DE-XX"] },
      { Verdict: "counted", Action: "ALLOW", DecidedBy: { Rule: "Default_Action" }, CountedBy: [{ Rule: "seen" }], Labels: expect.arrayContaining([`awswaf:${A}:webacl:w:seen`]) as string[] },
      { Verdict: "allowed", Action: "ALLOW", DecidedBy: { Rule: "Default_Action" }, CountedBy: [], Labels: expect.any(Array) as string[] },
    ],
  });
  expect(JSON.stringify((lab.snapshot() as unknown as { records: unknown }).records)).toBe(before);
  expect(before).toContain(ARN);
});

test("each request comes alone: a rate counts nothing, however many are tried", async () => {
  const { acl, done } = labOf();
  const { ARN } = await acl("w", rules());
  const { Outcomes } = await done("traffic", "TryRequests", { WebACLArn: ARN, Requests: Array.from({ length: 200 }, () => plain) });
  expect((Outcomes as JsonObject[]).filter(({ Action }) => Action !== "ALLOW")).toEqual([]);
});

test("the way is on the trace where it is asked for, of 20 requests at most, and says what was not reached", async () => {
  const { lab, acl, group } = labOf();
  const inner = await group("g", [rule("first", contains("evil")), rule("second", contains("x")), rule("third", contains("y"))]);
  const { ARN } = await acl("w", [rule("own", { RuleGroupReferenceStatement: { ARN: inner.ARN } }), rule("late", geo("DE"))]);
  const call = (count: number, Walk: boolean) => lab.call({ service: "traffic", operation: "TryRequests", input: { WebACLArn: ARN, Requests: Array.from({ length: count }, () => evil), Walk }, caller: admin });
  expect((await call(1, false)).trace.steps.filter(({ kind }) => kind === "inspection")).toEqual([]);
  const steps = (await call(25, true)).trace.steps.filter((step) => step.kind === "inspection");
  expect(steps).toHaveLength(20);
  expect(steps[0]).toMatchObject({ webACL: ARN, result: { action: "BLOCK", terminatingRuleId: "own", ruleWithinGroup: "first", walk: [{ name: "own", terminated: true, group: { name: "g", notReached: ["second", "third"] } }] } });
});

test("the kind of resource decides how much of a body is seen; a web ACL that is not there is refused", async () => {
  const { acl, done, call } = labOf();
  const { ARN } = await acl("w", [rule("late", contains("evil", { Body: {} }))]);
  const Requests = [{ ...plain, Method: "POST", Body: btoa(`${"a".repeat(9_000)}evil`) }];
  const verdict = async (more: JsonObject) => (await done("traffic", "TryRequests", { WebACLArn: ARN, Requests, ...more })).Outcomes[0].Verdict as string;
  expect([await verdict({}), await verdict({ ResourceType: "APPLICATION_LOAD_BALANCER" }), await verdict({ ResourceType: "API_GATEWAY" })]).toEqual(["allowed", "allowed", "blocked"]);
  expect(await call("traffic", "TryRequests", { WebACLArn: ARN.replace(/.$/, "x"), Requests })).toMatch(/^ResourceNotFound: There is no web ACL /);
});
