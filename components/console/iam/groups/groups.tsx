"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { ConfirmModal } from "../../frame/confirm-modal";
import { EmptyState } from "../../frame/empty-state";
import { useFlash } from "../../frame/flash";
import { useFormDraft } from "../../frame/lab";
import { LabTime } from "../../frame/lab-time";
import { GoButton, GoLink, usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { deleteGroup } from "../delete-entities";
import { loadGroups, type GroupRow } from "../load-iam";
import { permissionWords, UserPicker } from "../shared/group-picker";
import { IamTable } from "../shared/iam-table";
import { holderPath } from "../shared/holder-path";
import { PolicyPicker } from "../shared/policy-picker";
import { nameProblem } from "../users/create-user-draft";

export function GroupList() {
  const groups = useLoad("groups", loadGroups);
  const [deleting, setDeleting] = useState<string[]>();
  return (
    <>
      <IamTable<GroupRow>
        data-testid="groups"
        title="User groups"
        noun={["group", "groups"]}
        description="A user group is a collection of IAM users. Use groups to specify permissions for a collection of users."
        rows={groups}
        id={({ GroupName }) => GroupName}
        words={({ GroupName }) => GroupName}
        selection="multi"
        actions={(selected) => (
          <>
            <Button disabled={!selected.length} onClick={() => setDeleting(selected.map(({ GroupName }) => GroupName))} data-testid="delete-groups">
              Delete
            </Button>
            <GoButton to="groups/create" variant="primary" data-testid="create-group">
              Create group
            </GoButton>
          </>
        )}
        columns={[
          {
            id: "name",
            header: "Group name",
            cell: ({ GroupName }) => <GoLink to={holderPath({ kind: "group", name: GroupName })}>{GroupName}</GoLink>,
            sortingField: "GroupName",
            isRowHeader: true,
            minWidth: 140,
          },
          { id: "users", header: "Users", cell: ({ users }) => users?.length ?? "-" },
          { id: "permissions", header: "Permissions", cell: permissionWords },
          { id: "created", header: "Creation time", cell: ({ CreateDate }) => <LabTime seconds={CreateDate} />, sortingField: "CreateDate", wideOnly: true },
        ]}
        empty={
          <EmptyState title="No groups" action={<GoButton to="groups/create">Create group</GoButton>} command="aws iam create-group --group-name admins">
            What several users may do is easier to keep in order on a group than on each of them.
          </EmptyState>
        }
      />
      {deleting && <DeleteGroups names={deleting} onClose={() => setDeleting(undefined)} />}
    </>
  );
}

export function DeleteGroups({ names, onClose, onDeleted }: { names: string[]; onClose(): void; onDeleted?(): void }) {
  const one = names.length === 1;
  return (
    <ConfirmModal
      title={one ? `Delete ${names[0]}` : `Delete ${names.length} groups`}
      action={one ? "Delete group" : "Delete groups"}
      typed={one ? names[0] : "delete"}
      testId="delete-groups"
      done={one ? `Group ${names[0]} was deleted.` : `${names.length} groups were deleted.`}
      onClose={onClose}
      onDone={onDeleted}
      work={async (ask) => {
        for (const name of names) await deleteGroup(ask, name);
      }}
    >
      <Box variant="p">Its users stay, and lose the permissions that came from it. Inline policies are deleted, managed policies detached.</Box>
    </ConfirmModal>
  );
}

const empty: { name: string; users: string[]; policies: string[] } = { name: "", users: [], policies: [] };

/** Create user group, on one page as in the IAM console. */
export function CreateGroup() {
  const { navigate } = usePlace();
  const [draft, change, clear] = useFormDraft("iam/create-group", empty);
  const { busy, refused, run, clear: forget } = useMutation();
  const [made, setMade] = useState(false);
  const flash = useFlash();
  const GroupName = draft.name.trim();
  const leave = (to: string) => {
    clear();
    navigate(to);
  };
  const submit = async () => {
    const done = await run(async (ask) => {
      if (!made) await ask("iam", "CreateGroup", { GroupName });
      setMade(true);
      for (const UserName of draft.users) await ask("iam", "AddUserToGroup", { GroupName, UserName });
      for (const PolicyArn of draft.policies) await ask("iam", "AttachGroupPolicy", { GroupName, PolicyArn });
    });
    if (!done) return;
    flash.success(`${GroupName} user group created.`);
    leave("groups");
  };
  return (
    <SpaceBetween size="m">
      <Header variant="h1">Create user group</Header>
      {refused && <AwsErrorNote refused={refused} onDismiss={forget} />}
      <Container header={<Header variant="h2">Name the group</Header>}>
        <FormField
          label="User group name"
          errorText={draft.name ? nameProblem(GroupName, 128) : undefined}
          constraintText="Maximum 128 characters. Use alphanumeric and '+=,.@-_' characters."
        >
          <Input value={draft.name} onChange={({ detail }) => change({ name: detail.value })} data-testid="group-name" autoComplete={false} />
        </FormField>
      </Container>
      <UserPicker chosen={draft.users} onChange={(users) => change({ users })} />
      <PolicyPicker title="Attach permissions policies" chosen={draft.policies} onChange={(policies) => change({ policies })} />
      <SpaceBetween direction="horizontal" size="xs">
        <Button variant="link" onClick={() => leave("groups")}>
          Cancel
        </Button>
        <Button
          variant="primary"
          loading={busy}
          disabled={nameProblem(GroupName, 128) !== undefined}
          onClick={() => void submit()}
          data-testid="create-group-submit"
        >
          Create user group
        </Button>
      </SpaceBetween>
    </SpaceBetween>
  );
}
