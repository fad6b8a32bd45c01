import { ok, type Failure } from "../../errors";
import { readPolicy } from "../../iam/policy/grammar";
import { validatePolicy } from "../../iam/policy/validate";
import { arnOf, isAwsManaged, operation, page, targetOf, word } from "../common";
import { orgErrors } from "../errors";
import {
  attachments,
  awsManaged,
  controlPolicies,
  controlPolicy,
  type ControlPolicyRow,
  type OrganizationRow,
  type PolicyType,
} from "../state";
import type { Db } from "../../types";

/**
 * Service and resource control policies. Sources: Organizations API Reference, CreatePolicy, AttachPolicy and their kin;
 * Organizations User Guide, "SCP syntax", "RCP syntax", "Quotas and service limits".
 */

/** Characters of a policy; five policies of a type on one target. */
const LONGEST: Record<PolicyType, number> = { SERVICE_CONTROL_POLICY: 5120, RESOURCE_CONTROL_POLICY: 5120 };
const MOST_ATTACHED = 5;

const summary = ({ Id, Arn, Name, Description, Type, AwsManaged }: Omit<ControlPolicyRow, "organization">) => ({
  Id,
  Arn,
  Name,
  Description,
  Type,
  AwsManaged,
});
const policyOut = (policy: Omit<ControlPolicyRow, "organization">) => ({ PolicySummary: summary(policy), Content: policy.Content });

const isControlType = (type: string): type is PolicyType => type === "SERVICE_CONTROL_POLICY" || type === "RESOURCE_CONTROL_POLICY";

/** AWS's own, or this organization's. */
function find(db: Db, organization: OrganizationRow, id: string): Omit<ControlPolicyRow, "organization"> | undefined {
  if (isAwsManaged(id)) return awsManaged[id];
  const row = controlPolicies(db).get(id);
  return row?.organization === organization.Id ? row : undefined;
}

const policiesOf = (db: Db, organization: OrganizationRow, type: PolicyType) => [
  ...Object.values(awsManaged).filter((policy) => policy.Type === type && organization.policyTypes.includes(type)),
  ...controlPolicies(db)
    .all()
    .filter((policy) => policy.Type === type && policy.organization === organization.Id),
];

function contentProblem(content: string, type: PolicyType): Failure | undefined {
  if (content.length > LONGEST[type]) return orgErrors.contentTooLong();
  if (validatePolicy(content, type === "SERVICE_CONTROL_POLICY" ? "service-control" : "resource-control") !== undefined)
    return orgErrors.malformed();
  if (type === "SERVICE_CONTROL_POLICY") return undefined;
  // One's own resource control policies only deny, and name the service in each action.
  const read = readPolicy(content);
  const bad =
    read.ok &&
    read.document.Statement.some(
      ({ Effect, NotAction, Action }) => Effect !== "Deny" || NotAction !== undefined || [Action ?? []].flat().includes("*"),
    );
  return bad ? orgErrors.malformed() : undefined;
}

const attachedTo = (db: Db, target: string): string[] => attachments(db).get(target)?.policies ?? [];
const ofType = (db: Db, target: string, type: PolicyType): string[] =>
  attachedTo(db, target).filter((id) => controlPolicy(db, id)?.Type === type);

const targetsOf = (db: Db, organization: OrganizationRow, policy: string): string[] =>
  attachments(db)
    .ids()
    .filter((id) => attachments(db).get(id)!.organization === organization.Id && attachments(db).get(id)!.policies.includes(policy));

