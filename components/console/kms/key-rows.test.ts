import { describe, expect, test } from "vitest";
import { actionProblems, isAwsManaged, keyRows, matchesFilter, type KeyMetadata, type KeyRow } from "./key-rows";
import { canRotate, KEY_USAGES, keySpecs, keyTypeOf, type KeyType } from "./key-specs";
import { publicKeyPem } from "./pem";

const metadata = (part: Partial<KeyMetadata>): KeyMetadata => ({
  AWSAccountId: "111122223333",
  Arn: "arn:aws:kms:us-east-1:111122223333:key/k1",
  KeyId: "k1",
  CreationDate: 0,
  Enabled: true,
  KeyManager: "CUSTOMER",
  KeySpec: "SYMMETRIC_DEFAULT",
  KeyState: "Enabled",
  KeyUsage: "ENCRYPT_DECRYPT",
  Origin: "AWS_KMS",
  ...part,
});
const row = (part: Partial<KeyMetadata> = {}, aliases = ["payroll"]): KeyRow => ({
  id: "k1",
  arn: "arn",
  aliases,
  metadata: metadata(part),
});

test("keys, aliases and metadata are joined; predefined aliases without a key are left out", () => {
  const rows = keyRows(
    [
      { KeyId: "k1", KeyArn: "a1" },
      { KeyId: "k2", KeyArn: "a2" },
    ],
    [
      { AliasName: "alias/one", AliasArn: "", TargetKeyId: "k1" },
      { AliasName: "alias/two", AliasArn: "", TargetKeyId: "k1" },
      { AliasName: "alias/aws/ebs", AliasArn: "" },
    ],
    new Map([["k1", metadata({})]]),
  );
  expect(rows.map(({ id, aliases, metadata: known }) => [id, aliases, !!known])).toEqual([
    ["k1", ["one", "two"], true],
    ["k2", [], false],
  ]);
});

test.each([
  [row({ KeyManager: "AWS" }), true],
  [row({ KeyManager: "CUSTOMER" }, ["aws/odd"]), false],
  [{ id: "k", arn: "", aliases: ["aws/ssm"] }, true],
  [{ id: "k", arn: "", aliases: [] }, false],
])("whose key: %j", (one, aws) => expect(isAwsManaged(one)).toBe(aws));

test.each([
  ["", true],
  ["PAY", true],
  ["payroll enabled", true],
  ["payroll disabled", false],
  ["symmetric_default", true],
  ["encrypt and decrypt", true],
  ["k1", true],
])("filter %j", (text, found) => expect(matchesFilter(row(), text)).toBe(found));

describe("the Key actions menu", () => {
  test.each([
    [[], []],
    [["Enabled"], ["disable", "schedule"]],
    [["Disabled"], ["enable", "schedule"]],
    [["Enabled", "Disabled"], ["schedule"]],
    [["PendingDeletion"], ["cancel"]],
    [["PendingDeletion", "Enabled"], []],
    [["PendingImport"], ["schedule"]],
  ])("%j offers %j", (states, offered) => {
    const problems = actionProblems(states.map((KeyState) => row({ KeyState })));
    expect(
      Object.entries(problems)
        .filter(([, problem]) => !problem)
        .map(([action]) => action)
        .sort(),
    ).toEqual([...offered].sort());
  });
});

test("each usage has specs, and the type of each spec is the type it is offered under", () => {
  for (const type of ["symmetric", "asymmetric"] as KeyType[]) {
    for (const { value } of KEY_USAGES[type]) {
      const specs = keySpecs(type, value);
      expect(specs.length).toBeGreaterThan(0);
      for (const spec of specs) expect(keyTypeOf(spec).toLowerCase()).toBe(type);
    }
  }
});

test.each([
  ["SYMMETRIC_DEFAULT", "AWS_KMS", true],
  ["SYMMETRIC_DEFAULT", "EXTERNAL", false],
  ["HMAC_256", "AWS_KMS", false],
  ["RSA_2048", "AWS_KMS", false],
])("%s of origin %s rotates by itself: %s", (KeySpec, Origin, can) => expect(canRotate({ KeySpec, Origin })).toBe(can));

test("PEM lines have 64 characters", () => {
  const lines = publicKeyPem("A".repeat(130)).split("\n");
  expect(lines.map((line) => line.length)).toEqual([26, 64, 64, 2, 24, 0]);
});
