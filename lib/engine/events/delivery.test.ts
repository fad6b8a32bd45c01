import { beforeAll, describe, expect, test } from "vitest";
import { loadServices } from "../catalog";
import type { JsonObject } from "../types";
import { A, B, labOf, recordsOf, replayed, ruleArn, start, zip } from "./events.test-helper";

beforeAll(() => loadServices());

const target = (Arn: string, more: JsonObject = {}): JsonObject => ({ Id: "t", Arn, ...more });
const lambdaArn = (name: string): string => `arn:aws:lambda:us-east-1:${A}:function:${name}`;

describe("Lambda functions", () => {
  test("get the event as JSON; Lambda takes it at the same lab time", async () => {
    const { lab, runs, functions, rule, put, deliveries } = labOf({ seen: async () => 1 });
    await functions();
    const arn = await rule("orders", { source: ["shop"], detail: { total: [{ numeric: [">", 10] }] } }, [target(lambdaArn("seen"))]);
    await put("Order", { total: 5 });
    const { Entries } = await put("Order", { total: 12 }, { Resources: ["one"] });
    expect(deliveries()).toMatchObject([{ rule: arn, target: "t", state: "delivered", attempts: 1, last: lab.now() }]);
    await lab.advance(250);
    expect(runs).toEqual([{ name: "seen", at: lab.now(), event: { version: "0", id: Entries[0].EventId, "detail-type": "Order", source: "shop", account: A, time: "2026-01-01T00:00:02Z", region: "us-east-1", resources: ["one"], detail: { total: 12 } } }]);
    const job = lab.journal.findLast(({ trace }) => trace.operation === "EventDelivery")!;
    const invoked = job.trace.steps.find((step) => step.kind === "call");
    expect(invoked).toMatchObject({ trace: { service: "lambda", operation: "Invoke", principal: "events.amazonaws.com" } });
  });

  test("whose policy does not let EventBridge in are not tried again", async () => {
    const { functions, done, rule, put, deliveries, runs, lab } = labOf({ seen: async () => 1 });
    await functions();
    await done("lambda", "RemovePermission", { FunctionName: "seen", StatementId: "events" });
    await rule("orders", { source: ["shop"] }, [target(lambdaArn("seen"))]);
    await put("Order");
    await lab.advance(86_400_000);
    expect(runs).toEqual([]);
    expect(deliveries()).toMatchObject([{ state: "dropped", attempts: 1, code: "NO_PERMISSIONS", message: `User: events.amazonaws.com is not authorized to perform: lambda:InvokeFunction on resource: ${lambdaArn("seen")} because no resource-based policy allows the lambda:InvokeFunction action` }]);
  });

  test("may let in one rule only (aws:SourceArn)", async () => {
    const { functions, done, rule, put, runs, lab } = labOf({ seen: async () => 1 });
    await functions();
    await done("lambda", "RemovePermission", { FunctionName: "seen", StatementId: "events" });
    await done("lambda", "AddPermission", { FunctionName: "seen", StatementId: "one", Action: "lambda:InvokeFunction", Principal: "events.amazonaws.com", SourceArn: ruleArn("right") });
    await rule("right", { "detail-type": ["right"] }, [target(lambdaArn("seen"))]);
    await rule("wrong", { "detail-type": ["wrong"] }, [target(lambdaArn("seen"))]);
    await put("wrong");
    await put("right");
    await lab.advance(1_000);
    expect(runs.map(({ event }) => event["detail-type"])).toEqual(["right"]);
  });

  test("that send what their own rule waits for are stopped after sixteen rounds, and it is said", async () => {
    const { functions, rule, put, deliveries, runs, lab } = labOf({
      round: async (_event, inside) => inside.call({ service: "events", operation: "PutEvents", input: { Entries: [{ Source: "shop", DetailType: "Again", Detail: "{}" }] } }),
    });
    await functions();
    await rule("loop", { source: ["shop"] }, [target(lambdaArn("round"))]);
    await put("Again");
    await lab.advance(60_000);
    expect(runs).toHaveLength(16);
    expect(deliveries().at(-1)).toMatchObject({ state: "stopped", code: "LOOP", message: expect.stringContaining("Keyhole stops here") });
  });
});

