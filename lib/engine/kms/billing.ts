import { dollars } from "../pricing";
import type { Context, CostLine } from "../types";
import { findKey } from "./find";
import { isAsymmetric } from "./specs";
import type { KeyRow } from "./state";

/**
 * One request that uses this key: of symmetric and HMAC keys the plain price, of RSA 2048 the same without a free tier,
 * of other key pairs the asymmetric one. Of several keys the dearest counts. Keys that cannot be found cost as the plain
 * ones do.
 * Source: aws.amazon.com/kms/pricing (claims KMS-18, KMS-19).
 */
export function useCost(ctx: Context, ...keyIds: (string | undefined)[]): CostLine[] {
  let item = "kms:request";
  for (const keyId of keyIds) {
    const result = keyId === undefined ? undefined : findKey(ctx, keyId, { action: "", aliases: true, quiet: true });
    if (!result?.ok || !isAsymmetric(result.found.key.KeySpec)) continue;
    if (result.found.key.KeySpec !== "RSA_2048") return [{ item: "kms:request:asymmetric", quantity: 1 }];
    item = "kms:request:rsa-2048";
  }
  return [{ item, quantity: 1 }];
}

type Charged = Pick<KeyRow, "KeyManager" | "KeyState" | "materials">;

const pending = ({ KeyState }: Pick<KeyRow, "KeyState">): boolean => KeyState === "PendingDeletion" || KeyState === "PendingReplicaDeletion";

/**
 * What is paid by the month for a key: the key, and each of its first two rotations. AWS managed keys are free, and so
 * is a key from the moment on that its deletion is scheduled. A replica is a key of its own.
 * Source: aws.amazon.com/kms/pricing (claims KMS-15, KMS-16).
 */
export function keptOfKey(key: Charged): { key: number; rotations: number } {
  if (key.KeyManager === "AWS" || pending(key)) return { key: 0, rotations: 0 };
  return { key: 1, rotations: Math.min(key.materials.filter(({ RotationType }) => RotationType !== undefined).length, 2) };
}

/** What a key costs in a month, in US dollars. */
export function monthlyDollars(key: Charged): number {
  const kept = keptOfKey(key);
  return dollars([{ item: "kms:key", quantity: kept.key }, { item: "kms:key:rotation", quantity: kept.rotations }]);
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * From when on a change of a key is charged, in ms: at once, but a key whose deletion is cancelled is charged "as though
 * it was never scheduled for deletion".
 * Source: aws.amazon.com/kms/pricing.
 */
export function chargedFrom(before: KeyRow | undefined, after: KeyRow | undefined, at: number): number {
  const date = before?.deletion?.date;
  return before && after && date !== undefined && pending(before) && !pending(after) ? date - before.deletion!.windowInDays * DAY_MS : at;
}
