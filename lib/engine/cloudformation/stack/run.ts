import type { Context } from "../../types";
import { changeSets, exportsOf, type Leftover, type OperationRow, resourcesOf, stackNames, type StackRow, stacks, type Work } from "../state";
import { prepare, type Prepared, templateOf } from "../template/prepare";
import { editStack, resourceStatus, stackStatus } from "./events";
import { importsIn, publish, republish, withdraw } from "./outputs";
import { begin, exists, poll, rowOf } from "./resource";
import { placeOf } from "./values";

/**
 * A stack's operations, by the lab's clock: at each step what is under way is looked at, and one more resource begun. So the
 * calls of others come in between, and each step is an entry of its own.
 * Source: CloudFormation User Guide, "Understand stack creation events", "Update behaviors of stack resources", "Stack failure options".
 */

/** Between two steps, ms of lab time; longer while nothing can be done but wait. */
const pace = 1_000;
const waiting = 5_000;

export function scheduleStep(ctx: Context, { id, StackName }: Pick<StackRow, "id" | "StackName">, after = pace): void {
  ctx.schedule({ id: `stack ${id}`, due: ctx.now + after, kind: "stack-step", args: { stack: id, StackName } });
}

/** The template and values of the operation that is under way. They were checked when it was begun. */
export function preparedOf(ctx: Context, stack: Readonly<StackRow>): Prepared {
  const template = templateOf(stack.template);
  const prepared = template.ok ? prepare(template.value, stack.template, stack.parameters, placeOf(ctx, stack)) : template;
  if (!prepared.ok) throw new Error(`a stack's template cannot be read again: ${prepared.error.message}`);
  return prepared.value;
}

export function stackStep({ stack: id }: { stack: string }, ctx: Context): void {
  const stack = stacks(ctx.db).get(id);
  if (!stack?.op) return;
  const { op } = stack;
  const prepared = op.phase === "work" ? preparedOf(ctx, stack) : undefined;
  if (op.phase === "work" && op.work.every(({ state }) => state === "waiting")) {
    const [missing] = importsIn(ctx, stack, prepared!).filter((name) => !exportsOf(ctx.db).get(name));
    if (missing !== undefined) return failed(ctx, id, `No export named ${missing} found.`);
  }
  for (const work of op.work) if (work.state === "running") poll(ctx, id, work);
  const now = editStack(ctx, id).op!;
  if (op.phase === "work") {
    if (op.cancelled) return failed(ctx, id, "");
    if (now.work.some(({ state }) => state === "failed")) return failed(ctx, id, undefined);
    if (op.deadline !== undefined && ctx.now >= op.deadline && now.work.some(({ state }) => state !== "done")) return failed(ctx, id, "Timed out in creating the stack.");
  }
  for (let next = ready(now.work); next; next = ready(editStack(ctx, id).op!.work)) if (begin(ctx, id, next, prepared)) break;
  const { work } = editStack(ctx, id).op!;
  if (op.phase === "work" && work.some(({ state }) => state === "failed")) return failed(ctx, id, undefined);
  if (!work.some(({ state }) => state === "running") && !ready(work)) return phaseOver(ctx, id, prepared);
  scheduleStep(ctx, stack, work.some(({ state, doing, since }) => state === "running" && doing && ctx.now - since! >= waiting) && !ready(work) ? waiting : pace);
}

/** The first that waits for nothing any more. */
const ready = (work: readonly Work[]): Work | undefined => {
  const open = new Set(work.filter(({ state }) => state !== "done").map(({ id }) => id));
  return work.find(({ state, after }) => state === "waiting" && after.every((id) => !open.has(id)));
};

// ---------------------------------------------------------------- work of each phase

export const worksOf = ({ order, needs }: Prepared): Work[] => order.map((id) => ({ id, what: "create-or-update", state: "waiting", after: needs[id] }));

