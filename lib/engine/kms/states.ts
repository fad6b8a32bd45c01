import type { Failure } from "../errors";
import { kmsErrors } from "./errors";
import type { KeyRow, KeyState } from "./state";

/**
 * Key states: which operation is allowed in which, and what AWS answers where it is not. The lessons print this table.
 * Source: KMS Developer Guide, Key states of AWS KMS keys.
 */

/** Why not, or `allowed`. What depends on the origin names it. */
export type StateRule =
  | "allowed"
  | "disabled"
  | "pending deletion"
  | "not pending deletion"
  | "pending import"
  | "unavailable"
  | "creating"
  | "updating"
  /** The operation is for keys with AWS's own material: UnsupportedOperationException if it is imported. */
  | "origin must be AWS_KMS"
  /** The operation is for imported material: UnsupportedOperationException if it is AWS's own. */
  | "origin must be EXTERNAL";

/** Rules are asked in order; the first that objects is the answer. */
export type StateRules = StateRule | StateRule[];
type Row = Record<KeyState, StateRules>;

const row = (
  Enabled: StateRules,
  Disabled: StateRules,
  PendingDeletion: StateRules,
  PendingImport: StateRules,
  Unavailable: StateRules,
  Creating: StateRules,
  Updating: StateRules,
): Row => ({ Enabled, Disabled, PendingDeletion, PendingReplicaDeletion: PendingDeletion, PendingImport, Unavailable, Creating, Updating });

const yes: StateRule = "allowed";
const use = row(yes, "disabled", "pending deletion", "pending import", "unavailable", "creating", yes);
const always = row(yes, yes, yes, yes, yes, yes, yes);
const notPendingDeletion = row(yes, yes, "pending deletion", yes, yes, yes, yes);
const onOff = row(yes, yes, "pending deletion", "pending import", yes, "creating", "updating");
const own: StateRule = "origin must be AWS_KMS";
const imported: StateRule = "origin must be EXTERNAL";
const rotation = row(own, [own, "disabled"], [own, "pending deletion"], own, own, "creating", own);
const import_ = row(imported, imported, [imported, "pending deletion"], yes, imported, "creating", "updating");

/** Operation → state → rule. Operations that are not here take no key, or take it in any state. */
export const stateTable: Readonly<Record<string, Row>> = {
  Encrypt: use,
  Decrypt: use,
  ReEncrypt: use,
  GenerateDataKey: use,
  GenerateDataKeyWithoutPlaintext: use,
  GenerateDataKeyPair: use,
  GenerateDataKeyPairWithoutPlaintext: use,
  Sign: use,
  Verify: use,
  GenerateMac: use,
  VerifyMac: use,
  DeriveSharedSecret: use,
  GetPublicKey: use,
  CreateGrant: row(yes, "disabled", "pending deletion", "pending import", yes, "creating", yes),
  DescribeKey: always,
  GetKeyPolicy: always,
  PutKeyPolicy: always,
  ListAliases: always,
  ListGrants: always,
  ListKeyPolicies: always,
  ListResourceTags: always,
  RetireGrant: always,
  RevokeGrant: always,
  DeleteAlias: always,
  CreateAlias: notPendingDeletion,
  /** The new target; the old one may be in any state. */
  UpdateAlias: notPendingDeletion,
  TagResource: notPendingDeletion,
  UntagResource: notPendingDeletion,
  UpdateKeyDescription: notPendingDeletion,
  EnableKey: onOff,
  DisableKey: onOff,
  EnableKeyRotation: rotation,
  DisableKeyRotation: rotation,
  GetKeyRotationStatus: row(own, own, own, own, own, own, own),
  ListKeyRotations: always,
  RotateKeyOnDemand: row(yes, "disabled", "pending deletion", "pending import", "unavailable", "creating", "updating"),
  ScheduleKeyDeletion: row(yes, yes, "pending deletion", yes, yes, yes, "updating"),
  CancelKeyDeletion: row(
    "not pending deletion",
    "not pending deletion",
    yes,
    "not pending deletion",
    "not pending deletion",
    "not pending deletion",
    "not pending deletion",
  ),
  GetParametersForImport: import_,
  ImportKeyMaterial: { ...import_, Updating: yes },
  DeleteImportedKeyMaterial: row(imported, imported, imported, yes, yes, "creating", "updating"),
  ReplicateKey: row(yes, "disabled", "pending deletion", "pending import", "unavailable", "creating", "updating"),
  UpdatePrimaryRegion: row(yes, "disabled", "pending deletion", "pending import", "unavailable", "creating", yes),
};

/** The first rule that this key breaks, or undefined. */
export function brokenStateRule(operation: string, key: Pick<KeyRow, "KeyState" | "Origin">): StateRule | undefined {
  const rules = stateTable[operation]?.[key.KeyState] ?? "allowed";
  for (const rule of Array.isArray(rules) ? rules : [rules]) {
    if (rule === "allowed") continue;
    if (rule === "origin must be AWS_KMS" && key.Origin === "AWS_KMS") continue;
    if (rule === "origin must be EXTERNAL" && key.Origin === "EXTERNAL") continue;
    return rule;
  }
  return undefined;
}

/** AWS's error for an operation on a key in this state; undefined if it may go on. */
export function checkState(operation: string, key: Pick<KeyRow, "KeyState" | "Origin" | "Arn">): Failure | undefined {
  const rule = brokenStateRule(operation, key);
  switch (rule) {
    case undefined:
      return undefined;
    case "disabled":
      return kmsErrors.disabled(key.Arn);
    case "not pending deletion":
      return kmsErrors.notPendingDeletion(key.Arn);
    case "origin must be AWS_KMS":
    case "origin must be EXTERNAL":
      return kmsErrors.originNotValid(key.Arn, key.Origin);
    case "pending deletion":
      return kmsErrors.invalidState(key.Arn, key.KeyState === "PendingReplicaDeletion" ? "pending replica deletion" : rule);
    default:
      return kmsErrors.invalidState(key.Arn, rule);
  }
}
