import type { AttachedPolicy, Db } from "../types";

/**
 * The records of Organizations. An organization spans accounts, so its rows are kept in one place for all of them.
 * Times are ms since the epoch. Source: Organizations API Reference, data types.
 */

export type PolicyType = "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY";

export interface OrganizationRow {
  Id: string;
  Arn: string;
  FeatureSet: "ALL" | "CONSOLIDATED_BILLING";
  MasterAccountId: string;
  rootId: string;
  /** Policy types that are enabled in the root. */
  policyTypes: PolicyType[];
}

export interface MemberRow {
  Id: string;
  Arn: string;
  Email: string;
  Name: string;
  JoinedMethod: "INVITED" | "CREATED";
  JoinedTimestamp: number;
  organization: string;
  /** Id of the root or organizational unit that it is in. */
  parent: string;
}

export interface UnitRow {
  Id: string;
  Arn: string;
  Name: string;
  organization: string;
  parent: string;
}

export interface ControlPolicyRow {
  Id: string;
  Arn: string;
  Name: string;
  Description: string;
  Type: PolicyType;
  AwsManaged: boolean;
  Content: string;
  organization: string;
}

/** Policies of a root, unit or account, in the order of attachment; the row's id is the target's. */
export interface AttachmentRow {
  organization: string;
  policies: string[];
}

export interface CreateAccountRow {
  Id: string;
  AccountName: string;
  AccountId: string;
  RequestedTimestamp: number;
  CompletedTimestamp: number;
  organization: string;
}

export interface HandshakeRow {
  Id: string;
  Arn: string;
  organization: string;
  management: string;
  /** The invited account, and how it was named in the invitation. */
  account: string;
  target: { Id: string; Type: "ACCOUNT" | "EMAIL" };
  State: "OPEN" | "ACCEPTED" | "DECLINED" | "CANCELED";
  RequestedTimestamp: number;
  ExpirationTimestamp: number;
  Notes?: string;
}

const place = (db: Db) => db.at({ account: "global", region: "global", service: "organizations" });

export const organizations = (db: Db) => place(db).table<OrganizationRow>("organizations");
export const members = (db: Db) => place(db).table<MemberRow>("members");
export const units = (db: Db) => place(db).table<UnitRow>("units");
export const controlPolicies = (db: Db) => place(db).table<ControlPolicyRow>("policies");
export const attachments = (db: Db) => place(db).table<AttachmentRow>("attachments");
export const createdAccounts = (db: Db) => place(db).table<CreateAccountRow>("createAccountRequests");
export const handshakes = (db: Db) => place(db).table<HandshakeRow>("handshakes");

const everything = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "*",
      "Resource": "*"
    }
  ]
}`;

/** What AWS attaches wherever the policy type is enabled, so that a first policy of one's own does not take all away. */
export const awsManaged: Record<string, Omit<ControlPolicyRow, "organization">> = {
  "p-FullAWSAccess": {
    Id: "p-FullAWSAccess",
    Arn: "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess",
    Name: "FullAWSAccess",
    Description: "Allows access to every operation",
    Type: "SERVICE_CONTROL_POLICY",
    AwsManaged: true,
    Content: everything,
  },
  "p-RCPFullAWSAccess": {
    Id: "p-RCPFullAWSAccess",
    Arn: "arn:aws:organizations::aws:policy/resource_control_policy/p-RCPFullAWSAccess",
    Name: "RCPFullAWSAccess",
    Description: "Allows access to every operation",
    Type: "RESOURCE_CONTROL_POLICY",
    AwsManaged: true,
    Content: everything.replace(`"Effect": "Allow",`, `"Effect": "Allow",\n      "Principal": "*",`),
  },
};

export interface Membership {
  organization: OrganizationRow;
  account: MemberRow;
  /** Root first, then units from the outermost inwards. */
  parents: { id: string; label: string }[];
}

/** The organization that an account is in, and the way down to it; undefined if it is in none. */
export function membership(db: Db, account: string): Membership | undefined {
  const member = members(db).get(account);
  if (!member) return undefined;
  const organization = organizations(db).get(member.organization);
  if (!organization) return undefined;
  const parents: Membership["parents"] = [];
  let at = member.parent;
  // Units are nested five deep at most.
  while (at !== organization.rootId && parents.length < 10) {
    const unit = units(db).get(at);
    if (!unit) break;
    parents.unshift({ id: unit.Id, label: `organizational unit ${unit.Name}` });
    at = unit.parent;
  }
  parents.unshift({ id: organization.rootId, label: "root" });
  return { organization, account: member, parents };
}

/** `o-…/r-…/ou-…/`, as `aws:PrincipalOrgPaths` has it. */
export const orgPath = ({ organization, parents }: Membership): string => `${[organization.Id, ...parents.map(({ id }) => id)].join("/")}/`;

export const controlPolicy = (db: Db, id: string): Omit<ControlPolicyRow, "organization"> | undefined =>
  awsManaged[id] ?? controlPolicies(db).get(id);

/** The control policies of each level from the root down to the account itself, each level as the policies see it. */
export function controlPolicyLevels(db: Db, { account, parents }: Membership, type: PolicyType): AttachedPolicy[][] {
  return [...parents, { id: account.Id, label: `account ${account.Id}` }].map(({ id, label }) =>
    (attachments(db).get(id)?.policies ?? []).flatMap((policyId) => {
      const policy = controlPolicy(db, policyId);
      return policy && policy.Type === type ? [{ name: policy.Name, arn: policy.Arn, document: policy.Content, from: label }] : [];
    }),
  );
}
