import type { Failure } from "../errors";
import { kmsErrors } from "./errors";
import type { KeyRow, KeyState } from "./state";

/**
 * The grid of key states and operations: what AWS answers to each operation of the API on a key in each state. The engine
 * itself asks this table, the tests walk through it cell by cell, and a lesson can show it (`cellOf`).
 *
 * States that Keyhole's own keys never get into are there too: Unavailable is of custom key stores.
 * Source: KMS Developer Guide, Key states of AWS KMS keys.
 */
export const gridStates = ["Enabled", "Disabled", "PendingDeletion", "PendingReplicaDeletion", "PendingImport", "Unavailable", "Creating", "Updating"] as const satisfies readonly KeyState[];

/**
 * What a letter of a cell means. Letters are asked from left to right, and the first that objects is the answer:
 * `ad` on a disabled key says that it is disabled, if its material is AWS's own, and otherwise that its origin is wrong.
 */
export const gridLetters = {
  Y: "allowed",
  d: "disabled",
  p: "pending deletion",
  r: "pending replica deletion",
  n: "not pending deletion",
  i: "pending import",
  u: "unavailable",
  c: "creating",
  t: "updating",
  /** The operation is for keys with AWS's own material. */
  a: "origin must be AWS_KMS",
  /** The operation is for keys with imported material. */
  e: "origin must be EXTERNAL",
  /** The operation takes no key, or keys in any state that it does not ask about. */
  "-": "about no key",
  /** Custom key stores are not simulated: the operation says so by name. */
  x: "not simulated",
} as const;

export type GridLetter = keyof typeof gridLetters;
export type GridRule = (typeof gridLetters)[GridLetter];

/** Cells in the order of `gridStates`, and the operations that have them. Every operation of the API is in one row. */
export const gridRows: readonly (readonly [cells: string, operations: string])[] = [
  [
    "Y d p r i u c Y",
    "Encrypt Decrypt ReEncrypt GenerateDataKey GenerateDataKeyWithoutPlaintext GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext " +
      "Sign Verify GenerateMac VerifyMac DeriveSharedSecret GetPublicKey UpdatePrimaryRegion",
  ],
  ["Y d p r i Y c Y", "CreateGrant"],
  [
    "Y Y Y Y Y Y Y Y",
    "DescribeKey GetKeyLastUsage GetKeyPolicy PutKeyPolicy ListKeyPolicies ListAliases ListGrants ListKeyRotations ListResourceTags RetireGrant RevokeGrant DeleteAlias",
  ],
  // UpdateAlias: of the alias's new key; the old one may be in any state.
  ["Y Y p r Y Y Y Y", "CreateAlias UpdateAlias TagResource UntagResource UpdateKeyDescription"],
  ["Y Y p r i Y c t", "EnableKey DisableKey"],
  ["a ad ap ar a a c a", "EnableKeyRotation DisableKeyRotation"],
  ["a a a a a a a a", "GetKeyRotationStatus"],
  ["Y d p r i u c t", "RotateKeyOnDemand ReplicateKey"],
  ["Y Y p r Y Y Y t", "ScheduleKeyDeletion"],
  ["n n Y Y n n n n", "CancelKeyDeletion"],
  ["e e ep er e e c t", "GetParametersForImport"],
  ["e e ep er e e c e", "ImportKeyMaterial"],
  ["e e e e e e c t", "DeleteImportedKeyMaterial"],
  ["- - - - - - - -", "CreateKey GenerateRandom ListKeys ListRetirableGrants"],
  ["x x x x x x x x", "ConnectCustomKeyStore CreateCustomKeyStore DeleteCustomKeyStore DescribeCustomKeyStores DisconnectCustomKeyStore UpdateCustomKeyStore"],
];

const grid = new Map(gridRows.flatMap(([cells, operations]) => operations.split(" ").map((operation) => [operation, cells.split(" ")] as const)));

/** What the grid says of an operation on a key: the first rule that the key breaks, or that it may go on. */
export function cellOf(operation: string, { KeyState, Origin }: Pick<KeyRow, "KeyState" | "Origin">): GridRule {
  const cell = grid.get(operation)?.[gridStates.indexOf(KeyState)];
  if (cell === undefined) throw new Error(`${operation} is not in the grid of key states`);
  for (const letter of cell)
    if (!(letter === "Y" || (letter === "a" && Origin === "AWS_KMS") || (letter === "e" && Origin === "EXTERNAL"))) return gridLetters[letter as GridLetter];
  return "allowed";
}

/** AWS's error for an operation on a key in this state; undefined if it may go on. */
export function checkState(operation: string, key: Pick<KeyRow, "KeyState" | "Origin" | "Arn">): Failure | undefined {
  const rule = cellOf(operation, key);
  switch (rule) {
    case "allowed":
      return undefined;
    case "disabled":
      return kmsErrors.disabled(key.Arn);
    case "origin must be AWS_KMS":
    case "origin must be EXTERNAL":
      return kmsErrors.originNotValid(key.Arn, key.Origin);
    default:
      return kmsErrors.invalidState(key.Arn, rule);
  }
}
