/**
 * One sentence of ours for an error of AWS's, and what one can do about it. The reasons themselves (which statement,
 * which policy) are not told here: Why? shows them from the trace.
 */
export interface Explanation {
  meaning: string;
  remedy: string;
}

type Row = [code: string, words: RegExp | undefined, meaning: string, remedy: string];

/** The first row whose code, and words where it has them, fit. */
const ROWS: Row[] = [
  ["AccessDeniedException", /reserved parameter name/i, "Names that begin with aws or ssm belong to AWS.", "Choose another name."],
  [
    "AccessDeniedException",
    /Service: AWSKMS/,
    "Parameter Store asked KMS for this caller, and the caller may not use the parameter's key so.",
    "Allow it on that key, in the key policy or in an IAM policy of the caller.",
  ],
  [
    "AccessDeniedException",
    /associated with this ciphertext because the resource does not exist/i,
    "The caller may not decrypt with the key behind this ciphertext, or that key is not in this Region.",
    "Look at the key's policy and at the caller's IAM policies.",
  ],
  [
    "AccessDeniedException",
    /explicit deny/i,
    "A policy denies this outright, and a deny beats every allow.",
    "Change the denying statement, or call as someone it does not name.",
  ],
  [
    "AccessDeniedException",
    /resource-based policy/i,
    "The resource's own policy does not let this caller in.",
    "Let a key administrator add the caller to the key policy.",
  ],
  [
    "AccessDeniedException",
    /^You don't have permissions to access this resource\.$/,
    "Only the organization's management account can do this.",
    "Choose an identity of the management account in the top bar.",
  ],
  [
    "AccessDeniedException",
    /managed by Firewall Manager/,
    "A Firewall Manager policy made this web ACL, and only Firewall Manager deletes it.",
    "Let the administrator delete the policy with its resources, or take this account out of its scope.",
  ],
  [
    "AccessDeniedException",
    /only available to Administration account|not currently delegated by AWS FM/,
    "Only a Firewall Manager administrator of the organization may do this.",
    "Switch to the administrator's account in the top bar, or let the management account name this one.",
  ],
  [
    "AccessDeniedException",
    undefined,
    "Nothing allows this caller to do this.",
    "Give the caller the permission, or choose another identity in the top bar.",
  ],
  [
    "AccessDenied",
    undefined,
    "Nothing allows this caller to do this.",
    "Give the caller the permission, or choose another identity in the top bar.",
  ],
  [
    "MalformedPolicyDocumentException",
    /update the key policy in the future/i,
    "With this policy the caller could never change it again, so KMS refuses it.",
    "Keep a statement that allows kms:PutKeyPolicy to you or to your account.",
  ],
  [
    "MalformedPolicyDocumentException",
    /invalid principals/i,
    "A principal in the policy does not exist.",
    "Check the ARNs: the user, role or account must exist.",
  ],
  [
    "MalformedPolicyDocumentException",
    /specified policy type/i,
    "The text is no policy of this type that Organizations takes.",
    "See the warnings below the text; what you typed is kept.",
  ],
  ["MalformedPolicyDocumentException", undefined, "The text is not a policy that KMS can read.", "Mend the JSON; what you typed is kept."],
  [
    "AlreadyExistsException",
    undefined,
    "The name is taken in this account and Region.",
    "Choose another name, or point the existing alias at the key.",
  ],
  ["NotAuthorizedException", undefined, "Aliases that begin with aws/ belong to AWS services.", "Choose another name."],
  [
    "KMSInvalidStateException",
    undefined,
    "The key's state does not allow this.",
    "See the key's status: a deletion may have to be cancelled first.",
  ],
  [
    "KmsInvalidStateException",
    undefined,
    "The key's state does not allow this.",
    "See the key's status: a deletion may have to be cancelled first.",
  ],
  ["DisabledException", undefined, "The key is disabled.", "Enable the key first."],
  [
    "NotFoundException",
    undefined,
    "There is no such thing in this account and Region.",
    "Check the identifier, the account and the Region in the top bar.",
  ],
  [
    "ParameterNotFound",
    undefined,
    "No parameter has this name in this account and Region.",
    "Names are case-sensitive: check each part of the path.",
  ],
  ["ParameterAlreadyExists", undefined, "A parameter of this name exists.", "Edit it instead: that writes a new version."],
  ["ParameterVersionNotFound", undefined, "The parameter has no such version.", "See its History for the versions that exist."],
  [
    "InvalidKeyId",
    undefined,
    "Parameter Store could not use this KMS key.",
    "Choose an enabled symmetric encryption key of this Region that the caller may use.",
  ],
  ["HierarchyLevelLimitExceededException", undefined, "A name can have at most 15 levels.", "Use a shorter path."],
  [
    "ParameterLimitExceeded",
    undefined,
    "The account has as many parameters as this tier allows in this Region.",
    "Delete some, or use the advanced tier.",
  ],
  ["LimitExceededException", undefined, "An AWS quota is used up.", "Remove something of the same kind, or do with fewer."],
  [
    "ValidationException",
    undefined,
    "A value in the request is not of the form that the API takes.",
    "Change the value that the message names.",
  ],
  ["UnsupportedOperationException", undefined, "This kind of key cannot do this.", "See the key's spec, usage and origin."],
  ["NoSuchEntity", undefined, "There is no such thing in this account's IAM.", "Check the name, and the account in the top bar."],
  ["EntityAlreadyExists", undefined, "The name is taken in this account.", "Choose another name. IAM does not tell capitals from small letters."],
  ["DeleteConflict", undefined, "Something still hangs on it.", "Take off what the message names first."],
  ["LimitExceeded", undefined, "An AWS quota is used up.", "Remove something of the same kind, or do with fewer."],
  [
    "MalformedPolicyDocument",
    /invalid principal/i,
    "A principal in the policy does not exist.",
    "Check the ARNs: the user, role or account must exist.",
  ],
  ["MalformedPolicyDocument", undefined, "The text is not a policy that IAM takes.", "See the warnings below the text; what you typed is kept."],
  ["PasswordPolicyViolation", undefined, "The password is too weak for the account's password policy.", "Use eight characters or more of three kinds."],
  ["UnmodifiableEntity", undefined, "A service made this role for itself.", "Change it in that service."],
  ["InvalidInput", undefined, "A value in the request is not one that IAM takes.", "Change the value that the message names."],
  ["ValidationError", undefined, "A value in the request is not of the form that the API takes.", "Change the value that the message names."],
  ["NotSimulated", /host could not run|runs no functions/i, "The function’s code could not be started in this page.", "See what the message names; then invoke the function again."],
  ["InvalidParameterValueException", /cannot be assumed by Lambda/i, "The role’s trust policy does not let lambda.amazonaws.com take it on.", "Choose another role, or change its trust policy in IAM."],
  ["InvalidParameterValueException", /KMS Exception/, "KMS refused what Lambda asked of the key in your name.", "You need kms:Encrypt and kms:CreateGrant on the key, and the key must be enabled."],
  ["InvalidParameterValueException", undefined, "A value in the request is not one that AWS takes.", "Change the value that the message names."],
  ["ResourceConflictException", /already exist/i, "The name is taken.", "Choose another name."],
  ["ResourceConflictException", /operation cannot be performed at this time/i, "The function is still being made or changed.", "Try again in a moment."],
  ["ResourceConflictException", undefined, "Something else stands in the way.", "See what the message names."],
  ["PreconditionFailedException", undefined, "It was changed since you read it.", "Read it again, then make your change."],
  ["InvalidRequestContentException", undefined, "The event is not JSON.", "Mend the event; what you typed is kept."],
  ["RequestTooLargeException", undefined, "It is larger than the service takes.", "Send less."],
  ["TooManyRequestsException", undefined, "No more invocations may run now: the concurrency is used up, or reserved as 0.", "See Concurrency in the function’s configuration."],
  ["RecursiveInvocationException", undefined, "The function invoked itself, over others or not, too often in one chain.", "Break the loop, or allow loops in the function’s configuration."],
  ["KMSAccessDeniedException", undefined, "The function’s variables could not be decrypted for its execution role.", "Save the variables again: that makes the grant for the role anew."],
  ["KMSDisabledException", undefined, "The key of the function’s variables is disabled.", "Enable the key, or choose another."],
  ["KMSInvalidStateException", undefined, "The key of the function’s variables is in a state in which it cannot decrypt.", "See the key’s status."],
  ["ResourceAlreadyExistsException", undefined, "The name is taken in this account and Region.", "Choose another name."],
  ["InvalidParameterException", /^No contact with phoneNumber/, "Proactive engagement calls somebody.", "Give a contact a telephone number."],
  ["InvalidParameterException", undefined, "A value in the request is not one that the service takes.", "Change the value that the message names."],
  [
    "ResourceNotFoundException",
    undefined,
    "There is no such thing in this account and Region.",
    "Check the name, the account and the Region in the top bar.",
  ],
  ["InvalidEventPatternException", undefined, "The text is not an event pattern that EventBridge takes.", "Mend what the message names; the Sandbox tries patterns as you type."],
  ["PolicyLengthExceededException", undefined, "The policy is longer than the service takes.", "Use fewer or shorter statements."],
  ["AWS.SimpleQueueService.NonExistentQueue", undefined, "No queue has this name in this account and Region.", "Check the name, the account and the Region in the top bar."],
  ["QueueAlreadyExists", undefined, "The name is taken by a queue with other attributes.", "Choose another name, or use the queue that is there."],
  ["AWS.SimpleQueueService.QueueDeletedRecently", undefined, "A queue of this name was deleted within the last minute.", "Wait a minute by the lab’s clock, or choose another name."],
  ["WAFOptimisticLockException", undefined, "It was changed since you began: the lock token is an old one.", "Look at what is there now, then make your change again; what you typed is kept."],
  ["WAFInvalidParameterException", undefined, "A value in the request is not one that AWS WAF takes.", "Change what the message names as field and parameter."],
  ["WAFDuplicateItemException", undefined, "The name is taken in this scope.", "Choose another name."],
  ["WAFNonexistentItemException", undefined, "There is no such thing in this account, Region and scope.", "Check the name, the scope, and the Region in the top bar."],
  ["WAFAssociatedItemException", undefined, "Something still uses it.", "Take it out of the rules that refer to it, or disassociate what it protects, first."],
  ["WAFLimitsExceededException", undefined, "An AWS WAF quota is used up.", "Remove something of the same kind, or do with fewer."],
  ["WAFUnavailableEntityException", undefined, "AWS WAF does not find the resource.", "Check its ARN: it has to be of this account and Region."],
  ["WAFLogDestinationPermissionIssueException", undefined, "AWS WAF may not write to this log group, or it is not there.", "The caller needs logs:CreateLogDelivery, logs:DescribeResourcePolicies and logs:PutResourcePolicy."],
  ["LockedSubscriptionException", undefined, "A subscription to Shield Advanced is for a year.", "Auto-renew can be changed in its last 30 days: the lab’s clock gets there."],
  ["InvalidResourceException", /^Unrecognized resource '(instance|loadbalancer)'/, "Shield Advanced does not protect it directly.", "Protect the Elastic IP address on it: that protects it too."],
  ["InvalidResourceException", /^Unrecognized resource/, "Shield Advanced does not take a resource of this kind here.", "See the kinds that it protects."],
  ["InvalidResourceException", /does not exist/, "Shield finds no such resource in this account.", "Check the ARN, and the account in the top bar."],
  ["InvalidOperationException", /needs a Route 53 health check/, "Without a health check the team does not know when to call.", "Associate one with a protected resource."],
  ["InvalidOperationException", /has no web ACL/, "Shield sees and stops requests through the web ACL of the resource.", "Associate a web ACL with it first."],
  ["NoAssociatedRoleException", undefined, "The team reads buckets by its role, and has none.", "Give it access to the account first."],
  ["AccessDeniedForDependencyException", undefined, "The role is not one that the response team could use.", "Mend what the message names, in IAM."],
  ["PolicyInUseException", undefined, "The policy is attached somewhere.", "Detach it from all its targets first."],
  ["DuplicatePolicyException", undefined, "The organization has a policy of this name.", "Choose another name."],
  ["TagException", undefined, "A tag breaks KMS's rules for tags.", "Use each tag key once, and none that begins with aws:."],
];

/** Always gives both sentences; an unknown code gets general ones. */
export function explainError(service: string, operation: string, code: string, message = ""): Explanation {
  for (const [known, words, meaning, remedy] of ROWS) {
    if (known === code && (!words || words.test(message))) return { meaning, remedy };
  }
  if (/NotSimulated/i.test(code) || /not simulated/i.test(message))
    return { meaning: "AWS has this and Keyhole does not simulate it.", remedy: "Nothing was changed in the lab." };
  return { meaning: `AWS refused ${operation}.`, remedy: "Nothing was changed in the lab." };
}
