import { beforeEach, describe, expect, test } from "vitest";
import { A, admin, parameter, world, type World } from "./stacks.test-helper";

/** Source: CloudFormation User Guide, "Get values stored in other services using dynamic references" and its three pages. */
let w: World;
beforeEach(async () => {
  w = await world();
  await w.must("ssm", "PutParameter", { Name: "/app/url", Type: "String", Value: "first" });
  await w.must("ssm", "PutParameter", { Name: "/app/url", Type: "String", Value: "second", Overwrite: true });
  await w.must("ssm", "PutParameter", { Name: "/app/pass", Type: "SecureString", Value: "Hush-Hush-12345" });
});

const valueOf = async (name: string): Promise<string> => (await w.must("ssm", "GetParameter", { Name: name })).Parameter.Value;

describe("ssm", () => {
  test.each([
    ["{{resolve:ssm:/app/url}}", "second"],
    ["{{resolve:ssm:/app/url:1}}", "first"],
    ["https://{{resolve:ssm:/app/url:1}}/{{resolve:ssm:/app/url:2}}", "https://first/second"],
  ])("%s", async (reference, value) => {
    await w.create("s", { Resources: { R: parameter(reference, { Name: "/out" }) }, Outputs: { O: { Value: reference } } });
    expect(await valueOf("/out")).toBe(value);
    expect(await w.output("s", "O")).toBe(value);
  });

  test("made by functions", async () => {
    await w.create("s", { Parameters: { Name: { Type: "String", Default: "/app/url" } }, Resources: { R: parameter({ "Fn::Join": ["", ["{{resolve:ssm:", { Ref: "Name" }, ":1}}"]] }, { Name: "/out" }), S: parameter({ "Fn::Sub": "{{resolve:ssm:${Name}:2}}" }, { Name: "/out2" }) } });
    expect([await valueOf("/out"), await valueOf("/out2")]).toEqual(["first", "second"]);
  });

  test("a new value alone is no change; with another change it is read anew", async () => {
    const template = { Resources: { R: parameter("{{resolve:ssm:/app/url}}", { Name: "/out" }) } };
    await w.create("s", template);
    await w.must("ssm", "PutParameter", { Name: "/app/url", Type: "String", Value: "third", Overwrite: true });
    expect(await w.fails("cloudformation", "UpdateStack", { StackName: "s", UsePreviousTemplate: true })).toBe("ValidationError: No updates are to be performed.");
    await w.update("s", { Resources: { R: parameter("{{resolve:ssm:/app/url}}", { Name: "/out", Description: "new" }) } });
    expect(await valueOf("/out")).toBe("third");
  });

  test.each([
    ["{{resolve:ssm:/none}}", "Parameters: [ssm:/none] cannot be found."],
    ["{{resolve:ssm:/app/url:9}}", "Parameters: [ssm:/app/url:9] cannot be found."],
    ["{{resolve:ssm:/app/url:x}}", "Incorrect format is used in the following SSM reference: [{{resolve:ssm:/app/url:x}}]"],
    ["{{resolve:ssm:}}", "Incorrect format is used in the following SSM reference: [{{resolve:ssm:}}]"],
    ["{{resolve:ssm:/app/pass}}", "Parameters [/app/pass] referenced by template have types not supported by CloudFormation."],
    ["{{resolve:vault:x}}", "Invalid dynamic reference: [{{resolve:vault:x}}]. The service vault is not supported"],
  ])("%s is refused before anything is made", async (reference, text) => {
    expect(await w.fails("cloudformation", "CreateStack", { StackName: "s", TemplateBody: JSON.stringify({ Resources: { R: parameter(reference) } }) })).toBe(`ValidationError: ${text}`);
  });
});

