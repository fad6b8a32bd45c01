import type { JsonObject } from "@/lib/engine/types";
import type { Tag } from "../../frame/tag-changes";

/** The form that makes a database. A password is not among what is kept: it stands in the page alone. */
export interface CreateDraft {
  engine: string;
  /** Empty: the engine's usual one. */
  version: string;
  id: string;
  username: string;
  credentials: "managed" | "self";
  /** The key of the managed secret; empty: aws/secretsmanager. */
  secretKey: string;
  class: string;
  /** The key of the storage; empty: aws/rds. */
  storageKey: string;
  encrypted: boolean;
  database: string;
  protection: boolean;
  tags: Tag[];
}

export const emptyDraft: CreateDraft = {
  engine: "mysql", version: "", id: "database-1", username: "admin", credentials: "managed", secretKey: "", class: "", storageKey: "", encrypted: true, database: "", protection: false, tags: [],
};

export const engines: { value: string; label: string; description: string }[] = [
  { value: "aurora-mysql", label: "Aurora (MySQL Compatible)", description: "A cluster with instances." },
  { value: "aurora-postgresql", label: "Aurora (PostgreSQL Compatible)", description: "A cluster with instances." },
  { value: "mysql", label: "MySQL", description: "One instance." },
  { value: "postgres", label: "PostgreSQL", description: "One instance." },
  { value: "mariadb", label: "MariaDB", description: "One instance." },
  { value: "docdb", label: "DocumentDB", description: "A cluster with instances, through the RDS API." },
];

export const isClustered = (engine: string): boolean => engine.startsWith("aurora") || engine === "docdb";
/** What AWS proposes: `admin`, which PostgreSQL has for itself. */
export const usualUser = (engine: string): string => (engine.includes("postgres") ? "postgres" : engine === "docdb" ? "docdbadmin" : "admin");

/** The instance that a new cluster begins with. */
export const firstInstance = (id: string): string => `${id}-instance-1`;

/** What the form itself sees; everything else AWS says, in its own words. */
export function problemsOf(draft: CreateDraft, password: string, again: string): Partial<Record<"id" | "username" | "password" | "again", string>> {
  return {
    ...(draft.id.trim() ? {} : { id: "Enter an identifier." }),
    ...(draft.username.trim() ? {} : { username: "Enter a name for the master user." }),
    ...(draft.credentials === "self" && !password ? { password: "Enter a password." } : {}),
    ...(draft.credentials === "self" && password && password !== again ? { again: "The passwords are not the same." } : {}),
  };
}

/** The calls that make it, in their order. */
export function createCalls(draft: CreateDraft, password: string): [operation: string, input: JsonObject][] {
  const id = draft.id.trim();
  const cluster = isClustered(draft.engine);
  const Tags = draft.tags.filter(({ key }) => key.trim()).map(({ key, value }) => ({ Key: key, Value: value ?? "" }));
  const shared: JsonObject = {
    Engine: draft.engine,
    ...(draft.version && { EngineVersion: draft.version }),
    MasterUsername: draft.username.trim(),
    ...(draft.credentials === "managed" ? { ManageMasterUserPassword: true, ...(draft.secretKey && { MasterUserSecretKmsKeyId: draft.secretKey }) } : { MasterUserPassword: password }),
    StorageEncrypted: draft.encrypted,
    ...(draft.encrypted && draft.storageKey && { KmsKeyId: draft.storageKey }),
    DeletionProtection: draft.protection,
    ...(Tags.length && { Tags }),
  };
  const name = draft.database.trim();
  if (!cluster) return [["CreateDBInstance", { DBInstanceIdentifier: id, DBInstanceClass: draft.class, AllocatedStorage: 20, ...shared, ...(name && { DBName: name }) }]];
  return [
    ["CreateDBCluster", { DBClusterIdentifier: id, ...shared, ...(name && draft.engine !== "docdb" && { DatabaseName: name }) }],
    ["CreateDBInstance", { DBInstanceIdentifier: firstInstance(id), DBClusterIdentifier: id, DBInstanceClass: draft.class, Engine: draft.engine }],
  ];
}
