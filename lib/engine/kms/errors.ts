import { fail } from "../errors";

/** How AWS names a key that only the ciphertext named. */
export const keyOfCiphertext = "the resource associated with this ciphertext";

/**
 * KMS's own codes and words. All are HTTP 400. The member is `message`; three of them come with an empty one.
 * Source: recorded answers of AWS (`facts.md`, A1 and A5); KMS API, Common Errors.
 */
export const kmsErrors = {
  /** A well-formed id that no key of this account and Region has. */
  keyNotFound: (keyArn: string) => fail("NotFoundException", `Key '${keyArn}' does not exist`),
  /** Neither a UUID nor `mrk-` and 32 hex digits. */
  invalidKeyId: (keyId: string) => fail("NotFoundException", `Invalid keyId '${keyId}'`),
  /** An ARN of another Region than the one that was asked. */
  wrongRegion: (region: string) => fail("NotFoundException", `Invalid arn ${region}`),
  aliasNotFound: (aliasArn: string) => fail("NotFoundException", `Alias ${aliasArn} is not found.`),
  /** Management operations take a key, not an alias. */
  aliasesNotSupported: () => fail("InvalidArnException", "Key Aliases are not supported for this operation."),
  invalidArn: (text: string) => fail("InvalidArnException", `Invalid arn ${text}`),

  disabled: (keyArn: string) => fail("DisabledException", `${keyArn} is disabled.`),
  /** `state` in words: `pending deletion`, `not pending deletion`, `pending import`, `unavailable`, `creating`, … */
  invalidState: (keyArn: string, state: string) => fail("KMSInvalidStateException", `${keyArn} is ${state}.`),
  notPrimary: (keyArn: string) => fail("UnsupportedOperationException", `${keyArn} is not a multi-region primary key.`),
  /** The texts of these two are not recorded from AWS; the codes are the API's. */
  alreadyPrimary: (keyArn: string) => fail("UnsupportedOperationException", `${keyArn} is already the multi-region primary key.`),
  replicaExists: (keyArn: string) => fail("AlreadyExistsException", `A multi-region key already exists: ${keyArn}`),
  originNotValid: (keyArn: string, origin: string) =>
    fail("UnsupportedOperationException", `${keyArn} origin is ${origin} which is not valid for this operation.`),

  wrongUsage: (keyArn: string, usage: string, operation: string) =>
    fail("InvalidKeyUsageException", `${keyArn} key usage is ${usage} which is not valid for ${operation}.`),
  wrongAlgorithm: (algorithm: string, keySpec: string) =>
    fail("InvalidKeyUsageException", `Algorithm ${algorithm} is incompatible with key spec ${keySpec}.`),
  incorrectKey: () => fail("IncorrectKeyException", "The key ID in the request does not identify a CMK that can perform this operation."),
  invalidCiphertext: () => fail("InvalidCiphertextException", ""),
  invalidSignature: () => fail("KMSInvalidSignatureException", ""),
  invalidMac: () => fail("KMSInvalidMacException", ""),
  plaintextTooLarge: (algorithm: string, keySpec: string, bytes: number) =>
    fail("ValidationException", `Algorithm ${algorithm} and key spec ${keySpec} cannot encrypt data larger than ${bytes} bytes.`),
  digestLength: (algorithm: string) => fail("ValidationException", `Digest is invalid length for algorithm ${algorithm}.`),
  messageTypeOfAlgorithm: (type: string, algorithm: string) =>
    fail("ValidationException", `Message type ${type} is incompatible with algorithm ${algorithm}.`),
  messageTypeOfSpec: (type: string, keySpec: string) =>
    fail("ValidationException", `Message type ${type} is incompatible with key spec ${keySpec}.`),

  /** The token is not one of this key's. Of these, only the code is the API's. */
  invalidImportToken: () => fail("InvalidImportTokenException", "The import token is not valid, or belongs to another KMS key."),
  expiredImportToken: () => fail("ExpiredImportTokenException", "The import token has expired."),
  incorrectMaterial: (message: string) => fail("IncorrectKeyMaterialException", message),

  dryRun: () => fail("DryRunOperationException", "The request would have succeeded, but the DryRun option is set."),
  validation: (message: string) => fail("ValidationException", message),
  unsupported: (message: string) => fail("UnsupportedOperationException", message),
  limit: (message: string) => fail("LimitExceededException", message),
  /** The text is not recorded from AWS; the code is. */
  invalidGrantToken: () => fail("InvalidGrantTokenException", "The grant token is not valid."),

  /** An ARN of another account that names nothing, or nothing that the caller may use: AWS does not say which. */
  notThereOrNotAllowed: (principalArn: string, action: string) =>
    fail(
      "AccessDeniedException",
      `User: ${principalArn} is not authorized to perform: ${action} on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
    ),
  /**
   * Decrypt and ReEncrypt without a key id, where the ciphertext's key is not there. Until about 2022 AWS said "The
   * ciphertext refers to a customer master key that does not exist, …"; answers quoted since name the caller and the
   * action: github.com/onnela-lab/beiwe-backend/issues/363 (2024), IAM Identity Center User Guide "Troubleshoot customer
   * managed keys" and the readme of aws-cdk-lib/aws-s3-deployment (with an identity-based reason).
   */
  ciphertextKey: (principalArn: string, action: string) =>
    fail(
      "AccessDeniedException",
      `User: ${principalArn} is not authorized to perform: ${action} on ${keyOfCiphertext} because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
    ),

  /** Named, so that nobody takes the answer for AWS's. */
  notSimulated: (what: string) => fail("UnsupportedOperationException", `Keyhole does not simulate ${what}.`),
};
