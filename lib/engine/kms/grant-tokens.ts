import { toBase64, fromHex, toHex, utf8, utf8Text, parseBase64, concat } from "../crypto/bytes";
import type { Context } from "../types";

/**
 * Grant tokens: opaque to AWS's callers, base64 of the URL alphabet without padding. As AWS's own do, a token carries
 * the grant's id (`01 0a 40`, then 64 hex digits as text) and then bytes that differ for each token.
 * Source: KMS API, CreateGrant (its example); KMS Developer Guide, Grant tokens.
 */
const HEAD = fromHex("010a40")!;
const GRANT_ID_LENGTH = 64;
const TAIL_HEAD = fromHex("2220")!;
const TAIL_LENGTH = 32;

/** A new token for the grant of this id (64 hex digits). */
export function newGrantToken(ctx: Context, grantId: string): string {
  const bytes = concat(HEAD, utf8(grantId), TAIL_HEAD, ctx.random(TAIL_LENGTH));
  return toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** A new grant id: 64 hex digits. */
export const newGrantId = (ctx: Context): string => toHex(ctx.random(GRANT_ID_LENGTH / 2));

/** The id of the grant that a token is for; undefined if the text is no token. */
export function grantIdOfToken(token: string): string | undefined {
  const standard = token.replaceAll("-", "+").replaceAll("_", "/");
  const bytes = parseBase64(standard.padEnd(Math.ceil(standard.length / 4) * 4, "="));
  if (!bytes || bytes.length !== HEAD.length + GRANT_ID_LENGTH + TAIL_HEAD.length + TAIL_LENGTH) return undefined;
  if (HEAD.some((byte, i) => bytes[i] !== byte)) return undefined;
  const grantId = utf8Text(bytes.subarray(HEAD.length, HEAD.length + GRANT_ID_LENGTH));
  return /^[0-9a-f]{64}$/.test(grantId) ? grantId : undefined;
}
