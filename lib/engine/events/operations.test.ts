import { beforeAll, describe, expect, test } from "vitest";
import { loadServices } from "../catalog";
import type { JsonObject } from "../types";
import { A, B, admin, labOf, ruleArn, start } from "./events.test-helper";

/** Answers and texts as in `errors.ts`: EventBridge API Reference, and what AWS was recorded to say. */
beforeAll(() => loadServices());

const busArn = (name: string, account = A): string => `arn:aws:events:us-east-1:${account}:event-bus/${name}`;
const pattern = '{"source":["shop"]}';

describe("event buses", () => {
  test("the default one is there; others are made, listed and deleted", async () => {
    const { events } = labOf();
    expect(await events("DescribeEventBus")).toEqual({ Name: "default", Arn: busArn("default") });
    expect(await events("CreateEventBus", { Name: "orders", Description: "d", Tags: [{ Key: "team", Value: "blue" }] })).toEqual({ EventBusArn: busArn("orders"), Description: "d" });
    expect(await events("CreateEventBus", { Name: "orders" })).toBe("ResourceAlreadyExistsException: Event bus orders already exists.");
    expect(await events("ListEventBuses")).toEqual({ EventBuses: [{ Name: "default", Arn: busArn("default") }, { Name: "orders", Arn: busArn("orders"), Description: "d", CreationTime: start / 1000, LastModifiedTime: start / 1000 }] });
    expect((await events("ListEventBuses", { NamePrefix: "o" })).EventBuses).toHaveLength(1);
    expect(await events("ListTagsForResource", { ResourceARN: busArn("orders") })).toEqual({ Tags: [{ Key: "team", Value: "blue" }] });
    await events("PutRule", { Name: "r", EventPattern: pattern, EventBusName: "orders" });
    expect(await events("DeleteEventBus", { Name: "orders" })).toBe("ValidationException: EventBus can't be deleted since it has rules.");
    await events("DeleteRule", { Name: "r", EventBusName: "orders" });
    expect(await events("DeleteEventBus", { Name: "orders" })).toEqual({});
    expect(await events("DeleteEventBus", { Name: "orders" })).toEqual({});
    expect(await events("DescribeEventBus", { Name: "orders" })).toBe("ResourceNotFoundException: Event bus orders does not exist.");
    expect(await events("DeleteEventBus", { Name: "default" })).toBe("ValidationException: Cannot delete event bus default.");
  });

  test.each<[string, JsonObject]>([
    ["partner", { EventSourceName: "aws.partner/x/y" }],
    ["under a key", { KmsKeyIdentifier: "alias/x" }],
    ["with dead letters", { DeadLetterConfig: { Arn: `arn:aws:sqs:us-east-1:${A}:q` } }],
    ["with logs", { LogConfig: { Level: "INFO" } }],
  ])("a bus %s is not simulated, by name", async (_name, more) => {
    expect(await labOf().events("CreateEventBus", { Name: "orders", ...more })).toMatch(/^NotSimulated: Keyhole does not simulate .*Amazon EventBridge has it; this lab does not\.$/);
  });

  test("permissions: put, replaced, taken away", async () => {
    const { events } = labOf();
    const policy = async (): Promise<any> => {
      const { Policy } = await events("DescribeEventBus");
      return Policy && JSON.parse(Policy).Statement;
    };
    expect(await events("PutPermission", { Action: "events:PutEvents", Principal: B, StatementId: "theirs" })).toEqual({});
    await events("PutPermission", { Action: "events:PutEvents", Principal: "*", StatementId: "org", Condition: { Type: "StringEquals", Key: "aws:PrincipalOrgID", Value: "o-1" } });
    expect(await policy()).toEqual([
      { Sid: "theirs", Effect: "Allow", Principal: { AWS: `arn:aws:iam::${B}:root` }, Action: "events:PutEvents", Resource: busArn("default") },
      { Sid: "org", Effect: "Allow", Principal: "*", Action: "events:PutEvents", Resource: busArn("default"), Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } },
    ]);
    expect(await events("RemovePermission", { StatementId: "none" })).toBe("ResourceNotFoundException: Statement with the provided id does not exist.");
    expect(await events("RemovePermission", { StatementId: "theirs" })).toEqual({});
    expect(await policy()).toHaveLength(1);
    expect(await events("RemovePermission", { RemoveAllPermissions: true })).toEqual({});
    expect(await policy()).toBeUndefined();
    expect(await events("PutPermission", { Action: "events:PutRule", Principal: B, StatementId: "x" })).toBe("ValidationException: Provided value in parameter 'action' is not supported.");
    expect(await events("PutPermission", { Policy: "{", Action: "events:PutEvents" })).toMatch(/^ValidationException: /);
    expect(await events("PutPermission", { Policy: JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", Principal: { AWS: B }, Action: "events:PutEvents", Resource: busArn("default") } }) })).toEqual({});
    expect(await policy()).toHaveLength(1);
  });
});

describe("rules", () => {
  test("made, shown, listed by pages, changed, disabled, deleted", async () => {
    const { events } = labOf();
    expect(await events("PutRule", { Name: "orders", EventPattern: pattern, Description: "d", Tags: [{ Key: "k", Value: "v" }] })).toEqual({ RuleArn: ruleArn("orders") });
    expect(await events("DescribeRule", { Name: "orders" })).toEqual({ Name: "orders", Arn: ruleArn("orders"), EventPattern: pattern, State: "ENABLED", Description: "d", EventBusName: "default", CreatedBy: A });
    // What is left out is not kept; tags are.
    await events("PutRule", { Name: "orders", ScheduleExpression: "rate(5 minutes)", State: "DISABLED" });
    expect(await events("DescribeRule", { Name: "orders" })).toEqual({ Name: "orders", Arn: ruleArn("orders"), ScheduleExpression: "rate(5 minutes)", State: "DISABLED", EventBusName: "default", CreatedBy: A });
    expect(await events("ListTagsForResource", { ResourceARN: ruleArn("orders") })).toEqual({ Tags: [{ Key: "k", Value: "v" }] });
    await events("EnableRule", { Name: "orders" });
    expect((await events("DescribeRule", { Name: "orders" })).State).toBe("ENABLED");
    await events("DisableRule", { Name: "orders" });
    expect((await events("DescribeRule", { Name: "orders" })).State).toBe("DISABLED");
    for (const Name of ["a", "b", "c"]) await events("PutRule", { Name, EventPattern: pattern });
    const first = await events("ListRules", { Limit: 3 });
    const rest = await events("ListRules", { Limit: 3, NextToken: first.NextToken });
    expect([...first.Rules, ...rest.Rules].map(({ Name }: JsonObject) => Name)).toEqual(["a", "b", "c", "orders"]);
    expect(rest.NextToken).toBeUndefined();
    expect(await events("ListRules", { NextToken: "x" })).toBe("ValidationException: Parameter NextToken is not valid.");
    expect(await events("DeleteRule", { Name: "a" })).toEqual({});
    expect(await events("DeleteRule", { Name: "a" })).toEqual({});
    expect(await events("DescribeRule", { Name: "a" })).toBe("ResourceNotFoundException: Rule a does not exist on EventBus default.");
  });

  test.each<[string, JsonObject, string]>([
    ["nothing to wait for", {}, "ValidationException: Parameter(s) EventPattern or ScheduleExpression must be specified."],
    ["a schedule that is none", { ScheduleExpression: "rate(1 minutes)" }, "ValidationException: Parameter ScheduleExpression is not valid."],
    ["a pattern that is none", { EventPattern: "{" }, "InvalidEventPatternException: Event pattern is not valid. Reason: "],
    ["a pattern too long", { EventPattern: JSON.stringify({ source: ["x".repeat(2048)] }) }, "LimitExceededException: Parameter EventPattern for rule r exceeds limit of 2048."],
    ["a bus that is not there", { EventPattern: pattern, EventBusName: "none" }, "ResourceNotFoundException: Event bus none does not exist."],
    ["another account's bus", { EventPattern: pattern, EventBusName: busArn("default", B) }, "AccessDeniedException: "],
    ["a name with blanks", { Name: "a b", EventPattern: pattern }, "ValidationException: 1 validation error detected: Value 'a b' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+"],
  ])("refused: %s", async (_name, input, text) => {
    expect(await labOf().events("PutRule", { Name: "r", ...input })).toMatch(text.endsWith(" ") ? new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`) : new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`));
  });

  test("a schedule is for the default bus only; a bus holds 300 rules", async () => {
    const { events } = labOf();
    await events("CreateEventBus", { Name: "orders" });
    expect(await events("PutRule", { Name: "r", EventBusName: "orders", ScheduleExpression: "rate(1 hour)" })).toBe("ValidationException: ScheduleExpression is supported only on the default event bus.");
    for (let i = 0; i < 300; i++) await events("PutRule", { Name: `r${i}`, EventPattern: pattern });
    expect(await events("PutRule", { Name: "more", EventPattern: pattern })).toBe("LimitExceededException: The requested resource exceeds the maximum number allowed.");
    expect(await events("PutRule", { Name: "r7", EventPattern: pattern })).toEqual({ RuleArn: ruleArn("r7") });
  }, 60_000);

  test("who may make which rule: condition keys of the pattern", async () => {
    const { events, done } = labOf();
    await done("iam", "CreateUser", { UserName: "maker" });
    await done("iam", "PutUserPolicy", { UserName: "maker", PolicyName: "p", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "events:PutRule", Resource: "*", Condition: { "ForAllValues:StringEquals": { "events:source": "aws.ssm" }, Null: { "events:source": "false" } } }] }) });
    const maker = { account: A, user: "maker" };
    expect(await events("PutRule", { Name: "r", EventPattern: '{"source":["aws.ssm"]}' }, maker)).toEqual({ RuleArn: ruleArn("r") });
    expect(await events("PutRule", { Name: "r", EventPattern: '{"source":["aws.ssm","aws.kms"]}' }, maker)).toMatch(/^AccessDeniedException: User: arn:aws:iam::111122223333:user\/maker is not authorized to perform: events:PutRule on resource: arn:aws:events:us-east-1:111122223333:rule\/r because no identity-based policy allows/);
  });
});

