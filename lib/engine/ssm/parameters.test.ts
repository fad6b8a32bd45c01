import { describe, expect, it } from "vitest";
import type { JsonObject } from "../types";
import { account, dice, testLab } from "./ssm.test-helper";

const arn = (path: string): string => `arn:aws:ssm:us-east-1:${account}:parameter${path}`;

describe("put and get", () => {
  it("shows a parameter as AWS does", async () => {
    const { put, get } = testLab();
    expect(await put("/my-app/dev/db-url", "db.example.com", { Description: "about" })).toEqual({ Version: 1, Tier: "Standard" });
    expect(await get("/my-app/dev/db-url")).toEqual({
      Name: "/my-app/dev/db-url", Type: "String", Value: "db.example.com", Version: 1, LastModifiedDate: Date.UTC(2026, 0, 1) / 1000, ARN: arn("/my-app/dev/db-url"), DataType: "text",
    });
  });

  it.each(["__proto__", "constructor", "/__proto__/toString", "hasOwnProperty", "..."])("keeps the name %s", async (name) => {
    const { put, get, good } = testLab();
    await put(name, `value of ${name}`);
    expect((await get(name)).Value).toBe(`value of ${name}`);
    await good("LabelParameterVersion", { Name: name, Labels: ["__proto__", "constructor"] });
    expect((await get(`${name}:__proto__`)).Version).toBe(1);
    expect((await good("DescribeParameters", { ParameterFilters: [{ Key: "Name", Values: [name] }] })).Parameters).toHaveLength(1);
  });

  it("takes any text as a value, and gives the same back", async () => {
    const { put, get } = testLab();
    const next = dice(11);
    for (let round = 0; round < 60; round++) {
      const value = String.fromCodePoint(...Array.from({ length: 1 + next(200) }, () => [next(128), 0x400 + next(64), 0x1f600 + next(64)][next(3)])).replaceAll("{{", "{");
      for (const Type of ["String", "SecureString"]) {
        await put(`/values/${Type}/${round}`, value, { Type });
        expect((await get(`/values/${Type}/${round}`, { WithDecryption: true })).Value).toBe(value);
      }
    }
  });

  it.each([
    [{ Name: "p", Value: "x" }, "ValidationException", "A parameter type is required when you create a parameter."],
    [{ Name: "p", Value: "", Type: "String" }, "ValidationException", "1 validation error detected: Value at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1"],
    [{ Name: "p", Value: "x".repeat(32_769), Type: "String" }, "ValidationException", "1 validation error detected: Value at 'value' failed to satisfy constraint: Member must have length less than or equal to 32768"],
    [{ Name: "p", Value: "x", Type: "Binary" }, "ValidationException", "Member must satisfy enum value set"],
    [{ Name: "p", Value: "x", Type: "String", KeyId: "alias/mine" }, "ValidationException", "KeyId is required for SecureString type parameter only."],
    [{ Name: "p", Value: "{{ssm:other}}", Type: "String" }, "ValidationException", `Parameter value can't nest another parameter. Do not use "{{}}" in the value.`],
    [{ Name: "p", Value: "x", Type: "String", DataType: "Text" }, "ValidationException", "The following data type is not supported: Text (Data type names are all lowercase.)"],
    [{ Name: "p", Value: "true", Type: "String", DataType: "boolean" }, "NotSimulated", "boolean"],
    [{ Name: "p", Value: "x", Type: "String", Tags: [{ Key: "k", Value: "v" }], Overwrite: true }, "ValidationException", "Invalid request: tags and overwrite can't be used together."],
    [{ Name: "p", Value: "x", Type: "String", Tags: [{ Key: "aws:k", Value: "v" }] }, "ValidationException", "aws:"],
    [{ Name: "p", Value: "x", Type: "String", AllowedPattern: "^\\d+$" }, "ParameterPatternMismatchException", "Parameter value, cannot be validated against allowedPattern: ^\\d+$"],
    [{ Name: "p", Value: "x", Type: "String", AllowedPattern: "(" }, "InvalidAllowedPatternException", ""],
    [{ Name: "n".repeat(2_000), Value: "x", Type: "String" }, "ValidationException", "too long"],
    [{ Name: "n".repeat(2_049), Value: "x", Type: "String" }, "ValidationException", "Member must have length less than or equal to 2048"],
  ])("refuses %j", async (input, code, text) => {
    const { bad } = testLab();
    const refusal = await bad("PutParameter", input);
    expect(refusal.code).toBe(code);
    expect(refusal.message).toContain(text);
  });

  it("keeps what an overwrite does not name", async () => {
    const { put, good, bad } = testLab();
    await put("p", "123", { Description: "first", AllowedPattern: "^\\d+$" });
    await good("PutParameter", { Name: "p", Value: "456", Overwrite: true });
    const [now] = (await good("DescribeParameters", {})).Parameters;
    expect(now).toMatchObject({ Description: "first", AllowedPattern: "^\\d+$", Type: "String", Version: 2 });
    expect((await bad("PutParameter", { Name: "p", Value: "x", Overwrite: true })).code).toBe("ParameterPatternMismatchException");
    expect((await bad("PutParameter", { Name: "p", Value: "1", Type: "SecureString", Overwrite: true })).code).toBe("HierarchyTypeMismatchException");
    expect((await bad("PutParameter", { Name: "p", Value: "1", Type: "String" })).code).toBe("ParameterAlreadyExists");
  });

  it("gets several in the order of their names, and names what is not there", async () => {
    const { put, good, bad } = testLab();
    await put("/b", "2");
    await put("/a", "1");
    await put("/a", "1b", { Overwrite: true });
    const answer = await good("GetParameters", { Names: ["/b", "/none", "/a:1", "/a:9", arn("/a")] });
    expect(answer.Parameters.map((p: any) => [p.Name, p.Version, p.Selector])).toEqual([["/a", 2, undefined], ["/a", 1, ":1"], ["/b", 1, undefined]]);
    expect(answer.InvalidParameters).toEqual(["/none", "/a:9"]);
    expect((await bad("GetParameters", { Names: ["/a", "not a name"] })).code).toBe("ValidationException");
    expect((await bad("GetParameters", { Names: Array.from({ length: 11 }, (_, i) => `n${i}`) })).code).toBe("ValidationException");
  });

  it("deletes one or several with all that hangs on them", async () => {
    const { put, good, bad, lab } = testLab();
    for (const name of ["a", "b", "c"]) await put(name, "x", { Tags: [{ Key: "k", Value: "v" }] });
    await put("a", "y", { Overwrite: true });
    expect(await good("DeleteParameters", { Names: ["a", "none", "b"] })).toEqual({ DeletedParameters: ["a", "b"], InvalidParameters: ["none"] });
    expect(await good("DeleteParameter", { Name: "c" })).toEqual({});
    expect(await bad("DeleteParameter", { Name: "c" })).toEqual({ code: "ParameterNotFound", message: "" });
    expect(lab.snapshot().records[account]["us-east-1"].ssm).toEqual({ counts: [["parameters", { Standard: 0, Advanced: 0 }]] });
    await put("a", "again");
    expect((await good("GetParameterHistory", { Name: "a" })).Parameters).toHaveLength(1);
  });

  it("is one store for each account and Region", async () => {
    const { put, good, bad } = testLab();
    await put("p", "here");
    expect((await bad("GetParameter", { Name: "p" }, undefined, "eu-west-1")).code).toBe("ParameterNotFound");
    await good("PutParameter", { Name: "p", Value: "there", Type: "String" }, undefined, "eu-west-1");
    expect((await good("GetParameter", { Name: "p" }, undefined, "eu-west-1")).Parameter.Value).toBe("there");
    // An ARN of another Region names nothing here.
    expect((await bad("GetParameter", { Name: `arn:aws:ssm:eu-west-1:${account}:parameter/p` })).code).toBe("ParameterNotFound");
  });
});

