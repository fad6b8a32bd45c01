import type { Context, CostLine } from "../types";
import { findKey } from "./find";
import { isAsymmetric } from "./specs";
import type { KeyRow } from "./state";

/**
 * One request that uses this key: of symmetric and HMAC keys and of RSA 2048 the plain price, of other key pairs the
 * asymmetric one. Keys that cannot be found cost as the plain ones do.
 * Source: aws.amazon.com/kms/pricing (claim KMS-19).
 */
export function useCost(ctx: Context, ...keyIds: (string | undefined)[]): CostLine[] {
  const dear = keyIds.some((keyId) => {
    const result = keyId === undefined ? undefined : findKey(ctx, keyId, { action: "", aliases: true, quiet: true });
    return result?.ok && isAsymmetric(result.found.key.KeySpec) && result.found.key.KeySpec !== "RSA_2048";
  });
  return [{ item: dear ? "kms:request:asymmetric" : "kms:request", quantity: 1 }];
}

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
