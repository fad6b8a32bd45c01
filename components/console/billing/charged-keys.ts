import { keptOfKey, monthlyDollars } from "@/lib/engine/kms/billing";
import { aliases, keys } from "@/lib/engine/kms/state";
import type { Lab } from "@/lib/engine/lab";
import { regions } from "@/lib/engine/regions";

/** A key and what a month of it costs. */
export interface ChargedKey {
  id: string;
  region: string;
  /** Its alias without the prefix, or its id. */
  name: string;
  usd: number;
  why: string;
}

/** All keys of the account in all Regions, the dearest first, with the reason for the price. */
export function chargedKeys(read: Lab["read"], account: string): ChargedKey[] {
  const out: ChargedKey[] = [];
  for (const region of Object.keys(regions)) {
    const db = read({ account, region, service: "kms" });
    const rows = keys(db).all();
    if (!rows.length) continue;
    const names = new Map(aliases(db).all().flatMap(({ TargetKeyId, AliasName }) => (TargetKeyId ? [[TargetKeyId, AliasName.slice("alias/".length)] as const] : [])));
    for (const row of rows) out.push({ id: row.KeyId, region, name: names.get(row.KeyId) ?? row.KeyId, usd: monthlyDollars(row), why: whyOf(row) });
  }
  return out.sort((a, b) => b.usd - a.usd || a.name.localeCompare(b.name));
}

function whyOf(row: Parameters<typeof keptOfKey>[0]): string {
  if (row.KeyManager === "AWS") return "AWS managed keys are kept free; requests with them count.";
  const { key, rotations } = keptOfKey(row);
  if (!key) return "Free while its deletion is scheduled. If the deletion is cancelled, this time is charged after all.";
  const rotated = row.materials.filter(({ RotationType }) => RotationType !== undefined).length;
  if (!rotated) return "$1 for the key.";
  const more = rotated > rotations ? `; ${rotated} in all, the others are free` : "";
  return `$1 for the key, $1 for ${rotations === 1 ? "its first rotation" : "each of its first two rotations"}${more}.`;
}
