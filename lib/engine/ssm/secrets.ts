import { dateWords } from "../cloudtrail/parameters";
import { type Failure, fail } from "../errors";
import type { AwsError, Context, JsonObject } from "../types";
import { invalid } from "./errors";
import { trimmed } from "./names";

/**
 * Secrets of Secrets Manager, read as parameters: `/aws/reference/secretsmanager/<name>`, with a staging label or a version
 * id after a colon. Parameter Store keeps nothing of them; Secrets Manager is asked by the ordinary door, for the caller.
 * Source: Systems Manager User Guide, Referencing AWS Secrets Manager secrets from Parameter Store parameters; answers and
 * texts were measured on AWS in September 2026 by the authors of github.com/floci-io/floci, "null" and all.
 */

const prefix = "/aws/reference/secretsmanager/";

const malformedSelector = (): Failure => invalid("Invalid parameter name. Please use correct syntax for referencing a version/label  <name>:<version/label>");
const noDecryption = (): Failure => invalid("WithDecryption flag must be True for retrieving a Secret Manager secret.");

/**
 * Errors: ValidationException, ParameterNotFound, AccessDeniedException.
 */
export function readSecret(ctx: Context, given: string, decrypt: boolean | undefined): { parameter: JsonObject } | Failure {
  const text = trimmed(given);
  const [id, selector, ...more] = text.slice(text.indexOf(prefix) + prefix.length).split(":");
  if (more.length || selector === "" || id === "") return malformedSelector();
  if (!decrypt) return noDecryption();
  // A version's id has 32 characters at least; a label may be as long, but then it is none of AWS's.
  const asked = selector === undefined ? {} : selector.length < 32 ? { VersionStage: selector } : { VersionId: selector };
  const answer = selector !== undefined && !/^[a-zA-Z0-9._-]+$/.test(selector) ? fail("ResourceNotFoundException") : ctx.call("secretsmanager", "GetSecretValue", { SecretId: id, ...asked });
  if (!answer.ok) return refusal(answer.error, `${id}${selector === undefined ? "null" : `:${selector}`}`);
  const { ARN, Name, VersionId, SecretString, SecretBinary, VersionStages, CreatedDate } = answer.output;
  const SourceResult = JSON.stringify({
    ARN,
    name: Name,
    versionId: VersionId,
    ...(SecretString === undefined ? { secretBinary: SecretBinary } : { secretString: SecretString }),
    versionStages: VersionStages,
    createdDate: dateWords(Number(CreatedDate) * 1000),
  });
  return {
    parameter: {
      Name: `${prefix}${id}`,
      Type: "SecureString",
      ...(SecretString !== undefined && { Value: SecretString }),
      Version: 0,
      ...(selector !== undefined && { Selector: `:${selector}` }),
      SourceResult,
      LastModifiedDate: CreatedDate,
      ARN,
    },
  };
}

/** How Parameter Store hands on what Secrets Manager says; that it names a denied call's words is unverified. */
function refusal({ code, message }: AwsError, name: string): Failure {
  if (code === "ResourceNotFoundException") return fail("ParameterNotFound", `An error occurred (ParameterNotFound) when referencing Secrets Manager: Secret aws/reference/secretsmanager/${name} not found.`);
  if (code === "InvalidRequestException") return invalid("Invalid Request to Secrets Manager");
  if (code === "AccessDeniedException") return fail(code, `An error occurred (${code}) when referencing Secrets Manager: ${message}`);
  return invalid(`An error occurred (${code}) when referencing Secrets Manager: ${message}`);
}
