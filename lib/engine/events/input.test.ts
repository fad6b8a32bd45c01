import { expect, test } from "vitest";
import type { CloudEvent } from "../types";
import { inputFor, problemOfInput } from "./input";

/**
 * Bodies as EventBridge makes them. Sources: EventBridge User Guide, Amazon EventBridge input transformation (examples; the
 * event of the EC2 instance); tests of github.com/localstack/localstack against AWS (tests/aws/services/events, test_events_inputs).
 */
const event: CloudEvent = {
  id: "7bf73129-1428-4cd3-a780-95db273d1602", source: "aws.ec2", "detail-type": "EC2 Instance State-change Notification", account: "123456789012", region: "us-east-1",
  time: Date.parse("2015-11-11T21:29:54Z"), resources: ["arn:aws:ec2:us-east-1:123456789012:instance/i-abcd1111"],
  detail: { "instance-id": "i-0123456789", state: "RUNNING", count: 3, on: true, none: null, nested: { a: [1, { b: "x" }, 3] }, quote: 'say "hi"\n' },
};
const rule = { arn: "arn:aws:events:us-east-1:123456789012:rule/example", name: "example" };
const input = (target: object): string => inputFor({ Id: "t", ...target }, event, rule, Date.parse("2015-11-11T21:30:00Z"));
const whole = { version: "0", id: event.id, "detail-type": event["detail-type"], source: "aws.ec2", account: "123456789012", time: "2015-11-11T21:29:54Z", region: "us-east-1", resources: event.resources, detail: event.detail };

test("without more the whole event, its members in AWS's order", () => expect(input({})).toBe(JSON.stringify(whole)));
test("Input is what it is", () => expect(input({ Input: '{ "a" : 1 }' })).toBe('{ "a" : 1 }'));

test.each<[string, string]>([
  ["$", JSON.stringify(whole)],
  ["$.detail.state", '"RUNNING"'],
  ["$.detail.count", "3"],
  ["$.detail.nested.a[1].b", '"x"'],
  ["$.detail.nested.a[*]", '[1,{"b":"x"},3]'],
  ["$.resources[0]", '"arn:aws:ec2:us-east-1:123456789012:instance/i-abcd1111"'],
  ["$.detail.missing", "{}"],
])("InputPath %s", (InputPath, text) => expect(input({ InputPath })).toBe(text));

const map = { instance: "$.detail.instance-id", state: "$.detail.state", count: "$.detail.count", on: "$.detail.on", none: "$.detail.none", nested: "$.detail.nested", list: "$.detail.nested.a", quote: "$.detail.quote", missing: "$.detail.missing", time: "$.time" };
test.each<[string, string, string]>([
  ["a text", '"instance <instance> is in <state>"', '"instance i-0123456789 is in RUNNING"'],
  ["several lines", '"instance <instance> is in"\n"<state>"', '"instance i-0123456789 is in"\n"RUNNING"'],
  ["JSON: a value for a placeholder", '{"instance": <instance>, "count": <count>, "on": <on>}', '{"instance": "i-0123456789", "count": 3, "on": true}'],
  ["JSON: within quotes as text", '{"what": "<instance> is <state>, <count>"}', '{"what": "i-0123456789 is RUNNING, 3"}'],
  ["objects and lists", '{"a": <nested>, "l": <list>}', '{"a": {"a":[1,{"b":"x"},3]}, "l": [1,{"b":"x"},3]}'],
  ["what is not there is empty", '{"m": "<missing>", "n": <missing>}', '{"m": "", "n": ""}'],
  ["quotes in values are escaped", '{"q": "<quote>"}', '{"q": "say \\"hi\\"\\n"}'],
  ["the rule", '{"rule": "<aws.events.rule-name>", "arn": <aws.events.rule-arn>, "at": <aws.events.event.ingestion-time>}', `{"rule": "example", "arn": "${rule.arn}", "at": "2015-11-11T21:30:00Z"}`],
  ["the whole event", '{"e": <aws.events.event.json>}', `{"e": ${JSON.stringify(whole)}}`],
])("InputTransformer: %s", (_name, InputTemplate, text) => expect(input({ InputTransformer: { InputPathsMap: map, InputTemplate } })).toBe(text));

test("the event without its detail", () => {
  const { e } = JSON.parse(input({ InputTransformer: { InputTemplate: '{"e": <aws.events.event>}' } })) as { e: object };
  expect(Object.keys(e)).not.toContain("detail");
  expect(e).toMatchObject({ id: event.id, source: "aws.ec2" });
});

test("placeholders in a template that is text cannot be the whole event", () => {
  expect(problemOfInput({ Id: "t", InputTransformer: { InputTemplate: '"<aws.events.event.json>"' } })).toMatchObject({ error: { message: "InputTemplate for target t contains placeholder aws.events.event.json valid only for JSON template." } });
});

test("a template of ten thousand placeholders takes no time", () => {
  const started = performance.now();
  input({ InputTransformer: { InputPathsMap: map, InputTemplate: `"${"<state>\\\"<".repeat(10_000)}"` } });
  input({ InputTransformer: { InputPathsMap: { a: `$${".a".repeat(50_000)}` }, InputTemplate: `"<a>"` } });
  expect(performance.now() - started).toBeLessThan(1_000);
});
