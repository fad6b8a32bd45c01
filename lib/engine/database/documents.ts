import type { Failure } from "../errors";
import type { Json, JsonObject } from "../types";
import { mongoErrors, notSimulated } from "./errors";
import { hashPassword } from "./passwords";
import { type Answer, type Session, allUsers, commit, deleteUser, readUser, self, usualKeeping, writeUser } from "./session";
import { type UserRow, blankUser, mostUsers } from "./state";

/**
 * Commands of DocumentDB about logins, as JSON documents (`{"updateUser": "app", "pwd": "…"}`); the answer is one row with
 * one column, the answer document. Users are those of the `admin` database, as in DocumentDB.
 * Source: MongoDB Manual, "User Management Commands"; DocumentDB Developer Guide, "Managing users".
 */
export function runCommand(session: Session, text: string): Answer | Failure {
  let document: Json;
  try {
    document = JSON.parse(text) as Json;
  } catch {
    return mongoErrors.badDocument("The command is not a document.");
  }
  if (typeof document !== "object" || document === null || Array.isArray(document)) return mongoErrors.badDocument("The command is not a document.");
  const [name] = Object.keys(document);
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) return name !== undefined && known.has(name) ? notSimulated(`the command ${name}`) : mongoErrors.noCommand(name ?? "");
  const answer = command(session, document, name);
  commit(session);
  return "ok" in answer && answer.ok === false ? (answer as Failure) : { columns: [{ name: "document", type: "json" }], rows: [[JSON.stringify(answer)]], affected: 1, status: "" };
}

type Command = (session: Session, document: JsonObject, name: string) => JsonObject | Failure;

/** Commands that DocumentDB has, and this server has not. */
const known = new Set("find insert update delete aggregate count distinct findAndModify getMore listCollections listDatabases create drop dropDatabase createIndexes listIndexes grantRolesToUser revokeRolesFromUser rolesInfo createRole dropAllUsersFromDatabase serverStatus collStats dbStats explain killCursors".split(" "));

const commands: Record<string, Command> = {
  ping: () => ({ ok: 1 }),
  hello: (session) => ({ isWritablePrimary: true, maxWireVersion: 13, localTime: session.ctx.now, ok: 1 }),
  isMaster: (session) => ({ ismaster: true, maxWireVersion: 13, localTime: session.ctx.now, ok: 1 }),
  buildInfo: (session) => ({ version: session.server.version, ok: 1 }),
  connectionStatus: (session) => ({ authInfo: { authenticatedUsers: [{ user: session.connection.user, db: "admin" }], authenticatedUserRoles: rolesOf(self(session)) }, ok: 1 }),
  usersInfo,
  createUser,
  updateUser,
  dropUser,
};

const administers = (session: Session): boolean => self(session)?.memberOf.some((role) => /^(root|userAdminAnyDatabase|userAdmin)@admin$/.test(role)) === true;

const rolesOf = (user: Readonly<UserRow> | undefined): JsonObject[] =>
  (user?.memberOf ?? []).map((role) => ({ role: role.slice(0, role.lastIndexOf("@")), db: role.slice(role.lastIndexOf("@") + 1) }));

function usersInfo(session: Session, { usersInfo: asked }: JsonObject): JsonObject | Failure {
  const wanted = typeof asked === "string" ? asked : typeof asked === "object" && asked !== null && !Array.isArray(asked) ? asked.user : undefined;
  if (wanted !== session.connection.user && !administers(session)) return mongoErrors.unauthorized("admin", "usersInfo: 1");
  const users = allUsers(session).filter(({ name, superuser }) => !superuser && (wanted === undefined || name === wanted));
  return { users: users.map((user) => ({ _id: user.name, user: user.name, db: "admin", roles: rolesOf(user) })), ok: 1 };
}

/** Roles as they are given: a name is one of `admin`. */
function readRoles(value: Json | undefined): string[] | Failure {
  if (!Array.isArray(value)) return mongoErrors.badValue('"roles" must be an array');
  const out: string[] = [];
  for (const role of value) {
    if (typeof role === "string") out.push(`${role}@admin`);
    else if (typeof role === "object" && role !== null && !Array.isArray(role) && typeof role.role === "string") out.push(`${role.role}@${typeof role.db === "string" ? role.db : "admin"}`);
    else return mongoErrors.badValue("Role names must be either strings or objects");
  }
  return out;
}

function createUser(session: Session, { createUser: name, pwd, roles }: JsonObject): JsonObject | Failure {
  if (!administers(session)) return mongoErrors.unauthorized("admin", "createUser: 1");
  if (typeof name !== "string" || !name || typeof pwd !== "string" || !pwd) return mongoErrors.badValue("a user needs a name and a password");
  if (readUser(session, name)) return mongoErrors.userExists(name, "admin");
  const memberOf = readRoles(roles);
  if (!Array.isArray(memberOf)) return memberOf;
  if (allUsers(session).length >= mostUsers) return notSimulated(`more than ${mostUsers} users at a server`);
  writeUser(session, { ...blankUser(session.server.host, name, "", session.ctx.now), password: hashPassword(session.ctx, usualKeeping(session), name, pwd), memberOf });
  return { ok: 1 };
}

function updateUser(session: Session, { updateUser: name, pwd, roles }: JsonObject): JsonObject | Failure {
  const own = name === session.connection.user && roles === undefined;
  if (!own && !administers(session)) return mongoErrors.unauthorized("admin", "updateUser: 1");
  const user = typeof name === "string" ? readUser(session, name) : undefined;
  if (!user || user.superuser) return mongoErrors.noUser(String(name), "admin");
  if (pwd === undefined && roles === undefined) return mongoErrors.badValue("Must specify at least one field to update in updateUser");
  const memberOf = roles === undefined ? user.memberOf : readRoles(roles);
  if (!Array.isArray(memberOf)) return memberOf;
  if (pwd !== undefined && (typeof pwd !== "string" || !pwd)) return mongoErrors.badValue("User passwords must not be empty");
  writeUser(session, { ...structuredClone(user), memberOf: [...memberOf], ...(pwd === undefined ? {} : { password: hashPassword(session.ctx, usualKeeping(session), user.name, pwd as string), changedAt: session.ctx.now }) });
  return { ok: 1 };
}

function dropUser(session: Session, { dropUser: name }: JsonObject): JsonObject | Failure {
  if (!administers(session)) return mongoErrors.unauthorized("admin", "dropUser: 1");
  const user = typeof name === "string" ? readUser(session, name) : undefined;
  if (!user || user.superuser) return mongoErrors.noUser(String(name), "admin");
  deleteUser(session, user);
  return { ok: 1 };
}