/** Deletions of what the stack has of these, each after what was made after it. */
export function deletionsOf(ctx: Context, stack: string, which: (logicalId: string) => boolean): Work[] {
  const rows = resourcesOf(ctx.db, stack).filter((row) => exists(row) && which(row.logicalId));
  const ids = new Set(rows.map(({ logicalId }) => logicalId));
  // Latest made first, as far as dependencies leave it open.
  return [...rows]
    .sort((a, b) => b.at - a.at)
    .map(({ logicalId }) => ({ id: logicalId, what: "delete", state: "waiting", after: rows.filter(({ logicalId: other, needs }) => ids.has(other) && needs.includes(logicalId)).map((row) => row.logicalId) }));
}

const leftoverWork = (leftovers: readonly { id: string; leftover: Leftover }[]): Work[] => leftovers.map(({ id, leftover }) => ({ id, what: "delete", state: "waiting", after: [], leftover }));

function nextPhase(ctx: Context, id: string, phase: OperationRow["phase"], work: Work[]): void {
  const stack = editStack(ctx, id);
  Object.assign(stack.op!, { phase, work });
  scheduleStep(ctx, stack);
}

// ---------------------------------------------------------------- the ends of phases

function phaseOver(ctx: Context, id: string, prepared: Prepared | undefined): void {
  const stack = editStack(ctx, id);
  const op = stack.op!;
  const left = op.work.filter(({ state }) => state !== "done").map((work) => work.id);
  switch (op.phase) {
    case "work": {
      const why = publish(ctx, id, prepared!);
      if (why !== undefined) return failed(ctx, id, why);
      if (op.kind === "create") return over(ctx, id, "CREATE_COMPLETE");
      stackStatus(ctx, id, "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS");
      const order = new Set(prepared!.order);
      return nextPhase(ctx, id, "cleanup", [...leftoverWork(stack.leftovers), ...deletionsOf(ctx, id, (logicalId) => !order.has(logicalId))]);
    }
    case "cleanup":
      forget(ctx, id);
      return over(ctx, id, "UPDATE_COMPLETE", left.length ? "One or more resources could not be deleted." : undefined);
    case "rollback":
      if (op.kind === "create") return over(ctx, id, left.length ? "ROLLBACK_FAILED" : "ROLLBACK_COMPLETE", left.length ? `The following resource(s) failed to delete: [${left.join(", ")}]. ` : undefined);
      if (left.length) return over(ctx, id, "UPDATE_ROLLBACK_FAILED", `The following resource(s) failed to update: [${left.join(", ")}]. `);
      return rolledBack(ctx, id);
    case "rollback-cleanup":
      forget(ctx, id);
      return over(ctx, id, "UPDATE_ROLLBACK_COMPLETE", left.length ? "One or more resources could not be deleted." : undefined);
    case "delete":
      if (left.length) return over(ctx, id, "DELETE_FAILED", `The following resource(s) failed to delete: [${left.join(", ")}]. `);
      return gone(ctx, id);
  }
}

function over(ctx: Context, id: string, status: string, reason?: string): void {
  stackStatus(ctx, id, status, reason);
  const stack = editStack(ctx, id);
  const changeSet = stack.changeSetId && changeSets(ctx.db).get(lastPart(stack.changeSetId));
  if (changeSet && changeSet.execution === "EXECUTE_IN_PROGRESS") changeSets(ctx.db).edit(changeSet.id).execution = status.endsWith("_COMPLETE") && !status.includes("ROLLBACK") ? "EXECUTE_COMPLETE" : "EXECUTE_FAILED";
  delete stack.op;
}

export const lastPart = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);

/** There is nothing to go back to any more. */
function forget(ctx: Context, id: string): void {
  const stack = editStack(ctx, id);
  delete stack.before;
  stack.leftovers = [];
}

function gone(ctx: Context, id: string): void {
  over(ctx, id, "DELETE_COMPLETE");
  const stack = editStack(ctx, id);
  stack.deleted = ctx.now;
  if (stackNames(ctx.db).get(stack.StackName)?.id === id) stackNames(ctx.db).delete(stack.StackName);
  withdraw(ctx, id);
  forget(ctx, id);
  for (const { id: set } of changeSets(ctx.db).having("stack", id)) changeSets(ctx.db).delete(set);
}

