import { ok } from "../../errors";
import { cfnErrors, invalid } from "../errors";
import { changeSets, events, exportsOf, findStack, imports, type ResourceRow, resourcesOf, type StackRow, stacks } from "../state";
import { templateOf } from "../template/prepare";
import { about, type Input, page, parametersOut, seconds } from "./common";
import { findChangeSet } from "./find-change-set";
import type { Context, JsonObject, Operation } from "../../types";

/** Source: CloudFormation API Reference, DescribeStacks, ListStacks, DescribeStackEvents, DescribeStackResources and their kin. */

/** A stack that is deleted is listed so long. Source: CloudFormation API Reference, ListStacks. */
const remembered = 90 * 24 * 60 * 60 * 1000;

const newestFirst = (ctx: Context): Readonly<StackRow>[] => [...stacks(ctx.db).all()].sort((a, b) => b.created - a.created || (a.StackName < b.StackName ? -1 : 1));

const description = ({ template }: Readonly<StackRow>): string | undefined => {
  const read = template ? templateOf(template) : undefined;
  return read?.ok ? read.value.Description : undefined;
};

const driftOf = ({ drift }: Readonly<StackRow>): JsonObject => ({ StackDriftStatus: drift.status, ...(drift.at === undefined ? {} : { LastCheckTimestamp: seconds(drift.at) }) });

const times = ({ created, updated, deleted }: Readonly<StackRow>): JsonObject => ({
  CreationTime: seconds(created),
  ...(updated === undefined ? {} : { LastUpdatedTime: seconds(updated) }),
  ...(deleted === undefined ? {} : { DeletionTime: seconds(deleted) }),
});

function stackOut(stack: Readonly<StackRow>): JsonObject {
  const text = description(stack);
  return {
    StackId: stack.StackId,
    StackName: stack.StackName,
    ...(stack.changeSetId === undefined ? {} : { ChangeSetId: stack.changeSetId }),
    ...(text === undefined ? {} : { Description: text }),
    ...(stack.parameters.length ? { Parameters: parametersOut(stack.parameters) } : {}),
    ...times(stack),
    RollbackConfiguration: {},
    StackStatus: stack.status,
    ...(stack.reason === undefined ? {} : { StackStatusReason: stack.reason }),
    DisableRollback: stack.disableRollback,
    NotificationARNs: stack.notificationArns,
    ...(stack.timeoutMinutes === undefined ? {} : { TimeoutInMinutes: stack.timeoutMinutes }),
    ...(stack.capabilities.length ? { Capabilities: stack.capabilities } : {}),
    ...(stack.outputs.length && stack.status !== "DELETE_COMPLETE" ? { Outputs: stack.outputs as unknown as JsonObject[] } : {}),
    ...(stack.roleArn === undefined ? {} : { RoleARN: stack.roleArn }),
    Tags: stack.tags as unknown as JsonObject[],
    ...(stack.status === "DELETE_COMPLETE" ? {} : { EnableTerminationProtection: stack.terminationProtection }),
    DriftInformation: driftOf(stack),
    LastOperations: stack.operations.map(({ type, id }) => ({ OperationType: type, OperationId: id })),
  };
}

const DescribeStacks: Operation = {
  name: "DescribeStacks",
  authorise: ({ StackName }: Input, ctx) => about(ctx, "DescribeStacks", StackName),
  handle({ StackName, NextToken }: Input, ctx) {
    if (StackName !== undefined) {
      const stack = findStack(ctx.db, StackName);
      return stack ? ok({ Stacks: [stackOut(stack)] }) : cfnErrors.noStackWithId(StackName);
    }
    const part = page(newestFirst(ctx).filter(({ status }) => status !== "DELETE_COMPLETE"), NextToken);
    return part.ok ? ok({ Stacks: part.items.map(stackOut), ...part.rest }) : part;
  },
};