describe("ssm-secure", () => {
  const user = (Password: unknown): object => ({ Resources: { U: { Type: "AWS::IAM::User", Properties: { UserName: "zoe", LoginProfile: { Password } } } } });

  test("stands where AWS allows it, and is never shown", async () => {
    const stack = await w.create("s", user("{{resolve:ssm-secure:/app/pass:1}}"));
    expect(stack.StackStatus).toBe("CREATE_COMPLETE");
    await w.must("iam", "GetLoginProfile", { UserName: "zoe" });
    const said = JSON.stringify([await w.cfn("DescribeStackEvents", { StackName: "s" }), await w.cfn("DescribeStackResources", { StackName: "s" }), w.lab.read({ account: A, region: "us-east-1", service: "cloudformation" }).table("resources").all()]);
    expect(said).toContain("{{resolve:ssm-secure:/app/pass:1}}");
    expect(said).not.toContain("Hush-Hush");
    // Nor do its traces, what changed in CloudFormation, or CloudTrail have it.
    const journal = JSON.stringify(w.lab.journal.flatMap(({ trace, changes, reply }) => [trace, reply, changes.filter(({ service }) => service === "cloudformation")]));
    expect(journal).not.toContain("Hush-Hush");
  });

  test.each([
    [{ Resources: { R: parameter("{{resolve:ssm-secure:/app/pass:1}}") } }, "SSM Secure reference is not supported in: [AWS::SSM::Parameter/Properties/Value]"],
    [{ Resources: { F: { Type: "AWS::Lambda::Function", Properties: { Environment: { Variables: { KEY: "{{resolve:ssm-secure:/app/pass}}" } } } } } }, "SSM Secure reference is not supported in: [AWS::Lambda::Function/Properties/Environment/Variables/KEY]"],
    [{ Resources: { R: parameter("x", { Description: "{{resolve:ssm-secure:/app/pass:}}" }) } }, "Incorrect format is used in the following SSM reference: [{{resolve:ssm-secure:/app/pass:}}]"],
  ])("%j is refused", async (template, text) => {
    expect(await w.fails("cloudformation", "CreateStack", { StackName: "s", TemplateBody: JSON.stringify(template) })).toBe(`ValidationError: ${text}`);
  });

  test("one that a function makes is refused when it is made", async () => {
    await w.create("s", { Resources: { R: parameter({ "Fn::Join": ["", ["{{resolve:ssm-secure:", "/app/pass", "}}"]] }) } });
    expect(await w.events("s")).toContain("R CREATE_FAILED SSM Secure reference is not supported in: [AWS::SSM::Parameter/Properties/Value]");
  });

  test("one that is not there fails its resource", async () => {
    await w.create("s", user("{{resolve:ssm-secure:/none}}"));
    expect(await w.events("s")).toContain("U CREATE_FAILED Parameters: [ssm-secure:/none] cannot be found.");
  });

  test("the caller must be able to read it", async () => {
    await w.must("iam", "CreateUser", { UserName: "carl" });
    const allow = (Action: string[]): string => JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] });
    await w.must("iam", "PutUserPolicy", { UserName: "carl", PolicyName: "p", PolicyDocument: allow(["cloudformation:*", "iam:*"]) });
    await w.cfn("CreateStack", { StackName: "s", TemplateBody: JSON.stringify(user("{{resolve:ssm-secure:/app/pass}}")), Capabilities: ["CAPABILITY_NAMED_IAM"] }, { account: A, user: "carl" });
    await w.settle();
    expect((await w.events("s")).join("\n")).toMatch(/U CREATE_FAILED .*User: arn:aws:iam::111122223333:user\/carl is not authorized to perform: ssm:GetParameter .*HandlerErrorCode: AccessDenied/);
  });
});

describe("secretsmanager", () => {
  const out = (reference: string): object => ({ Resources: { R: parameter(reference, { Name: "/out" }) }, Outputs: { O: { Value: reference } } });

  test("keys, stages, whole secrets, by name and by ARN; outputs leave them as they are written", async () => {
    const { ARN, VersionId } = await w.must("secretsmanager", "CreateSecret", { Name: "db", SecretString: '{"username":"ann","port":5432}', ClientRequestToken: "1".repeat(32) });
    await w.must("secretsmanager", "PutSecretValue", { SecretId: "db", SecretString: '{"username":"bob","port":5432}', ClientRequestToken: "2".repeat(32) });
    const rows: [reference: string, value: string][] = [
      ["{{resolve:secretsmanager:db:SecretString:username}}", "bob"],
      ["{{resolve:secretsmanager:db:SecretString:username::}}", "bob"],
      ["{{resolve:secretsmanager:db:SecretString:username:AWSPREVIOUS}}", "ann"],
      [`{{resolve:secretsmanager:db:SecretString:username::${VersionId}}}`, "ann"],
      [`{{resolve:secretsmanager:${ARN}:SecretString:port}}`, "5432"],
      ["{{resolve:secretsmanager:db}}", '{"username":"bob","port":5432}'],
      ["{{resolve:secretsmanager:db:SecretString}}", '{"username":"bob","port":5432}'],
      ["mysql://{{resolve:secretsmanager:db:SecretString:username}}@x", "mysql://bob@x"],
    ];
    for (const [i, [reference, value]] of rows.entries()) {
      await w.create(`s${i}`, out(reference));
      expect([reference, await valueOf("/out")]).toEqual([reference, value]);
      expect(await w.output(`s${i}`, "O")).toBe(reference);
      await w.remove(`s${i}`);
    }
    const wrong: [reference: string, text: string][] = [
      ["{{resolve:secretsmanager:none:SecretString:x}}", "Secrets Manager can't find the specified secret."],
      ["{{resolve:secretsmanager:db:SecretString:x}}", "Could not find a value associated with JSONKey in SecretString"],
    ];
    for (const [i, [reference, text]] of wrong.entries()) {
      await w.create(`w${i}`, out(reference));
      expect((await w.events(`w${i}`)).join("\n")).toContain(`R CREATE_FAILED ${text}`);
    }
  });

  test.each(["{{resolve:secretsmanager:}}", "{{resolve:secretsmanager:db:SecretBinary:x}}", "{{resolve:secretsmanager:db:SecretString:a:b:c:d}}"])("%s is refused", async (reference) => {
    expect(await w.fails("cloudformation", "CreateStack", { StackName: "s", TemplateBody: JSON.stringify(out(reference)) }, admin)).toMatch(/Incorrect format is used in the following Secrets Manager reference/);
  });
});
