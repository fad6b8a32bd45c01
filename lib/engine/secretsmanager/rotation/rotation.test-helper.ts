import { strToU8, zipSync } from "fflate/browser";
import { type CatalogEntry, catalog, loadServices } from "../../catalog";
import { fromBase64, toBase64, utf8Text } from "../../crypto/bytes";
import { refusalOf } from "../../database/operations/execute";
import { codeOf } from "../../lambda/templates/code";
import { type DatabaseEngine, type Strategy, templateFor } from "../../lambda/templates/list";
import { createLab, type Lab } from "../../lab";
import type { LeanModel } from "../../model";
import { ok } from "../../errors";
import { seededPorts } from "../../ports";
import type { Call, Caller, Context, FunctionAnswer, FunctionRun, Inside, JournalEntry, JsonObject, Ports, Principal, Reply, Result } from "../../types";
import type { SecretRow } from "../state";

export const A = "111122223333";
export const B = "444455556666";
export const admin: Caller = { account: A, user: "admin" };
export const start = Date.UTC(2026, 0, 5, 9, 30);
export const SECOND = 1_000;
export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export type Program = (event: { Step: string; SecretId: string; ClientRequestToken: string; RotationToken?: string }, inside: Inside, run: FunctionRun) => Promise<unknown>;

/** A service of the tests' own, through which they reach what only services may do. */
const work: { next?: (ctx: Context) => Result } = {};
const testbed: CatalogEntry = {
  service: { name: "testbed", deniedCode: "AccessDeniedException", operations: [] },
  model: { source: "", metadata: { apiVersion: "", endpointPrefix: "testbed", protocol: "json", serviceFullName: "", serviceId: "testbed" }, operations: { Run: {} }, shapes: {}, notSimulated: [] } as unknown as LeanModel,
  operations: new Map([["Run", { name: "Run", authorise: () => undefined, cost: () => [], handle: (_input: unknown, ctx: Context) => work.next!(ctx) }]]),
};
(catalog as Map<string, CatalogEntry>).set("testbed", testbed);

export const service = (name: string): Principal => ({ type: "Service", account: A, arn: `arn:aws:iam::${A}:root`, userId: name, service: `${name}.amazonaws.com` });

// ---------------------------------------------------------------- functions

/** Runs a JavaScript template's own text, with a client and a database client that go through the function's door. */
function load(text: string, inside: Inside, environment: Record<string, string>): (event: unknown) => Promise<unknown> {
  const commands = ["DescribeSecret", "GetRandomPassword", "GetSecretValue", "PutSecretValue", "UpdateSecretVersionStage"];
  const given = (input: JsonObject): JsonObject => Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  class Client {
    async send({ operation, input }: { operation: string; input: JsonObject }): Promise<unknown> {
      const reply = await inside.call({ service: "secretsmanager", operation, input: given(input) });
      if (!reply.ok) throw Object.assign(new Error(reply.error.message), { name: reply.error.code });
      return reply.output;
    }
  }
  const command = (operation: string) =>
    class {
      operation = operation;
      constructor(readonly input: JsonObject) {}
    };
  const say = async (operation: string, input: JsonObject): Promise<any> => {
    const reply = await inside.call({ service: "database", operation, input: given(input) });
    const refusal = refusalOf(reply);
    if (refusal) throw Object.assign(new Error(refusal.message), { code: refusal.code });
    return reply.ok && reply.output;
  };
  const connect = async ({ host, port, user, password, database }: Record<string, string>): Promise<unknown> => {
    const { ConnectionId } = await say("Connect", { Host: host, Port: port, User: user, Password: password, Database: database });
    return {
      execute: async (Statement: string, Parameters?: string[]) => (await say("Execute", { ConnectionId, Statement, Parameters })).Rows,
      close: () => say("Close", { ConnectionId }),
    };
  };
  const body = `${text.replace(/^import [\s\S]*? from "[^"]+";\n/gm, "").replace("export const handler", "const handler")}\nreturn handler;`;
  const names = ["SecretsManagerClient", ...commands.map((name) => `${name}Command`), "connect", "console", "process"];
  const values = [Client, ...commands.map(command), connect, { log: () => undefined }, { env: environment }];
  return new Function(...names, body)(...values) as (event: unknown) => Promise<unknown>;
}

