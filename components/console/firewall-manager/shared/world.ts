import { type AdminRow, admins as adminsOf, policies as policiesOf } from "@/lib/engine/fms/state";
import { members as membersOf, membership, units as unitsOf } from "@/lib/engine/organizations/state";
import { accounts as known } from "@/lib/engine/regions";
import { isRecording } from "@/lib/engine/shield/estate/state";
import { fees, ONLY } from "@/lib/engine/shield/state";
import type { Db } from "@/lib/engine/types";

/**
 * What Firewall Manager stands on: the organization, who administers it, and AWS Config in its accounts. Read from the lab's records:
 * in AWS it takes calls in several accounts to see all of it.
 */

export interface Member {
  Id: string;
  Name: string;
  /** The unit or root that it is in. */
  parent: string;
  /** Whether AWS Config's recorder runs in the Region that was asked about. */
  recording: boolean;
}

export interface Unit {
  Id: string;
  /** `Root / prod`. */
  path: string;
}

export interface World {
  /** You, and the Region that was asked about. */
  account: string;
  region: string;
  organization?: { Id: string; FeatureSet: string; MasterAccountId: string };
  root?: string;
  /** In the order of their numbers. */
  members: Member[];
  units: Unit[];
  /** The default administrator of Firewall Manager. */
  admin?: string;
  admins: AdminRow[];
  /** Accounts of the lab that could still be invited. */
  others: string[];
  /** How many policies its administrators have in the Region. */
  policies: number;
  /** Whether an account of the organization pays for Shield Advanced, which includes the policies' fees. */
  shield: boolean;
}

/** `db` may stand anywhere in the lab. */
export function readWorld(db: Db, account: string, region: string): World {
  const found = membership(db, account);
  if (!found) return { account, region, members: [], units: [], admins: [], others: known.filter((id) => id !== account), policies: 0, shield: false };
  const { organization } = found;
  const { Id, FeatureSet, MasterAccountId, rootId } = organization;
  const members = membersOf(db)
    .having("organization", Id)
    .map((row): Member => ({ Id: row.Id, Name: row.Name === `Account ${row.Id}` ? "" : row.Name, parent: row.parent, recording: isRecording(db.at({ account: row.Id, region })) }))
    .sort((a, b) => (a.Id < b.Id ? -1 : 1));
  const inOrganization = new Set(members.map((member) => member.Id));
  const admins = adminsOf(db, MasterAccountId).all().filter(({ AdminAccount }) => inOrganization.has(AdminAccount));
  return {
    account, region, organization: { Id, FeatureSet, MasterAccountId }, root: rootId, members, units: unitsIn(db, Id, rootId), admins: structuredClone(admins),
    admin: admins.find(({ DefaultAdmin }) => DefaultAdmin)?.AdminAccount,
    others: known.filter((id) => !membersOf(db).get(id)),
    policies: admins.reduce((sum, { AdminAccount }) => sum + policiesOf(db, { account: AdminAccount, region }).size, 0),
    shield: fees(db, MasterAccountId).get(ONLY) !== undefined,
  };
}

/** Parents before children. */
function unitsIn(db: Db, organization: string, root: string): Unit[] {
  const all = unitsOf(db).having("organization", organization);
  const out: Unit[] = [];
  const open = [{ Id: root, path: "Root" }];
  for (let at = 0; at < open.length; at++)
    for (const { Id, Name } of all.filter(({ parent }) => parent === open[at].Id)) {
      const unit = { Id, path: `${open[at].path} / ${Name}` };
      out.push(unit);
      open.push(unit);
    }
  return out;
}

export const nameOfAccount = ({ members }: Pick<World, "members">, account: string): string => members.find(({ Id }) => Id === account)?.Name ?? "";
/** `Root / prod`, of the unit or root that an account is in. */
export const pathOfParent = ({ units }: Pick<World, "units">, parent: string): string => units.find(({ Id }) => Id === parent)?.path ?? "Root";

/** An account in words: its number, and its name where it has one. */
export const accountWords = (world: Pick<World, "members">, account: string): string => {
  const name = nameOfAccount(world, account);
  return name ? `${account} (${name})` : account;
};

/** What policies need that is not there, in a sentence; undefined if nothing lacks. */
export function missing({ organization, members, admin, region }: World): string | undefined {
  if (!organization) return "The account is in no organization.";
  if (organization.FeatureSet !== "ALL") return "The organization has not all features.";
  if (!admin) return "The organization has no Firewall Manager administrator.";
  const off = members.filter(({ recording }) => !recording);
  return off.length ? `AWS Config does not record in ${region} in ${off.length === 1 ? `account ${off[0].Id}` : `${off.length} accounts`}.` : undefined;
}
