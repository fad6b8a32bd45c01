import { beforeAll, describe, expect, test } from "vitest";
import { loadServices } from "@/lib/engine/catalog";
import { A, admin, B, labOf } from "@/lib/engine/events/events.test-helper";
import { compile } from "@/lib/engine/events/pattern/compile";
import { explain } from "@/lib/engine/events/pattern/match";
import type { JsonObject } from "@/lib/engine/types";
import { type Ask, asThrown } from "../frame/use-load";
import type { Rule, Target } from "./event-types";
import { pickedPattern } from "./form/pick";
import { logsPolicyName, permitWords } from "./form/permits";
import { draftOf, emptyRule, expressionOf, patternOf, type RuleDraft, ruleInput, scheduleProblem, stepProblems } from "./form/rule-draft";
import { saveRule } from "./form/save-rule";
import { emptyTarget, type TargetDraft, targetDraftOf, targetInput, targetProblems } from "./form/target-draft";
import { loadRule, loadTargets } from "./load-events";
import { patternProblem } from "./pattern/pattern-problem";
import { sampleOf, services } from "./pattern/pick-lists";
import { deleteRules } from "./rules/rule-changes";

/** What the console's form makes, the engine takes; and what it offers to choose from is what the lab's services send. */
beforeAll(() => loadServices());

const place = { account: A, region: "us-east-1", random: (count: number) => new Uint8Array(count).map((_, i) => i) };

async function world() {
  const made = labOf({ seen: async () => 1 });
  await made.functions();
  /** As `useAsk` does, without the page. */
  const ask: Ask = async (service, operation, input: JsonObject = {}) => {
    const reply = await made.lab.call({ service, operation, input, caller: admin });
    if (!reply.ok) throw asThrown({ service, operation, reply });
    return reply.output as never;
  };
  return { ...made, ask };
}
const ruleOf = (part: Partial<RuleDraft>, targets: Partial<TargetDraft>[] = []): RuleDraft => ({ ...emptyRule("default"), name: "r", ...part, targets: targets.map((target, i) => ({ ...emptyTarget(`target-${i + 1}`), ...target })) });

describe("the lists to choose from", () => {
  const rows = services.flatMap((service) => service.types.map((type) => [service.id, type.name, service, type] as const));
  test.each(rows)("%s, %s: its pattern takes its sample", (id, name, service, type) => {
    const pick = { service: id, type: name, fields: Object.fromEntries(type.fields.filter(({ path }) => path === "detail.eventName").map(({ path }) => [path, { how: "exact" as const, text: String(type.detail.eventName) }])) };
    const compiled = compile(JSON.stringify(pickedPattern(pick)));
    expect(compiled.ok && explain(compiled.pattern, sampleOf(service, type)).matched).toBe(true);
  });

  test.each([
    ["exact", "a, b", { name: ["a", "b"] }],
    ["prefix", "/app/", { name: [{ prefix: "/app/" }] }],
    ["wildcard", "/*/db, x", { name: [{ wildcard: "/*/db" }, { wildcard: "x" }] }],
    ["anything-but", "a, b", { name: [{ "anything-but": ["a", "b"] }] }],
    ["anything-but", "a", { name: [{ "anything-but": "a" }] }],
  ] as const)("a field that %s %s", (how, text, detail) => {
    const pattern = pickedPattern({ service: "ssm", type: "Parameter Store Change", fields: { "detail.name": { how, text } } });
    expect(pattern).toEqual({ source: ["aws.ssm"], "detail-type": ["Parameter Store Change"], detail });
    expect(patternProblem(JSON.stringify(pattern))).toBeUndefined();
  });

  test("all services, all kinds, a field below a field", () => {
    expect(pickedPattern({ service: "", type: "", fields: {} })).toEqual({ source: [{ prefix: "aws." }] });
    expect(pickedPattern({ service: "kms", type: "", fields: {} })).toEqual({ source: ["aws.kms"] });
    expect(pickedPattern({ service: "cloudformation", type: "CloudFormation Stack Status Change", fields: { "detail.status-details.status": { how: "exact", text: "CREATE_COMPLETE" } } }).detail).toEqual({ "status-details": { status: ["CREATE_COMPLETE"] } });
  });

  test("the lab's own events are of these kinds", async () => {
    const { ask, done, log, lab, rule, queue } = await world();
    await queue("all");
    await rule("all", { source: [{ prefix: "aws." }] }, []);
    await done("ssm", "PutParameter", { Name: "/a", Value: "1", Type: "String" });
    const { KeyMetadata } = await ask("kms", "CreateKey");
    await done("kms", "RotateKeyOnDemand", { KeyId: KeyMetadata.KeyId });
    await lab.advance(3_600_000);
    const known = new Set(services.flatMap(({ id, types }) => types.map(({ name }) => `aws.${id} ${name}`)));
    for (const event of log()) expect(known).toContain(`${event.source} ${event["detail-type"]}`);
    // Each field that is offered is in the event of its kind.
    for (const event of log())
      for (const { path } of services.find(({ id }) => `aws.${id}` === event.source)!.types.find(({ name }) => name === event["detail-type"])!.fields)
        if (path !== "detail.errorCode") expect(path.split(".").reduce<any>((value, name) => value?.[name], event), `${event["detail-type"]} ${path}`).toBeDefined();
  });
});

