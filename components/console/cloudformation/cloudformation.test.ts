import { beforeEach, describe, expect, test } from "vitest";
import { sampleTemplates } from "@/content/templates/samples";
import { admin, parameter, world, type World } from "@/lib/engine/cloudformation/stacks.test-helper";
import type { JsonObject } from "@/lib/engine/types";
import type { Ask } from "../frame/use-load";
import { isStored, type StackEvent } from "./cfn-types";
import { detailLines } from "./change-words";
import { loadChangeSet, loadDrifts, loadEvents, loadResources, loadStack, loadStacks, loadTemplate, storedNames, storedValues, summaryOf } from "./load-stacks";
import { resourceAddress } from "./place-of";
import { entryOf, rootCause } from "./root-cause";
import { isUnderWay, signOf } from "./stack-status";
import { languageOf, placeOfProblem } from "./template-place";
import { changeSetName, draftOf, emptyStack, problemOfDetails, problemOfName, stackInput, templateOf, valueOf, type StackDraft } from "./wizard/stack-draft";

let w: World;
let ask: Ask;

beforeEach(async () => {
  w = await world(7);
  ask = async (service, operation, input: JsonObject = {}) => {
    const reply = await w.lab.call({ service, operation, input, caller: admin });
    if (!reply.ok) throw new Error(`${reply.error.code}: ${reply.error.message}`);
    return reply.output as never;
  };
});

const draft = (part: Partial<StackDraft>): StackDraft => ({ ...emptyStack, name: "s1", ...part });

describe("what the wizard makes, the engine takes", () => {
  test.each(sampleTemplates.map(({ id }) => id))("the sample %s, by a change set", async (sample) => {
    if (sample === "stored") await w.must("ssm", "PutParameter", { Name: "/my-app/dev/db-url", Type: "String", Value: "db:3306" });
    const form = draft({ sample });
    const summary = await summaryOf(ask, templateOf(form));
    expect(problemOfDetails(form, summary)).toBeUndefined();
    const name = changeSetName("s1", w.lab.now());
    await ask("cloudformation", "CreateChangeSet", { ...stackInput(form, summary, {}), ChangeSetName: name, ChangeSetType: "CREATE" });
    await w.settle();
    const set = await loadChangeSet(ask, "s1", name);
    expect(set).toMatchObject({ Status: "CREATE_COMPLETE", ExecutionStatus: "AVAILABLE" });
    expect(set.Changes!.map(({ ResourceChange }) => ResourceChange.LogicalResourceId).sort()).toEqual(summary.ResourceIdentifierSummaries.flatMap(({ LogicalResourceIds }) => LogicalResourceIds).sort());
    await ask("cloudformation", "ExecuteChangeSet", { StackName: "s1", ChangeSetName: name });
    await w.settle();
    expect((await loadStack(ask, "s1")).StackStatus).toBe(sample === "rollback" ? "ROLLBACK_COMPLETE" : "CREATE_COMPLETE");
  });

  test("an update of a stack begins with what it is, and changes only what was changed", async () => {
    const form = draft({ sample: "parameters", tags: [{ key: "team", value: "pay" }] });
    const text = templateOf(form);
    await ask("cloudformation", "CreateStack", stackInput(form, await summaryOf(ask, text), {}));
    await w.settle();
    const stack = await loadStack(ask, "s1");
    const update = draftOf(stack, await loadTemplate(ask, "s1"));
    const summary = await summaryOf(ask, text);
    expect(update).toMatchObject({ name: "s1", source: "current", tags: [{ key: "team", value: "pay" }] });
    expect(summary.Parameters.map((one) => valueOf(update, one, stack))).toEqual(["dev", "dev.database.example.com:3306"]);
    const input = stackInput({ ...update, parameters: { DatabaseUrl: "other:3306" } }, summary, { stack, template: text });
    expect(input).toMatchObject({ UsePreviousTemplate: true, Parameters: [{ ParameterKey: "Stage", ParameterValue: "dev" }, { ParameterKey: "DatabaseUrl", ParameterValue: "other:3306" }] });
    await ask("cloudformation", "CreateChangeSet", { ...input, ChangeSetName: "c", ChangeSetType: "UPDATE" });
    await w.settle();
    const { Changes = [] } = await loadChangeSet(ask, "s1", "c");
    expect(Changes.map(({ ResourceChange }) => [ResourceChange.Action, ResourceChange.LogicalResourceId, ResourceChange.Replacement])).toEqual([["Modify", "Url", "False"]]);
    expect(detailLines(Changes[0].ResourceChange)).toEqual(["Value: dev.database.example.com:3306 → other:3306, by the parameter DatabaseUrl"]);
  });

  test("a secret parameter stays as it is unless another is entered", async () => {
    const text = JSON.stringify({ Parameters: { Password: { Type: "String", NoEcho: true } }, Resources: { P: parameter({ Ref: "Password" }) } });
    const form = draft({ source: "editor", template: text });
    const summary = await summaryOf(ask, text);
    expect(problemOfDetails(form, summary)).toBe("Enter a value for Password.");
    await ask("cloudformation", "CreateStack", stackInput({ ...form, parameters: { Password: "hunter2" } }, summary, {}));
    await w.settle();
    const stack = await loadStack(ask, "s1");
    const update = draftOf(stack, text);
    expect(problemOfDetails(update, summary, stack)).toBeUndefined();
    expect(stackInput(update, summary, { stack, template: text })).toMatchObject({ Parameters: [{ ParameterKey: "Password", UsePreviousValue: true }] });
    expect(stackInput({ ...update, parameters: { Password: "new" } }, summary, { stack, template: text })).toMatchObject({ Parameters: [{ ParameterKey: "Password", ParameterValue: "new" }] });
  });

  test.each([
    ["", false],
    ["1stack", false],
    ["my_stack", false],
    ["a".repeat(129), false],
    ["a".repeat(128), true],
    ["My-Stack1", true],
  ])("the name %j, and what CloudFormation says of it", async (name, fine) => {
    expect(problemOfName(name) === undefined).toBe(fine);
    const TemplateBody = JSON.stringify({ Resources: { P: parameter("v") } });
    const made = ask("cloudformation", "CreateStack", { StackName: name, TemplateBody });
    if (fine) await made;
    else await expect(made).rejects.toThrow(/ValidationError|ValidationException/);
  });
});

