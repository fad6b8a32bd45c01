import { allPages, type Ask } from "../../frame/use-load";

/** An entry of ListKeyRotations. Dates are epoch seconds. Source: KMS API, RotationsListEntry. */
export interface KeyMaterialEntry {
  KeyMaterialId?: string;
  KeyMaterialState?: string;
  KeyMaterialDescription?: string;
  /** Of imported material. */
  ImportState?: "IMPORTED" | "PENDING_IMPORT";
  ExpirationModel?: "KEY_MATERIAL_EXPIRES" | "KEY_MATERIAL_DOES_NOT_EXPIRE";
  ValidTo?: number;
  RotationDate?: number;
  RotationType?: string;
}

/** All key materials of a symmetric encryption key, the newest first. */
export async function loadMaterials(ask: Ask, KeyId: string): Promise<KeyMaterialEntry[]> {
  const all = await allPages<KeyMaterialEntry>(async (Marker) => {
    const page = await ask("kms", "ListKeyRotations", { KeyId, IncludeKeyMaterial: "ALL_KEY_MATERIAL", ...(Marker && { Marker }) });
    return { items: page.Rotations, next: page.Truncated ? page.NextMarker : undefined };
  });
  return all.reverse();
}

/** "Current" and the like, from CURRENT. */
export const words = (text: string | undefined): string =>
  text ? (text.charAt(0) + text.slice(1).toLowerCase().replaceAll("_", " ")).replace("multi region", "multi-Region").replace("Non current", "Non-current") : "-";

/** How a material came to be the key's. */
export const rotationWords = ({ RotationType, RotationDate, KeyMaterialState = "" }: KeyMaterialEntry): string =>
  RotationType ? words(RotationType) : RotationDate === undefined && !KeyMaterialState.startsWith("PENDING") ? "First material" : "-";

/** Material that waits for RotateKeyOnDemand. */
export const waits = ({ KeyMaterialState = "" }: KeyMaterialEntry): boolean => KeyMaterialState.startsWith("PENDING");
