import type { KeyRow } from "./state";

/**
 * What a key costs in a month, in US dollars: 1 for the key, and 1 more for each of its first two rotations. AWS managed
 * keys are free, and so is a key from the moment on that its deletion is scheduled.
 * Source: aws.amazon.com/kms/pricing (claims KMS-15, KMS-16).
 */
export function monthlyDollars(key: Pick<KeyRow, "KeyManager" | "KeyState" | "materials">): number {
  if (key.KeyManager === "AWS" || key.KeyState === "PendingDeletion" || key.KeyState === "PendingReplicaDeletion") return 0;
  const rotations = key.materials.filter(({ RotationType }) => RotationType !== undefined).length;
  return 1 + Math.min(rotations, 2);
}
