import { beforeAll, describe, expect, test } from "vitest";
import { parameter, world, type World } from "../stacks.test-helper";

let w: World;
beforeAll(async () => void (w = await world()));

const P = "Resources: {P: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: v}}}";
const many = (count: number): string => JSON.stringify({ Resources: Object.fromEntries(Array.from({ length: count }, (_, i) => [`P${i}`, { Type: "AWS::SSM::Parameter" }])) });

describe("templates that are not templates", () => {
  test.each<[what: string, template: string, text: string | RegExp]>([
    ["a word", "hello", "ValidationError: Template format error: unsupported structure."],
    ["a list", "[1, 2]", "ValidationError: Template format error: unsupported structure."],
    ["nothing but a comment", "# nothing", "ValidationError: Template format error: unsupported structure."],
    ["JSON cut off", '{"Resources": {', /^ValidationError: Template format error: JSON not well-formed\. \(line 1, column \d+\)$/],
    ["JSON wrong in its third line", '{\n "Resources": {\n  "A": oops\n}}', /^ValidationError: Template format error: JSON not well-formed\. \(line 3, column \d+\)$/],
    ["YAML wrong", "Resources:\n  A: [1\n  B: 2", /^ValidationError: Template format error: YAML not well-formed\. \(line \d+, column \d+\)$/],
    ["a tab", "Resources:\n\tA: 1", /^ValidationError: Template format error: YAML not well-formed\. \(line 2, column \d+\)$/],
    ["an unknown tag", "Resources: {A: !Nope x}", /YAML not well-formed/],
    ["an alias", "Resources: {A: &a {Type: AWS::SSM::Parameter}, B: *a}", "ValidationError: Template error: YAML aliases are not allowed in CloudFormation templates"],
    ["a bomb of aliases", `a: &a [x,x]\n${Array.from({ length: 30 }, (_, i) => `b${i}: &b${i} [*${i ? `b${i - 1}` : "a"},*${i ? `b${i - 1}` : "a"}]`).join("\n")}`, /YAML aliases are not allowed/],
    ["a hash merge", "Resources: {A: {Type: AWS::SSM::Parameter, <<: {Properties: {}}}}", "ValidationError: Invalid template resource property '<<'"],
    ["a member called __proto__", '{"__proto__": {}, "Resources": {}}', "ValidationError: Template format error: unsupported structure."],
    ["far too deep", `Resources: ${"[".repeat(20_000)}`, /unsupported structure|not well-formed/],
    ["too deep in JSON", `{"Resources": ${"[".repeat(20_000)}${"]".repeat(20_000)}}`, "ValidationError: Template format error: unsupported structure."],
    ["too long", `${P}\n#${"x".repeat(51_200)}`, /^ValidationError: 1 validation error detected: Value '.*' at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to 51200$/s],
    ["an unknown section", `${P}\nFoo: 1\nBar: 2`, "ValidationError: Invalid template property or properties [Foo, Bar]"],
    ["another version", `AWSTemplateFormatVersion: 2010-09-08\n${P}`, "ValidationError: Template format error: unsupported value for AWSTemplateFormatVersion."],
    ["no resources", "Description: x", "ValidationError: Template format error: At least one Resources member must be defined."],
    ["empty resources", "Resources: {}", "ValidationError: Template format error: At least one Resources member must be defined."],
    ["a resource that is a word", "Resources: {A: b}", "ValidationError: Template format error: Any Resources member must be an object."],
    ["a resource without a type", "Resources: {A: {Properties: {}}}", "ValidationError: Template format error: [/Resources/A] Every Resources object must contain a Type member."],
    ["a resource with another member", "Resources: {A: {Type: AWS::SSM::Parameter, Invalid: 1}}", "ValidationError: Invalid template resource property 'Invalid'"],
    ["a name with a hyphen", "Resources: {my-key: {Type: AWS::KMS::Key}}", "ValidationError: Template format error: Resource name my-key is non alphanumeric."],
    ["a null", `${P}\nOutputs: {MyOutput: {Value: }}`, "ValidationError: [/Outputs/MyOutput/Value] 'null' values are not allowed in templates"],
    ["an output without a value", `${P}\nOutputs: {MyOutput: {Description: x}}`, "ValidationError: Template format error: Every Outputs member must contain a Value object"],
    ["types that nobody has", "Resources: {A: {Type: AWS::Foo::Bar}, B: {Type: AWS::SSM::Nope}}", "ValidationError: Template format error: Unrecognized resource types: [AWS::Foo::Bar, AWS::SSM::Nope]"],
    ["a type that the lab has not", "Resources: {A: {Type: AWS::S3::Bucket}}", "NotSimulated: Keyhole does not simulate the resource type AWS::S3::Bucket. AWS has this type; this lab does not."],
    ["a nested stack", "Resources: {A: {Type: AWS::CloudFormation::Stack}}", /^NotSimulated: .*AWS::CloudFormation::Stack/],
    ["a custom resource", "Resources: {A: {Type: Custom::Thing}}", /^NotSimulated: .*Custom::Thing/],
    ["a macro", `Transform: AWS::Serverless-2016-10-31\n${P}`, "NotSimulated: Keyhole does not simulate the transform AWS::Serverless-2016-10-31."],
    ["rules", `${P}\nRules: {}`, "NotSimulated: Keyhole does not simulate the template section Rules."],
    ["a creation policy", "Resources: {A: {Type: AWS::SSM::Parameter, CreationPolicy: {}}}", /^NotSimulated: .*CreationPolicy/],
    ["a mapping too flat", `Mappings: {A: b}\n${P}`, "ValidationError: Template format error: Every Mappings member A must be a map"],
    ["a mapping too deep", `Mappings: {A: {B: {C: {D: e}}}}\n${P}`, "ValidationError: Template format error: Every Mappings attribute must be a String or a List."],
    ["a parameter without a type", `Parameters: {A: {}}\n${P}`, "ValidationError: Template format error: Every Parameters object must contain a Type member."],
    ["a parameter of no type", `Parameters: {A: {Type: Strin}}\n${P}`, "ValidationError: Template format error: Unrecognized parameter type: Strin"],
    ["a secure parameter", `Parameters: {A: {Type: 'AWS::SSM::Parameter::Value<SecureString>'}}\n${P}`, "ValidationError: Template format error: Unrecognized parameter type: SecureString"],
    ["a parameter with another member", `Parameters: {A: {Type: String, Nope: 1}}\n${P}`, "ValidationError: Invalid template parameter property 'Nope'"],
    ["a long description", `Description: ${"x".repeat(1025)}\n${P}`, "ValidationError: Template format error: 'Description' length is greater than 1024"],
    ["too many resources", many(501), "ValidationError: Template format error: Number of resources, 501, is greater than maximum allowed, 500"],
    ["a condition that is a word", `Conditions: {A: yes}\n${P}`, "ValidationError: Template format error: Conditions can only be boolean operations on parameters and other conditions"],
  ])("%s", async (_what, TemplateBody, text) => {
    const answer = await w.fails("cloudformation", "ValidateTemplate", { TemplateBody });
    if (typeof text === "string") expect(answer).toBe(text);
    else expect(answer).toMatch(text);
    // CreateStack says the same, and leaves nothing behind.
    expect(await w.fails("cloudformation", "CreateStack", { StackName: "none", TemplateBody })).toBe(answer);
    expect((await w.cfn("ListStacks")).StackSummaries).toEqual([]);
  });

  test("a member called __proto__ pollutes nothing", () => expect(({} as any).Resources).toBeUndefined());
});

