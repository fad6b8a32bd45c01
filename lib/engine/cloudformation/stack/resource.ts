import { TemplateProblem } from "../errors";
import type { Context, JsonObject } from "../../types";
import { type Leftover, type ResourceRow, resourceId, resources, type StackRow, stacks, type Work } from "../state";
import type { Prepared } from "../template/prepare";
import { awsFor } from "../types/aws";
import { checkProperties } from "../types/check";
import { allTypes } from "../types";
import { type Attributes, type Aws, differs, type Properties, Refusal, type ResourceType } from "../types/type";
import { editStack, resourceEvent, resourceStatus } from "./events";
import { allowedByPolicy } from "./policy";
import { propertiesOf, withSecrets } from "./values";
import { actsAs } from "./who";

/** One step with one resource: begun, waited for, finished or failed. */

type Handled<T> = { ok: true; value: T } | { ok: false; reason: string };

/** Does a handler's work; what it refuses becomes the reason of the failure. */
function handled<T>(work: () => T): Handled<T> {
  try {
    return { ok: true, value: work() };
  } catch (thrown) {
    if (thrown instanceof Refusal) return { ok: false, reason: thrown.reason };
    if (thrown instanceof TemplateProblem) return { ok: false, reason: thrown.message };
    throw thrown;
  }
}

export const rowOf = (ctx: Context, stack: string, logicalId: string): Readonly<ResourceRow> | undefined => resources(ctx.db).get(resourceId(stack, logicalId));

/** Whether the stack has a physical resource under this name. */
export const exists = (row: Readonly<ResourceRow> | undefined): row is ResourceRow & { physicalId: string } => row?.physicalId !== undefined && row.status !== "DELETE_COMPLETE" && row.status !== "DELETE_SKIPPED";

const edit = (ctx: Context, stack: string, logicalId: string): ResourceRow => resources(ctx.db).edit(resourceId(stack, logicalId));

function handlersFor(ctx: Context, stack: Readonly<StackRow>, logicalId: string, deletionPolicy?: string, created?: (id: string) => void): Aws {
  return awsFor(ctx, actsAs(ctx, stack), { StackName: stack.StackName, logicalId, deletionPolicy, created });
}

const typeOf = (row: { type: string }): ResourceType => allTypes.get(row.type)!;

/** A work's state, written down. */
export function setWork(ctx: Context, stack: string, work: Work, change: Partial<Work>): void {
  const known = editStack(ctx, stack).op!.work.find((one) => one.id === work.id && one.what === work.what && one.leftover?.physicalId === work.leftover?.physicalId);
  Object.assign(known!, change);
}

/** Begins it. False where there was nothing to do, and so the step may go on to the next. */
export function begin(ctx: Context, stack: string, work: Work, prepared: Prepared | undefined): boolean {
  if (work.what === "delete") return beginDelete(ctx, stack, work);
  if (work.what === "restore") return beginRestore(ctx, stack, work);
  return exists(rowOf(ctx, stack, work.id)) ? beginUpdate(ctx, stack, work, prepared!) : beginCreate(ctx, stack, work, prepared!);
}

// ---------------------------------------------------------------- create

/** What the template says of a resource beside its properties. */
function attributesInTemplate({ template, needs }: Prepared, id: string): Pick<ResourceRow, "metadata" | "deletionPolicy" | "updateReplacePolicy" | "needs"> {
  const { Metadata, DeletionPolicy, UpdateReplacePolicy } = template.Resources[id];
  return {
    needs: needs[id],
    ...(Metadata === undefined ? {} : { metadata: Metadata }),
    ...(DeletionPolicy === undefined ? {} : { deletionPolicy: DeletionPolicy }),
    ...(UpdateReplacePolicy === undefined ? {} : { updateReplacePolicy: UpdateReplacePolicy }),
  };
}

