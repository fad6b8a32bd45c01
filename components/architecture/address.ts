import { type AttackName, attackNames, type ProtectionName, protectionNames } from "@/lib/engine/architecture/names";
import type { Setting } from "./runner";

/** A setting in an address: what differs from the start. Names as one types them. */

export const startSetting: Setting = { attack: "CACHE_BUSTING", protections: protectionNames, loseZone: false };

const typed = (name: string): string => name.toLowerCase().replaceAll("_", "-");

export function queryOf({ attack, protections, loseZone }: Setting, at: number | undefined): string {
  const query = new URLSearchParams();
  if (attack !== startSetting.attack) query.set("attack", typed(attack));
  const off = protectionNames.filter((name) => !protections.includes(name));
  if (off.length) query.set("off", off.map(typed).join(","));
  if (loseZone) query.set("zone", "lost");
  if (at !== undefined) query.set("at", String(at));
  return query.size ? `?${query}` : "";
}

/** What an address says; what it does not know is left as at the start. */
export function settingOf(search: string): { setting: Setting; at?: number } {
  const query = new URLSearchParams(search);
  const named = <Name extends string>(names: readonly Name[], word: string): Name | undefined => names.find((name) => typed(name) === word);
  const attack: AttackName = named(attackNames, query.get("attack") ?? "") ?? startSetting.attack;
  const off = (query.get("off") ?? "").split(",").map((word) => named<ProtectionName>(protectionNames, word));
  const at = /^\d{1,4}$/.test(query.get("at") ?? "") ? Number(query.get("at")) : undefined;
  return { setting: { attack, protections: protectionNames.filter((name) => !off.includes(name)), loseZone: query.get("zone") === "lost" }, ...(at === undefined ? {} : { at }) };
}
