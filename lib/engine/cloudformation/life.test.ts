import { beforeEach, describe, expect, test } from "vitest";
import { createLab } from "../lab";
import { seededPorts } from "../ports";
import { A, admin, parameter, world, type World } from "./stacks.test-helper";

let w: World;
beforeEach(async () => void (w = await world()));

const exists = async (Name: string): Promise<boolean> => (await w.call("ssm", "GetParameter", { Name })).ok;
const valueOf = async (Name: string): Promise<string> => (await w.must("ssm", "GetParameter", { Name })).Parameter.Value;
/** A resource that fails to be made. */
const failing = { Type: "AWS::SSM::Parameter", Properties: { Type: "SecureString", Value: "x" } };
const why = (kind = "InvalidRequest"): RegExp => new RegExp(`Resource handler returned message: ".*" \\(RequestToken: [0-9a-f-]{36}, HandlerErrorCode: ${kind}\\)$`);

const three = `
Resources:
  Url: {Type: AWS::SSM::Parameter, Properties: {Name: /app/url, Type: String, Value: !Sub "\${AWS::Region} \${Key.Arn}"}}
  Alias: {Type: AWS::KMS::Alias, Properties: {AliasName: alias/payroll, TargetKeyId: !Ref Key}}
  Key: {Type: AWS::KMS::Key, Properties: {Description: payroll, EnableKeyRotation: true}}
Outputs:
  KeyArn: {Description: of the key, Value: !GetAtt Key.Arn}
`;

describe("creation", () => {
  test("in the order of what needs what, each step an entry, events as AWS prints them", async () => {
    const { StackId } = await w.cfn("CreateStack", { StackName: "payroll", TemplateBody: three, ClientRequestToken: "t1" });
    expect(StackId).toMatch(/^arn:aws:cloudformation:us-east-1:111122223333:stack\/payroll\/[0-9a-f-]{36}$/);
    expect((await w.stack("payroll")).StackStatus).toBe("CREATE_IN_PROGRESS");
    const entries = await w.lab.advance(10_000);
    expect(entries.filter(({ kind }) => kind === "job")).toHaveLength(4);
    expect(await w.events("payroll")).toEqual([
      "payroll CREATE_IN_PROGRESS User Initiated",
      "Key CREATE_IN_PROGRESS",
      "Key CREATE_IN_PROGRESS Resource creation Initiated",
      "Key CREATE_COMPLETE",
      "Url CREATE_IN_PROGRESS",
      "Url CREATE_IN_PROGRESS Resource creation Initiated",
      "Url CREATE_COMPLETE",
      "Alias CREATE_IN_PROGRESS",
      "Alias CREATE_IN_PROGRESS Resource creation Initiated",
      "Alias CREATE_COMPLETE",
      "payroll CREATE_COMPLETE",
    ]);
    const { StackEvents } = await w.cfn("DescribeStackEvents", { StackName: "payroll" });
    expect(new Set(StackEvents.map(({ EventId }: any) => EventId)).size).toBe(StackEvents.length);
    const [last, , second] = StackEvents.toReversed();
    expect(last).toMatchObject({ StackId, StackName: "payroll", ResourceType: "AWS::CloudFormation::Stack", PhysicalResourceId: StackId, ClientRequestToken: "t1" });
    expect(second).toMatchObject({ EventId: expect.stringMatching(/^Key-CREATE_IN_PROGRESS-\d{4}-/), ResourceType: "AWS::KMS::Key", ResourceProperties: '{"Description":"payroll","EnableKeyRotation":true}', PhysicalResourceId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    const { StackResources } = await w.cfn("DescribeStackResources", { StackName: "payroll" });
    expect(StackResources.map(({ LogicalResourceId, PhysicalResourceId, ResourceStatus }: any) => [LogicalResourceId, PhysicalResourceId.length === 36 ? "id" : PhysicalResourceId, ResourceStatus])).toEqual([["Alias", "alias/payroll", "CREATE_COMPLETE"], ["Key", "id", "CREATE_COMPLETE"], ["Url", "/app/url", "CREATE_COMPLETE"]]);
    const { KeyMetadata } = await w.must("kms", "DescribeKey", { KeyId: "alias/payroll" });
    expect(await valueOf("/app/url")).toBe(`us-east-1 ${KeyMetadata.Arn}`);
    expect((await w.stack("payroll")).Outputs).toEqual([{ OutputKey: "KeyArn", OutputValue: KeyMetadata.Arn, Description: "of the key" }]);
    expect((await w.cfn("DescribeStackResource", { StackName: "payroll", LogicalResourceId: "Key" })).StackResourceDetail).toMatchObject({ PhysicalResourceId: KeyMetadata.KeyId, Metadata: "{}" });
    expect((await w.cfn("GetTemplate", { StackName: "payroll" })).TemplateBody).toBe(three);
  });

  test("calls are made as the caller, called via CloudFormation", async () => {
    await w.create("payroll", three);
    const { Events } = await w.must("cloudtrail", "LookupEvents", { LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: "CreateAlias" }] });
    expect(JSON.parse(Events[0].CloudTrailEvent)).toMatchObject({ userIdentity: { type: "IAMUser", userName: "admin", invokedBy: "cloudformation.amazonaws.com" }, sourceIPAddress: "cloudformation.amazonaws.com", userAgent: "cloudformation.amazonaws.com" });
  });

  test("the same token again is the same answer; a name is there once", async () => {
    const input = { StackName: "s", TemplateBody: JSON.stringify({ Resources: { P: parameter("v") } }), ClientRequestToken: "t1" };
    const { StackId } = await w.cfn("CreateStack", input);
    expect((await w.cfn("CreateStack", input)).StackId).toBe(StackId);
    expect(await w.fails("cloudformation", "CreateStack", { ...input, ClientRequestToken: "t2" })).toBe("AlreadyExistsException: Stack [s] already exists");
    await w.settle();
    expect(await w.fails("cloudformation", "UpdateStack", { ...input })).toBe("TokenAlreadyExistsException: Client request token t1 is already in use by another operation");
    expect(await w.fails("cloudformation", "UpdateStack", { StackName: "s", TemplateBody: input.TemplateBody })).toBe("ValidationError: No updates are to be performed.");
  });

  test("events go to EventBridge", async () => {
    await w.create("s", { Resources: { P: parameter("v") } });
    const log = w.lab.read({ account: A, region: "us-east-1", service: "events" }).table<any>("log").all();
    expect(log.filter(({ source }) => source === "aws.cloudformation").map((event) => [event["detail-type"], event.detail["status-details"].status])).toEqual([
      ["CloudFormation Stack Status Change", "CREATE_IN_PROGRESS"],
      ["CloudFormation Resource Status Change", "CREATE_IN_PROGRESS"],
      ["CloudFormation Resource Status Change", "CREATE_IN_PROGRESS"],
      ["CloudFormation Resource Status Change", "CREATE_COMPLETE"],
      ["CloudFormation Stack Status Change", "CREATE_COMPLETE"],
    ]);
  });
});

