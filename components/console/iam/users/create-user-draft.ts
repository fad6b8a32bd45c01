import type { Ask } from "../../frame/use-load";
import { listing, tagsOut } from "../load-iam";
import type { Group } from "../types";

export interface UserDraft {
  step: number;
  name: string;
  console: boolean;
  way: "group" | "copy" | "attach";
  groups: string[];
  copyFrom: string[];
  policies: string[];
  boundary: string[];
  tags: { key: string; value?: string }[];
}

export const emptyUser: UserDraft = {
  step: 0,
  name: "",
  console: false,
  way: "group",
  groups: [],
  copyFrom: [],
  policies: [],
  boundary: [],
  tags: [],
};

/** Source: IAM API, CreateUser (UserName). */
export function nameProblem(name: string, most: number): string | undefined {
  if (!name.trim()) return "Enter a name.";
  if (name.length > most) return `The name can have up to ${most} characters.`;
  return /^[\w+=,.@-]+$/.test(name) ? undefined : "Valid characters: A-Z, a-z, 0-9, and + = , . @ _ - (hyphen).";
}

/** What an earlier try has done already, when it was refused half way. What follows can be repeated without harm. */
export interface Progress {
  user?: true;
  password?: true;
}

/** Creates the user with all that the form gives it, call by call as the AWS console does; notes in `progress` how far it came. */
export async function createUser(ask: Ask, draft: UserDraft, password: string | undefined, progress: Progress): Promise<void> {
  const UserName = draft.name.trim();
  const { boundary, tags } = draft;
  if (!progress.user) {
    await ask("iam", "CreateUser", {
      UserName,
      ...(boundary.length && { PermissionsBoundary: boundary[0] }),
      ...(tags.length && { Tags: tagsOut(tags) }),
    });
    progress.user = true;
  }
  if (password !== undefined && !progress.password) {
    await ask("iam", "CreateLoginProfile", { UserName, Password: password });
    progress.password = true;
  }
  const { groups, policies } = await permissionsOf(ask, draft);
  for (const GroupName of groups) await ask("iam", "AddUserToGroup", { GroupName, UserName });
  for (const PolicyArn of policies) await ask("iam", "AttachUserPolicy", { UserName, PolicyArn });
}

/** "Copy permissions": the groups and attached managed policies of another user; inline policies are not copied, as in AWS. */
async function permissionsOf(ask: Ask, draft: UserDraft): Promise<{ groups: string[]; policies: string[] }> {
  if (draft.way === "group") return { groups: draft.groups, policies: [] };
  if (draft.way === "attach") return { groups: [], policies: draft.policies };
  const [UserName] = draft.copyFrom;
  if (!UserName) return { groups: [], policies: [] };
  const groups = await listing<Group>(ask, "ListGroupsForUser", "Groups", { UserName });
  const attached = await listing<{ PolicyArn: string }>(ask, "ListAttachedUserPolicies", "AttachedPolicies", { UserName });
  return { groups: groups.map(({ GroupName }) => GroupName), policies: attached.map(({ PolicyArn }) => PolicyArn) };
}