describe("names in a template", () => {
  const res = (properties: string, more = ""): string => `Resources: {P: {Type: AWS::SSM::Parameter, ${more} Properties: ${properties}}}\n`;
  test.each<[template: string, text: string | RegExp]>([
    [res("{Value: !Ref Nope}"), "Template format error: Unresolved resource dependencies [Nope] in the Resources block of the template"],
    [res("{Value: !GetAtt Nope.Arn}"), "Template format error: Unresolved resource dependencies [Nope] in the Resources block of the template"],
    [res("{Value: !Sub '${Nope} ${Gone.Arn}'}"), "Template format error: Unresolved resource dependencies [Nope, Gone] in the Resources block of the template"],
    [res("{}", "DependsOn: Nope,"), "Template format error: Unresolved resource dependencies [Nope] in the Resources block of the template"],
    [`${res("{}")}Outputs: {O: {Value: !Ref Nope}}`, "Template format error: Unresolved resource dependencies [Nope] in the Outputs block of the template"],
    [`${res("{}")}Conditions: {C: !Equals [!Ref P, x]}`, "Template format error: Unresolved dependencies [P]. Cannot reference resources in the Conditions block of the template"],
    [res("{}", "Condition: Nope,"), "Template format error: Unresolved condition dependency Nope in the Resources block of the template"],
    [`${res("{}")}Outputs: {O: {Value: x, Condition: Nope}}`, "Template format error: Unresolved condition dependency Nope in the Outputs block of the template"],
    ["Resources: {A: {Type: AWS::SSM::Parameter, DependsOn: B}, B: {Type: AWS::SSM::Parameter, DependsOn: A}}", "Circular dependency between resources: [A, B]"],
    ["Resources: {A: {Type: AWS::SSM::Parameter, DependsOn: A}}", "Circular dependency between resources: [A]"],
    ["Resources: {A: {Type: AWS::SSM::Parameter, Properties: {Value: !GetAtt B.Value}}, B: {Type: AWS::SSM::Parameter, Properties: {Value: !Sub '${C}'}}, C: {Type: AWS::SSM::Parameter, Properties: {Value: !Ref A}}, D: {Type: AWS::SSM::Parameter, DependsOn: A}}", "Circular dependency between resources: [A, B, C]"],
  ])("%s", async (TemplateBody, text) => expect(await w.fails("cloudformation", "ValidateTemplate", { TemplateBody })).toBe(`ValidationError: ${text}`));

  const conditional = "Parameters: {Env: {Type: String, Default: dev}}\nConditions: {Prod: !Equals [!Ref Env, prod]}\n";
  test.each<[template: string, text: string]>([
    [`${conditional}Resources: {A: {Type: AWS::SSM::Parameter, Condition: Prod}, B: {Type: AWS::SSM::Parameter, Properties: {Value: !Ref A}}}`, "Template format error: Unresolved resource dependencies [A] in the Resources block of the template"],
    [`${conditional}Resources: {A: {Type: AWS::SSM::Parameter, Condition: Prod}, B: {Type: AWS::SSM::Parameter}}\nOutputs: {O: {Value: !Ref A}}`, "Template format error: Unresolved resource dependencies [A] in the Outputs block of the template"],
    ["Conditions: {A: !Not [!Condition B], B: !Not [!Condition A]}\nResources: {P: {Type: AWS::SSM::Parameter}}", "Template format error: Circular dependencies for condition A"],
    ["Conditions: {A: !Not [!Condition Nope]}\nResources: {P: {Type: AWS::SSM::Parameter}}", "Template error: unresolved condition dependency Nope in Condition"],
    ["Conditions: {A: !And [!Equals [a, a]]}\nResources: {P: {Type: AWS::SSM::Parameter}}", "Template error: every Fn::And object requires a list of at least 2 and at most 10 boolean parameters."],
    ["Conditions: {A: !Equals [a]}\nResources: {P: {Type: AWS::SSM::Parameter}}", "Template error: every Fn::Equals object requires a list of 2 string parameters."],
    ["Conditions: {C: !Equals [a, b]}\nResources: {A: {Type: AWS::SSM::Parameter, DependsOn: B}, B: {Type: AWS::SSM::Parameter, DependsOn: A}}", "Circular dependency between resources: [A, B]"],
  ])("when the values are known: %s", async (TemplateBody, text) => expect(await w.fails("cloudformation", "CreateStack", { StackName: "none", TemplateBody })).toBe(`ValidationError: ${text}`));
});

