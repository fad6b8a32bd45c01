"use client";
import { documentText } from "../load-iam";
import { DocumentPanel } from "../shared/document-panel";
import type { Role } from "../types";
import { TRUST_LIMIT } from "./create-role-draft";

/** Whom a role trusts: who may assume it. */
export function TrustTab({ role: { RoleName, Arn, AssumeRolePolicyDocument }, fixed }: { role: Role; fixed: boolean }) {
  return (
    <DocumentPanel
      kind="TrustPolicy"
      label="Trust policy"
      title="Trusted entities"
      description="Entities that can assume this role under specified conditions."
      edit="Edit trust policy"
      update="Update policy"
      resource={Arn}
      limit={TRUST_LIMIT}
      stored={documentText(AssumeRolePolicyDocument)}
      draftKey={`iam/trust/${RoleName}`}
      fixed={fixed}
      save={(ask, PolicyDocument) => ask("iam", "UpdateAssumeRolePolicy", { RoleName, PolicyDocument })}
      done="Trust policy updated."
      testId="trust"
    />
  );
}
