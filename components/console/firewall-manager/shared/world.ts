import { allPages, leaveOut, refusalOf, type Ask } from "../../frame/use-load";
import { GLOBAL_REGION } from "../place-of";
import type { AskIn } from "./as-account";

/** What Firewall Manager stands on: the organization, who administers it, and AWS Config in its accounts. */

export interface Member {
  Id: string;
  Name: string;
  JoinedMethod?: string;
  /** The unit or root that it is in. */
  parent: string;
  /** Whether AWS Config's recorder runs in the Region that was asked about. */
  recording: boolean;
}

export interface Unit {
  Id: string;
  Name: string;
  parent: string;
  /** `Root / prod`. */
  path: string;
}

export interface Admin {
  AdminAccount: string;
  DefaultAdmin: boolean;
}

export interface World {
  /** You, and the Region that was asked about. */
  account: string;
  region: string;
  organization?: { Id: string; FeatureSet: string; MasterAccountId: string };
  root?: string;
  members: Member[];
  /** Parents before children. */
  units: Unit[];
  /** The default administrator of Firewall Manager. */
  admin?: string;
  admins: Admin[];
  /** Accounts of the lab that could still be invited. */
  others: string[];
}

/** Every lab has these two. */
const known = ["111122223333", "444455556666"];

interface Listed {
  NextToken?: string;
}

export async function loadWorld(askIn: AskIn, account: string, region: string): Promise<World> {
  const here = askIn(account);
  const empty: World = { account, region, members: [], units: [], admins: [], others: known.filter((id) => id !== account) };
  const found = await here<{ Organization: NonNullable<World["organization"]> }>("organizations", "DescribeOrganization").catch((thrown: unknown) => {
    if (refusalOf(thrown).reply.error.code === "AWSOrganizationsNotInUseException") return undefined;
    throw thrown;
  });
  if (!found) return empty;
  const organization = found.Organization;
  const manager = askIn(organization.MasterAccountId);
  const root = (await manager<{ Roots: { Id: string }[] }>("organizations", "ListRoots")).Roots[0].Id;
  const units: Unit[] = [];
  const members: Member[] = [];
  const open = [{ Id: root, path: "Root" }];
  for (let at = 0; at < open.length; at++) {
    const parent = open[at];
    for (const { Id, Name } of await childrenOf<{ Id: string; Name: string }>(manager, "ListOrganizationalUnitsForParent", "OrganizationalUnits", parent.Id)) {
      units.push({ Id, Name, parent: parent.Id, path: `${parent.path} / ${Name}` });
      open.push({ Id, path: `${parent.path} / ${Name}` });
    }
    for (const { Id, Name, JoinedMethod } of await childrenOf<Pick<Member, "Id" | "Name" | "JoinedMethod">>(manager, "ListAccountsForParent", "Accounts", parent.Id)) {
      const recorder = await askIn(Id)<{ Recording: boolean }>("estate", "GetConfigRecorder", {}, region).catch(leaveOut);
      members.push({ Id, Name, JoinedMethod, parent: parent.Id, recording: recorder?.Recording ?? false });
    }
  }
  members.sort((a, b) => (a.Id < b.Id ? -1 : 1));
  const admins = await allPages<Admin>(async (NextToken) => {
    const page = await manager<Listed & { AdminAccounts: Admin[] }>("fms", "ListAdminAccountsForOrganization", NextToken ? { NextToken } : {}, GLOBAL_REGION);
    return { items: page.AdminAccounts, next: page.NextToken };
  }).catch((thrown: unknown) => leaveOut(thrown) ?? []);
  return {
    account, region, organization, root, units, members, admins,
    admin: admins.find(({ DefaultAdmin }) => DefaultAdmin)?.AdminAccount,
    others: known.filter((id) => !members.some((member) => member.Id === id)),
  };
}

const childrenOf = <T>(manager: Ask, operation: string, member: string, ParentId: string): Promise<T[]> =>
  allPages<T>(async (NextToken) => {
    const page = await manager<Listed & Record<string, T[]>>("organizations", operation, { ParentId, ...(NextToken && { NextToken }) });
    return { items: page[member], next: page.NextToken };
  });

export const nameOfAccount = ({ members }: Pick<World, "members">, account: string): string => members.find(({ Id }) => Id === account)?.Name ?? "";
/** `Root / prod`, of the unit or root that an account is in. */
export const pathOfParent = ({ units }: Pick<World, "units">, parent: string): string => units.find(({ Id }) => Id === parent)?.path ?? "Root";

/** An account in words: its number, and its name where it has one. */
export const accountWords = (world: Pick<World, "members">, account: string): string => {
  const name = nameOfAccount(world, account);
  return name && name !== account ? `${account} (${name})` : account;
};

/** Whether everything that policies need is there; which step is the first that is missing. */
export function missing({ organization, members, admin, region }: World): string | undefined {
  if (!organization) return "The account is in no organization.";
  if (organization.FeatureSet !== "ALL") return "The organization has not all features.";
  if (!admin) return "The organization has no Firewall Manager administrator.";
  const off = members.filter(({ recording }) => !recording);
  return off.length ? `AWS Config does not record in ${region} in ${off.length === 1 ? `account ${off[0].Id}` : `${off.length} accounts`}.` : undefined;
}
