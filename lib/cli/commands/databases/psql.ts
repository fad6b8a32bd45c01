import { type Command, type ResolvedCommandContext, defineCommand } from "just-bash/browser";
import type { AwsError } from "../../../engine/types";
import { readBytes, stdinOf, textResult } from "../bytes";
import { type Conninfo, readConninfo } from "./conninfo";
import { type Connection, type DatabaseWorld, type Login, type Outcome, addressOf, connect, refused } from "./door";
import { type OptionSpec, type Read, last, optionLines, readOptions } from "./options";
import { type Format, printed } from "./print-psql";
import { type MetaWorld, metaCommand } from "./psql-meta";
import { type Statement, allStatements, splitStatements } from "./split";

/**
 * `psql`: PostgreSQL's own client, as far as logging in and asking goes, for Redshift too. TLS is taken for granted, as with
 * sslmode=require. Options, words and exit codes are the real one's.
 * Sources: PostgreSQL 17 documentation, psql; "Connection Strings"; "Environment Variables"; checked against psql 15.
 */
export const psqlOptions: OptionSpec[] = [
  { long: "command", short: "c", takes: "value", value: "COMMAND", about: "run only single command (SQL or internal) and exit" },
  { long: "dbname", short: "d", takes: "value", value: "DBNAME", about: "database name to connect to" },
  { long: "file", short: "f", takes: "value", value: "FILENAME", about: "execute commands from file, then exit" },
  { long: "list", short: "l", about: "list available databases, then exit" },
  { long: "set", short: "v", takes: "value", value: "NAME=VALUE", about: "set psql variable (ON_ERROR_STOP=1)" },
  { long: "variable", takes: "value", value: "NAME=VALUE", about: "the same" },
  { long: "version", short: "V", about: "output version information, then exit" },
  { long: "no-psqlrc", short: "X", about: "do not read startup file (~/.psqlrc)" },
  { long: "help", short: "?", about: "show this help, then exit" },
  { long: "quiet", short: "q", about: "run quietly (no messages, only query output)" },
  { long: "no-align", short: "A", about: "unaligned table output mode" },
  { long: "csv", about: "CSV (Comma-Separated Values) table output mode" },
  { long: "field-separator", short: "F", takes: "value", value: "STRING", about: "field separator for unaligned output" },
  { long: "tuples-only", short: "t", about: "print rows only" },
  { long: "expanded", short: "x", about: "turn on expanded table output" },
  { long: "host", short: "h", takes: "value", value: "HOSTNAME", about: "database server host" },
  { long: "port", short: "p", takes: "value", value: "PORT", about: "database server port" },
  { long: "username", short: "U", takes: "value", value: "USERNAME", about: "database user name" },
  { long: "no-password", short: "w", about: "never prompt for password" },
  { long: "password", short: "W", about: "force password prompt" },
];

const version = "psql (PostgreSQL) 17.6 (Keyhole's own, of the lab)\n";
const help = `psql is the PostgreSQL interactive terminal, here of the lab.

Usage:
  psql [OPTION]... [DBNAME [USERNAME]]

${optionLines(psqlOptions)}
DBNAME may be a connection string: "host=… user=… password=… dbname=…", or postgresql://user:password@host:port/dbname.
PGHOST, PGPORT, PGUSER, PGPASSWORD and PGDATABASE stand for what is not given; ~/.pgpass holds passwords.
`;

/** How psql names the server in its complaints. */
function at({ host, port = 5432 }: Login): string {
  const address = addressOf(host);
  return `connection to server at "${host}"${address ? ` (${address})` : ""}, port ${port} failed: `;
}

function connectError({ code, message = "", fields = {} }: AwsError, login: Login): string {
  if (code === "UnknownHost") return `could not translate host name "${login.host}" to address: Name or service not known`;
  if (code === "ConnectionRefused") return `${at(login)}Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?`;
  if (code === "WrongProtocol") return `${at(login)}received invalid response to SSL negotiation: ${fields.Protocol === "mysql" ? "J" : "?"}`;
  if (code === "ServerError") return `${at(login)}${fields.SqlState === undefined ? "" : `${fields.Severity}:  `}${message}`;
  return `${at(login)}${message}`;
}

const widest = 60;
const rightOf = 10;

