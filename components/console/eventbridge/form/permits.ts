import type { JsonObject } from "@/lib/engine/types";
import { allPages, type Ask, unless } from "../../frame/use-load";
import { arnOf, type TargetDraft } from "./target-draft";

/**
 * What lets EventBridge in where a rule sends to: AWS's console writes it into the targets' own policies when a rule is
 * saved. Each is a call that is seen on the strip.
 * Source: EventBridge User Guide, Using resource-based policies for Amazon EventBridge.
 */
export interface Rule {
  name: string;
  arn: string;
}

/** What will be done, in words; undefined where the target needs nothing of its own. */
export function permitWords({ kind, permit, dead }: TargetDraft): string[] {
  const own = { lambda: "A statement in the function’s policy lets this rule invoke it.", logs: "A CloudWatch Logs resource policy lets EventBridge write to log groups under /aws/events/.", sqs: "A statement in the queue’s policy lets this rule send to it.", bus: undefined }[kind];
  return [...(permit && own ? [own] : []), ...(permit && dead ? ["A statement in the dead-letter queue’s policy lets this rule send to it."] : [])];
}

/** Names of the statements, as AWS's console makes them. */
const sidOf = (rule: Rule, id: string): string => `AWSEvents_${rule.name}_${id}`.replace(/[^A-Za-z0-9_-]/g, "_").slice(0, 100);

export async function permit(ask: Ask, rule: Rule, draft: TargetDraft, place: { account: string; region: string }): Promise<void> {
  if (!draft.permit) return;
  const arn = arnOf(draft, place);
  const sid = sidOf(rule, draft.id);
  if (draft.kind === "lambda") await permitFunction(ask, rule, arn, sid);
  if (draft.kind === "logs") await permitLogs(ask, place, arn);
  if (draft.kind === "sqs") await permitQueue(ask, rule, arn, sid);
  if (draft.dead) await permitQueue(ask, rule, draft.dead, `${sid}_dead`);
}

interface Statement {
  Sid?: string;
  Principal?: unknown;
  Resource?: unknown;
}
const statementsIn = (policy: string | undefined): Statement[] => (policy ? [(JSON.parse(policy) as { Statement: Statement | Statement[] }).Statement].flat() : []);

async function permitFunction(ask: Ask, rule: Rule, FunctionName: string, StatementId: string): Promise<void> {
  await ask("lambda", "AddPermission", { FunctionName, StatementId, Action: "lambda:InvokeFunction", Principal: "events.amazonaws.com", SourceArn: rule.arn }).catch(unless("ResourceConflictException"));
}

/** The policy that AWS's console makes, one for all rules. */
export const logsPolicyName = "TrustEventsToStoreLogEvents";

async function permitLogs(ask: Ask, { account, region }: { account: string; region: string }, arn: string): Promise<void> {
  const policies = await allPages<{ policyName: string; policyDocument: string }>(async (nextToken) => {
    const page = await ask("logs", "DescribeResourcePolicies", nextToken ? { nextToken } : {});
    return { items: page.resourcePolicies, next: page.nextToken };
  });
  const known = policies.find(({ policyName }) => policyName === logsPolicyName);
  const under = `arn:aws:logs:${region}:${account}:log-group:/aws/events/*:*`;
  const wanted = arn.includes(":log-group:/aws/events/") ? under : `${arn.replace(/:\*$/, "")}:*`;
  const has = known ? statementsIn(known.policyDocument).flatMap(({ Resource }) => [Resource].flat()) : [];
  if (has.includes(wanted)) return;
  const Statement: JsonObject = { Sid: "TrustEventsToStoreLogEvent", Effect: "Allow", Principal: { Service: ["events.amazonaws.com", "delivery.logs.amazonaws.com"] }, Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: [...(has as string[]), wanted] };
  await ask("logs", "PutResourcePolicy", { policyName: logsPolicyName, policyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [Statement] }) });
}

export const queueUrlOf = (arn: string): string => {
  const [, , , region, account, name] = arn.split(":");
  return `https://sqs.${region}.amazonaws.com/${account}/${name}`;
};

async function permitQueue(ask: Ask, rule: Rule, arn: string, Sid: string): Promise<void> {
  const QueueUrl = queueUrlOf(arn);
  const { Attributes } = await ask<{ Attributes?: { Policy?: string } }>("sqs", "GetQueueAttributes", { QueueUrl, AttributeNames: ["Policy"] });
  const statements = statementsIn(Attributes?.Policy);
  if (statements.some((statement) => statement.Sid === Sid)) return;
  const before = Attributes?.Policy ? (JSON.parse(Attributes.Policy) as JsonObject) : { Version: "2012-10-17" };
  const added = { Sid, Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: "sqs:SendMessage", Resource: arn, Condition: { ArnEquals: { "aws:SourceArn": rule.arn } } };
  await ask("sqs", "SetQueueAttributes", { QueueUrl, Attributes: { Policy: JSON.stringify({ ...before, Statement: [...statements, added] }) } });
}
