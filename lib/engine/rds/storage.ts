import type { Failure } from "../errors";
import type { Context, Principal } from "../types";
import { rdsErrors } from "./errors";
import type { Common } from "./state";

/**
 * Encryption at rest. RDS asks KMS by the ordinary door, for whoever makes the database: the caller must be allowed to describe
 * the key and to make the grant by which RDS uses it from then on, with the resource's id as encryption context.
 * Sources: Amazon RDS User Guide, "Encrypting Amazon RDS resources", "AWS KMS key management"; KMS Developer Guide, "How Amazon
 * Relational Database Service (Amazon RDS) uses AWS KMS" (encryption context `aws:rds:db-id`).
 */

export const rdsPrincipal = (account: string): Principal => ({ type: "Service", account, arn: `arn:aws:iam::${account}:root`, userId: "rds", service: "rds.amazonaws.com" });

const contextOf = ({ resourceId }: Pick<Common, "resourceId">): Record<string, string> => ({ "aws:rds:db-id": resourceId });

/** Takes a key for something that is being made. Errors: KMSKeyNotAccessibleFault. */
export function takeKey(ctx: Context, resourceId: string, asked: string | undefined): Pick<Common, "KmsKeyId" | "grant"> | Failure {
  const described = ctx.call("kms", "DescribeKey", { KeyId: asked ?? "alias/aws/rds" });
  if (!described.ok) return rdsErrors.keyNotAccessible(asked ?? "alias/aws/rds");
  const { Arn, KeyState, KeySpec } = described.output.KeyMetadata as { Arn: string; KeyState: string; KeySpec: string };
  if (KeyState !== "Enabled" || KeySpec !== "SYMMETRIC_DEFAULT") return rdsErrors.keyNotAccessible(Arn);
  const grant = ctx.call("kms", "CreateGrant", {
    KeyId: Arn,
    GranteePrincipal: "rds.amazonaws.com",
    RetiringPrincipal: "rds.amazonaws.com",
    Operations: ["Encrypt", "Decrypt", "ReEncryptFrom", "ReEncryptTo", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext", "CreateGrant", "DescribeKey", "RetireGrant"],
    Constraints: { EncryptionContextSubset: contextOf({ resourceId }) },
  });
  return grant.ok ? { KmsKeyId: Arn, grant: { id: String(grant.output.GrantId), token: String(grant.output.GrantToken) } } : rdsErrors.keyNotAccessible(Arn);
}

/** The volume's data key, made under the grant. Whether that could be done. */
export function makeVolume(ctx: Context, row: Readonly<Common>): boolean {
  if (row.KmsKeyId === undefined) return true;
  return ctx.call("kms", "GenerateDataKeyWithoutPlaintext", { KeyId: row.KmsKeyId, KeySpec: "AES_256", EncryptionContext: contextOf(row), ...(row.grant ? { GrantTokens: [row.grant.token] } : {}) }, { as: rdsPrincipal(ctx.account) }).ok;
}

/** Gives the grant back. A key that will not have it is gone already. */
export function leaveKey(ctx: Context, { KmsKeyId, grant }: Readonly<Common>): void {
  if (KmsKeyId !== undefined && grant) ctx.call("kms", "RetireGrant", { KeyId: KmsKeyId, GrantId: grant.id }, { as: rdsPrincipal(ctx.account) });
}
