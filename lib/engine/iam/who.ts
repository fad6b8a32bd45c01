import { fail, ok } from "../errors";
import { bytesOf, uniqueId } from "./ids";
import { accessKeys, accounts, findRole, findUser, nameId, sessions, users, type AccessKeyRow, type SessionRow, type UserRow } from "./state";
import type { Caller, Db, Principal, Result } from "../types";

/** Who calls. Source: IAM API Reference, Common Errors; IAM User Guide, "IAM identifiers". */

/** Query services (IAM, STS) and JSON services spell the same refusals differently. */
const isQuery = (service: string | undefined) => service === undefined || service === "iam" || service === "sts";

const invalidToken = (service?: string) =>
  isQuery(service)
    ? fail("InvalidClientTokenId", "The security token included in the request is invalid.", undefined, 403)
    : fail("UnrecognizedClientException", "The security token included in the request is invalid.");

const expiredToken = (service?: string) =>
  isQuery(service)
    ? fail("ExpiredToken", "The security token included in the request is expired", undefined, 403)
    : fail("ExpiredTokenException", "The security token included in the request is expired");

export const rootArn = (account: string): string => `arn:aws:iam::${account}:root`;

/** The ARN under which a session of a role acts; the role's path is not part of it. */
export const sessionArn = (account: string, role: string, session: string): string =>
  `arn:aws:sts::${account}:assumed-role/${role}/${session}`;

export const federatedArn = (account: string, name: string): string => `arn:aws:sts::${account}:federated-user/${name}`;

/**
 * The principal behind a caller, as the lab's IAM has it at `now` (ms). `service` decides how a refusal is spelt:
 * `InvalidClientTokenId`, `ExpiredToken` (IAM, STS, and if none is given), else `UnrecognizedClientException`, `ExpiredTokenException`.
 */
export function recognise(db: Db, caller: Caller, now: number, service?: string): Result<Principal> {
  if ("accessKeyId" in caller) {
    const session = sessions(db).get(caller.accessKeyId);
    if (session) return session.expiresAt <= now ? expiredToken(service) : fromSession(db, session, service);
    const key = accessKeys(db).get(caller.accessKeyId);
    if (!key || key.Status !== "Active") return invalidToken(service);
    return key.UserName === undefined ? root(key.account, key.AccessKeyId) : user(db, key.account, key.UserName, service, key.AccessKeyId);
  }
  if (!accounts(db).get(caller.account)) return invalidToken(service);
  if ("root" in caller) return root(caller.account);
  if ("user" in caller) return user(db, caller.account, caller.user, service);
  const role = findRole(db, caller.account, caller.role);
  if (!role) return invalidToken(service);
  return ok<Principal>({
    type: "AssumedRole",
    account: caller.account,
    arn: sessionArn(caller.account, role.RoleName, caller.session),
    userId: `${role.RoleId}:${caller.session}`,
    name: role.RoleName,
    roleArn: role.Arn,
    session: { name: caller.session, issuedAt: now, expiresAt: now + role.MaxSessionDuration * 1000, policies: [], tags: {} },
  });
}

function root(account: string, accessKeyId?: string): Result<Principal> {
  return ok<Principal>({ type: "Root", account, arn: rootArn(account), userId: account, ...(accessKeyId ? { accessKeyId } : {}) });
}

/** A user's principals, by access key: the same object each time while the user's row stays. */
const known = new WeakMap<Readonly<UserRow>, Map<string | undefined, Result<Principal>>>();

function user(db: Db, account: string, name: string, service: string | undefined, accessKeyId?: string): Result<Principal> {
  const found = findUser(db, account, name);
  if (!found) return invalidToken(service);
  let byKey = known.get(found);
  if (!byKey) known.set(found, (byKey = new Map()));
  let principal = byKey.get(accessKeyId);
  if (!principal) byKey.set(accessKeyId, (principal = userPrincipal(found, account, accessKeyId)));
  return principal;
}

