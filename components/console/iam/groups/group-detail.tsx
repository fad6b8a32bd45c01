"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import Tabs from "@cloudscape-design/components/tabs";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { ConfirmModal } from "../../frame/confirm-modal";
import { Copyable } from "../../frame/copyable";
import { EmptyState } from "../../frame/empty-state";
import { useWhere } from "../../frame/lab";
import { LabDate, LabTime } from "../../frame/lab-time";
import { GoLink, usePlace } from "../../frame/place";
import { useLoad, type Loaded } from "../../frame/use-load";
import { listing } from "../load-iam";
import { UserPicker } from "../shared/group-picker";
import { IamTable } from "../shared/iam-table";
import { holderPath } from "../shared/holder-path";
import { PermissionsTab } from "../shared/permissions-tab";
import type { Group, User } from "../types";
import { DeleteGroups } from "./groups";

export function GroupDetail({ name, tab }: { name: string; tab?: string }) {
  const { navigate, narrow } = usePlace();
  const { account } = useWhere();
  const [deleting, setDeleting] = useState(false);
  /** Deleted: there is nothing to ask for any more, and the list comes next. */
  const [gone, setGone] = useState(false);
  const group = useLoad(gone ? undefined : `group|${name}`, async (ask) => (await ask<{ Group: Group }>("iam", "GetGroup", { GroupName: name })).Group);
  const users = useLoad(gone ? undefined : `members|${name}`, (ask) => listing<User>(ask, "GetGroup", "Users", { GroupName: name }));
  if (group.refused)
    return (
      <SpaceBetween size="m">
        <Header variant="h1">{name}</Header>
        <AwsErrorNote refused={group.refused} />
      </SpaceBetween>
    );
  if (!group.data) return <Spinner size="large" />;
  const { GroupName, Arn, CreateDate } = group.data;
  const holder = { kind: "group" as const, name: GroupName };
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        actions={
          <Button onClick={() => setDeleting(true)} data-testid="delete-group">
            Delete
          </Button>
        }
      >
        {GroupName}
      </Header>
      <Container header={<Header variant="h2">Summary</Header>}>
        <KeyValuePairs
          columns={narrow ? 1 : 3}
          minColumnWidth={150}
          items={[
            { label: "User group name", value: GroupName },
            { label: "Creation time", value: <LabDate seconds={CreateDate} /> },
            { label: "ARN", value: <Copyable text={Arn} what="ARN" /> },
          ]}
        />
      </Container>
      <Tabs
        ariaLabel="About this group"
        activeTabId={tab === "permissions" ? tab : "users"}
        onChange={({ detail }) => navigate(holderPath(holder, detail.activeTabId))}
        tabs={[
          { id: "users", label: "Users", content: <Members name={GroupName} users={users} /> },
          { id: "permissions", label: "Permissions", content: <PermissionsTab holder={holder} account={account} /> },
        ]}
      />
      {deleting && <DeleteGroups names={[GroupName]} onClose={() => setDeleting(false)} onDeleted={() => {
            setGone(true);
            navigate("groups");
          }} />}
    </SpaceBetween>
  );
}

function Members({ name, users }: { name: string; users: Loaded<User[]> }) {
  const [removing, setRemoving] = useState<string[]>();
  const [adding, setAdding] = useState<string[]>();
  return (
    <>
      <IamTable<User>
        data-testid="group-users"
        level="h2"
        title="Users in this group"
        noun={["user", "users"]}
        rows={users}
        id={({ UserName }) => UserName}
        words={({ UserName }) => UserName}
        selection="multi"
        actions={(selected) => (
          <>
            <Button disabled={!selected.length} onClick={() => setRemoving(selected.map(({ UserName }) => UserName))} data-testid="remove-users">
              Remove
            </Button>
            <Button onClick={() => setAdding([])} data-testid="add-users">
              Add users
            </Button>
          </>
        )}
        columns={[
          {
            id: "name",
            header: "User name",
            cell: ({ UserName }) => <GoLink to={holderPath({ kind: "user", name: UserName })}>{UserName}</GoLink>,
            isRowHeader: true,
          },
          { id: "created", header: "Creation time", cell: ({ CreateDate }) => <LabTime seconds={CreateDate} /> },
        ]}
        empty={
          <EmptyState title="No users" command={`aws iam add-user-to-group --user-name alice --group-name ${name}`}>
            This group has no users: its policies reach nobody.
          </EmptyState>
        }
      />
      {removing && (
        <ConfirmModal
          title={`Remove users from ${name}`}
          action="Remove"
          testId="remove-users"
          done={`${removing.join(", ")} removed from ${name}.`}
          onClose={() => setRemoving(undefined)}
          work={async (ask) => {
            for (const UserName of removing) await ask("iam", "RemoveUserFromGroup", { GroupName: name, UserName });
          }}
        >
          <Box variant="p">{removing.join(", ")} will lose the permissions that come from this group.</Box>
        </ConfirmModal>
      )}
      {adding && (
        <ConfirmModal
          title={`Add users to ${name}`}
          action="Add users"
          testId="add-users"
          done={`${adding.join(", ")} added to ${name}.`}
          onClose={() => setAdding(undefined)}
          work={async (ask) => {
            for (const UserName of adding) await ask("iam", "AddUserToGroup", { GroupName: name, UserName });
          }}
        >
          <UserPicker chosen={adding} onChange={setAdding} except={users.data?.map(({ UserName }) => UserName)} />
        </ConfirmModal>
      )}
    </>
  );
}
