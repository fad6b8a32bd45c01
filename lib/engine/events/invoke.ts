import { parseArn } from "../arn";
import { toBase64, utf8 } from "../crypto/bytes";
import { sessions } from "../iam/state";
import { recognise } from "../iam/who";
import type { AwsError, CloudEvent, Context, Json, JsonObject, Principal, Result } from "../types";
import { eventJson } from "./input";
import { busReference, ruleArn } from "./names";
import type { Origin } from "./operations/put-events";
import { type RuleRow, type TargetRow, targetId, targets } from "./state";
import { type Target, asTarget, kindOf } from "./target-kinds";

/**
 * Sends an event to one target. Lambda functions, log groups and queues let EventBridge in by policies of their own; where a
 * target has a role, and for buses always, EventBridge takes on the role.
 * Sources: EventBridge User Guide, Using resource-based policies for Amazon EventBridge; Event bus targets in Amazon EventBridge.
 */

/** What came of it. `code` is as a dead letter names it; `retry`: another time it may go. */
export type Outcome = { ok: true } | { ok: false; code: string; message: string; retry?: boolean; /** This lab cannot do it, AWS could. */ ours?: boolean };

export const eventsPrincipal = (account: string): Principal => ({ type: "Service", account, arn: "events.amazonaws.com", userId: "events", service: "events.amazonaws.com" });

/** A call to a target's service, as whoever may make it. */
type Ask = (service: string, operation: string, input: JsonObject) => Result;

export function invoke(ctx: Context, rule: Readonly<RuleRow>, row: Readonly<TargetRow>, event: Readonly<CloudEvent>, input: string): Outcome {
  const target = asTarget(row);
  const arn = ruleArn(ctx, rule.bus, rule.Name);
  const context = { "aws:SourceArn": arn, "aws:SourceAccount": ctx.account };
  const { region = ctx.region } = parseArn(target.Arn) ?? {};
  const kind = kindOf(target.Arn);
  if (target.RoleArn === undefined) return send(ctx, rule, row, input, (service, operation, request) => ctx.call(service, operation, request, { as: eventsPrincipal(ctx.account), region, context }));
  return withRole(ctx, target.RoleArn, context, (as) => {
    if (kind === "bus") return forward(ctx, arn, target, event, as);
    return send(ctx, rule, row, input, (service, operation, request) => ctx.call(service, operation, request, { as, region }));
  });
}

/** Does something as a role that EventBridge takes on, by STS and so by the role's trust policy. */
function withRole(ctx: Context, RoleArn: string, context: Record<string, string>, work: (as: Principal) => Outcome): Outcome {
  const failed = (error: AwsError): Outcome => ({ ok: false, code: "FAILED_TO_ASSUME_ROLE", message: error.message ?? error.code });
  const taken = ctx.call("sts", "AssumeRole", { RoleArn, RoleSessionName: ctx.newId().replaceAll("-", "") }, { as: eventsPrincipal(parseArn(RoleArn)?.account ?? ctx.account), context });
  if (!taken.ok) return failed(taken.error);
  const { AccessKeyId } = taken.output.Credentials as unknown as { AccessKeyId: string };
  const who = recognise(ctx.db, { accessKeyId: AccessKeyId }, ctx.now);
  const outcome = who.ok ? work(who.output) : failed(who.error);
  // Nobody will use the session again.
  sessions(ctx.db).delete(AccessKeyId);
  return outcome;
}

function send(ctx: Context, rule: Readonly<RuleRow>, row: Readonly<TargetRow>, input: string, ask: Ask): Outcome {
  const target = asTarget(row);
  switch (kindOf(target.Arn)) {
    case "lambda":
      return outcomeOf(ask("lambda", "Invoke", { FunctionName: target.Arn, InvocationType: "Event", Payload: toBase64(utf8(input)) }));
    case "sqs": {
      const { region, account, resource } = parseArn(target.Arn)!;
      const group = target.SqsParameters?.MessageGroupId;
      return outcomeOf(ask("sqs", "SendMessage", { QueueUrl: queueUrl({ region, account, resource }), MessageBody: input, ...(group === undefined ? {} : { MessageGroupId: group }) }));
    }
    case "logs":
      return writeLog(ctx, rule, row, input, ask);
    default:
      return { ok: false, code: "UNKNOWN", message: `Keyhole does not send events to ${target.Arn}.`, ours: true };
  }
}

export const queueUrl = ({ region, account, resource }: { region: string; account: string; resource: string }): string => `https://sqs.${region}.amazonaws.com/${account}/${resource}`;

/** What a target's service answered, as EventBridge sees it. Only what may go another time is tried again. */
function outcomeOf(reply: Result): Outcome {
  if (reply.ok) return { ok: true };
  const { code, message = code } = reply.error;
  if (/AccessDenied/.test(code)) return { ok: false, code: "NO_PERMISSIONS", message };
  if (/NotFound|NonExistent|DoesNotExist/.test(code)) return { ok: false, code: "NO_RESOURCE", message };
  if (code === "NotSimulated" || code === "RecursiveInvocationException") return { ok: false, code: "ERROR_FROM_TARGET", message, ours: true };
  if (/TooManyRequests|Throttl/.test(code)) return { ok: false, code: "THROTTLING", message, retry: true };
  if (code === "ResourceConflictException") return { ok: false, code: "RESOURCE_MODIFICATION_COLLISION", message, retry: true };
  return { ok: false, code: "ERROR_FROM_TARGET", message };
}

