import { ok } from "../../errors";
import { attempt, cfnErrors, invalid } from "../errors";
import type { Failure } from "../../errors";
import { stackEvent, editStack } from "../stack/events";
import { exportInUse } from "../stack/outputs";
import { planOf } from "../stack/plan";
import { checkPolicy } from "../stack/policy";
import { beginRollback, scheduleStep } from "../stack/run";
import { newStack, startCreate, startDelete, startRollback, startUpdate } from "../stack/start";
import { placeOf, withPlainReferences } from "../stack/values";
import { checkRole } from "../stack/who";
import { changeSets, findStack, isInProgress, resourcesOf, type StackRow, stacks } from "../state";
import { parameterValues } from "../template/parameters";
import { missingCapabilities, prepare, type Prepared, typesNotAllowed } from "../template/prepare";
import type { Template } from "../template/template";
import { about, capabilitiesIn, type Input, passRole, readStored, repeated, templateIn, updatable, validateInput, withTemplate } from "./common";
import type { Context, Json, Operation } from "../../types";

/** Source: CloudFormation API Reference, CreateStack, UpdateStack, DeleteStack and their kin. */

/** Plain references are looked up before anything is made. */
export function checkReferences(ctx: Context, template: Template): Failure | undefined {
  const values = [...Object.values(template.Resources).map(({ Properties }) => Properties as Json), ...Object.values(template.Outputs).map(({ Value }) => Value)];
  const read = attempt(() => values.forEach((value) => withPlainReferences(ctx, ctx.principal, value)));
  return read.ok ? undefined : read;
}

/** Everything that a call with a template is held to before it begins. */
export function readCall(ctx: Context, input: Input, place: Pick<StackRow, "StackName" | "StackId" | "notificationArns">, previous?: Readonly<StackRow>): { ok: true; prepared: Prepared } | Failure {
  const sent = templateIn(input, previous?.template);
  if (!sent.ok) return sent;
  const refused = typesNotAllowed(sent.template, input.ResourceTypes) ?? missingCapabilities(sent.template, capabilitiesIn(input));
  if (refused) return refused;
  const parameters = parameterValues(sent.template, input.Parameters ?? [], previous?.parameters, readStored(ctx));
  if (!parameters.ok) return parameters;
  const missing = checkReferences(ctx, sent.template);
  if (missing) return missing;
  const prepared = prepare(sent.template, sent.text, parameters.values, placeOf(ctx, place));
  return prepared.ok ? { ok: true, prepared: prepared.value } : prepared;
}

const policyIn = (text: string | undefined, ids: readonly string[]): Failure | undefined => (text === undefined ? undefined : checkPolicy(text, ids));

const CreateStack: Operation = {
  name: "CreateStack",
  validate: validateInput,
  authorise: (input: Input, ctx) => withTemplate(ctx, "CreateStack", input),
  handle(input: Input, ctx) {
    const { StackName, OnFailure, DisableRollback, StackPolicyBody, StackPolicyURL, ClientRequestToken, RoleARN, TimeoutInMinutes } = input;
    const known = findStack(ctx.db, StackName);
    const again = repeated(known, ClientRequestToken, "CREATE_STACK");
    if (again === "again") return ok({ StackId: known!.StackId });
    if (again) return again;
    if (known && known.status !== "REVIEW_IN_PROGRESS") return cfnErrors.exists(StackName);
    if (OnFailure !== undefined && DisableRollback !== undefined) return invalid("You can specify either DisableRollback or OnFailure, but not both.");
    if (StackPolicyURL !== undefined) return cfnErrors.templateUrl("StackPolicyURL");
    const stack = fresh(ctx, input, known);
    const read = readCall(ctx, input, stack);
    if (!read.ok) return read;
    const refused = policyIn(StackPolicyBody, Object.keys(read.prepared.template.Resources)) ?? checkRole(ctx, RoleARN);
    if (refused) return refused;
    const { text, parameters } = read.prepared;
    Object.assign(editStack(ctx, stack.id), { template: text, parameters });
    const onFailure = OnFailure ?? (DisableRollback ? "DO_NOTHING" : "ROLLBACK");
    startCreate(ctx, stack.id, read.prepared, {
      token: ClientRequestToken,
      onFailure,
      disableRollback: onFailure === "DO_NOTHING",
      retainExceptOnCreate: input.RetainExceptOnCreate ?? false,
      ...(TimeoutInMinutes === undefined ? {} : { deadline: ctx.now + TimeoutInMinutes * 60_000 }),
    });
    return ok({ StackId: stack.StackId, OperationId: editStack(ctx, stack.id).op!.operationId });
  },
};