/** `LINE 1: …` with a mark under the place; long lines are cut around it. Source: PostgreSQL, libpq, reportErrorPosition. */
function pointer(sql: string, position: number): string {
  const before = [...sql].slice(0, position - 1).join("");
  const line = before.split("\n").length;
  const text = [...sql.split("\n")[line - 1].replaceAll("\t", " ")];
  const column = [...before.slice(before.lastIndexOf("\n") + 1)].length;
  let [from, to] = [0, text.length];
  if (to > widest) {
    to = widest >= column + rightOf ? widest : Math.min(to, column + rightOf);
    from = Math.max(0, to - widest);
  }
  const head = `LINE ${line}: ${from > 0 ? "..." : ""}`;
  return `${head}${text.slice(from, to).join("")}${to < text.length ? "..." : ""}\n${" ".repeat(head.length + column - from)}^\n`;
}

/** A refusal as psql prints it. `place` is the file and line, where statements come from a file. */
export function serverError({ code, message = "", fields = {} }: AwsError, sql: string, place = ""): string {
  if (code === "ConnectionLost") return `${place}server closed the connection unexpectedly\n\tThis probably means the server terminated abnormally\n\tbefore or while processing the request.\n${place}connection to server was lost\n`;
  if (code !== "ServerError") return `${place}ERROR:  ${message}\n`;
  return `${place}${fields.Severity ?? "ERROR"}:  ${message}\n${typeof fields.Position === "number" ? pointer(sql, fields.Position) : ""}${fields.Detail ? `DETAIL:  ${fields.Detail}\n` : ""}${fields.Hint ? `HINT:  ${fields.Hint}\n` : ""}`;
}

type Ask = ReturnType<DatabaseWorld["asker"]>;

export const psqlCommand = (world: DatabaseWorld): Command =>
  defineCommand("psql", async (args, ctx) => {
    const read = readOptions(args, psqlOptions);
    const more = 'psql: hint: Try "psql --help" for more information.\n';
    if ("unknown" in read) return textResult("", `psql: ${read.unknown.startsWith("--") ? `unrecognized option '${read.unknown}'` : `invalid option -- '${read.unknown.slice(1)}'`}\n${more}`, 1);
    if ("missing" in read) return textResult("", `psql: option ${read.written.startsWith("--") ? `'${read.written}' requires an argument` : `requires an argument -- '${read.written.slice(1)}'`}\n${more}`, 1);
    if (read.given.has("help")) return textResult(help);
    if (read.given.has("version")) return textResult(version);
    const conninfo = readConninfo(read.words[0] ?? last(read, "dbname") ?? "");
    if (typeof conninfo === "string") return textResult("", `psql: error: ${conninfo}\n`, 2);
    const piped = stdinOf(ctx);
    const ask = world.asker(read.given.has("command") || read.given.has("file") ? new Uint8Array() : piped);
    const found = await loginOf(read, conninfo, ctx);
    const port = String(found.port ?? 5432);
    if (!/^-?\d+$/.test(port)) return textResult("", `psql: error: invalid integer value "${port}" for connection option "port"\n`, 2);
    if (Number(port) < 1 || Number(port) > 65_535) return textResult("", `psql: error: invalid port number: "${port}"\n`, 2);
    if (!found.host) return textResult("", `psql: error: connection to server on socket "/var/run/postgresql/.s.PGSQL.${port}" failed: No such file or directory\n\tIs the server running locally and accepting connections on that socket?\n`, 2);
    let login: Login = { ...found, port: Number(port) };
    const question = `Password for user ${login.user}: `;
    if (read.given.has("password") && !piped.length && ask) login = { ...login, password: await ask(question) };
    let connection = await connect(world, "postgres", login);
    // The server wants a password, and nobody has given one yet.
    if (refused(connection) && /no password supplied/.test(connection.message ?? "") && login.password === undefined && ask && !piped.length && !read.given.has("no-password")) {
      const password = await ask(question);
      if (password === undefined) return textResult("", "", 130);
      login = { ...login, password };
      connection = await connect(world, "postgres", login);
    }
    if (refused(connection)) return textResult("", `psql: error: ${connectError(connection, login)}\n`, 2);
    const session = new Session(world, login, connection, read);
    try {
      const { stderr, ...result } = await session.work(ctx, piped, ask);
      return { ...result, stderr: read.words.slice(2).map((word) => `psql: warning: extra command-line argument "${word}" ignored\n`).join("") + stderr };
    } finally {
      await session.connection.close();
    }
  });

