import { type Failure, fail } from "../errors";

/**
 * Firewall Manager's refusals. Texts of AWS's answers, as they are quoted in public issues of terraform, terraform-provider-aws and
 * provider-upjet-aws: who is no administrator, who is not the management account, CloudFront in a list. The others are unverified.
 * Source: AWS Firewall Manager API Reference, each operation's Errors.
 */

export const isFailure = (value: unknown): value is Failure => typeof value === "object" && value !== null && (value as { ok?: unknown }).ok === false && "error" in value;

export const fmsErrors = {
  onlyAdmins: (operation: string) => fail("AccessDeniedException", `Operation: ${operation} is only available to Administration account in AWS Firewall Manager.`),
  /** Unverified. */
  onlyManagement: (operation: string) => fail("AccessDeniedException", `Operation: ${operation} is only available to the management account of the organization.`),
  notDelegated: (account: string) => fail("AccessDeniedException", `Account: ${account} is not currently delegated by AWS FM.`),
  notManagement: (account: string, management: string) => fail("InvalidOperationException", `${account} is not the management account of the Organization but trying to AssociateAdmin, Organization management account is ${management}: `),
  noOrganization: (account: string) => fail("InvalidOperationException", `Account ${account} is not in an organization. Firewall Manager needs AWS Organizations.`),
  notAllFeatures: () => fail("InvalidOperationException", "The organization must have all features enabled: with consolidated billing only, Firewall Manager cannot manage its accounts."),
  notMember: (account: string) => fail("InvalidInputException", `Account ${account} is not a member of the organization.`),
  wrongRegion: (operation: string) => fail("InvalidOperationException", `${operation} must be called in us-east-1.`),
  otherAdmin: (account: string) => fail("InvalidOperationException", `Account ${account} is already the default administrator of Firewall Manager. Disassociate it first.`),
  adminsLeft: () => fail("InvalidOperationException", "The default administrator can be disassociated only when there are no other administrators."),
  noAdmin: () => fail("ResourceNotFoundException", "There is no Firewall Manager administrator."),
  noPolicy: (id: string) => fail("ResourceNotFoundException", `The policy ${id} does not exist.`),
  noAccount: (account: string) => fail("ResourceNotFoundException", `Account ${account} is not a member of the organization.`),
  noList: (id: string) => fail("ResourceNotFoundException", `The list ${id} does not exist.`),
  noChannel: () => fail("ResourceNotFoundException", "There is no notification channel."),
  noResource: (arn: string) => fail("ResourceNotFoundException", `The resource ${arn} does not exist.`),
  noViolation: () => fail("ResourceNotFoundException", "The resource does not violate the policy."),
  staleToken: (name: string) => fail("InvalidOperationException", `The ${name} is not the one of the current version. Read it again and retry.`),
  cloudFrontInList: () => fail("InvalidInputException", 'Resource ["AWS::CloudFront::Distribution"] can not be in the CoralResourceTypeList, use CoralResourceType instead.'),
  input: (message: string) => fail("InvalidInputException", message),
  operation: (message: string) => fail("InvalidOperationException", message),
  limit: (what: string, most: number) => fail("LimitExceededException", `There can be at most ${most} ${what}.`),
  token: () => fail("InvalidInputException", "The NextToken is not valid."),
  notSimulated: (what: string) => fail("NotSimulated", `Keyhole does not simulate ${what}. AWS Firewall Manager has it; this lab does not.`),
} as const;
