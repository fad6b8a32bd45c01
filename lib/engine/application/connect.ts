import { recognise } from "../iam/who";
import type { AwsError, Context, JsonObject, Principal, Result } from "../types";
import type { ApplicationRow, ConnectionRow, Login, Remembered } from "./state";

/** What one connection came to. */
export type Outcome = Pick<ConnectionRow, "ok" | "User" | "VersionId" | "From" | "again" | "error"> & { memory?: Remembered };

type Stage = "AWSCURRENT" | "AWSPREVIOUS";

/** The program's machine has an address of its own, inside the network of the database. */
const from = { sourceIp: "10.0.1.30", userAgent: "Boto3/1.43.11 md/Botocore#1.43.11" };

/**
 * One connection, as the program makes it: the login from its memory or from the secret, then a query at the server. Every
 * call comes to the door as the role's, as if from outside.
 */
export function connect(ctx: Context, row: Readonly<ApplicationRow>): Outcome {
  const caller = { account: ctx.account, role: row.RoleName, session: row.session };
  const who = recognise(ctx.db, caller, ctx.now, "secretsmanager");
  if (!who.ok) return { ok: false, error: reasonOf(who.error) };
  const ask = (service: string, operation: string, input: JsonObject): Result => ctx.call(service, operation, input, { as: who.output as Principal, program: { caller, ...from } });

  const read = (VersionStage: Stage): Remembered | Outcome => {
    const answer = ask("secretsmanager", "GetSecretValue", { SecretId: row.SecretId, ...(VersionStage === "AWSCURRENT" ? {} : { VersionStage }) });
    if (!answer.ok) return { ok: false, From: VersionStage, error: reasonOf(answer.error) };
    const login = loginOf(answer.output.SecretString);
    const VersionId = String(answer.output.VersionId);
    return login ? { login, ARN: String(answer.output.ARN), VersionId, readAt: ctx.now } : { ok: false, From: VersionStage, VersionId, error: { code: "NotALogin", message: "The secret's value is no JSON object with username and password." } };
  };
  const tryWith = ({ login, VersionId }: Remembered, From: ConnectionRow["From"]): Outcome => {
    const error = query(ask, row, login);
    return { ok: !error, User: login.username, VersionId, From, ...(error && { error }) };
  };

  const kept = row.memory && (row.Strategy === "never-refreshes" || ctx.now - row.memory.readAt < row.CacheSeconds * 1000) ? row.memory : undefined;
  const first = kept ?? read("AWSCURRENT");
  if ("ok" in first) return { ...first, memory: row.memory };
  let outcome: Outcome = { ...tryWith(first, kept ? "memory" : "AWSCURRENT"), memory: first };
  if (!refused(outcome) || row.Strategy === "never-refreshes") return outcome;
  // The server does not take it: perhaps the secret has been rotated since.
  if (kept) {
    const current = read("AWSCURRENT");
    if ("ok" in current) return { ...current, again: true, memory: first };
    outcome = { ...outcome, memory: current };
    if (current.VersionId !== kept.VersionId) outcome = { ...tryWith(current, "AWSCURRENT"), again: true, memory: current };
  }
  if (!refused(outcome) || row.Strategy !== "falls-back-to-previous") return outcome;
  const previous = read("AWSPREVIOUS");
  return "ok" in previous ? outcome : { ...tryWith(previous, "AWSPREVIOUS"), again: true, memory: outcome.memory };
}

const reasonOf = ({ code, message }: AwsError): { code: string; message: string } => ({ code, message: message ?? code });

/** A program's words for a value: `engine`, `host` and the like as the rotation templates have them. */
function loginOf(text: unknown): Login | undefined {
  try {
    const value = JSON.parse(String(text)) as Record<string, unknown> | null;
    if (typeof value?.username !== "string" || typeof value.password !== "string") return undefined;
    const words = (name: string): string | undefined => (typeof value[name] === "string" && value[name] ? value[name] : undefined);
    const port = Number(value.port);
    return { username: value.username, password: value.password, host: words("host"), dbname: words("dbname"), engine: words("engine"), ...(port ? { port } : {}) };
  } catch {
    return undefined;
  }
}

/** Logs in, runs the query, and goes. undefined when it went well. */
function query(ask: (service: string, operation: string, input: JsonObject) => Result, row: Readonly<ApplicationRow>, login: Login): { code: string; message: string } | undefined {
  const Host = row.Host ?? login.host;
  if (!Host) return { code: "NotALogin", message: "Neither the secret nor the application says at which host the database is." };
  const Port = row.Port ?? login.port;
  const Database = row.Database ?? login.dbname;
  const Statement = row.Query ?? (login.engine === "mongo" || login.engine === "docdb" ? '{"ping": 1}' : "SELECT 1");
  const answer = ask("database", "Execute", { Host, ...(Port ? { Port } : {}), User: login.username, Password: login.password, ...(Database ? { Database } : {}), Statement });
  return answer.ok ? undefined : { ...reasonOf(answer.error), ...(isRefusal(answer.error) ? { code: "LoginRefused" } : {}) };
}

/** The server knows no such login: MySQL's 1045, PostgreSQL's class 28, MongoDB's 18. */
const isRefusal = ({ code, fields }: AwsError): boolean => code === "ServerError" && (fields?.Number === 1045 || fields?.Number === 18 || String(fields?.SqlState ?? "").startsWith("28"));
const refused = ({ error }: Outcome): boolean => error?.code === "LoginRefused";