async function loginOf(read: Read, conninfo: Conninfo, ctx: ResolvedCommandContext): Promise<Omit<Login, "port"> & { port?: string }> {
  const env = ctx.exportedEnv ?? {};
  const host = conninfo.host ?? last(read, "host") ?? env.PGHOST ?? "";
  const port = conninfo.port ?? last(read, "port") ?? env.PGPORT;
  const user = conninfo.user ?? read.words[1] ?? last(read, "username") ?? env.PGUSER ?? env.USER ?? "user";
  const database = conninfo.dbname ?? env.PGDATABASE ?? user;
  const password = conninfo.password ?? (env.PGPASSWORD || (await fromPgpass(ctx, [host, port ?? "5432", database, user])));
  return { host, user, database, ...(port === undefined ? {} : { port }), ...(password ? { password } : {}) };
}

/** `hostname:port:database:username:password`, the first line that fits. Source: PostgreSQL documentation, "The Password File". */
async function fromPgpass(ctx: ResolvedCommandContext, login: string[]): Promise<string | undefined> {
  const bytes = await readBytes(ctx, (ctx.exportedEnv ?? {}).PGPASSFILE ?? `${ctx.env.get("HOME") ?? "/home/user"}/.pgpass`);
  for (const line of new TextDecoder().decode(bytes ?? new Uint8Array()).split("\n")) {
    if (line.startsWith("#")) continue;
    const fields = [...line.matchAll(/((?:\\.|[^:\\])*)(?::|$)/g)].map(([, field]) => field.replace(/\\(.)/g, "$1"));
    if (fields.length >= 5 && login.every((want, i) => fields[i] === "*" || fields[i] === want)) return fields[4];
  }
  return undefined;
}

class Session implements MetaWorld {
  readonly format: Format;
  private transaction = false;
  /** The server refused within a transaction: it wants to hear ROLLBACK. */
  private failed = false;
  private stdout = "";
  private stderr = "";
  private live = false;
  private lost = false;

  constructor(readonly world: DatabaseWorld, public login: Login, public connection: Connection, private readonly read: Read) {
    const has = (long: string): boolean => read.given.has(long);
    this.format = { unaligned: has("no-align"), tuplesOnly: has("tuples-only"), expanded: has("expanded"), csv: has("csv"), separator: last(read, "field-separator") ?? "|" };
  }

  get quiet(): boolean {
    return this.read.given.has("quiet");
  }

  out(text: string): void {
    if (this.live) this.world.print("stdout", text);
    else this.stdout += text;
  }

  err(text: string): void {
    if (this.live) this.world.print("stderr", text);
    else this.stderr += text;
  }

  async work(ctx: ResolvedCommandContext, piped: Uint8Array, ask: Ask): Promise<ReturnType<typeof textResult>> {
    const { given } = this.read;
    const stop = [...(given.get("set") ?? []), ...(given.get("variable") ?? [])].some((setting) => /^ON_ERROR_STOP=(1|on|true)$/i.test(setting));
    let exitCode = 0;
    if (given.has("list")) await metaCommand(this, "\\l");
    else if (given.has("command") || given.has("file")) {
      for (const { long, value } of this.read.order) {
        if (long === "command") {
          const ok = value.trimStart().startsWith("\\") ? await metaCommand(this, value.trim()) : await this.together(value);
          exitCode = ok ? 0 : 1;
          if (this.lost) return textResult(this.stdout, this.stderr, 2);
          if (!ok && stop) break;
        } else if (long === "file") {
          const bytes = value === "-" ? piped : await readBytes(ctx, value);
          if (!bytes) return textResult(this.stdout, `${this.stderr}psql: error: ${value}: No such file or directory\n`, 1);
          exitCode = await this.script(new TextDecoder().decode(bytes), stop, `psql:${value === "-" ? "<stdin>" : value}:`);
          if (exitCode) break;
        }
      }
    } else if (piped.length || !ask) exitCode = await this.script(new TextDecoder().decode(piped), stop, "");
    else {
      this.live = true;
      exitCode = await this.interactive(ask);
    }
    return textResult(this.stdout, this.stderr, exitCode);
  }