describe("a creation that fails", () => {
  const template = { Resources: { A: parameter("x", { Name: "/a" }), B: { ...failing, DependsOn: "A" }, C: { ...parameter("z", { Name: "/c" }), DependsOn: "B" } } };

  test("rolls back", async () => {
    const stack = await w.create("bad", template);
    expect(stack).toMatchObject({ StackStatus: "ROLLBACK_COMPLETE" });
    const events = await w.events("bad");
    expect(events.slice(5)).toEqual([
      expect.stringMatching(why()),
      "bad ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [B]. Rollback requested by user.",
      "A DELETE_IN_PROGRESS",
      "A DELETE_COMPLETE",
      "bad ROLLBACK_COMPLETE",
    ]);
    expect(await exists("/a")).toBe(false);
    expect(await w.fails("cloudformation", "UpdateStack", { StackName: "bad", TemplateBody: JSON.stringify(template) })).toBe(`ValidationError: Stack:${stack.StackId} is in ROLLBACK_COMPLETE state and can not be updated.`);
    expect((await w.remove("bad")).StackStatus).toBe("DELETE_COMPLETE");
  });

  test("stays as it is with DO_NOTHING, can be rolled back later, or updated", async () => {
    const stack = await w.create("bad", template, { OnFailure: "DO_NOTHING" });
    expect(stack).toMatchObject({ StackStatus: "CREATE_FAILED", StackStatusReason: "The following resource(s) failed to create: [B]. ", DisableRollback: true });
    expect(await exists("/a")).toBe(true);
    await w.cfn("RollbackStack", { StackName: "bad" });
    await w.settle();
    expect((await w.stack("bad")).StackStatus).toBe("ROLLBACK_COMPLETE");
    expect(await exists("/a")).toBe(false);
    expect(await w.fails("cloudformation", "RollbackStack", { StackName: "bad" })).toMatch(/is in ROLLBACK_COMPLETE state and can not be rolled back/);
    await w.create("bad2", { Resources: { A: parameter("x", { Name: "/a" }), B: { ...failing, DependsOn: "A" } } }, { DisableRollback: true });
    expect((await w.update("bad2", { Resources: { A: parameter("x", { Name: "/a" }), B: parameter("good", { Name: "/b" }) } })).StackStatus).toBe("UPDATE_COMPLETE");
    expect(await valueOf("/b")).toBe("good");
  });

  test("is deleted with DELETE", async () => {
    const { StackId } = await w.cfn("CreateStack", { StackName: "bad", TemplateBody: JSON.stringify(template), OnFailure: "DELETE" });
    await w.settle();
    expect((await w.stack(StackId)).StackStatus).toBe("DELETE_COMPLETE");
    expect(await w.fails("cloudformation", "DescribeStacks", { StackName: "bad" })).toBe("ValidationError: Stack with id bad does not exist");
    expect(await exists("/a")).toBe(false);
  });

  test("what another has made already is in the way", async () => {
    await w.must("ssm", "PutParameter", { Name: "/taken", Type: "String", Value: "mine" });
    await w.create("bad", { Resources: { A: parameter("x", { Name: "/taken" }) } });
    expect((await w.events("bad"))[2]).toMatch(why("AlreadyExists"));
    expect(await valueOf("/taken")).toBe("mine");
  });

  test.each<[resource: object, text: RegExp]>([
    [parameter("v", { Nope: 1 }), /^P CREATE_FAILED Properties validation failed for resource P with message:\n\[#: extraneous key \[Nope\] is not permitted\]$/],
    [{ Type: "AWS::SSM::Parameter", Properties: { Value: "v" } }, /#: required key \[Type\] not found/],
    [parameter({ a: 1 }), /#\/Value: expected type: String, found: JSONObject/],
    [{ Type: "AWS::KMS::Key", Properties: { Enabled: "perhaps" } }, /#\/Enabled: expected type: Boolean, found: String/],
    [{ Type: "AWS::KMS::Key", Properties: { KeySpec: "NOPE" } }, /Service: Kms, Status Code: 400/],
    [parameter({ "Fn::GetAtt": ["K", "Nope"] }), /^P CREATE_FAILED Requested attribute Nope does not exist in schema for AWS::KMS::Key$/],
    [parameter({ "Fn::Select": ["3", ["a"]] }), /^P CREATE_FAILED Template error: Fn::Select cannot select nonexistent value at index 3$/],
  ])("%j", async (P, text) => {
    await w.create("bad", { Resources: { K: { Type: "AWS::KMS::Key" }, P } });
    expect((await w.events("bad")).find((event) => event.includes("CREATE_FAILED"))).toMatch(text);
    expect((await w.stack("bad")).StackStatus).toBe("ROLLBACK_COMPLETE");
  });

  test("a stack that takes too long", async () => {
    await w.create("slow", { Resources: Object.fromEntries(Array.from({ length: 80 }, (_, i) => [`P${i}`, parameter("v")])) }, { TimeoutInMinutes: 1 });
    expect((await w.stack("slow")).StackStatus).toBe("ROLLBACK_COMPLETE");
    expect((await w.events("slow")).find((event) => event.includes("slow ROLLBACK_IN_PROGRESS"))).toMatch(/Timed out/);
  });
});

describe("updates", () => {
  const template = (value: string, name = "/p", more: object = {}): object => ({ Resources: { P: parameter(value, { Name: name }), ...more } });

  test("in place, replaced, added, removed", async () => {
    await w.create("s", template("v1", "/p", { Gone: parameter("g", { Name: "/gone" }), Q: parameter({ Ref: "P" }, { Name: "/q" }) }));
    const before = (await w.events("s")).length;
    const stack = await w.update("s", template("v1", "/p2", { New: parameter("n", { Name: "/new" }), Q: parameter({ Ref: "P" }, { Name: "/q" }) }));
    expect(stack.StackStatus).toBe("UPDATE_COMPLETE");
    expect((await w.events("s")).slice(before)).toEqual([
      "s UPDATE_IN_PROGRESS User Initiated",
      "P UPDATE_IN_PROGRESS Requested update requires the creation of a new physical resource; hence creating one.",
      "P UPDATE_IN_PROGRESS Resource creation Initiated",
      "P UPDATE_COMPLETE",
      "New CREATE_IN_PROGRESS",
      "New CREATE_IN_PROGRESS Resource creation Initiated",
      "New CREATE_COMPLETE",
      "Q UPDATE_IN_PROGRESS",
      "Q UPDATE_COMPLETE",
      "s UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
      "P DELETE_IN_PROGRESS",
      "P DELETE_COMPLETE",
      "Gone DELETE_IN_PROGRESS",
      "Gone DELETE_COMPLETE",
      "s UPDATE_COMPLETE",
    ]);
    expect([await exists("/p"), await exists("/gone"), await valueOf("/p2"), await valueOf("/q"), await valueOf("/new")]).toEqual([false, false, "v1", "/p2", "n"]);
    expect((await w.cfn("ListStackResources", { StackName: "s" })).StackResourceSummaries.map(({ LogicalResourceId }: any) => LogicalResourceId)).toEqual(["New", "P", "Q"]);
  });

  test("one that fails goes back to what was before", async () => {
    const old = template("v1", "/p", { R: parameter("r", { Name: "/r" }), Gone: parameter("g", { Name: "/gone" }) });
    await w.create("s", old);
    const before = (await w.events("s")).length;
    const stack = await w.update("s", template("v2", "/p", { R: parameter("r", { Name: "/r2" }), New: { ...parameter("n", { Name: "/new" }), DependsOn: ["P", "R"] }, Bad: { ...failing, DependsOn: "New" } }));
    expect(stack.StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
    const events = (await w.events("s")).slice(before).filter((event) => !event.includes("UPDATE_IN_PROGRESS") && !event.includes("CREATE_IN_PROGRESS"));
    expect(events).toEqual([
      "P UPDATE_COMPLETE",
      "R UPDATE_COMPLETE",
      "New CREATE_COMPLETE",
      expect.stringMatching(why()),
      "s UPDATE_ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [Bad]. ",
      "R UPDATE_COMPLETE",
      "P UPDATE_COMPLETE",
      "s UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
      "R DELETE_IN_PROGRESS",
      "R DELETE_COMPLETE",
      "New DELETE_IN_PROGRESS",
      "New DELETE_COMPLETE",
      "s UPDATE_ROLLBACK_COMPLETE",
    ]);
    expect([await valueOf("/p"), await exists("/r"), await exists("/r2"), await exists("/new"), await exists("/gone")]).toEqual(["v1", true, false, false, true]);
    expect(JSON.parse((await w.cfn("GetTemplate", { StackName: "s" })).TemplateBody)).toEqual(old);
    expect(await w.fails("cloudformation", "UpdateStack", { StackName: "s", TemplateBody: JSON.stringify(old) })).toBe("ValidationError: No updates are to be performed.");
  });

  test("with rollback disabled it stays, and is rolled back or goes on later", async () => {
    const old = template("v1");
    await w.create("s", old);
    const stack = await w.update("s", template("v2", "/p", { Bad: { ...failing, DependsOn: "P" } }), { DisableRollback: true });
    expect(stack).toMatchObject({ StackStatus: "UPDATE_FAILED", StackStatusReason: "The following resource(s) failed to create: [Bad]. " });
    expect(await valueOf("/p")).toBe("v2");
    await w.cfn("RollbackStack", { StackName: "s" });
    await w.settle();
    expect((await w.stack("s")).StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect(await valueOf("/p")).toBe("v1");
    await w.update("s", template("v3", "/p", { Bad: { ...failing, DependsOn: "P" } }), { DisableRollback: true });
    expect((await w.update("s", template("v4", "/p", { Bad: parameter("good", { Name: "/good" }) }))).StackStatus).toBe("UPDATE_COMPLETE");
    expect([await valueOf("/p"), await valueOf("/good")]).toEqual(["v4", "good"]);
  });

  test("a rollback that fails is continued, or the resource skipped", async () => {
    await w.create("s", template("v1"));
    await w.cfn("UpdateStack", { StackName: "s", TemplateBody: JSON.stringify(template("v2", "/p", { Bad: { ...failing, DependsOn: "P" } })) });
    await w.lab.advance(2_000);
    // Somebody takes the parameter away meanwhile, and puts a list in its place.
    await w.must("ssm", "DeleteParameter", { Name: "/p" });
    await w.must("ssm", "PutParameter", { Name: "/p", Type: "SecureString", Value: "x" });
    await w.must("iam", "PutUserPolicy", { UserName: "admin", PolicyName: "no", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "ssm:PutParameter", Resource: "*" }] }) });
    await w.settle();
    expect(await w.stack("s")).toMatchObject({ StackStatus: "UPDATE_ROLLBACK_FAILED", StackStatusReason: "The following resource(s) failed to update: [P]. " });
    expect(await w.fails("cloudformation", "UpdateStack", { StackName: "s", TemplateBody: JSON.stringify(template("v3")) })).toMatch(/is in UPDATE_ROLLBACK_FAILED state and can not be updated\.$/);
    expect(await w.fails("cloudformation", "ContinueUpdateRollback", { StackName: "s", ResourcesToSkip: ["Bad"] })).toMatch(/Resource \[Bad\] is not in a failed state and cannot be skipped|ok/);
    await w.cfn("ContinueUpdateRollback", { StackName: "s" });
    await w.settle();
    expect((await w.stack("s")).StackStatus).toBe("UPDATE_ROLLBACK_FAILED");
    await w.cfn("ContinueUpdateRollback", { StackName: "s", ResourcesToSkip: ["P"] });
    await w.settle();
    expect((await w.stack("s")).StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
  });

  test("cancelled", async () => {
    await w.create("s", template("v1", "/p", { Q: { ...parameter("q1", { Name: "/q" }), DependsOn: "P" } }));
    await w.cfn("UpdateStack", { StackName: "s", TemplateBody: JSON.stringify(template("v2", "/p", { Q: { ...parameter("q2", { Name: "/q" }), DependsOn: "P" } })) });
    await w.lab.advance(1_000);
    expect(await valueOf("/p")).toBe("v2");
    await w.cfn("CancelUpdateStack", { StackName: "s" });
    await w.settle();
    expect((await w.stack("s")).StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect([await valueOf("/p"), await valueOf("/q")]).toEqual(["v1", "q1"]);
    expect(await w.fails("cloudformation", "CancelUpdateStack", { StackName: "s" })).toBe("ValidationError: CancelUpdateStack cannot be called from current stack status");
  });

  test("what cannot be updated", async () => {
    await w.create("s", { Resources: { R: { Type: "AWS::IAM::Role", Properties: { RoleName: "app", AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] } } } } });
    expect(await w.fails("cloudformation", "UpdateStack", { StackName: "s", TemplateBody: JSON.stringify({ Resources: { R: parameter("v") } }) })).toBe("ValidationError: Update of resource type is not permitted. The new template modifies resource type of the following resources: [R]");
    const role = (Path: string): object => ({ Resources: { R: { Type: "AWS::IAM::Role", Properties: { Path, RoleName: "app", AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] } } } } });
    expect((await w.update("s", role("/x/"))).StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect(await w.events("s")).toContain("R UPDATE_FAILED CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename app and update the stack again.");
    await w.cfn("CreateStack", { StackName: "t", TemplateBody: JSON.stringify(template("v")) });
    expect(await w.fails("cloudformation", "UpdateStack", { StackName: "t", TemplateBody: JSON.stringify(template("w")) })).toMatch(/^ValidationError: Stack:arn:.* is in CREATE_IN_PROGRESS state and can not be updated\.$/);
  });

  test("tags of the stack are on its resources", async () => {
    await w.create("s", template("v1"), { Tags: [{ Key: "team", Value: "blue" }] });
    const tags = async () => (await w.must("ssm", "ListTagsForResource", { ResourceType: "Parameter", ResourceId: "/p" })).TagList;
    expect(await tags()).toEqual([{ Key: "team", Value: "blue" }]);
    await w.update("s", template("v1"), { Tags: [{ Key: "team", Value: "red" }] });
    expect(await tags()).toEqual([{ Key: "team", Value: "red" }]);
  });

  test("a replaced resource that is to be kept is kept", async () => {
    const kept = (Name: string): object => ({ Resources: { P: { ...parameter("v", { Name }), UpdateReplacePolicy: "Retain" } } });
    await w.create("s", kept("/a"));
    await w.update("s", kept("/b"));
    expect([await exists("/a"), await exists("/b")]).toEqual([true, true]);
    expect(await w.events("s")).toContain("P DELETE_SKIPPED");
  });
});

describe("deletion", () => {
  test("in the reverse order; what is to be retained stays", async () => {
    await w.create("s", { Resources: { A: parameter("a", { Name: "/a" }), B: { ...parameter("b", { Name: "/b" }), DependsOn: "A" }, K: { ...parameter("k", { Name: "/k" }), DeletionPolicy: "Retain", DependsOn: "B" } } });
    const stack = await w.remove("s");
    expect(stack).toMatchObject({ StackStatus: "DELETE_COMPLETE", DeletionTime: expect.any(Number) });
    expect(await w.events(stack.StackId)).toEqual(expect.arrayContaining(["s DELETE_IN_PROGRESS User Initiated", "K DELETE_SKIPPED", "B DELETE_COMPLETE", "A DELETE_COMPLETE", "s DELETE_COMPLETE"]));
    expect([await exists("/a"), await exists("/b"), await exists("/k")]).toEqual([false, false, true]);
    expect((await w.cfn("ListStacks", { StackStatusFilter: ["DELETE_COMPLETE"] })).StackSummaries).toHaveLength(1);
    expect((await w.cfn("ListStacks", { StackStatusFilter: ["CREATE_COMPLETE"] })).StackSummaries).toHaveLength(0);
    // The name is free again.
    expect((await w.create("s", { Resources: { A: parameter("a", { Name: "/a" }) } })).StackStatus).toBe("CREATE_COMPLETE");
  });

  test("what cannot be deleted, and going on without it", async () => {
    const deny = { UserName: "admin", PolicyName: "no", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "ssm:DeleteParameter", Resource: "*" }] }) };
    await w.create("s", { Resources: { A: parameter("a", { Name: "/a" }), B: { Type: "AWS::KMS::Key", DependsOn: "A" } } });
    await w.must("iam", "PutUserPolicy", deny);
    const stack = await w.remove("s");
    expect(stack).toMatchObject({ StackStatus: "DELETE_FAILED", StackStatusReason: "The following resource(s) failed to delete: [A]. " });
    expect(await w.fails("cloudformation", "DeleteStack", { StackName: "s", RetainResources: ["B"] })).toMatch(/not in the DELETE_FAILED state: \[B\]/);
    expect((await w.remove("s", { RetainResources: ["A"] })).StackStatus).toBe("DELETE_COMPLETE");
    expect(await exists("/a")).toBe(true);
  });

  test("protected", async () => {
    await w.create("s", { Resources: { A: parameter("a") } }, { EnableTerminationProtection: true });
    expect(await w.fails("cloudformation", "DeleteStack", { StackName: "s" })).toBe("ValidationError: Stack [s] cannot be deleted while TerminationProtection is enabled");
    await w.cfn("UpdateTerminationProtection", { StackName: "s", EnableTerminationProtection: false });
    expect((await w.remove("s")).StackStatus).toBe("DELETE_COMPLETE");
  });

  test("while it is being created", async () => {
    const { StackId } = await w.cfn("CreateStack", { StackName: "s", TemplateBody: three });
    await w.lab.advance(2_000);
    await w.cfn("DeleteStack", { StackName: "s" });
    await w.settle();
    expect((await w.stack(StackId)).StackStatus).toBe("DELETE_COMPLETE");
    expect(await exists("/app/url")).toBe(false);
  });
});

