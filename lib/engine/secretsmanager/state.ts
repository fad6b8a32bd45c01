import type { Db, Table } from "../types";

/**
 * What Secrets Manager keeps, by account and Region. Times are ms since the epoch, bytes are base64.
 * Tables: `secrets` by name, `versions` by `<name>\0<VersionId>`, `created` (names in the order of their making), `lastUsed`
 * by secret name or version key.
 *
 * A replica is a secret of its own in its Region, with the same name and the same six characters in its ARN; `PrimaryRegion`
 * differs from its own Region. Labels are kept on the secret, so that a version is found by its label without a search.
 */

export interface Tag {
  Key: string;
  Value: string;
}

/** Source: Secrets Manager API, RotationRulesType. */
export interface RotationRules {
  AutomaticallyAfterDays?: number;
  Duration?: string;
  ScheduleExpression?: string;
}

export type RotationStep = "createSecret" | "setSecret" | "testSecret" | "finishSecret";

/** A rotation that is under way, or that failed and will be tried again. */
export interface RotationRun {
  /** The pending version's id: the ClientRequestToken that the function is given. */
  token: string;
  /** What the function shows in PutSecretValue (RotationToken), so that Secrets Manager knows a rotation's write. */
  rotationToken: string;
  startedAt: number;
  /** How often the four steps were begun. */
  attempts: number;
  /** No attempt begins after this: the end of the rotation window. Absent for a rotation that was asked for. */
  until?: number;
  /** How many functions stand before it in a chain of rotations that start each other. */
  chain: number;
  /** Only testSecret is run, and the pending version goes after it (RotateImmediately is false). */
  test?: true;
  /** The step that comes next; absent while it waits for another attempt. */
  next?: RotationStep;
  /** The step at which the last attempt ended, if it failed, and the words of why. */
  failedStep?: RotationStep;
  failure?: string;
}

/** What a primary secret knows of one replica. Source: Secrets Manager API, ReplicationStatusType. */
export interface ReplicaStatus {
  Region: string;
  /** As the caller gave it; absent for aws/secretsmanager. */
  KmsKeyId?: string;
  Status: "InSync" | "InProgress" | "Failed";
  StatusMessage?: string;
  /** A secret of the same name that is in the way there is written over. */
  overwrite?: true;
}

export interface SecretRow {
  Name: string;
  ARN: string;
  /** The kind of a managed external secret. */
  Type?: string;
  Description?: string;
  /** As the caller gave it; absent for aws/secretsmanager. */
  KmsKeyId?: string;
  CreatedDate: number;
  LastChangedDate: number;
  /** When the secret was marked for deletion, and when the clock takes it away; both present or none. */
  markedAt?: number;
  DeletedDate?: number;
  /** Absent until the first tag comes; AWS shows an empty list after the last one went. */
  tags?: Tag[];
  /** A label is on one version at most. A list, since a label may be called `__proto__`. */
  labels: [stage: string, versionId: string][];
  /** Every version there is, oldest first. */
  versionIds: string[];
  /** The resource policy's text, as it was put. */
  policy?: string;
  /** The AWS service that made the secret and manages it: `rds`. */
  OwningService?: string;
  /** Set on both sides once the secret has replicas, or is one. */
  PrimaryRegion?: string;
  /** Primary only. */
  replicas: ReplicaStatus[];

  /** Absent if rotation was never configured. */
  RotationEnabled?: boolean;
  RotationLambdaARN?: string;
  RotationRules?: RotationRules;
  LastRotatedDate?: number;
  NextRotationDate?: number;
  ExternalSecretRotationMetadata?: { Key: string; Value: string }[];
  ExternalSecretRotationRoleArn?: string;
  rotation?: RotationRun;
}

/** A version's data key under one KMS key. */
export interface WrappedKey {
  keyArn: string;
  /** The key is aws/secretsmanager, which the API calls `DefaultEncryptionKey`. */
  managed: boolean;
  CiphertextBlob: string;
}

