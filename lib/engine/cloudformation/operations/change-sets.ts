import { fail, ok } from "../../errors";
import { attempt, cfnErrors, invalid } from "../errors";
import { editStack, stackStatus } from "../stack/events";
import { type Change, changeOut, planOf } from "../stack/plan";
import { preparedOf } from "../stack/run";
import { newStack, startCreate, startUpdate } from "../stack/start";
import { checkRole } from "../stack/who";
import { type ChangeSetRow, changeSets, findStack, type StackRow, stacks } from "../state";
import { about, capabilitiesIn, type Input, page, parametersOut, repeated, seconds, updatable, validateInput, withTemplate } from "./common";
import { findChangeSet } from "./find-change-set";
import { obsolete, readCall } from "./stacks";
import type { Context, JsonObject, Operation } from "../../types";
import type { Failure } from "../../errors";

/** Source: CloudFormation API Reference, CreateChangeSet, DescribeChangeSet, ExecuteChangeSet and their kin. */

const CreateChangeSet: Operation = {
  name: "CreateChangeSet",
  validate: validateInput,
  authorise: (input: Input, ctx) => withTemplate(ctx, "CreateChangeSet", input, { "cloudformation:ChangeSetName": input.ChangeSetName }),
  handle(input: Input, ctx) {
    const { StackName, ChangeSetName, ChangeSetType = "UPDATE", RoleARN } = input;
    if (ChangeSetType === "IMPORT" || input.ResourcesToImport?.length) return cfnErrors.notSimulated("the import of resources into a stack");
    if (input.DeploymentMode !== undefined) return cfnErrors.notSimulated("the deployment mode of change sets");
    const found = ChangeSetType === "CREATE" ? creatable(ctx, StackName, ChangeSetName) : updatable(ctx, StackName);
    if (!found.ok) return found;
    const stack = found.stack ?? review(ctx, input);
    if (changeSets(ctx.db).having("stack", stack.id).some((row) => row.ChangeSetName === ChangeSetName)) return cfnErrors.changeSetExists(ChangeSetName);
    const read = readCall(ctx, input, stack, stack.template ? stack : undefined);
    if (!read.ok) return read;
    const refused = checkRole(ctx, RoleARN);
    if (refused) return refused;
    const id = ctx.newId();
    const row: ChangeSetRow = {
      id,
      ChangeSetId: `arn:aws:cloudformation:${ctx.region}:${ctx.account}:changeSet/${ChangeSetName}/${id}`,
      ChangeSetName,
      stack: stack.id,
      type: ChangeSetType,
      created: ctx.now,
      status: "CREATE_PENDING",
      execution: "UNAVAILABLE",
      template: read.prepared.text,
      parameters: read.prepared.parameters,
      tags: input.Tags ?? stack.tags,
      capabilities: capabilitiesIn(input),
      notificationArns: input.NotificationARNs ?? stack.notificationArns,
      changes: [],
      principal: ctx.principal,
      includeNestedStacks: input.IncludeNestedStacks ?? false,
      ...(input.Description === undefined ? {} : { Description: input.Description }),
      ...(RoleARN === undefined ? {} : { roleArn: RoleARN }),
      ...(input.OnStackFailure === undefined ? {} : { onStackFailure: input.OnStackFailure }),
    };
    changeSets(ctx.db).put(id, row);
    ctx.schedule({ id: `change-set ${id}`, due: ctx.now + 1_000, kind: "change-set", args: { changeSet: id, StackName: stack.StackName } });
    return ok({ Id: row.ChangeSetId, StackId: stack.StackId });
  },
};

/** A stack that a change set may create: none, or one that is only reviewed. */
function creatable(ctx: Context, name: string, changeSet: string): { ok: true; stack?: Readonly<StackRow> } | Failure {
  const stack = findStack(ctx.db, name);
  if (!stack) return name.startsWith("arn:") ? cfnErrors.noStack(name) : { ok: true };
  if (stack.status === "DELETE_COMPLETE") return invalid(`Stack [${name}] already exists and cannot be created again with the changeSet [${changeSet}].`);
  return stack.status === "REVIEW_IN_PROGRESS" ? { ok: true, stack } : invalid(`Stack [${stack.StackName}] already exists and cannot be created again with the changeSet [${changeSet}].`);
}

