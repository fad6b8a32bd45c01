"use client";
import { useMemo } from "react";
import { EmptyState } from "../../frame/empty-state";
import { useLoad } from "../../frame/use-load";
import { loadGroups, loadUsers, type GroupRow, type UserRow } from "../load-iam";
import { IamTable } from "./iam-table";

interface PickerProps {
  chosen: string[];
  onChange(names: string[]): void;
  except?: readonly string[];
}

/** Groups to put a user into. */
export function GroupPicker({ chosen, onChange, except }: PickerProps) {
  const all = useLoad("groups", loadGroups);
  const rows = useMemo(() => ({ ...all, data: all.data?.filter(({ GroupName }) => !except?.includes(GroupName)) }), [all, except]);
  return (
    <IamTable<GroupRow>
      data-testid="group-picker"
      level="h2"
      title="User groups"
      noun={["group", "groups"]}
      rows={rows}
      id={({ GroupName }) => GroupName}
      words={({ GroupName }) => GroupName}
      selection="multi"
      chosen={chosen}
      onChoose={onChange}
      columns={[
        { id: "name", header: "Group name", cell: ({ GroupName }) => GroupName, sortingField: "GroupName", isRowHeader: true },
        { id: "users", header: "Users", cell: ({ users }) => users?.length ?? "-" },
        { id: "permissions", header: "Permissions", cell: permissionWords },
      ]}
      empty={
        <EmptyState title="No groups" command="aws iam create-group --group-name admins">
          There is no group to choose.
        </EmptyState>
      }
    />
  );
}

export const permissionWords = ({ permissions }: GroupRow): string =>
  permissions === undefined ? "-" : permissions ? "Defined" : "Not defined";

/** Users to put into a group, or to copy permissions from. */
export function UserPicker({ chosen, onChange, except, single }: PickerProps & { single?: boolean }) {
  const all = useLoad("users", loadUsers);
  const rows = useMemo(() => ({ ...all, data: all.data?.filter(({ UserName }) => !except?.includes(UserName)) }), [all, except]);
  return (
    <IamTable<UserRow>
      data-testid="user-picker"
      level="h2"
      title="Users"
      noun={["user", "users"]}
      rows={rows}
      id={({ UserName }) => UserName}
      words={({ UserName }) => UserName}
      selection={single ? "single" : "multi"}
      chosen={chosen}
      onChoose={onChange}
      columns={[
        { id: "name", header: "User name", cell: ({ UserName }) => UserName, sortingField: "UserName", isRowHeader: true },
        { id: "groups", header: "Groups", cell: ({ groups }) => groups?.length ?? "-" },
      ]}
      empty={
        <EmptyState title="No users" command="aws iam create-user --user-name alice">
          There is no user to choose.
        </EmptyState>
      }
    />
  );
}
