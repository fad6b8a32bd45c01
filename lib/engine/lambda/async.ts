import type { Context } from "../types";
import { gbSeconds } from "./cost";
import { isFailure } from "./errors";
import { find } from "./names";
import { isReport, run } from "./run";
import { type QueueRow, LATEST, functions, invokeConfigs, partId, queue } from "./state";

/**
 * Asynchronous invocations: a queue for each function. An event whose function fails is tried again after one minute and
 * after two; one that cannot run (throttled, its role or key not to be had) later and later, for six hours.
 * Source: Lambda Developer Guide, How Lambda handles errors and retries with asynchronous invocation.
 */

/** How long an event is under way before it is tried, ms. */
const firstWait = 250;
const retryWaits = [60_000, 120_000];
const mostBackoff = 5 * 60_000;
const defaults = { attempts: 2, ageSeconds: 21_600 };

/** Puts an event in the queue. Its request id stays the same through all tries. */
export function enqueue(ctx: Context, FunctionName: string, Qualifier: string | undefined, event: string, chain: number): void {
  const row: QueueRow = { id: ctx.requestId, FunctionName, ...(Qualifier === undefined ? {} : { Qualifier }), event, attempt: 0, queuedAt: ctx.now, chain };
  queue(ctx.db).put(row.id, row);
  wait(ctx, row, firstWait);
}

const wait = (ctx: Context, { id, FunctionName }: QueueRow, ms: number): void => ctx.schedule({ id: `invoke ${id}`, due: ctx.now + ms, kind: "AsynchronousInvocation", args: { id, FunctionName } });

/** The job: runs an event's function, and sees to it that it is tried again where it must be. */
export function invokeQueued({ id }: { id: string }, ctx: Context): void {
  const row = queue(ctx.db).get(id);
  if (!row) return;
  if (!functions(ctx.db).get(row.FunctionName)) return drop(ctx, row, "The function is gone");
  const found = find(ctx, row.FunctionName, row.Qualifier);
  if (isFailure(found)) return drop(ctx, row, found.error.message ?? found.error.code);
  const config = invokeConfigs(ctx.db).get(partId(row.FunctionName, row.Qualifier ?? LATEST));
  const oldest = (config?.MaximumEventAgeInSeconds ?? defaults.ageSeconds) * 1000;
  const attempts = config?.MaximumRetryAttempts ?? defaults.attempts;
  if (ctx.now - row.queuedAt > oldest) return drop(ctx, row, "The event is older than it may be");

  const report = run(ctx, found.version, row.event, { requestId: row.id, chain: row.chain, qualifier: row.Qualifier });
  const next = queue(ctx.db).edit(id);
  if (isReport(report)) {
    gbSeconds(ctx, found.version.MemorySize, report.billed);
    if (!report.functionError) return void queue(ctx.db).delete(id);
    if (row.attempt >= attempts) return drop(ctx, row, "Every attempt failed");
    next.attempt++;
    return wait(ctx, next, retryWaits[row.attempt]);
  }
  ctx.note({ kind: "check", what: "the function can run now", ok: false, detail: report.error.message ?? report.error.code });
  if (report.error.code === "NotSimulated" || report.error.code === "RecursiveInvocationException") return drop(ctx, row, report.error.message ?? report.error.code);
  // Not the function's own failure: it is tried until the event is too old.
  const backoff = Math.min(mostBackoff, 1_000 * 2 ** Math.min(20, Math.round(Math.log2(1 + (ctx.now - row.queuedAt) / 1_000))));
  wait(ctx, next, backoff);
}

function drop(ctx: Context, { id, FunctionName }: QueueRow, detail: string): void {
  queue(ctx.db).delete(id);
  ctx.note({ kind: "check", what: `the event for ${FunctionName} is done`, ok: false, detail });
}
