import type { Context } from "../types";
import type { LogLine } from "./report";
import type { Sandbox } from "./sandbox";

/**
 * Writes an invocation's lines to CloudWatch Logs with the execution role's credentials: what the role may not do is not
 * done, and the invocation does not fail by it.
 * Source: Lambda Developer Guide, Sending Lambda function logs to CloudWatch Logs.
 */
export function writeLog(ctx: Context, logGroupName: string, { row, role }: Sandbox, lines: readonly LogLine[]): void {
  const logStreamName = row.logStream;
  const ask = (operation: string, input: object): string | undefined => {
    const answer = ctx.call("logs", operation, input as never, { as: role });
    return answer.ok ? undefined : answer.error.code;
  };
  const events = { logGroupName, logStreamName, logEvents: lines.map(({ timestamp, message }) => ({ timestamp, message })) };
  let trouble = ask("PutLogEvents", events);
  if (trouble !== "ResourceNotFoundException") return;
  trouble = ask("CreateLogStream", { logGroupName, logStreamName });
  if (trouble === "ResourceNotFoundException") {
    if (ask("CreateLogGroup", { logGroupName })) return;
    trouble = ask("CreateLogStream", { logGroupName, logStreamName });
  }
  if (!trouble) ask("PutLogEvents", events);
}
