import { fail } from "../errors";

/** STS's errors. Sources: STS API Reference, each operation's Errors; texts as quoted in public issues where the reference has none. */
export const stsErrors = {
  notAuthorised: (caller: string, action: string, role: string) =>
    fail("AccessDenied", `User: ${caller} is not authorized to perform: ${action} on resource: ${role}`, undefined, 403),
  rootAssumes: () => fail("AccessDenied", "Roles may not be assumed by root accounts.", undefined, 403),
  invalidArn: (arn: string) => fail("ValidationError", `${arn} is invalid`),
  longerThanRole: () => fail("ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."),
  longerThanChain: () =>
    fail("ValidationError", "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining."),
  malformedPolicy: (reason: string) => fail("MalformedPolicyDocument", reason),
  packedTooLarge: (percent: number) => fail("PackedPolicyTooLarge", `Packed size of session tags consumes ${percent}% of allotted space.`),
  duplicateTags: () => fail("InvalidParameterValue", "Duplicate tag keys found. Please note that Tag keys are case insensitive."),
  inheritedTag: (key: string) =>
    fail("InvalidParameterValue", `The session tag ${key} was passed on by the calling session and cannot be set again.`),
  mfaFailed: () => fail("AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code.", undefined, 403),
  withSession: (operation: string) => fail("AccessDenied", `Cannot call ${operation} with session credentials`, undefined, 403),
  unknownKey: () => fail("ValidationError", "Invalid access key id."),
  undecodable: () => fail("InvalidAuthorizationMessageException", "The message is not a valid encoded authorization message."),
};