function userPrincipal(found: Readonly<UserRow>, account: string, accessKeyId: string | undefined): Result<Principal> {
  return ok<Principal>({
    type: "User",
    account,
    arn: found.Arn,
    userId: found.UserId,
    name: found.UserName,
    ...(accessKeyId ? { accessKeyId } : {}),
  });
}

function fromSession(db: Db, row: Readonly<SessionRow>, service?: string): Result<Principal> {
  const session: Principal["session"] = {
    name: row.name,
    issuedAt: row.issuedAt,
    expiresAt: row.expiresAt,
    policies: row.policies,
    tags: row.tags,
  };
  if (row.transitiveTags) session.transitiveTags = row.transitiveTags;
  if (row.sourceIdentity !== undefined) session.sourceIdentity = row.sourceIdentity;
  if (row.mfa !== undefined) session.mfa = row.mfa;
  if (row.role) {
    // A role that was deleted, and made again under its name, is another role: its old sessions are worth nothing.
    const role = findRole(db, row.account, row.role.RoleName);
    if (!role || role.RoleId !== row.role.RoleId) return invalidToken(service);
    return ok<Principal>({
      type: "AssumedRole",
      account: row.account,
      arn: sessionArn(row.account, role.RoleName, row.name),
      userId: `${role.RoleId}:${row.name}`,
      name: role.RoleName,
      roleArn: role.Arn,
      accessKeyId: row.AccessKeyId,
      session,
    });
  }
  const behind = row.user === undefined ? root(row.account, row.AccessKeyId) : user(db, row.account, row.user, service, row.AccessKeyId);
  if (!behind.ok) return behind;
  if (row.federated === undefined) return ok<Principal>({ ...behind.output, session });
  return ok<Principal>({
    type: "FederatedUser",
    account: row.account,
    arn: federatedArn(row.account, row.federated),
    userId: `${row.account}:${row.federated}`,
    accessKeyId: row.AccessKeyId,
    session,
    ...(behind.output.name === undefined ? {} : { name: behind.output.name, userArn: behind.output.arn }),
  });
}

export interface Credentials {
  secretAccessKey: string;
  /** Temporary credentials only: must come with the request. */
  sessionToken?: string;
}

/** What signatures of this access key are made with; undefined if there is no such key. Inactive and expired keys have one too. */
export function secretFor(db: Db, accessKeyId: string): Credentials | undefined {
  const session = sessions(db).get(accessKeyId);
  if (session) return { secretAccessKey: session.SecretAccessKey, sessionToken: session.SessionToken };
  const key: Readonly<AccessKeyRow> | undefined = accessKeys(db).get(accessKeyId);
  return key && { secretAccessKey: key.SecretAccessKey };
}

export const hasAccount = (db: Db, account: string): boolean => accounts(db).get(account) !== undefined;

/** When an account was opened if nobody says. */
const OPENED = Date.UTC(2020, 10, 1);

/**
 * Makes the account if the lab does not have it: the root user, and the IAM user `admin` with AdministratorAccess.
 * Writes to `db`; does nothing the second time. `now` in ms; without `random` the ids come from the account's number.
 */
export function ensureAccount(
  db: Db,
  account: string,
  now: number = OPENED,
  random: (bytes: number) => Uint8Array = bytesOf(`${account}/admin`),
): void {
  if (hasAccount(db, account)) return;
  accounts(db).put(account, { account, CreateDate: now });
  if (findUser(db, account, "admin")) return;
  users(db, account).put(nameId("admin"), {
    UserName: "admin",
    UserId: uniqueId("AIDA", random),
    Path: "/",
    Arn: `arn:aws:iam::${account}:user/admin`,
    CreateDate: now,
    Tags: [],
    inline: {},
    attached: ["arn:aws:iam::aws:policy/AdministratorAccess"],
    groups: [],
  });
}