describe("log groups", () => {
  test("get the event in a stream of the rule's", async () => {
    const { group, rule, put, lines, done } = labOf();
    await rule("all", { source: ["shop"] }, [target(await group("/aws/events/all"))]);
    await put("Order", { n: 1 });
    await put("Order", { n: 2 });
    expect((await lines("/aws/events/all")).map(({ detail }) => detail)).toEqual([{ n: 1 }, { n: 2 }]);
    expect((await done("logs", "DescribeLogStreams", { logGroupName: "/aws/events/all" })).logStreams).toHaveLength(1);
  });

  test("must let EventBridge in by a resource policy", async () => {
    const { group, rule, put, deliveries } = labOf();
    await rule("all", { source: ["shop"] }, [target(await group("/aws/events/all", false))]);
    await put("Order");
    expect(deliveries()).toMatchObject([{ state: "dropped", code: "NO_PERMISSIONS", message: expect.stringMatching(/^User: events\.amazonaws\.com is not authorized to perform: logs:CreateLogStream on resource: arn:aws:logs:.*log-group:\/aws\/events\/all/) }]);
  });

  test("that are gone lose the event; a template says time and message", async () => {
    const { group, rule, put, lines, deliveries, done } = labOf();
    const Arn = await group("/aws/events/all");
    await rule("all", { source: ["shop"] }, [target(Arn, { InputTransformer: { InputPathsMap: { time: "$.time", n: "$.detail.n" }, InputTemplate: '{"timestamp": <time>, "message": "{\\"n\\": \\"<n>\\"}"}' } })]);
    await put("Order", { n: 7 });
    expect(await lines("/aws/events/all")).toEqual([{ n: "7" }]);
    await done("logs", "DeleteLogGroup", { logGroupName: "/aws/events/all" });
    await put("Order", { n: 8 });
    expect(deliveries().at(-1)).toMatchObject({ state: "dropped", code: "NO_RESOURCE" });
  });
});

describe("queues, and dead letters", () => {
  test("a queue gets the event as a message", async () => {
    const { queue, rule, put, messages } = labOf();
    await rule("all", { source: ["shop"] }, [target(await queue("inbox"), { InputPath: "$.detail" })]);
    await put("Order", { n: 1 });
    expect((await messages("inbox")).map(({ Body }) => Body)).toEqual(['{"n":1}']);
  });

  test("what cannot be delivered goes to the dead-letter queue with its reasons", async () => {
    const { queue, rule, put, messages, deliveries } = labOf();
    const dead = await queue("dead");
    const arn = await rule("all", { source: ["shop"] }, [target(`arn:aws:sqs:us-east-1:${A}:none`, { DeadLetterConfig: { Arn: dead } })]);
    await put("Order", { n: 1 });
    const [message] = await messages("dead");
    expect(JSON.parse(message.Body)).toMatchObject({ source: "shop", detail: { n: 1 } });
    const text = (StringValue: string): JsonObject => ({ StringValue, DataType: "String" });
    expect(message.MessageAttributes).toEqual({ RULE_ARN: text(arn), TARGET_ARN: text(`arn:aws:sqs:us-east-1:${A}:none`), ERROR_CODE: text("NO_RESOURCE"), ERROR_MESSAGE: text("The specified queue does not exist."), RETRY_ATTEMPTS: text("0") });
    expect(deliveries()).toMatchObject([{ state: "dead-letter", attempts: 1 }]);
  });

  test("what may go another time is tried again, as often as the target says", async () => {
    const { functions, queue, rule, put, messages, deliveries, done, lab, runs } = labOf({ seen: async () => 1 });
    await functions();
    const dead = await queue("dead");
    await rule("patient", { source: ["shop"] }, [target(lambdaArn("fresh"))]);
    await rule("hasty", { source: ["shop"] }, [target(lambdaArn("fresh"), { DeadLetterConfig: { Arn: dead }, RetryPolicy: { MaximumRetryAttempts: 0 } })]);
    // Lambda refuses events for a function that is not ready yet.
    await done("lambda", "CreateFunction", { FunctionName: "fresh", Role: `arn:aws:iam::${A}:role/app`, Runtime: "nodejs22.x", Handler: "index.handler", Code: { ZipFile: zip } });
    await done("lambda", "AddPermission", { FunctionName: "fresh", StatementId: "events", Action: "lambda:InvokeFunction", Principal: "events.amazonaws.com" });
    await put("Order");
    const message = expect.stringMatching(/Pending/);
    expect(deliveries()).toMatchObject([
      { rule: ruleArn("hasty"), state: "dead-letter", attempts: 1, code: "RESOURCE_MODIFICATION_COLLISION", message },
      { rule: ruleArn("patient"), state: "retrying", attempts: 1, code: "RESOURCE_MODIFICATION_COLLISION", message },
    ]);
    await lab.advance(10_000);
    expect(deliveries()[1]).toMatchObject({ state: "delivered" });
    expect(deliveries()[1].attempts).toBeGreaterThan(1);
    expect(deliveries()[1].pending).toBeUndefined();
    expect(runs).toHaveLength(1);
    const [letter] = await messages("dead");
    expect(letter.MessageAttributes).toMatchObject({ EXHAUSTED_RETRY_CONDITION: { StringValue: "MaximumRetryAttempts" }, RETRY_ATTEMPTS: { StringValue: "0" } });
  });

  test("a rule that is gone gets nothing more", async () => {
    const { functions, rule, put, deliveries, done, events, lab } = labOf({ seen: async () => 1 });
    await functions();
    await rule("patient", { source: ["shop"] }, [target(lambdaArn("fresh"))]);
    await done("lambda", "CreateFunction", { FunctionName: "fresh", Role: `arn:aws:iam::${A}:role/app`, Runtime: "nodejs22.x", Handler: "index.handler", Code: { ZipFile: zip } });
    await done("lambda", "AddPermission", { FunctionName: "fresh", StatementId: "events", Action: "lambda:InvokeFunction", Principal: "events.amazonaws.com" });
    await put("Order");
    await events("RemoveTargets", { Rule: "patient", Ids: ["t"] });
    await lab.advance(60_000);
    expect(deliveries()).toMatchObject([{ state: "dropped", message: "The rule or its target is gone." }]);
  });

  test("a dead-letter queue that lets nobody in loses the event, and it is said", async () => {
    const { queue, rule, put, deliveries } = labOf();
    await rule("all", { source: ["shop"] }, [target(`arn:aws:sqs:us-east-1:${A}:none`, { DeadLetterConfig: { Arn: await queue("dead", false) } })]);
    await put("Order");
    expect(deliveries()).toMatchObject([{ state: "dropped", message: expect.stringMatching(/^The specified queue does not exist\. The dead-letter queue did not take it either: User: events\.amazonaws\.com is not authorized to perform: sqs:sendmessage/) }]);
  });
});

