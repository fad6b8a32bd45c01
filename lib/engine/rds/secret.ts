import type { Failure } from "../errors";
import type { Context, Principal } from "../types";
import { rdsErrors } from "./errors";
import type { MasterSecret } from "./state";
import { rdsPrincipal } from "./storage";

/**
 * Master passwords that RDS makes and keeps in Secrets Manager. The caller must be allowed to make the secret, and to use its
 * key; RDS owns it from then on, and it is rotated every seven days without a function.
 * Source: Amazon RDS User Guide, "Password management with Amazon RDS and AWS Secrets Manager".
 */

/** What is kept: whose password it is, and how the service names that in a tag. */
export interface Managed {
  arn: string;
  /** `db`, `cluster`. */
  kind: "db" | "cluster";
  resourceId: string;
  username: string;
  tag: string;
  description: string;
}

export const managedInstance = (arn: string, resourceId: string, username: string): Managed => ({ arn, kind: "db", resourceId, username, tag: "aws:rds:primaryDBInstanceArn", description: `The secret associated with the primary RDS DB instance: ${arn}` });
export const managedCluster = (arn: string, resourceId: string, username: string): Managed => ({ arn, kind: "cluster", resourceId, username, tag: "aws:rds:primaryDBClusterArn", description: `The secret associated with the primary RDS DB cluster: ${arn}` });

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&()*+-.<=>?[]^_{|}~";

/** 28 characters that every engine takes, of three kinds at least. */
export function newPassword(ctx: Pick<Context, "random">): string {
  for (;;) {
    let out = "";
    while (out.length < 28) {
      // Bytes beyond the last whole alphabet would favour its beginning.
      const [byte] = ctx.random(1);
      if (byte < alphabet.length * 2) out += alphabet[byte % alphabet.length];
    }
    if (/[A-Z]/.test(out) && /[a-z]/.test(out) && /\d/.test(out)) return out;
  }
}

/**
 * Makes the secret and begins its schedule.
 * Errors: those of KMS (KMSKeyNotAccessibleFault) and of Secrets Manager, as they are.
 */
export function makeSecret(ctx: Context, managed: Managed, keyId: string | undefined): { secret: MasterSecret; password: string } | Failure {
  const key = ctx.call("kms", "DescribeKey", { KeyId: keyId ?? "alias/aws/secretsmanager" });
  if (!key.ok) return rdsErrors.keyNotAccessible(keyId ?? "alias/aws/secretsmanager");
  const keyArn = String((key.output.KeyMetadata as { Arn: string }).Arn);
  const password = newPassword(ctx);
  const made = ctx.call("secretsmanager", "CreateSecret", {
    Name: `rds!${managed.kind}-${ctx.newId()}`,
    Description: managed.description,
    SecretString: JSON.stringify({ username: managed.username, password }),
    Tags: [{ Key: managed.tag, Value: managed.arn }],
    ...(keyId === undefined ? {} : { KmsKeyId: keyArn }),
  });
  if (!made.ok) return made;
  const arn = String(made.output.ARN);
  const scheduled = ctx.call("secretsmanager", "RotateSecret", { SecretId: arn, RotationRules: { AutomaticallyAfterDays: 7 }, RotateImmediately: false }, { as: secretsManager(ctx) });
  return scheduled.ok ? { secret: { arn, keyArn }, password } : scheduled;
}

/** Rotates it now. Errors: Secrets Manager's. */
export function rotateSecret(ctx: Context, { arn }: MasterSecret): Failure | undefined {
  const answer = ctx.call("secretsmanager", "RotateSecret", { SecretId: arn, RotateImmediately: true });
  return answer.ok ? undefined : answer;
}

/** Ends it at once, without a waiting time. One that is gone is nothing to it. */
export function dropSecret(ctx: Context, { arn }: MasterSecret): void {
  ctx.call("secretsmanager", "DeleteSecret", { SecretId: arn, ForceDeleteWithoutRecovery: true }, { as: secretsManager(ctx) });
}

/** Secrets Manager's own part of it: what the owner arranged asks nobody again. */
const secretsManager = ({ account }: Pick<Context, "account">): Principal => ({ ...rdsPrincipal(account), userId: "secretsmanager", service: "secretsmanager.amazonaws.com" });
