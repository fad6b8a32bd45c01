"use client";
import { useState } from "react";
import Button from "@cloudscape-design/components/button";
import { Copyable } from "../../frame/copyable";
import { EmptyState } from "../../frame/empty-state";
import { LabTime } from "../../frame/lab-time";
import { GoButton, GoLink } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { loadUsers, type UserRow } from "../load-iam";
import { holderPath } from "../shared/holder-path";
import { IamTable } from "../shared/iam-table";
import { DeleteUsers } from "./delete-users";

export function UserList() {
  const users = useLoad("users", loadUsers);
  const [deleting, setDeleting] = useState<string[]>();
  return (
    <>
      <IamTable<UserRow>
        data-testid="users"
        title="Users"
        noun={["user", "users"]}
        description="An IAM user is an identity with long-term credentials that is used to interact with AWS in an account."
        rows={users}
        id={({ UserName }) => UserName}
        words={({ UserName, Path, groups }) => [UserName, Path, ...(groups ?? [])].join("\n")}
        selection="multi"
        actions={(selected) => (
          <>
            <Button disabled={!selected.length} onClick={() => setDeleting(selected.map(({ UserName }) => UserName))} data-testid="delete-users">
              Delete
            </Button>
            <GoButton to="users/create" variant="primary" data-testid="create-user">
              Create user
            </GoButton>
          </>
        )}
        columns={[
          {
            id: "name",
            header: "User name",
            cell: ({ UserName }) => <GoLink to={holderPath({ kind: "user", name: UserName })}>{UserName}</GoLink>,
            sortingField: "UserName",
            isRowHeader: true,
            minWidth: 140,
          },
          { id: "path", header: "Path", cell: ({ Path }) => Path, sortingField: "Path", wideOnly: true },
          { id: "groups", header: "Groups", cell: ({ groups }) => groups?.length ?? "-" },
          { id: "created", header: "Creation time", cell: ({ CreateDate }) => <LabTime seconds={CreateDate} />, sortingField: "CreateDate" },
          { id: "arn", header: "ARN", cell: ({ Arn }) => <Copyable text={Arn} what="ARN" />, wideOnly: true, minWidth: 300 },
        ]}
        empty={
          <EmptyState title="No users" action={<GoButton to="users/create">Create user</GoButton>} command="aws iam create-user --user-name alice">
            This account has no IAM users. Only its root user can sign in.
          </EmptyState>
        }
      />
      {deleting && <DeleteUsers names={deleting} onClose={() => setDeleting(undefined)} />}
    </>
  );
}