describe("other buses", () => {
  test("by a role; what was sent on keeps its id and is not sent on again", async () => {
    const { events, role, rule, put, log, deliveries, group, lines } = labOf();
    for (const Name of ["second", "third"]) await events("CreateEventBus", { Name });
    const RoleArn = await role("forward", ["events:PutEvents"]);
    const busArn = (name: string): string => `arn:aws:events:us-east-1:${A}:event-bus/${name}`;
    expect(await events("PutRule", { Name: "on", EventPattern: '{"source":["shop"]}' })).toMatchObject({ RuleArn: ruleArn("on") });
    expect(await events("PutTargets", { Rule: "on", Targets: [target(busArn("second"))] })).toBe(`ValidationException: RoleArn is required for target ${busArn("second")}.`);
    await rule("on", { source: ["shop"] }, [target(busArn("second"), { RoleArn })]);
    await rule("further", { source: ["shop"] }, [target(busArn("third"), { RoleArn }), { Id: "log", Arn: await group("/aws/events/second") }], { EventBusName: "second" });
    await put("Order", { n: 1 });
    expect(log().map(({ id, bus, forwarded }) => ({ id, bus, forwarded }))).toEqual([{ id: log()[0].id, bus: undefined, forwarded: undefined }, { id: log()[0].id, bus: "second", forwarded: ruleArn("on") }]);
    expect(await lines("/aws/events/second")).toMatchObject([{ detail: { n: 1 } }]);
    expect(deliveries().filter(({ state }) => state !== "delivered")).toMatchObject([{ rule: ruleArn("further", "second"), state: "dropped", code: "THIRD_ACCOUNT_HOP_DETECTED" }]);
  });

  test("a role that EventBridge may not take on", async () => {
    const { events, role, rule, put, deliveries } = labOf();
    await events("CreateEventBus", { Name: "second" });
    const RoleArn = await role("forward", ["events:PutEvents"], "lambda.amazonaws.com");
    await rule("on", { source: ["shop"] }, [target(`arn:aws:events:us-east-1:${A}:event-bus/second`, { RoleArn })]);
    await put("Order");
    expect(deliveries()).toMatchObject([{ state: "dropped", code: "FAILED_TO_ASSUME_ROLE", message: `User: events.amazonaws.com is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}` }]);
  });

  test("of another account, that lets this one in", async () => {
    const { events, role, rule, put, log, deliveries, ask } = labOf();
    const theirs = { account: B, user: "admin" };
    const Arn = `arn:aws:events:us-east-1:${B}:event-bus/default`;
    const RoleArn = await role("forward", ["events:PutEvents"]);
    await rule("on", { source: ["shop"] }, [target(Arn, { RoleArn })]);
    await put("Order");
    expect(log(B)).toEqual([]);
    expect(deliveries()[0]).toMatchObject({ state: "dropped", code: "NO_PERMISSIONS" });
    await events("PutPermission", { Action: "events:PutEvents", Principal: A, StatementId: "friends" }, theirs);
    await put("Order", { n: 2 });
    expect(log(B)).toMatchObject([{ account: A, source: "shop", detail: { n: 2 }, forwarded: ruleArn("on") }]);
    // Direct, too; a rule there may ask for the account.
    expect(await ask("events", "PutEvents", { Entries: [{ Source: "shop", DetailType: "d", Detail: "{}", EventBusName: Arn }] })).toMatchObject({ FailedEntryCount: 0 });
    expect(log(B)).toHaveLength(2);
    await events("RemovePermission", { StatementId: "friends" }, theirs);
    expect(await ask("events", "PutEvents", { Entries: [{ Source: "shop", DetailType: "d", Detail: "{}", EventBusName: Arn }] })).toMatch(/^AccessDeniedException: User: arn:aws:iam::111122223333:user\/admin is not authorized to perform: events:PutEvents on resource: arn:aws:events:us-east-1:444455556666:event-bus\/default because no resource-based policy allows the events:PutEvents action$/);
  });
});