function beginCreate(ctx: Context, stack: string, work: Work, prepared: Prepared): boolean {
  const row = stacks(ctx.db).get(stack)!;
  const { Type } = prepared.template.Resources[work.id];
  remember(ctx, stack, work.id, null);
  const fresh: ResourceRow = { stack, logicalId: work.id, type: Type, status: "CREATE_IN_PROGRESS", at: ctx.now, properties: {}, attributes: {}, drift: { status: "NOT_CHECKED" }, ...attributesInTemplate(prepared, work.id) };
  const properties = handled(() => propertiesOf(ctx, row, prepared, work.id));
  if (!properties.ok) {
    resourceStatus(ctx, fresh, "CREATE_FAILED", properties.reason);
    setWork(ctx, stack, work, { state: "failed" });
    return true;
  }
  fresh.properties = properties.value;
  resourceStatus(ctx, fresh, "CREATE_IN_PROGRESS");
  const made = createPhysical(ctx, row, fresh, properties.value);
  if (!made.ok) {
    if (made.left !== undefined) fresh.physicalId = made.left;
    resourceStatus(ctx, fresh, "CREATE_FAILED", made.reason);
    setWork(ctx, stack, work, { state: "failed" });
    return true;
  }
  fresh.physicalId = made.id;
  fresh.attributes = made.attributes;
  resourceStatus(ctx, fresh, "CREATE_IN_PROGRESS", "Resource creation Initiated");
  setWork(ctx, stack, work, { state: "running", doing: "create", since: ctx.now });
  return true;
}

/** `left`: what a failed creation left behind. */
function createPhysical(ctx: Context, stack: Readonly<StackRow>, row: Pick<ResourceRow, "type" | "logicalId">, properties: JsonObject): { ok: true; id: string; attributes: Attributes } | { ok: false; reason: string; left?: string } {
  const type = typeOf(row);
  const checked = checkProperties(type, properties);
  if (!checked.ok) return { ok: false, reason: invalidProperties(row.logicalId, checked.problems) };
  let left: string | undefined;
  const aws = handlersFor(ctx, stack, row.logicalId, undefined, (id) => void (left = id));
  const done = handled(() => type.create(aws, withSecrets(ctx, actsAs(ctx, stack), checked.value)));
  return done.ok ? { ok: true, id: done.value.id, attributes: defined(done.value.attributes ?? {}) } : { ok: false, reason: done.reason, ...(left === undefined ? {} : { left }) };
}

/** Attributes that there are: rows are plain data. */
const defined = (attributes: Attributes): Attributes => Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));

const invalidProperties = (logicalId: string, problems: string[]): string => `Properties validation failed for resource ${logicalId} with message:\n[${problems.join(", ")}]`;

// ---------------------------------------------------------------- update

/** What the update would go back to, kept when it first touches the resource. */
function remember(ctx: Context, stack: string, id: string, row: Readonly<ResourceRow> | null): void {
  const { before } = editStack(ctx, stack);
  if (before && !Object.hasOwn(before.resources, id)) before.resources[id] = row ? structuredClone(row) : null;
}

function beginUpdate(ctx: Context, stack: string, work: Work, prepared: Prepared): boolean {
  const stackRow = stacks(ctx.db).get(stack)!;
  const before = rowOf(ctx, stack, work.id)!;
  const failed = (row: ResourceRow, reason: string): boolean => {
    resourceStatus(ctx, row, "UPDATE_FAILED", reason);
    setWork(ctx, stack, work, { state: "failed" });
    return true;
  };
  const evaluated = handled(() => propertiesOf(ctx, stackRow, prepared, work.id));
  if (!evaluated.ok) {
    remember(ctx, stack, work.id, before);
    return failed(edit(ctx, stack, work.id), evaluated.reason);
  }
  const next = evaluated.value;
  const changed = changedProperties(before.properties, next);
  const said = attributesInTemplate(prepared, work.id);
  // A failed one is done again though its properties are what they should be.
  if (!changed.length && !before.status.endsWith("_FAILED")) {
    const { metadata, deletionPolicy, updateReplacePolicy, needs } = before;
    if (differs({ metadata, deletionPolicy, updateReplacePolicy, needs }, { metadata: undefined, deletionPolicy: undefined, updateReplacePolicy: undefined, ...said })) {
      remember(ctx, stack, work.id, before);
      const { metadata: _m, deletionPolicy: _d, updateReplacePolicy: _u, ...rest } = before;
      resources(ctx.db).put(resourceId(stack, work.id), { ...rest, ...said });
    }
    setWork(ctx, stack, work, { state: "done" });
    return false;
  }
  remember(ctx, stack, work.id, before);
  const row = edit(ctx, stack, work.id);
  const type = typeOf(row);
  const replace = needsReplacement(type, changed) || (row.status === "CREATE_FAILED" && type.update === undefined);
  const refused = allowedByPolicy(stackRow, replace ? "Update:Replace" : "Update:Modify", row);
  if (refused) return failed(row, refused);
  Object.assign(row, said, { properties: next });
  if (replace) return beginReplacement(ctx, stack, work, row, before as ResourceRow & { physicalId: string }, failed);
  resourceStatus(ctx, row, "UPDATE_IN_PROGRESS");
  const done = updatePhysical(ctx, stackRow, row, next, before.properties);
  if (!done.ok) return failed(row, done.reason);
  if (done.value) row.attributes = defined(done.value);
  resources(ctx.db).put(resourceId(stack, work.id), row);
  setWork(ctx, stack, work, { state: "running", doing: "update", since: ctx.now });
  return true;
}