/** Functions: by name a program in TypeScript, which may do something before (or in place of) the code of the package. */
function host(programs: Record<string, Program>, runs: FunctionRun[]): NonNullable<Ports["functions"]> {
  return async (run, inside) => {
    runs.push(run);
    const event = JSON.parse(run.event) as Parameters<Program>[0];
    try {
      const payload = programs[run.functionName] ? await programs[run.functionName](event, inside, run) : await load(utf8Text(fromBase64(run.files["index.mjs"])), inside, run.environment)(event);
      return { outcome: "returned", payload: JSON.stringify(payload ?? null), output: "", duration: 5, memoryUsed: 60 };
    } catch (error) {
      return { outcome: "raised", payload: JSON.stringify({ errorType: (error as Error).name, errorMessage: (error as Error).message }), output: "", duration: 5, memoryUsed: 60 } satisfies FunctionAnswer;
    }
  };
}

// ---------------------------------------------------------------- a lab

/** A lab with Lambda functions that may do what rotation needs. `programs` may be changed while it runs. */
export async function rotationLab(programs: Record<string, Program> = {}, functions?: Ports["functions"]) {
  await loadServices();
  const runs: FunctionRun[] = [];
  const ports = { ...seededPorts(11, start), functions: functions ?? host(programs, runs) };
  const lab: Lab = createLab({ ports, journalLimit: 20_000 });

  const call = (operation: string, input: JsonObject = {}, more: Partial<Call> = {}): Promise<Reply> => lab.call({ service: "secretsmanager", operation, input, caller: admin, ...more });
  async function must(operation: string, input: JsonObject = {}, more: Partial<Call> = {}): Promise<any> {
    const reply = await call(operation, input, more);
    if (!reply.ok) throw new Error(`${operation}: ${reply.error.code}: ${reply.error.message}`);
    return reply.output;
  }
  async function fails(operation: string, input: JsonObject = {}, more: Partial<Call> = {}): Promise<string> {
    const reply = await call(operation, input, more);
    return reply.ok ? "ok" : `${reply.error.code}: ${reply.error.message}`;
  }
  /** As a service, in the lab's state. */
  async function asService(next: (ctx: Context) => void, region?: string): Promise<void> {
    work.next = (ctx) => {
      next(ctx);
      return ok({});
    };
    await must("Run", {}, { service: "testbed", region });
  }
  let tokens = 0;
  const token = (): string => `00000000-0000-4000-8000-${String(++tokens).padStart(12, "0")}`;

  await must("CreateRole", { RoleName: "rotation", AssumeRolePolicyDocument: trust("lambda.amazonaws.com") }, { service: "iam" });
  await must("PutRolePolicy", { RoleName: "rotation", PolicyName: "p", PolicyDocument: policy(["secretsmanager:*", "lambda:InvokeFunction"]) }, { service: "iam" });

  const functionArn = (name: string): string => `arn:aws:lambda:us-east-1:${A}:function:${name}`;
  async function makeFunction(FunctionName: string, text = "export const handler = async () => 1;", allow = true, { file = "index.mjs", ...more }: JsonObject & { file?: string } = {}): Promise<string> {
    const zip = toBase64(zipSync({ [file]: strToU8(text) }));
    await must("CreateFunction", { FunctionName, Role: `arn:aws:iam::${A}:role/rotation`, Runtime: "nodejs22.x", Handler: "index.handler", Code: { ZipFile: zip }, Timeout: 30, ...more }, { service: "lambda" });
    if (allow) await must("AddPermission", { FunctionName, StatementId: "sm", Action: "lambda:InvokeFunction", Principal: "secretsmanager.amazonaws.com" }, { service: "lambda" });
    await lab.advance(2_000);
    return functionArn(FunctionName);
  }

  return {
    lab, runs, programs, call, must, fails, asService, token, functionArn, makeFunction,
    template: (name: string, engine: DatabaseEngine, strategy: Strategy) => makeFunction(name, codeOf(templateFor(engine, strategy)!, "javascript").text),
    rotate: (SecretId: string, more: JsonObject = {}, who: Partial<Call> = {}): Promise<Reply> => call("RotateSecret", { SecretId, ClientRequestToken: token(), ...more }, who),
    create: (Name: string, value: unknown, more: JsonObject = {}): Promise<any> => must("CreateSecret", { Name, SecretString: typeof value === "string" ? value : JSON.stringify(value), ClientRequestToken: token(), ...more }),
    row: (name: string): Readonly<SecretRow> => lab.read({ account: A, region: "us-east-1", service: "secretsmanager" }).table<SecretRow>("secrets").get(name)!,
    stages: async (SecretId: string): Promise<Record<string, string[]>> => (await must("DescribeSecret", { SecretId })).VersionIdsToStages,
    value: async (SecretId: string, VersionStage = "AWSCURRENT"): Promise<any> => JSON.parse((await must("GetSecretValue", { SecretId, VersionStage })).SecretString),
    /** A database server with its master user, as the service that keeps it would make it. */
    server: (Host: string, Engine: string, more: JsonObject = {}): Promise<void> =>
      asService((ctx) => {
        const made = ctx.call("database", "CreateServer", { Host, Engine, EngineVersion: versions[Engine], ResourceArn: `arn:aws:rds:us-east-1:${A}:db:${Host}`, MasterUsername: "admin", Password: "Master-Pass-1", Database: "shop", ...more }, { as: service("rds") });
        if (!made.ok) throw new Error(made.error.message);
      }),
    sql: (Host: string, User: string, Password: string, Statement: string, Database?: string): Promise<any> =>
      must("Execute", { Host, User, Password, Statement, ...(Database ? { Database } : {}) }, { service: "database" }),
    /** Whether the server lets them in. */
    logsIn: async (Host: string, User: string, Password: string, Database?: string): Promise<boolean> =>
      (await call("Connect", { Host, User, Password, ...(Database ? { Database } : {}) }, { service: "database" })).ok,
    /** Names of events that Secrets Manager sent, oldest first. */
    events: (): string[] =>
      lab.read({ account: A, region: "us-east-1", service: "events" }).table<any>("log").all().filter(({ source }) => source === "aws.secretsmanager").map((event) => event.detail.eventName ?? `${event["detail-type"]} ${event.detail.labelUpdated}`),
    records: (): any[] => lab.read({ account: A, region: "us-east-1", service: "events" }).table<any>("log").all().filter((event) => event["detail-type"] === "AWS Service Event via CloudTrail").map(({ detail }) => detail),
  };
}

