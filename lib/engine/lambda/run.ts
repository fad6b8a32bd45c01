import type { Failure } from "../errors";
import type { Context } from "../types";
import { runs } from "./configuration";
import { kmsTrouble, open, refused } from "./environment";
import { isFailure, lambdaErrors } from "./errors";
import { functionArn } from "./names";
import { type Report, reportOf } from "./report";
import { ownVariables, sandbox } from "./sandbox";
import { type QueueRow, type VersionRow, code, functions, partId } from "./state";
import { writeLog } from "./log";
import { filesOf } from "./zip";

/** As many functions as may stand in one chain of invocations: then AWS takes it for a loop. Source: Lambda Developer Guide, Use Lambda recursive loop detection. */
export const loopLimit = 16;
/** Running functions within running functions, where a function allows loops: the lab's own bound. */
const nestedLimit = 20;

/** How many functions stand before this call in its chain of invocations. */
export const chainOf = (ctx: Context): number => ctx.db.table<{ length: number }>("chain").get("chain")?.length ?? 0;

/** `chain` is as long as `length` while `work` is done, and what it was before when it is done. */
function inChain<T>(ctx: Context, length: number, work: () => T): T {
  const table = ctx.db.table<{ length: number }>("chain");
  const before = table.get("chain");
  table.put("chain", { length });
  const done = work();
  if (before) table.put("chain", before);
  else table.delete("chain");
  return done;
}

/** Why this function cannot run now. Errors: ResourceConflictException, TooManyRequestsException, RecursiveInvocationException. */
export function obstacle(ctx: Context, version: Readonly<VersionRow>, chain: number): Failure | undefined {
  const row = functions(ctx.db).get(version.FunctionName)!;
  if (version.State !== "Active") return lambdaErrors.conflict(`The operation cannot be performed at this time. The function is currently in the following state: ${version.State}`);
  if (row.reserved === 0) return lambdaErrors.throttled("ReservedFunctionConcurrentInvocationLimitExceeded");
  if (chain >= loopLimit && row.recursiveLoop === "Terminate") return lambdaErrors.recursive(version.FunctionName);
  return ctx.depth >= nestedLimit ? lambdaErrors.throttled("ConcurrentInvocationLimitExceeded") : undefined;
}

/**
 * Runs a version's code at the host, and writes its log. A function that fails is a report too; a failure is what Lambda
 * itself answers before any code runs.
 * Errors: those of `obstacle`, InvalidParameterValueException, KMS…Exception, NotSimulated.
 */
export function run(ctx: Context, version: Readonly<VersionRow>, event: string, { requestId, chain, qualifier }: { requestId: string; chain: number; qualifier?: string }): Report | Failure {
  const { FunctionName: name, Runtime: runtime } = version;
  const arn = functionArn({ account: ctx.account, region: ctx.region, name });
  const problem = obstacle(ctx, version, chain);
  if (problem) return problem;
  if (!runs(runtime)) return lambdaErrors.notSimulated(`running functions of the runtime ${runtime}: this lab runs Python and Node.js`);
  const place = sandbox(ctx, version, arn);
  if (!place) return lambdaErrors.accessDenied("The role defined for the function cannot be assumed by Lambda.");
  const variables = version.environment ? open(ctx, arn, version.environment, place.role) : {};
  if (refused(variables)) return kmsTrouble(variables.error);
  const files = filesOf(version.CodeSha256, code(ctx.db).get(partId(name, version.CodeSha256))?.zip ?? "");
  if (isFailure(files)) return files as Failure;
  const answer = inChain(ctx, chain + 1, () =>
    ctx.outside({
      kind: "run-function",
      run: {
        runtime, event, requestId,
        handler: version.Handler,
        files,
        codeSha256: version.CodeSha256,
        environment: { ...ownVariables(version, place, ctx.region, traceId(ctx)), ...variables },
        functionName: name,
        functionArn: qualifier === undefined ? arn : `${arn}:${qualifier}`,
        functionVersion: version.Version,
        memorySize: version.MemorySize,
        timeout: version.Timeout,
        logGroup: version.LogGroup,
        logStream: place.row.logStream,
        account: ctx.account,
        region: ctx.region,
        caller: { accessKeyId: place.row.AccessKeyId },
        at: ctx.now,
      },
    }),
  );
  if (answer.trouble !== undefined) return lambdaErrors.notRun(answer.trouble);
  const report = reportOf(answer, { requestId, version: version.Version, memorySize: version.MemorySize, timeout: version.Timeout, cold: place.cold, runtime, at: ctx.now });
  writeLog(ctx, version.LogGroup, place, report.lines);
  return report;
}

/** An X-Ray trace header of nobody's: not sampled. Source: X-Ray Developer Guide, Tracing header. */
function traceId(ctx: Context): string {
  const id = ctx.newId().replaceAll("-", "");
  return `Root=1-${Math.floor(ctx.now / 1000).toString(16)}-${id.slice(0, 24)};Parent=${id.slice(16)};Sampled=0`;
}

export type Queued = QueueRow;
export const isReport = (answer: Report | Failure): answer is Report => !isFailure(answer);
