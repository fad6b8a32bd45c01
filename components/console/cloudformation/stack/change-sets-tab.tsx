"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import { ConfirmModal } from "../../frame/confirm-modal";
import { EmptyState } from "../../frame/empty-state";
import { LabTime } from "../../frame/lab-time";
import { GoButton, GoLink } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { IamTable } from "../../iam/shared/iam-table";
import type { ChangeSet } from "../cfn-types";
import { loadChangeSets } from "../load-stacks";
import { stackPath } from "../place-of";
import { CfnStatus } from "../stack-status";

/** What would be changed, and was not yet. */
export function ChangeSetsTab({ name }: { name: string }) {
  const sets = useLoad(`change-sets|${name}`, (ask) => loadChangeSets(ask, name));
  const [deleting, setDeleting] = useState<ChangeSet>();
  return (
    <>
      <IamTable<ChangeSet>
        data-testid="change-sets"
        level="h2"
        title="Change sets"
        noun={["change set", "change sets"]}
        description="Changes that were computed and not made. An executed one is gone from here."
        rows={sets}
        id={({ ChangeSetId }) => ChangeSetId}
        words={({ ChangeSetName }) => ChangeSetName}
        selection="single"
        actions={(selected) => (
          <>
            <Button disabled={!selected.length} onClick={() => setDeleting(selected[0])} data-testid="delete-change-set">
              Delete
            </Button>
            <GoButton to={stackPath(name, "update")}>Create change set</GoButton>
          </>
        )}
        columns={[
          { id: "name", header: "Name", cell: ({ ChangeSetName }) => <GoLink to={stackPath(name, "changesets", ChangeSetName)}>{ChangeSetName}</GoLink>, isRowHeader: true },
          { id: "status", header: "Status", cell: ({ Status }) => <CfnStatus status={Status} /> },
          { id: "execution", header: "Execution status", cell: ({ ExecutionStatus }) => ExecutionStatus, wideOnly: true },
          { id: "created", header: "Created", cell: ({ CreationTime }) => <LabTime seconds={CreationTime} />, wideOnly: true },
        ]}
        empty={
          <EmptyState title="No change sets" action={<GoButton to={stackPath(name, "update")}>Create change set</GoButton>}>
            A change set says what an update would add, modify, replace and remove, before anything is done.
          </EmptyState>
        }
      />
      {deleting && (
        <ConfirmModal
          title="Delete change set"
          action="Delete"
          testId="delete-change-set"
          done={`The change set ${deleting.ChangeSetName} was deleted.`}
          work={(ask) => ask("cloudformation", "DeleteChangeSet", { StackName: name, ChangeSetName: deleting.ChangeSetName })}
          onClose={() => setDeleting(undefined)}
        >
          <Box variant="p">What it would have done is forgotten. The stack stays as it is.</Box>
        </ConfirmModal>
      )}
    </>
  );
}
