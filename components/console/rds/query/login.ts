import type { JsonObject } from "@/lib/engine/types";
import type { Ask } from "../../frame/use-load";

/** Who logs in: a secret's user, or one that was typed. */
export interface LoginForm {
  by: "secret" | "password";
  secret: string;
  user: string;
  password: string;
  database: string;
}

export interface OpenConnection {
  id: string;
  user: string;
  host: string;
  engine: string;
}

/** What a program does: it reads the secret as the caller, and logs in with what stands in it. */
export async function logIn(ask: Ask, { host, port, engine }: { host: string; port: number; engine: string }, form: LoginForm): Promise<OpenConnection | { problem: string }> {
  let { user, password } = form;
  if (form.by === "secret") {
    const { SecretString } = await ask<{ SecretString?: string }>("secretsmanager", "GetSecretValue", { SecretId: form.secret });
    const found = credentialsOf(SecretString);
    if (!found) return { problem: "The secret has no JSON with username and password in it." };
    ({ username: user, password } = found);
  }
  const input: JsonObject = { Host: host, Port: port, User: user, Protocol: engine === "docdb" ? "mongo" : engine.includes("postgres") ? "postgres" : "mysql" };
  if (password) input.Password = password;
  if (form.database.trim()) input.Database = form.database.trim();
  const { ConnectionId, User } = await ask<{ ConnectionId: string; User: string }>("database", "Connect", input);
  return { id: ConnectionId, user: User, host, engine };
}

export function credentialsOf(text: string | undefined): { username: string; password: string } | undefined {
  try {
    const { username, password } = JSON.parse(text ?? "") as Record<string, unknown>;
    return typeof username === "string" && typeof password === "string" ? { username, password } : undefined;
  } catch {
    return undefined;
  }
}

export interface Outcome {
  statement: string;
  columns: string[];
  rows: (string | null)[][];
  /** What the server says where there are no rows. */
  status: string;
  notices: string[];
  /** The server's refusal, in its own words. */
  error?: { number: string; words: string; lost: boolean };
}

/** Sends one statement over an open connection. */
export async function execute(ask: Ask, { id, engine }: OpenConnection, statement: string): Promise<Outcome> {
  const blank: Outcome = { statement, columns: [], rows: [], status: "", notices: [] };
  const answer = await ask<JsonObject>("database", "Execute", { ConnectionId: id, Statement: statement });
  const refused = answer.Error as JsonObject | undefined;
  if (refused) return { ...blank, error: serverWords(String(refused.Code), String(refused.Message ?? ""), refused) };
  const columns = ((answer.Columns ?? []) as { Name: string }[]).map(({ Name }) => Name);
  const affected = Number(answer.RowsAffected ?? 0);
  return {
    ...blank,
    columns,
    rows: (answer.Rows ?? []) as (string | null)[][],
    status: String(answer.Status || (engine.includes("postgres") || engine === "docdb" ? "" : `Query OK, ${affected} ${affected === 1 ? "row" : "rows"} affected`)),
    notices: (answer.Notices ?? []) as string[],
  };
}

/** An error as the server's clients print it: its number, then its words. */
export function serverWords(code: string, message: string, fields: JsonObject = {}): NonNullable<Outcome["error"]> {
  const numbers = fields.Number === undefined ? String(fields.SqlState ?? code) : fields.SqlState === undefined ? String(fields.Number) : `${String(fields.Number)} (${String(fields.SqlState)})`;
  return { number: code === "ServerError" ? numbers : code, words: message, lost: code === "ConnectionLost" };
}