/** The stack that a change set of type CREATE makes: it has nothing yet. */
function review(ctx: Context, input: Input): StackRow {
  const row = newStack(ctx, { StackName: input.StackName, status: "REVIEW_IN_PROGRESS", template: "", parameters: [], tags: [], capabilities: [], notificationArns: [], disableRollback: false, terminationProtection: false });
  stackStatus(ctx, row.id, "REVIEW_IN_PROGRESS", "User Initiated");
  return editStack(ctx, row.id);
}

/** The stack as the change set would make it. */
const nextOf = (stack: Readonly<StackRow>, { template, parameters, tags, capabilities, notificationArns, roleArn, principal }: Readonly<ChangeSetRow>): StackRow => ({
  ...stack, template, parameters, tags, capabilities, notificationArns, principal, ...(roleArn === undefined ? {} : { roleArn }),
});

const noChanges = "The submitted information didn't contain changes. Submit different information to create a change set.";

/** The job: computes the changes. */
export function computeChangeSet({ changeSet: id }: { changeSet: string }, ctx: Context): void {
  const known = changeSets(ctx.db).get(id);
  const stack = known && stacks(ctx.db).get(known.stack);
  if (!known || !stack || known.status !== "CREATE_PENDING") return;
  const row = changeSets(ctx.db).edit(id);
  const next = nextOf(stack, known);
  const plan = attempt(() => planOf(ctx, { ...stack, principal: known.principal }, next, preparedOf(ctx, next)));
  if (plan.ok && plan.value.any) Object.assign(row, { status: "CREATE_COMPLETE", execution: "AVAILABLE", changes: plan.value.changes as unknown as JsonObject[] });
  else if (plan.ok && known.type === "CREATE") Object.assign(row, { status: "CREATE_COMPLETE", execution: "AVAILABLE" });
  else Object.assign(row, { status: "FAILED", reason: plan.ok ? noChanges : plan.error.message });
}

function changeSetOut(ctx: Context, row: Readonly<ChangeSetRow>): JsonObject {
  const stack = stacks(ctx.db).get(row.stack)!;
  return {
    StackId: stack.StackId,
    StackName: stack.StackName,
    ChangeSetId: row.ChangeSetId,
    ChangeSetName: row.ChangeSetName,
    ExecutionStatus: row.execution,
    Status: row.status,
    ...(row.reason === undefined ? {} : { StatusReason: row.reason }),
    CreationTime: seconds(row.created),
    ...(row.Description === undefined ? {} : { Description: row.Description }),
    IncludeNestedStacks: row.includeNestedStacks,
  };
}

const DescribeChangeSet: Operation = {
  name: "DescribeChangeSet",
  authorise: ({ StackName, ChangeSetName }: Input, ctx) => aboutChangeSet(ctx, "DescribeChangeSet", ChangeSetName, StackName),
  handle({ ChangeSetName, StackName, NextToken, IncludePropertyValues = false }: Input, ctx) {
    const found = findChangeSet(ctx, ChangeSetName, StackName);
    if (!found.ok) return found;
    const { row } = found;
    const part = page(row.changes as unknown as Change[], NextToken);
    if (!part.ok) return part;
    return ok({
      ...changeSetOut(ctx, row),
      ...(row.parameters.length ? { Parameters: parametersOut(row.parameters) } : {}),
      NotificationARNs: row.notificationArns,
      RollbackConfiguration: {},
      Capabilities: row.capabilities,
      ...(row.tags.length ? { Tags: row.tags as unknown as JsonObject[] } : {}),
      Changes: part.items.map((change) => changeOut(change, IncludePropertyValues)),
      ...(row.onStackFailure === undefined ? {} : { OnStackFailure: row.onStackFailure }),
      ...part.rest,
    });
  },
};

const aboutChangeSet = (ctx: Context, action: string, name: string, stackName: string | undefined) => {
  const found = findChangeSet(ctx, name, stackName);
  const stack = found.ok ? stacks(ctx.db).get(found.row.stack)?.StackId : stackName;
  return about(ctx, action, stack, { "cloudformation:ChangeSetName": found.ok ? found.row.ChangeSetName : name });
};

