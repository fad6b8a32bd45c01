import { expect, test } from "vitest";
import { contextOf, emptyTest, notSimulated, simulationInput, testProblems } from "./form";
import type { Identity } from "./identities";

const A = "111122223333";
const alice: Identity = { arn: `arn:aws:iam::${A}:user/alice`, name: "alice", kind: "IAM user", account: A, caller: { account: A, user: "alice" } };
const app: Identity = { arn: `arn:aws:iam::${A}:role/app`, name: "app", kind: "role", account: A, caller: { account: A, role: "app", session: "test" } };

test.each([
  [{}, ["identity", "action"]],
  [{ identity: alice.arn, action: "kms:Decrypt" }, []],
  [{ identity: alice.arn, action: "Decrypt" }, ["action"]],
  [{ identity: alice.arn, action: "kms:*" }, ["action"]],
  [{ identity: alice.arn, action: "kms:Decrypt", resource: "" }, ["resource"]],
  [{ identity: alice.arn, action: "kms:Decrypt", resource: "alias/x" }, ["resource"]],
  [{ identity: alice.arn, action: "kms:Decrypt", resource: "arn:aws:kms:eu-west-2:111122223333:key/1" }, []],
])("%j: %j", (part, fields) => expect(Object.keys(testProblems({ ...emptyTest, ...part }))).toEqual(fields));

test("context keys: lines without a key are left out, lists are split", () => {
  const rows = [
    { key: "aws:SourceIp", value: "192.0.2.1" },
    { key: " ", value: "x" },
    { key: "aws:TagKeys", value: "a, b" },
  ];
  expect(contextOf(rows, (key) => key === "aws:TagKeys")).toEqual({ "aws:SourceIp": "192.0.2.1", "aws:TagKeys": ["a", "b"] });
});

test("a resource policy goes to the simulator for users alone", () => {
  const form = { ...emptyTest, action: "kms:Decrypt", resource: "*" };
  expect(simulationInput(form, alice, { k: ["v"] }, "{}")).toEqual({
    PolicySourceArn: alice.arn,
    ActionNames: ["kms:Decrypt"],
    ResourceArns: ["*"],
    ContextEntries: [{ ContextKeyName: "k", ContextKeyValues: ["v"], ContextKeyType: "stringList" }],
    ResourcePolicy: "{}",
    CallerArn: alice.arn,
  });
  expect(simulationInput(form, app, {}, "{}")).toEqual({ PolicySourceArn: app.arn, ActionNames: ["kms:Decrypt"], ResourceArns: ["*"] });
});

test("whom the simulator takes", () => {
  expect(notSimulated(alice, A)).toBeUndefined();
  expect(notSimulated({ ...alice, kind: "root user" }, A)).toMatch(/root/);
  expect(notSimulated(alice, "444455556666")).toMatch(/444455556666|belongs/);
});
