import { type Failure, fail } from "../errors";

/** CloudWatch Logs' errors. Sources: CloudWatch Logs API Reference, each operation's Errors; texts as answered to users of its SDKs. */
export const isFailure = (value: unknown): value is Failure => typeof value === "object" && value !== null && (value as { ok?: unknown }).ok === false;

export const logsErrors = {
  noGroup: (): Failure => fail("ResourceNotFoundException", "The specified log group does not exist."),
  noStream: (): Failure => fail("ResourceNotFoundException", "The specified log stream does not exist."),
  noResource: (): Failure => fail("ResourceNotFoundException", "The specified resource does not exist."),
  groupExists: (): Failure => fail("ResourceAlreadyExistsException", "The specified log group already exists"),
  streamExists: (): Failure => fail("ResourceAlreadyExistsException", "The specified log stream already exists"),
  invalid: (message: string): Failure => fail("InvalidParameterException", message),
  badToken: (): Failure => fail("InvalidParameterException", "The specified nextToken is invalid."),
  protected: (): Failure => fail("ValidationException", "The log group cannot be deleted: deletion protection is enabled."),
  notSimulated: (what: string): Failure => fail("NotSimulated", `Keyhole does not simulate ${what}. Amazon CloudWatch Logs has it; this lab does not.`),
};
