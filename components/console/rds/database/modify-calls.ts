import type { JsonObject } from "@/lib/engine/types";
import type { Database } from "../rds-types";

/** What may become of the master user's credentials. */
export interface ModifyForm {
  credentials: "keep" | "password" | "manage" | "rotate" | "unmanage";
  secretKey: string;
  class: string;
  protection: boolean;
  now: boolean;
}

export const formOf = ({ shared, class: dbClass = "" }: Database): ModifyForm => ({ credentials: "keep", secretKey: "", class: dbClass, protection: shared.DeletionProtection, now: true });

/** The one call that a form makes; undefined where nothing was changed. */
export function modifyCall(database: Database, form: ModifyForm, password: string): [operation: string, input: JsonObject] | undefined {
  const { kind, id, shared } = database;
  const credentials: JsonObject = {
    keep: {},
    password: { MasterUserPassword: password },
    manage: { ManageMasterUserPassword: true, ...(form.secretKey && { MasterUserSecretKmsKeyId: form.secretKey }) },
    rotate: { RotateMasterUserPassword: true },
    unmanage: { ManageMasterUserPassword: false, MasterUserPassword: password },
  }[form.credentials];
  const changed: JsonObject = {
    ...credentials,
    ...(kind === "instance" && form.class !== database.class && { DBInstanceClass: form.class }),
    ...(form.protection !== shared.DeletionProtection && { DeletionProtection: form.protection }),
  };
  if (!Object.keys(changed).length) return undefined;
  const input = { ...changed, ApplyImmediately: form.credentials === "rotate" || form.now };
  return kind === "instance" ? ["ModifyDBInstance", { DBInstanceIdentifier: id, ...input }] : ["ModifyDBCluster", { DBClusterIdentifier: id, ...input }];
}
