import type { Context } from "../types";
import { addMaterial } from "./material";
import { aliases, keys, type KeyRow } from "./state";
import { nextRotation, scheduleRotation } from "./rotation-clock";

/**
 * AWS managed keys: `alias/aws/<service>`, made in the caller's account when the service first needs its key there,
 * or when DescribeKey is asked for the alias.
 * Their policy is fixed. It lets the account's principals use the key through that service, and look at it; it names
 * nobody for anything else, so changing, disabling, deleting or rotating such a key ends at the policies, as with AWS.
 * AWS rotates them every year.
 * Source: KMS Developer Guide, AWS managed keys; KMS API, DescribeKey (KeyId); Secrets Manager User Guide, security-encryption (its policy, whole).
 */

interface AwsManagedService {
  /** As in `kms:ViaService`. */
  via: string;
  /** As the first Sid names it. */
  title: string;
  /** What the key protects, for its description. */
  protects: string;
  actions: string[];
}

const dataKeys = "kms:GenerateDataKey*";
const useActions = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", dataKeys, "kms:CreateGrant", "kms:DescribeKey"];

const service = (via: string, title: string, protects: string): AwsManagedService => ({ via, title, protects, actions: useActions });

/**
 * By the name in the alias. The policy of `secretsmanager` is documented; the others are of the same form.
 * The name of the calling service (`ctx.via`) is the first part of `kms:ViaService`: `ec2` for EBS volumes.
 */
export const awsManagedServices: Readonly<Record<string, AwsManagedService>> = {
  dynamodb: service("dynamodb", "Amazon DynamoDB", "DynamoDB tables"),
  ebs: service("ec2", "EBS", "EBS volumes"),
  elasticfilesystem: service("elasticfilesystem", "EFS", "EFS file systems"),
  lambda: service("lambda", "AWS Lambda", "Lambda functions"),
  rds: service("rds", "RDS", "RDS database volumes"),
  redshift: service("redshift", "Redshift", "Redshift clusters"),
  s3: service("s3", "S3", "S3 objects"),
  secretsmanager: service("secretsmanager", "AWS Secrets Manager", "Secrets Manager data"),
  sns: service("sns", "SNS", "SNS data"),
  sqs: service("sqs", "SQS", "SQS messages"),
  ssm: service("ssm", "AWS Systems Manager", "SSM parameters"),
};

const PREFIX = "alias/aws/";

/** The calling service (`ctx.via`) whose AWS managed key an alias names; undefined for any other alias. */
export const awsServiceOfAlias = (aliasName: string): string | undefined =>
  aliasName.startsWith(PREFIX) ? awsManagedServices[aliasName.slice(PREFIX.length)]?.via : undefined;

/**
 * The key policy as AWS writes it, for an account and Region. That of Secrets Manager is printed whole in its guide: the
 * second edition, with GenerateDataKey in a statement of its own.
 * Source: Secrets Manager User Guide, security-encryption (2026).
 */
export function awsManagedPolicy(name: string, account: string, region: string): string {
  const { via, title, actions } = awsManagedServices[name];
  const through = `${via}.${region}.amazonaws.com`;
  const use = (Action: string | string[], Condition: object) => ({
    Sid: `Allow access through ${title} for all principals in the account that are authorized to use ${title}`,
    Effect: "Allow",
    Principal: { AWS: "*" },
    Action,
    Resource: "*",
    Condition,
  });
  const usual = { StringEquals: { "kms:ViaService": through, "kms:CallerAccount": account } };
  const apart = name === "secretsmanager";
  return JSON.stringify(
    {
      Version: "2012-10-17",
      Id: `auto-${name}-${apart ? 2 : 1}`,
      Statement: [
        use(apart ? actions.filter((action) => action !== dataKeys) : actions, usual),
        ...(apart ? [use(dataKeys, { StringEquals: { "kms:CallerAccount": account }, StringLike: { "kms:ViaService": through } })] : []),
        {
          Sid: "Allow direct access to key metadata to the account",
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${account}:root` },
          Action: ["kms:Describe*", "kms:Get*", "kms:List*", "kms:RevokeGrant"],
          Resource: "*",
        },
      ],
    },
    null,
    2,
  );
}

/**
 * The AWS managed key of a name (`ssm`) in the caller's account and Region, made now if it is not there.
 * For other services too (a console that lists what would be there asks `aliases` instead).
 */
export function ensureAwsManagedKey(ctx: Context, name: string): Readonly<KeyRow> {
  const aliasName = PREFIX + name;
  const known = aliases(ctx.db).get(aliasName);
  const knownKey = known?.TargetKeyId === undefined ? undefined : keys(ctx.db).get(known.TargetKeyId);
  if (knownKey) return knownKey;

  const KeyId = ctx.newId();
  const key: KeyRow = {
    KeyId,
    Arn: `arn:aws:kms:${ctx.region}:${ctx.account}:key/${KeyId}`,
    AWSAccountId: ctx.account,
    CreationDate: ctx.now,
    Description: `Default key that protects my ${awsManagedServices[name].protects} when no other key is defined`,
    KeySpec: "SYMMETRIC_DEFAULT",
    KeyUsage: "ENCRYPT_DECRYPT",
    KeyState: "Enabled",
    KeyManager: "AWS",
    Origin: "AWS_KMS",
    MultiRegion: false,
    policy: awsManagedPolicy(name, ctx.account, ctx.region),
    tags: [],
    materials: [],
    rotation: { periodInDays: 365, nextDate: nextRotation(ctx.now, 365) },
    onDemandRotations: 0,
    service: name,
  };
  addMaterial(ctx, key);
  keys(ctx.db).put(KeyId, key);
  aliases(ctx.db).put(aliasName, {
    AliasName: aliasName,
    AliasArn: `arn:aws:kms:${ctx.region}:${ctx.account}:${aliasName}`,
    TargetKeyId: KeyId,
    CreationDate: known?.CreationDate ?? ctx.now,
    LastUpdatedDate: ctx.now,
  });
  scheduleRotation(ctx, key);
  return key;
}
