import { type Failure, fail } from "../errors";

/**
 * EventBridge's errors. Sources: EventBridge API Reference, each operation's Errors; texts as recorded from AWS
 * (github.com/localstack/localstack, tests/aws/services/events, *.snapshot.json) and measured there (github.com/badmintoncryer/cdk-preflight,
 * rules/events).
 */
export const isFailure = (value: unknown): value is Failure => typeof value === "object" && value !== null && (value as { ok?: unknown }).ok === false;

export const eventErrors = {
  noBus: (name: string): Failure => fail("ResourceNotFoundException", `Event bus ${name} does not exist.`),
  busExists: (name: string): Failure => fail("ResourceAlreadyExistsException", `Event bus ${name} already exists.`),
  noRule: (name: string, bus: string): Failure => fail("ResourceNotFoundException", `Rule ${name} does not exist on EventBus ${bus}.`),
  noStatement: (): Failure => fail("ResourceNotFoundException", "Statement with the provided id does not exist."),
  noPolicy: (): Failure => fail("ResourceNotFoundException", "EventBus does not have a policy."),
  noResource: (arn: string): Failure => fail("ResourceNotFoundException", `Resource ${arn} does not exist.`),
  invalid: (message: string): Failure => fail("ValidationException", message),
  pattern: (reason: string): Failure => fail("InvalidEventPatternException", `Event pattern is not valid. Reason: ${reason}`),
  limit: (): Failure => fail("LimitExceededException", "The requested resource exceeds the maximum number allowed."),
  patternTooLong: (name: string, most: number): Failure => fail("LimitExceededException", `Parameter EventPattern for rule ${name} exceeds limit of ${most}.`),
  policyTooLong: (): Failure => fail("PolicyLengthExceededException", "The policy exceeds the limit of 10240 bytes."),
  notSimulated: (what: string): Failure => fail("NotSimulated", `Keyhole does not simulate ${what}. Amazon EventBridge has it; this lab does not.`),
};
