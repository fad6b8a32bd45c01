import type { FromGuest } from "../protocol";

/** `keyhole-db`: the client of the lab's database servers. What it offers is written in `lib/engine/lambda/templates/README.md`. */
export type Ask = (operation: Extract<FromGuest, { kind: "database" }>["operation"], input: Record<string, unknown>) => Promise<{ ok: boolean; content: unknown }>;

interface Refusal {
  code: string;
  message?: string;
  fields?: { Number?: number; SqlState?: string };
}

export class DatabaseError extends Error {
  declare readonly code: string;
  declare readonly number?: number;
  declare readonly sqlstate?: string;

  constructor({ code, message, fields }: Refusal) {
    super(message ?? code);
    Object.defineProperty(this, "name", { value: "DatabaseError", configurable: true, writable: true });
    Object.assign(this, { code, ...(fields?.Number === undefined ? {} : { number: fields.Number }), ...(fields?.SqlState === undefined ? {} : { sqlstate: fields.SqlState }) });
  }
}

interface Options {
  host: string;
  port?: number | string;
  user: string;
  password?: string;
  database?: string;
}

export function makeDatabase(ask: Ask): object {
  async function sent(operation: Parameters<Ask>[0], input: Record<string, unknown>): Promise<Record<string, unknown>> {
    const { ok, content } = await ask(operation, input);
    if (!ok) throw new DatabaseError(content as Refusal);
    return content as Record<string, unknown>;
  }

  class Connection {
    #id: string;
    columns: string[] = [];
    affected = 0;
    status = "";
    readonly engine: unknown;
    readonly serverVersion: unknown;

    constructor({ ConnectionId, Engine, ServerVersion }: Record<string, unknown>) {
      this.#id = String(ConnectionId);
      this.engine = Engine;
      this.serverVersion = ServerVersion;
    }

    /** The rows, as lists of texts and nulls. */
    async execute(sql: string, params: readonly unknown[] = []): Promise<(string | null)[][]> {
      const answer = await sent("Execute", { ConnectionId: this.#id, Statement: String(sql), Parameters: params.map((value) => (value === null || value === undefined ? "" : String(value))) });
      // A refusal that ended the connection's transaction is an answer, since it changed something.
      if (answer.Error) {
        const { Code, Message, ...fields } = answer.Error as Record<string, string>;
        throw new DatabaseError({ code: Code, message: Message, fields });
      }
      this.columns = ((answer.Columns ?? []) as { Name: string }[]).map(({ Name }) => Name);
      this.affected = Number(answer.RowsAffected ?? 0);
      this.status = String(answer.Status ?? "");
      return (answer.Rows ?? []) as (string | null)[][];
    }

    async close(): Promise<void> {
      await sent("Close", { ConnectionId: this.#id });
    }

    async [Symbol.asyncDispose](): Promise<void> {
      await this.close();
    }
  }

  async function connect(host: string | Options, port?: number | string, user?: string, password?: string, database?: string): Promise<Connection> {
    const given = typeof host === "object" && host !== null ? host : { host, port, user, password, database };
    if (!given.host || !given.user) throw new TypeError("connect needs a host and a user.");
    const number = given.port === undefined || given.port === null || given.port === "" ? undefined : Number(given.port);
    if (number !== undefined && !Number.isInteger(number)) throw new TypeError(`The port is a number, not ${String(given.port)}.`);
    const input = { Host: given.host, Port: number, User: given.user, Password: given.password, Database: given.database };
    return new Connection(await sent("Connect", Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined && value !== null).map(([name, value]) => [name, name === "Port" ? value : String(value)]))));
  }

  return { connect, DatabaseError };
}
