import type { Ask } from "../frame/use-load";
import { listing } from "./load-iam";
import { named, titleOf, type AccessKey, type Group, type Holder, type PolicyVersion, type User } from "./types";

/**
 * Deleting as the AWS console does it: IAM refuses to delete what something still hangs on (DeleteConflict), so that is
 * taken off first, call by call. Source: IAM User Guide, "Remove or deactivate an IAM user", "Delete an IAM role", "Delete
 * IAM policies".
 */

async function takeOffPolicies(ask: Ask, holder: Holder): Promise<void> {
  const Title = titleOf[holder.kind];
  for (const PolicyName of await listing<string>(ask, `List${Title}Policies`, "PolicyNames", named(holder)))
    await ask("iam", `Delete${Title}Policy`, { ...named(holder), PolicyName });
  for (const { PolicyArn } of await listing<{ PolicyArn: string }>(ask, `ListAttached${Title}Policies`, "AttachedPolicies", named(holder)))
    await ask("iam", `Detach${Title}Policy`, { ...named(holder), PolicyArn });
}

/** Access keys, the console password, group memberships and policies go first. */
export async function deleteUser(ask: Ask, UserName: string, hasPassword: boolean): Promise<void> {
  for (const { AccessKeyId } of await listing<AccessKey>(ask, "ListAccessKeys", "AccessKeyMetadata", { UserName }))
    await ask("iam", "DeleteAccessKey", { UserName, AccessKeyId });
  if (hasPassword) await ask("iam", "DeleteLoginProfile", { UserName });
  for (const { GroupName } of await listing<Group>(ask, "ListGroupsForUser", "Groups", { UserName }))
    await ask("iam", "RemoveUserFromGroup", { GroupName, UserName });
  await takeOffPolicies(ask, { kind: "user", name: UserName });
  await ask("iam", "DeleteUser", { UserName });
}

export async function deleteGroup(ask: Ask, GroupName: string): Promise<void> {
  for (const { UserName } of await listing<User>(ask, "GetGroup", "Users", { GroupName }))
    await ask("iam", "RemoveUserFromGroup", { GroupName, UserName });
  await takeOffPolicies(ask, { kind: "group", name: GroupName });
  await ask("iam", "DeleteGroup", { GroupName });
}

export async function deleteRole(ask: Ask, RoleName: string): Promise<void> {
  await takeOffPolicies(ask, { kind: "role", name: RoleName });
  await ask("iam", "DeleteRole", { RoleName });
}

/** Off everything it hangs on, then its older versions, then itself. A boundary stays: to lift it unasked would give permissions. */
export async function deletePolicy(ask: Ask, PolicyArn: string): Promise<void> {
  for (const [member, Title] of [["PolicyUsers", "User"], ["PolicyGroups", "Group"], ["PolicyRoles", "Role"]] as const) {
    const holders = await listing<Record<string, string>>(ask, "ListEntitiesForPolicy", member, {
      PolicyArn,
      EntityFilter: Title,
      PolicyUsageFilter: "PermissionsPolicy",
    });
    for (const holder of holders) await ask("iam", `Detach${Title}Policy`, { [`${Title}Name`]: holder[`${Title}Name`], PolicyArn });
  }
  for (const version of await listing<PolicyVersion>(ask, "ListPolicyVersions", "Versions", { PolicyArn }))
    if (!version.IsDefaultVersion) await ask("iam", "DeletePolicyVersion", { PolicyArn, VersionId: version.VersionId });
  await ask("iam", "DeletePolicy", { PolicyArn });
}