/** The stack's row, before it has anything; one that a change set has made is taken over. */
function fresh(ctx: Context, input: Input, reviewed: Readonly<StackRow> | undefined): StackRow {
  const said = {
    StackName: input.StackName as string,
    status: "CREATE_IN_PROGRESS",
    template: "",
    parameters: [],
    tags: input.Tags ?? [],
    capabilities: capabilitiesIn(input),
    notificationArns: input.NotificationARNs ?? [],
    disableRollback: input.DisableRollback ?? input.OnFailure === "DO_NOTHING",
    terminationProtection: input.EnableTerminationProtection ?? false,
    ...(input.RoleARN === undefined ? {} : { roleArn: input.RoleARN as string }),
    ...(input.TimeoutInMinutes === undefined ? {} : { timeoutMinutes: input.TimeoutInMinutes as number }),
    ...(input.StackPolicyBody === undefined ? {} : { policy: input.StackPolicyBody as string }),
  };
  if (!reviewed) return newStack(ctx, said);
  obsolete(ctx, reviewed.id);
  return Object.assign(editStack(ctx, reviewed.id), said, { principal: ctx.principal });
}

/** Change sets that were made of what the stack was. */
export function obsolete(ctx: Context, stack: string, but?: string): void {
  for (const { id, execution } of changeSets(ctx.db).having("stack", stack)) if (id !== but && execution === "AVAILABLE") changeSets(ctx.db).edit(id).execution = "OBSOLETE";
}

const UpdateStack: Operation = {
  name: "UpdateStack",
  validate: validateInput,
  authorise: (input: Input, ctx) => withTemplate(ctx, "UpdateStack", input),
  handle(input: Input, ctx) {
    const again = repeated(findStack(ctx.db, input.StackName), input.ClientRequestToken, "UPDATE_STACK");
    if (again === "again") return ok({ StackId: findStack(ctx.db, input.StackName)!.StackId });
    if (again) return again;
    const found = updatable(ctx, input.StackName);
    if (!found.ok) return found;
    const { stack } = found;
    for (const member of ["StackPolicyURL", "StackPolicyDuringUpdateURL"]) if (input[member] !== undefined) return cfnErrors.templateUrl(member);
    const read = readCall(ctx, input, stack, stack);
    if (!read.ok) return read;
    const { prepared } = read;
    const ids = [...Object.keys(prepared.template.Resources), ...resourcesOf(ctx.db, stack.id).map(({ logicalId }) => logicalId)];
    const refused = policyIn(input.StackPolicyBody, ids) ?? policyIn(input.StackPolicyDuringUpdateBody, ids) ?? checkRole(ctx, input.RoleARN);
    if (refused) return refused;
    const next = {
      template: prepared.text,
      parameters: prepared.parameters,
      tags: input.Tags ?? stack.tags,
      capabilities: capabilitiesIn(input),
      notificationArns: input.NotificationARNs ?? stack.notificationArns,
      disableRollback: input.DisableRollback ?? false,
      ...(input.RoleARN === undefined ? {} : { roleArn: input.RoleARN }),
      ...(input.StackPolicyBody === undefined ? {} : { policy: input.StackPolicyBody }),
    };
    const plan = attempt(() => planOf(ctx, stack, { ...stack, ...next }, prepared));
    if (!plan.ok) return plan;
    if (!plan.value.any && !stack.status.endsWith("_FAILED")) return cfnErrors.noUpdates();
    obsolete(ctx, stack.id);
    startUpdate(ctx, stack.id, prepared, next, { token: input.ClientRequestToken, disableRollback: input.DisableRollback ?? false, ...(input.StackPolicyDuringUpdateBody === undefined ? {} : { policyDuring: input.StackPolicyDuringUpdateBody }) });
    return ok({ StackId: stack.StackId, OperationId: editStack(ctx, stack.id).op!.operationId });
  },
};

