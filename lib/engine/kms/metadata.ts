import type { Db, JsonObject } from "../types";
import { regionOf, relatedRegions } from "./multi-region";
import { algorithmMembers } from "./specs";
import type { KeyRow } from "./state";

/**
 * KeyMetadata, as CreateKey and DescribeKey print it, members in the order of the API's shape. CurrentKeyMaterialId is
 * shown for symmetric encryption keys that have material; ExpirationModel and ValidTo (the earliest) for imported material.
 * `db` holds the records of the key's account and Region.
 * Source: KMS API, KeyMetadata; answers recorded from AWS (2025-11).
 */
export function keyMetadata(db: Db, key: Readonly<KeyRow>): JsonObject {
  const { EncryptionAlgorithms, SigningAlgorithms, MacAlgorithms, KeyAgreementAlgorithms } = algorithmMembers(key.KeySpec, key.KeyUsage);
  const material = key.KeySpec === "SYMMETRIC_DEFAULT" ? key.materials.at(-1) : undefined;
  return present({
    AWSAccountId: key.AWSAccountId,
    KeyId: key.KeyId,
    Arn: key.Arn,
    CreationDate: key.CreationDate / 1000,
    Enabled: key.KeyState === "Enabled",
    Description: key.Description,
    KeyUsage: key.KeyUsage,
    KeyState: key.KeyState,
    DeletionDate: key.deletion?.date === undefined ? undefined : key.deletion.date / 1000,
    ...expiration(key),
    Origin: key.Origin,
    KeyManager: key.KeyManager,
    CustomerMasterKeySpec: key.KeySpec,
    KeySpec: key.KeySpec,
    EncryptionAlgorithms,
    SigningAlgorithms,
    KeyAgreementAlgorithms,
    MultiRegion: key.MultiRegion,
    MultiRegionConfiguration: key.MultiRegion ? multiRegionConfiguration(db, key) : undefined,
    PendingDeletionWindowInDays: key.KeyState === "PendingReplicaDeletion" ? key.deletion?.windowInDays : undefined,
    MacAlgorithms,
    CurrentKeyMaterialId: material?.KeyMaterialId,
  });
}

/** All related keys are named in each of them, the key itself too. */
function multiRegionConfiguration(db: Db, key: Readonly<KeyRow>): JsonObject {
  const { primaryRegion, replicaRegions } = relatedRegions(db, key);
  const named = (Region: string): JsonObject => ({ Arn: key.Arn.replace(`:${regionOf(key)}:`, `:${Region}:`), Region });
  return {
    MultiRegionKeyType: primaryRegion === regionOf(key) ? "PRIMARY" : "REPLICA",
    PrimaryKey: named(primaryRegion),
    ReplicaKeys: replicaRegions.map(named),
  };
}

function expiration({ Origin, materials }: Readonly<KeyRow>): JsonObject {
  const there = Origin === "EXTERNAL" ? materials.filter(({ secret }) => secret) : [];
  if (!there.length) return {};
  const dates = there.flatMap(({ validTo }) => validTo ?? []);
  return dates.length
    ? { ValidTo: Math.min(...dates) / 1000, ExpirationModel: "KEY_MATERIAL_EXPIRES" }
    : { ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE" };
}

const present = (members: JsonObject): JsonObject => Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
