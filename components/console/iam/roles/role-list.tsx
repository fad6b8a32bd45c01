"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import { ConfirmModal } from "../../frame/confirm-modal";
import { EmptyState } from "../../frame/empty-state";
import { LabTime } from "../../frame/lab-time";
import { GoButton, GoLink } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { deleteRole } from "../delete-entities";
import { loadRoles, type RoleRow } from "../load-iam";
import { IamTable } from "../shared/iam-table";
import { holderPath } from "../shared/holder-path";

export function RoleList() {
  const roles = useLoad("roles", loadRoles);
  const [deleting, setDeleting] = useState<string[]>();
  return (
    <>
      <IamTable<RoleRow>
        data-testid="roles"
        title="Roles"
        noun={["role", "roles"]}
        description="An IAM role is an identity you can create that has specific permissions with credentials that are valid for short durations. Roles can be assumed by entities that you trust."
        rows={roles}
        id={({ RoleName }) => RoleName}
        words={({ RoleName, trusted }) => [RoleName, ...trusted].join("\n")}
        selection="multi"
        actions={(selected) => (
          <>
            <Button disabled={!selected.length} onClick={() => setDeleting(selected.map(({ RoleName }) => RoleName))} data-testid="delete-roles">
              Delete
            </Button>
            <GoButton to="roles/create" variant="primary" data-testid="create-role">
              Create role
            </GoButton>
          </>
        )}
        columns={[
          {
            id: "name",
            header: "Role name",
            cell: ({ RoleName }) => <GoLink to={holderPath({ kind: "role", name: RoleName })}>{RoleName}</GoLink>,
            sortingField: "RoleName",
            isRowHeader: true,
            minWidth: 140,
          },
          { id: "trusted", header: "Trusted entities", cell: ({ trusted }) => trusted.join(", ") || "-", minWidth: 160 },
          { id: "used", header: "Last activity", cell: ({ RoleLastUsed }) => <LabTime seconds={RoleLastUsed?.LastUsedDate} />, wideOnly: true },
        ]}
        empty={
          <EmptyState
            title="No roles"
            action={<GoButton to="roles/create">Create role</GoButton>}
            command="aws iam create-role --role-name app --assume-role-policy-document file://trust.json"
          >
            A role has no password and no keys of its own. Whom its trust policy names can assume it, and gets keys for an hour.
          </EmptyState>
        }
      />
      {deleting && <DeleteRoles names={deleting} onClose={() => setDeleting(undefined)} />}
    </>
  );
}

export function DeleteRoles({ names, onClose, onDeleted }: { names: string[]; onClose(): void; onDeleted?(): void }) {
  const one = names.length === 1;
  return (
    <ConfirmModal
      title={one ? `Delete ${names[0]}` : `Delete ${names.length} roles`}
      action={one ? "Delete role" : "Delete roles"}
      typed={one ? names[0] : "delete"}
      testId="delete-roles"
      done={one ? `Role ${names[0]} was deleted.` : `${names.length} roles were deleted.`}
      onClose={onClose}
      onDone={onDeleted}
      work={async (ask) => {
        for (const name of names) await deleteRole(ask, name);
      }}
    >
      <Box variant="p">
        Inline policies are deleted, managed policies detached. What runs with {one ? "this role" : "these roles"} will be refused. A role of the same
        name made later is another role: key policies that named this one will not let it in.
      </Box>
    </ConfirmModal>
  );
}