describe("what else is refused before anything is made", () => {
  const TemplateBody = JSON.stringify({ Resources: { P: parameter("v") } });
  test.each<[operation: string, input: object, text: string | RegExp]>([
    ["CreateStack", { StackName: "1st", TemplateBody }, "ValidationError: 1 validation error detected: Value '1st' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*"],
    ["CreateStack", { StackName: "a_b", TemplateBody }, /at 'stackName'/],
    ["CreateStack", { StackName: "s" }, "ValidationError: Either Template URL or Template Body must be specified."],
    ["CreateStack", { StackName: "s", TemplateURL: "https://s3/x" }, /^NotSimulated: Keyhole does not simulate TemplateURL/],
    ["CreateStack", { StackName: "s", TemplateBody, Parameters: [{ ParameterKey: "X", ParameterValue: "1" }] }, "ValidationError: Parameters: [X] do not exist in the template"],
    ["CreateStack", { StackName: "s", TemplateBody, ResourceTypes: ["AWS::KMS::*"] }, "ValidationError: Resource type AWS::SSM::Parameter is not allowed by parameter ResourceTypes [AWS::KMS::*]"],
    ["CreateStack", { StackName: "s", TemplateBody, OnFailure: "DELETE", DisableRollback: true }, /either DisableRollback or OnFailure/],
    ["CreateStack", { StackName: "s", TemplateBody, RoleARN: "arn:aws:iam::111122223333:role/none" }, "ValidationError: Role arn:aws:iam::111122223333:role/none is invalid or cannot be assumed"],
    ["CreateStack", { StackName: "s", TemplateBody: "Resources: {R: {Type: AWS::IAM::Group}}" }, "InsufficientCapabilitiesException: Requires capabilities : [CAPABILITY_IAM]"],
    ["CreateStack", { StackName: "s", TemplateBody: "Resources: {R: {Type: AWS::IAM::Group, Properties: {GroupName: g}}}", Capabilities: ["CAPABILITY_IAM"] }, "InsufficientCapabilitiesException: Requires capabilities : [CAPABILITY_NAMED_IAM]"],
    ["CreateStack", { StackName: "s", TemplateBody: "Transform: AWS::LanguageExtensions\nResources: {R: {Type: AWS::KMS::Key}}" }, "InsufficientCapabilitiesException: Requires capabilities : [CAPABILITY_AUTO_EXPAND]"],
    ["CreateStack", { StackName: "s", TemplateBody, StackPolicyBody: "{}" }, "ValidationError: Error validating stack policy: No statements found"],
    ["UpdateStack", { StackName: "none", TemplateBody }, "ValidationError: Stack [none] does not exist"],
    ["DescribeStacks", { StackName: "none" }, "ValidationError: Stack with id none does not exist"],
    ["DescribeStackEvents", { StackName: "none" }, "ValidationError: Stack [none] does not exist"],
    ["ListStackResources", { StackName: "none" }, "ValidationError: Stack with id none does not exist"],
    ["DescribeStackResources", { StackName: "none" }, "ValidationError: Stack with id none does not exist"],
    ["DescribeStackResource", { StackName: "none", LogicalResourceId: "A" }, "ValidationError: Stack 'none' does not exist"],
    ["GetTemplate", { StackName: "none" }, "ValidationError: Stack with id none does not exist"],
    ["GetTemplateSummary", { StackName: "none" }, "ValidationError: Stack with id none does not exist"],
    ["DescribeChangeSet", { StackName: "none", ChangeSetName: "c" }, "ValidationError: Stack [none] does not exist"],
    ["DeleteChangeSet", { ChangeSetName: "c" }, "ValidationError: StackName must be specified if ChangeSetName is not specified as an ARN."],
    ["CreateChangeSet", { StackName: "none", ChangeSetName: "c", TemplateBody }, "ValidationError: Stack [none] does not exist"],
    ["CancelUpdateStack", { StackName: "none" }, "ValidationError: Stack [none] does not exist"],
    ["DeleteStack", { StackName: "none" }, "ok {}"],
    ["ListImports", { ExportName: "none" }, "ValidationError: Export 'none' does not exist."],
  ])("%s %j", async (operation, input, text) => {
    const answer = await w.fails("cloudformation", operation, input as never);
    if (typeof text === "string") expect(answer).toBe(text);
    else expect(answer).toMatch(text);
  });
});