const DeleteStack: Operation = {
  name: "DeleteStack",
  authorise: ({ StackName, RoleARN }: Input, ctx) => [about(ctx, "DeleteStack", StackName, RoleARN === undefined ? {} : { "cloudformation:RoleArn": RoleARN }), ...passRole(RoleARN)],
  handle({ StackName, RetainResources = [], RoleARN, ClientRequestToken, DeletionMode }: Input, ctx) {
    const stack = findStack(ctx.db, StackName);
    // There is nothing to delete: that is how it should be.
    if (!stack || stack.status === "DELETE_COMPLETE" || stack.status === "DELETE_IN_PROGRESS") return ok({});
    if (stack.terminationProtection) return cfnErrors.protectedStack(stack.StackName);
    if (isInProgress(stack.status) && stack.op?.kind !== "create") return invalid(`Stack [${stack.StackName}] cannot be deleted while in status ${stack.status}`);
    const force = DeletionMode === "FORCE_DELETE_STACK";
    if ((RetainResources.length || force) && stack.status !== "DELETE_FAILED") return invalid(`Invalid operation on stack [${stack.StackId}]. ${force ? "DeletionMode" : "RetainResources"} can be specified only for stacks in the DELETE_FAILED state.`);
    const rows = resourcesOf(ctx.db, stack.id);
    const strangers = (RetainResources as string[]).filter((id) => rows.find(({ logicalId }) => logicalId === id)?.status !== "DELETE_FAILED");
    if (strangers.length) return invalid(`The following resources to retain are not in the DELETE_FAILED state: [${strangers.join(", ")}]`);
    const refused = checkRole(ctx, RoleARN);
    if (refused) return refused;
    const used = exportInUse(ctx, stack.id);
    if (used) {
      stackEvent(ctx, stack.id, stack.status, `Delete canceled. Cannot delete export ${used.name} as it is in use by ${used.by}.`);
      return ok({});
    }
    if (RoleARN !== undefined) editStack(ctx, stack.id).roleArn = RoleARN;
    obsolete(ctx, stack.id);
    startDelete(ctx, stack.id, { token: ClientRequestToken, skip: force ? rows.filter(({ status }) => status === "DELETE_FAILED").map(({ logicalId }) => logicalId) : RetainResources });
    return ok({});
  },
};

const CancelUpdateStack: Operation = {
  name: "CancelUpdateStack",
  authorise: ({ StackName }: Input, ctx) => about(ctx, "CancelUpdateStack", StackName),
  handle({ StackName }: Input, ctx) {
    const stack = findStack(ctx.db, StackName);
    if (!stack) return cfnErrors.noStack(StackName);
    if (stack.status !== "UPDATE_IN_PROGRESS") return invalid("CancelUpdateStack cannot be called from current stack status");
    editStack(ctx, stack.id).op!.cancelled = true;
    scheduleStep(ctx, stack);
    return ok({});
  },
};

const ContinueUpdateRollback: Operation = {
  name: "ContinueUpdateRollback",
  authorise: ({ StackName, RoleARN }: Input, ctx) => [about(ctx, "ContinueUpdateRollback", StackName, RoleARN === undefined ? {} : { "cloudformation:RoleArn": RoleARN }), ...passRole(RoleARN)],
  handle({ StackName, RoleARN, ResourcesToSkip = [], ClientRequestToken }: Input, ctx) {
    const stack = findStack(ctx.db, StackName);
    if (!stack) return cfnErrors.noStack(StackName);
    if (stack.status !== "UPDATE_ROLLBACK_FAILED") return invalid(`Stack:${stack.StackId} is in ${stack.status} state and can not continue update rollback`);
    const rows = resourcesOf(ctx.db, stack.id);
    for (const id of ResourcesToSkip as string[]) if (rows.find(({ logicalId }) => logicalId === id)?.status !== "UPDATE_FAILED") return invalid(`Resource [${id}] is not in a failed state and cannot be skipped`);
    const refused = checkRole(ctx, RoleARN);
    if (refused) return refused;
    if (RoleARN !== undefined) editStack(ctx, stack.id).roleArn = RoleARN;
    startRollback(ctx, stack.id, "update", { token: ClientRequestToken, skip: ResourcesToSkip }, "CONTINUE_ROLLBACK");
    beginRollback(ctx, stack.id, "User Initiated");
    return ok({});
  },
};

