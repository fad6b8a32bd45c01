import { beforeEach, describe, expect, test } from "vitest";
import { parameter, world, type World } from "./stacks.test-helper";

/** Parameters of templates. Source: CloudFormation User Guide, "Parameters", "Specify existing resources at runtime". */
let w: World;
beforeEach(async () => {
  w = await world();
  await w.must("ssm", "PutParameter", { Name: "/env/size", Type: "String", Value: "large" });
  await w.must("ssm", "PutParameter", { Name: "/env/zones", Type: "StringList", Value: "a, b,c" });
  await w.must("ssm", "PutParameter", { Name: "/env/secret", Type: "SecureString", Value: "hush" });
});

const template = (definition: object, value: unknown = { Ref: "P" }): string => JSON.stringify({ Parameters: { P: definition }, Resources: { R: parameter(value, { Name: "/out" }) }, Outputs: { Out: { Value: value } } });
const given = (value?: string) => (value === undefined ? {} : { Parameters: [{ ParameterKey: "P", ParameterValue: value }] });

describe("values", () => {
  const joined = { "Fn::Join": ["|", { Ref: "P" }] };
  test.each<[definition: object, value: string | undefined, use: unknown, result: string]>([
    [{ Type: "String" }, "x", { Ref: "P" }, "x"],
    [{ Type: "String", Default: "d" }, undefined, { Ref: "P" }, "d"],
    [{ Type: "Number", Default: 3 }, undefined, { Ref: "P" }, "3"],
    [{ Type: "CommaDelimitedList" }, "a, b,c", joined, "a|b|c"],
    [{ Type: "List<Number>" }, "1,2", joined, "1|2"],
    [{ Type: "AWS::EC2::VPC::Id" }, "vpc-1", { Ref: "P" }, "vpc-1"],
    [{ Type: "List<AWS::EC2::Subnet::Id>" }, "s-1,s-2", joined, "s-1|s-2"],
    [{ Type: "AWS::SSM::Parameter::Value<String>" }, "/env/size", { Ref: "P" }, "large"],
    [{ Type: "AWS::SSM::Parameter::Value<String>", Default: "/env/size" }, undefined, { "Fn::Sub": "is ${P}" }, "is large"],
    [{ Type: "AWS::SSM::Parameter::Value<List<String>>" }, "/env/zones", joined, "a|b|c"],
    [{ Type: "AWS::SSM::Parameter::Value<CommaDelimitedList>" }, "/env/zones", joined, "a|b|c"],
    [{ Type: "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>" }, "/env/size", { Ref: "P" }, "large"],
    [{ Type: "AWS::SSM::Parameter::Value<List<AWS::EC2::Subnet::Id>>" }, "/env/zones", joined, "a|b|c"],
    [{ Type: "AWS::SSM::Parameter::Name" }, "/env/secret", { Ref: "P" }, "/env/secret"],
  ])("%j %s", async (definition, value, use, result) => {
    const stack = await w.create("s", template(definition, use), given(value));
    expect(stack.StackStatus).toBe("CREATE_COMPLETE");
    expect(stack.Outputs).toEqual([{ OutputKey: "Out", OutputValue: result }]);
    expect((await w.must("ssm", "GetParameter", { Name: "/out" })).Parameter.Value).toBe(result);
  });
});

test.each<[definition: object, value: string | undefined, text: string]>([
  [{ Type: "String" }, undefined, "Parameters: [P] must have values"],
  [{ Type: "String", AllowedValues: ["a", "b"] }, "c", "Parameter 'P' must be one of AllowedValues"],
  [{ Type: "String", AllowedPattern: "[a-z]+" }, "A1", "Parameter 'P' must match pattern [a-z]+"],
  [{ Type: "String", AllowedPattern: "[a-z]+", ConstraintDescription: "small letters." }, "A1", "Parameter 'P' failed to satisfy constraint: small letters."],
  [{ Type: "String", AllowedPattern: "(a+)+" }, `${"a".repeat(4000)}!`, "Parameter 'P' must match pattern (a+)+"],
  [{ Type: "String", MinLength: 3 }, "ab", "Parameter 'P' must contain at least 3 characters"],
  [{ Type: "String", MaxLength: "3" }, "abcd", "Parameter 'P' must contain at most 3 characters"],
  [{ Type: "Number" }, "many", "Parameter 'P' must be a number"],
  [{ Type: "Number", MinValue: 5 }, "4", "Parameter 'P' must be a number not less than 5"],
  [{ Type: "Number", MaxValue: 5 }, "6", "Parameter 'P' must be a number not greater than 5"],
  [{ Type: "List<Number>" }, "1,x", "Parameter 'P' must be a number"],
  [{ Type: "CommaDelimitedList", AllowedValues: ["a", "b"] }, "a,c", "Parameter 'P' must be one of AllowedValues"],
  [{ Type: "AWS::SSM::Parameter::Value<String>" }, "/none", "Unable to fetch parameters [/none] from parameter store for this account."],
  [{ Type: "AWS::SSM::Parameter::Name" }, "/none", "Unable to fetch parameters [/none] from parameter store for this account."],
  [{ Type: "AWS::SSM::Parameter::Value<String>" }, "/env/secret", "Parameters [/env/secret] referenced by template have types not supported by CloudFormation."],
])("%j %s is refused", async (definition, value, text) => {
  expect(await w.fails("cloudformation", "CreateStack", { StackName: "s", TemplateBody: template(definition), ...given(value) })).toBe(`ValidationError: ${text}`);
});

test("NoEcho is never echoed, by nobody", async () => {
  const stack = await w.create("s", JSON.stringify({ Parameters: { P: { Type: "String", NoEcho: true } }, Resources: { R: parameter("x") } }), given("hunter2"));
  expect(stack.Parameters).toEqual([{ ParameterKey: "P", ParameterValue: "****" }]);
  const said = JSON.stringify([await w.cfn("DescribeStackEvents", { StackName: "s" }), await w.cfn("GetTemplate", { StackName: "s" }), await w.cfn("DescribeStacks")]);
  expect(said).not.toContain("hunter2");
});

test("a parameter from Parameter Store shows its name and what it was", async () => {
  const body = template({ Type: "AWS::SSM::Parameter::Value<String>", Default: "/env/size" });
  expect((await w.create("s", body)).Parameters).toEqual([{ ParameterKey: "P", ParameterValue: "/env/size", ResolvedValue: "large" }]);
  expect(await w.fails("cloudformation", "UpdateStack", { StackName: "s", UsePreviousTemplate: true })).toBe("ValidationError: No updates are to be performed.");
  // It is read again at each operation.
  await w.must("ssm", "PutParameter", { Name: "/env/size", Type: "String", Value: "small", Overwrite: true });
  await w.cfn("UpdateStack", { StackName: "s", UsePreviousTemplate: true });
  await w.settle();
  expect(await w.output("s", "Out")).toBe("small");
});

test("previous values", async () => {
  const body = template({ Type: "String", Default: "d" });
  await w.create("s", body, given("mine"));
  await w.cfn("UpdateStack", { StackName: "s", TemplateBody: body.replace("/out", "/out2"), Parameters: [{ ParameterKey: "P", UsePreviousValue: true }] });
  await w.settle();
  expect(await w.output("s", "Out")).toBe("mine");
  expect(await w.fails("cloudformation", "CreateStack", { StackName: "t", TemplateBody: body, Parameters: [{ ParameterKey: "P", UsePreviousValue: true }] })).toBe("ValidationError: Invalid input for parameter key P. Cannot specify usePreviousValue as true for a parameter key not in the previous template");
});
