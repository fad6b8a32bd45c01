import { type Failure, fail } from "../errors";
import type { JsonObject } from "../types";

/**
 * What a server says when it refuses, in its own words and codes; clients print them in theirs. `ServerError` carries
 * `Number` (MySQL, MongoDB), `SqlState`, and PostgreSQL's `Severity`, `Detail`, `Hint` and `Position`. The others never reached a server.
 * Sources: MySQL 8.4 Reference Manual, "Server Error Message Reference"; PostgreSQL 17 documentation, "PostgreSQL Error
 * Codes", and its message catalogue (src/backend); MongoDB Manual, "Error Codes".
 */

export const unknownHost = (host: string): Failure => fail("UnknownHost", `No such host is known: ${host}`, { Host: host });
export const refused = (host: string, port: number): Failure => fail("ConnectionRefused", `Connection to ${host}:${port} was refused`, { Host: host, Port: port });
/** Client and server do not speak the same protocol: neither understands the other's first words. */
export const wrongProtocol = (client: string, spoken: string): Failure => fail("WrongProtocol", `The server speaks ${spoken}, not ${client}`, { Protocol: spoken });
/** The connection was closed, or its server went away. */
export const gone = (): Failure => fail("ConnectionLost", "The connection is closed");
/** What a real server can do and this one cannot, by name. */
export const notSimulated = (what: string): Failure => fail("NotSimulated", `Keyhole does not simulate ${what}. A real server has it; this lab does not.`);

const server = (message: string, fields: JsonObject): Failure => fail("ServerError", message, fields);
const my = (Number: number, SqlState: string) => (message: string): Failure => server(message, { Number, SqlState });

const q = (user: string, from: string): string => `'${user}'@'${from}'`;

export const mysqlErrors = {
  denied: (user: string, client: string, withPassword: boolean) => my(1045, "28000")(`Access denied for user ${q(user, client)} (using password: ${withPassword ? "YES" : "NO"})`),
  deniedDatabase: (user: string, from: string, database: string) => my(1044, "42000")(`Access denied for user ${q(user, from)} to database '${database}'`),
  unknownDatabase: (database: string) => my(1049, "42000")(`Unknown database '${database}'`),
  databaseExists: (database: string) => my(1007, "HY000")(`Can't create database '${database}'; database exists`),
  noDatabase: () => my(1046, "3D000")("No database selected"),
  syntax: (version: string, near: string, line: number) => my(1064, "42000")(`You have an error in your SQL syntax; check the manual that corresponds to your ${/mariadb/i.test(version) ? "MariaDB" : "MySQL"} server version for the right syntax to use near '${near.slice(0, 80)}' at line ${line}`),
  noTable: (database: string, table: string) => my(1146, "42S02")(`Table '${database}.${table}' doesn't exist`),
  noTableToDrop: (database: string, table: string) => my(1051, "42S02")(`Unknown table '${database}.${table}'`),
  tableExists: (table: string) => my(1050, "42S01")(`Table '${table}' already exists`),
  tableDenied: (command: string, user: string, client: string, table: string) => my(1142, "42000")(`${command} command denied to user ${q(user, client)} for table '${table}'`),
  needs: (privilege: string) => my(1227, "42000")(`Access denied; you need (at least one of) the ${privilege} privilege(s) for this operation`),
  failed: (operation: string, user: string, from: string) => my(1396, "HY000")(`Operation ${operation} failed for ${q(user, from)}`),
  noGrant: (user: string, from: string) => my(1141, "42000")(`There is no such grant defined for user '${user}' on host '${from}'`),
  noUserByGrant: () => my(1410, "42000")("You are not allowed to create a user with GRANT"),
  columnCount: (row: number) => my(1136, "21S01")(`Column count doesn't match value count at row ${row}`),
  unknownColumn: (column: string, where: string) => my(1054, "42S22")(`Unknown column '${column}' in '${where}'`),
  duplicateColumn: (column: string) => my(1060, "42S21")(`Duplicate column name '${column}'`),
  unknownFunction: (name: string) => my(1305, "42000")(`FUNCTION ${name} does not exist`),
  badValue: (type: string, value: string, column: string, row: number) => my(1366, "HY000")(`Incorrect ${type} value: '${value}' for column '${column}' at row ${row}`),
  full: (table: string) => my(1114, "HY000")(`The table '${table}' is full`),
  expired: () => my(1862, "HY000")("Your password has expired. To log in you must change it using a client that supports expired passwords."),
  locked: (user: string, client: string) => my(3118, "HY000")(`Access denied for user ${q(user, client)}. Account is locked.`),
  tooMany: () => my(1040, "08004")("Too many connections"),
  deadlock: () => my(1213, "40001")("Deadlock found when trying to get lock; try restarting transaction"),
  badHash: () => my(1827, "HY000")("The password hash doesn't have the expected format."),
  noPlugin: (plugin: string) => my(1524, "HY000")(`Plugin '${plugin}' is not loaded`),
  nameTooLong: (name: string) => my(1059, "42000")(`Identifier name '${name}' is too long`),
  userTooLong: (name: string) => my(1470, "HY000")(`String '${name}' is too long for user name (should be no longer than 32)`),
  duplicateKey: (values: string, table: string) => my(1062, "23000")(`Duplicate entry '${values}' for key '${table}.PRIMARY'`),
  noNull: (column: string) => my(1048, "23000")(`Column '${column}' cannot be null`),
  noDefault: (column: string) => my(1364, "HY000")(`Field '${column}' doesn't have a default value`),
  tooLong: (column: string, row: number) => my(1406, "22001")(`Data too long for column '${column}' at row ${row}`),
  wrongAuto: () => my(1075, "42000")("Incorrect table definition; there can be only one auto column and it must be defined as a key"),
  twoKeys: () => my(1068, "42000")("Multiple primary key defined"),
};

