import { refusalOf } from "../../../engine/database/refusal";
import type { AwsError, JsonObject } from "../../../engine/types";
import type { AwsEnv } from "../../aws/env";

/** What the shell gives the database clients besides files and variables. */
export interface DatabaseWorld {
  call: AwsEnv["call"];
  region(): string;
  /** Who answers questions: what came through the pipe, or whoever sits there. Absent: nobody does. */
  asker(piped: Uint8Array): AwsEnv["ask"];
  /** Shows output now, while somebody is being asked for more. */
  print(stream: "stdout" | "stderr", text: string): void;
}

export type Protocol = "mysql" | "postgres" | "mongo";

export interface Login {
  host: string;
  port?: number;
  user: string;
  password?: string;
  database?: string;
}

/** What a statement answered: rows and all that is printed beside them, or the server's refusal. */
export type Outcome = { ok: true; columns: { name: string; type: string; nullable: boolean }[]; rows: (string | null)[][]; affected: number; status: string; notices: string[]; transaction: boolean } | { ok: false; error: AwsError; transaction?: boolean };

/** An open connection to a database server of the lab. */
export interface Connection {
  engine: string;
  version: string;
  number: number;
  user: string;
  execute(statement: string): Promise<Outcome>;
  close(): Promise<void>;
}

const isError = (answer: Connection | AwsError): answer is AwsError => "code" in answer;
export const refused = isError;

export async function connect(world: DatabaseWorld, protocol: Protocol, login: Login): Promise<Connection | AwsError> {
  const ask = (operation: string, input: JsonObject) => world.call({ service: "database", operation, input, region: world.region() });
  const input: JsonObject = { Host: login.host, User: login.user, Protocol: protocol };
  if (login.port !== undefined) input.Port = login.port;
  if (login.password !== undefined) input.Password = login.password;
  if (login.database) input.Database = login.database;
  const reply = await ask("Connect", input);
  // A machine itself has no database; of other addresses nobody in the lab knows whose they are.
  if (!reply.ok) return reply.error.code === "UnknownHost" && (login.host === "localhost" || addressOf(login.host) === undefined) ? { ...reply.error, code: "ConnectionRefused" } : reply.error;
  const { ConnectionId, Engine, ServerVersion, ConnectionNumber, User } = reply.output;
  return {
    engine: String(Engine),
    version: String(ServerVersion),
    number: Number(ConnectionNumber),
    user: String(User),
    async execute(Statement) {
      const answer = await ask("Execute", { ConnectionId, Statement });
      const error = refusalOf(answer);
      if (error) return { ok: false, error, ...(answer.ok ? { transaction: answer.output.InTransaction === true } : {}) };
      const { Columns, Rows, RowsAffected, Status, Notices, InTransaction } = (answer.ok ? answer.output : {}) as JsonObject;
      return {
        ok: true,
        columns: ((Columns ?? []) as JsonObject[]).map(({ Name, Type, Nullable }) => ({ name: String(Name), type: String(Type), nullable: Nullable === true })),
        rows: (Rows ?? []) as (string | null)[][],
        affected: Number(RowsAffected ?? 0),
        status: String(Status ?? ""),
        notices: (Notices ?? []) as string[],
        transaction: InTransaction === true,
      };
    },
    async close() {
      await ask("Close", { ConnectionId });
    },
  };
}

/** An address for a host, as a resolver would give one: always the same. Nothing in the lab goes by it. */
export function addressOf(host: string): string | undefined {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return undefined;
  if (host === "localhost") return "127.0.0.1";
  let sum = 7;
  for (const letter of host) sum = (sum * 31 + letter.codePointAt(0)!) % 62_000;
  return `10.0.${2 + Math.floor(sum / 248)}.${4 + (sum % 248)}`;
}