describe("targets", () => {
  const queue = `arn:aws:sqs:us-east-1:${A}:q`;
  const t = (more: JsonObject): JsonObject => ({ Id: "t", Arn: queue, ...more });

  test("put, replaced by Id, listed, found by ARN, removed; a rule with targets stays", async () => {
    const { events } = labOf();
    await events("PutRule", { Name: "r", EventPattern: pattern });
    expect(await events("PutTargets", { Rule: "r", Targets: [t({ Id: "a" }), t({ Id: "b", Input: '"x"' })] })).toEqual({ FailedEntryCount: 0, FailedEntries: [] });
    await events("PutTargets", { Rule: "r", Targets: [t({ Id: "b", InputPath: "$.detail" })] });
    expect(await events("ListTargetsByRule", { Rule: "r" })).toEqual({ Targets: [{ Id: "a", Arn: queue }, { Id: "b", Arn: queue, InputPath: "$.detail" }] });
    expect(await events("ListRuleNamesByTarget", { TargetArn: queue })).toEqual({ RuleNames: ["r"] });
    expect(await events("PutTargets", { Rule: "r", Targets: ["c", "d", "e", "f"].map((Id) => t({ Id })) })).toBe("LimitExceededException: The requested resource exceeds the maximum number allowed.");
    expect(await events("DeleteRule", { Name: "r" })).toBe("ValidationException: Rule can't be deleted since it has targets.");
    expect(await events("RemoveTargets", { Rule: "r", Ids: ["a", "z"] })).toEqual({ FailedEntryCount: 1, FailedEntries: [{ TargetId: "z", ErrorCode: "ResourceNotFoundException", ErrorMessage: "Rule 'r' does not have a target with the Id 'z'." }] });
    expect(await events("PutTargets", { Rule: "none", Targets: [t({})] })).toBe("ResourceNotFoundException: Rule none does not exist on EventBus default.");
  });

  test.each<[string, JsonObject, string | RegExp]>([
    ["no ARN", { Arn: "q" }, "ValidationException: Parameter q is not valid. Reason: Provided Arn is not in correct format."],
    ["two kinds of input", { Input: "1", InputPath: "$.detail" }, "ValidationException: Only one of Input, InputPath, or InputTransformer must be provided for target t."],
    ["input that is no JSON", { Input: "hello" }, "ValidationException: JSON syntax error in input for target t."],
    ["a path that is none", { InputPath: "detail" }, "ValidationException: InputPath for target t is invalid."],
    ["a placeholder of nothing", { InputTransformer: { InputTemplate: '"<who>"' } }, "ValidationException: InputTemplate for target t contains invalid placeholder who."],
    ["a topic", { Arn: `arn:aws:sns:us-east-1:${A}:t` }, /^NotSimulated: Keyhole does not simulate rule targets that are Amazon SNS topics/],
    ["a state machine without a role", { Arn: `arn:aws:states:us-east-1:${A}:stateMachine:m` }, /^ValidationException: RoleArn is required for target arn:aws:states:/],
    ["another service's parameters", { KinesisParameters: { PartitionKeyPath: "$.id" } }, "ValidationException: Parameter(s) KinesisParameters not supported for target: t."],
    ["a dead-letter queue that is a topic", { DeadLetterConfig: { Arn: `arn:aws:sns:us-east-1:${A}:t` } }, "ValidationException: sns is not supported as a dead letter resource."],
    ["a log group's template that is text", { Arn: `arn:aws:logs:us-east-1:${A}:log-group:/aws/events/g`, InputTransformer: { InputTemplate: '"text"' } }, "ValidationException: Input for target t is not a valid JSON text."],
  ])("refused: %s", async (_name, more, text) => {
    const { events } = labOf();
    await events("PutRule", { Name: "r", EventPattern: pattern });
    const answer: string = await events("PutTargets", { Rule: "r", Targets: [t(more)] });
    if (typeof text === "string") expect(answer).toBe(text);
    else expect(answer).toMatch(text);
  });

  test("whoever gives a rule a role must be allowed to pass it", async () => {
    const { events, done, role } = labOf();
    const RoleArn = await role("forward", ["events:PutEvents"]);
    await events("PutRule", { Name: "r", EventPattern: pattern });
    await done("iam", "CreateUser", { UserName: "maker" });
    await done("iam", "PutUserPolicy", { UserName: "maker", PolicyName: "p", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "events:*", Resource: "*" }] }) });
    expect(await events("PutTargets", { Rule: "r", Targets: [{ Id: "t", Arn: busArn("default", B), RoleArn }] }, { account: A, user: "maker" })).toMatch(/^AccessDeniedException: .*is not authorized to perform: iam:PassRole on resource: arn:aws:iam::111122223333:role\/forward/);
  });
});

