import { type Connection, type DatabaseWorld, type Login, connect, refused } from "./door";
import { type Format, printed } from "./print-psql";

/** What psql's own commands work with. */
export interface MetaWorld {
  world: DatabaseWorld;
  login: Login;
  connection: Connection;
  format: Format;
  out(text: string): void;
  err(text: string): void;
}

type Ask = ReturnType<DatabaseWorld["asker"]>;

const list = `  \\echo TEXT      write a text
  \\conninfo       display information about current connection
  \\c [DBNAME]     connect to another database
  \\d, \\dt         list tables
  \\du             list roles
  \\l              list databases
  \\password [USER] change a password
  \\x              toggle expanded output
  \\t, \\a          toggle rows only, unaligned output
  \\q              quit psql
`;

/** One backslash command; whether it was done. Source: PostgreSQL documentation, psql, "Meta-Commands". */
export async function metaCommand(session: MetaWorld, line: string, ask?: Ask): Promise<boolean> {
  const [name, ...words] = line.replace(/;$/, "").split(/\s+/);
  switch (name) {
    case "\\?":
      session.out(list);
      return true;
    case "\\echo":
      session.out(`${words.join(" ")}\n`);
      return true;
    case "\\conninfo": {
      const { host, user, database, port = 5432 } = session.login;
      session.out(`You are connected to database "${database}" as user "${user}" on host "${host}" at port "${port}".\n`);
      return true;
    }
    case "\\x":
      return toggle(session, "expanded", "Expanded display is on.", "Expanded display is off.");
    case "\\t":
      return toggle(session, "tuplesOnly", "Tuples only is on.", "Tuples only is off.");
    case "\\a":
      return toggle(session, "unaligned", "Output format is unaligned.", "Output format is aligned.");
    case "\\l":
      return table(session, "List of databases", "SELECT datname AS \"Name\" FROM pg_database ORDER BY datname");
    case "\\d":
    case "\\dt":
      return tables(session);
    case "\\du":
    case "\\dg":
      return roles(session);
    case "\\c":
    case "\\connect":
      return reconnect(session, words[0]);
    case "\\password":
      return password(session, words[0] ?? session.login.user, ask);
    case "\\q":
      return true;
    default:
      session.err(`invalid command ${name}\n${ask ? "Try \\? for help.\n" : ""}`);
      return false;
  }
}

function toggle(session: MetaWorld, member: "expanded" | "tuplesOnly" | "unaligned", on: string, off: string): boolean {
  const { format } = session;
  format[member] = !format[member];
  session.out(`${format[member] ? on : off}\n`);
  return true;
}

async function ask(session: MetaWorld, sql: string): Promise<(string | null)[][] | undefined> {
  const outcome = await session.connection.execute(sql);
  if (outcome.ok) return outcome.rows;
  session.err(`ERROR:  ${outcome.error.message}\n`);
  return undefined;
}

const text = (...names: string[]): { name: string; type: string }[] => names.map((name) => ({ name, type: "text" }));

async function table(session: MetaWorld, title: string, sql: string): Promise<boolean> {
  const outcome = await session.connection.execute(sql);
  if (!outcome.ok) return (session.err(`ERROR:  ${outcome.error.message}\n`), false);
  session.out(printed(outcome, { ...session.format, title }));
  return true;
}

async function tables(session: MetaWorld): Promise<boolean> {
  const rows = await ask(session, "SELECT schemaname, tablename, tableowner FROM pg_tables ORDER BY tablename");
  if (!rows) return false;
  if (!rows.length) return (session.err("Did not find any relations.\n"), true);
  session.out(printed({ columns: text("Schema", "Name", "Type", "Owner"), rows: rows.map(([schema, name, owner]) => [schema, name, "table", owner]) }, { ...session.format, title: "List of relations" }));
  return true;
}

/** As of psql 16 and later, which does not list what roles belong to. */
async function roles(session: MetaWorld): Promise<boolean> {
  const redshift = session.connection.engine === "redshift";
  const rows = await ask(session, redshift ? "SELECT usename, usesuper, usecreatedb, usecreatedb FROM pg_user ORDER BY usename" : "SELECT rolname, rolsuper, rolcreaterole, rolcreatedb, rolcanlogin FROM pg_roles ORDER BY rolname");
  if (!rows) return false;
  const shown = rows.map(([name, superuser, createRole, createDb, login = "t"]) => [
    name,
    [superuser === "t" && "Superuser", !redshift && (superuser === "t" || createRole === "t") && "Create role", (superuser === "t" || createDb === "t") && "Create DB", login === "f" && "Cannot login"].filter(Boolean).join(", "),
  ]);
  session.out(printed({ columns: text("Role name", "Attributes"), rows: shown }, { ...session.format, title: "List of roles" }).replace(/\(\d+ rows?\)\n/, ""));
  return true;
}

async function reconnect(session: MetaWorld, database: string | undefined): Promise<boolean> {
  const login = { ...session.login, ...(database && database !== "-" ? { database } : {}) };
  const next = await connect(session.world, "postgres", login);
  if (refused(next)) {
    session.err(`connection to server at "${login.host}" failed: ${next.fields?.Severity ? `${next.fields.Severity}:  ` : ""}${next.message}\nPrevious connection kept\n`);
    return false;
  }
  await session.connection.close();
  session.connection = next;
  session.login = login;
  session.out(`You are now connected to database "${login.database}" as user "${login.user}".\n`);
  return true;
}

/** Asks twice, and sends the server what it keeps, so that the password itself does not travel. Source: psql, \password. */
async function password(session: MetaWorld, user: string, asked: Ask): Promise<boolean> {
  if (!asked) return (session.err("\\password: nobody is there to be asked\n"), false);
  const first = await asked(`Enter new password for user "${user}": `);
  if (first === undefined) return false;
  if ((await asked("Enter it again: ")) !== first) return (session.err("Passwords didn't match.\n"), false);
  const { hashPassword } = await import("../../../engine/database/passwords");
  const random = (bytes: number): Uint8Array => crypto.getRandomValues(new Uint8Array(bytes));
  const kept = hashPassword({ random }, session.connection.engine === "redshift" ? "md5" : "scram-sha-256", user, first);
  const outcome = await session.connection.execute(`ALTER USER "${user.replaceAll('"', '""')}" PASSWORD '${kept}'`);
  if (!outcome.ok) session.err(`ERROR:  ${outcome.error.message}\n`);
  return outcome.ok;
}
