import { managedDocument } from "../iam/attached";
import { secretKey, sessionToken, uniqueId } from "../iam/ids";
import { sessions, type SessionRow } from "../iam/state";
import { stsErrors } from "./errors";
import type { Failure } from "../errors";
import type { Context } from "../types";

/** Makes temporary credentials, keeps them, and gives them as the API prints them. Source: STS API, Credentials. */
export function issue(
  ctx: Context,
  session: Omit<SessionRow, "AccessKeyId" | "SecretAccessKey" | "SessionToken" | "issuedAt" | "expiresAt">,
  seconds: number,
) {
  const random = (bytes: number) => ctx.random(bytes);
  const row: SessionRow = {
    ...session,
    AccessKeyId: uniqueId("ASIA", random),
    SecretAccessKey: secretKey(random),
    SessionToken: sessionToken(random),
    issuedAt: ctx.now,
    expiresAt: ctx.now + seconds * 1000,
  };
  sessions(ctx.db).put(row.AccessKeyId, row);
  // A session token is valid for a service call of any Region; Expiration has whole seconds.
  return {
    AccessKeyId: row.AccessKeyId,
    SecretAccessKey: row.SecretAccessKey,
    SessionToken: row.SessionToken,
    Expiration: Math.floor(row.expiresAt / 1000),
  };
}

/**
 * How much of the room for session policies and tags is taken, in percent. AWS packs them in a binary form that it
 * does not publish; here every character counts as one of 2,048, so that small sessions fit and great ones do not.
 */
export function packedSize(policies: string[], tags: Record<string, string>): number {
  const characters =
    policies.reduce((sum, text) => sum + text.replace(/\s+/g, "").length, 0) +
    Object.entries(tags).reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  return Math.ceil((characters / 2048) * 100);
}

/** The documents that limit a session: the one in the request and the managed ones it names, of AWS or of the account. */
export function sessionPolicies(
  ctx: Context,
  account: string,
  { Policy, PolicyArns = [] }: { Policy?: string; PolicyArns?: { arn?: string }[] },
): { ok: true; policies: string[] } | Failure {
  const policies = Policy === undefined ? [] : [Policy];
  for (const { arn = "" } of PolicyArns) {
    const managed = managedDocument(ctx.db, arn);
    const within = arn.startsWith("arn:aws:iam::aws:") || arn.startsWith(`arn:aws:iam::${account}:`);
    if (!managed || !within) return stsErrors.malformedPolicy(`Policy ${arn} does not exist or is not attachable.`);
    policies.push(managed.document);
  }
  return { ok: true, policies };
}
