"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import { ConfirmModal } from "../../frame/confirm-modal";
import { EmptyState } from "../../frame/empty-state";
import { LabTime } from "../../frame/lab-time";
import { GoLink } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { listing } from "../load-iam";
import { GroupPicker } from "../shared/group-picker";
import { holderPath } from "../shared/holder-path";
import { IamTable } from "../shared/iam-table";
import type { Group } from "../types";

/** The groups that a user is in. */
export function GroupsTab({ name }: { name: string }) {
  const groups = useLoad(`groups-of|${name}`, (ask) => listing<Group>(ask, "ListGroupsForUser", "Groups", { UserName: name }));
  const [removing, setRemoving] = useState<string[]>();
  const [adding, setAdding] = useState<string[]>();
  return (
    <>
      <IamTable<Group>
        data-testid="user-groups"
        level="h2"
        title="User groups membership"
        noun={["group", "groups"]}
        description="A user gets the permissions of the groups that it is in. A user can be in up to 10 groups."
        rows={groups}
        id={({ GroupName }) => GroupName}
        words={({ GroupName }) => GroupName}
        selection="multi"
        actions={(selected) => (
          <>
            <Button disabled={!selected.length} onClick={() => setRemoving(selected.map(({ GroupName }) => GroupName))} data-testid="leave-groups">
              Remove
            </Button>
            <Button onClick={() => setAdding([])} data-testid="join-groups">
              Add user to groups
            </Button>
          </>
        )}
        columns={[
          {
            id: "name",
            header: "Group name",
            cell: ({ GroupName }) => <GoLink to={holderPath({ kind: "group", name: GroupName })}>{GroupName}</GoLink>,
            isRowHeader: true,
          },
          { id: "created", header: "Creation time", cell: ({ CreateDate }) => <LabTime seconds={CreateDate} /> },
        ]}
        empty={
          <EmptyState title="No groups" command={`aws iam add-user-to-group --user-name ${name} --group-name admins`}>
            {name} is in no group.
          </EmptyState>
        }
      />
      {removing && (
        <ConfirmModal
          title={removing.length === 1 ? `Remove ${name} from ${removing[0]}` : `Remove ${name} from ${removing.length} groups`}
          action="Remove"
          testId="leave-groups"
          done={`${name} was removed from ${removing.join(", ")}.`}
          onClose={() => setRemoving(undefined)}
          work={async (ask) => {
            for (const GroupName of removing) await ask("iam", "RemoveUserFromGroup", { GroupName, UserName: name });
          }}
        >
          <Box variant="p">The user loses the permissions that come from {removing.length === 1 ? "the group" : "these groups"}.</Box>
        </ConfirmModal>
      )}
      {adding && (
        <ConfirmModal
          title="Add user to groups"
          action="Add user to groups"
          testId="join-groups"
          done={`${name} was added to ${adding.join(", ")}.`}
          onClose={() => setAdding(undefined)}
          work={async (ask) => {
            for (const GroupName of adding) await ask("iam", "AddUserToGroup", { GroupName, UserName: name });
          }}
        >
          <GroupPicker chosen={adding} onChange={setAdding} except={groups.data?.map(({ GroupName }) => GroupName)} />
        </ConfirmModal>
      )}
    </>
  );
}
