import type { Context, Principal } from "../../types";
import { logGroupOf } from "../log-destination";
import type { WebAclRow } from "../state";

/**
 * Log records on their way to a CloudWatch Logs group, written by log delivery with the leave that the group's policy gives
 * it. What cannot be delivered is lost, as on AWS; the trace shows the refused call.
 * Source: AWS WAF Developer Guide, Sending protection pack (web ACL) traffic logs to an Amazon CloudWatch Logs log group (stream names).
 */

/** Well below what one PutLogEvents takes. Source: CloudWatch Logs API, PutLogEvents. */
const mostBytes = 500_000;

export interface LogRecord {
  /** When its request came, ms. */
  timestamp: number;
  message: string;
}

export function writeLog(ctx: Context, { Name, Scope }: Readonly<WebAclRow>, destination: string, records: readonly LogRecord[]): void {
  const logGroupName = logGroupOf(destination)!;
  const logStreamName = `${Scope === "CLOUDFRONT" ? "cloudfront" : ctx.region}_${Name}_0`;
  const as: Principal = { type: "Service", account: ctx.account, arn: `arn:aws:iam::${ctx.account}:root`, userId: "delivery.logs", service: "delivery.logs.amazonaws.com" };
  const context = { "aws:SourceAccount": ctx.account, "aws:SourceArn": `arn:aws:logs:${ctx.region}:${ctx.account}:*` };
  const put = (messages: readonly LogRecord[]) => ctx.call("logs", "PutLogEvents", { logGroupName, logStreamName, logEvents: messages.map(({ timestamp, message }) => ({ timestamp, message })) }, { as, context });
  let stream = "unknown";
  for (const messages of batches(records)) {
    let answer = put(messages);
    if (!answer.ok && stream === "unknown" && ctx.call("logs", "CreateLogStream", { logGroupName, logStreamName }, { as, context }).ok) answer = put(messages);
    if (!answer.ok) return;
    stream = "there";
  }
}

function* batches(records: readonly LogRecord[]): Generator<LogRecord[], void> {
  let batch: LogRecord[] = [];
  let bytes = 0;
  for (const record of records) {
    if (batch.length && bytes + record.message.length > mostBytes) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(record);
    bytes += record.message.length;
  }
  if (batch.length) yield batch;
}
