import { parseArn } from "../arn";
import { findRole, findUser, roles, users } from "../iam/state";
import type { Context, Db } from "../types";

/**
 * Principals that key policies and grants may name: they must exist when they are named.
 * Accounts: any twelve digits, because the lab makes an account when it is first used. Services: by the form of the
 * name, as Keyhole keeps no list of all that KMS knows. A session need not be open, its role must exist.
 * Source: KMS API, PutKeyPolicy (Policy), CreateGrant (GranteePrincipal).
 */
export function validPrincipal(kind: string, name: string, ctx: Context): boolean {
  switch (kind) {
    case "AWS":
      if (name === "*" || /^\d{12}$/.test(name)) return true;
      if (/^(AIDA|AROA)[A-Z0-9]+$/.test(name)) return hasUniqueId(ctx, name);
      return validAwsArn(name, ctx.db);
    case "Service":
      return /^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/.test(name);
    case "Federated":
      return /^arn:aws:iam::\d{12}:(saml|oidc)-provider\/.+$/.test(name) || /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(name);
    default:
      return false;
  }
}

function validAwsArn(text: string, db: Db): boolean {
  const parts = parseArn(text);
  if (!parts || parts.partition !== "aws" || parts.region !== "" || !/^\d{12}$/.test(parts.account)) return false;
  const { account, resource } = parts;
  const name = resource.slice(resource.lastIndexOf("/") + 1);
  if (parts.service === "iam") {
    if (resource === "root") return true;
    if (resource.startsWith("user/")) return findUser(db, account, name)?.Arn === text;
    return resource.startsWith("role/") && findRole(db, account, name)?.Arn === text;
  }
  if (parts.service !== "sts") return false;
  const session = /^assumed-role\/([\w+=,.@-]+)\/[\w+=,.@-]{2,64}$/.exec(resource);
  if (session) return findRole(db, account, session[1]) !== undefined;
  return /^federated-user\/[\w+=,.@-]{2,32}$/.test(resource);
}

/** Unique ids are looked for in the caller's account: they are how AWS prints a principal that it knew by ARN. */
const hasUniqueId = ({ db, account }: Context, id: string): boolean =>
  id.startsWith("AIDA")
    ? users(db, account)
        .all()
        .some(({ UserId }) => UserId === id)
    : roles(db, account)
        .all()
        .some(({ RoleId }) => RoleId === id);
