import { describe, expect, test } from "vitest";
import type { ServiceModel } from "./model";
import kmsModel from "./models/kms.json";
import ssmModel from "./models/ssm.json";
import { checkShape, problemText } from "./shapes";
import type { Json } from "./types";

const models = { kms: kmsModel as unknown as ServiceModel, ssm: ssmModel as unknown as ServiceModel };
const check = (service: keyof typeof models, operation: string, input: Json) => checkShape(models[service], models[service].operations[operation].input?.shape, input);
const base64 = (length: number): string => Buffer.alloc(length, 1).toString("base64");

describe("an input against the API's shapes", () => {
  test.each([
    // service, operation, input, AWS's text (recorded where it has a blob, a tag path or a number; else of the same form)
    ["kms", "Encrypt", { KeyId: "k", Plaintext: base64(4097) }, "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must have length less than or equal to 4096"],
    ["kms", "Encrypt", { KeyId: "k", Plaintext: "" }, "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must have length greater than or equal to 1"],
    ["kms", "Encrypt", { Plaintext: base64(1) }, "1 validation error detected: Value null at 'keyId' failed to satisfy constraint: Member must not be null"],
    ["kms", "GenerateRandom", { NumberOfBytes: 1025 }, "1 validation error detected: Value '1025' at 'numberOfBytes' failed to satisfy constraint: Member must have value less than or equal to 1024"],
    ["kms", "TagResource", { KeyId: "k", Tags: [{ TagKey: "", TagValue: "v" }] }, "1 validation error detected: Value '' at 'tags.1.member.tagKey' failed to satisfy constraint: Member must have length greater than or equal to 1"],
    ["ssm", "PutParameter", { Name: "n", Value: "v", Type: "Text" }, "1 validation error detected: Value 'Text' at 'type' failed to satisfy constraint: Member must satisfy enum value set: [SecureString, StringList, String]"],
    ["kms", "CreateGrant", { KeyId: "k", GranteePrincipal: "arn:aws:iam::111122223333:root", Operations: ["Decrypt", "Fly"] }, /^1 validation error detected: Value '\[Decrypt, Fly\]' at 'operations' failed to satisfy constraint: Member must satisfy constraint: \[Member must satisfy enum value set: \[Decrypt, Encrypt, .*, DeriveSharedSecret\]\]$/],
    ["kms", "Encrypt", { KeyId: "k", Plaintext: base64(1), GrantTokens: [""] }, "1 validation error detected: Value '[]' at 'grantTokens' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 8192, Member must have length greater than or equal to 1]"],
    ["ssm", "GetParameters", { Names: ["a", "", "b"] }, "1 validation error detected: Value '[a, , b]' at 'names' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 2048, Member must have length greater than or equal to 1]"],
    ["ssm", "GetParameters", { Names: ["a", null] }, "1 validation error detected: Value '[a, null]' at 'names' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 2048, Member must have length greater than or equal to 1, Member must not be null]"],
    ["ssm", "GetParameters", { Names: Array(11).fill("x") }, "1 validation error detected: Value '[x, x, x, x, x, x, x, x, x, x, x]' at 'names' failed to satisfy constraint: Member must have length less than or equal to 10"],
    ["ssm", "LabelParameterVersion", { Name: "n", Labels: ["x".repeat(101)] }, /^1 validation error detected: Value '\[x{101}\]' at 'labels' failed to satisfy constraint: Member must satisfy constraint: \[Member must have length less than or equal to 100, /],
    ["ssm", "GetParameter", {}, "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null"],
  ] as const)("%s %s %j", (service, operation, input, text) => {
    const said = problemText(check(service, operation, input as unknown as Json).problems);
    if (typeof text === "string") expect(said).toBe(text);
    else expect(said).toMatch(text);
  });

  test.each([
    ["kms", "Encrypt", { KeyId: 5, Plaintext: base64(1) }, "NUMBER_VALUE can not be converted to a String"],
    ["kms", "Encrypt", { KeyId: "k", Plaintext: "not base64!" }, "Failed to decode base64 string"],
    ["kms", "GenerateRandom", { NumberOfBytes: "12" }, "STRING_VALUE can not be converted to an Integer"],
    ["ssm", "GetParameters", { Names: "a" }, "Expected list or null"],
    ["ssm", "GetParameter", { Name: { a: 1 } }, "START_OBJECT can not be converted to a String"],
    ["ssm", "GetParameter", [], "Start of list found where not expected"],
  ] as const)("wrong type: %s %s %j", (service, operation, input, text) => {
    expect(check(service, operation, input as unknown as Json).malformed).toBe(text);
  });

  test("unknown members and nulls are left out; map keys stay what they are", () => {
    const input = JSON.parse('{"KeyId":"k","Plaintext":"AA==","Nonsense":1,"DryRun":null,"EncryptionContext":{"__proto__":"p","a":"b"}}') as Json;
    const { value, problems, malformed } = check("kms", "Encrypt", input);
    expect([problems, malformed]).toEqual([[], undefined]);
    expect(JSON.stringify(value)).toBe('{"KeyId":"k","Plaintext":"AA==","EncryptionContext":{"__proto__":"p","a":"b"}}');
  });

  test("every pattern of every model can be read", () => {
    for (const model of Object.values(models))
      for (const operation of Object.values(model.operations)) expect(() => checkShape(model, operation.input?.shape, { KeyId: "x" })).not.toThrow();
  });
});