test("values that a stack would read from Parameter Store are shown, and those that are not there", async () => {
  await w.must("ssm", "PutParameter", { Name: "/a", Type: "String", Value: "one" });
  const summary = await summaryOf(ask, JSON.stringify({ Parameters: { A: { Type: "AWS::SSM::Parameter::Value<String>", Default: "/a" }, B: { Type: "AWS::SSM::Parameter::Value<String>" }, C: { Type: "String" } }, Resources: { P: parameter("v") } }));
  expect(summary.Parameters.map(({ ParameterType }) => isStored(ParameterType))).toEqual([true, true, false]);
  const names = storedNames(summary, { B: "/none" });
  expect(names).toEqual(["/a", "/none"]);
  expect(await storedValues(ask, names)).toEqual({ "/a": { value: "one" }, "/none": { problem: "ParameterNotFound" } });
});

describe("what went wrong", () => {
  const eventsOf = async (name: string): Promise<StackEvent[]> => (await loadEvents(ask, name)).items;

  test("the resource that failed first, and the entry of the journal in which it did", async () => {
    await w.create("s1", sampleTemplates.find(({ id }) => id === "rollback")!.text);
    const cause = rootCause(await eventsOf("s1"), "s1")!;
    expect(cause).toMatchObject({ LogicalResourceId: "Second", ResourceStatus: "CREATE_FAILED" });
    const entry = entryOf(cause, w.lab.journal)!;
    // Its Why? has the refused call.
    expect(JSON.stringify(entry.trace.steps)).toContain("reserved parameter name");
  });

  test("of an update, its own failure and not that of an earlier one", async () => {
    await w.create("s1", { Resources: { A: parameter("1", { Name: "/x" }) } });
    await w.update("s1", { Resources: { A: parameter("1", { Name: "/x" }), B: parameter("2", { Name: "/aws/b" }) } });
    expect((await loadStack(ask, "s1")).StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect(rootCause(await eventsOf("s1"), "s1")?.LogicalResourceId).toBe("B");
    await w.update("s1", { Resources: { A: parameter("2", { Name: "/x" }) } });
    expect(rootCause(await eventsOf("s1"), "s1")).toBeUndefined();
  });
});

test("drift is read with what was expected and found", async () => {
  await w.create("s1", { Resources: { A: parameter("1", { Name: "/x" }) } });
  await w.must("ssm", "PutParameter", { Name: "/x", Type: "String", Value: "2", Overwrite: true });
  await ask("cloudformation", "DetectStackDrift", { StackName: "s1" });
  await w.settle();
  expect(await loadDrifts(ask, "s1")).toMatchObject([{ LogicalResourceId: "A", StackResourceDriftStatus: "MODIFIED", PropertyDifferences: [{ PropertyPath: "/Value", ExpectedValue: "1", ActualValue: "2" }] }]);
});

test("stacks that are there, and those that were deleted", async () => {
  await w.create("s1", { Resources: { A: parameter("1") } });
  await w.create("s2", { Resources: { A: parameter("1") } });
  const { StackId } = await loadStack(ask, "s1");
  await w.remove("s1");
  expect((await loadStacks(ask, "active")).items.map(({ StackName }) => StackName)).toEqual(["s2"]);
  expect((await loadStacks(ask, "deleted")).items.map((one) => one.StackId)).toEqual([StackId]);
  // By its id it can still be looked at.
  expect((await loadStack(ask, StackId)).StackStatus).toBe("DELETE_COMPLETE");
  expect((await loadEvents(ask, StackId)).items.length).toBeGreaterThan(0);
});

test("resources lead to their consoles", async () => {
  await w.create("s1", sampleTemplates.find(({ id }) => id === "key")!.text);
  const resources = await loadResources(ask, "s1");
  const key = resources.find(({ ResourceType }) => ResourceType === "AWS::KMS::Key")!;
  expect(resourceAddress(key.ResourceType, key.PhysicalResourceId)).toBe(`/console/kms/keys/${key.PhysicalResourceId}`);
  expect(resourceAddress("AWS::SSM::Parameter", "/a/b")).toBe("/console/systems-manager/parameters/%2Fa%2Fb");
  expect(resourceAddress("AWS::SSM::Parameter", undefined)).toBeUndefined();
  expect(resourceAddress("AWS::KMS::Alias", "alias/a")).toBeUndefined();
});

describe("where a template breaks", () => {
  test.each([
    ["Resources:\n  A: [1\n  B: 2", 3],
    ['{\n "Resources": {\n  "A": oops\n}}', 3],
    ["Resources: {}\nFoo: 1", 2],
    ["Resources:\n  A:\n    Properties: {}", 2],
    ["Resources:\n  my-key:\n    Type: AWS::KMS::Key", 2],
    ["Resources:\n  A:\n    Type: AWS::S3::Bucket", 3],
  ])("%j", async (template, line) => {
    const message = await w.fails("cloudformation", "GetTemplateSummary", { TemplateBody: template });
    const place = placeOfProblem(template, message)!;
    expect(template.slice(0, place.offset).split("\n").length).toBe(line);
    expect(place.offset + place.length).toBeLessThanOrEqual(template.length + 1);
  });
  test("a text with nothing to point at", () => expect(placeOfProblem("x", "ValidationError: Template format error: unsupported structure.")).toBeUndefined());
});

test.each([
  ["  {", "json"],
  ["Resources:", "yaml"],
  ["", "yaml"],
])("%j is %s", (text, language) => expect(languageOf(text)).toBe(language));

test.each([
  ["CREATE_IN_PROGRESS", "in-progress", true],
  ["CREATE_COMPLETE", "success", false],
  ["ROLLBACK_COMPLETE", "error", false],
  ["UPDATE_ROLLBACK_IN_PROGRESS", "in-progress", true],
  ["UPDATE_ROLLBACK_COMPLETE", "error", false],
  ["DELETE_COMPLETE", "stopped", false],
  ["DELETE_FAILED", "error", false],
  ["REVIEW_IN_PROGRESS", "info", false],
  ["NOT_CHECKED", "stopped", false],
  ["IN_SYNC", "success", false],
  ["DRIFTED", "error", false],
  ["CREATE_PENDING", "in-progress", false],
])("%s", (status, sign, underWay) => expect([signOf(status), isUnderWay(status)]).toEqual([sign, underWay]));