const ListStacks: Operation = {
  name: "ListStacks",
  authorise: (_input, ctx) => about(ctx, "ListStacks", undefined),
  handle({ StackStatusFilter, NextToken }: Input, ctx) {
    const fits = ({ status, deleted }: Readonly<StackRow>): boolean => (!StackStatusFilter?.length || StackStatusFilter.includes(status)) && (deleted === undefined || ctx.now - deleted <= remembered);
    const part = page(newestFirst(ctx).filter(fits), NextToken);
    if (!part.ok) return part;
    const StackSummaries = part.items.map((stack) => {
      const text = description(stack);
      return {
        StackId: stack.StackId,
        StackName: stack.StackName,
        ...(text === undefined ? {} : { TemplateDescription: text }),
        ...times(stack),
        StackStatus: stack.status,
        ...(stack.reason === undefined ? {} : { StackStatusReason: stack.reason }),
        DriftInformation: driftOf(stack),
      };
    });
    return ok({ StackSummaries, ...part.rest });
  },
};

const DescribeStackEvents: Operation = {
  name: "DescribeStackEvents",
  authorise: ({ StackName }: Input, ctx) => about(ctx, "DescribeStackEvents", StackName),
  handle({ StackName, NextToken }: Input, ctx) {
    const stack = findStack(ctx.db, StackName);
    if (!stack) return cfnErrors.noStack(StackName);
    const part = page(events(ctx.db).ids({ prefix: `${stack.id} ` }).reverse(), NextToken);
    if (!part.ok) return part;
    const StackEvents = part.items.map((id) => {
      const { stack: _stack, at, ...event } = events(ctx.db).get(id)!;
      return { StackId: stack.StackId, StackName: stack.StackName, ...event, Timestamp: seconds(at) };
    });
    return ok({ StackEvents, ...part.rest });
  },
};

// ---------------------------------------------------------------- resources

/** Resources that were made, or began to be; those that an update removed are gone from the list. */
const listed = (ctx: Context, stack: Readonly<StackRow>): Readonly<ResourceRow>[] => resourcesOf(ctx.db, stack.id);

const resourceDrift = ({ drift }: Readonly<ResourceRow>): JsonObject => ({ StackResourceDriftStatus: drift.status, ...(drift.at === undefined ? {} : { LastCheckTimestamp: seconds(drift.at) }) });

const commonMembers = (row: Readonly<ResourceRow>): JsonObject => ({
  LogicalResourceId: row.logicalId,
  ...(row.physicalId === undefined ? {} : { PhysicalResourceId: row.physicalId }),
  ResourceType: row.type,
  ResourceStatus: row.status,
  ...(row.reason === undefined ? {} : { ResourceStatusReason: row.reason }),
  DriftInformation: resourceDrift(row),
});

const ListStackResources: Operation = {
  name: "ListStackResources",
  authorise: ({ StackName }: Input, ctx) => about(ctx, "ListStackResources", StackName),
  handle({ StackName, NextToken }: Input, ctx) {
    const stack = findStack(ctx.db, StackName);
    if (!stack) return cfnErrors.noStackWithId(StackName);
    const part = page(listed(ctx, stack), NextToken);
    return part.ok ? ok({ StackResourceSummaries: part.items.map((row) => ({ ...commonMembers(row), LastUpdatedTimestamp: seconds(row.at) })), ...part.rest }) : part;
  },
};

const DescribeStackResources: Operation = {
  name: "DescribeStackResources",
  authorise: ({ StackName }: Input, ctx) => about(ctx, "DescribeStackResources", StackName),
  handle({ StackName, LogicalResourceId, PhysicalResourceId }: Input, ctx) {
    if (StackName === undefined && PhysicalResourceId === undefined) return invalid("At least one of StackName or PhysicalResourceId must be specified.");
    if (StackName !== undefined && PhysicalResourceId !== undefined) return invalid("StackName and PhysicalResourceId cannot be specified together.");
    const stack = StackName === undefined ? [...stacks(ctx.db).all()].find(({ id, status }) => status !== "DELETE_COMPLETE" && resourcesOf(ctx.db, id).some(({ physicalId }) => physicalId === PhysicalResourceId)) : findStack(ctx.db, StackName);
    if (!stack) return StackName === undefined ? invalid(`Stack for ${PhysicalResourceId} does not exist`) : cfnErrors.noStackWithId(StackName);
    const StackResources = listed(ctx, stack)
      .filter(({ logicalId }) => LogicalResourceId === undefined || logicalId === LogicalResourceId)
      .slice(0, 100)
      .map((row) => ({ StackName: stack.StackName, StackId: stack.StackId, ...commonMembers(row), Timestamp: seconds(row.at) }));
    return ok({ StackResources });
  },
};