const RollbackStack: Operation = {
  name: "RollbackStack",
  authorise: ({ StackName, RoleARN }: Input, ctx) => [about(ctx, "RollbackStack", StackName, RoleARN === undefined ? {} : { "cloudformation:RoleArn": RoleARN }), ...passRole(RoleARN)],
  handle({ StackName, RoleARN, ClientRequestToken, RetainExceptOnCreate = false }: Input, ctx) {
    const stack = findStack(ctx.db, StackName);
    if (!stack) return cfnErrors.noStack(StackName);
    if (stack.status !== "CREATE_FAILED" && stack.status !== "UPDATE_FAILED") return invalid(`Stack:${stack.StackId} is in ${stack.status} state and can not be rolled back.`);
    const refused = checkRole(ctx, RoleARN);
    if (refused) return refused;
    if (RoleARN !== undefined) editStack(ctx, stack.id).roleArn = RoleARN;
    const { operationId } = startRollback(ctx, stack.id, stack.status === "CREATE_FAILED" ? "create" : "update", { token: ClientRequestToken, retainExceptOnCreate: RetainExceptOnCreate }, "ROLLBACK");
    beginRollback(ctx, stack.id, "User Initiated");
    return ok({ StackId: stack.StackId, OperationId: operationId });
  },
};

const UpdateTerminationProtection: Operation = {
  name: "UpdateTerminationProtection",
  authorise: ({ StackName }: Input, ctx) => about(ctx, "UpdateTerminationProtection", StackName),
  handle({ StackName, EnableTerminationProtection }: Input, ctx) {
    const stack = findStack(ctx.db, StackName);
    if (!stack || stack.status === "DELETE_COMPLETE") return cfnErrors.noStack(StackName);
    stacks(ctx.db).edit(stack.id).terminationProtection = EnableTerminationProtection;
    return ok({ StackId: stack.StackId });
  },
};

const SetStackPolicy: Operation = {
  name: "SetStackPolicy",
  authorise: ({ StackName, StackPolicyURL }: Input, ctx) => about(ctx, "SetStackPolicy", StackName, StackPolicyURL === undefined ? {} : { "cloudformation:StackPolicyUrl": StackPolicyURL }),
  handle({ StackName, StackPolicyBody, StackPolicyURL }: Input, ctx) {
    const stack = findStack(ctx.db, StackName);
    if (!stack || stack.status === "DELETE_COMPLETE") return cfnErrors.noStack(StackName);
    if (StackPolicyURL !== undefined) return cfnErrors.templateUrl("StackPolicyURL");
    if (StackPolicyBody === undefined) return invalid("You must specify either a StackPolicyBody or a StackPolicyURL.");
    const refused = checkPolicy(StackPolicyBody, resourcesOf(ctx.db, stack.id).map(({ logicalId }) => logicalId));
    if (refused) return refused;
    stacks(ctx.db).edit(stack.id).policy = StackPolicyBody;
    return ok({});
  },
};

const GetStackPolicy: Operation = {
  name: "GetStackPolicy",
  authorise: ({ StackName }: Input, ctx) => about(ctx, "GetStackPolicy", StackName),
  handle({ StackName }: Input, ctx) {
    const stack = findStack(ctx.db, StackName);
    if (!stack) return cfnErrors.noStack(StackName);
    return ok(stack.policy === undefined ? {} : { StackPolicyBody: stack.policy });
  },
};

export const stackOperations = [CreateStack, UpdateStack, DeleteStack, CancelUpdateStack, ContinueUpdateRollback, RollbackStack, UpdateTerminationProtection, SetStackPolicy, GetStackPolicy];