describe("exports", () => {
  const exporting = (value: string): object => ({ Resources: { P: parameter(value, { Name: "/x" }) }, Outputs: { O: { Value: { "Fn::GetAtt": ["P", "Value"] }, Export: { Name: "shared" } } } });
  const importing = { Resources: { Q: parameter({ "Fn::ImportValue": "shared" }, { Name: "/y" }) } };

  test("are imported, and hold what they come from", async () => {
    await w.create("from", exporting("v1"));
    await w.create("to", importing);
    expect(await valueOf("/y")).toBe("v1");
    const { StackId } = await w.stack("from");
    expect((await w.cfn("ListExports")).Exports).toEqual([{ ExportingStackId: StackId, Name: "shared", Value: "v1" }]);
    expect((await w.cfn("ListImports", { ExportName: "shared" })).Imports).toEqual(["to"]);
    expect((await w.remove("from")).StackStatus).toBe("CREATE_COMPLETE");
    expect((await w.events("from")).at(-1)).toBe("from CREATE_COMPLETE Delete canceled. Cannot delete export shared as it is in use by to.");
    expect((await w.update("from", exporting("v2"))).StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect((await w.events("from")).find((event) => event.includes("UPDATE_ROLLBACK_IN_PROGRESS"))).toMatch(/Export shared cannot be updated as it is in use by to/);
    expect((await w.update("from", { Resources: { P: parameter("v1", { Name: "/x" }) } })).StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
    await w.remove("to");
    expect(await w.fails("cloudformation", "ListImports", { ExportName: "shared" })).toBe("ValidationError: Export 'shared' is not imported by any stack.");
    expect((await w.remove("from")).StackStatus).toBe("DELETE_COMPLETE");
    expect((await w.cfn("ListExports")).Exports).toEqual([]);
  });

  test("one that is not there; one that is there already", async () => {
    await w.create("to", importing);
    expect(await w.events("to")).toEqual(["to CREATE_IN_PROGRESS User Initiated", "to ROLLBACK_IN_PROGRESS No export named shared found. Rollback requested by user.", "to ROLLBACK_COMPLETE"]);
    await w.create("from", exporting("v1"));
    await w.create("other", { Resources: { P: parameter("v") }, Outputs: { O: { Value: "z", Export: { Name: "shared" } } } });
    expect((await w.events("other")).find((event) => event.includes("ROLLBACK_IN_PROGRESS"))).toBe("other ROLLBACK_IN_PROGRESS Export with name shared is already exported by stack from. Rollback requested by user.");
  });
});

describe("stack policies", () => {
  const template = (a: string, b: string): object => ({ Resources: { A: parameter(a, { Name: "/a" }), B: parameter(b, { Name: "/b" }) } });
  const policy = (...Statement: object[]): string => JSON.stringify({ Statement });
  const all = { Effect: "Allow", Action: "Update:*", Principal: "*", Resource: "*" };

  test("protect resources from updates", async () => {
    await w.create("s", template("1", "1"), { StackPolicyBody: policy(all, { Effect: "Deny", Action: "Update:Modify", Principal: "*", Resource: "LogicalResourceId/B" }) });
    expect((await w.update("s", template("2", "1"))).StackStatus).toBe("UPDATE_COMPLETE");
    expect((await w.update("s", template("2", "2"))).StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect(await w.events("s")).toContain("B UPDATE_FAILED Action denied by stack policy: Statement [#2] does not allow [Update:Modify] for resource [B]");
    expect((await w.update("s", template("2", "2"), { StackPolicyDuringUpdateBody: policy(all) })).StackStatus).toBe("UPDATE_COMPLETE");
    await w.cfn("SetStackPolicy", { StackName: "s", StackPolicyBody: policy({ ...all, Resource: "LogicalResourceId/A" }) });
    expect((await w.update("s", template("2", "3"))).StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect((await w.cfn("GetStackPolicy", { StackName: "s" })).StackPolicyBody).toContain("LogicalResourceId/A");
    expect(await w.fails("cloudformation", "SetStackPolicy", { StackName: "s", StackPolicyBody: policy({ ...all, Resource: "LogicalResourceId/Nope" }) })).toMatch(/^ValidationError: Error validating stack policy: Unknown logical id 'LogicalResourceId\/Nope'/);
  });
});

describe("roles and permissions", () => {
  const document = (Action: string[], Resource = "*"): string => JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource }] });
  const carl = { account: A, user: "carl" };
  beforeEach(async () => void (await w.must("iam", "CreateUser", { UserName: "carl" })));

  test("without permission for CloudFormation, without permission for a resource", async () => {
    const input = { StackName: "s", TemplateBody: JSON.stringify({ Resources: { P: parameter("v", { Name: "/p" }) } }) };
    expect(await w.fails("cloudformation", "CreateStack", input, carl)).toBe("AccessDenied: User: arn:aws:iam::111122223333:user/carl is not authorized to perform: cloudformation:CreateStack on resource: arn:aws:cloudformation:us-east-1:111122223333:stack/s/* because no identity-based policy allows the cloudformation:CreateStack action");
    await w.must("iam", "PutUserPolicy", { UserName: "carl", PolicyName: "p", PolicyDocument: document(["cloudformation:*"]) });
    await w.cfn("CreateStack", input, carl);
    await w.settle();
    expect((await w.events("s"))[2]).toMatch(/^P CREATE_FAILED Resource handler returned message: "User: arn:aws:iam::111122223333:user\/carl is not authorized to perform: ssm:PutParameter on resource: .*HandlerErrorCode: AccessDenied\)$/);
    expect((await w.stack("s")).StackStatus).toBe("ROLLBACK_COMPLETE");
  });

  test("aws:CalledVia lets a user do by CloudFormation what they may not do alone", async () => {
    const via = { Effect: "Allow", Action: "ssm:*", Resource: "*", Condition: { "ForAnyValue:StringEquals": { "aws:CalledVia": "cloudformation.amazonaws.com" } } };
    await w.must("iam", "PutUserPolicy", { UserName: "carl", PolicyName: "p", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "cloudformation:*", Resource: "*" }, via] }) });
    expect(await w.fails("ssm", "PutParameter", { Name: "/p", Type: "String", Value: "v" }, carl)).toMatch(/not authorized/);
    await w.cfn("CreateStack", { StackName: "s", TemplateBody: JSON.stringify({ Resources: { P: parameter("v", { Name: "/p" }) } }) }, carl);
    await w.settle();
    expect(await valueOf("/p")).toBe("v");
  });

  test("a stack's role makes the resources; it must trust CloudFormation, and be passed", async () => {
    const trust = (Service: string): string => JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" }] });
    await w.must("iam", "CreateRole", { RoleName: "builder", AssumeRolePolicyDocument: trust("lambda.amazonaws.com") });
    await w.must("iam", "PutRolePolicy", { RoleName: "builder", PolicyName: "p", PolicyDocument: document(["ssm:*"]) });
    await w.must("iam", "PutUserPolicy", { UserName: "carl", PolicyName: "p", PolicyDocument: document(["cloudformation:*"]) });
    const input = { StackName: "s", RoleARN: `arn:aws:iam::${A}:role/builder`, TemplateBody: JSON.stringify({ Resources: { P: parameter("v", { Name: "/p" }) } }) };
    expect(await w.fails("cloudformation", "CreateStack", input, carl)).toMatch(/^AccessDenied: .*iam:PassRole on resource: arn:aws:iam::111122223333:role\/builder/);
    await w.must("iam", "PutUserPolicy", { UserName: "carl", PolicyName: "p", PolicyDocument: document(["cloudformation:*", "iam:PassRole"]) });
    expect(await w.fails("cloudformation", "CreateStack", input, carl)).toBe(`ValidationError: Role ${input.RoleARN} is invalid or cannot be assumed`);
    await w.must("iam", "UpdateAssumeRolePolicy", { RoleName: "builder", PolicyDocument: trust("cloudformation.amazonaws.com") });
    await w.cfn("CreateStack", input, carl);
    await w.settle();
    expect((await w.stack("s")).StackStatus).toBe("CREATE_COMPLETE");
    expect(await valueOf("/p")).toBe("v");
    const { Parameters } = await w.must("ssm", "DescribeParameters");
    expect(Parameters[0].LastModifiedUser).toBe(`arn:aws:sts::${A}:assumed-role/builder/AWSCloudFormation`);
  });
});

