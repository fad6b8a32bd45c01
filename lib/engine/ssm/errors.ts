import { type Failure, fail } from "../errors";
import type { AwsError } from "../types";

/**
 * Parameter Store's refusals. The texts are AWS's where a recorded answer or a public issue shows them; a text of which
 * no record was found is ours and says so here by "unverified".
 */

export const invalid = (message: string): Failure => fail("ValidationException", message);

/** What AWS has and this lab has not, by name. */
export const notSimulated = (what: string): Failure => fail("NotSimulated", `Keyhole does not simulate ${what}. AWS has it; this lab does not.`);

/** Seen empty on real AWS: github.com/awslabs/aws-simple-cicd/issues/10. */
export const parameterNotFound = (): Failure => fail("ParameterNotFound", "");

/** Seen for a version number (github.com/getmoto/moto/pull/3977); for a label the same words are unverified. */
export const versionNotFound = (selector: string | number, name: string): Failure =>
  fail("ParameterVersionNotFound", `Systems Manager could not find version ${selector} of ${name}. Verify the version and try again.`);

/** Seen for wrong characters, empty sub-paths and a missing first slash: github.com/boto/boto3/issues/1499, aws/aws-sdk-js-v3/issues/5005. */
export const malformedName = (): Failure =>
  invalid(
    `Parameter name: can't be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_`,
  );

/** For the operations that take a path or a tagged resource: github.com/aws-samples/resource-autotagger/issues/1. */
export const malformedPath = (): Failure =>
  invalid(
    `The parameter doesn't meet the parameter name requirements. The parameter name must begin with a forward slash "/". It can't be prefixed with \\"aws\\" or \\"ssm\\" (case-insensitive). It must use only letters, numbers, or the following symbols: . (period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, if specified, must use the forward slash symbol "/". Valid example: /get/parameters2-/by1./path0_.`,
  );

/** The name comes without its first slash: github.com/aws-solutions/quota-monitor-for-aws/issues/30. */
export const reservedName = (name: string): Failure => fail("AccessDeniedException", `No access to reserved parameter name: ${name.replace(/^\//, "")}.`);

/** Neither the pages nor the issues show what AWS writes in a bad token's error; the words are unverified. */
export const invalidNextToken = (): Failure => fail("InvalidNextToken", "The specified token isn't valid.");

/**
 * How SSM hands on a refusal of KMS: the SDK's words around KMS's text. A denied key stays an AccessDeniedException,
 * everything else about the key is InvalidKeyId.
 * Source: KMS Developer Guide, Parameter Store: troubleshooting; texts in github.com/binxio/aws-ssm-copy/issues/10,
 * github.com/hashicorp/terraform-provider-aws/issues/42849.
 */
export function fromKms(error: AwsError, requestId: string): Failure {
  const text = `${error.message || "null"} (Service: AWSKMS; Status Code: ${error.status ?? 400}; Error Code: ${error.code}; Request ID: ${requestId}; Proxy: null)`;
  return fail(error.code === "AccessDeniedException" ? "AccessDeniedException" : "InvalidKeyId", text);
}

export const isFailure = (value: object): value is Failure => "ok" in value && value.ok === false && "error" in value;