// ---------------------------------------------------------------- log groups

/** A log event: the input, or what a template says of its time and message. */
function logEventOf(ctx: Context, { InputTransformer, Input }: Target, input: string): { timestamp: number; message: string } | undefined {
  if (!InputTransformer && Input === undefined) return { timestamp: ctx.now, message: input };
  let parsed: Json;
  try {
    parsed = JSON.parse(input) as Json;
  } catch {
    return undefined;
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed) || parsed.message === undefined) return undefined;
  const { timestamp = ctx.now, message } = parsed;
  const time = typeof timestamp === "number" ? timestamp : Date.parse(String(timestamp));
  return Number.isFinite(time) ? { timestamp: time, message: typeof message === "string" ? message : JSON.stringify(message) } : undefined;
}

function writeLog(ctx: Context, rule: Readonly<RuleRow>, row: Readonly<TargetRow>, input: string, ask: Ask): Outcome {
  const target = asTarget(row);
  const logGroupName = parseArn(target.Arn)!.resource.replace(/^log-group:/, "").replace(/:\*$/, "");
  const event = logEventOf(ctx, target, input);
  if (!event) return { ok: false, code: "INVALID_PARAMETER", message: "The input of a log group must be JSON with timestamp and message." };
  const put = (logStreamName: string): Result => ask("logs", "PutLogEvents", { logGroupName, logStreamName, logEvents: [{ ...event }] });
  if (row.logStream !== undefined) {
    const reply = put(row.logStream);
    if (reply.ok || !/ResourceNotFound/.test(reply.error.code)) return outcomeOf(reply);
  }
  const logStream = ctx.newId();
  const made = ask("logs", "CreateLogStream", { logGroupName, logStreamName: logStream });
  const outcome = outcomeOf(made.ok ? put(logStream) : made);
  if (outcome.ok) targets(ctx.db).edit(targetId(rule.bus, rule.Name, row.Id)).logStream = logStream;
  return outcome;
}

// ---------------------------------------------------------------- other buses

/** From bus to bus an event goes once: what was sent on is not sent on again. Source: EventBridge User Guide, Sending events between event buses in the same account and Region. */
function forward(ctx: Context, rule: string, { Arn }: Target, event: Readonly<CloudEvent>, as: Principal): Outcome {
  const { region, account } = busReference(ctx, Arn);
  if (event.forwarded !== undefined) {
    const code = region === ctx.region ? "THIRD_ACCOUNT_HOP_DETECTED" : "THIRD_REGION_HOP_DETECTED";
    return { ok: false, code, message: "An event that a rule sent to this bus is not sent on to a third one." };
  }
  const { id, source, account: from, region: where, resources, detail, time } = event;
  const origin: Origin = { id, account: from, region: where, rule };
  const entry: JsonObject = { EventBusName: Arn, Source: source, DetailType: event["detail-type"], Detail: JSON.stringify(detail), Resources: [...resources], Time: time / 1000, TraceHeader: JSON.stringify(origin) };
  const reply = ctx.call("events", "PutEvents", { Entries: [entry] }, { as, region, context: { "aws:SourceArn": rule } });
  if (!reply.ok) return outcomeOf(reply);
  const [answer] = reply.output.Entries as JsonObject[];
  if (answer.ErrorCode === undefined) return { ok: true };
  return { ok: false, code: account === ctx.account ? "ERROR_FROM_TARGET" : "CROSS_ACCOUNT_INGESTION_FAILED", message: String(answer.ErrorMessage) };
}

/** A dead letter: the event, and why it is one. Source: EventBridge User Guide, Using dead-letter queues to process undelivered events in EventBridge. */
export function sendDeadLetter(ctx: Context, rule: Readonly<RuleRow>, target: Target, event: Readonly<CloudEvent>, facts: { code: string; message: string; attempts: number; exhausted?: string }): Outcome {
  const queue = parseArn(target.DeadLetterConfig!.Arn!)!;
  const arn = ruleArn(ctx, rule.bus, rule.Name);
  const values: Record<string, string | undefined> = {
    RULE_ARN: arn, TARGET_ARN: target.Arn, ERROR_CODE: facts.code, ERROR_MESSAGE: facts.message, EXHAUSTED_RETRY_CONDITION: facts.exhausted, RETRY_ATTEMPTS: String(facts.attempts - 1),
  };
  const attributes = Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, { DataType: "String", StringValue: value }]])));
  return outcomeOf(ctx.call("sqs", "SendMessage", { QueueUrl: queueUrl(queue), MessageBody: JSON.stringify(eventJson(event)), MessageAttributes: attributes }, {
    as: eventsPrincipal(ctx.account),
    region: queue.region,
    context: { "aws:SourceArn": arn, "aws:SourceAccount": ctx.account },
  }));
}
