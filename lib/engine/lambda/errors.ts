import { type Failure, fail } from "../errors";

/**
 * Lambda's errors. Sources: Lambda API Reference, each operation's Errors; texts as AWS returns them in public issues and in
 * the tests of Terraform's provider. `Type` is what every error document of Lambda has.
 */
const user = { Type: "User" };

export const isFailure = (value: unknown): value is Failure => typeof value === "object" && value !== null && (value as { ok?: unknown }).ok === false;

export const lambdaErrors = {
  notFound: (arn: string): Failure => fail("ResourceNotFoundException", `Function not found: ${arn}`, user, 404),
  unreachable: (region: string, here: string): Failure => fail("ResourceNotFoundException", `Functions from '${region}' are not reachable in this region ('${here}')`, user, 404),
  aliasNotFound: (arn: string): Failure => fail("ResourceNotFoundException", `Cannot find alias arn: ${arn}`, user, 404),
  policyNotFound: (): Failure => fail("ResourceNotFoundException", "The resource you requested does not exist.", user, 404),
  statementNotFound: (id: string): Failure => fail("ResourceNotFoundException", `Statement ${id} is not found in resource policy.`, user, 404),
  invokeConfigNotFound: (arn: string): Failure => fail("ResourceNotFoundException", `The function ${arn} doesn't have an EventInvokeConfig`, user, 404),
  invalid: (message: string): Failure => fail("InvalidParameterValueException", message, user, 400),
  conflict: (message: string): Failure => fail("ResourceConflictException", message, user, 409),
  stale: (): Failure => fail("PreconditionFailedException", "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id", user, 412),
  throttled: (reason: "ReservedFunctionConcurrentInvocationLimitExceeded" | "ConcurrentInvocationLimitExceeded"): Failure => fail("TooManyRequestsException", "Rate Exceeded.", { ...user, Reason: reason }, 429),
  recursive: (name: string): Failure => fail("RecursiveInvocationException", `Lambda has detected that the function ${name} is being invoked in a recursive loop and stopped the invocation.`, user, 400),
  badPayload: (message: string): Failure => fail("InvalidRequestContentException", message, user, 400),
  tooLarge: (message: string): Failure => fail("RequestTooLargeException", message, user, 413),
  accessDenied: (message: string): Failure => fail("AccessDeniedException", message, undefined, 403),
  notRun: (why: string): Failure => fail("NotSimulated", why),
  notSimulated: (what: string): Failure => fail("NotSimulated", `Keyhole does not simulate ${what}. AWS Lambda has it; this lab does not.`),
};
