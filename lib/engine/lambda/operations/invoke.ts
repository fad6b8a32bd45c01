import { toBase64, utf8 } from "../../crypto/bytes";
import { ok } from "../../errors";
import type { AuthRequest, Context, Operation } from "../../types";
import { ask } from "../authorise";
import { enqueue } from "../async";
import { gbSeconds } from "../cost";
import { isFailure } from "../errors";
import { type VersionRow, versionId, versions } from "../state";
import { type Found, find, parseReference } from "../names";
import { type InvocationType, eventOf, isEvent } from "../payload";
import { lambdaPrincipal } from "../role";
import { chainOf, isReport, obstacle, run } from "../run";
import type { LogLine } from "../report";

interface Input {
  FunctionName: string;
  Qualifier?: string;
  InvocationType?: InvocationType;
  LogType?: "None" | "Tail";
  /** base64 */
  Payload?: string;
  ClientContext?: string;
}

/** Lambda itself, in the function's account: how an invocation from another account goes on. */
const isLambda = ({ principal }: Context): boolean => principal.type === "Service" && principal.service === "lambda.amazonaws.com";

/**
 * Runs a function's code: now, and answers with what it returned (RequestResponse); later (Event); or not at all (DryRun).
 * A function's own error is an answer with status 200, `FunctionError` and the error document.
 * Errors: ResourceNotFoundException, InvalidRequestContentException, RequestTooLargeException, ResourceConflictException,
 * TooManyRequestsException, RecursiveInvocationException, KMS…Exception, NotSimulated.
 * Source: Lambda API, Invoke; Lambda Developer Guide, Understanding Lambda function invocation methods.
 */
export const Invoke: Operation = {
  name: "Invoke",
  authorise(input: Input, ctx): AuthRequest | { ok: false; error: { code: string } } | undefined {
    const reference = parseReference(input.FunctionName, input.Qualifier, ctx);
    if (isFailure(reference)) return reference;
    if (isLambda(ctx) && reference.account === ctx.account) return undefined;
    return ask(ctx, "InvokeFunction", reference, { qualified: true });
  },
  cost: () => [{ item: "lambda:request", quantity: 1 }],
  handle(input: Input, ctx) {
    const { InvocationType: type = "RequestResponse", LogType } = input;
    const found = find(ctx, input.FunctionName, input.Qualifier);
    if (isFailure(found)) return found;
    const event = eventOf(input.Payload, type);
    if (!isEvent(event)) return event;
    // The function runs in its own account, by its own role and with its own logs.
    if (found.reference.account !== ctx.account) return ctx.call("lambda", "Invoke", { ...input }, { as: lambdaPrincipal(found.reference.account) });
    if (type === "DryRun") return ok({ StatusCode: 204 });
    const version = drawn(ctx, found);
    const chain = chainOf(ctx);
    const { qualifier } = found.reference;
    if (type === "Event") {
      const problem = obstacle(ctx, version, chain);
      // Throttled events wait their turn; what can never run is refused.
      if (problem && problem.error.code !== "TooManyRequestsException") return problem;
      enqueue(ctx, version.FunctionName, qualifier, event, chain);
      return ok({ StatusCode: 202 });
    }
    const report = run(ctx, version, event, { requestId: ctx.requestId, chain, qualifier });
    if (!isReport(report)) return report;
    gbSeconds(ctx, version.MemorySize, report.billed);
    return ok({
      StatusCode: 200,
      ...(report.functionError ? { FunctionError: report.functionError } : {}),
      ...(LogType === "Tail" ? { LogResult: tail(report.lines) } : {}),
      Payload: toBase64(utf8(report.payload)),
      ExecutedVersion: version.Version,
    });
  },
};

/** The last 4 KB of the log, base64. */
function tail(lines: readonly LogLine[]): string {
  const bytes = utf8(lines.filter(({ message }) => !message.startsWith("INIT_START")).map(({ message }) => message).join(""));
  return toBase64(bytes.subarray(Math.max(0, bytes.length - 4096)));
}

/** The version that runs: an alias with weights draws. Source: Lambda Developer Guide, Implement Lambda canary deployments using a weighted alias. */
function drawn(ctx: Context, { version, alias, db }: Found): Readonly<VersionRow> {
  const weights = Object.entries(alias?.weights ?? {});
  if (!weights.length) return version;
  const [high, low] = ctx.random(2);
  let point = (high * 256 + low) / 65_536;
  for (const [other, weight] of weights) {
    const row = versions(db).get(versionId(version.FunctionName, other));
    if (row && point < weight) return row;
    point -= weight;
  }
  return version;
}

