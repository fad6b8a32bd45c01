import { type Command, defineCommand } from "just-bash/browser";
import type { AwsError, Json, JsonObject } from "../../../engine/types";
import { stdinOf, textResult } from "../bytes";
import { type Connection, type DatabaseWorld, type Login, addressOf, connect, refused } from "./door";
import { type OptionSpec, last, optionLines, readOptions } from "./options";
import { inspect, readLiterals } from "./relaxed";

/**
 * `mongosh`: MongoDB's shell, as far as logging in to DocumentDB and its users go. What it evaluates is no JavaScript: calls of
 * `db` with literals. Sources: MongoDB Shell documentation, "Options", "Methods" (User Management); DocumentDB Developer Guide,
 * "Connecting programmatically".
 */
export const mongoshOptions: OptionSpec[] = [
  { long: "help", short: "h", about: "Show this usage information" },
  { long: "version", about: "Show version information" },
  { long: "host", takes: "value", value: "arg", about: "Server to connect to" },
  { long: "port", takes: "value", value: "arg", about: "Port to connect to" },
  { long: "username", short: "u", takes: "value", value: "arg", about: "Username for authentication" },
  { long: "password", short: "p", takes: "maybe", value: "arg", about: "Password for authentication" },
  { long: "eval", takes: "value", value: "arg", about: "Evaluate javascript" },
  { long: "quiet", about: "Silence output from the shell during the connection process" },
  { long: "json", takes: "maybe", value: "canonical|relaxed", about: "Print result of --eval as JSON" },
  { long: "tls", about: "Use TLS for all connections" },
  { long: "tlsCAFile", takes: "value", value: "arg", about: "Certificate Authority file for TLS" },
  { long: "tlsAllowInvalidHostnames", about: "Allow connections to servers with non-matching hostnames" },
  { long: "retryWrites", takes: "maybe", value: "false", about: "Retry write operations upon transient network errors" },
  { long: "authenticationDatabase", takes: "value", value: "arg", about: "User source" },
];

const version = "2.5.9";
const help = `
  $ mongosh [options] [db address]

  Options:

${optionLines(mongoshOptions, "    ")}
  The address may be mongodb://user:password@host:port/?tls=true
  What can be asked: db.runCommand({…}), db.adminCommand({…}), db.createUser({…}), db.updateUser(name, {…}),
  db.changeUserPassword(name, password), db.dropUser(name), db.getUser(name), db.getUsers(), db.hello(), db.version()
`;

function complaint({ code, message = "", fields = {} }: AwsError, { host, port = 27017 }: Login): string {
  if (code === "UnknownHost") return `MongoNetworkError: getaddrinfo ENOTFOUND ${host}`;
  if (code === "ConnectionRefused") return `MongoNetworkError: connect ECONNREFUSED ${addressOf(host) ?? host}:${port}`;
  if (code === "ConnectionLost") return "MongoNetworkError: connection closed";
  if (code === "WrongProtocol") return "MongoServerSelectionError: Server selection timed out";
  return code === "ServerError" ? `MongoServerError${fields.CodeName && !/^Location/.test(String(fields.CodeName)) ? `[${String(fields.CodeName)}]` : ""}: ${message}` : `${code}: ${message}`;
}

export const mongoshCommand = (world: DatabaseWorld): Command =>
  defineCommand("mongosh", async (args, ctx) => {
    const read = readOptions(args, mongoshOptions);
    if ("unknown" in read) return textResult("", `Error parsing command line: unrecognized option: ${read.unknown}\n`, 1);
    if ("missing" in read) return textResult("", `Error parsing command line: ${read.written} wants a value\n`, 1);
    if (read.given.has("help")) return textResult(help);
    if (read.given.has("version")) return textResult(`${version}\n`);
    const address = readAddress(read.words[0] ?? "");
    if (!address) return textResult("", `MongoParseError: Invalid scheme, expected connection string to start with "mongodb://" or "mongodb+srv://"\n`, 1);
    const host = last(read, "host") ?? address.host ?? "127.0.0.1";
    const port = last(read, "port") ?? address.port;
    const user = last(read, "username") ?? address.user ?? "";
    const piped = stdinOf(ctx);
    const ask = world.asker(new Uint8Array());
    let password = last(read, "password") || address.password;
    if (user && password === undefined) password = await ask?.("Enter password: ");
    const login: Login = { host, user: user || "anonymous", ...(port === undefined ? {} : { port: Number(port) }), ...(password === undefined ? {} : { password }) };
    const connection = await connect(world, "mongo", login);
    if (refused(connection)) return textResult("", `${complaint(connection, login)}\n`, 1);
    try {
      const evaluate = read.given.get("eval");
      const input = evaluate?.join("\n") ?? (piped.length ? new TextDecoder().decode(piped) : undefined);
      if (input === undefined && ask) return textResult("", "", await interactive(world, ask, connection, login, read.given.has("quiet")));
      let out = "";
      for (const line of statementsOf(input ?? "")) {
        const answer = await evaluateLine(connection, line);
        if ("error" in answer) return textResult(out, `${typeof answer.error === "string" ? answer.error : complaint(answer.error, login)}\n`, 1);
        out += `${read.given.has("json") ? JSON.stringify(answer.value ?? null) : inspect(answer.value)}\n`;
      }
      return textResult(out);
    } finally {
      await connection.close();
    }
  });