export const policyOperations = [
  operation({
    name: "CreatePolicy",
    handle({ Name, Description, Content, Type }, ctx, organization) {
      if (!isControlType(Type)) return orgErrors.typeNotSimulated(Type);
      if (organization.FeatureSet !== "ALL") return orgErrors.typeNotAvailable();
      const problem = contentProblem(Content, Type);
      if (problem) return problem;
      if (policiesOf(ctx.db, organization, Type).some((policy) => policy.Name === Name)) return orgErrors.duplicatePolicy();
      const Id = `p-${word(ctx, 8)}`;
      const row: ControlPolicyRow = {
        Id,
        Arn: arnOf(organization, `policy/${organization.Id}/${Type.toLowerCase()}/${Id}`),
        Name,
        Description,
        Type,
        AwsManaged: false,
        Content,
        organization: organization.Id,
      };
      controlPolicies(ctx.db).put(Id, row);
      return ok({ Policy: policyOut(row) });
    },
  }),
  operation({
    name: "DescribePolicy",
    handle({ PolicyId }, ctx, organization) {
      const policy = find(ctx.db, organization, PolicyId);
      return policy ? ok({ Policy: policyOut(policy) }) : orgErrors.policyNotFound();
    },
  }),
  operation({
    name: "UpdatePolicy",
    handle({ PolicyId, Name, Description, Content }, ctx, organization) {
      if (isAwsManaged(PolicyId)) return orgErrors.immutable();
      const old = find(ctx.db, organization, PolicyId);
      if (!old) return orgErrors.policyNotFound();
      if (Name !== undefined && Name !== old.Name && policiesOf(ctx.db, organization, old.Type).some((policy) => policy.Name === Name))
        return orgErrors.duplicatePolicy();
      const problem = Content === undefined ? undefined : contentProblem(Content, old.Type);
      if (problem) return problem;
      const row = controlPolicies(ctx.db).edit(PolicyId);
      if (Name !== undefined) row.Name = Name;
      if (Description !== undefined) row.Description = Description;
      if (Content !== undefined) row.Content = Content;
      return ok({ Policy: policyOut(row) });
    },
  }),
  operation({
    name: "DeletePolicy",
    handle({ PolicyId }, ctx, organization) {
      if (isAwsManaged(PolicyId)) return orgErrors.immutable();
      if (!find(ctx.db, organization, PolicyId)) return orgErrors.policyNotFound();
      if (targetsOf(ctx.db, organization, PolicyId).length > 0) return orgErrors.policyInUse();
      controlPolicies(ctx.db).delete(PolicyId);
      return ok({});
    },
  }),
  operation({
    name: "ListPolicies",
    handle(input, ctx, organization) {
      const part = page(isControlType(input.Filter) ? policiesOf(ctx.db, organization, input.Filter) : [], input);
      return part.ok ? ok({ Policies: part.items.map(summary), ...part.next }) : part;
    },
  }),
  operation({
    name: "AttachPolicy",
    handle({ PolicyId, TargetId }, ctx, organization) {
      const policy = find(ctx.db, organization, PolicyId);
      if (!policy) return orgErrors.policyNotFound();
      if (!targetOf(ctx.db, organization, TargetId)) return orgErrors.targetNotFound();
      if (!organization.policyTypes.includes(policy.Type)) return orgErrors.typeNotEnabled();
      const attached = attachedTo(ctx.db, TargetId);
      if (attached.includes(PolicyId)) return orgErrors.duplicateAttachment();
      if (ofType(ctx.db, TargetId, policy.Type).length >= MOST_ATTACHED) return orgErrors.tooManyAttached();
      attachments(ctx.db).put(TargetId, { organization: organization.Id, policies: [...attached, PolicyId] });
      return ok({});
    },
  }),
  operation({
    name: "DetachPolicy",
    handle({ PolicyId, TargetId }, ctx, organization) {
      const policy = find(ctx.db, organization, PolicyId);
      if (!policy) return orgErrors.policyNotFound();
      if (!targetOf(ctx.db, organization, TargetId)) return orgErrors.targetNotFound();
      const attached = attachedTo(ctx.db, TargetId);
      if (!attached.includes(PolicyId)) return orgErrors.notAttached();
      if (PolicyId === "p-RCPFullAWSAccess") return orgErrors.notDetachable();
      if (policy.Type === "SERVICE_CONTROL_POLICY" && ofType(ctx.db, TargetId, policy.Type).length === 1) return orgErrors.lastAttached();
      attachments(ctx.db).put(TargetId, { organization: organization.Id, policies: attached.filter((id) => id !== PolicyId) });
      return ok({});
    },
  }),
  operation({
    name: "ListPoliciesForTarget",
    handle(input, ctx, organization) {
      if (!targetOf(ctx.db, organization, input.TargetId)) return orgErrors.targetNotFound();
      const part = page(isControlType(input.Filter) ? ofType(ctx.db, input.TargetId, input.Filter) : [], input);
      return part.ok ? ok({ Policies: part.items.map((id) => summary(controlPolicy(ctx.db, id)!)), ...part.next }) : part;
    },
  }),
  operation({
    name: "ListTargetsForPolicy",
    handle(input, ctx, organization) {
      if (!find(ctx.db, organization, input.PolicyId)) return orgErrors.policyNotFound();
      const part = page(targetsOf(ctx.db, organization, input.PolicyId), input);
      return part.ok ? ok({ Targets: part.items.map((id) => targetOf(ctx.db, organization, id)!), ...part.next }) : part;
    },
  }),
];
