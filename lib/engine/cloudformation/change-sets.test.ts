import { beforeEach, describe, expect, test } from "vitest";
import { body, parameter, world, type World } from "./stacks.test-helper";

/** Source: CloudFormation User Guide, "Update CloudFormation stacks using change sets" and its examples; answers recorded in public. */
let w: World;
beforeEach(async () => void (w = await world()));

async function changeSet(template: object, more: object = {}): Promise<any> {
  await w.cfn("CreateChangeSet", { StackName: "s", ChangeSetName: "c", TemplateBody: body(template), Capabilities: ["CAPABILITY_NAMED_IAM"], ...more });
  await w.settle();
  return w.cfn("DescribeChangeSet", { StackName: "s", ChangeSetName: "c" });
}
const target = (Name: string, RequiresRecreation: "Always" | "Never" = "Never"): object => ({ Attribute: "Properties", Name, RequiresRecreation });

const base = { Parameters: { Size: { Type: "String", Default: "small" } }, Resources: { P: parameter({ Ref: "Size" }, { Name: "/p" }), Q: parameter({ "Fn::GetAtt": ["P", "Value"] }, { Name: "/q" }) } };

describe("changes", () => {
  beforeEach(async () => void (await w.create("s", base)));
  const changes = async (template: object, more: object = {}): Promise<any[]> => (await changeSet(template, more)).Changes.map(({ ResourceChange }: any) => ResourceChange);

  test("of a property, and of what depends on it", async () => {
    const [P, Q] = await changes({ ...base, Resources: { ...base.Resources, P: parameter("large", { Name: "/p" }) } });
    expect(P).toEqual({ Action: "Modify", LogicalResourceId: "P", PhysicalResourceId: "/p", ResourceType: "AWS::SSM::Parameter", Replacement: "False", Scope: ["Properties"], Details: [{ Target: target("Value"), Evaluation: "Static", ChangeSource: "DirectModification" }] });
    expect(Q).toMatchObject({ Action: "Modify", LogicalResourceId: "Q", Replacement: "False", Details: [{ Target: target("Value"), Evaluation: "Dynamic", ChangeSource: "ResourceAttribute", CausingEntity: "P.Value" }] });
  });

  test("of a parameter", async () => {
    const [P, Q] = await changes(base, { Parameters: [{ ParameterKey: "Size", ParameterValue: "large" }] });
    expect(P.Details).toEqual([
      { Target: target("Value"), Evaluation: "Static", ChangeSource: "ParameterReference", CausingEntity: "Size" },
      { Target: target("Value"), Evaluation: "Dynamic", ChangeSource: "DirectModification" },
    ]);
    expect(Q.Details[0].CausingEntity).toBe("P.Value");
  });

  test("that need a new resource", async () => {
    const [P, Q] = await changes({ ...base, Resources: { P: parameter({ Ref: "Size" }, { Name: "/p2" }), Q: parameter({ Ref: "P" }, { Name: "/q" }) } });
    expect(P).toMatchObject({ PolicyAction: "ReplaceAndDelete", Replacement: "True", Details: [{ Target: target("Name", "Always"), Evaluation: "Static" }] });
    expect(Q.Details).toEqual([
      { Target: target("Value"), Evaluation: "Dynamic", ChangeSource: "ResourceReference", CausingEntity: "P" },
      { Target: target("Value"), Evaluation: "Static", ChangeSource: "DirectModification" },
    ]);
  });

  test("additions and removals", async () => {
    const [Add, Remove, ...rest] = await changes({ ...base, Resources: { P: base.Resources.P, N: parameter("n") } });
    expect(Add).toEqual({ Action: "Add", LogicalResourceId: "N", ResourceType: "AWS::SSM::Parameter", Scope: [], Details: [] });
    expect(Remove).toEqual({ PolicyAction: "Delete", Action: "Remove", LogicalResourceId: "Q", PhysicalResourceId: "/q", ResourceType: "AWS::SSM::Parameter", Scope: [], Details: [] });
    expect(rest).toEqual([]);
  });

  test("of metadata, of tags", async () => {
    const [P] = await changes({ ...base, Resources: { ...base.Resources, P: { ...base.Resources.P, Metadata: { By: "me" } } } });
    expect(P).toMatchObject({ Scope: ["Metadata"], Replacement: "False", Details: [{ Target: { Attribute: "Metadata", RequiresRecreation: "Never" } }] });
    await w.cfn("DeleteChangeSet", { StackName: "s", ChangeSetName: "c" });
    const tagged = await changes(base, { Tags: [{ Key: "a", Value: "b" }] });
    expect(tagged.map(({ LogicalResourceId, Scope }) => [LogicalResourceId, Scope])).toEqual([["P", ["Tags"]], ["Q", ["Tags"]]]);
  });

  test("with their values", async () => {
    await changeSet({ ...base, Resources: { ...base.Resources, P: parameter("large", { Name: "/p" }), N: parameter({ Ref: "M" }), M: parameter("m") } });
    const { Changes } = await w.cfn("DescribeChangeSet", { StackName: "s", ChangeSetName: "c", IncludePropertyValues: true });
    const byId = Object.fromEntries(Changes.map(({ ResourceChange }: any) => [ResourceChange.LogicalResourceId, ResourceChange]));
    expect(byId.P.Details[0].Target).toEqual({ ...target("Value"), Path: "/Properties/Value", BeforeValue: "small", AfterValue: "large", AttributeChangeType: "Modify" });
    expect(JSON.parse(byId.P.BeforeContext)).toEqual({ Properties: { Name: "/p", Type: "String", Value: "small" } });
    expect(JSON.parse(byId.P.AfterContext).Properties.Value).toBe("large");
    expect(JSON.parse(byId.N.AfterContext).Properties.Value).toBe("{{changeSet:KNOWN_AFTER_APPLY}}");
  });

  test("none: the change set fails, and cannot be executed", async () => {
    const { Status, StatusReason, ExecutionStatus, ChangeSetId } = await changeSet(base);
    expect([Status, StatusReason, ExecutionStatus]).toEqual(["FAILED", "The submitted information didn't contain changes. Submit different information to create a change set.", "UNAVAILABLE"]);
    expect(await w.fails("cloudformation", "ExecuteChangeSet", { ChangeSetName: ChangeSetId })).toBe(`InvalidChangeSetStatus: ChangeSet [${ChangeSetId}] cannot be executed in its current status of [FAILED]`);
  });

  test("of outputs alone are changes", async () => {
    expect(await changeSet({ ...base, Outputs: { O: { Value: "x" } } })).toMatchObject({ Status: "CREATE_COMPLETE", ExecutionStatus: "AVAILABLE", Changes: [] });
  });

  test("show nothing of a secret", async () => {
    await w.must("ssm", "PutParameter", { Name: "/hush", Type: "SecureString", Value: "hunter2-Hunter" });
    await changeSet({ ...base, Resources: { ...base.Resources, U: { Type: "AWS::IAM::User", Properties: { LoginProfile: { Password: "{{resolve:ssm-secure:/hush}}" } } } } });
    expect(JSON.stringify(await w.cfn("DescribeChangeSet", { StackName: "s", ChangeSetName: "c", IncludePropertyValues: true }))).not.toContain("hunter2");
  });
});

