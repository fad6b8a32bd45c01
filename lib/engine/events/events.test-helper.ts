import { toBase64, utf8 } from "../crypto/bytes";
import { type Lab, createLab } from "../lab";
import { seededPorts } from "../ports";
import type { Caller, CloudEvent, FunctionAnswer, FunctionRun, Inside, JournalEntry, JsonObject, Ports } from "../types";
import { strToU8, zipSync } from "fflate/browser";
import type { DeliveryRow } from "./state";

/** A lab with what rules send to: functions in TypeScript, log groups, queues. */
export const A = "111122223333";
export const B = "444455556666";
export const start = Date.UTC(2026, 0, 1);
export const admin: Caller = { account: A, user: "admin" };
export const ruleArn = (name: string, bus = ""): string => `arn:aws:events:us-east-1:${A}:rule/${bus && `${bus}/`}${name}`;

export type Code = (event: any, inside: Inside, run: FunctionRun) => Promise<unknown>;

export const zip = toBase64(zipSync({ "index.mjs": strToU8("export const handler = async () => 1;") }));

export function labOf(programs: Record<string, Code> = {}) {
  const runs: { name: string; event: any; at: number }[] = [];
  const ports: Ports = {
    ...seededPorts(11, start),
    async functions(run, inside): Promise<FunctionAnswer> {
      const event: unknown = JSON.parse(run.event);
      runs.push({ name: run.functionName, event, at: run.at });
      const answer = { output: "", duration: 5, memoryUsed: 40 };
      try {
        return { ...answer, outcome: "returned", payload: JSON.stringify((await programs[run.functionName](event, inside, run)) ?? null) };
      } catch (error) {
        return { ...answer, outcome: "raised", payload: JSON.stringify({ errorType: "Error", errorMessage: (error as Error).message }) };
      }
    },
  };
  const lab = createLab({ ports });
  lab.ensureAccount(B);
  return { lab, runs, ...handles(lab, programs) };
}

function handles(lab: Lab, programs: Record<string, Code>) {
  /** The answer, or "Code: message"; what follows from it at once has happened then, as hosts see to it. */
  const ask = async (service: string, operation: string, input: JsonObject = {}, caller: Caller = admin): Promise<any> => {
    const reply = await lab.call({ service, operation, input, caller });
    await lab.settle();
    return reply.ok ? reply.output : `${reply.error.code}: ${reply.error.message}`;
  };
  const done = async (service: string, operation: string, input: JsonObject = {}, caller: Caller = admin): Promise<any> => {
    const answer: unknown = await ask(service, operation, input, caller);
    if (typeof answer === "string") throw new Error(`${operation}: ${answer}`);
    return answer;
  };
  const events = (operation: string, input: JsonObject = {}, caller: Caller = admin) => ask("events", operation, input, caller);
  const rows = <R>(service: string, table: string, account = A, region = "us-east-1"): Readonly<R>[] => lab.read({ account, region, service }).table<R & object>(table).all() as Readonly<R>[];

  /** A role that `service` may take on and that may do what `actions` say. */
  const role = async (RoleName: string, actions: string[], service = "events.amazonaws.com"): Promise<string> => {
    await done("iam", "CreateRole", { RoleName, AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }] }) });
    await done("iam", "PutRolePolicy", { RoleName, PolicyName: "p", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }] }) });
    return `arn:aws:iam::${A}:role/${RoleName}`;
  };
  return {
    ask, done, events, rows, role,
    log: (account = A): Readonly<CloudEvent>[] => rows<CloudEvent>("events", "log", account),
    deliveries: (): Readonly<DeliveryRow>[] => rows<DeliveryRow>("events", "deliveries"),
    /** A rule with targets. */
    async rule(Name: string, pattern: JsonObject | string, targets: JsonObject[], more: JsonObject = {}): Promise<string> {
      const made = typeof pattern === "string" ? { ScheduleExpression: pattern } : { EventPattern: JSON.stringify(pattern) };
      const { RuleArn } = await done("events", "PutRule", { Name, ...made, ...more });
      if (targets.length) await done("events", "PutTargets", { Rule: Name, Targets: targets, ...(more.EventBusName ? { EventBusName: more.EventBusName } : {}) });
      return RuleArn;
    },
    put: (DetailType: string, detail: unknown = {}, more: JsonObject = {}): Promise<any> => events("PutEvents", { Entries: [{ Source: "shop", DetailType, Detail: JSON.stringify(detail), ...more }] }),
    /** A function of `programs`, active, with leave for EventBridge to invoke it. */
    async functions(): Promise<void> {
      await role("app", ["ssm:*", "events:PutEvents", "logs:*"], "lambda.amazonaws.com");
      for (const FunctionName of Object.keys(programs)) {
        await done("lambda", "CreateFunction", { FunctionName, Role: `arn:aws:iam::${A}:role/app`, Runtime: "nodejs22.x", Handler: "index.handler", Code: { ZipFile: zip } });
        await done("lambda", "AddPermission", { FunctionName, StatementId: "events", Action: "lambda:InvokeFunction", Principal: "events.amazonaws.com" });
      }
      await lab.advance(2_000);
    },
    /** A log group with leave for EventBridge to write. Returns its ARN. */
    async group(logGroupName: string, open = true): Promise<string> {
      await done("logs", "CreateLogGroup", { logGroupName });
      const statement = { Effect: "Allow", Principal: { Service: ["events.amazonaws.com", "delivery.logs.amazonaws.com"] }, Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: `arn:aws:logs:us-east-1:${A}:log-group:/aws/events/*:*` };
      if (open) await done("logs", "PutResourcePolicy", { policyName: "events", policyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }) });
      return `arn:aws:logs:us-east-1:${A}:log-group:${logGroupName}`;
    },
    lines: async (logGroupName: string): Promise<any[]> => (await done("logs", "FilterLogEvents", { logGroupName })).events.map(({ message }: { message: string }) => JSON.parse(message)),
    /** A queue with leave for EventBridge to send. Returns its ARN. */
    async queue(QueueName: string, open = true): Promise<string> {
      const arn = `arn:aws:sqs:us-east-1:${A}:${QueueName}`;
      const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: "sqs:SendMessage", Resource: arn }] });
      await done("sqs", "CreateQueue", { QueueName, Attributes: open ? { Policy } : {} });
      return arn;
    },
    messages: async (name: string): Promise<any[]> => (await done("sqs", "ReceiveMessage", { QueueUrl: `https://sqs.us-east-1.amazonaws.com/${A}/${name}`, MaxNumberOfMessages: 10, MessageAttributeNames: ["All"] })).Messages ?? [],
  };
}

/** The same lab again, from what is in the journal. */
export function replayed(lab: Lab): Lab {
  const again = createLab({ ports: { ...seededPorts(11, start), functions: () => Promise.reject(new Error("no code runs in a replay")) } });
  again.ensureAccount(B);
  again.replay(JSON.parse(JSON.stringify(lab.journal)) as JournalEntry[]);
  return again;
}
export const recordsOf = (lab: Lab): string => JSON.stringify(lab.snapshot().records);
