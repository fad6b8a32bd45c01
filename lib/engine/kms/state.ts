import type { Db, Table } from "../types";

/**
 * What KMS keeps, by account and Region. Times are ms since the epoch, bytes are base64.
 * Tables: `keys` by KeyId, `aliases` by AliasName (with its prefix), `grants` by `<KeyId>/<GrantId>`, `lastUsed` by KeyId
 * (`usage.ts`);
 * for the whole Region `materials` by KeyMaterialId; for the account in all Regions `multi-region` by KeyId.
 */

export type KeyState = "Creating" | "Enabled" | "Disabled" | "PendingDeletion" | "PendingImport" | "PendingReplicaDeletion" | "Unavailable" | "Updating";
export type KeyUsage = "ENCRYPT_DECRYPT" | "SIGN_VERIFY" | "GENERATE_VERIFY_MAC" | "KEY_AGREEMENT";

/** One backing key. A key has one for each rotation; the last is the one that encrypts now. */
export interface KeyMaterial {
  /** 64 hex digits. AWS shows it for symmetric encryption keys only. */
  KeyMaterialId: string;
  /**
   * 32 bytes for symmetric keys, as many as the spec says for HMAC, PKCS#8 DER for key pairs; base64. Empty where
   * imported material is not there (deleted, expired, not yet imported into this replica): its id still belongs to the key.
   */
  secret: string;
  /** SubjectPublicKeyInfo DER of a key pair, base64. */
  publicKey?: string;
  createdAt: number;
  /** How it came to be current; absent for the first. */
  RotationType?: "AUTOMATIC" | "ON_DEMAND";
  /** When, for imported material, whose import is another moment. */
  rotatedAt?: number;
  /** Imported material: when it expires (absent: never), and what its importer says of it. */
  validTo?: number;
  description?: string;
}

export interface KeyRow {
  KeyId: string;
  Arn: string;
  AWSAccountId: string;
  CreationDate: number;
  Description: string;
  KeySpec: string;
  KeyUsage: KeyUsage;
  KeyState: KeyState;
  KeyManager: "CUSTOMER" | "AWS";
  Origin: "AWS_KMS" | "EXTERNAL";
  MultiRegion: boolean;
  /** The key policy named `default`: JSON text as it was given. */
  policy: string;
  tags: { TagKey: string; TagValue: string }[];
  materials: KeyMaterial[];
  /** Automatic rotation; kept while deletion is pending, so that cancelling brings it back. */
  rotation?: { periodInDays: number; nextDate: number };
  onDemandRotations: number;
  /** `date` is absent while a primary key waits for its replicas to be deleted. */
  deletion?: { date?: number; windowInDays: number };
  /** The state that a transient one (Creating, Updating) gives way to. */
  nextState?: KeyState;
  /** Imported material that waits for RotateKeyOnDemand. In a replica also while it is not imported there: `secret` is empty. */
  pending?: KeyMaterial;
  /** 32 bytes, base64: seals this key's import tokens. */
  importSecret?: string;
  /** For KeyManager AWS: the service it is for (`ssm`). */
  service?: string;
}

export interface AliasRow {
  AliasName: string;
  AliasArn: string;
  /** Absent for an AWS alias whose key was not needed yet. */
  TargetKeyId?: string;
  CreationDate: number;
  LastUpdatedDate: number;
}

export interface GrantRow {
  KeyId: string;
  GrantId: string;
  /** Newest token; any token given out for this grant names it. */
  tokens: string[];
  Name?: string;
  CreationDate: number;
  GranteePrincipal: string;
  RetiringPrincipal?: string;
  IssuingAccount: string;
  Operations: string[];
  Constraints?: { EncryptionContextSubset?: Record<string, string>; EncryptionContextEquals?: Record<string, string> };
  SourceArn?: string;
}

/** A multi-Region key that has, or had, replicas. The keys themselves are in their Regions, under the same KeyId. */
export interface MultiRegionRow {
  KeyId: string;
  primaryRegion: string;
  replicaRegions: string[];
  /** How often KMS has copied the shared properties from the primary to the replicas. */
  synchronizations: number;
}

export const keys = (db: Db): Table<KeyRow> => db.table<KeyRow>("keys");
export const aliases = (db: Db): Table<AliasRow> => db.table<AliasRow>("aliases");
export const grants = (db: Db): Table<GrantRow> => db.table<GrantRow>("grants");

/** Which key a ciphertext's 32-byte identifier belongs to. */
export interface MaterialRow {
  account: string;
  KeyId: string;
}

/** Holds what belongs to no customer: a ciphertext does not say whose key it needs. */
export const REGION_ACCOUNT = "aws";

/** All key material of this Region, of all accounts, by KeyMaterialId. */
export const materials = (db: Db): Table<MaterialRow> => db.at({ account: REGION_ACCOUNT }).table<MaterialRow>("materials");

/** Related multi-Region keys of the account, by KeyId. A multi-Region key that was never replicated has no row. */
export const multiRegion = (db: Db): Table<MultiRegionRow> => db.at({ region: "global" }).table<MultiRegionRow>("multi-region");