test("ValidateTemplate and GetTemplateSummary say what a template wants", async () => {
  const TemplateBody = `
AWSTemplateFormatVersion: 2010-09-09
Description: two things
Metadata: {By: me}
Parameters:
  Env: {Type: String, Default: dev, AllowedValues: [dev, prod], Description: where}
  Password: {Type: String, NoEcho: true, Default: secret}
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {RoleName: r, AssumeRolePolicyDocument: {}}}
  A: {Type: AWS::SSM::Parameter}
  B: {Type: AWS::SSM::Parameter}
`;
  expect(await w.cfn("ValidateTemplate", { TemplateBody })).toEqual({
    Description: "two things",
    Parameters: [
      { ParameterKey: "Env", DefaultValue: "dev", NoEcho: false, Description: "where" },
      { ParameterKey: "Password", DefaultValue: "****", NoEcho: true },
    ],
    Capabilities: ["CAPABILITY_NAMED_IAM"],
    CapabilitiesReason: "The following resource(s) require capabilities: [AWS::IAM::Role]",
  });
  expect(await w.cfn("GetTemplateSummary", { TemplateBody })).toMatchObject({
    Version: "2010-09-09",
    Metadata: '{"By":"me"}',
    ResourceTypes: ["AWS::IAM::Role", "AWS::SSM::Parameter"],
    Parameters: [{ ParameterKey: "Env", ParameterType: "String", ParameterConstraints: { AllowedValues: ["dev", "prod"] } }, { ParameterKey: "Password" }],
    ResourceIdentifierSummaries: [{ ResourceType: "AWS::IAM::Role", LogicalResourceIds: ["Role"] }, { ResourceType: "AWS::SSM::Parameter", LogicalResourceIds: ["A", "B"] }],
  });
});
