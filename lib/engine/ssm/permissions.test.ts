import { describe, expect, it } from "vitest";
import type { Caller, JsonObject } from "../types";
import { account, adminOfOther, other, testLab } from "./ssm.test-helper";

const arn = (path: string): string => `arn:aws:ssm:us-east-1:${account}:parameter${path}`;
const alice: Caller = { account, user: "alice" };
const allow = (Action: string | string[], Resource: string | string[] = "*", Condition?: object) => ({ Effect: "Allow", Action, Resource, ...(Condition && { Condition }) });
const deny = (Action: string | string[], Resource: string | string[] = "*", Condition?: object) => ({ ...allow(Action, Resource, Condition), Effect: "Deny" });
const labOf = (...statements: object[]) => testLab(1, { alice: statements });
const noPolicy = (action: string, resource: string): string =>
  `User: arn:aws:iam::${account}:user/alice is not authorized to perform: ssm:${action} on resource: ${resource} because no identity-based policy allows the ssm:${action} action`;

describe("who may do what", () => {
  it("asks about the parameter's ARN, without its selector", async () => {
    const t = labOf(allow("ssm:GetParameter", arn("/dev/*")));
    await t.put("/dev/a", "x");
    await t.put("/prod/a", "x");
    for (const Name of ["/dev/a", "/dev/a:1", arn("/dev/a")]) await t.good("GetParameter", { Name }, alice);
    expect(await t.bad("GetParameter", { Name: "/prod/a:1" }, alice)).toEqual({ code: "AccessDeniedException", message: noPolicy("GetParameter", arn("/prod/a")) });
    // Whether it exists is nothing that one without permission learns.
    expect((await t.bad("GetParameter", { Name: "/prod/none" }, alice)).message).toBe(noPolicy("GetParameter", arn("/prod/none")));
    expect((await t.bad("GetParameter", { Name: "/dev/none" }, alice)).code).toBe("ParameterNotFound");
  });

  it("asks about everything when the name cannot be read, and about its own account only", async () => {
    const t = labOf(allow("ssm:*", arn("/dev/*")));
    expect((await t.bad("GetParameter", { Name: "dev/a" }, alice)).message).toBe(noPolicy("GetParameter", `arn:aws:ssm:us-east-1:${account}:*`));
    expect((await t.bad("PutParameter", { Name: "/dev//a", Value: "x", Type: "String" }, alice)).message).toBe(noPolicy("PutParameter", `arn:aws:ssm:us-east-1:${account}:*`));
    expect((await t.bad("DescribeParameters", {}, alice)).message).toBe(noPolicy("DescribeParameters", `arn:aws:ssm:us-east-1:${account}:*`));
    expect((await labOf(allow("ssm:DescribeParameters")).good("DescribeParameters", {}, alice)).Parameters).toEqual([]);
  });

  it.each<[string, JsonObject, string]>([
    ["GetParameters", { Names: ["/a"] }, "/a"],
    ["GetParameterHistory", { Name: "/a" }, "/a"],
    ["PutParameter", { Name: "/a", Value: "x", Type: "String" }, "/a"],
    ["DeleteParameter", { Name: "/a" }, "/a"],
    ["DeleteParameters", { Names: ["/a"] }, "/a"],
    ["LabelParameterVersion", { Name: "/a", Labels: ["l"] }, "/a"],
    ["UnlabelParameterVersion", { Name: "/a", ParameterVersion: 1, Labels: ["l"] }, "/a"],
    ["AddTagsToResource", { ResourceType: "Parameter", ResourceId: "/a", Tags: [] }, "/a"],
    ["RemoveTagsFromResource", { ResourceType: "Parameter", ResourceId: "/a", TagKeys: ["k"] }, "/a"],
    ["ListTagsForResource", { ResourceType: "Parameter", ResourceId: "/a" }, "/a"],
    ["GetResourcePolicies", { ResourceArn: arn("/a") }, "/a"],
    ["PutResourcePolicy", { ResourceArn: arn("/a"), Policy: "{}" }, "/a"],
    ["DeleteResourcePolicy", { ResourceArn: arn("/a"), PolicyId: "x", PolicyHash: "x" }, "/a"],
    ["GetParametersByPath", { Path: "/a" }, "/a"],
    ["GetParametersByPath", { Path: "/a/" }, "/a/"],
    ["GetParametersByPath", { Path: "/" }, "/"],
    ["GetParameter", { Name: "/aws/service/x" }, "/aws/service/x"],
  ])("%s is an action of its own: %j", async (operation, input, path) => {
    const t = labOf(deny("ssm:None"));
    await t.put("/a", "x");
    const resource = path.startsWith("/aws/") ? `arn:aws:ssm:us-east-1::parameter${path}` : arn(path);
    expect(await t.bad(operation, input, alice)).toEqual({ code: "AccessDeniedException", message: noPolicy(operation, resource) });
    const allowed = await labOf(allow(`ssm:${operation}`, resource)).lab.call({ service: "ssm", operation, input, caller: alice });
    expect(allowed.trace.outcome.ok || allowed.trace.outcome.stage).not.toBe("permission");
  });

  it("one denied name denies them all", async () => {
    const t = labOf(allow(["ssm:GetParameters", "ssm:DeleteParameters"], arn("/dev/*")));
    await t.put("/dev/a", "x");
    await t.put("/prod/a", "x");
    expect((await t.bad("GetParameters", { Names: ["/dev/a", "/prod/a"] }, alice)).message).toBe(noPolicy("GetParameters", arn("/prod/a")));
    expect((await t.bad("DeleteParameters", { Names: ["/dev/a", "/prod/a"] }, alice)).message).toBe(noPolicy("DeleteParameters", arn("/prod/a")));
  });

  it("whoever may read a path recursively reads what is denied beneath it", async () => {
    const t = labOf(allow("ssm:GetParametersByPath", arn("/a")), deny("ssm:*", arn("/a/b")));
    await t.put("/a/b", "secret");
    await t.put("/a/b/c", "deeper");
    expect((await t.good("GetParametersByPath", { Path: "/a", Recursive: true }, alice)).Parameters.map((p: any) => p.Value)).toEqual(["secret", "deeper"]);
    expect((await t.bad("GetParametersByPath", { Path: "/a/b" }, alice)).message).toContain("with an explicit deny in an identity-based policy");
  });

  it("knows the parameter's tags, the request's tags, and what the request is about to do", async () => {
    const t = labOf(
      allow("ssm:GetParameter", "*", { StringEquals: { "ssm:resourceTag/team": "red" } }),
      allow("ssm:GetParameterHistory", "*", { StringEquals: { "aws:ResourceTag/team": "red" } }),
      allow("ssm:PutParameter"),
      deny("ssm:PutParameter", "*", { StringEquals: { "ssm:Overwrite": "true" } }),
      deny("ssm:PutParameter", "*", { StringEquals: { "ssm:Policies": "true" } }),
      allow("ssm:AddTagsToResource", "*", { StringEquals: { "aws:RequestTag/team": "blue" }, "ForAllValues:StringEquals": { "aws:TagKeys": ["team"] } }),
      allow("ssm:GetParametersByPath"),
      deny("ssm:GetParametersByPath", "*", { StringEquals: { "ssm:Recursive": "true" } }),
    );
    const tag = (Value: string, Key = "team") => ({ Tags: [{ Key, Value }] });
    await t.put("/red", "x", tag("red"));
    await t.put("/blue", "x", tag("blue"));
    for (const operation of ["GetParameter", "GetParameterHistory"]) {
      await t.good(operation, { Name: "/red" }, alice);
      expect((await t.bad(operation, { Name: "/blue" }, alice)).code).toBe("AccessDeniedException");
    }
    const put = { Name: "/new", Value: "x", Type: "String" };
    expect((await t.bad("PutParameter", { ...put, ...tag("red") }, alice)).message).toContain("ssm:AddTagsToResource");
    expect((await t.bad("PutParameter", { ...put, Tags: [...tag("blue").Tags, ...tag("1", "cost").Tags] }, alice)).message).toContain("ssm:AddTagsToResource");
    expect((await t.bad("PutParameter", { ...put, Tier: "Advanced", Policies: "[]" }, alice)).message).toContain("explicit deny");
    await t.good("PutParameter", { ...put, ...tag("blue") }, alice);
    expect((await t.bad("PutParameter", { ...put, Overwrite: true }, alice)).message).toContain("explicit deny");
    await t.good("GetParametersByPath", { Path: "/" }, alice);
    expect((await t.bad("GetParametersByPath", { Path: "/", Recursive: true }, alice)).message).toContain("explicit deny");
  });
});

