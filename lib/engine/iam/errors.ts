import { fail } from "../errors";

/** IAM's errors. Sources: IAM API Reference, each operation's Errors (codes, statuses); texts as IAM returns them, quoted in public issues and in moto's tests. */

export type Kind = "user" | "group" | "role";
const title = { user: "User", group: "Group", role: "Role" } as const;

const noSuchEntity = (message: string) => fail("NoSuchEntity", message, undefined, 404);
const alreadyExists = (message: string) => fail("EntityAlreadyExists", message, undefined, 409);
const deleteConflict = (message: string) => fail("DeleteConflict", message, undefined, 409);
const limitExceeded = (message: string) => fail("LimitExceeded", message, undefined, 409);

export const iamErrors = {
  notFound: (kind: Kind, name: string) => noSuchEntity(`The ${kind} with name ${name} cannot be found.`),
  inlineNotFound: (kind: Kind, name: string) => noSuchEntity(`The ${kind} policy with name ${name} cannot be found.`),
  policyNotFound: (arn: string) => noSuchEntity(`Policy ${arn} was not found.`),
  notAttachable: (arn: string) => noSuchEntity(`Policy ${arn} does not exist or is not attachable.`),
  versionNotFound: (arn: string, version: string) => noSuchEntity(`Policy ${arn} version ${version} does not exist or is not attachable.`),
  keyNotFound: (id: string) => noSuchEntity(`The Access Key with id ${id} cannot be found`),
  loginNotFound: (user: string) => noSuchEntity(`Login Profile for User ${user} cannot be found.`),
  aliasNotFound: (alias: string) => noSuchEntity(`The account alias ${alias} cannot be found.`),

  exists: (kind: Kind, name: string) => alreadyExists(`${title[kind]} with name ${name} already exists.`),
  policyExists: (name: string) => alreadyExists(`A policy called ${name} already exists. Duplicate names are not allowed.`),
  loginExists: (user: string) => alreadyExists(`Login Profile for user ${user} already exists.`),
  aliasExists: (alias: string) => alreadyExists(`The account alias ${alias} already exists.`),

  mustFirst: (
    what: "detach all policies" | "delete policies" | "delete access keys" | "delete login profile" | "remove users from group",
  ) => deleteConflict(`Cannot delete entity, must ${what} first.`),
  userInGroups: () => deleteConflict("Cannot delete entity, must remove user from all groups first."),
  policyAttached: () => deleteConflict("Cannot delete a policy attached to entities."),
  policyVersions: () =>
    deleteConflict(
      "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
    ),
  defaultVersion: () => deleteConflict("Cannot delete the default version of a policy."),

  quota: (name: string, limit: number) => limitExceeded(`Cannot exceed quota for ${name}: ${limit}`),
  inlineSize: (kind: Kind, name: string, limit: number) =>
    limitExceeded(`Maximum policy size of ${limit} bytes exceeded for ${kind} ${name}`),
  fiveVersions: () =>
    limitExceeded("A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version."),

  malformed: (reason: string) => fail("MalformedPolicyDocument", reason),
  protectedRole: (name: string) =>
    fail("UnmodifiableEntity", `Cannot perform the operation on the protected role '${name}' - this role is only modifiable by AWS`),
  foreignPolicy: () => fail("AccessDenied", "Policy is outside your own account.", undefined, 403),
  duplicateTags: () => fail("InvalidInput", "Duplicate tag keys found. Please note that Tag keys are case insensitive."),
  reservedTag: () => fail("InvalidInput", "Tag keys beginning with aws: are reserved for system use."),
  invalidInput: (message: string) => fail("InvalidInput", message),
  weakPassword: () => fail("PasswordPolicyViolation", "Password does not conform to the account password policy."),
  invalidMarker: () => fail("ValidationError", "Invalid Marker."),
  needsUserName: () => fail("ValidationError", "Must specify userName when calling with non-User credentials"),
  boundaryNotAttachable: (arn: string) => noSuchEntity(`Scope ARN: ${arn} does not exist or is not attachable.`),
  unknownService: (service: string) =>
    fail("InvalidInput", `Service role name for ${service} cannot be made: the service has no service-linked role in this lab.`),
};