  /** One statement; what was refused. `whole` is what the mark in a complaint points into. */
  async say(sql: string, place = "", whole = sql, shift = 0): Promise<AwsError | undefined> {
    const outcome = await this.connection.execute(sql);
    if (outcome.ok) {
      this.transaction = outcome.transaction;
      this.failed = false;
      this.show(outcome);
      return undefined;
    }
    if (outcome.transaction) this.failed = true;
    const { error } = outcome;
    this.lost = error.code === "ConnectionLost";
    const position = error.fields?.Position;
    this.err(serverError(typeof position === "number" ? { ...error, fields: { ...error.fields, Position: position + shift } } : error, whole, place));
    return error;
  }

  private show({ columns, rows, status, notices }: Extract<Outcome, { ok: true }>): void {
    for (const notice of notices) this.err(`${notice}\n`);
    if (columns.length || /^SELECT/.test(status)) this.out(printed({ columns, rows }, this.format));
    else if (status && !this.quiet) this.out(`${status}\n`);
  }

  /** Several statements of one -c are one transaction, the first error ends them, and none is begun where one cannot be read. */
  private async together(command: string): Promise<boolean> {
    const statements = allStatements("postgres", command);
    const begins = statements.length > 1 && !statements.some(({ text }) => /^(begin|start|commit|rollback|end|abort)\b/i.test(text));
    const before = [this.stdout, this.stderr];
    if (begins) await this.connection.execute("BEGIN");
    let from = 0;
    for (const { text } of statements) {
      const shift = command.indexOf(text, from);
      from = shift + text.length;
      const reached = this.stderr.length;
      const refusal = await this.say(text, "", command, [...command.slice(0, shift)].length);
      if (!refusal) continue;
      if (refusal.fields?.SqlState === "42601") [this.stdout, this.stderr] = [before[0], before[1] + this.stderr.slice(reached)];
      if (begins) await this.connection.execute("ROLLBACK");
      return false;
    }
    if (begins) await this.connection.execute("COMMIT");
    return true;
  }

  /** A file's or a pipe's statements, on and on; 3 where an error was to stop it. */
  private async script(text: string, stop: boolean, file: string): Promise<number> {
    for (const { text: sql, lastLine, end } of allStatements("psql", text)) {
      if (end === "meta" && /^\\q\b/.test(sql)) {
        for (const word of sql.split(/\s+/).slice(1)) this.err(`\\q: extra argument "${word}" ignored\n`);
        return 0;
      }
      if (!(await this.one(sql, end, file && `${file}${lastLine}: `)) && stop) return 3;
      if (this.lost) return 2;
    }
    return 0;
  }

  private async one(sql: string, end: Statement["end"], place = "", ask?: Ask): Promise<boolean> {
    if (end === "meta") return metaCommand(this, sql, ask);
    const { expanded } = this.format;
    if (end === "\\gx") this.format.expanded = true;
    const refusal = await this.say(sql, place, end === ";" ? `${sql};` : sql);
    this.format.expanded = expanded;
    return !refusal;
  }

  private async interactive(ask: NonNullable<Ask>): Promise<number> {
    const { engine, version: spoken } = this.connection;
    this.out(`psql (17.6, server ${engine === "redshift" ? "8.0.2" : spoken})\nSSL connection (protocol: TLSv1.3, cipher: TLS_AES_256_GCM_SHA384, compression: off)\nType "help" for help.\n\n`);
    let pending = "";
    for (;;) {
      const { quote } = splitStatements("psql", pending);
      const mark = `${this.failed ? "!" : this.transaction ? "*" : ""}${this.connection.engine === "redshift" ? "#" : ">"}`;
      const line = await ask(`${this.login.database}${pending ? (quote === "*/" ? "*" : quote || "-") : "="}${mark} `);
      if (line === undefined || (!pending && /^\s*(\\q|exit|quit)\s*;?\s*$/.test(line))) return 0;
      if (!pending && line.trim() === "help") {
        this.out("You are using psql, the command-line interface to PostgreSQL.\nType:  \\? for help with psql commands\n       \\g or terminate with semicolon to execute query\n       \\q to quit\n");
        continue;
      }
      const { statements, rest } = splitStatements("psql", `${pending}${line}\n`);
      pending = rest.trim() ? rest : "";
      for (const { text, end } of statements) {
        if (end === "meta" && /^\\q\b/.test(text)) return 0;
        await this.one(text, end, "", ask);
        if (this.lost) return 2;
      }
    }
  }
}