describe("versions and labels", () => {
  it("keeps 100 versions, and none fewer for a label on the oldest", async () => {
    const { put, good, bad, get } = testLab();
    await put("p", "v1");
    for (let version = 2; version <= 100; version++) await put("p", `v${version}`, { Overwrite: true });
    await good("LabelParameterVersion", { Name: "p", ParameterVersion: 1, Labels: ["gold"] });
    expect(await bad("PutParameter", { Name: "p", Value: "v101", Overwrite: true })).toEqual({
      code: "ParameterMaxVersionLimitExceeded",
      message:
        "You attempted to create a new version of p by calling the PutParameter API with the overwrite flag. Version 1, the oldest version, can't be deleted because it has a label associated with it. Move the label to another version of the parameter, and try again.",
    });
    await good("LabelParameterVersion", { Name: "p", Labels: ["gold"] });
    await put("p", "v101", { Overwrite: true });
    expect((await bad("GetParameter", { Name: "p:1" })).code).toBe("ParameterVersionNotFound");
    expect((await get("p:2")).Value).toBe("v2");
    const first = await good("GetParameterHistory", { Name: "p" });
    expect(first.Parameters.map((p: any) => p.Version)).toEqual(Array.from({ length: 50 }, (_, i) => i + 2));
    const second = await good("GetParameterHistory", { Name: "p", NextToken: first.NextToken });
    expect(second.Parameters.map((p: any) => p.Version)).toEqual(Array.from({ length: 50 }, (_, i) => i + 52));
    expect(second.NextToken).toBeUndefined();
    expect((await get("p:gold")).Value).toBe("v100");
  });

  it("gives bad labels back and puts the good ones on", async () => {
    const { put, good, get, bad } = testLab();
    await put("p", "x");
    const labels = ["good", "1st", "awsome", "SSM-x", "with space", "ä", "_ok.-9"];
    expect(await good("LabelParameterVersion", { Name: "p", Labels: labels })).toEqual({ InvalidLabels: ["1st", "awsome", "SSM-x", "with space", "ä"], ParameterVersion: 1 });
    expect(await get("p:good")).toMatchObject({ Name: "p", Selector: ":good", Version: 1 });
    expect((await good("GetParameterHistory", { Name: "p" })).Parameters[0].Labels).toEqual(["good", "_ok.-9"]);
    expect(await good("UnlabelParameterVersion", { Name: "p", ParameterVersion: 1, Labels: ["good", "none"] })).toEqual({ RemovedLabels: ["good"], InvalidLabels: ["none"] });
    expect((await bad("GetParameter", { Name: "p:good" })).code).toBe("ParameterVersionNotFound");
    expect((await bad("LabelParameterVersion", { Name: "p", ParameterVersion: 2, Labels: ["a"] })).message).toBe("Systems Manager could not find version 2 of p. Verify the version and try again.");
    expect((await bad("LabelParameterVersion", { Name: "q", Labels: ["a"] })).code).toBe("ParameterNotFound");
  });

  it("puts ten labels on a version, not eleven", async () => {
    const { put, good, bad } = testLab();
    await put("p", "x");
    await good("LabelParameterVersion", { Name: "p", Labels: Array.from({ length: 10 }, (_, i) => `l${i}`) });
    await good("LabelParameterVersion", { Name: "p", Labels: ["l0", "l9"] });
    expect((await bad("LabelParameterVersion", { Name: "p", Labels: ["l10"] })).code).toBe("ParameterVersionLabelLimitExceeded");
  });
});

