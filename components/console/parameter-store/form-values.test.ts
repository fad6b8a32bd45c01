import { describe, expect, test } from "vitest";
import { emptyForm, formFor, putInput, tierOptions, valueRoom, type ParameterForm } from "./form-values";
import type { ParameterMetadata } from "./parameter-types";
import { parameterPath } from "./place-of";

const form = (part: Partial<ParameterForm>): ParameterForm => ({ ...emptyForm, name: "/a", value: "v", ...part });

describe("what is put", () => {
  test.each<[string, Partial<ParameterForm>, boolean, object]>([
    ["a String", {}, false, { Name: "/a", Type: "String", Value: "v", Tier: "Standard" }],
    [
      "a SecureString names its key",
      { type: "SecureString" },
      false,
      { Name: "/a", Type: "SecureString", Value: "v", Tier: "Standard", KeyId: "alias/aws/ssm" },
    ],
    [
      "another data type",
      { dataType: "aws:ec2:image" },
      false,
      { Name: "/a", Type: "String", Value: "v", Tier: "Standard", DataType: "aws:ec2:image" },
    ],
    [
      "tags",
      { tags: [{ key: "k", value: "1" }] },
      false,
      { Name: "/a", Type: "String", Value: "v", Tier: "Standard", Tags: [{ Key: "k", Value: "1" }] },
    ],
    [
      "policies of a standard parameter are not sent",
      { policies: { expiration: "x" } },
      false,
      { Name: "/a", Type: "String", Value: "v", Tier: "Standard" },
    ],
    [
      "editing overwrites, without tags",
      { tags: [{ key: "k", value: "1" }] },
      true,
      { Name: "/a", Description: "", Type: "String", Value: "v", Tier: "Standard", DataType: "text", Overwrite: true },
    ],
    [
      "no policies left",
      { tier: "Advanced" },
      true,
      { Name: "/a", Description: "", Type: "String", Value: "v", Tier: "Advanced", DataType: "text", Policies: "[]", Overwrite: true },
    ],
  ])("%s", (_, part, editing, input) => expect(putInput(form(part), editing)).toEqual(input));

  test("policies of an advanced parameter", () =>
    expect(
      JSON.parse(putInput(form({ tier: "Advanced", policies: { expiration: "2027-01-01T00:00:00Z" } }), false).Policies as string),
    ).toHaveLength(1));
});

test("a stored parameter fills the form, and what it would put changes nothing but the version", () => {
  const stored: ParameterMetadata = {
    Name: "/a",
    Type: "SecureString",
    KeyId: "arn:aws:kms:us-east-1:444455556666:key/k",
    LastModifiedDate: 0,
    Version: 3,
    Tier: "Advanced",
    Description: "d",
    DataType: "text",
  };
  const filled = formFor(stored, undefined);
  expect(filled).toMatchObject({
    name: "/a",
    type: "SecureString",
    keySource: "another",
    keyId: stored.KeyId,
    tier: "Advanced",
    description: "d",
    value: "",
  });
  expect(putInput(filled, true)).toMatchObject({ KeyId: stored.KeyId, Tier: "Advanced", Description: "d" });
});

test.each([
  ["ascii", "a".repeat(4096), "Standard" as const, false],
  ["one too many", "a".repeat(4097), "Standard" as const, true],
  ["bytes, not letters", "é".repeat(2049), "Standard" as const, true],
  ["advanced", "a".repeat(8192), "Advanced" as const, false],
])("room: %s", (_, value, tier, over) => expect(valueRoom(form({ value, tier })).over).toBe(over));

test.each([
  [false, undefined, 3],
  [true, "Standard" as const, 3],
  [true, "Advanced" as const, 1],
])("tiers, editing %s a parameter of %s", (editing, stored, count) => expect(tierOptions(editing, stored)).toHaveLength(count));

test.each([
  ["/my-app/dev/db-url", undefined, "parameters/%2Fmy-app%2Fdev%2Fdb-url"],
  ["create", undefined, "parameters/create/overview"],
  ["create", "edit", "parameters/create/edit"],
  ["plain", "history", "parameters/plain/history"],
])("address of %s", (name, tab, path) => expect(parameterPath(name, tab)).toBe(path));