export interface VersionRow {
  VersionId: string;
  CreatedDate: number;
  form: "SecretString" | "SecretBinary";
  /** The value under the version's data key: 12-byte nonce, AES-256-GCM ciphertext and tag. */
  sealed: string;
  /** The data key, newest KMS key first: a change of the secret's key leaves the old one beside the new. */
  keys: WrappedKey[];
}

export const secrets = (db: Db): Table<SecretRow> => db.table<SecretRow>("secrets");
export const versions = (db: Db): Table<VersionRow> => db.table<VersionRow>("versions");

/** The day (UTC) on which a secret or a version was last read. Not part of what a call did: it stands beside the rows. */
const lastUsed = (db: Db): Table<{ day: number }> => db.table<{ day: number }>("lastUsed");
const created = (db: Db): Table<{ Name: string }> => db.table<{ Name: string }>("created");

export const versionKey = (name: string, versionId: string): string => `${name}\0${versionId}`;

/** ms to the API's epoch seconds. */
export const seconds = (ms: number): number => ms / 1000;

/** Dates of access are told by the day: midnight UTC. Source: Secrets Manager API, DescribeSecret (LastAccessedDate). */
export const dayOf = (ms: number): number => Math.floor(ms / 86_400_000) * 86_400_000;

export const lastAccessed = (db: Db, key: string): number | undefined => lastUsed(db).get(key)?.day;

/** Keeps that a version was read today. */
export function noteAccess(db: Db, name: string, versionId: string, now: number): void {
  const day = dayOf(now);
  for (const key of [name, versionKey(name, versionId)]) if (lastAccessed(db, key) !== day) lastUsed(db).put(key, { day });
}

const timeDigits = 15;

export const createdKey = ({ CreatedDate, Name }: Pick<SecretRow, "CreatedDate" | "Name">): string => `${String(CreatedDate).padStart(timeDigits, "0")} ${Name}`;

/** Puts a new secret among the others. */
export function enterSecret(db: Db, row: SecretRow): void {
  secrets(db).put(row.Name, row);
  created(db).put(createdKey(row), { Name: row.Name });
}

/** Takes a secret away, with its versions and all that is known of it. */
export function dropSecret(db: Db, row: Readonly<SecretRow>): void {
  secrets(db).delete(row.Name);
  created(db).delete(createdKey(row));
  lastUsed(db).delete(row.Name);
  for (const id of row.versionIds) dropVersion(db, row.Name, id);
}

export function dropVersion(db: Db, name: string, versionId: string): void {
  versions(db).delete(versionKey(name, versionId));
  lastUsed(db).delete(versionKey(name, versionId));
}

export type Placed = [place: string, secret: Readonly<SecretRow>];

const step = 64;

/** A table's ids from the one after `after` on, fetched a few at a time; or backwards. */
function* walk(table: Pick<Table<never>, "ids">, order: "asc" | "desc", after: string | undefined): Generator<string> {
  if (order === "desc") {
    const ids = table.ids();
    for (let i = ids.length - 1; i >= 0; i--) if (after === undefined || ids[i] < after) yield ids[i];
    return;
  }
  for (let from = after; ; ) {
    const ids = table.ids({ after: from, limit: step });
    yield* ids;
    if (ids.length < step) return;
    from = ids[step - 1];
  }
}

/** Secrets in the order of their making, from the one after the place `after` on. */
export function* byCreation(db: Db, order: "asc" | "desc", after?: string): Generator<Placed> {
  const rows = secrets(db);
  for (const place of walk(created(db), order, after)) yield [place, rows.get(place.slice(timeDigits + 1))!];
}

/** Secrets in the order of their names. */
export function* byName(db: Db, order: "asc" | "desc", after?: string): Generator<Placed> {
  const rows = secrets(db);
  for (const name of walk(rows, order, after)) yield [name, rows.get(name)!];
}
