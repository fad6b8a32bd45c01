import { type Failure, fail } from "../errors";
import type { AwsError } from "../types";

/**
 * Secrets Manager's refusals. The texts are AWS's where a recorded answer or a public issue shows them; a text of which
 * no record was found is ours and says so here by "unverified".
 */

export const invalidParameter = (message: string): Failure => fail("InvalidParameterException", message);
export const invalidRequest = (message: string): Failure => fail("InvalidRequestException", message);
export const validation = (message: string): Failure => fail("ValidationException", message);

export const secretErrors = {
  notFound: () => fail("ResourceNotFoundException", "Secrets Manager can't find the specified secret."),
  noValueForStage: (stage: string) => fail("ResourceNotFoundException", `Secrets Manager can't find the specified secret value for staging label: ${stage}`),
  noValueForVersion: (versionId: string) => fail("ResourceNotFoundException", `Secrets Manager can't find the specified secret value for VersionId: ${versionId}`),
  stageNotOfVersion: () => invalidRequest("You provided a VersionStage that is not associated to the provided VersionId."),

  exists: (name: string) => fail("ResourceExistsException", `The operation failed because the secret ${name} already exists.`),
  nameScheduledForDeletion: () => invalidRequest("You can't create this secret because a secret with this name is already scheduled for deletion."),
  invalidName: () => validation("Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!"),
  markedForDeletion: () => invalidRequest("You can't perform this operation on the secret because it was marked for deletion."),

  bothValues: () => invalidParameter("You can't specify both a binary secret value and a string secret value in the same secret."),
  noValue: () => invalidRequest("You must provide either SecretString or SecretBinary."),
  /** Unverified text; the rule is the API's, InvalidRequestException. */
  managedByService: (service: string) => invalidRequest(`You can't perform this operation on the secret because it is managed by another service: ${service}.`),

  noToken: () => invalidRequest("You must provide a ClientRequestToken value. We recommend a UUID-type value."),
  tokenInUse: (token: string, arn: string) => fail("ResourceExistsException", `You can't use ClientRequestToken ${token} because that value is already in use for a version of secret ${arn}.`),

  /** github.com/aws-samples: programs that look for this code and these words. */
  onReplica: () => invalidParameter("Operation not permitted on a replica secret. Call must be made in primary secret's region."),

  /** github.com/external-secrets/external-secrets/issues/390 and many more. */
  kmsNotAllowed: () => fail("AccessDeniedException", "Access to KMS is not allowed"),
  /** AWS Knowledge Center, accessing a secret from another account. */
  managedKeyAcrossAccounts: () => invalidRequest("You can't access a secret from a different AWS account if you encrypt the secret with the default KMS service key."),
  /** The API's own words for DecryptionFailure. */
  cannotDecrypt: () => fail("DecryptionFailure", "Secrets Manager can't decrypt the protected secret text using the provided KMS key."),
} as const;

/**
 * How Secrets Manager hands on a refusal of KMS: a denied key is "Access to KMS is not allowed", a key that cannot do it
 * is a failure to encrypt or to decrypt, with the words of KMS.
 * Source: Secrets Manager API, EncryptionFailure, DecryptionFailure.
 */
export function fromKms(error: AwsError, operation: "GenerateDataKey" | "Decrypt" | "Encrypt"): Failure {
  if (error.code === "AccessDeniedException") return secretErrors.kmsNotAllowed();
  return fail(operation === "Decrypt" ? "DecryptionFailure" : "EncryptionFailure", error.message ?? "");
}

export const isFailure = (value: unknown): value is Failure => typeof value === "object" && value !== null && "ok" in value && value.ok === false && "error" in value;
