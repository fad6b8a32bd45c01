import { fromBase64, toBase64, utf8, utf8Text } from "../crypto/bytes";
import type { Failure } from "../errors";
import type { AwsError, Context, JsonObject, Principal } from "../types";
import { isFailure, lambdaErrors } from "./errors";
import { type SealedEnvironment, versions } from "./state";

/**
 * Environment variables. Lambda keeps them encrypted, under `aws/lambda` or a customer managed key; KMS is asked by the
 * ordinary door, with the function's ARN as encryption context. With a customer managed key the caller must be allowed to
 * encrypt under it and to make the grant by which the execution role decrypts them.
 * Source: Lambda Developer Guide, Securing Lambda environment variables, Using Lambda environment variables.
 */

export type Variables = Record<string, string>;

const defaultKey = "alias/aws/lambda";
/** Bytes of all names and values. AWS measures the JSON text. */
const mostBytes = 4096;

/** Names that Lambda sets itself. Source: Lambda Developer Guide, Defined runtime environment variables, reserved. */
const reserved = new Set(
  `_HANDLER _X_AMZN_TRACE_ID AWS_DEFAULT_REGION AWS_REGION AWS_EXECUTION_ENV AWS_LAMBDA_FUNCTION_NAME AWS_LAMBDA_FUNCTION_MEMORY_SIZE
  AWS_LAMBDA_FUNCTION_VERSION AWS_LAMBDA_INITIALIZATION_TYPE AWS_LAMBDA_LOG_GROUP_NAME AWS_LAMBDA_LOG_STREAM_NAME AWS_ACCESS_KEY AWS_ACCESS_KEY_ID
  AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_LAMBDA_RUNTIME_API AWS_LAMBDA_MAX_CONCURRENCY AWS_LAMBDA_METADATA_API AWS_LAMBDA_METADATA_TOKEN LAMBDA_TASK_ROOT LAMBDA_RUNTIME_DIR`
    .trim().split(/\s+/),
);

/** Errors: InvalidParameterValueException. Texts: as answered to users of Terraform and the Serverless Framework. */
export function problemOfVariables(variables: Variables): Failure | undefined {
  const taken = Object.keys(variables).filter((name) => reserved.has(name));
  if (taken.length)
    return lambdaErrors.invalid(`Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${taken.join(", ")}`);
  if (utf8(JSON.stringify(variables)).length > mostBytes)
    return lambdaErrors.invalid(`Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the ${mostBytes / 1024}KB limit. String measured: ${JSON.stringify(variables)}`);
  return undefined;
}

const contextOf = (arn: string): JsonObject => ({ "aws:lambda:FunctionArn": arn });

/** Encrypts variables for a function; undefined where there are none. Errors: InvalidParameterValueException. */
export function seal(ctx: Context, arn: string, variables: Variables, keyArn: string | undefined, role: string): SealedEnvironment | undefined | Failure {
  if (!Object.keys(variables).length) return undefined;
  const EncryptionContext = contextOf(arn);
  const sealed = ctx.call("kms", "Encrypt", { KeyId: keyArn ?? defaultKey, Plaintext: toBase64(utf8(JSON.stringify(variables))), EncryptionContext });
  if (!sealed.ok) return unable("Lambda was unable to encrypt your environment variables because the KMS key could not be used.", sealed.error);
  const out: SealedEnvironment = { ciphertext: String(sealed.output.CiphertextBlob), keyArn: String(sealed.output.KeyId) };
  if (keyArn === undefined) return out;
  const grant = ctx.call("kms", "CreateGrant", { KeyId: out.keyArn, GranteePrincipal: role, Operations: ["Decrypt"], Constraints: { EncryptionContextEquals: EncryptionContext } });
  if (!grant.ok) return unable("Lambda was unable to configure access to your environment variables because the KMS key is invalid for CreateGrant.", grant.error);
  return { ...out, grant: { id: String(grant.output.GrantId), token: String(grant.output.GrantToken) } };
}

const unable = (what: string, { code, message }: AwsError): Failure =>
  lambdaErrors.invalid(`${what} Please check your KMS key settings. KMS Exception: ${code} KMS Message: ${message ?? ""}`);

/** The grant of variables that no version has any more is taken back; one that KMS will not take back stays where it is. */
export function retire(ctx: Context, name: string, sealed: SealedEnvironment | undefined): void {
  if (!sealed?.grant || versions(ctx.db).having("FunctionName", name).some(({ environment }) => environment?.grant?.id === sealed.grant!.id)) return;
  ctx.call("kms", "RevokeGrant", { KeyId: sealed.keyArn, GrantId: sealed.grant.id });
}

/** The variables in the clear, for the caller or (`as`) for the execution role. The failure is KMS's own. */
export function open(ctx: Context, arn: string, sealed: SealedEnvironment, as?: Principal): Variables | { ok: false; error: AwsError } {
  const answer = ctx.call("kms", "Decrypt", { CiphertextBlob: sealed.ciphertext, KeyId: sealed.keyArn, EncryptionContext: contextOf(arn), ...(as && sealed.grant ? { GrantTokens: [sealed.grant.token] } : {}) }, as ? { as } : {});
  return answer.ok ? (JSON.parse(utf8Text(fromBase64(String(answer.output.Plaintext)))) as Variables) : answer;
}

/**
 * `Environment` as the API shows it to the caller: the variables, or why they cannot be read.
 * Source: Lambda API, EnvironmentResponse, EnvironmentError; text as answered to users who may not decrypt.
 */
export function shown(ctx: Context, arn: string, sealed: SealedEnvironment): JsonObject {
  const variables = open(ctx, arn, sealed);
  if (!refused(variables)) return { Variables: variables };
  const { code, message } = variables.error;
  return { Error: { ErrorCode: code, Message: `Lambda was unable to decrypt your environment variables because the KMS access was denied. Please check your KMS permissions. KMS Exception: ${code} KMS Message: ${message ?? ""}` } };
}

export const refused = (answer: Variables | { ok: false; error: AwsError }): answer is { ok: false; error: AwsError } => isFailure(answer);

/** Why an invocation cannot begin. Source: Lambda API, Invoke (KMS…Exception). */
export function kmsTrouble({ code, message = "" }: AwsError): Failure {
  const text = (why: string): string => `Lambda was unable to decrypt the environment variables because ${why}. Please check the function's KMS key settings. KMS Exception: ${code} KMS Message: ${message}`;
  const failure = (name: string, why: string): Failure => ({ ok: false, error: { code: name, message: text(why), status: 502, fields: { Type: "Service" } } });
  if (code === "DisabledException") return failure("KMSDisabledException", "the KMS key used is disabled");
  if (code === "KMSInvalidStateException") return failure("KMSInvalidStateException", "the state of the KMS key used is not valid for Decrypt");
  if (code === "NotFoundException") return failure("KMSNotFoundException", "the KMS key was not found");
  return failure("KMSAccessDeniedException", "KMS access was denied");
}