describe("events", () => {
  test("each entry by itself, with what is wrong with it", async () => {
    const { events, log } = labOf();
    const entry = (more: JsonObject): JsonObject => ({ Source: "shop", DetailType: "Order", Detail: "{}", ...more });
    expect(await events("PutEvents", { Entries: [entry({}), entry({ Detail: "[" }), entry({ Source: "aws.ssm" }), { Source: "shop", Detail: "{}" }, entry({ DetailType: "x".repeat(129) }), entry({ EventBusName: "none" }), entry({ Detail: "[]" })] })).toEqual({
      FailedEntryCount: 5,
      Entries: [
        { EventId: expect.any(String) },
        { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." },
        { ErrorCode: "NotAuthorizedForSourceException", ErrorMessage: "Not authorized for the source." },
        { ErrorCode: "InvalidArgument", ErrorMessage: "Parameter DetailType is not valid. Reason: DetailType is a required argument." },
        { ErrorCode: "InvalidArgument", ErrorMessage: "Parameter DetailType is not valid. Reason: DetailType must have length less than or equal to 128." },
        { EventId: expect.any(String) },
        { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." },
      ],
    });
    expect(log()).toHaveLength(1);
  });

  test("ten entries, a megabyte of them; deep nesting is malformed, not a crash", async () => {
    const { events } = labOf();
    const one = { Source: "shop", DetailType: "Order", Detail: "{}" };
    expect(await events("PutEvents", { Entries: Array.from({ length: 11 }, () => one) })).toMatch(/^ValidationException: 1 validation error detected/);
    expect(await events("PutEvents", { Entries: [{ ...one, Detail: JSON.stringify({ x: "y".repeat(1_048_576) }) }] })).toBe("ValidationException: Total size of the entries in the request is over the limit.");
    expect(await events("PutEvents", { Entries: [{ ...one, Detail: JSON.stringify({ x: "y".repeat(900_000) }) }] })).toMatchObject({ FailedEntryCount: 0 });
    const deep = (n: number): string => `${'{"a":'.repeat(n)}1${"}".repeat(n)}`;
    expect((await events("PutEvents", { Entries: [{ ...one, Detail: deep(100_000) }] })).Entries[0].ErrorCode).toBe("MalformedDetail");
  });

  test("charged by 64 KB; AWS's own are free", async () => {
    const { lab } = labOf();
    const send = async (Detail: string) => (await lab.call({ service: "events", operation: "PutEvents", input: { Entries: [{ Source: "shop", DetailType: "d", Detail }] }, caller: admin })).trace.cost;
    expect(await send("{}")).toEqual([{ item: "events:custom", quantity: 1 }]);
    expect(await send(JSON.stringify({ x: "y".repeat(200_000) }))).toEqual([{ item: "events:custom", quantity: 4 }]);
    expect((await lab.call({ service: "events", operation: "ListRules", caller: admin })).trace.cost).toEqual([]);
  });

  test.each<[string, string, string | JsonObject]>([
    ['{"source":["shop"]}', '{"source":"shop","id":"1","account":"1","detail-type":"d","region":"r","time":"2026-01-01T00:00:00Z","resources":[],"detail":{}}', { Result: true }],
    ['{"source":["x"]}', '{"source":"shop","id":"1","account":"1","detail-type":"d","region":"r","time":"2026-01-01T00:00:00Z","resources":[],"detail":{}}', { Result: false }],
    ['{"source":["x"]}', "nothing", "ValidationException: Parameter Event is not valid."],
  ])("TestEventPattern %s", async (EventPattern, Event, expected) => expect(await labOf().events("TestEventPattern", { EventPattern, Event })).toEqual(expected));

  test("TestEventPattern says what is wrong with a pattern", async () => {
    expect(await labOf().events("TestEventPattern", { EventPattern: '{"source":"x"}', Event: "{}" })).toMatch(/^InvalidEventPatternException: Event pattern is not valid\. Reason: "source" must be an object or an array\n at \[Source: /);
  });

  test.each(["CreateArchive", "StartReplay", "CreateConnection", "CreateApiDestination", "CreateEndpoint", "PutPartnerEvents"])("%s is not simulated, by name", async (operation) => {
    expect(await labOf().events(operation)).toMatch(/^NotSimulated: /);
  });
});