/** `mongodb://user:password@host:port/db?…`, a host, or the name of a database. */
function readAddress(text: string): { host?: string; port?: string; user?: string; password?: string } | undefined {
  if (!text || !/[:.]/.test(text)) return {};
  const [, scheme, rest] = /^(?:([a-z+]+):\/\/)?(.*)$/.exec(text)!;
  if (scheme !== undefined && scheme !== "mongodb" && scheme !== "mongodb+srv") return undefined;
  const [, user, password, host, port] = /^(?:([^:@/]*)(?::([^@/]*))?@)?([^:/?]*)(?::(\d+))?/.exec(rest)!;
  const plain = (value: string | undefined): string | undefined => {
    try {
      return value === undefined ? undefined : decodeURIComponent(value);
    } catch {
      return value;
    }
  };
  return { ...(host ? { host } : {}), ...(port ? { port } : {}), ...(user ? { user: plain(user) } : {}), ...(password === undefined ? {} : { password: plain(password) }) };
}

/** Calls on lines of their own, or parted by semicolons outside of texts and brackets. */
export function statementsOf(input: string): string[] {
  const out: string[] = [];
  let current = "";
  let quote = "";
  let depth = 0;
  for (let at = 0; at < input.length; at++) {
    const char = input[at];
    if (quote) {
      if (char === "\\") current += input[at++];
      else if (char === quote) quote = "";
    } else if (/["'`]/.test(char)) quote = char;
    else if (/[([{]/.test(char)) depth++;
    else if (/[)\]}]/.test(char)) depth--;
    else if (depth <= 0 && (char === ";" || char === "\n")) {
      out.push(current.trim());
      current = "";
      continue;
    }
    current += input[at] ?? "";
  }
  out.push(current.trim());
  return out.filter((line) => line && !line.startsWith("//"));
}

type Evaluated = { value: Json | undefined } | { error: AwsError | string };

/** What `db`'s methods send, by their names. */
const methods: Record<string, (args: Json[]) => JsonObject> = {
  runCommand: ([command]) => (typeof command === "string" ? { [command]: 1 } : (command as JsonObject)),
  adminCommand: ([command]) => (typeof command === "string" ? { [command]: 1 } : (command as JsonObject)),
  createUser: ([user]) => {
    const { user: createUser, ...rest } = (user ?? {}) as JsonObject;
    return { createUser, ...rest };
  },
  updateUser: ([updateUser, update]) => ({ updateUser, ...(update as JsonObject) }),
  changeUserPassword: ([updateUser, pwd]) => ({ updateUser, pwd }),
  dropUser: ([dropUser]) => ({ dropUser }),
  getUser: ([usersInfo]) => ({ usersInfo }),
  getUsers: () => ({ usersInfo: 1 }),
  hello: () => ({ hello: 1 }),
  version: () => ({ buildInfo: 1 }),
};

async function evaluateLine(connection: Connection, line: string): Promise<Evaluated> {
  if (line === "show users") return run(connection, "getUsers", { usersInfo: 1 });
  const [, name, inside] = /^db(?:\.getSiblingDB\((?:'[^']*'|"[^"]*")\))?\.(\w+)\(([^]*)\)$/.exec(line) ?? [];
  if (name === undefined) return { error: /^db\b/.test(line) ? `TypeError: ${line.slice(0, 60)} is not simulated: see mongosh --help for what can be asked` : `ReferenceError: ${/^\w*/.exec(line)![0] || line.slice(0, 20)} is not defined` };
  if (!Object.hasOwn(methods, name)) return { error: `TypeError: db.${name} is not simulated: see mongosh --help for what can be asked` };
  let args: Json[];
  try {
    args = readLiterals(inside);
  } catch (problem) {
    return { error: problem instanceof Error ? `${problem.name}: ${problem.message}` : String(problem) };
  }
  return run(connection, name, methods[name](args));
}

async function run(connection: Connection, name: string, command: JsonObject): Promise<Evaluated> {
  const outcome = await connection.execute(JSON.stringify(command));
  if (!outcome.ok) return { error: outcome.error };
  const answer = JSON.parse(outcome.rows[0]?.[0] ?? "{}") as JsonObject;
  if (name === "getUser") return { value: (answer.users as Json[])[0] ?? null };
  if (name === "getUsers") return { value: answer.users };
  return { value: name === "version" ? answer.version : answer };
}

async function interactive(world: DatabaseWorld, ask: NonNullable<ReturnType<DatabaseWorld["asker"]>>, connection: Connection, login: Login, quiet: boolean): Promise<number> {
  if (!quiet) world.print("stdout", `Connecting to:          mongodb://<credentials>@${login.host}:${login.port ?? 27017}/?directConnection=true\nUsing MongoDB:          ${connection.version}\nUsing Mongosh:          ${version}\n\n`);
  for (;;) {
    const line = (await ask("rs0 [primary] test> "))?.trim();
    if (line === undefined || /^(exit|quit)(\(\))?;?$/.test(line)) return 0;
    for (const one of statementsOf(line)) {
      const answer = await evaluateLine(connection, one);
      if ("error" in answer) world.print("stderr", `${typeof answer.error === "string" ? answer.error : complaint(answer.error, login)}\n`);
      else world.print("stdout", `${inspect(answer.value)}\n`);
      if ("error" in answer && typeof answer.error !== "string" && answer.error.code === "ConnectionLost") return 1;
    }
  }
}