describe("what the form makes", () => {
  test("a rule for parameters with a new log group, a function and a queue: all of it, and it works", async () => {
    const { ask, done, lines, messages, runs, lab, deliveries } = await world();
    await done("sqs", "CreateQueue", { QueueName: "inbox" });
    await done("sqs", "CreateQueue", { QueueName: "dead" });
    await done("lambda", "RemovePermission", { FunctionName: "seen", StatementId: "events" });
    const draft = ruleOf({ description: "d", tags: [{ key: "team", value: "blue" }] }, [
      { kind: "logs", choice: "new", made: "/aws/events/r" },
      { kind: "lambda", arn: `arn:aws:lambda:us-east-1:${A}:function:seen`, input: "part", path: "$.detail", dead: `arn:aws:sqs:us-east-1:${A}:dead`, retries: "3", maxAge: "600" },
      { kind: "sqs", arn: `arn:aws:sqs:us-east-1:${A}:inbox`, input: "transformer", paths: '{"n": "$.detail.name"}', template: '{"name": <n>}' },
    ]);
    expect(stepProblems(draft)).toEqual([undefined, undefined, undefined]);
    await saveRule(ask, draft, place, undefined);
    await done("ssm", "PutParameter", { Name: "/p", Value: "1", Type: "String" });
    await lab.advance(1_000);
    expect(deliveries().map(({ state }) => state)).toEqual(["delivered", "delivered", "delivered"]);
    expect((await lines("/aws/events/r"))[0].detail.name).toBe("/p");
    expect(runs.map(({ event }) => event)).toEqual([{ operation: "Create", name: "/p", type: "String" }]);
    expect((await messages("inbox")).map(({ Body }) => Body)).toEqual(['{"name": "/p"}']);
    expect((await done("events", "ListTagsForResource", { ResourceARN: `arn:aws:events:us-east-1:${A}:rule/r` })).Tags).toEqual([{ Key: "team", Value: "blue" }]);
    // Saved again, it asks for nothing twice.
    const policies = async () => [(await done("logs", "DescribeResourcePolicies")).resourcePolicies, (await done("lambda", "GetPolicy", { FunctionName: "seen" })).Policy, (await done("sqs", "GetQueueAttributes", { QueueUrl: `https://sqs.us-east-1.amazonaws.com/${A}/inbox`, AttributeNames: ["Policy"] })).Attributes.Policy];
    const before = await policies();
    expect(before[0]).toMatchObject([{ policyName: logsPolicyName }]);
    await saveRule(ask, { ...draft, targets: draft.targets.map((target) => ({ ...target, choice: target.kind === "logs" ? "there" : target.choice, arn: target.kind === "logs" ? `arn:aws:logs:us-east-1:${A}:log-group:/aws/events/r` : target.arn })) }, place, ["target-1", "target-2", "target-3"]);
    expect(await policies()).toEqual(before);
  });

  test("a rule that sends to another account's bus makes the role for it", async () => {
    const { ask, done, log, events } = await world();
    const Arn = `arn:aws:events:us-east-1:${B}:event-bus/default`;
    await events("PutPermission", { Action: "events:PutEvents", Principal: A, StatementId: "a" }, { account: B, user: "admin" });
    await saveRule(ask, ruleOf({}, [{ kind: "bus", arn: Arn, roleChoice: "new" }]), place, undefined);
    await done("ssm", "PutParameter", { Name: "/p", Value: "1", Type: "String" });
    expect(log(B)).toMatchObject([{ "detail-type": "Parameter Store Change", account: A }]);
    expect((await loadTargets(ask, "default", "r"))[0].RoleArn).toBe(`arn:aws:iam::${A}:role/service-role/Amazon_EventBridge_Invoke_Event_Bus_0123456789`);
  });

  test("a rule read into the form and saved is the same rule; a target that is taken out goes", async () => {
    const { ask, rule, queue } = await world();
    const Arn = await queue("inbox");
    const targets: Target[] = [
      { Id: "a", Arn, InputTransformer: { InputPathsMap: { n: "$.detail.n" }, InputTemplate: '"<n>"' }, RetryPolicy: { MaximumRetryAttempts: 0 }, DeadLetterConfig: { Arn } },
      { Id: "b", Arn, Input: '{"x":1}', SqsParameters: { MessageGroupId: "g" } },
      { Id: "c", Arn, InputPath: "$.detail" },
    ];
    await rule("r", { source: ["shop"], detail: { n: [{ numeric: [">", 1] }] } }, targets as unknown as JsonObject[], { Description: "d", State: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" });
    const before: [Rule, Target[]] = [await loadRule(ask, "default", "r"), await loadTargets(ask, "default", "r")];
    const draft = draftOf(...before);
    expect(stepProblems(draft)).toEqual([undefined, undefined, undefined]);
    await saveRule(ask, draft, place, ["a", "b", "c"]);
    expect([await loadRule(ask, "default", "r"), await loadTargets(ask, "default", "r")]).toEqual(before);
    await saveRule(ask, { ...draft, targets: draft.targets.slice(1) }, place, ["a", "b", "c"]);
    expect((await loadTargets(ask, "default", "r")).map(({ Id }) => Id)).toEqual(["b", "c"]);
    await deleteRules(ask, [{ Name: "r", EventBusName: "default" }]);
    expect((await ask("events", "ListRules")).Rules).toEqual([]);
  });

  test.each<[Partial<RuleDraft>, string]>([
    [{ clock: "rate", rate: "1", unit: "hour" }, "rate(1 hour)"],
    [{ clock: "rate", rate: "15", unit: "minute" }, "rate(15 minutes)"],
    [{ clock: "cron", cron: "0 10 ? * 2#1 *" }, "cron(0 10 ? * 2#1 *)"],
  ])("schedule %j", async (part, expression) => {
    const { ask } = await world();
    const draft = ruleOf({ kind: "schedule", ...part });
    expect(expressionOf(draft)).toBe(expression);
    expect(scheduleProblem(draft)).toBeUndefined();
    await saveRule(ask, draft, place, undefined);
    const saved = await loadRule(ask, "default", "r");
    expect(saved.ScheduleExpression).toBe(expression);
    expect(expressionOf(draftOf(saved, []))).toBe(expression);
  });
});

describe("what is wrong is said before it is sent", () => {
  test.each<[string, Partial<RuleDraft>, number, RegExp]>([
    ["no name", { name: "" }, 0, /Enter a name/],
    ["a schedule on another bus", { bus: "orders", kind: "schedule" }, 0, /default event bus only/],
    ["a pattern that is none", { method: "json", pattern: '{"source": "x"}' }, 1, /"source" must be an object or an array/],
    ["a rate of nothing", { kind: "schedule", rate: "0" }, 1, /whole number/],
    ["a cron of five fields", { kind: "schedule", clock: "cron", cron: "0 10 * * ?" }, 1, /six fields/],
  ])("%s", (_name, part, step, words) => expect(stepProblems(ruleOf(part))[step]).toMatch(words));

  test.each<[string, Partial<TargetDraft>, object]>([
    ["nothing chosen", {}, { target: expect.any(String) }],
    ["a constant that is no JSON", { arn: "x", input: "constant", constant: "hello" }, { input: expect.stringMatching(/no JSON/) }],
    ["a path that is none", { arn: "x", input: "part", path: "detail" }, { input: expect.any(String) }],
    ["paths that are none", { arn: "x", input: "transformer", paths: '{"a": 1}', template: "<a>" }, { input: expect.stringMatching(/look at a/) }],
    ["no template", { arn: "x", input: "transformer" }, { input: "Enter a template." }],
    ["too many retries", { arn: "x", retries: "186" }, { retries: "0 to 185" }],
    ["too young", { arn: "x", maxAge: "59" }, { maxAge: "60 to 86400 seconds" }],
    ["no role", { kind: "bus", arn: "x", roleChoice: "there" }, { role: "Choose a role." }],
  ])("a target with %s", (_name, part, problems) => expect(targetProblems({ ...emptyTarget("t"), ...part })).toEqual(problems));

  test("where a pattern is wrong", () => {
    expect(patternProblem('{\n  "source": "x"\n}')).toMatchObject({ message: expect.stringContaining("must be an object or an array"), offset: expect.any(Number) });
    expect(patternProblem('{"source": ["x"]}')).toBeUndefined();
  });
});

test("what AWS has and the form does not is kept", () => {
  const target = { Id: "t", Arn: `arn:aws:sqs:us-east-1:${A}:q`, SqsParameters: { MessageGroupId: "g" } };
  expect(targetInput(targetDraftOf(target), place)).toEqual(target);
  expect(permitWords(targetDraftOf(target))).toEqual([]);
  expect(patternOf(ruleOf({ method: "json", pattern: "p" }))).toBe("p");
  expect(ruleInput(ruleOf({ on: false, allCalls: true }), true)).toMatchObject({ State: "DISABLED", EventPattern: '{"source":["aws.ssm"],"detail-type":["Parameter Store Change"]}' });
});
