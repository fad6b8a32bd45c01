import type { Service } from "../types";
import { keyDeletion } from "./deletion";
import { expiryJobs } from "./imported";
import { multiRegionJobs } from "./multi-region";
import { CreateAlias, DeleteAlias, ListAliases, UpdateAlias } from "./operations/aliases";
import { CreateKey } from "./operations/create-key";
import { Decrypt } from "./operations/decrypt";
import { DeriveSharedSecret } from "./operations/derive-shared-secret";
import { DescribeKey } from "./operations/describe-key";
import { Encrypt } from "./operations/encrypt";
import { GenerateDataKey, GenerateDataKeyWithoutPlaintext } from "./operations/generate-data-key";
import { GenerateDataKeyPair, GenerateDataKeyPairWithoutPlaintext } from "./operations/generate-data-key-pair";
import { GenerateRandom } from "./operations/generate-random";
import { DeleteImportedKeyMaterial, GetParametersForImport, ImportKeyMaterial } from "./operations/import";
import { GetKeyLastUsage } from "./operations/get-key-last-usage";
import { GetPublicKey } from "./operations/get-public-key";
import { CreateGrant, ListGrants, ListRetirableGrants, RetireGrant, RevokeGrant } from "./operations/grants";
import { GetKeyPolicy, ListKeyPolicies, PutKeyPolicy } from "./operations/key-policy";
import {
  DisableKeyRotation,
  EnableKeyRotation,
  GetKeyRotationStatus,
  ListKeyRotations,
  RotateKeyOnDemand,
} from "./operations/key-rotation";
import { CancelKeyDeletion, DisableKey, EnableKey, ScheduleKeyDeletion, UpdateKeyDescription } from "./operations/key-state";
import { ListKeys } from "./operations/list-keys";
import { GenerateMac, VerifyMac } from "./operations/mac";
import { ReplicateKey, UpdatePrimaryRegion } from "./operations/multi-region";
import { ReEncrypt } from "./operations/re-encrypt";
import { Sign, Verify } from "./operations/sign";
import { ListResourceTags, TagResource, UntagResource } from "./operations/tags";
import { rotationJobs } from "./rotation";
import { tracked } from "./usage";

/** AWS Key Management Service. What is not in the list, custom key stores, answers by name that it is not simulated. */
export const kms: Service = {
  name: "kms",
  deniedCode: "AccessDeniedException",
  operations: [
    CreateKey,
    DescribeKey,
    ListKeys,
    UpdateKeyDescription,
    EnableKey,
    DisableKey,
    ScheduleKeyDeletion,
    CancelKeyDeletion,

    GetParametersForImport,
    ImportKeyMaterial,
    DeleteImportedKeyMaterial,

    ReplicateKey,
    UpdatePrimaryRegion,

    CreateAlias,
    UpdateAlias,
    DeleteAlias,
    ListAliases,

    GetKeyPolicy,
    PutKeyPolicy,
    ListKeyPolicies,

    CreateGrant,
    ListGrants,
    ListRetirableGrants,
    RetireGrant,
    RevokeGrant,

    EnableKeyRotation,
    DisableKeyRotation,
    GetKeyRotationStatus,
    RotateKeyOnDemand,
    ListKeyRotations,

    TagResource,
    UntagResource,
    ListResourceTags,

    GetKeyLastUsage,
    GetPublicKey,
    GenerateRandom,
    ...[
      Encrypt,
      Decrypt,
      ReEncrypt,
      GenerateDataKey,
      GenerateDataKeyWithoutPlaintext,
      GenerateDataKeyPair,
      GenerateDataKeyPairWithoutPlaintext,
      Sign,
      Verify,
      GenerateMac,
      VerifyMac,
      DeriveSharedSecret,
    ].map(tracked),
  ],
  jobs: { ...rotationJobs, ...keyDeletion, ...multiRegionJobs, ...expiryJobs },
};