describe("tags and settings", () => {
  it("adds, overwrites, removes and lists tags", async () => {
    const { put, good, bad } = testLab();
    await put("p", "x", { Tags: [{ Key: "a", Value: "1" }] });
    const target = { ResourceType: "Parameter", ResourceId: "p" };
    await good("AddTagsToResource", { ...target, Tags: [{ Key: "b", Value: "2" }, { Key: "a", Value: "3" }, { Key: "__proto__", Value: "4" }] });
    await good("RemoveTagsFromResource", { ...target, TagKeys: ["b", "none"] });
    expect(await good("ListTagsForResource", target)).toEqual({ TagList: [{ Key: "a", Value: "3" }, { Key: "__proto__", Value: "4" }] });
    const many = Array.from({ length: 49 }, (_, i) => ({ Key: `k${i}`, Value: "v" }));
    expect((await bad("AddTagsToResource", { ...target, Tags: many })).code).toBe("TooManyTagsError");
    expect((await bad("ListTagsForResource", { ...target, ResourceId: "none" })).code).toBe("InvalidResourceId");
    expect((await bad("ListTagsForResource", { ResourceType: "Document", ResourceId: "p" })).code).toBe("NotSimulated");
    expect((await bad("ListTagsForResource", { ResourceType: "Bucket", ResourceId: "p" })).code).toBe("ValidationException");
  });

  it("has Parameter Store's two service settings", async () => {
    const { good, bad } = testLab();
    const id = "/ssm/parameter-store/high-throughput-enabled";
    const ARN = `arn:aws:ssm:us-east-1:${account}:servicesetting${id}`;
    expect((await good("GetServiceSetting", { SettingId: id })).ServiceSetting).toEqual({ SettingId: id, SettingValue: "false", ARN, Status: "Default" });
    await good("UpdateServiceSetting", { SettingId: ARN, SettingValue: "true" });
    expect((await good("GetServiceSetting", { SettingId: ARN })).ServiceSetting).toMatchObject({ SettingId: id, SettingValue: "true", Status: "Customized", LastModifiedUser: `arn:aws:iam::${account}:user/admin` });
    expect((await good("ResetServiceSetting", { SettingId: id })).ServiceSetting).toMatchObject({ SettingValue: "false", Status: "Default" });
    expect((await bad("UpdateServiceSetting", { SettingId: id, SettingValue: "yes" })).code).toBe("ValidationException");
    expect((await bad("GetServiceSetting", { SettingId: "/ssm/opsinsights/opscenter" })).code).toBe("NotSimulated");
    expect((await bad("GetServiceSetting", { SettingId: "/ssm/none" })).code).toBe("ServiceSettingNotFound");
  });
});

