import { beforeEach, expect, test } from "vitest";
import { differences } from "./stack/drift";
import { A, parameter, world, type World } from "./stacks.test-helper";

let w: World;
beforeEach(async () => void (w = await world()));

async function detect(name: string): Promise<any> {
  const { StackDriftDetectionId } = await w.cfn("DetectStackDrift", { StackName: name });
  expect((await w.cfn("DescribeStackDriftDetectionStatus", { StackDriftDetectionId })).DetectionStatus).toBe("DETECTION_IN_PROGRESS");
  await w.settle();
  return w.cfn("DescribeStackDriftDetectionStatus", { StackDriftDetectionId });
}

test("a stack that is as it was made, one that is not, and one with a resource gone", async () => {
  await w.create("s", { Resources: { P: parameter("v", { Name: "/p", Description: "d", Tags: { a: "b" } }), Q: parameter("w", { Name: "/q" }), H: { Type: "AWS::CloudFormation::WaitConditionHandle" } } });
  expect(await detect("s")).toMatchObject({ DetectionStatus: "DETECTION_COMPLETE", StackDriftStatus: "IN_SYNC", DriftedStackResourceCount: 0 });
  await w.must("ssm", "PutParameter", { Name: "/p", Type: "String", Value: "changed", Overwrite: true });
  await w.must("ssm", "RemoveTagsFromResource", { ResourceType: "Parameter", ResourceId: "/p", TagKeys: ["a"] });
  await w.must("ssm", "DeleteParameter", { Name: "/q" });
  expect(await detect("s")).toMatchObject({ StackDriftStatus: "DRIFTED", DriftedStackResourceCount: 2 });
  const { StackResourceDrifts } = await w.cfn("DescribeStackResourceDrifts", { StackName: "s", StackResourceDriftStatusFilters: ["MODIFIED", "DELETED"] });
  expect(StackResourceDrifts).toMatchObject([
    {
      LogicalResourceId: "P",
      PhysicalResourceId: "/p",
      StackResourceDriftStatus: "MODIFIED",
      PropertyDifferences: expect.arrayContaining([
        { PropertyPath: "/Value", ExpectedValue: "v", ActualValue: "changed", DifferenceType: "NOT_EQUAL" },
        { PropertyPath: "/Tags", ExpectedValue: '{"a":"b"}', ActualValue: "null", DifferenceType: "REMOVE" },
      ]),
    },
    { LogicalResourceId: "Q", StackResourceDriftStatus: "DELETED", PropertyDifferences: [] },
  ]);
  expect(JSON.parse(StackResourceDrifts[0].ExpectedProperties)).toEqual({ Name: "/p", Description: "d", Tags: { a: "b" }, Type: "String", Value: "v" });
  expect((await w.stack("s")).DriftInformation).toMatchObject({ StackDriftStatus: "DRIFTED", LastCheckTimestamp: expect.any(Number) });
  expect((await w.cfn("DescribeStackResources", { StackName: "s" })).StackResources.map(({ DriftInformation }: any) => DriftInformation.StackResourceDriftStatus)).toEqual(["NOT_CHECKED", "MODIFIED", "DELETED"]);
  expect((await w.cfn("DetectStackResourceDrift", { StackName: "s", LogicalResourceId: "P" })).StackResourceDrift.StackResourceDriftStatus).toBe("MODIFIED");
});

test("a key's policy as text or as an object, and what the template does not say", async () => {
  const KeyPolicy = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${A}:root` }, Action: "kms:*", Resource: "*" }] };
  await w.create("s", { Resources: { K: { Type: "AWS::KMS::Key", Properties: { KeyPolicy: JSON.stringify(KeyPolicy), PendingWindowInDays: 7, Tags: [{ Key: "a", Value: "1" }, { Key: "b", Value: "2" }] } } } });
  const { StackResources: [{ PhysicalResourceId: KeyId }] } = await w.cfn("DescribeStackResources", { StackName: "s" });
  await w.must("kms", "UpdateKeyDescription", { KeyId, Description: "not in the template" });
  expect(await detect("s")).toMatchObject({ StackDriftStatus: "IN_SYNC" });
  await w.must("kms", "PutKeyPolicy", { KeyId, PolicyName: "default", Policy: JSON.stringify({ ...KeyPolicy, Statement: [{ ...KeyPolicy.Statement[0], Action: ["kms:*", "kms:Decrypt"] }] }) });
  await w.must("kms", "TagResource", { KeyId, Tags: [{ TagKey: "c", TagValue: "3" }] });
  await w.must("kms", "UntagResource", { KeyId, TagKeys: ["a"] });
  const { StackResourceDrift } = await w.cfn("DetectStackResourceDrift", { StackName: "s", LogicalResourceId: "K" });
  expect(StackResourceDrift.PropertyDifferences.map(({ PropertyPath, DifferenceType }: any) => `${PropertyPath} ${DifferenceType}`)).toEqual(["/KeyPolicy/Statement/0/Action NOT_EQUAL", "/Tags/0/Key NOT_EQUAL", "/Tags/0/Value NOT_EQUAL"]);
});

test("without permission to look", async () => {
  await w.create("s", { Resources: { P: parameter("v", { Name: "/p" }) } });
  await w.must("iam", "PutUserPolicy", { UserName: "admin", PolicyName: "no", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "ssm:GetParameter", Resource: "*" }] }) });
  expect(await detect("s")).toMatchObject({ DetectionStatus: "DETECTION_FAILED", StackDriftStatus: "UNKNOWN", DetectionStatusReason: "Failed to detect drift on resource [P]" });
  expect((await w.cfn("DescribeStackResourceDrifts", { StackName: "s" })).StackResourceDrifts[0].DriftStatusReason).toMatch(/AccessDenied/);
});

test("what cannot be asked", async () => {
  expect(await w.fails("cloudformation", "DetectStackDrift", { StackName: "none" })).toBe("ValidationError: Stack [none] does not exist");
  expect(await w.fails("cloudformation", "DescribeStackDriftDetectionStatus", { StackDriftDetectionId: "none" })).toMatch(/No drift detection operation found/);
  await w.cfn("CreateStack", { StackName: "s", TemplateBody: JSON.stringify({ Resources: { P: parameter("v") } }) });
  expect(await w.fails("cloudformation", "DetectStackDrift", { StackName: "s" })).toMatch(/CREATE_IN_PROGRESS/);
});

test.each<[expected: any, actual: any, found: string[]]>([
  ["1", 1, []],
  [true, "true", []],
  [{ a: 1 }, { a: 1, b: 2 }, ["/x/b ADD"]],
  [{ a: { b: 1 } }, { a: { b: 2 } }, ["/x/a/b NOT_EQUAL"]],
  [["a", "b"], ["b", "a"], []],
  [["a", "b"], ["b"], ["/x/0 REMOVE"]],
  [["a"], ["a", "c"], ["/x/1 ADD"]],
  [["a"], undefined, ["/x REMOVE"]],
  ['{"a":1}', { a: 1 }, []],
  ["a", { a: 1 }, ["/x NOT_EQUAL"]],
])("%j against %j", (expected, actual, found) => expect(differences(expected, actual, "/x").map(({ PropertyPath, DifferenceType }) => `${PropertyPath} ${DifferenceType}`)).toEqual(found));
