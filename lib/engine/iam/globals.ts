import { membership, orgPath, type Membership } from "../organizations/state";
import { findRole, findUser, nameId, roles, users, type RoleRow, type Tag, type UserRow } from "./state";
import type { ConditionContext, Db, Principal } from "../types";

/** Facts of a call that are not about its principal. */
export interface CallFacts {
  /** ms */
  now: number;
  sourceIp?: string;
  userAgent?: string;
  /** False only if the call is known to have come without TLS. */
  secureTransport?: boolean;
  region: string;
  /** Services that pass the call on, outermost first: `ssm` or `ssm.amazonaws.com`. */
  via: string[];
}

const types: Record<Principal["type"], string | undefined> = {
  Root: "Account",
  User: "User",
  AssumedRole: "AssumedRole",
  FederatedUser: "FederatedUser",
  Service: undefined,
};

/** As IAM prints a time: whole seconds, UTC. Calls come many to a second, so the last one is kept. */
const iso = (ms: number) => {
  const second = Math.floor(ms / 1000);
  if (second !== printed.second) printed = { second, text: `${new Date(ms).toISOString().slice(0, 19)}Z` };
  return printed.text;
};
let printed = { second: Number.NaN, text: "" };

const serviceName = (via: string) => (via.includes(".") ? via : `${via}.amazonaws.com`);

/** What the keys of a principal were made of, and the keys. */
interface Made {
  facts: CallFacts;
  row: Readonly<UserRow | RoleRow> | undefined;
  organization: string | undefined;
  keys: Readonly<ConditionContext>;
}

/** A principal's latest, by how deep the call was: services ask for their callers, and the callers go on asking. */
const made = new WeakMap<Principal, Made[]>();

/**
 * The global condition keys of a call: the same object while they are the same, so not to be changed. Keys about the
 * resource (`aws:ResourceAccount`, `aws:ResourceOrgID`) are added by `decide`; those about tags in the request
 * (`aws:RequestTag/…`, `aws:TagKeys`) and on the resource by the operation.
 * Source: IAM User Guide, "AWS global condition context keys" (each key's "Availability").
 */
export function globalKeys(principal: Principal, facts: CallFacts, db: Db): Readonly<ConditionContext> {
  const row = rowOf(principal, db);
  const member = principal.type === "Service" ? undefined : membership(db, principal.account);
  const organization = member && orgPath(member);
  let byDepth = made.get(principal);
  if (!byDepth) made.set(principal, (byDepth = []));
  const last = byDepth[facts.via.length];
  if (last && last.row === row && last.organization === organization && sameFacts(last.facts, facts, principal)) return last.keys;
  const keys = makeKeys(principal, facts, row, member);
  // A row that this very call has written may be written again.
  if (!row || !isTouched(principal, db)) byDepth[facts.via.length] = { facts, row, organization, keys };
  return keys;
}

function sameFacts(a: CallFacts, b: CallFacts, { session }: Principal): boolean {
  // How long ago somebody signed in with MFA is counted from a moment within a second.
  if (session?.mfa || Math.floor(a.now / 1000) !== Math.floor(b.now / 1000)) return false;
  if (a.region !== b.region || a.sourceIp !== b.sourceIp || a.userAgent !== b.userAgent || a.secureTransport !== b.secureTransport) return false;
  return a.via.length === b.via.length && a.via.every((service, i) => service === b.via[i]);
}

function makeKeys(principal: Principal, facts: CallFacts, row: Made["row"], member: Membership | undefined): ConditionContext {
  const via = facts.via.map(serviceName);
  const keys: ConditionContext = {
    "aws:CurrentTime": iso(facts.now),
    "aws:EpochTime": String(Math.floor(facts.now / 1000)),
    "aws:RequestedRegion": facts.region === "global" ? "us-east-1" : facts.region,
    "aws:SecureTransport": String(facts.secureTransport ?? true),
    "aws:PrincipalIsAWSService": String(principal.type === "Service"),
    "aws:ViaAWSService": String(via.length > 0),
  };
  if (via.length > 0) {
    keys["aws:CalledVia"] = via;
    keys["aws:CalledViaFirst"] = via[0];
    keys["aws:CalledViaLast"] = via[via.length - 1];
    keys["aws:UserAgent"] = via[via.length - 1];
  } else {
    // A service that calls for its caller does so from its own address.
    if (facts.sourceIp !== undefined) keys["aws:SourceIp"] = facts.sourceIp;
    if (facts.userAgent !== undefined) keys["aws:UserAgent"] = facts.userAgent;
  }
  if (principal.type === "Service") {
    if (principal.service !== undefined) {
      keys["aws:PrincipalServiceName"] = principal.service;
      keys["aws:PrincipalServiceNamesList"] = [principal.service];
    }
    return keys;
  }
  keys["aws:PrincipalAccount"] = principal.account;
  keys["aws:PrincipalArn"] = principal.roleArn ?? principal.arn;
  keys["aws:PrincipalType"] = types[principal.type]!;
  keys["aws:userid"] = principal.userId;
  if (principal.type === "User") keys["aws:username"] = principal.name!;
  addTags(keys, principal, row?.Tags ?? []);
  if (member) {
    keys["aws:PrincipalOrgID"] = member.organization.Id;
    keys["aws:PrincipalOrgPaths"] = [orgPath(member)];
  }
  const { session } = principal;
  if (session) {
    keys["aws:TokenIssueTime"] = iso(session.issuedAt);
    keys["aws:MultiFactorAuthPresent"] = String(session.mfa === true);
    if (session.mfa) keys["aws:MultiFactorAuthAge"] = String(Math.floor((facts.now - session.issuedAt) / 1000));
    if (session.sourceIdentity !== undefined) keys["aws:SourceIdentity"] = session.sourceIdentity;
  }
  return keys;
}

/** The caller's own record, for its tags. */
function rowOf(principal: Principal, db: Db): Made["row"] {
  if (principal.name === undefined) return undefined;
  if (principal.type === "AssumedRole") return findRole(db, principal.account, principal.name);
  return principal.type === "User" ? findUser(db, principal.account, principal.name) : undefined;
}

function isTouched({ type, account, name }: Principal, db: Db): boolean {
  return (type === "AssumedRole" ? roles(db, account) : users(db, account)).touched(nameId(name!));
}

/** Session tags win over the role's of the same key, whatever its case. */
function addTags(keys: ConditionContext, principal: Principal, own: readonly Tag[]): void {
  const session = Object.entries(principal.session?.tags ?? {});
  for (const { Key, Value } of own) {
    if (!session.some(([key]) => key.toLowerCase() === Key.toLowerCase())) keys[`aws:PrincipalTag/${Key}`] = Value;
  }
  for (const [key, value] of session) keys[`aws:PrincipalTag/${key}`] = value;
}
