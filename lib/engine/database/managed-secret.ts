import type { Failure } from "../errors";
import type { Context, Principal, Result } from "../types";
import { serviceItself } from "./storage-key";

/**
 * Master passwords that RDS or Redshift makes and keeps in Secrets Manager. The caller must be allowed to make the secret, and to
 * use its key; the service owns it from then on, and it is rotated by schedule without a function.
 * Sources: Amazon RDS User Guide, "Password management with Amazon RDS and AWS Secrets Manager"; Redshift Management Guide,
 * "Managing Amazon Redshift admin passwords using AWS Secrets Manager".
 */
export interface MasterSecret {
  arn: string;
  keyArn: string;
  /** By which the service uses a customer managed key. */
  grant?: string;
}

export interface Managed {
  /** The secret's name. */
  name: string;
  description: string;
  username: string;
  /** The tag by which managed rotation finds whose password it is, and its value: an ARN. */
  tag: string;
  arn: string;
  /** Days between rotations. */
  days: number;
}

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

/** Makes the secret and begins its schedule. A key that cannot be had is named; other errors are Secrets Manager's, as they are. */
export function makeSecret(ctx: Context, managed: Managed, keyId: string | undefined): { secret: MasterSecret; password: string } | { notAccessible: string } | Failure {
  const id = keyId ?? "alias/aws/secretsmanager";
  const key = ctx.call("kms", "DescribeKey", { KeyId: id });
  if (!key.ok) return { notAccessible: id };
  const keyArn = String((key.output.KeyMetadata as { Arn: string }).Arn);
  const password = newPassword(ctx);
  const made = ctx.call("secretsmanager", "CreateSecret", {
    Name: managed.name,
    Description: managed.description,
    SecretString: JSON.stringify({ username: managed.username, password }),
    Tags: [{ Key: managed.tag, Value: managed.arn }],
    ...(keyId === undefined ? {} : { KmsKeyId: keyArn }),
  });
  if (!made.ok) return made;
  const arn = String(made.output.ARN);
  const grant = keyId === undefined ? undefined : takeKey(ctx, managed, keyArn, arn);
  if (grant && !grant.ok) return { notAccessible: id };
  const scheduled = ctx.call("secretsmanager", "RotateSecret", { SecretId: arn, RotationRules: { AutomaticallyAfterDays: managed.days }, RotateImmediately: false }, { as: secretsManager(ctx) });
  return scheduled.ok ? { secret: { arn, keyArn, ...(grant ? { grant: String(grant.output.GrantId) } : {}) }, password } : scheduled;
}

/** The service that makes a secret is the first part of its name. */
const ownerOf = ({ name }: Pick<Managed, "name">): string => name.split("!")[0];

/** Rotation goes on when nobody is there to ask: under a customer managed key, by a grant of whoever makes the secret. */
const takeKey = (ctx: Context, managed: Managed, KeyId: string, secretArn: string): Result =>
  ctx.call("kms", "CreateGrant", {
    KeyId,
    GranteePrincipal: `${ownerOf(managed)}.amazonaws.com`,
    RetiringPrincipal: `${ownerOf(managed)}.amazonaws.com`,
    Operations: ["Decrypt", "GenerateDataKey", "Encrypt", "RetireGrant"],
    Constraints: { EncryptionContextSubset: { SecretARN: secretArn } },
  });

/** Rotates it now, for the caller. Errors: Secrets Manager's. */
export function rotateSecret(ctx: Context, { arn }: MasterSecret): Failure | undefined {
  const answer = ctx.call("secretsmanager", "RotateSecret", { SecretId: arn, RotateImmediately: true });
  return answer.ok ? undefined : answer;
}

/** Ends it at once, without a waiting time. One that is gone is nothing to it. */
export function dropSecret(ctx: Context, { arn, keyArn, grant }: MasterSecret): void {
  const name = arn.split(":")[6];
  if (grant !== undefined) ctx.call("kms", "RetireGrant", { KeyId: keyArn, GrantId: grant }, { as: serviceItself(ownerOf({ name }), ctx.account) });
  ctx.call("secretsmanager", "DeleteSecret", { SecretId: arn, ForceDeleteWithoutRecovery: true }, { as: secretsManager(ctx) });
}

/** Secrets Manager's own part of it: what the owner arranged asks nobody again. */
const secretsManager = ({ account }: Pick<Context, "account">): Principal => serviceItself("secretsmanager", account);
