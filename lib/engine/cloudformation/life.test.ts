import { beforeEach, expect, test } from "vitest";
import { parameter, world, type World } from "./stacks.test-helper";

let w: World;
beforeEach(async () => void (w = await world()));

test("a stack comes up, step by step, and goes", async () => {
  const template = `
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties: {Description: payroll, EnableKeyRotation: true}
  Alias:
    Type: AWS::KMS::Alias
    Properties: {AliasName: alias/payroll, TargetKeyId: !Ref Key}
  Url:
    Type: AWS::SSM::Parameter
    Properties: {Name: /app/url, Type: String, Value: !Sub 'https://\${AWS::Region}/\${Key.Arn}'}
Outputs:
  KeyArn: {Value: !GetAtt Key.Arn, Export: {Name: payroll-key}}
`.replaceAll("\\$", "$");
  const stack = await w.create("payroll", template);
  console.log(await w.events("payroll"), stack);
  expect(stack.StackStatus).toBe("CREATE_COMPLETE");
  const { Parameter } = await w.must("ssm", "GetParameter", { Name: "/app/url" });
  expect(Parameter.Value).toMatch(/^https:\/\/us-east-1\/arn:aws:kms/);
  console.log(await w.update("payroll", template.replace("payroll,", "pay,").replace("/app/url", "/app/url2")), (await w.events("payroll")).slice(11));
  console.log(await w.remove("payroll"), (await w.cfn("DescribeStackEvents", { StackName: stack.StackId })).StackEvents.slice(0, 8));
});

test("failure rolls back", async () => {
  const s = await w.create("bad", { Resources: { A: parameter("x", { Name: "/a" }), B: { ...parameter("y", { Type: "SecureString" }), DependsOn: "A" } } });
  console.log(s, await w.events("bad"));
});
