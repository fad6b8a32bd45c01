import { type Command, type ResolvedCommandContext, defineCommand } from "just-bash/browser";
import type { AwsError } from "../../../engine/types";
import { readBytes, stdinOf, textResult } from "../bytes";
import { type Connection, type DatabaseWorld, type Login, type Outcome, connect, refused } from "./door";
import { type OptionSpec, type Read, last, optionLines, readOptions } from "./options";
import { batch, boxed, vertical } from "./print-mysql";
import { type Statement, allStatements, splitStatements } from "./split";

/**
 * `mysql`: MySQL's own client, as far as logging in and asking goes. Options, words and exit codes are the real one's.
 * Sources: MySQL 8.4 Reference Manual, "mysql Client Options", "mysql Client Commands"; "Client Error Message Reference".
 */
export const mysqlOptions: OptionSpec[] = [
  { long: "help", short: "?", about: "Display this help and exit." },
  { long: "version", short: "V", about: "Output version information and exit." },
  { long: "host", short: "h", takes: "value", value: "name", about: "Connect to host." },
  { long: "port", short: "P", takes: "value", value: "#", about: "Port number to use for connection." },
  { long: "user", short: "u", takes: "value", value: "name", about: "User for login if not current user." },
  { long: "password", short: "p", takes: "maybe", value: "name", about: "Password to use when connecting to server. If it is not given it is asked for." },
  { long: "database", short: "D", takes: "value", value: "name", about: "Database to use." },
  { long: "execute", short: "e", takes: "value", value: "name", about: "Execute command and quit." },
  { long: "batch", short: "B", about: "Print results with a tab as separator, each row on a new line." },
  { long: "table", short: "t", about: "Output in table format." },
  { long: "vertical", short: "E", about: "Print the output of a query (rows) vertically." },
  { long: "skip-column-names", short: "N", about: "Don't write column names in results." },
  { long: "raw", short: "r", about: "Write fields without conversion. Used with --batch." },
  { long: "silent", short: "s", about: "Be more silent. Print results with a tab as separator." },
  { long: "force", short: "f", about: "Continue even if we get an SQL error." },
  { long: "no-auto-rehash", short: "A", about: "No automatic rehashing." },
  { long: "compress", short: "C", about: "Use compression in server/client protocol." },
  { long: "connect-timeout", takes: "value", value: "#", about: "Number of seconds before connection timeout." },
  { long: "protocol", takes: "value", value: "name", about: "The protocol to use for connection (tcp)." },
  { long: "ssl-mode", takes: "value", value: "name", about: "SSL connection mode." },
  { long: "ssl-ca", takes: "value", value: "name", about: "CA file in PEM format." },
  { long: "default-character-set", takes: "value", value: "name", about: "Set the default character set." },
];

const version = "mysql  Ver 8.4.7 for Linux on x86_64 (Keyhole's own, of the lab)\n";

const help = `${version}
Usage: mysql [OPTIONS] [database]
${optionLines(mysqlOptions)}
Without -e, statements come from standard input, or are asked for one by one.
MYSQL_PWD holds a password where none is given; ~/.my.cnf, in its [client] section, user, password, host and port.
`;

/** What a client says that no server has said. */
function clientError({ code, message = "", fields = {} }: AwsError, { host, port = 3306 }: Login): string {
  if (code === "UnknownHost") return `2005 (HY000): Unknown MySQL server host '${host}' (-2)`;
  if (code === "ConnectionRefused") return `2003 (HY000): Can't connect to MySQL server on '${host}:${port}' (111)`;
  if (code === "ConnectionLost") return "2013 (HY000): Lost connection to MySQL server during query";
  if (code === "WrongProtocol") return "2013 (HY000): Lost connection to MySQL server at 'reading initial communication packet', system error: 0";
  if (code === "ServerError" && fields.Number !== undefined) return `${fields.Number} (${fields.SqlState}): ${message}`;
  return `(${code}): ${message}`;
}

/** `[client]` (and `[mysql]`) of ~/.my.cnf. */
async function fromFile(ctx: ResolvedCommandContext): Promise<Record<string, string>> {
  const bytes = await readBytes(ctx, `${ctx.env.get("HOME") ?? "/home/user"}/.my.cnf`);
  const out: Record<string, string> = {};
  let section = "";
  for (const line of new TextDecoder().decode(bytes ?? new Uint8Array()).split("\n")) {
    const head = /^\s*\[(.*)\]\s*$/.exec(line);
    if (head) section = head[1];
    const [, name, value] = /^\s*([\w-]+)\s*=\s*"?(.*?)"?\s*$/.exec(line) ?? [];
    if (name && (section === "client" || section === "mysql")) out[name] = value;
  }
  return out;
}

interface Style {
  mode: "box" | "tabs" | "rows";
  names: boolean;
  raw: boolean;
}

const shown = (outcome: Extract<Outcome, { ok: true }>, { mode, names, raw }: Style, end: Statement["end"]): string => {
  if (!outcome.columns.length || (!outcome.rows.length && mode !== "tabs")) return "";
  if (end === "\\G" || mode === "rows") return vertical(outcome);
  return mode === "tabs" ? (outcome.rows.length ? batch(outcome, names, raw) : "") : boxed(outcome, names);
};