describe("public parameters and images", () => {
  const al2023 = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";
  const al2 = "/aws/service/ami-amazon-linux-latest/amzn2-ami-hvm-x86_64-gp2";

  it("are there for everyone, the same in a Region of every lab, other in another Region", async () => {
    const one = await testLab(1).get(al2);
    const two = await testLab(2).get(al2);
    expect(one).toEqual(two);
    expect(one).toMatchObject({ Name: al2, Type: "String", ARN: `arn:aws:ssm:us-east-1::parameter${al2}`, DataType: "text" });
    expect(one.Value).toMatch(/^ami-0[0-9a-f]{16}$/);
    const { good } = testLab();
    expect((await good("GetParameter", { Name: al2 }, undefined, "eu-west-1")).Parameter.Value).not.toBe(one.Value);
    expect((await good("GetParameters", { Names: [al2023, "/aws/service/none"] })).InvalidParameters).toEqual(["/aws/service/none"]);
  });

  it("are found by path, page by page", async () => {
    const { good } = testLab();
    const names: string[] = [];
    for (let NextToken: string | undefined, page = 0; page === 0 || NextToken; page++) {
      const answer: any = await good("GetParametersByPath", { Path: "/aws/service/ami-amazon-linux-latest", ...(NextToken && { NextToken }) });
      names.push(...answer.Parameters.map((p: any) => p.Name));
      NextToken = answer.NextToken;
    }
    expect(names).toContain(al2023);
    expect(names).toContain(al2);
    expect(new Set(names).size).toBe(names.length);
    expect((await good("GetParametersByPath", { Path: "/", Recursive: true })).Parameters).toEqual([]);
  });

  it("cannot be written", async () => expect((await testLab().bad("PutParameter", { Name: al2, Value: "x", Type: "String" })).code).toBe("AccessDeniedException"));

  it("are the images that aws:ec2:image knows; others come to nothing, and an event says so", async () => {
    const { put, get, bad, events } = testLab();
    const image = (await get(al2023)).Value;
    await put("/golden", image, { DataType: "aws:ec2:image" });
    expect(await get("/golden")).toMatchObject({ Value: image, DataType: "aws:ec2:image" });
    for (const value of ["ami-12345678", "image"]) expect(await put("/broken", value, { DataType: "aws:ec2:image" })).toEqual({ Version: 1, Tier: "Standard" });
    expect((await bad("GetParameter", { Name: "/broken" })).code).toBe("ParameterNotFound");
    expect(events("Parameter Store Change").find(({ detail }) => detail.name === "/broken")).toMatchObject({
      resources: [arn("/broken")],
      detail: { exception: "Unable to Describe Resource", dataType: "aws:ec2:image", name: "/broken", type: "String", operation: "Create" },
    });
    expect((await bad("PutParameter", { Name: "/s", Value: image, Type: "SecureString", DataType: "aws:ec2:image" })).code).toBe("ValidationException");
  });
});
