import type { Service } from "../types";
import { BatchGetSecretValue } from "./operations/batch-get-secret-value";
import { CancelRotateSecret } from "./operations/cancel-rotate-secret";
import { CreateSecret } from "./operations/create-secret";
import { DeleteSecret, RestoreSecret } from "./operations/delete-secret";
import { DescribeSecret } from "./operations/describe-secret";
import { GetRandomPassword } from "./operations/get-random-password";
import { GetSecretValue } from "./operations/get-secret-value";
import { ListSecretVersionIds } from "./operations/list-secret-version-ids";
import { ListSecrets } from "./operations/list-secrets";
import { PutSecretValue } from "./operations/put-secret-value";
import { RemoveRegionsFromReplication, ReplicateSecretToRegions, StopReplicationToReplica } from "./operations/replication";
import { DeleteResourcePolicy, GetResourcePolicy, PutResourcePolicy, ValidateResourcePolicy } from "./operations/resource-policies";
import { RotateSecret } from "./operations/rotate-secret";
import { TagResource, UntagResource } from "./operations/tags";
import { UpdateSecret } from "./operations/update-secret";
import { UpdateSecretVersionStage } from "./operations/update-secret-version-stage";
import { removalJobs } from "./removal";
import { REPLICATE, replicate } from "./replicate";
import { rotationJobs } from "./rotation/run";

/** AWS Secrets Manager, its whole API. */
export const secretsManager: Service = {
  name: "secretsmanager",
  deniedCode: "AccessDeniedException",
  operations: [
    BatchGetSecretValue,
    CancelRotateSecret,
    CreateSecret,
    DeleteResourcePolicy,
    DeleteSecret,
    DescribeSecret,
    GetRandomPassword,
    GetResourcePolicy,
    GetSecretValue,
    ListSecretVersionIds,
    ListSecrets,
    PutResourcePolicy,
    PutSecretValue,
    RemoveRegionsFromReplication,
    ReplicateSecretToRegions,
    RestoreSecret,
    RotateSecret,
    StopReplicationToReplica,
    TagResource,
    UntagResource,
    UpdateSecret,
    UpdateSecretVersionStage,
    ValidateResourcePolicy,
  ],
  jobs: { ...rotationJobs, ...removalJobs, [REPLICATE]: replicate },
};
