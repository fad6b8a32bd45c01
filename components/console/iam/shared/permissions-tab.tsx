"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { ConfirmModal } from "../../frame/confirm-modal";
import { EmptyState } from "../../frame/empty-state";
import { GoLink, pathTo, usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { loadHeldPolicies, type HeldPolicy } from "../load-iam";
import { named, titleOf, type Holder } from "../types";
import { Boundary } from "./boundary";
import { holderPath } from "./holder-path";
import { IamTable } from "./iam-table";
import { OrganizationPolicies } from "./organization-policies";

export interface PermissionsTabProps {
  holder: Holder;
  /** Users and roles: the ARN of the policy that is their boundary. */
  boundary?: string;
  account: string;
  /** Service-linked roles are changed by their service alone. */
  fixed?: boolean;
}

/** What hangs on a user, group or role, and for users and roles what limits it: the boundary and the organization. */
export function PermissionsTab({ holder, boundary, account, fixed }: PermissionsTabProps) {
  const { navigate } = usePlace();
  const policies = useLoad(`held|${holder.kind}|${holder.name}`, (ask) => loadHeldPolicies(ask, holder));
  const [removing, setRemoving] = useState<HeldPolicy[]>();
  return (
    <SpaceBetween size="m">
      <IamTable<HeldPolicy>
        data-testid="permissions-policies"
        level="h2"
        title="Permissions policies"
        noun={["policy", "policies"]}
        description="Permissions are defined by policies attached directly, written inline, or brought by a group."
        rows={policies}
        id={({ id }) => id}
        words={({ name }) => name}
        selection={fixed ? undefined : "multi"}
        actions={(selected) =>
          fixed ? null : (
            <>
              <Button
                disabled={!selected.length || selected.some(({ group }) => group)}
                disabledReason={selected.some(({ group }) => group) ? "A group brings this policy: change it there." : undefined}
                onClick={() => setRemoving(selected)}
                data-testid="remove-policies"
              >
                Remove
              </Button>
              <ButtonDropdown
                data-testid="add-permissions"
                items={[
                  { id: "add-permissions", text: holder.kind === "user" ? "Add permissions" : "Attach policies" },
                  { id: "create-policy", text: "Create inline policy" },
                ]}
                onItemClick={({ detail }) => navigate(holderPath(holder, detail.id))}
              >
                Add permissions
              </ButtonDropdown>
            </>
          )
        }
        columns={[
          {
            id: "name",
            header: "Policy name",
            cell: (policy) => <GoLink to={policyPath(policy, holder)}>{policy.name}</GoLink>,
            sortingField: "name",
            isRowHeader: true,
            minWidth: 160,
          },
          { id: "type", header: "Type", cell: ({ type }) => type, sortingField: "type" },
          ...(holder.kind === "user"
            ? [
                {
                  id: "via",
                  header: "Attached via",
                  cell: ({ group, arn }: HeldPolicy) =>
                    group ? <GoLink to={holderPath({ kind: "group", name: group })}>{`Group ${group}`}</GoLink> : arn ? "Directly" : "Inline",
                },
              ]
            : []),
        ]}
        empty={
          <EmptyState
            title="No permissions policies"
            command={`aws iam attach-${holder.kind}-policy --${holder.kind}-name ${holder.name} --policy-arn arn:aws:iam::aws:policy/IAMReadOnlyAccess`}
          >
            Nothing allows this {holder.kind} anything yet. A policy that names it, such as a key policy, can still let it in.
          </EmptyState>
        }
      />
      {holder.kind !== "group" && <Boundary holder={holder} arn={boundary} fixed={fixed} />}
      {holder.kind !== "group" && <OrganizationPolicies account={account} />}
      {removing && (
        <ConfirmModal
          title={removing.length === 1 ? "Remove policy" : "Remove policies"}
          action="Remove"
          testId="remove-policies"
          onClose={() => setRemoving(undefined)}
          done={removing.length === 1 ? `${removing[0].name} was removed.` : `${removing.length} policies were removed.`}
          work={async (ask) => {
            const Title = titleOf[holder.kind];
            for (const { name, arn } of removing) {
              if (arn) await ask("iam", `Detach${Title}Policy`, { ...named(holder), PolicyArn: arn });
              else await ask("iam", `Delete${Title}Policy`, { ...named(holder), PolicyName: name });
            }
          }}
        >
          <Box variant="p">
            {removing.some(({ arn }) => !arn)
              ? "An inline policy is deleted when it is removed. A managed policy stays and is only detached."
              : "The policy stays in the account and is only detached."}
          </Box>
          <Box variant="p">
            <strong>{removing.map(({ name }) => name).join(", ")}</strong>
          </Box>
        </ConfirmModal>
      )}
    </SpaceBetween>
  );
}

const policyPath = ({ arn, name, group }: HeldPolicy, holder: Holder): string =>
  arn ? pathTo("policies", "details", arn) : holderPath(group ? { kind: "group", name: group } : holder, "edit-policy", name);