const DescribeStackResource: Operation = {
  name: "DescribeStackResource",
  authorise: ({ StackName }: Input, ctx) => about(ctx, "DescribeStackResource", StackName),
  handle({ StackName, LogicalResourceId }: Input, ctx) {
    const stack = findStack(ctx.db, StackName);
    if (!stack) return invalid(`Stack '${StackName}' does not exist`);
    const row = listed(ctx, stack).find(({ logicalId }) => logicalId === LogicalResourceId);
    if (!row) return invalid(`Resource ${LogicalResourceId} does not exist for stack ${stack.StackName}`);
    return ok({ StackResourceDetail: { StackName: stack.StackName, StackId: stack.StackId, ...commonMembers(row), LastUpdatedTimestamp: seconds(row.at), Metadata: JSON.stringify(row.metadata ?? {}) } });
  },
};

// ---------------------------------------------------------------- templates, exports

const GetTemplate: Operation = {
  name: "GetTemplate",
  authorise: ({ StackName, ChangeSetName }: Input, ctx) => about(ctx, "GetTemplate", StackName ?? (ChangeSetName === undefined ? undefined : stackOfChangeSet(ctx, ChangeSetName))),
  handle({ StackName, ChangeSetName }: Input, ctx) {
    const answer = (TemplateBody: string) => ok({ TemplateBody, StagesAvailable: ["Original", "Processed"] });
    if (ChangeSetName !== undefined) {
      const found = findChangeSet(ctx, ChangeSetName, StackName);
      return found.ok ? answer(found.row.template) : found;
    }
    if (StackName === undefined) return invalid("Either StackName or ChangeSetName must be specified.");
    const stack = findStack(ctx.db, StackName);
    if (!stack) return cfnErrors.noStackWithId(StackName);
    return stack.template ? answer(stack.template) : invalid(`Template for stack ${StackName} does not exist`);
  },
};

const stackOfChangeSet = (ctx: Context, arn: string): string | undefined => {
  const row = changeSets(ctx.db).get(arn.slice(arn.lastIndexOf("/") + 1));
  return row && stacks(ctx.db).get(row.stack)?.StackId;
};

const ListExports: Operation = {
  name: "ListExports",
  authorise: () => ({ action: "cloudformation:ListExports", resource: "*" }),
  handle({ NextToken }: Input, ctx) {
    const part = page(exportsOf(ctx.db).all(), NextToken);
    return part.ok ? ok({ Exports: part.items.map(({ Name, Value, stack }) => ({ ExportingStackId: stacks(ctx.db).get(stack)!.StackId, Name, Value })), ...part.rest }) : part;
  },
};

const ListImports: Operation = {
  name: "ListImports",
  authorise: () => ({ action: "cloudformation:ListImports", resource: "*" }),
  handle({ ExportName, NextToken }: Input, ctx) {
    const names = imports(ctx.db).having("Name", ExportName).map(({ stack }) => stacks(ctx.db).get(stack)!.StackName);
    if (!exportsOf(ctx.db).get(ExportName)) return invalid(`Export '${ExportName}' does not exist.`);
    if (!names.length) return invalid(`Export '${ExportName}' is not imported by any stack.`);
    const part = page(names, NextToken);
    return part.ok ? ok({ Imports: part.items, ...part.rest }) : part;
  },
};

export const readOperations = [DescribeStacks, ListStacks, DescribeStackEvents, ListStackResources, DescribeStackResources, DescribeStackResource, GetTemplate, ListExports, ListImports];
