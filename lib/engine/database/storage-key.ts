import { parseArn } from "../arn";
import { keys } from "../kms/state";
import type { Context, Db, Principal } from "../types";

/**
 * Encryption at rest. The service that keeps a database asks KMS by the ordinary door, for whoever makes the database: the caller
 * must be allowed to describe the key and to make the grant by which the service uses it from then on, with an encryption context
 * that names the database.
 * Sources: Amazon RDS User Guide, "Encrypting Amazon RDS resources", "AWS KMS key management"; KMS Developer Guide, "How Amazon
 * Relational Database Service (Amazon RDS) uses AWS KMS" (`aws:rds:db-id`), "How Amazon Redshift uses AWS KMS" (`aws:redshift:arn`).
 */

export interface StorageKey {
  KmsKeyId: string;
  grant: { id: string; token: string };
}

/** A service as it acts for itself. */
export const serviceItself = (service: string, account: string): Principal => ({ type: "Service", account, arn: `arn:aws:iam::${account}:root`, userId: service, service: `${service}.amazonaws.com` });

type EncryptionContext = Record<string, string>;

/** Takes a key (the service's own where none was asked for) for something that is being made; the ARN or alias of one that cannot be had. */
export function takeKey(ctx: Context, service: "rds" | "redshift", context: EncryptionContext, asked: string | undefined): StorageKey | { notAccessible: string } {
  const id = asked ?? `alias/aws/${service}`;
  const described = ctx.call("kms", "DescribeKey", { KeyId: id });
  if (!described.ok) return { notAccessible: id };
  const { Arn, KeyState, KeySpec } = described.output.KeyMetadata as { Arn: string; KeyState: string; KeySpec: string };
  if (KeyState !== "Enabled" || KeySpec !== "SYMMETRIC_DEFAULT") return { notAccessible: Arn };
  const grant = ctx.call("kms", "CreateGrant", {
    KeyId: Arn,
    GranteePrincipal: `${service}.amazonaws.com`,
    RetiringPrincipal: `${service}.amazonaws.com`,
    Operations: ["Encrypt", "Decrypt", "ReEncryptFrom", "ReEncryptTo", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext", "CreateGrant", "DescribeKey", "RetireGrant"],
    Constraints: { EncryptionContextSubset: context },
  });
  return grant.ok ? { KmsKeyId: Arn, grant: { id: String(grant.output.GrantId), token: String(grant.output.GrantToken) } } : { notAccessible: Arn };
}

/** The volume's data key, made under the grant. Whether that could be done; what is not encrypted needs none. */
export function makeVolume(ctx: Context, service: "rds" | "redshift", EncryptionContext: EncryptionContext, { KmsKeyId, grant }: Readonly<Partial<StorageKey>>): boolean {
  if (KmsKeyId === undefined) return true;
  return ctx.call("kms", "GenerateDataKeyWithoutPlaintext", { KeyId: KmsKeyId, KeySpec: "AES_256", EncryptionContext, ...(grant ? { GrantTokens: [grant.token] } : {}) }, { as: serviceItself(service, ctx.account) }).ok;
}

/** Gives the grant back. A key that will not have it is gone already. */
export function leaveKey(ctx: Context, service: "rds" | "redshift", { KmsKeyId, grant }: Readonly<Partial<StorageKey>>): void {
  if (KmsKeyId !== undefined && grant) ctx.call("kms", "RetireGrant", { KeyId: KmsKeyId, GrantId: grant.id }, { as: serviceItself(service, ctx.account) });
}

/**
 * Whether a server's storage can be read: its KMS key is enabled. A key that is disabled or pending deletion takes the database
 * away until it comes back; AWS notices within hours and wants the database started again, here it is at once.
 * Source: Amazon RDS User Guide, "Encrypting Amazon RDS resources" (`inaccessible-encryption-credentials-recoverable`).
 */
export function keyIsUsable(db: Db, keyArn: string | undefined): boolean {
  const place = keyArn === undefined ? undefined : parseArn(keyArn);
  if (!place) return true;
  return keys(db.at({ account: place.account, region: place.region, service: "kms" })).get(place.resource.replace(/^key\//, ""))?.KeyState === "Enabled";
}