const ListChangeSets: Operation = {
  name: "ListChangeSets",
  authorise: ({ StackName }: Input, ctx) => about(ctx, "ListChangeSets", StackName),
  handle({ StackName, NextToken }: Input, ctx) {
    const stack = findStack(ctx.db, StackName);
    if (!stack) return cfnErrors.noStack(StackName);
    const rows = changeSets(ctx.db).having("stack", stack.id).sort((a, b) => a.created - b.created || (a.id < b.id ? -1 : 1));
    const part = page(rows, NextToken);
    return part.ok ? ok({ Summaries: part.items.map((row) => changeSetOut(ctx, row)), ...part.rest }) : part;
  },
};

const DeleteChangeSet: Operation = {
  name: "DeleteChangeSet",
  authorise: ({ StackName, ChangeSetName }: Input, ctx) => aboutChangeSet(ctx, "DeleteChangeSet", ChangeSetName, StackName),
  handle({ ChangeSetName, StackName }: Input, ctx) {
    const found = findChangeSet(ctx, ChangeSetName, StackName);
    // One that is not there is as deleted; a stack that is not there is a mistake.
    if (!found.ok) return found.error.code === "ChangeSetNotFound" ? ok({}) : found;
    const { row } = found;
    if (row.execution === "EXECUTE_IN_PROGRESS" || row.status === "CREATE_PENDING" || row.status === "CREATE_IN_PROGRESS") return cfnErrors.changeSetStatus(row.ChangeSetId, "deleted", row.status === "CREATE_COMPLETE" ? row.execution : row.status);
    changeSets(ctx.db).delete(row.id);
    return ok({});
  },
};

const ExecuteChangeSet: Operation = {
  name: "ExecuteChangeSet",
  authorise: ({ StackName, ChangeSetName }: Input, ctx) => aboutChangeSet(ctx, "ExecuteChangeSet", ChangeSetName, StackName),
  handle({ ChangeSetName, StackName, ClientRequestToken, DisableRollback = false, RetainExceptOnCreate = false }: Input, ctx) {
    const found = findChangeSet(ctx, ChangeSetName, StackName);
    if (!found.ok) return found;
    const { row } = found;
    const stack = stacks(ctx.db).get(row.stack)!;
    const again = repeated(stack, ClientRequestToken, row.type === "CREATE" ? "CREATE_STACK" : "UPDATE_STACK");
    if (again === "again") return ok({});
    if (again) return again;
    if (row.status !== "CREATE_COMPLETE") return cfnErrors.changeSetStatus(row.ChangeSetId, "executed", row.status);
    if (row.execution !== "AVAILABLE") return fail("InvalidChangeSetStatus", `ChangeSet [${row.ChangeSetId}] cannot be executed in its current execution status of [${row.execution}]`);
    if (row.type === "UPDATE") {
      const fits = updatable(ctx, stack.StackId);
      if (!fits.ok) return fits;
    }
    const prepared = preparedOf(ctx, nextOf(stack, row));
    const { template, parameters, tags, capabilities, notificationArns, roleArn, onStackFailure } = row;
    const next = { template, parameters, tags, capabilities, notificationArns, disableRollback: DisableRollback, changeSetId: row.ChangeSetId, ...(roleArn === undefined ? {} : { roleArn }) };
    changeSets(ctx.db).edit(row.id).execution = "EXECUTE_IN_PROGRESS";
    obsolete(ctx, stack.id, row.id);
    if (row.type === "CREATE") {
      Object.assign(editStack(ctx, stack.id), next, { updated: ctx.now, principal: ctx.principal });
      const onFailure = (onStackFailure ?? (DisableRollback ? "DO_NOTHING" : "ROLLBACK")) as "ROLLBACK" | "DELETE" | "DO_NOTHING";
      startCreate(ctx, stack.id, prepared, { token: ClientRequestToken, onFailure, disableRollback: onFailure === "DO_NOTHING", retainExceptOnCreate: RetainExceptOnCreate });
    } else startUpdate(ctx, stack.id, prepared, next, { token: ClientRequestToken, disableRollback: DisableRollback || onStackFailure === "DO_NOTHING" });
    return ok({});
  },
};

export const changeSetOperations = [CreateChangeSet, DescribeChangeSet, ListChangeSets, DeleteChangeSet, ExecuteChangeSet];
