import type { Context } from "../types";
import { arn } from "../arn";
import { aliases } from "../kms/state";

/** What AWS takes; its error names the exclamation mark too. Source: Secrets Manager API, CreateSecret (Name). */
export const isName = (name: string): boolean => /^[A-Za-z0-9/_+=.@!-]+$/.test(name);

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** The six characters at the end of a new secret's ARN, each as likely as any other. */
export function newEnding(ctx: Context): string {
  let out = "";
  while (out.length < 6) {
    const [byte] = ctx.random(1);
    // Bytes beyond the last whole alphabet would favour its beginning.
    if (byte < alphabet.length * 4) out += alphabet[byte % alphabet.length];
  }
  return out;
}

/** `secretsmanager:KmsKeyArn`: the ARN of the key that a request names; undefined for none, and for an alias of nothing. */
export function requestedKeyArn(ctx: Context, keyId: string | undefined): string | undefined {
  if (!keyId) return undefined;
  if (keyId.startsWith("arn:")) {
    const [, , , region, account, ...resource] = keyId.split(":");
    return resource.join(":").startsWith("alias/") ? aliasTarget(ctx, resource.join(":"), region, account) : keyId;
  }
  return keyId.startsWith("alias/") ? aliasTarget(ctx, keyId, ctx.region, ctx.account) : arn("kms", ctx.region, ctx.account, `key/${keyId}`);
}

function aliasTarget(ctx: Context, alias: string, region: string, account: string): string | undefined {
  const target = aliases(ctx.db.at({ account, region, service: "kms" })).get(alias)?.TargetKeyId;
  return target === undefined ? undefined : arn("kms", region, account, `key/${target}`);
}
