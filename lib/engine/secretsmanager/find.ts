import { arn, parseArn } from "../arn";
import type { Failure } from "../errors";
import type { Context, Db } from "../types";
import { secretErrors } from "./errors";
import { type SecretRow, secrets } from "./state";

/**
 * Finding a secret by name, ARN, or ARN without its last seven characters.
 * Source: Secrets Manager API, GetSecretValue (SecretId); Secrets Manager User Guide, troubleshooting.
 */

const suffix = /-[A-Za-z0-9]{6}$/;

/** `random` are the six characters after the name. */
export const secretArn = (region: string, account: string, name: string, random: string): string => arn("secretsmanager", region, account, `secret:${name}-${random}`);

/** Where a secret is, whoever asks for it. */
export interface Found {
  secret: Readonly<SecretRow>;
  /** Records of the owner in this Region. */
  db: Db;
  account: string;
}

export interface SecretReference {
  account: string;
  region: string;
  name: string;
  /** The ARN in full, where the caller gave one; an ending that looks like AWS's six characters is taken for them. */
  arn?: string;
}

/** How a SecretId reads: undefined for an ARN of something else. */
export function readSecretId(secretId: string, region: string, account: string): SecretReference | undefined {
  if (!secretId.startsWith("arn:")) return { account, region, name: secretId };
  const parts = parseArn(secretId);
  if (!parts || parts.service !== "secretsmanager" || !parts.resource.startsWith("secret:")) return undefined;
  const ending = parts.resource.slice("secret:".length);
  const place = { account: parts.account, region: parts.region };
  return suffix.test(ending) ? { ...place, name: ending.replace(suffix, ""), arn: secretId } : { ...place, name: ending };
}

/** The secret that a SecretId names, without a word on the trace. */
export function lookUp(ctx: Context, secretId: string): Found | undefined {
  const reference = readSecretId(secretId, ctx.region, ctx.account);
  if (!reference || reference.region !== ctx.region) return undefined;
  const db = reference.account === ctx.account ? ctx.db : ctx.db.at({ account: reference.account });
  const secret = secrets(db).get(reference.name);
  return secret && (reference.arn === undefined || secret.ARN === reference.arn) ? { secret, db, account: reference.account } : undefined;
}

/** Errors: ResourceNotFoundException. */
export function findSecret(ctx: Context, secretId: string): Found | Failure {
  const found = lookUp(ctx, secretId);
  ctx.note({ kind: "lookup", what: "secret", id: secretId, found: !!found });
  return found ?? secretErrors.notFound();
}

/** Errors: ResourceNotFoundException, InvalidRequestException for one that is marked for deletion. */
export function findLiving(ctx: Context, secretId: string): Found | Failure {
  const found = findSecret(ctx, secretId);
  return "ok" in found || found.secret.DeletedDate === undefined ? found : secretErrors.markedForDeletion();
}

/**
 * A secret that can be written to.
 * Errors: ResourceNotFoundException, InvalidRequestException for one that is marked for deletion, or that is a replica.
 */
export function findWritable(ctx: Context, secretId: string): Found | Failure {
  const found = findLiving(ctx, secretId);
  return "ok" in found || !isReplica(found.secret) ? found : secretErrors.onReplica();
}

export const regionOf = ({ ARN }: Pick<SecretRow, "ARN">): string => ARN.split(":")[3];

export const isReplica = (secret: Pick<SecretRow, "ARN" | "PrimaryRegion">): boolean => secret.PrimaryRegion !== undefined && secret.PrimaryRegion !== regionOf(secret);
