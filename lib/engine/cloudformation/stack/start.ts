import type { Context } from "../../types";
import { type OperationRow, resources, resourceId, resourcesOf, stackNames, type StackRow, stacks } from "../state";
import type { Prepared } from "../template/prepare";
import { editStack, stackStatus } from "./events";
import { deletionsOf, scheduleStep, worksOf } from "./run";

/** The beginnings of a stack's operations. What is asked for has been checked. */

export const stackArn = ({ account, region }: Pick<Context, "account" | "region">, name: string, id: string): string => `arn:aws:cloudformation:${region}:${account}:stack/${name}/${id}`;

const operationTypes = { create: "CREATE_STACK", update: "UPDATE_STACK", delete: "DELETE_STACK" };

/** Where the last operations are kept for DescribeStacks. */
const operationsKept = 5;

type Asked = Partial<Pick<OperationRow, "token" | "disableRollback" | "onFailure" | "deadline" | "policyDuring" | "retainExceptOnCreate" | "skip">>;

function operation(ctx: Context, stack: StackRow, kind: OperationRow["kind"], phase: OperationRow["phase"], asked: Asked, type = operationTypes[kind]): OperationRow {
  const operationId = ctx.newId();
  stack.operations = [{ type, id: operationId }, ...stack.operations].slice(0, operationsKept);
  const { token, ...rest } = asked;
  if (token !== undefined) stack.token = { token, what: type };
  return { kind, phase, operationId, work: [], disableRollback: false, skip: [], ...(token === undefined ? {} : { token }), ...rest };
}

/** A stack of this name, without resources. */
export function newStack(ctx: Context, made: Omit<StackRow, "id" | "StackId" | "created" | "outputs" | "drift" | "operations" | "events" | "leftovers" | "principal">): StackRow {
  const id = ctx.newId();
  const row: StackRow = { ...made, id, StackId: stackArn(ctx, made.StackName, id), created: ctx.now, outputs: [], drift: { status: "NOT_CHECKED" }, operations: [], events: 0, leftovers: [], principal: ctx.principal };
  stacks(ctx.db).put(id, row);
  stackNames(ctx.db).put(made.StackName, { id });
  return row;
}

export function startCreate(ctx: Context, id: string, prepared: Prepared, asked: Asked): OperationRow {
  const stack = editStack(ctx, id);
  stack.op = { ...operation(ctx, stack, "create", "work", asked), work: worksOf(prepared) };
  stackStatus(ctx, id, "CREATE_IN_PROGRESS", "User Initiated");
  scheduleStep(ctx, stack);
  return stack.op;
}

/** `next`: what the stack is from now on. */
export function startUpdate(ctx: Context, id: string, prepared: Prepared, next: Partial<StackRow>, asked: Asked): OperationRow {
  const stack = editStack(ctx, id);
  const { template, parameters, tags, capabilities, outputs } = stack;
  // An update after a failed one goes back, if it must, to what was before both.
  stack.before ??= { template, parameters, tags, capabilities, outputs, resources: {} };
  Object.assign(stack, next, { updated: ctx.now, principal: ctx.principal });
  stack.op = { ...operation(ctx, stack, "update", "work", asked), work: worksOf(prepared) };
  stackStatus(ctx, id, "UPDATE_IN_PROGRESS", "User Initiated");
  scheduleStep(ctx, stack);
  return stack.op;
}

export function startDelete(ctx: Context, id: string, asked: Asked): void {
  const stack = editStack(ctx, id);
  stack.principal = ctx.principal;
  stack.op = operation(ctx, stack, "delete", "delete", asked);
  // What a failed update left is the stack's too.
  for (const { id: logicalId, leftover } of stack.leftovers) {
    const row = resources(ctx.db).get(resourceId(id, logicalId));
    if (row?.physicalId === leftover.physicalId) stack.leftovers = stack.leftovers.filter((one) => one.leftover !== leftover);
  }
  stackStatus(ctx, id, "DELETE_IN_PROGRESS", "User Initiated");
  stack.op.work = [...stack.leftovers.map(({ id: logicalId, leftover }) => ({ id: logicalId, what: "delete" as const, state: "waiting" as const, after: [], leftover })), ...deletionsOf(ctx, id, () => true)];
  scheduleStep(ctx, stack);
}

/** Goes back after a failure that was kept, or after a rollback that failed. */
export function startRollback(ctx: Context, id: string, kind: "create" | "update", asked: Asked, type: string): OperationRow {
  const stack = editStack(ctx, id);
  stack.principal = ctx.principal;
  stack.op = operation(ctx, stack, kind, "rollback", asked, type);
  return stack.op;
}

/** Whether the stack has physical resources at all. */
export const isEmpty = (ctx: Context, id: string): boolean => resourcesOf(ctx.db, id).every(({ physicalId }) => physicalId === undefined);