describe("what the lab keeps", () => {
  test("a lab without rules: no job, no delivery, one row for the event", async () => {
    const { lab, done, log } = labOf();
    await done("ssm", "PutParameter", { Name: "/a", Value: "1", Type: "String" });
    expect(lab.journal.map(({ kind }) => kind)).not.toContain("job");
    expect(log()).toHaveLength(1);
  });

  test("disabled rules get nothing; the trace says why a rule did not match", async () => {
    const { lab, rule, put, queue, messages } = labOf();
    const Arn = await queue("inbox");
    await rule("off", { source: ["shop"] }, [target(Arn)], { State: "DISABLED" });
    await rule("other", { source: ["office"], "detail-type": ["Order"] }, [target(Arn)]);
    await put("Order");
    expect(await messages("inbox")).toEqual([]);
    const job = lab.journal.findLast(({ kind }) => kind === "job")!;
    expect(job.trace.steps.filter(({ kind }) => kind === "match")).toEqual([
      { kind: "match", rule: ruleArn("off"), matched: false, remark: "it is disabled", branches: [] },
      { kind: "match", rule: ruleArn("other"), matched: false, branches: [{ matched: false, fields: [expect.objectContaining({ path: "source", wanted: ['"office"'], got: ['"shop"'], matched: false }), expect.objectContaining({ path: "detail-type", matched: true })] }] },
    ]);
  });

  test("undo takes a delivery back and then the event; replay is the same to the byte", async () => {
    const { lab, functions, rule, put, queue, messages, group } = labOf({ seen: async (_event, inside) => inside.call({ service: "ssm", operation: "PutParameter", input: { Name: "/made", Value: "by a rule", Type: "String", Overwrite: true } }) });
    await functions();
    const before = recordsOf(lab);
    const entries = lab.journal.length;
    await rule("all", { source: ["shop"] }, [{ Id: "f", Arn: lambdaArn("seen") }, { Id: "l", Arn: await group("/aws/events/all") }]);
    await rule("queue", { source: ["aws.ssm"] }, [target(await queue("inbox"))]);
    await rule("clock", "rate(1 hour)", [target(`arn:aws:sqs:us-east-1:${A}:inbox`)]);
    await put("Order", { n: 1 });
    await put("Order", { n: 2 });
    await lab.advance(86_400_000);
    expect(await messages("inbox")).not.toEqual([]);
    expect(recordsOf(replayed(lab))).toBe(recordsOf(lab));
    const after = recordsOf(lab);
    while (lab.journal.length > entries) lab.undo();
    expect(recordsOf(lab)).toBe(before);
    while (lab.undone.length) lab.redo();
    expect(recordsOf(lab)).toBe(after);
  });

  test("no more than a thousand events and a thousand deliveries", async () => {
    const { events, queue, rule, log, deliveries } = labOf();
    await rule("all", { source: ["shop"] }, [target(await queue("inbox"))]);
    for (let i = 0; i < 105; i++) await events("PutEvents", { Entries: Array.from({ length: 10 }, (_, n) => ({ Source: "shop", DetailType: "d", Detail: JSON.stringify({ i, n }) })) });
    expect([log().length, deliveries().length]).toEqual([1000, 1000]);
  }, 60_000);
});

test("time of an event as its sender says, or now", async () => {
  const { put, log } = labOf();
  await put("a", {}, { Time: start / 1000 - 5 });
  await put("b");
  expect(log().map(({ time }) => time)).toEqual([start - 5_000, start]);
});
