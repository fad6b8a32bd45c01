import { fail } from "../errors";

/** Organizations' errors. Sources: Organizations API Reference, each operation's Errors (codes, reasons); texts as the API returns them, quoted in public issues. */

const violation = (Reason: string, message: string) => fail("ConstraintViolationException", message, { Reason });

export const orgErrors = {
  notInUse: () => fail("AWSOrganizationsNotInUseException", "Your account is not a member of an organization."),
  alreadyIn: () => fail("AlreadyInOrganizationException", "The AWS account is already a member of an organization."),
  notManagement: () => fail("AccessDeniedException", "You don't have permissions to access this resource."),
  notEmpty: () =>
    fail("OrganizationNotEmptyException", "To delete an organization, you must first remove all member accounts (except the master)."),
  accountNotFound: () => fail("AccountNotFoundException", "You specified an account that doesn't exist."),
  statusNotFound: () => fail("CreateAccountStatusNotFoundException", "You specified a create account request ID that doesn't exist."),
  rootNotFound: () => fail("RootNotFoundException", "You specified a root that doesn't exist."),
  parentNotFound: () => fail("ParentNotFoundException", "You specified parent that doesn't exist."),
  childNotFound: () => fail("ChildNotFoundException", "You specified a child that doesn't exist."),
  sourceParentNotFound: () => fail("SourceParentNotFoundException", "You specified a source parent that doesn't exist."),
  destinationParentNotFound: () => fail("DestinationParentNotFoundException", "You specified a destination parent that doesn't exist."),
  duplicateAccount: () => fail("DuplicateAccountException", "The account is already in the specified destination."),
  unitNotFound: () => fail("OrganizationalUnitNotFoundException", "You specified an organizational unit that doesn't exist."),
  unitNotEmpty: () =>
    fail(
      "OrganizationalUnitNotEmptyException",
      "You must remove all child entities from the organizational unit before you can delete it.",
    ),
  duplicateUnit: () => fail("DuplicateOrganizationalUnitException", "An OU with the same name already exists."),
  unitsTooDeep: () => violation("OU_DEPTH_LIMIT_EXCEEDED", "You have exceeded the allowed depth of OUs."),
  policyNotFound: () => fail("PolicyNotFoundException", "We can't find a policy with the PolicyId that you specified."),
  targetNotFound: () => fail("TargetNotFoundException", "We can't find a root, OU, or account with the TargetId that you specified."),
  duplicatePolicy: () => fail("DuplicatePolicyException", "A policy with the same name already exists."),
  duplicateAttachment: () => fail("DuplicatePolicyAttachmentException", "The selected policy is already attached to the specified target."),
  policyInUse: () =>
    fail(
      "PolicyInUseException",
      "The policy is attached to one or more entities. You must detach it from all roots, OUs, and accounts before performing this operation.",
    ),
  notAttached: () => fail("PolicyNotAttachedException", "The policy isn't attached to the specified target in the specified root."),
  typeNotEnabled: () => fail("PolicyTypeNotEnabledException", "This operation can be performed only for enabled policy types."),
  typeAlreadyEnabled: () => fail("PolicyTypeAlreadyEnabledException", "The specified policy type is already enabled."),
  typeNotAvailable: () =>
    fail(
      "PolicyTypeNotAvailableForOrganizationException",
      "You can't use the specified policy type with the feature set currently enabled for this organization.",
    ),
  typeNotSimulated: (type: string) =>
    fail(
      "NotSimulated",
      `Keyhole does not simulate policies of the type ${type}: only service control policies and resource control policies.`,
    ),
  malformed: () =>
    fail("MalformedPolicyDocumentException", "The provided policy document does not meet the requirements of the specified policy type."),
  immutable: () => fail("InvalidInputException", "You can't modify an AWS managed policy.", { Reason: "IMMUTABLE_POLICY" }),
  notDetachable: () => fail("InvalidInputException", "This policy can't be detached.", { Reason: "NON_DETACHABLE_POLICY" }),
  invalidToken: () => fail("InvalidInputException", "You provided an invalid NextToken.", { Reason: "INVALID_NEXT_TOKEN" }),
  contentTooLong: () => violation("POLICY_CONTENT_LIMIT_EXCEEDED", "The policy content exceeds the maximum size."),
  tooManyAttached: () =>
    violation("MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED", "You have attached the maximum number of policies of this type to the target."),
  lastAttached: () =>
    violation(
      "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED",
      "You cannot remove the last policy attached to the specified target. You must have at least one attached at all times.",
    ),
  handshakeNotFound: () => fail("HandshakeNotFoundException", "We can't find a handshake with the HandshakeId that you specified."),
  duplicateHandshake: () => fail("DuplicateHandshakeException", "A handshake for this account is already open."),
  inAnOrganization: () =>
    fail("HandshakeConstraintViolationException", "The account is already a member of an organization.", {
      Reason: "ALREADY_IN_AN_ORGANIZATION",
    }),
  alreadyInState: () => fail("HandshakeAlreadyInStateException", "The handshake is already in the requested state."),
  invalidTransition: () =>
    fail("InvalidHandshakeTransitionException", "You can't perform the operation on the handshake in its current state."),
  masterCannotLeave: () => fail("MasterCannotLeaveOrganizationException", "You can't remove a management account from an organization."),
};
