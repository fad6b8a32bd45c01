import { wakeApplications } from "../../application/wake";
import type { Context, Service } from "../../types";
import { CURRENT, PENDING, attachLabel, removeLabel, versionOf } from "../labels";
import { serviceEvent } from "../service-events";
import { type RotationStep, type SecretRow, dropVersion, secrets, versionKey, versions } from "../state";
import { planAfterWindow, planNext, stepJob } from "./plan";
import { performStep } from "./steps";

/**
 * A rotation: four steps that follow each other, each of them a job of its own. RotateSecret answers before the first.
 * Where a step fails, all four are tried again from the first, some times, with the same pending version.
 * Source: Secrets Manager User Guide, "Rotation by Lambda function"; Secrets Manager API, RotateSecret, DescribeSecret.
 */

export const steps: readonly RotationStep[] = ["createSecret", "setSecret", "testSecret", "finishSecret"];

/** AWS takes some seconds for all four. The pauses are what an application lives through. */
const firstWait = 1_000;
const stepWait = 2_000;
/** "Retries the entire rotation process multiple times": AWS does not say when. */
const retryWaits = [5 * 60_000, 15 * 60_000, 60 * 60_000];

interface StepArgs {
  /** The secret's name. */
  SecretId: string;
  ARN: string;
  token: string;
  step: RotationStep;
}

type Start = Pick<NonNullable<SecretRow["rotation"]>, "token" | "until" | "chain" | "test">;

/** Begins a rotation, or its next attempt: `row` is being edited. */
export function begin(ctx: Context, row: SecretRow, start: Start): void {
  const before = row.rotation?.token === start.token ? row.rotation : undefined;
  attachLabel(row, PENDING, start.token);
  row.rotation = { ...start, rotationToken: before?.rotationToken ?? ctx.newId(), startedAt: ctx.now, attempts: (before?.attempts ?? 0) + 1 };
  if (start.until === undefined) delete row.rotation.until;
  if (!start.test) delete row.rotation.test;
  serviceEvent(ctx, start.test ? "TestRotationStarted" : "RotationStarted", row.ARN, { versionId: start.token });
  wakeApplications(ctx, { secret: row.ARN });
  scheduleStep(ctx, row, start.token, start.test ? "testSecret" : steps[0], firstWait);
}

function scheduleStep(ctx: Context, row: SecretRow, token: string, step: RotationStep, wait: number): void {
  const { Name, ARN } = row;
  row.rotation!.next = step;
  ctx.schedule({ id: stepJob(ARN), due: ctx.now + wait, kind: "RotationStep", args: { SecretId: Name, ARN, token, step } });
}

/** The secret that a job is about, where the job still has something to do. */
function living(ctx: Context, { SecretId, ARN }: Pick<StepArgs, "SecretId" | "ARN">): Readonly<SecretRow> | undefined {
  const row = secrets(ctx.db).get(SecretId);
  const known = row?.ARN === ARN;
  const idle = !known ? "the secret is gone" : row.DeletedDate !== undefined ? "the secret is marked for deletion" : row.RotationEnabled !== true ? "rotation is turned off" : undefined;
  if (idle) ctx.note({ kind: "check", what: "the secret is to be rotated", ok: false, detail: idle });
  return idle ? undefined : row;
}

function rotationStep(args: StepArgs, ctx: Context): void {
  const { SecretId, token, step } = args;
  const before = living(ctx, args);
  if (!before || before.rotation?.token !== token) return;
  if (versionOf(before, PENDING) !== token && versionOf(before, CURRENT) !== token) return abandoned(ctx, secrets(ctx.db).edit(SecretId));
  const failure = performStep(ctx, before, step);
  // The function may have changed the secret, and may have deleted it.
  if (!living(ctx, args)) return;
  const row = secrets(ctx.db).edit(SecretId);
  if (row.rotation?.token !== token) return;
  const problem = failure ?? undone(ctx, row, step, token);
  ctx.note({ kind: "check", what: `rotation step ${step}`, ok: !problem, ...(problem ? { detail: problem.reason } : {}) });
  if (problem) return failed(ctx, row, step, problem);
  delete row.rotation.failedStep;
  delete row.rotation.failure;
  if (row.rotation.test) return testEnded(ctx, row, "TestRotationSucceeded");
  const next = steps[steps.indexOf(step) + 1];
  if (next) return scheduleStep(ctx, row, token, next, stepWait);
  delete row.rotation;
  row.LastRotatedDate = ctx.now;
  planNext(ctx, row, ctx.now);
  serviceEvent(ctx, "RotationSucceeded", row.ARN, { versionId: token });
}

