import { arn, parseArn, type Arn } from "../arn";
import { boundedCache } from "../crypto/bytes";
import type { Failure } from "../errors";
import type { Context, Db } from "../types";
import { awsServiceOfAlias, ensureAwsManagedKey } from "./aws-managed";
import { kmsErrors } from "./errors";
import { aliases, keys, type KeyRow } from "./state";

/** A key as a request named it. */
export interface Found {
  key: Readonly<KeyRow>;
  /** The alias (with its prefix) by which the request named the key: `kms:RequestAlias`. */
  alias?: string;
  /** Records of the key's owner. */
  db: Db;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const MULTI_REGION_ID = /^mrk-[0-9a-f]{32}$/;

export const keyArnOf = (region: string, account: string, keyId: string): string => arn("kms", region, account, `key/${keyId}`);
export const aliasArnOf = (region: string, account: string, aliasName: string): string => arn("kms", region, account, aliasName);

/** True for the forms of a KeyId that AWS makes; anything else is "Invalid keyId". */
export const isKeyId = (text: string): boolean => UUID.test(text) || MULTI_REGION_ID.test(text);

/**
 * The key that a request's KeyId names.
 *
 * Cryptographic operations, DescribeKey and GetPublicKey take key id, key ARN, alias name and alias ARN (`aliases: true`);
 * management operations take key id and key ARN. Keys of other accounts are named by ARN only; if there is no such
 * key there, AWS says no more than that the caller is not allowed (`action` is for its text).
 * An AWS managed key comes into being here when its own service first asks for its alias, or DescribeKey does.
 *
 * Adds a `lookup` step to the trace unless `quiet`. In handlers, after `authorise` has found the key, use `foundKey`.
 * Errors: NotFoundException, InvalidArnException, AccessDeniedException.
 * Source: KMS Developer Guide, Key identifiers; KMS API, DescribeKey; texts recorded from AWS.
 */
export function findKey(
  ctx: Context,
  keyId: string,
  options: { action: string; aliases: boolean; quiet?: boolean },
): { ok: true; found: Found } | Failure {
  const result = resolve(ctx, keyId, options);
  if (!options.quiet) {
    if (result.ok)
      ctx.note({ kind: "lookup", what: result.found.alias ? "alias" : "key", id: keyId, found: true, detail: result.found.key.Arn });
    else
      ctx.note({ kind: "lookup", what: keyId.includes("alias/") ? "alias" : "key", id: keyId, found: false, detail: result.error.message });
  }
  return result;
}

/** The key again, for a handler whose `authorise` has already found it. */
export function foundKey(ctx: Context, keyId: string): Found {
  const result = resolve(ctx, keyId, { action: "", aliases: true });
  if (!result.ok) throw new Error(`key ${keyId} was found before and is not there now`);
  return result.found;
}

function resolve(
  ctx: Context,
  keyId: string,
  { action, aliases: takesAlias }: { action: string; aliases: boolean },
): { ok: true; found: Found } | Failure {
  if (keyId.startsWith("arn:")) return byArn(ctx, keyId, action, takesAlias);
  if (keyId.startsWith("alias/")) {
    if (!takesAlias) return kmsErrors.invalidKeyId(keyId);
    return byAlias(ctx, ctx.db, ctx.account, keyId, action);
  }
  if (!isKeyId(keyId)) return kmsErrors.invalidKeyId(keyId);
  const key = keys(ctx.db).get(keyId);
  return key ? { ok: true, found: { key, db: ctx.db } } : kmsErrors.keyNotFound(keyArnOf(ctx.region, ctx.account, keyId));
}

function byAlias(ctx: Context, db: Db, account: string, aliasName: string, action: string): { ok: true; found: Found } | Failure {
  let keyId = aliases(db).get(aliasName)?.TargetKeyId;
  const service = awsServiceOfAlias(aliasName);
  // Its own service brings an AWS managed key into being, or DescribeKey; in the caller's account.
  if (!keyId && service && account === ctx.account && (ctx.via.at(-1) === service || action === "kms:DescribeKey"))
    keyId = ensureAwsManagedKey(ctx, aliasName.slice("alias/aws/".length)).KeyId;
  const key = keyId === undefined ? undefined : keys(db).get(keyId);
  return key ? { ok: true, found: { key, alias: aliasName, db } } : kmsErrors.aliasNotFound(aliasArnOf(ctx.region, account, aliasName));
}

/** ARNs of late: services name their key by it in every call. */
const arns = boundedCache<Arn | undefined>(256);

function byArn(ctx: Context, text: string, action: string, takesAlias: boolean): { ok: true; found: Found } | Failure {
  const parts = arns.get(text, parseArn);
  if (!parts || parts.partition !== "aws" || parts.service !== "kms" || !/^\d{12}$/.test(parts.account)) return kmsErrors.invalidArn(text);
  const { region, account, resource } = parts;
  if (region !== ctx.region) return kmsErrors.wrongRegion(region);
  const other = account !== ctx.account;
  const db = other ? ctx.db.at({ account }) : ctx.db;
  const hidden = () => kmsErrors.notThereOrNotAllowed(ctx.principal.arn, action);

  if (resource.startsWith("alias/")) {
    if (!takesAlias) return kmsErrors.aliasesNotSupported();
    const result = byAlias(ctx, db, account, resource, action);
    return !result.ok && other ? hidden() : result;
  }
  if (!resource.startsWith("key/")) return kmsErrors.invalidArn(text);
  const keyId = resource.slice("key/".length);
  if (!isKeyId(keyId)) return kmsErrors.invalidKeyId(keyId);
  const key = keys(db).get(keyId);
  if (key) return { ok: true, found: { key, db } };
  return other ? hidden() : kmsErrors.keyNotFound(text);
}