describe("the journal", () => {
  test("replay is byte-equal, and a saved lab goes on", async () => {
    const start = w.lab.snapshot();
    await w.cfn("CreateStack", { StackName: "s", TemplateBody: three });
    await w.lab.advance(2_500);
    const middle = w.lab.snapshot();
    await w.lab.advance(10_000);
    await w.cfn("CreateChangeSet", { StackName: "s", ChangeSetName: "c", TemplateBody: three.replace("payroll,", "pay,") });
    await w.settle();
    await w.cfn("ExecuteChangeSet", { StackName: "s", ChangeSetName: "c" });
    await w.settle();
    const again = createLab({ ports: seededPorts(99), snapshot: structuredClone(start) });
    again.replay(w.lab.journal);
    expect(JSON.stringify(again.snapshot())).toBe(JSON.stringify(w.lab.snapshot()));
    const opened = createLab({ ports: seededPorts(7), snapshot: structuredClone(middle) });
    await opened.advance(20_000);
    const reply = await opened.call({ service: "cloudformation", operation: "DescribeStacks", input: { StackName: "s" }, caller: admin });
    expect(reply.ok && (reply.output.Stacks as any)[0].StackStatus).toBe("CREATE_COMPLETE");
  });

  test("undo in mid-creation, and on again", async () => {
    await w.cfn("CreateStack", { StackName: "s", TemplateBody: three });
    const before = JSON.stringify(w.lab.snapshot().records);
    await w.lab.advance(2_000);
    while (w.lab.journal.at(-1)!.kind !== "call") w.lab.undo();
    expect(JSON.stringify(w.lab.snapshot().records)).toBe(before);
    while (w.lab.undone.length) w.lab.redo();
    await w.settle();
    expect((await w.stack("s")).StackStatus).toBe("CREATE_COMPLETE");
    while (w.lab.journal.length) w.lab.undo();
    expect(await w.fails("cloudformation", "DescribeStacks", { StackName: "s" })).toMatch(/does not exist/);
  });
});
