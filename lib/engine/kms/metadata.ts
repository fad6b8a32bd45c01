import type { JsonObject } from "../types";
import { algorithmMembers } from "./specs";
import type { KeyRow } from "./state";

/**
 * KeyMetadata, as CreateKey and DescribeKey print it, members in the order of the API's shape. CurrentKeyMaterialId is
 * shown for symmetric encryption keys that have material.
 * Source: KMS API, KeyMetadata; answers recorded from AWS (2025-11).
 */
export function keyMetadata(key: Readonly<KeyRow>): JsonObject {
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
    DeletionDate: key.KeyState === "PendingDeletion" && key.deletion ? key.deletion.date / 1000 : undefined,
    Origin: key.Origin,
    KeyManager: key.KeyManager,
    CustomerMasterKeySpec: key.KeySpec,
    KeySpec: key.KeySpec,
    EncryptionAlgorithms,
    SigningAlgorithms,
    KeyAgreementAlgorithms,
    MultiRegion: key.MultiRegion,
    MultiRegionConfiguration: key.MultiRegion
      ? { MultiRegionKeyType: "PRIMARY", PrimaryKey: { Arn: key.Arn, Region: key.Arn.split(":")[3] }, ReplicaKeys: [] }
      : undefined,
    MacAlgorithms,
    CurrentKeyMaterialId: material?.KeyMaterialId,
  });
}

const present = (members: JsonObject): JsonObject => Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
