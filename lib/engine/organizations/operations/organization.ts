import { ok } from "../../errors";
import {
  arnOf,
  attachFullAccess,
  emailOf,
  join,
  membersOf,
  nameOf,
  operation,
  organizationRow,
  page,
  rootArnOf,
  unitsOf,
  word,
} from "../common";
import { orgErrors } from "../errors";
import {
  attachments,
  controlPolicies,
  handshakes,
  members,
  membership,
  organizations,
  units,
  type OrganizationRow,
  type PolicyType,
} from "../state";
import type { Operation } from "../../types";

/** The organization, its root, and the policy types enabled there. Source: Organizations API Reference, CreateOrganization, EnablePolicyType and their kin. */

const organizationOut = (organization: OrganizationRow) => ({
  Id: organization.Id,
  Arn: organization.Arn,
  FeatureSet: organization.FeatureSet,
  MasterAccountArn: arnOf(organization, `account/${organization.Id}/${organization.MasterAccountId}`),
  MasterAccountId: organization.MasterAccountId,
  MasterAccountEmail: emailOf(organization.MasterAccountId),
  // Deprecated member that always says this; the root tells what is enabled.
  AvailablePolicyTypes: organization.FeatureSet === "ALL" ? [{ Type: "SERVICE_CONTROL_POLICY", Status: "ENABLED" }] : [],
});

const rootOut = (organization: OrganizationRow) => ({
  Id: organization.rootId,
  Arn: rootArnOf(organization),
  Name: "Root",
  PolicyTypes: organization.policyTypes.map((Type) => ({ Type, Status: "ENABLED" })),
});

const isControlType = (type: string): type is PolicyType => type === "SERVICE_CONTROL_POLICY" || type === "RESOURCE_CONTROL_POLICY";

const CreateOrganization: Operation = {
  name: "CreateOrganization",
  authorise: () => ({ action: "organizations:CreateOrganization", resource: "*" }),
  handle({ FeatureSet = "ALL" }: { FeatureSet?: OrganizationRow["FeatureSet"] }, ctx) {
    if (membership(ctx.db, ctx.account)) return orgErrors.alreadyIn();
    const Id = `o-${word(ctx, 10)}`;
    const organization: OrganizationRow = {
      Id,
      Arn: arnOf({ MasterAccountId: ctx.account }, `organization/${Id}`),
      FeatureSet,
      MasterAccountId: ctx.account,
      rootId: `r-${word(ctx, 4)}`,
      policyTypes: [],
    };
    organizations(ctx.db).put(Id, organization);
    join(ctx, organization, ctx.account, { Name: nameOf(ctx.account), Email: emailOf(ctx.account), JoinedMethod: "INVITED" });
    return ok({ Organization: organizationOut(organization) });
  },
};

export const organizationOperations = [
  CreateOrganization,
  operation({
    name: "DescribeOrganization",
    anyMember: true,
    handle: (_input, _ctx, organization) => ok({ Organization: organizationOut(organization) }),
  }),
  operation({
    name: "DeleteOrganization",
    handle(_input, ctx, organization) {
      const { db } = ctx;
      if (membersOf(db, organization).length > 1 || unitsOf(db, organization).length > 0) return orgErrors.notEmpty();
      for (const table of [units(db), controlPolicies(db), handshakes(db)])
        for (const row of table.all()) if (row.organization === organization.Id) table.delete(row.Id);
      for (const id of attachments(db).ids()) if (attachments(db).get(id)?.organization === organization.Id) attachments(db).delete(id);
      members(db).delete(ctx.account);
      organizations(db).delete(organization.Id);
      return ok({});
    },
  }),
  operation({
    name: "ListRoots",
    handle(input, _ctx, organization) {
      const part = page([rootOut(organization)], input);
      return part.ok ? ok({ Roots: part.items, ...part.next }) : part;
    },
  }),
  operation({
    name: "EnablePolicyType",
    handle({ RootId, PolicyType }, ctx, organization) {
      if (RootId !== organization.rootId) return orgErrors.rootNotFound();
      if (!isControlType(PolicyType)) return orgErrors.typeNotSimulated(PolicyType);
      if (organization.FeatureSet !== "ALL") return orgErrors.typeNotAvailable();
      if (organization.policyTypes.includes(PolicyType)) return orgErrors.typeAlreadyEnabled();
      const row = organizationRow(ctx, organization.Id);
      row.policyTypes.push(PolicyType);
      for (const target of [row.rootId, ...unitsOf(ctx.db, row).map(({ Id }) => Id), ...membersOf(ctx.db, row).map(({ Id }) => Id)])
        attachFullAccess(ctx.db, row, target, PolicyType);
      return ok({ Root: rootOut(row) });
    },
  }),
  operation({
    name: "DisablePolicyType",
    handle({ RootId, PolicyType }, ctx, organization) {
      if (RootId !== organization.rootId) return orgErrors.rootNotFound();
      if (!isControlType(PolicyType)) return orgErrors.typeNotSimulated(PolicyType);
      if (!organization.policyTypes.includes(PolicyType)) return orgErrors.typeNotEnabled();
      const row = organizationRow(ctx, organization.Id);
      row.policyTypes = row.policyTypes.filter((type) => type !== PolicyType);
      // All attachments of the type go, in the whole organization; they do not come back when it is enabled again.
      const table = attachments(ctx.db);
      for (const id of table.ids()) {
        const attached = table.get(id)!;
        if (attached.organization !== row.Id) continue;
        const kept = attached.policies.filter((policy) => typeOf(policy, ctx.db) !== PolicyType);
        if (kept.length < attached.policies.length) table.put(id, { organization: row.Id, policies: kept });
      }
      return ok({ Root: rootOut(row) });
    },
  }),
];

const typeOf = (policy: string, db: Parameters<typeof controlPolicies>[0]): PolicyType | undefined =>
  policy === "p-FullAWSAccess"
    ? "SERVICE_CONTROL_POLICY"
    : policy === "p-RCPFullAWSAccess"
      ? "RESOURCE_CONTROL_POLICY"
      : controlPolicies(db).get(policy)?.Type;