export const mysqlCommand = (world: DatabaseWorld): Command =>
  defineCommand("mysql", async (args, ctx) => {
    const read = readOptions(args, mysqlOptions);
    if ("unknown" in read) return textResult("", `mysql: [ERROR] unknown option '${read.unknown}'.\n`, 2);
    if ("missing" in read) return textResult("", `mysql: [ERROR] mysql: option '${read.written}' requires an argument.\n`, 5);
    if (read.given.has("help")) return textResult(help);
    if (read.given.has("version")) return textResult(version);
    const file = await fromFile(ctx);
    const wanted = (long: string): string | undefined => last(read, long) ?? file[long];
    const port = wanted("port");
    if (port !== undefined && !/^\d{1,5}$/.test(port)) return textResult("", `mysql: [ERROR] Unknown suffix '${port.replace(/^\d*/, "")[0] ?? ""}' used for variable 'port' (value '${port}').\n`, 1);
    const host = wanted("host");
    let warning = "";
    if (last(read, "password")) warning = "mysql: [Warning] Using a password on the command line interface can be insecure.\n";
    if (host === undefined || host === "localhost") return textResult("", `${warning}ERROR 2002 (HY000): Can't connect to local MySQL server through socket '/var/run/mysqld/mysqld.sock' (2)\n`, 1);
    const piped = stdinOf(ctx);
    const password = await passwordOf(read, file, ctx, world.asker(last(read, "execute") === undefined ? piped : new Uint8Array()));
    if (password === null) return textResult("", warning, 1);
    const login: Login = { host, user: wanted("user") ?? ctx.env.get("USER") ?? "user", ...(port === undefined ? {} : { port: Number(port) }), ...(password === undefined ? {} : { password }), database: read.words[0] ?? wanted("database") };
    const connection = await connect(world, "mysql", login);
    if (refused(connection)) return textResult("", `${warning}ERROR ${clientError(connection, login)}\n`, 1);
    try {
      const execute = read.given.get("execute");
      const input = execute ? execute.join(";\n") : piped.length ? new TextDecoder().decode(piped) : undefined;
      if (input === undefined) {
        const ask = world.asker(new Uint8Array());
        if (ask) {
          if (warning) world.print("stderr", warning);
          return textResult("", "", await interactive(world, ask, connection, login));
        }
      }
      const { stdout, stderr, exitCode } = await script(connection, login, input ?? "", { style: styleOf(read, execute !== undefined), force: read.given.has("force") });
      return textResult(stdout, warning + stderr, exitCode);
    } finally {
      await connection.close();
    }
  });

/** undefined: none; null: whoever was asked broke off. */
async function passwordOf(read: Read, file: Record<string, string>, ctx: ResolvedCommandContext, ask: ReturnType<DatabaseWorld["asker"]>): Promise<string | undefined | null> {
  const given = last(read, "password");
  if (given) return given;
  if (given === "") return ask ? ((await ask("Enter password: ")) ?? null) : "";
  return (ctx.exportedEnv ?? {}).MYSQL_PWD ?? file.password;
}

/** As on a screen with -e, as for a program where statements come through the pipe, unless an option says otherwise. */
function styleOf(read: Read, executes: boolean): Style {
  const has = (long: string): boolean => read.given.has(long);
  const mode = has("vertical") ? "rows" : has("table") ? "box" : has("batch") || has("silent") || !executes ? "tabs" : "box";
  return { mode, names: !has("skip-column-names"), raw: has("raw") };
}

/** Statements one after another; the first error ends it, unless it is forced on. */
async function script(connection: Connection, login: Login, input: string, { style, force }: { style: Style; force: boolean }): Promise<{ stdout: string; stderr: string; exitCode: number }> {
  let [stdout, stderr, exitCode] = ["", "", 0];
  for (const { text, line, end } of allStatements("mysql", input)) {
    const outcome = await connection.execute(text);
    if (outcome.ok) {
      stdout += shown(outcome, style, end);
      continue;
    }
    stderr += `ERROR ${clientError(outcome.error, login).replace(/^(\d+ \(\w+\)|\(\w+\)):/, `$1 at line ${line}:`)}\n`;
    exitCode = 1;
    if (!force || outcome.error.code === "ConnectionLost") break;
  }
  return { stdout, stderr, exitCode };
}

const plural = (count: number): string => `${count} row${count === 1 ? "" : "s"}`;

/** Asks for statement after statement, over one connection. */
async function interactive(world: DatabaseWorld, ask: NonNullable<ReturnType<DatabaseWorld["asker"]>>, connection: Connection, login: Login): Promise<number> {
  world.print("stdout", `Welcome to the MySQL monitor.  Commands end with ; or \\g.\nYour MySQL connection id is ${connection.number}\nServer version: ${connection.version}\n\nType 'exit' to leave.\n\n`);
  let pending = "";
  for (;;) {
    const { quote } = splitStatements("mysql", pending);
    const line = await ask(pending ? `${`    ${quote === "*/" ? "/*" : quote || "-"}`.slice(-5)}> ` : "mysql> ");
    if (line === undefined) return 0;
    if (!pending && /^\s*(exit|quit|\\q)\s*;?\s*$/i.test(line)) {
      world.print("stdout", "Bye\n");
      return 0;
    }
    if (/\\c\s*$/.test(line)) {
      pending = "";
      continue;
    }
    const { statements, rest } = splitStatements("mysql", `${pending}${line}\n`);
    pending = rest.trim() ? rest : "";
    for (const { text, end } of statements) {
      const outcome = await connection.execute(text);
      if (!outcome.ok) world.print("stderr", `ERROR ${clientError(outcome.error, login)}\n`);
      else if (outcome.columns.length) world.print("stdout", outcome.rows.length ? `${shown(outcome, { mode: "box", names: true, raw: false }, end)}${plural(outcome.rows.length)} in set (0.00 sec)\n\n` : "Empty set (0.00 sec)\n\n");
      else world.print("stdout", /^\s*use\b/i.test(text) ? "Database changed\n" : `Query OK, ${plural(outcome.affected)} affected (0.00 sec)\n\n`);
      if (!outcome.ok && outcome.error.code === "ConnectionLost") return 1;
    }
  }
}
