import { describe, expect, it, test } from "vitest";
import type { Caller, JsonObject } from "../types";
import { account, testLab } from "./ssm.test-helper";

const prefix = "/aws/reference/secretsmanager/";
const alice: Caller = { account, user: "alice" };
const token = (n: number): string => `${n}`.repeat(32);

async function withSecret(people: Record<string, object[]> = {}, Name = "app/db") {
  const t = testLab(1, people);
  const secrets = t.of("secretsmanager");
  const made = await secrets.good("CreateSecret", { Name, SecretString: "first", ClientRequestToken: token(1) });
  await secrets.good("PutSecretValue", { SecretId: Name, SecretString: "second", ClientRequestToken: token(2) });
  const read = (selector = "", more: JsonObject = { WithDecryption: true }) => t.good("GetParameter", { Name: `${prefix}${Name}${selector}`, ...more }).then(({ Parameter }) => Parameter);
  return { ...t, secrets, made, read };
}

describe("a secret read as a parameter", () => {
  it("has the secret's ARN and date, no version, and its source", async () => {
    const { read, made } = await withSecret();
    const parameter = await read();
    expect(parameter).toEqual({
      Name: `${prefix}app/db`,
      Type: "SecureString",
      Value: "second",
      Version: 0,
      SourceResult: JSON.stringify({ ARN: made.ARN, name: "app/db", versionId: token(2), secretString: "second", versionStages: ["AWSCURRENT"], createdDate: "Jan 1, 2026, 12:00:00 AM" }),
      LastModifiedDate: Date.UTC(2026, 0, 1) / 1000,
      ARN: made.ARN,
    });
  });

  test.each<[string, string, string]>([
    [":AWSPREVIOUS", "first", "AWSPREVIOUS"],
    [":AWSCURRENT", "second", "AWSCURRENT"],
    [`:${token(1)}`, "first", "AWSPREVIOUS"],
  ])("by %s", async (selector, value, stage) => {
    const { read } = await withSecret();
    const { Name, Selector, Value, SourceResult } = await read(selector);
    expect([Name, Selector, Value, JSON.parse(SourceResult).versionStages]).toEqual([`${prefix}app/db`, selector, value, [stage]]);
  });

  test.each<[string, JsonObject, string, string]>([
    ["without decryption", { Name: `${prefix}app/db` }, "ValidationException", "WithDecryption flag must be True for retrieving a Secret Manager secret."],
    ["without decryption, though it is not there", { Name: `${prefix}none`, WithDecryption: false }, "ValidationException", "WithDecryption flag must be True for retrieving a Secret Manager secret."],
    ["what is not there", { Name: `${prefix}none`, WithDecryption: true }, "ParameterNotFound", "An error occurred (ParameterNotFound) when referencing Secrets Manager: Secret aws/reference/secretsmanager/nonenull not found."],
    ["a label that nothing has", { Name: `${prefix}app/db:NOSUCH`, WithDecryption: true }, "ParameterNotFound", "An error occurred (ParameterNotFound) when referencing Secrets Manager: Secret aws/reference/secretsmanager/app/db:NOSUCH not found."],
    ["two selectors", { Name: `${prefix}app/db:a:b` }, "ValidationException", "Invalid parameter name. Please use correct syntax for referencing a version/label  <name>:<version/label>"],
    ["an empty selector", { Name: `${prefix}app/db:`, WithDecryption: true }, "ValidationException", "Invalid parameter name. Please use correct syntax for referencing a version/label  <name>:<version/label>"],
    ["an ARN", { Name: `${prefix}arn:aws:secretsmanager:us-east-1:${account}:secret:app/db`, WithDecryption: true }, "ValidationException", "Invalid parameter name. Please use correct syntax for referencing a version/label  <name>:<version/label>"],
  ])("refuses %s", async (_, input, code, message) => {
    const { bad } = await withSecret();
    expect(await bad("GetParameter", input)).toEqual({ code, message });
  });

  it("a secret that is marked for deletion is an invalid request; one of bytes has no value", async () => {
    const { secrets, bad, read, good } = await withSecret();
    await secrets.good("DeleteSecret", { SecretId: "app/db" });
    expect(await bad("GetParameter", { Name: `${prefix}app/db`, WithDecryption: true })).toEqual({ code: "ValidationException", message: "Invalid Request to Secrets Manager" });
    await secrets.good("RestoreSecret", { SecretId: "app/db" });
    expect((await read()).Value).toBe("second");
    await secrets.good("CreateSecret", { Name: "bytes", SecretBinary: "AAEC", ClientRequestToken: token(3) });
    expect((await good("GetParameter", { Name: `${prefix}bytes`, WithDecryption: true })).Parameter).not.toHaveProperty("Value");
  });

  it("GetParameters counts as invalid what it cannot answer", async () => {
    const { good, put } = await withSecret();
    await put("/plain", "p");
    const Names = [`${prefix}app/db`, `${prefix}app/db:AWSPREVIOUS`, `${prefix}none`, `${prefix}app/db:NOSUCH`, `${prefix}app/db:a:b`, "/plain", "/none"];
    const { Parameters, InvalidParameters } = await good("GetParameters", { Names, WithDecryption: true });
    expect(Parameters.map(({ Value }: any) => Value).sort()).toEqual(["first", "p", "second"]);
    expect(InvalidParameters.sort()).toEqual([Names[2], Names[3], Names[4], "/none"].sort());
    expect(await good("GetParameters", { Names: [Names[0], "/plain"] })).toMatchObject({ Parameters: [{ Value: "p" }], InvalidParameters: [Names[0]] });
  });

  it("is not found by path, has no history, and cannot be written", async () => {
    const { good, bad } = await withSecret();
    expect((await good("GetParametersByPath", { Path: "/aws/reference/secretsmanager", Recursive: true, WithDecryption: true })).Parameters).toEqual([]);
    expect((await bad("GetParameterHistory", { Name: `${prefix}app/db` })).code).toBe("ParameterNotFound");
    expect((await bad("PutParameter", { Name: `${prefix}app/db`, Value: "x", Type: "String" })).code).toBe("AccessDeniedException");
  });

  it("asks twice: for the parameter's name, and for the secret", async () => {
    const ssm = { Effect: "Allow", Action: "ssm:GetParameter*", Resource: `arn:aws:ssm:us-east-1:${account}:parameter${prefix}app/db` };
    const secret = { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: "*" };
    const get = { Name: `${prefix}app/db`, WithDecryption: true };
    expect((await (await withSecret({ alice: [secret] })).bad("GetParameter", get, alice)).message).toContain(`ssm:GetParameter on resource: arn:aws:ssm:us-east-1:${account}:parameter${prefix}app/db because no identity-based policy`);
    const half = await withSecret({ alice: [ssm] });
    const refused = `An error occurred (AccessDeniedException) when referencing Secrets Manager: User: arn:aws:iam::${account}:user/alice is not authorized to perform: secretsmanager:GetSecretValue on resource: ${half.made.ARN} because no identity-based policy allows the secretsmanager:GetSecretValue action`;
    expect(await half.bad("GetParameter", get, alice)).toEqual({ code: "AccessDeniedException", message: refused });
    expect(await half.bad("GetParameters", { Names: [get.Name], WithDecryption: true }, alice)).toEqual({ code: "AccessDeniedException", message: refused });
    await (await withSecret({ alice: [ssm, secret] })).good("GetParameter", get, alice);
  });

  it("goes through Parameter Store to Secrets Manager to KMS, and the trace says so", async () => {
    const { read, lab } = await withSecret();
    await read();
    const chain: string[][] = [];
    for (let trace: any = lab.journal.at(-1)!.trace; trace; trace = trace.steps.find(({ kind }: any) => kind === "call")?.trace) chain.push([trace.operation, ...trace.via]);
    expect(chain).toEqual([["GetParameter"], ["GetSecretValue", "ssm"], ["Decrypt", "ssm", "secretsmanager"]]);
    expect(lab.journal.at(-1)!.trace.cost).toEqual([{ item: "ssm:request:standard", quantity: 1 }]);
  });
});