const pg = (SqlState: string, message: string, more: JsonObject = {}): Failure => server(message, { SqlState, Severity: "ERROR", ...more });
const fatal = (SqlState: string, message: string): Failure => server(message, { SqlState, Severity: "FATAL" });

export const postgresErrors = {
  denied: (user: string) => fatal("28P01", `password authentication failed for user "${user}"`),
  /** Redshift keeps PostgreSQL 8's state. */
  deniedRedshift: (user: string) => fatal("28000", `password authentication failed for user "${user}"`),
  /** Said by libpq, not by the server: it was asked for a password and had none. */
  noPassword: () => server("fe_sendauth: no password supplied", { Severity: "FATAL" }),
  noEntry: (user: string, database: string, client: string) => fatal("28000", `pg_hba.conf rejects connection for host "${client}", user "${user}", database "${database}", SSL encryption`),
  tooMany: () => fatal("53300", "sorry, too many clients already"),
  noLogin: (user: string) => fatal("28000", `role "${user}" is not permitted to log in`),
  unknownDatabase: (database: string) => fatal("3D000", `database "${database}" does not exist`),
  noDatabase: (database: string) => pg("3D000", `database "${database}" does not exist`),
  databaseExists: (database: string) => pg("42P04", `database "${database}" already exists`),
  syntax: (token: string | undefined) => pg("42601", token === undefined ? "syntax error at end of input" : `syntax error at or near "${token}"`),
  noRelation: (name: string) => pg("42P01", `relation "${name}" does not exist`),
  noTableToDrop: (name: string) => pg("42P01", `table "${name}" does not exist`),
  relationExists: (name: string) => pg("42P07", `relation "${name}" already exists`),
  noSchema: (name: string) => pg("3F000", `schema "${name}" does not exist`),
  noColumnOf: (name: string, table: string) => pg("42703", `column "${name}" of relation "${table}" does not exist`),
  noParameter: (name: string) => pg("42704", `unrecognized configuration parameter "${name}"`),
  noEnd: (what: "quoted string" | "quoted identifier" | "dollar-quoted string" | "/* comment", rest: string) => pg("42601", `unterminated ${what} at or near "${rest}"`),
  deniedView: (name: string) => pg("42501", `permission denied for view ${name}`),
  noColumn: (name: string) => pg("42703", `column "${name}" does not exist`),
  duplicateColumn: (name: string) => pg("42701", `column "${name}" specified more than once`),
  noRole: (name: string) => pg("42704", `role "${name}" does not exist`),
  noUser: (name: string) => pg("42704", `user "${name}" does not exist`),
  noGroup: (name: string) => pg("42704", `group "${name}" does not exist`),
  roleExists: (name: string) => pg("42710", `role "${name}" already exists`),
  userExists: (name: string) => pg("42710", `user "${name}" already exists`),
  dependents: (name: string, detail: string) => pg("2BP01", `role "${name}" cannot be dropped because some objects depend on it`, { Detail: detail }),
  dropSelf: () => pg("55006", "current user cannot be dropped"),
  circular: (role: string, member: string) => pg("0LP01", `role "${role}" is a member of role "${member}"`),
  deniedTable: (name: string) => pg("42501", `permission denied for table ${name}`),
  notOwner: (name: string) => pg("42501", `must be owner of table ${name}`),
  // PostgreSQL 16 says more of roles than 15 did.
  deniedCreateRole: (old: boolean) => pg("42501", "permission denied to create role", old ? {} : { Detail: "Only roles with the CREATEROLE attribute may create roles." }),
  deniedAlterRole: (old: boolean, name: string) => (old ? pg("42501", "permission denied") : pg("42501", "permission denied to alter role", { Detail: `Only roles with the CREATEROLE attribute and the ADMIN option on role "${name}" may alter this role.` })),
  deniedDropRole: (old: boolean, name: string) => pg("42501", "permission denied to drop role", old ? {} : { Detail: `Only roles with the CREATEROLE attribute and the ADMIN option on role "${name}" may drop this role.` }),
  deniedGrantRole: (old: boolean, name: string) => (old ? pg("42501", `must have admin option on role "${name}"`) : pg("42501", `permission denied to grant role "${name}"`, { Detail: `Only roles with the ADMIN option on role "${name}" may grant this role.` })),
  deniedSuper: (old: boolean, what: "create" | "alter" | "drop") =>
    old
      ? pg("42501", { create: "must be superuser to create superusers", alter: "must be superuser to alter superuser roles or change superuser attribute", drop: "must be superuser to drop superusers" }[what])
      : pg("42501", `permission denied to ${what} role`, { Detail: `Only roles with the SUPERUSER attribute may ${what} roles with the SUPERUSER attribute.` }),
  deniedCreateDatabase: () => pg("42501", "permission denied to create database"),
  /** Redshift's: one text for all that a user who is no superuser may not do to users. */
  permission: (what: string) => pg("42501", what),
  insertMore: () => pg("42601", "INSERT has more expressions than target columns"),
  insertFewer: () => pg("42601", "INSERT has more target columns than expressions"),
  badValue: (type: string, value: string) => pg("22P02", `invalid input syntax for type ${type}: "${value}"`),
  aborted: () => pg("25P02", "current transaction is aborted, commands ignored until end of transaction block"),
  noFunction: (name: string, types: readonly string[]) => pg("42883", `function ${name}(${types.join(", ")}) does not exist`, { Hint: "No function matches the given name and argument types. You might need to add explicit type casts." }),
  badPassword: (message: string) => pg("22023", message),
  serialization: () => pg("40001", "could not serialize access due to concurrent update"),
  duplicateKey: (table: string, columns: string, values: string) => pg("23505", `duplicate key value violates unique constraint "${table}_pkey"`, { Detail: `Key (${columns})=(${values}) already exists.` }),
  noNull: (table: string, column: string, row: string) => pg("23502", `null value in column "${column}" of relation "${table}" violates not-null constraint`, { Detail: `Failing row contains (${row}).` }),
  tooLong: (length: number) => pg("22001", `value too long for type character varying(${length})`),
  twoKeys: (table: string) => pg("42P16", `multiple primary keys for table "${table}" are not allowed`),
  noBytes: () => pg("22021", 'invalid byte sequence for encoding "UTF8": 0x00'),
  notInTransaction: (what: string) => pg("25001", `${what} cannot run inside a transaction block`),
  reservedName: (name: string) => pg("42939", `role name "${name}" is reserved`, name.startsWith("pg_") ? { Detail: 'Role names starting with "pg_" are reserved.' } : {}),
  notOwnerOfDatabase: (name: string) => pg("42501", `must be owner of database ${name}`),
  full: () => pg("53100", "could not extend file: No space left on device"),
};

const mongo = (Number: number, CodeName: string, message: string): Failure => server(message, { Number, CodeName });

export const mongoErrors = {
  denied: () => mongo(18, "AuthenticationFailed", "Authentication failed."),
  badDocument: (message: string) => mongo(9, "FailedToParse", message),
  noCommand: (name: string) => mongo(59, "CommandNotFound", `no such command: '${name}'`),
  unauthorized: (database: string, command: string) => mongo(13, "Unauthorized", `not authorized on ${database} to execute command { ${command} }`),
  noUser: (user: string, database: string) => mongo(11, "UserNotFound", `Could not find user "${user}" for db "${database}"`),
  userExists: (user: string, database: string) => mongo(51003, "Location51003", `User "${user}@${database}" already exists`),
  badValue: (message: string) => mongo(2, "BadValue", message),
};

export const isFailure = (value: unknown): value is Failure => typeof value === "object" && value !== null && (value as { ok?: unknown }).ok === false;