const versions: Record<string, string> = { mysql: "8.4.7", mariadb: "11.8.5", "aurora-mysql": "8.0.mysql_aurora.3.11.0", postgres: "17.6", "aurora-postgresql": "17.5", redshift: "1.0.140438", docdb: "5.0.0" };

export const trust = (Service: string): string => JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" }] });
export const policy = (Action: string[], Resource: string | string[] = "*", Condition?: object): string => JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource, ...(Condition ? { Condition } : {}) }] });

export type RotationLab = Awaited<ReturnType<typeof rotationLab>>;

/** A database of a kind with an application's user, and a secret with the user's login. */
export async function database(w: RotationLab, engine: DatabaseEngine, secret = "app/db"): Promise<{ host: string; login: any; secretArn: string; adminSecretArn: string; accepts(login: any): Promise<boolean> }> {
  const host = `db-${engine}.lab`;
  await w.server(host, engine === "mongo" ? "docdb" : engine);
  const name = engine === "mongo" ? undefined : "shop";
  const run = (statement: string): Promise<any> => w.sql(host, "admin", "Master-Pass-1", statement, name);
  const setUp: Record<DatabaseEngine, string[]> = {
    mysql: ["CREATE USER 'app'@'%' IDENTIFIED BY 'First-Pass-1'", "GRANT SELECT, INSERT ON shop.* TO 'app'@'%'"],
    mariadb: ["CREATE USER 'app'@'%' IDENTIFIED BY 'First-Pass-1'", "GRANT SELECT, INSERT ON shop.* TO 'app'@'%'"],
    postgres: ["CREATE USER app WITH PASSWORD 'First-Pass-1'", "CREATE TABLE orders (id int)", "GRANT SELECT ON orders TO app"],
    redshift: ["CREATE GROUP readers", "CREATE USER app PASSWORD 'First-Pass-1' IN GROUP readers"],
    mongo: ['{"createUser": "app", "pwd": "First-Pass-1", "roles": [{"role": "read", "db": "shop"}]}'],
  };
  for (const statement of setUp[engine]) await run(statement);
  const { ARN: adminSecretArn } = await w.create(`${secret}-admin`, { engine, host, username: "admin", password: "Master-Pass-1", ...(name ? { dbname: name } : {}) });
  const login = { engine, host, username: "app", password: "First-Pass-1", ...(name ? { dbname: name } : {}), masterarn: adminSecretArn };
  const { ARN: secretArn } = await w.create(secret, login);
  return { host, login, secretArn, adminSecretArn, accepts: ({ username, password }) => w.logsIn(host, username, password, name) };
}

export const jobsOf = (entries: readonly JournalEntry[]): string[] => entries.filter(({ kind }) => kind === "job").map(({ trace }) => trace.operation);
