/**
 * What the key lists show: ListKeys, ListAliases and one DescribeKey for each key put together, as the console does.
 */
import { keyTypeOf, originLabel, regionality, stateLabel, usageLabel } from "./key-specs";

/** The members of KeyMetadata that the console reads. Dates are epoch seconds. Source: KMS API, KeyMetadata. */
export interface KeyMetadata {
  AWSAccountId: string;
  Arn: string;
  KeyId: string;
  CreationDate: number;
  DeletionDate?: number;
  Description?: string;
  Enabled: boolean;
  KeyManager: "AWS" | "CUSTOMER";
  KeySpec: string;
  KeyState: string;
  KeyUsage: string;
  MultiRegion?: boolean;
  MultiRegionConfiguration?: {
    MultiRegionKeyType: "PRIMARY" | "REPLICA";
    PrimaryKey: RelatedKey;
    ReplicaKeys: RelatedKey[];
  };
  /** Imported material only: the earliest date. */
  ExpirationModel?: "KEY_MATERIAL_EXPIRES" | "KEY_MATERIAL_DOES_NOT_EXPIRE";
  ValidTo?: number;
  Origin: string;
  CurrentKeyMaterialId?: string;
  EncryptionAlgorithms?: string[];
  SigningAlgorithms?: string[];
  MacAlgorithms?: string[];
  KeyAgreementAlgorithms?: string[];
  PendingDeletionWindowInDays?: number;
}

export interface RelatedKey {
  Arn: string;
  Region: string;
}

export interface AliasEntry {
  AliasName: string;
  AliasArn: string;
  TargetKeyId?: string;
  CreationDate?: number;
  LastUpdatedDate?: number;
}

export interface KeyRow {
  id: string;
  arn: string;
  /** Without `alias/`, in the order of ListAliases. */
  aliases: string[];
  /** Undefined where the caller may not describe the key: the list shows its id alone. */
  metadata?: KeyMetadata;
}

export const shortAlias = (name: string): string => name.replace(/^alias\//, "");

/** Joins keys with their aliases and metadata. */
export function keyRows(keys: { KeyId: string; KeyArn: string }[], aliases: AliasEntry[], metadata: Map<string, KeyMetadata>): KeyRow[] {
  const byKey = new Map<string, string[]>();
  for (const { AliasName, TargetKeyId } of aliases) {
    if (TargetKeyId) byKey.set(TargetKeyId, [...(byKey.get(TargetKeyId) ?? []), shortAlias(AliasName)]);
  }
  return keys.map(({ KeyId, KeyArn }) => ({ id: KeyId, arn: KeyArn, aliases: byKey.get(KeyId) ?? [], metadata: metadata.get(KeyId) }));
}

/**
 * Whose list a row belongs in. A key that the caller may not describe counts as customer managed unless its alias
 * says otherwise, so that it is not lost.
 */
export const isAwsManaged = (row: KeyRow): boolean =>
  row.metadata ? row.metadata.KeyManager === "AWS" : row.aliases.some((alias) => alias.startsWith("aws/"));

/** One word of a filter against everything that the row shows; several words must all be found. */
export function matchesFilter(row: KeyRow, text: string): boolean {
  const shown = [row.id, ...row.aliases];
  if (row.metadata) {
    const { KeySpec, KeyUsage, KeyState, Description, Origin } = row.metadata;
    shown.push(KeySpec, KeyUsage, usageLabel(KeyUsage), KeyState, stateLabel(KeyState), keyTypeOf(KeySpec), Description ?? "", Origin, originLabel(Origin), regionality(row.metadata));
  }
  const haystack = shown.join("\n").toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .every((word) => haystack.includes(word));
}

export type KeyAction = "enable" | "disable" | "schedule" | "cancel";

/**
 * Which actions the Key actions menu offers for a selection, each with the reason where it does not.
 * The engine decides what really works; the menu only saves a vain call, as the AWS console's does.
 */
export function actionProblems(rows: KeyRow[]): Record<KeyAction, string | undefined> {
  const states = rows.map((row) => row.metadata?.KeyState ?? "Unknown");
  const none = rows.length ? undefined : "Select a key first.";
  const pending = states.some((state) => state.startsWith("Pending") && state !== "PendingImport");
  return {
    enable:
      none ??
      (pending
        ? "A key that is pending deletion cannot be enabled. Cancel the deletion first."
        : states.some((state) => state !== "Disabled")
          ? "Only disabled keys can be enabled."
          : undefined),
    disable: none ?? (states.some((state) => state !== "Enabled") ? "Only enabled keys can be disabled." : undefined),
    schedule:
      none ??
      (pending
        ? "Deletion of a selected key is already scheduled."
        : states.includes("Updating")
          ? "A key cannot be deleted while its primary Region is changed. Wait a few seconds."
          : undefined),
    cancel:
      none ??
      (states.some((state) => state !== "PendingDeletion" && state !== "PendingReplicaDeletion")
        ? "Only keys that are pending deletion have a deletion to cancel."
        : undefined),
  };
}
