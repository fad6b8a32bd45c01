import { loadServices } from "../catalog";
import { createLab, type Lab } from "../lab";
import { seededPorts } from "../ports";
import type { AwsError, Caller, JsonObject, Reply } from "../types";
import { refusalOf } from "./operations/execute";

export const A = "111122223333";
export const B = "444455556666";
export const admin: Caller = { account: A, user: "admin" };
export const masterPassword = "Rotate-Me-1";

export const kinds = ["mysql", "mysql8.0", "mariadb", "postgres", "postgres15", "aurora-mysql", "aurora-postgresql", "docdb", "redshift"] as const;
export type Kind = (typeof kinds)[number];

/** A lab with short words for databases. */
export function bench(lab: Lab) {
  const call = (service: string, operation: string, input: JsonObject = {}, caller: Caller = admin, region?: string): Promise<Reply> => lab.call({ service, operation, input, caller, door: "test", ...(region ? { region } : {}) });
  const must = async (service: string, operation: string, input: JsonObject = {}, caller?: Caller, region?: string): Promise<any> => {
    const reply = await call(service, operation, input, caller, region);
    if (!reply.ok) throw new Error(`${operation}: ${reply.error.code}: ${reply.error.message}`);
    return reply.output;
  };
  const fails = async (service: string, operation: string, input: JsonObject = {}, caller?: Caller): Promise<string> => {
    const reply = await call(service, operation, input, caller);
    return reply.ok ? `ok ${JSON.stringify(reply.output)}` : `${reply.error.code}: ${reply.error.message}`;
  };
  return { lab, call, must, fails };
}

export async function freshLab(seed = 1) {
  await loadServices();
  return bench(createLab({ ports: seededPorts(seed) }));
}

const made = new Map<Kind, Promise<{ lab: Lab; host: string; port: number }>>();

/** A lab with one server of the kind, its master user `boss`, database `shop`; a copy for every asker. */
export async function server(kind: Kind) {
  let known = made.get(kind);
  if (!known) made.set(kind, (known = make(kind)));
  const { lab, host, port } = await known;
  return serverIn(lab.fork(seededPorts(2, lab.now())), host, port);
}

async function make(kind: Kind): Promise<{ lab: Lab; host: string; port: number }> {
  const { lab, must } = await freshLab();
  const master = { MasterUsername: "boss", MasterUserPassword: masterPassword };
  if (kind === "redshift") {
    await must("redshift", "CreateCluster", { ClusterIdentifier: "shop", NodeType: "ra3.large", DBName: "shop", ...master });
    await lab.advance(600_000);
    const [{ Endpoint }] = (await must("redshift", "DescribeClusters")).Clusters;
    return { lab, host: Endpoint.Address, port: Endpoint.Port };
  }
  const [Engine, EngineVersion] = kind === "mysql8.0" ? ["mysql", "8.0.43"] : kind === "postgres15" ? ["postgres", "15.14"] : [kind, undefined];
  const version = EngineVersion ? { EngineVersion } : {};
  if (kind.startsWith("aurora") || kind === "docdb") {
    await must("rds", "CreateDBCluster", { DBClusterIdentifier: "shop", Engine, ...(kind === "docdb" ? {} : { DatabaseName: "shop" }), ...master });
    await must("rds", "CreateDBInstance", { DBInstanceIdentifier: "shop-1", DBClusterIdentifier: "shop", DBInstanceClass: "db.t4g.medium", Engine });
    await lab.advance(600_000);
    const [{ Endpoint, Port }] = (await must("rds", "DescribeDBClusters")).DBClusters;
    return { lab, host: Endpoint, port: Port };
  }
  await must("rds", "CreateDBInstance", { DBInstanceIdentifier: "shop", Engine, DBInstanceClass: "db.t4g.micro", AllocatedStorage: 20, DBName: "shop", ...version, ...master });
  await lab.advance(600_000);
  const [{ Endpoint }] = (await must("rds", "DescribeDBInstances")).DBInstances;
  return { lab, host: Endpoint.Address, port: Endpoint.Port };
}

export interface Said {
  rows: (string | null)[][];
  columns: string[];
  affected: number;
  status: string;
  notices: string[];
  open: boolean;
  /** What the server refused, as text: `1045 28000 Access denied …`, `28P01 password …`, `NotSimulated: …`. */
  refused?: string;
  error?: AwsError;
}

/** An error as one line: number, SQLSTATE, words; for what no server said, the code. */
export function line({ code, message = "", fields = {} }: AwsError): string {
  const numbers = [fields.Number, fields.SqlState].filter((one) => one !== undefined).join(" ");
  return code === "ServerError" && numbers ? `${numbers} ${message}` : `${code}: ${message}`;
}

function said(reply: Reply): Said {
  const error = refusalOf(reply);
  const output: any = reply.ok ? reply.output : {};
  return {
    rows: output.Rows ?? [], columns: (output.Columns ?? []).map(({ Name }: any) => Name), affected: output.RowsAffected ?? 0, status: output.Status ?? "", notices: output.Notices ?? [], open: output.InTransaction ?? false,
    ...(error ? { refused: line(error), error } : {}),
  };
}

export function serverIn(lab: Lab, host: string, port: number) {
  const words = bench(lab);
  const login = (User = "boss", Password: string | null = masterPassword, Database: string | null = "shop"): JsonObject => ({ Host: host, User, ...(Password === null ? {} : { Password }), ...(Database === null ? {} : { Database }) });
  return {
    ...words, host, port, login,
    /** How a login ends: `ok`, or the refusal. */
    async enter(User?: string, Password?: string | null, more: JsonObject = {}): Promise<string> {
      const reply = await words.call("database", "Connect", { ...login(User, Password), ...more });
      return reply.ok ? "ok" : line(reply.error);
    },
    /** One statement in a connection of its own. */
    async say(Statement: string, { as, password, database, parameters }: { as?: string; password?: string | null; database?: string | null; parameters?: string[] } = {}): Promise<Said> {
      return said(await words.call("database", "Execute", { ...login(as, password, database), Statement, ...(parameters ? { Parameters: parameters } : {}) }));
    },
    async open(as?: string, password?: string | null, database?: string | null) {
      const { ConnectionId } = await words.must("database", "Connect", login(as, password, database));
      return {
        id: ConnectionId as string,
        say: async (Statement: string, parameters?: string[]): Promise<Said> => said(await words.call("database", "Execute", { ConnectionId, Statement, ...(parameters ? { Parameters: parameters } : {}) })),
        close: () => words.must("database", "Close", { ConnectionId }),
      };
    },
  };
}

/** Statements one after another; the last one's answer. Throws at the first that is refused. */
export async function all(say: (statement: string) => Promise<Said>, ...statements: string[]): Promise<Said> {
  let last: Said | undefined;
  for (const statement of statements) {
    last = await say(statement);
    if (last.refused) throw new Error(`${statement}: ${last.refused}`);
  }
  return last!;
}
