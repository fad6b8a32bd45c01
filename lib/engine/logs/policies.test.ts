import { beforeAll, expect, test } from "vitest";
import { loadServices } from "../catalog";
import { createLab } from "../lab";
import { seededPorts } from "../ports";
import type { JsonObject } from "../types";

const A = "111122223333";
beforeAll(() => loadServices());

test("policies of the account: made, listed, replaced, deleted, and not too many", async () => {
  const lab = createLab({ ports: seededPorts(3, Date.UTC(2026, 0, 1)) });
  const ask = async (operation: string, input: JsonObject = {}): Promise<any> => {
    const reply = await lab.call({ service: "logs", operation, input, caller: { account: A, user: "admin" } });
    return reply.ok ? reply.output : `${reply.error.code}: ${reply.error.message}`;
  };
  const policyDocument = JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: "*" } });
  expect(await ask("PutResourcePolicy", { policyName: "p", policyDocument })).toEqual({ resourcePolicy: { policyName: "p", policyDocument, lastUpdatedTime: lab.now(), policyScope: "ACCOUNT" } });
  expect(await ask("PutResourcePolicy", { policyName: "p", policyDocument: "{}" })).toBe("InvalidParameterException: Invalid resource policy document.");
  expect(await ask("PutResourcePolicy", { policyName: "p", policyDocument, resourceArn: `arn:aws:logs:us-east-1:${A}:log-group:g` })).toMatch(/^NotSimulated: /);
  for (let i = 0; i < 9; i++) await ask("PutResourcePolicy", { policyName: `p${i}`, policyDocument });
  expect(await ask("PutResourcePolicy", { policyName: "q", policyDocument })).toBe("LimitExceededException: Resource limit exceeded.");
  const first = await ask("DescribeResourcePolicies", { limit: 6 });
  const rest = await ask("DescribeResourcePolicies", { limit: 6, nextToken: first.nextToken });
  expect([...first.resourcePolicies, ...rest.resourcePolicies].map(({ policyName }: JsonObject) => policyName)).toEqual(["p", ...Array.from({ length: 9 }, (_, i) => `p${i}`)]);
  expect(await ask("DescribeResourcePolicies", { policyScope: "RESOURCE" })).toEqual({ resourcePolicies: [] });
  expect(await ask("DeleteResourcePolicy", { policyName: "p" })).toEqual({});
  expect(await ask("DeleteResourcePolicy", { policyName: "p" })).toBe("ResourceNotFoundException: Policy with name [p] does not exist.");
});
