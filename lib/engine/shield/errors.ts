import { type Failure, fail } from "../errors";

/**
 * Shield Advanced's refusals. Texts of AWS's answers, as they are quoted in public issues and scripts: no subscription, no
 * protection, no contact with a telephone number. A text of which no answer was found says "unverified".
 * Source: AWS Shield Advanced API Reference, each operation's Errors.
 */

export const isFailure = (value: unknown): value is Failure => typeof value === "object" && value !== null && (value as { ok?: unknown }).ok === false && "error" in value;

const parameter = (message: string, name: string): Failure => fail("InvalidParameterException", message, { reason: "FIELD_VALIDATION_FAILED", fields: [{ name, message }] });

export const shieldErrors = {
  noSubscription: () => fail("ResourceNotFoundException", "The subscription does not exist."),
  /** Unverified. */
  subscribed: () => fail("ResourceAlreadyExistsException", "The subscription already exists."),
  /** Unverified. */
  committed: () => fail("LockedSubscriptionException", "The subscription cannot be deleted before its 1-year commitment is over."),
  /** Unverified. */
  tooEarly: () => fail("LockedSubscriptionException", "AutoRenew can be changed only during the last 30 days of the subscription."),
  noProtection: () => fail("ResourceNotFoundException", "The referenced protection does not exist."),
  protectedAlready: () => fail("ResourceAlreadyExistsException", "The referenced protection already exists."),
  noGroup: () => fail("ResourceNotFoundException", "The referenced protection group does not exist."),
  groupExists: () => fail("ResourceAlreadyExistsException", "The referenced protection group already exists."),
  unrecognised: (resource: string, service: string) => fail("InvalidResourceException", resource ? `Unrecognized resource '${resource}' of service '${service}'.` : "Relative ID must be in the form '<resource>/<id>'."),
  /** Unverified. */
  invalidResource: (arn: string) => fail("InvalidResourceException", `The resource ${arn} does not exist, or the account has no access to it.`),
  /** Unverified. */
  noResource: (arn: string) => fail("ResourceNotFoundException", `The referenced resource does not exist: ${arn}`),
  eitherOne: () => parameter("Invalid parameter. You must provide one value, either protectionId or resourceArn, but not both.", "protectionId"),
  noPhone: (contacts: string) => fail("InvalidParameterException", `No contact with phoneNumber present in given contactSettings: EmergencyContactSettings(contacts=[${contacts}])`),
  parameter,
  /** Unverified. */
  limit: (type: string, limit: number) => fail("LimitsExceededException", `The request would exceed the limit of ${limit}.`, { Type: type, Limit: limit }),
  /** Also where the call would change nothing. Unverified. */
  operation: (message: string) => fail("InvalidOperationException", message),
  /** Unverified. */
  noRole: () => fail("NoAssociatedRoleException", "The ARN of the role that you specified does not exist."),
  /** Unverified. */
  dependency: (message: string) => fail("AccessDeniedForDependencyException", message),
  /** Unverified. */
  token: () => fail("InvalidPaginationTokenException", "The NextToken specified in the request is invalid. Submit the request using the NextToken value that was returned in the prior response."),
  /** Unverified. */
  noAttack: () => fail("AccessDeniedException", "The attack does not exist, or the account may not see it."),
} as const;
