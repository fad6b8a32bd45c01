import { beforeAll, expect, test } from "vitest";
import { loadServices } from "../catalog";
import type { CloudEvent } from "../types";
import { A, world } from "./stacks.test-helper";

/** Rules with what they send to, in one stack; and what stacks themselves tell EventBridge. */
beforeAll(() => loadServices());

const group = "/aws/events/parameters";
const groupArn = { "Fn::Sub": `arn:aws:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:${group}` };
const template = (more: object = {}) => ({
  Resources: {
    Group: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: group } },
    Open: {
      Type: "AWS::Logs::ResourcePolicy",
      Properties: { PolicyName: "events", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: "*" }] }) },
    },
    Inbox: { Type: "AWS::SQS::Queue", Properties: { VisibilityTimeout: 60, Tags: [{ Key: "k", Value: "v" }] } },
    Dead: { Type: "AWS::SQS::Queue" },
    OpenInbox: {
      Type: "AWS::SQS::QueuePolicy",
      Properties: {
        Queues: [{ Ref: "Inbox" }],
        PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: "sqs:SendMessage", Resource: { "Fn::GetAtt": ["Inbox", "Arn"] }, Condition: { ArnEquals: { "aws:SourceArn": { "Fn::GetAtt": ["Rule", "Arn"] } } } }] },
      },
    },
    Rule: {
      Type: "AWS::Events::Rule",
      Properties: {
        EventPattern: { source: ["aws.ssm"], "detail-type": ["Parameter Store Change"] },
        Targets: [{ Id: "log", Arn: groupArn }, { Id: "inbox", Arn: { "Fn::GetAtt": ["Inbox", "Arn"] }, DeadLetterConfig: { Arn: { "Fn::GetAtt": ["Dead", "Arn"] } }, RetryPolicy: { MaximumRetryAttempts: "4" } }],
        Tags: [{ Key: "team", Value: "blue" }],
        ...more,
      },
    },
    Bus: { Type: "AWS::Events::EventBus", Properties: { Name: "orders" } },
    Friends: { Type: "AWS::Events::EventBusPolicy", Properties: { EventBusName: { Ref: "Bus" }, StatementId: "b", Action: "events:PutEvents", Principal: "444455556666" } },
    OnBus: { Type: "AWS::Events::Rule", Properties: { Name: "on-bus", EventBusName: { Ref: "Bus" }, EventPattern: { source: ["shop"] } } },
  },
  Outputs: { Rule: { Value: { Ref: "Rule" } }, OnBus: { Value: { Ref: "OnBus" } }, Arn: { Value: { "Fn::GetAtt": ["OnBus", "Arn"] } }, Url: { Value: { Ref: "Inbox" } } },
});

test("a rule with its log group and its queue: made, works, changed, no drift, deleted", async () => {
  const w = await world();
  expect((await w.create("s", template())).StackStatus).toBe("CREATE_COMPLETE");
  const Name = (await w.output("s", "Rule"))!;
  expect([await w.output("s", "OnBus"), await w.output("s", "Arn")]).toEqual(["orders|on-bus", `arn:aws:events:us-east-1:${A}:rule/orders/on-bus`]);
  expect(await w.must("events", "DescribeRule", { Name })).toMatchObject({ EventPattern: '{"source":["aws.ssm"],"detail-type":["Parameter Store Change"]}', State: "ENABLED" });
  expect(JSON.parse((await w.must("events", "DescribeEventBus", { Name: "orders" })).Policy).Statement).toMatchObject([{ Sid: "b", Principal: { AWS: "arn:aws:iam::444455556666:root" } }]);

  await w.must("ssm", "PutParameter", { Name: "/p", Value: "1", Type: "String" });
  await w.lab.settle();
  expect((await w.must("logs", "FilterLogEvents", { logGroupName: group })).events.map(({ message }: any) => JSON.parse(message).detail)).toEqual([{ operation: "Create", name: "/p", type: "String" }]);
  const QueueUrl = (await w.output("s", "Url"))!;
  expect((await w.must("sqs", "ReceiveMessage", { QueueUrl })).Messages).toHaveLength(1);

  const { StackDriftDetectionId } = await w.cfn("DetectStackDrift", { StackName: "s" });
  await w.settle();
  expect(await w.cfn("DescribeStackDriftDetectionStatus", { StackDriftDetectionId })).toMatchObject({ StackDriftStatus: "IN_SYNC" });

  expect((await w.update("s", template({ State: "DISABLED", Targets: [{ Id: "log", Arn: groupArn }], Tags: [] }))).StackStatus).toBe("UPDATE_COMPLETE");
  expect(await w.must("events", "DescribeRule", { Name })).toMatchObject({ State: "DISABLED" });
  expect((await w.must("events", "ListTargetsByRule", { Rule: Name })).Targets.map(({ Id }: any) => Id)).toEqual(["log"]);
  await w.must("events", "EnableRule", { Name });
  const again = await w.cfn("DetectStackDrift", { StackName: "s" });
  await w.settle();
  expect(await w.cfn("DescribeStackDriftDetectionStatus", { StackDriftDetectionId: again.StackDriftDetectionId })).toMatchObject({ StackDriftStatus: "DRIFTED", DriftedStackResourceCount: 1 });

  expect((await w.remove("s")).StackStatus).toBe("DELETE_COMPLETE");
  expect(await w.fails("events", "DescribeRule", { Name })).toMatch(/^ResourceNotFoundException/);
  expect(await w.fails("sqs", "GetQueueAttributes", { QueueUrl })).toMatch(/NonExistentQueue/);
  expect((await w.must("logs", "DescribeResourcePolicies")).resourcePolicies).toEqual([]);
});

test("a refused rule rolls the stack back, with EventBridge's words", async () => {
  const w = await world();
  expect((await w.create("s", template({ EventPattern: { source: "shop" } }))).StackStatus).toBe("ROLLBACK_COMPLETE");
  expect((await w.events("s")).find((line) => line.startsWith("Rule CREATE_FAILED"))).toMatch(/Event pattern is not valid\. Reason: "source" must be an object or an array/);
});

test("stacks, resources and drift detection tell EventBridge", async () => {
  const w = await world();
  await w.create("s", { Resources: { P: { Type: "AWS::SSM::Parameter", Properties: { Type: "String", Value: "v", Name: "/p" } } } });
  await w.cfn("DetectStackDrift", { StackName: "s" });
  await w.settle();
  const log = w.lab.read({ account: A, region: "us-east-1", service: "events" }).table<CloudEvent>("log").all().filter(({ source }) => source === "aws.cloudformation");
  const said = log.map((event) => [event["detail-type"].replace("CloudFormation ", ""), (event.detail["status-details"] as any).status ?? (event.detail["status-details"] as any)["detection-status"]].join(": "));
  expect(said).toEqual([
    "Stack Status Change: CREATE_IN_PROGRESS", "Resource Status Change: CREATE_IN_PROGRESS", "Resource Status Change: CREATE_IN_PROGRESS", "Resource Status Change: CREATE_COMPLETE", "Stack Status Change: CREATE_COMPLETE",
    "Drift Detection Status Change: DETECTION_IN_PROGRESS", "Drift Detection Status Change: DETECTION_COMPLETE",
  ]);
  expect(log.at(-1)!.detail).toEqual({ "stack-id": log[0].resources[0], "stack-drift-detection-id": expect.any(String), "status-details": { "stack-drift-status": "IN_SYNC", "detection-status": "DETECTION_COMPLETE" }, "drift-detection-details": { "drifted-stack-resource-count": 0 } });
});