/** The update's own resources are back: the stack is what it was, and what the update made goes. */
function rolledBack(ctx: Context, id: string): void {
  const stack = editStack(ctx, id);
  const { template, parameters, tags, capabilities, outputs, resources: before } = stack.before!;
  Object.assign(stack, { template, parameters, tags, capabilities });
  republish(ctx, id, outputs);
  stackStatus(ctx, id, "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS");
  nextPhase(ctx, id, "rollback-cleanup", [...leftoverWork(stack.leftovers.filter((one) => !isKept(ctx, id, one))), ...deletionsOf(ctx, id, (logicalId) => before[logicalId] === null)]);
}

const isKept = (ctx: Context, stack: string, { id, leftover }: { id: string; leftover: Leftover }): boolean => rowOf(ctx, stack, id)?.physicalId === leftover.physicalId;

// ---------------------------------------------------------------- failure

/** The operation cannot go on: what is under way is given up, and what happens next is what was asked for. `why`: a reason of the stack's own. */
function failed(ctx: Context, id: string, why: string | undefined): void {
  const op = editStack(ctx, id).op!;
  for (const work of op.work) {
    if (work.state !== "running") continue;
    const row = rowOf(ctx, id, work.id);
    if (row) resourceStatus(ctx, structuredClone(row), `${work.doing === "create" ? "CREATE" : "UPDATE"}_FAILED`, `Resource ${work.doing === "create" ? "creation" : "update"} cancelled`);
    work.state = "failed";
  }
  const stopped = op.work.filter(({ state }) => state === "failed").map((work) => rowOf(ctx, id, work.id)!);
  const names = (verb: string): string[] => stopped.filter(({ status }) => status === `${verb}_FAILED`).map(({ logicalId }) => logicalId);
  const sentence = (verb: string): string => (names(verb).length ? `The following resource(s) failed to ${verb.toLowerCase()}: [${names(verb).join(", ")}]. ` : "");
  const reason = why === undefined ? `${sentence("CREATE")}${sentence("UPDATE")}` : why ? `${why.replace(/\.?$/, ".")} ` : "";
  const words = reason.trim() ? reason : undefined;
  if (op.kind === "create") {
    if (op.onFailure === "DO_NOTHING") return over(ctx, id, "CREATE_FAILED", words);
    if (op.onFailure === "DELETE") {
      stackStatus(ctx, id, "DELETE_IN_PROGRESS", `${reason}Delete requested by user.`);
      return nextPhase(ctx, id, "delete", deletionsOf(ctx, id, () => true));
    }
    return beginRollback(ctx, id, `${reason}Rollback requested by user.`);
  }
  if (op.disableRollback && !op.cancelled) return over(ctx, id, "UPDATE_FAILED", words);
  beginRollback(ctx, id, op.cancelled ? undefined : words);
}

/** Back to what was before; `op` is there already. */
export function beginRollback(ctx: Context, id: string, reason: string | undefined): void {
  const { op, before } = editStack(ctx, id);
  if (op!.kind === "create") {
    stackStatus(ctx, id, "ROLLBACK_IN_PROGRESS", reason);
    return nextPhase(ctx, id, "rollback", deletionsOf(ctx, id, () => true));
  }
  if (editStack(ctx, id).status !== "UPDATE_ROLLBACK_IN_PROGRESS") stackStatus(ctx, id, "UPDATE_ROLLBACK_IN_PROGRESS", reason);
  const touched = Object.entries(before!.resources).flatMap(([logicalId, row]) => (row && changedSince(ctx, id, logicalId) && !op!.skip.includes(logicalId) ? [logicalId] : []));
  nextPhase(ctx, id, "rollback", touched.reverse().map((logicalId) => ({ id: logicalId, what: "restore", state: "waiting", after: [] })));
}

/** Whether a resource is other than it was before the update. */
function changedSince(ctx: Context, stack: string, logicalId: string): boolean {
  const was = stacks(ctx.db).get(stack)!.before!.resources[logicalId]!;
  const is = rowOf(ctx, stack, logicalId);
  return !is || is.physicalId !== was.physicalId || is.status !== was.status || JSON.stringify(is.properties) !== JSON.stringify(was.properties);
}