describe("the life of a change set", () => {
  test("creates a stack", async () => {
    const { Id, StackId } = await w.cfn("CreateChangeSet", { StackName: "s", ChangeSetName: "first", ChangeSetType: "CREATE", Description: "go", TemplateBody: body(base) });
    expect(Id).toMatch(/^arn:aws:cloudformation:us-east-1:111122223333:changeSet\/first\/[0-9a-f-]{36}$/);
    expect(await w.stack("s")).toMatchObject({ StackId, StackStatus: "REVIEW_IN_PROGRESS", StackStatusReason: "User Initiated" });
    expect(await w.cfn("DescribeChangeSet", { ChangeSetName: Id })).toMatchObject({ Status: "CREATE_PENDING", ExecutionStatus: "UNAVAILABLE" });
    expect(await w.fails("cloudformation", "DeleteChangeSet", { ChangeSetName: Id })).toBe(`InvalidChangeSetStatus: ChangeSet [${Id}] cannot be deleted in its current status of [CREATE_PENDING]`);
    await w.settle();
    expect(await w.cfn("DescribeChangeSet", { ChangeSetName: Id })).toMatchObject({ Status: "CREATE_COMPLETE", ExecutionStatus: "AVAILABLE", Description: "go", Parameters: [{ ParameterKey: "Size", ParameterValue: "small" }] });
    expect((await w.cfn("ListChangeSets", { StackName: "s" })).Summaries).toMatchObject([{ ChangeSetId: Id, ChangeSetName: "first", StackId, StackName: "s" }]);
    expect(await w.fails("cloudformation", "CreateChangeSet", { StackName: "s", ChangeSetName: "first", ChangeSetType: "CREATE", TemplateBody: body(base) })).toBe("AlreadyExistsException: ChangeSet first already exists");
    await w.cfn("ExecuteChangeSet", { ChangeSetName: Id });
    expect(await w.cfn("DescribeChangeSet", { ChangeSetName: Id })).toMatchObject({ ExecutionStatus: "EXECUTE_IN_PROGRESS" });
    await w.settle();
    expect(await w.stack("s")).toMatchObject({ StackStatus: "CREATE_COMPLETE", ChangeSetId: Id, LastUpdatedTime: expect.any(Number) });
    expect(await w.events("s")).toEqual(expect.arrayContaining(["s REVIEW_IN_PROGRESS User Initiated", "s CREATE_IN_PROGRESS User Initiated"]));
    expect(await w.cfn("DescribeChangeSet", { ChangeSetName: Id })).toMatchObject({ ExecutionStatus: "EXECUTE_COMPLETE" });
    expect(await w.fails("cloudformation", "ExecuteChangeSet", { ChangeSetName: Id })).toMatch(/current execution status of \[EXECUTE_COMPLETE\]$/);
    expect(await w.fails("cloudformation", "CreateChangeSet", { StackName: "s", ChangeSetName: "again", ChangeSetType: "CREATE", TemplateBody: body(base) })).toBe("ValidationError: Stack [s] already exists and cannot be created again with the changeSet [again].");
  });

  test("updates a stack; the others are obsolete", async () => {
    await w.create("s", base);
    const next = { ...base, Resources: { P: base.Resources.P } };
    for (const ChangeSetName of ["a", "b"]) await w.cfn("CreateChangeSet", { StackName: "s", ChangeSetName, TemplateBody: body(next) });
    await w.settle();
    await w.cfn("ExecuteChangeSet", { StackName: "s", ChangeSetName: "a" });
    await w.settle();
    expect((await w.stack("s")).StackStatus).toBe("UPDATE_COMPLETE");
    expect((await w.cfn("DescribeChangeSet", { StackName: "s", ChangeSetName: "b" })).ExecutionStatus).toBe("OBSOLETE");
    await w.cfn("DeleteChangeSet", { StackName: "s", ChangeSetName: "b" });
    expect(await w.fails("cloudformation", "DescribeChangeSet", { StackName: "s", ChangeSetName: "b" })).toBe("ChangeSetNotFound: ChangeSet [b] does not exist");
    expect(await w.fails("cloudformation", "DeleteChangeSet", { StackName: "s", ChangeSetName: "b" })).toBe("ok {}");
  });

  test("a wrong template is refused at once; what only shows in computing fails the change set", async () => {
    await w.create("s", base);
    expect(await w.fails("cloudformation", "CreateChangeSet", { StackName: "s", ChangeSetName: "c", TemplateBody: "x" })).toMatch(/unsupported structure/);
    const { Status, StatusReason } = await changeSet({ ...base, Resources: { P: { Type: "AWS::KMS::Key" } } });
    expect([Status, StatusReason]).toEqual(["FAILED", "Update of resource type is not permitted. The new template modifies resource type of the following resources: [P]"]);
  });

  test.each(["ResourcesToImport", "DeploymentMode"])("%s is not simulated", async (member) => {
    expect(await w.fails("cloudformation", "CreateChangeSet", { StackName: "s", ChangeSetName: "c", TemplateBody: body(base), [member]: member === "DeploymentMode" ? "REVERT_DRIFT" : [{ ResourceType: "AWS::KMS::Key", LogicalResourceId: "K", ResourceIdentifier: { KeyId: "x" } }] })).toMatch(/^NotSimulated/);
  });
});
