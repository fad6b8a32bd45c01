"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Checkbox from "@cloudscape-design/components/checkbox";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { ConfirmModal } from "../../frame/confirm-modal";
import type { Policy } from "../fm-types";

/** What DeleteAllPolicyResources takes away, by type; a common security group policy takes its copies with it in any case. */
const made: Record<string, string> = {
  WAFV2: "The policy’s web ACLs are taken off resources and deleted, unless an account has rules of its own in them; retrofitted web ACLs lose the policy’s rule groups.",
  SHIELD_ADVANCED: "The policy’s web ACLs are deleted, and automatic mitigation in them ends. Protections stay.",
};

export function DeletePolicy({ policy, region, onClose, onDone }: { policy: Policy & { PolicyId: string }; region: string; onClose(): void; onDone(): void }) {
  const [all, setAll] = useState(true);
  const { Type } = policy.SecurityServicePolicyData;
  const choice = made[Type];
  return (
    <ConfirmModal
      title="Delete policy"
      action="Delete"
      testId="delete-policy"
      typed={policy.PolicyName}
      work={async (ask) => void (await ask("fms", "DeletePolicy", { PolicyId: policy.PolicyId, DeleteAllPolicyResources: choice !== undefined && all }, region))}
      done={`The policy ${policy.PolicyName} was deleted.`}
      onClose={onClose}
      onDone={onDone}
    >
      <SpaceBetween size="s">
        <Box>The policy evaluates nothing any more.{Type === "SECURITY_GROUPS_COMMON" ? " Its copies of security groups are taken off the resources and deleted." : Type.startsWith("SECURITY_GROUPS") ? " What it changed in security groups stays." : ""}</Box>
        {choice && (
          <Checkbox checked={all} onChange={({ detail }) => setAll(detail.checked)} description={all ? choice : "What it made stays in the accounts, and is theirs from then on."} data-testid="delete-resources">
            Delete all policy resources
          </Checkbox>
        )}
      </SpaceBetween>
    </ConfirmModal>
  );
}