describe("who may decrypt", () => {
  const ssm = allow(["ssm:GetParameter", "ssm:PutParameter"]);

  it("with aws/ssm, everyone in the account who may read", async () => {
    const t = labOf(ssm);
    await t.put("p", "s3cret", { Type: "SecureString" });
    expect((await t.good("GetParameter", { Name: "p", WithDecryption: true }, alice)).Parameter.Value).toBe("s3cret");
    // But not by KMS itself.
    const CiphertextBlob = (await t.get("p")).Value;
    expect((await t.of("kms").bad("Decrypt", { CiphertextBlob, EncryptionContext: { PARAMETER_ARN: arn("/p") } }, alice)).code).toBe("AccessDeniedException");
  });

  it("with a key of one's own, whoever may use the key too", async () => {
    const t = labOf(ssm);
    const { KeyId, Arn } = (await t.of("kms").good("CreateKey", {})).KeyMetadata;
    await t.put("p", "s3cret", { Type: "SecureString", KeyId });
    await t.good("GetParameter", { Name: "p" }, alice);
    const denied = async (operation: string, input: JsonObject, action: string) => {
      const { code, message } = await t.bad(operation, input, alice);
      expect(code).toBe("AccessDeniedException");
      expect(message).toMatch(new RegExp(`^User: arn:aws:iam::${account}:user/alice is not authorized to perform: kms:${action} on resource: ${Arn} because no (identity|resource)-based policy allows the kms:${action} action \\(Service: AWSKMS; Status Code: 400; Error Code: AccessDeniedException; Request ID: [0-9a-f-]{36}; Proxy: null\\)$`));
    };
    await denied("GetParameter", { Name: "p", WithDecryption: true }, "Decrypt");
    await denied("PutParameter", { Name: "q", Value: "x", Type: "SecureString", KeyId }, "Encrypt");
    await denied("PutParameter", { Name: "q", Value: "x", Type: "SecureString", KeyId, Tier: "Advanced" }, "GenerateDataKey");
  });

  it("can be bound to the parameter by its encryption context", async () => {
    const t = labOf(ssm, allow("kms:Decrypt", "*", { StringEquals: { "kms:EncryptionContext:PARAMETER_ARN": arn("/mine"), "kms:ViaService": "ssm.us-east-1.amazonaws.com" } }));
    const { KeyId } = (await t.of("kms").good("CreateKey", {})).KeyMetadata;
    for (const [Name, Tier] of [["/mine", "Standard"], ["/theirs", "Advanced"]]) await t.put(Name, "s3cret", { Type: "SecureString", KeyId, Tier });
    expect((await t.good("GetParameter", { Name: "/mine", WithDecryption: true }, alice)).Parameter.Value).toBe("s3cret");
    expect((await t.bad("GetParameter", { Name: "/theirs", WithDecryption: true }, alice)).code).toBe("AccessDeniedException");
  });
});