/** Names of top-level properties that differ. */
export const changedProperties = (before: JsonObject, next: JsonObject): string[] => [...new Set([...Object.keys(before), ...Object.keys(next)])].filter((name) => differs(before[name], next[name]));

export const needsReplacement = (type: ResourceType, changed: readonly string[]): boolean => type.update === undefined || changed.some((name) => type.createOnly?.includes(name));

function updatePhysical(ctx: Context, stack: Readonly<StackRow>, row: ResourceRow, next: JsonObject, previous: JsonObject): Handled<Attributes | undefined> {
  const type = typeOf(row);
  const checked = checkProperties(type, next);
  if (!checked.ok) return { ok: false, reason: invalidProperties(row.logicalId, checked.problems) };
  const was = checkProperties(type, previous);
  return handled(() => {
    const as = actsAs(ctx, stack);
    const aws = handlersFor(ctx, stack, row.logicalId, row.deletionPolicy);
    // Old references stay as they are written: a property with one is set anew, whatever it refers to by now.
    return type.update?.(aws, row.physicalId!, withSecrets(ctx, as, checked.value), was.ok ? was.value : (previous as Properties)) ?? undefined;
  });
}

function beginReplacement(ctx: Context, stack: string, work: Work, row: ResourceRow, before: ResourceRow & { physicalId: string }, failed: (row: ResourceRow, reason: string) => boolean): boolean {
  const type = typeOf(row);
  const name = type.name && row.properties[type.name.property];
  if (name !== undefined && !differs(name, before.properties[type.name!.property])) return failed(row, `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${name} and update the stack again.`);
  resourceStatus(ctx, row, "UPDATE_IN_PROGRESS", "Requested update requires the creation of a new physical resource; hence creating one.");
  const made = createPhysical(ctx, stacks(ctx.db).get(stack)!, row, row.properties);
  if (!made.ok) {
    // What there was before is the stack's still; what the failed creation left is not.
    if (made.left !== undefined) leave(ctx, stack, work.id, { type: row.type, physicalId: made.left, properties: row.properties });
    return failed(row, made.reason);
  }
  leave(ctx, stack, work.id, { type: before.type, physicalId: before.physicalId, properties: before.properties, deletionPolicy: before.updateReplacePolicy });
  row.physicalId = made.id;
  row.attributes = made.attributes;
  resourceStatus(ctx, row, "UPDATE_IN_PROGRESS", "Resource creation Initiated");
  setWork(ctx, stack, work, { state: "running", doing: "update", since: ctx.now });
  return true;
}

const leave = (ctx: Context, stack: string, id: string, leftover: Leftover): void => void editStack(ctx, stack).leftovers.push({ id, leftover });

/** Brings a resource back to what it was before the update. */
function beginRestore(ctx: Context, stack: string, work: Work): boolean {
  const stackRow = stacks(ctx.db).get(stack)!;
  const before = stackRow.before!.resources[work.id]!;
  const row = edit(ctx, stack, work.id);
  if (row.physicalId !== before.physicalId) {
    // The new one goes, the old one is the stack's again.
    const { leftovers } = editStack(ctx, stack);
    editStack(ctx, stack).leftovers = [...leftovers.filter(({ id, leftover }) => id !== work.id || leftover.physicalId !== before.physicalId), { id: work.id, leftover: { type: row.type, physicalId: row.physicalId!, properties: row.properties } }];
    const restored = structuredClone(before);
    resourceStatus(ctx, restored, "UPDATE_COMPLETE");
    setWork(ctx, stack, work, { state: "done" });
    return true;
  }
  const unfinished = row.properties;
  Object.assign(row, structuredClone({ ...before, status: row.status, reason: row.reason }));
  resourceStatus(ctx, row, "UPDATE_IN_PROGRESS");
  const done = changedProperties(unfinished, before.properties).length ? updatePhysical(ctx, stackRow, row, before.properties, unfinished) : { ok: true as const, value: undefined };
  if (!done.ok) {
    row.properties = unfinished;
    resourceStatus(ctx, row, "UPDATE_FAILED", done.reason);
    setWork(ctx, stack, work, { state: "failed" });
    return true;
  }
  if (done.value) row.attributes = defined(done.value);
  resources(ctx.db).put(resourceId(stack, work.id), row);
  setWork(ctx, stack, work, { state: "running", doing: "update", since: ctx.now });
  return true;
}