/** Why a step has not been done: in CloudTrail's words, and with all that the lab knows. */
export interface StepFailure {
  errorMessage: string;
  reason: string;
}

/** What a step that ended well must have done. The texts are ours: AWS's are not documented. */
function undone(ctx: Context, row: Readonly<SecretRow>, step: RotationStep, token: string): StepFailure | undefined {
  const say = (errorMessage: string): StepFailure => ({ errorMessage, reason: errorMessage });
  if (step === "createSecret" && !versions(ctx.db).get(versionKey(row.Name, token))) return say(`Pending secret version ${token} for Secret ${row.ARN} was not created during createSecret step`);
  if (step !== "finishSecret") return undefined;
  if (versionOf(row, CURRENT) !== token) return say(`AWSCURRENT was not moved to secret version ${token} during finishSecret step`);
  const pending = versionOf(row, PENDING);
  return pending === undefined || pending === token ? undefined : say(`AWSPENDING is attached to secret version ${pending}, which is not AWSCURRENT, after finishSecret step`);
}

function failed(ctx: Context, row: SecretRow, step: RotationStep, { errorMessage, reason }: StepFailure): void {
  const run = row.rotation!;
  if (run.test) return testEnded(ctx, row, "TestRotationFailed", errorMessage);
  delete run.next;
  run.failedStep = step;
  run.failure = reason;
  serviceEvent(ctx, "RotationFailed", row.ARN, { errorMessage, versionId: run.token });
  const wait = retryWaits[run.attempts - 1];
  const due = wait === undefined ? undefined : ctx.now + wait;
  if (due === undefined || (run.until !== undefined && due >= run.until)) return;
  ctx.schedule({ id: stepJob(row.ARN), due, kind: "RotationRetry", args: { SecretId: row.Name, ARN: row.ARN, token: run.token } });
}

/** The version that was made for the test goes again. Source: Secrets Manager API, RotateSecret (RotateImmediately). */
function testEnded(ctx: Context, row: SecretRow, event: "TestRotationSucceeded" | "TestRotationFailed", errorMessage?: string): void {
  const { token } = row.rotation!;
  removeLabel(row, PENDING);
  row.versionIds = row.versionIds.filter((id) => id !== token);
  dropVersion(ctx.db, row.Name, token);
  delete row.rotation;
  serviceEvent(ctx, event, row.ARN, { versionId: token, errorMessage });
}

/** Somebody took AWSPENDING off the version: there is nothing to go on with. */
function abandoned(ctx: Context, row: SecretRow): void {
  ctx.note({ kind: "check", what: "the pending version is there", ok: false, detail: "AWSPENDING was taken off it" });
  delete row.rotation;
}

function retry(args: Omit<StepArgs, "step">, ctx: Context): void {
  const row = living(ctx, args);
  if (!row || row.rotation?.token !== args.token) return;
  if (versionOf(row, PENDING) !== args.token && versionOf(row, CURRENT) !== args.token) return abandoned(ctx, secrets(ctx.db).edit(args.SecretId));
  const { token, until, chain } = row.rotation;
  begin(ctx, secrets(ctx.db).edit(args.SecretId), { token, until, chain });
}

/** A time in a window has come. A rotation that is not complete goes on with its version. */
function scheduled(args: { SecretId: string; ARN: string; closes: number }, ctx: Context): void {
  const known = secrets(ctx.db).get(args.SecretId);
  if (known?.ARN !== args.ARN || known.RotationEnabled !== true) return;
  const row = secrets(ctx.db).edit(args.SecretId);
  planAfterWindow(ctx, row);
  if (!living(ctx, args)) return;
  const pending = versionOf(row, PENDING);
  const unfinished = pending !== undefined && pending !== versionOf(row, CURRENT) ? pending : undefined;
  // What it tried before does not count against this window.
  delete row.rotation;
  begin(ctx, row, { token: unfinished ?? ctx.newId(), until: args.closes, chain: 0 });
}

export const rotationJobs: NonNullable<Service["jobs"]> = { RotationStep: rotationStep, RotationRetry: retry, ScheduledRotation: scheduled };