describe("sharing with another account", () => {
  const policyFor = (path: string, Action: string[] = ["ssm:GetParameter", "ssm:GetParameters", "ssm:DescribeParameters"]) =>
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${other}:root` }, Action, Resource: arn(path) }] });

  it("lets the other account read what the policy says, by ARN", async () => {
    const t = testLab();
    await t.put("/shared", "hello", { Tier: "Advanced" });
    const Name = arn("/shared");
    expect((await t.bad("GetParameter", { Name }, adminOfOther)).code).toBe("AccessDeniedException");
    const { PolicyId, PolicyHash } = await t.good("PutResourcePolicy", { ResourceArn: Name, Policy: policyFor("/shared") });
    expect((await t.good("GetParameter", { Name }, adminOfOther)).Parameter).toMatchObject({ Value: "hello", ARN: Name });
    expect((await t.good("GetParameters", { Names: [Name] }, adminOfOther)).Parameters).toHaveLength(1);
    expect((await t.bad("GetParameterHistory", { Name }, adminOfOther)).code).toBe("AccessDeniedException");
    expect((await t.bad("GetParameter", { Name: "/shared" }, adminOfOther)).code).toBe("ParameterNotFound");
    expect((await t.good("DescribeParameters", { Shared: true }, adminOfOther)).Parameters).toEqual([]);

    expect((await t.good("GetResourcePolicies", { ResourceArn: Name })).Policies).toEqual([{ PolicyId, PolicyHash, Policy: policyFor("/shared") }]);
    const update = { ResourceArn: Name, PolicyId, Policy: policyFor("/shared", ["ssm:GetParameterHistory"]) };
    expect((await t.bad("PutResourcePolicy", { ...update, PolicyHash: "old" })).code).toBe("ResourcePolicyConflictException");
    const next = await t.good("PutResourcePolicy", { ...update, PolicyHash });
    expect(next.PolicyId).toBe(PolicyId);
    await t.good("GetParameterHistory", { Name }, adminOfOther);
    expect((await t.bad("GetParameter", { Name }, adminOfOther)).code).toBe("AccessDeniedException");
    expect((await t.bad("DeleteResourcePolicy", { ResourceArn: Name, PolicyId, PolicyHash })).code).toBe("ResourcePolicyConflictException");
    await t.good("DeleteResourcePolicy", { ResourceArn: Name, PolicyId, PolicyHash: next.PolicyHash });
    expect((await t.bad("GetParameterHistory", { Name }, adminOfOther)).code).toBe("AccessDeniedException");
  });

  it("a shared SecureString needs its key shared too", async () => {
    const t = testLab();
    const kms = t.of("kms");
    const { KeyId } = (await kms.good("CreateKey", {})).KeyMetadata;
    await t.put("/shared", "s3cret", { Type: "SecureString", Tier: "Advanced", KeyId });
    const Name = arn("/shared");
    await t.good("PutResourcePolicy", { ResourceArn: Name, Policy: policyFor("/shared") });
    expect((await t.bad("GetParameter", { Name, WithDecryption: true }, adminOfOther)).code).toBe("AccessDeniedException");
    const { Policy } = await kms.good("GetKeyPolicy", { KeyId, PolicyName: "default" });
    const document = JSON.parse(Policy);
    document.Statement.push({ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${other}:root` }, Action: "kms:Decrypt", Resource: "*" });
    await kms.good("PutKeyPolicy", { KeyId, PolicyName: "default", Policy: JSON.stringify(document) });
    expect((await t.good("GetParameter", { Name, WithDecryption: true }, adminOfOther)).Parameter.Value).toBe("s3cret");
  });

  it("refuses what AWS does not share", async () => {
    const t = testLab();
    await t.put("/standard", "x");
    await t.put("/default-key", "x", { Type: "SecureString", Tier: "Advanced" });
    await t.put("/good", "x", { Tier: "Advanced" });
    const put = async (path: string, Policy: string) => (await t.bad("PutResourcePolicy", { ResourceArn: arn(path), Policy })).code;
    expect(await put("/standard", policyFor("/standard"))).toBe("ResourcePolicyInvalidParameterException");
    expect(await put("/default-key", policyFor("/default-key"))).toBe("ResourcePolicyInvalidParameterException");
    expect(await put("/none", policyFor("/none"))).toBe("ResourceNotFoundException");
    expect(await put("/good", "no json")).toBe("MalformedResourcePolicyDocumentException");
    expect(await put("/good", policyFor("/other"))).toBe("MalformedResourcePolicyDocumentException");
    expect(await put("/good", policyFor("/good", ["kms:Decrypt"]))).toBe("MalformedResourcePolicyDocumentException");
    expect(await put("/good", policyFor("/good", Array.from({ length: 60 }, () => "ssm:GetParameterHistory")))).toBe("ResourcePolicyLimitExceededException");
    expect((await t.bad("PutResourcePolicy", { ResourceArn: arn("/good"), Policy: policyFor("/good"), PolicyId: "none", PolicyHash: "x" })).code).toBe("ResourcePolicyNotFoundException");
    expect((await t.bad("GetResourcePolicies", { ResourceArn: `arn:aws:ssm:us-east-1:${account}:opsitemgroup/default` })).code).toBe("NotSimulated");
  });
});