// ---------------------------------------------------------------- delete

function beginDelete(ctx: Context, stack: string, work: Work): boolean {
  const stackRow = stacks(ctx.db).get(stack)!;
  const row = rowOf(ctx, stack, work.id);
  const what = work.leftover ?? { type: row!.type, physicalId: row!.physicalId!, properties: row!.properties, deletionPolicy: row!.deletionPolicy };
  const { op } = stackRow;
  const retained = what.deletionPolicy === "Retain" || (what.deletionPolicy === "RetainExceptOnCreate" && op?.phase !== "rollback");
  if ((retained && !(op?.retainExceptOnCreate && op.phase === "rollback")) || op?.skip.includes(work.id)) {
    deleted(ctx, stack, work, what, "DELETE_SKIPPED");
    return true;
  }
  say(ctx, stack, work, what, "DELETE_IN_PROGRESS");
  const type = allTypes.get(what.type)!;
  const checked = checkProperties(type, what.properties);
  const done = handled(() => type.remove(handlersFor(ctx, stackRow, work.id, what.deletionPolicy ?? type.deletionPolicy), what.physicalId, checked.ok ? checked.value : what.properties));
  if (!done.ok) {
    say(ctx, stack, work, what, "DELETE_FAILED", done.reason);
    setWork(ctx, stack, work, { state: "failed" });
    return true;
  }
  setWork(ctx, stack, work, { state: "running", doing: "delete", since: ctx.now });
  return true;
}

/** The status of what is being deleted: the resource's own, or only an event of what an update left. */
function say(ctx: Context, stack: string, { id, leftover }: Work, what: Leftover, status: string, reason?: string): void {
  if (leftover) resourceEvent(ctx, stack, { logicalId: id, physicalId: what.physicalId, type: what.type, status, reason });
  else resourceStatus(ctx, edit(ctx, stack, id), status, reason);
}

function deleted(ctx: Context, stack: string, work: Work, what: Leftover, status: string): void {
  say(ctx, stack, work, what, status);
  const { op, leftovers } = editStack(ctx, stack);
  if (work.leftover) editStack(ctx, stack).leftovers = leftovers.filter(({ leftover }) => leftover.physicalId !== what.physicalId);
  // A stack that is deleted, or was never made, still lists what it had.
  else if (op!.phase === "cleanup" || op!.phase === "rollback-cleanup") resources(ctx.db).delete(resourceId(stack, work.id));
  setWork(ctx, stack, work, { state: "done" });
}

// ---------------------------------------------------------------- waiting

/** Longer than this no resource takes. */
const patience = 2 * 60 * 60 * 1000;

/** Looks whether it is done. */
export function poll(ctx: Context, stack: string, work: Work): void {
  const stackRow = stacks(ctx.db).get(stack)!;
  const row = rowOf(ctx, stack, work.id);
  const what = work.leftover ?? { type: row!.type, physicalId: row!.physicalId!, properties: row!.properties };
  const type = allTypes.get(what.type)!;
  const aws = handlersFor(ctx, stackRow, work.id);
  if (work.doing === "delete") {
    const gone = handled(() => type.gone?.(aws, what.physicalId) ?? true);
    if (gone.ok && gone.value) deleted(ctx, stack, work, what, "DELETE_COMPLETE");
    else if (!gone.ok || ctx.now - work.since! > patience) {
      say(ctx, stack, work, what, "DELETE_FAILED", gone.ok ? "Exceeded attempts to wait" : gone.reason);
      setWork(ctx, stack, work, { state: "failed" });
    }
    return;
  }
  const checked = checkProperties(type, what.properties);
  const ready = handled(() => type.ready?.(aws, what.physicalId, checked.ok ? checked.value : what.properties) ?? true);
  const verb = work.doing === "create" ? "CREATE" : "UPDATE";
  if (!ready.ok || (ready.value === false && ctx.now - work.since! > patience)) {
    resourceStatus(ctx, edit(ctx, stack, work.id), `${verb}_FAILED`, ready.ok ? "Exceeded attempts to wait" : ready.reason);
    setWork(ctx, stack, work, { state: "failed" });
  } else if (ready.value !== false) {
    const done = edit(ctx, stack, work.id);
    if (typeof ready.value === "object") done.attributes = { ...done.attributes, ...defined(ready.value) };
    resourceStatus(ctx, done, `${verb}_COMPLETE`);
    setWork(ctx, stack, work, { state: "done" });
  }
}

