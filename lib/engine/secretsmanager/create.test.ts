import { describe, expect, it } from "vitest";
import type { JsonObject } from "../types";
import { account, admin, adminOfOther, testLab, token } from "./secretsmanager.test-helper";

const exists = (name: string): string => `The operation failed because the secret ${name} already exists.`;

describe("CreateSecret", () => {
  it("answers with ARN, name and version; the ending is six characters by chance", async () => {
    const { create, good } = testLab();
    const first = await create("app/db", "v", { ClientRequestToken: token(1) });
    expect(first).toEqual({ ARN: expect.stringMatching(new RegExp(`^arn:aws:secretsmanager:us-east-1:${account}:secret:app/db-[A-Za-z0-9]{6}$`)), Name: "app/db", VersionId: token(1) });
    const endings = new Set<string>();
    for (let i = 0; i < 40; i++) endings.add((await create(`s${i}`)).ARN.slice(-6));
    expect(endings.size).toBe(40);
    expect(await good("CreateSecret", { Name: "empty" })).toEqual({ ARN: expect.any(String), Name: "empty" });
  });

  it.each<[string, JsonObject, string, string | RegExp]>([
    ["a space", { Name: "a b" }, "ValidationException", "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!"],
    ["no name", {}, "ValidationException", "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null"],
    ["an empty name", { Name: "" }, "ValidationException", /length greater than or equal to 1/],
    ["513 characters", { Name: "n".repeat(513) }, "ValidationException", /length less than or equal to 512/],
    ["a short token", { Name: "a", ClientRequestToken: "x" }, "ValidationException", /at 'clientRequestToken' failed to satisfy constraint: Member must have length greater than or equal to 32/],
    ["both values", { Name: "a", SecretString: "x", SecretBinary: "eA==" }, "InvalidParameterException", "You can't specify both a binary secret value and a string secret value in the same secret."],
    ["65,537 characters", { Name: "a", SecretString: "x".repeat(65_537) }, "ValidationException", "1 validation error detected: Value at 'secretString' failed to satisfy constraint: Member must have length less than or equal to 65536"],
    ["65,538 bytes in 32,769 characters", { Name: "a", SecretString: "é".repeat(32_769) }, "ValidationException", "1 validation error detected: Value at 'secretString' failed to satisfy constraint: Member must have length less than or equal to 65536"],
    ["an empty value", { Name: "a", SecretString: "" }, "ValidationException", /length greater than or equal to 1/],
    ["a tag of AWS's", { Name: "a", Tags: [{ Key: "aws:x", Value: "v" }] }, "InvalidParameterException", /aws:/],
    ["a tag twice", { Name: "a", Tags: [{ Key: "k", Value: "1" }, { Key: "k", Value: "2" }] }, "InvalidParameterException", /more than once/],
    ["51 tags", { Name: "a", Tags: Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}`, Value: "v" })) }, "InvalidParameterException", /50 tags/],
    ["a replica at home", { Name: "a", AddReplicaRegions: [{ Region: "us-east-1" }] }, "InvalidParameterException", "Invalid replica region."],
    ["a Region that is none", { Name: "a", AddReplicaRegions: [{ Region: "xx-east-9" }] }, "InvalidParameterException", "Invalid replica region."],
    ["a Region twice", { Name: "a", AddReplicaRegions: [{ Region: "eu-west-1" }, { Region: "eu-west-1" }] }, "InvalidParameterException", /more than once/],
    ["a key that is not there", { Name: "a", SecretString: "v", KmsKeyId: "alias/none" }, "EncryptionFailure", /alias\/none is not found/],
  ])("refuses %s", async (_, input, code, message) => {
    const refused = await testLab().bad("CreateSecret", input);
    expect(refused).toMatchObject({ code, message: typeof message === "string" ? message : expect.stringMatching(message) });
  });

  it("wants a token of whoever calls from outside", async () => {
    const { raw } = testLab();
    expect(await raw.bad("CreateSecret", { Name: "a", SecretString: "v" })).toEqual({ code: "InvalidRequestException", message: "You must provide a ClientRequestToken value. We recommend a UUID-type value." });
  });

  it("takes the largest value, as text and as bytes", async () => {
    const { create, good, get } = testLab();
    await create("text", "é".repeat(32_768));
    expect(await get("text")).toBe("é".repeat(32_768));
    const bytes = btoa("\u0000\u00ff".repeat(32_768));
    await good("CreateSecret", { Name: "bytes", SecretBinary: bytes });
    expect(await good("GetSecretValue", { SecretId: "bytes" })).toMatchObject({ SecretBinary: bytes });
  });

  it("is idempotent by token and value, and by nothing else", async () => {
    const { create, bad, good, lab } = testLab();
    const made = await create("a", "v", { ClientRequestToken: token(1) });
    const before = JSON.stringify(lab.read({ account, region: "us-east-1", service: "secretsmanager" }).table("secrets").all());
    expect(await create("a", "v", { ClientRequestToken: token(1) })).toEqual(made);
    expect(JSON.stringify(lab.read({ account, region: "us-east-1", service: "secretsmanager" }).table("secrets").all())).toBe(before);
    expect(await bad("CreateSecret", { Name: "a", SecretString: "w", ClientRequestToken: token(1) })).toEqual({ code: "ResourceExistsException", message: `You can't use ClientRequestToken ${token(1)} because that value is already in use for a version of secret ${made.ARN}.` });
    expect(await bad("CreateSecret", { Name: "a", SecretString: "v", ClientRequestToken: token(2) })).toEqual({ code: "ResourceExistsException", message: exists("a") });
    expect(await bad("CreateSecret", { Name: "a", ClientRequestToken: token(1) })).toEqual({ code: "ResourceExistsException", message: exists("a") });
    // A name is the account's and the Region's.
    await good("CreateSecret", { Name: "a", SecretString: "v" }, admin, "eu-west-1");
    await good("CreateSecret", { Name: "a", SecretString: "v" }, adminOfOther);
  });

  it("keeps what it was given, and tells it in DescribeSecret", async () => {
    const { create, good, key } = testLab();
    const KmsKeyId = await key();
    const { ARN, VersionId } = await create("a", "v", { Description: "d", KmsKeyId, Tags: [{ Key: "team", Value: "blue" }, { Key: "__proto__", Value: "x" }] });
    expect(await good("DescribeSecret", { SecretId: "a" })).toEqual({
      ARN,
      Name: "a",
      Description: "d",
      KmsKeyId,
      LastChangedDate: expect.any(Number),
      Tags: [{ Key: "team", Value: "blue" }, { Key: "__proto__", Value: "x" }],
      VersionIdsToStages: { [VersionId]: ["AWSCURRENT"] },
      CreatedDate: expect.any(Number),
    });
    await create("managed", "v", { KmsKeyId: "alias/aws/secretsmanager" });
    expect(await good("DescribeSecret", { SecretId: "managed" })).not.toHaveProperty("KmsKeyId");
  });
});

describe("finding a secret", () => {
  it("by name, whole ARN, and ARN without its ending", async () => {
    const { create, get } = testLab();
    const { ARN } = await create("app/db");
    for (const SecretId of ["app/db", ARN, ARN.slice(0, -7)]) expect(await get(SecretId)).toBe("value");
  });

  it.each<[string, (arn: string) => string]>([
    ["another ending", (arn) => `${arn.slice(0, -6)}abcdef`],
    ["another Region", (arn) => arn.replace("us-east-1", "eu-west-1")],
    ["a part of the name", () => "app"],
    ["another case", () => "APP/DB"],
    ["the ARN of something else", () => "arn:aws:ssm:us-east-1:111122223333:parameter/app/db"],
    ["a broken ARN", () => "arn:aws:secretsmanager"],
  ])("not by %s", async (_, change) => {
    const { create, bad } = testLab();
    const { ARN } = await create("app/db");
    expect(await bad("GetSecretValue", { SecretId: change(ARN) })).toEqual({ code: "ResourceNotFoundException", message: "Secrets Manager can't find the specified secret." });
  });

  it("a name that ends like an ARN is not found by the ARN without its ending", async () => {
    const { create, get, bad } = testLab();
    const { ARN } = await create("app-abc123");
    expect(await get("app-abc123")).toBe("value");
    expect(await get(ARN)).toBe("value");
    expect((await bad("GetSecretValue", { SecretId: ARN.slice(0, -7) })).code).toBe("ResourceNotFoundException");
  });

  it("a secret that was made anew has another ARN, and the old one leads nowhere", async () => {
    const { create, good, bad } = testLab();
    const { ARN } = await create("a");
    await good("DeleteSecret", { SecretId: "a", ForceDeleteWithoutRecovery: true });
    expect((await create("a")).ARN).not.toBe(ARN);
    expect((await bad("GetSecretValue", { SecretId: ARN })).code).toBe("ResourceNotFoundException");
  });
});

describe("tags", () => {
  it("are put over each other, taken off, and told as an empty list when the last one is gone", async () => {
    const { create, good, lab } = testLab();
    await create("a");
    const tags = async () => (await good("DescribeSecret", { SecretId: "a" })).Tags;
    expect(await tags()).toBeUndefined();
    await good("TagResource", { SecretId: "a", Tags: [{ Key: "x", Value: "1" }, { Key: "y" }] });
    await good("TagResource", { SecretId: "a", Tags: [{ Key: "x", Value: "2" }] });
    expect(await tags()).toEqual([{ Key: "x", Value: "2" }, { Key: "y", Value: "" }]);
    const seq = lab.journal.at(-1)!;
    await good("UntagResource", { SecretId: "a", TagKeys: ["none"] });
    expect(lab.journal.at(-1)!.changes.every(({ service }) => service !== "secretsmanager")).toBe(true);
    expect(seq).toBeDefined();
    await good("UntagResource", { SecretId: "a", TagKeys: ["x", "y"] });
    expect(await tags()).toEqual([]);
  });

  it("do not go beyond fifty", async () => {
    const { create, good, bad } = testLab();
    await create("a");
    await good("TagResource", { SecretId: "a", Tags: Array.from({ length: 50 }, (_, i) => ({ Key: `k${i}`, Value: "v" })) });
    expect((await bad("TagResource", { SecretId: "a", Tags: [{ Key: "more", Value: "v" }] })).code).toBe("InvalidParameterException");
    await good("TagResource", { SecretId: "a", Tags: [{ Key: "k1", Value: "w" }] });
  });
});
