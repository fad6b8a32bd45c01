"use client";
import { useState } from "react";
import Alert from "@cloudscape-design/components/alert";
import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import Table from "@cloudscape-design/components/table";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { ConfirmModal } from "../../frame/confirm-modal";
import { useFlash } from "../../frame/flash";
import { LabDate } from "../../frame/lab-time";
import { GoLink, usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import type { ChangeSet, ResourceChange } from "../cfn-types";
import { loadChangeSet } from "../load-stacks";
import { stackPath } from "../place-of";
import { CfnStatus } from "../stack-status";
import { detailLines } from "../change-words";

/** What would be done, resource by resource; and the button that does it. */
export function ChangeSetPage({ stack, name }: { stack: string; name: string }) {
  const { navigate, narrow } = usePlace();
  const [gone, setGone] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const loaded = useLoad(gone ? undefined : `change-set|${stack}|${name}`, (ask) => loadChangeSet(ask, stack, name));
  const { busy, refused, run, clear } = useMutation();
  const flash = useFlash();
  if (loaded.refused)
    return (
      <SpaceBetween size="m">
        <Header variant="h1">{name}</Header>
        <AwsErrorNote refused={loaded.refused} />
      </SpaceBetween>
    );
  if (!loaded.data) return <Spinner size="large" />;
  const set = loaded.data;
  const execute = async () => {
    if (!(await run((ask) => ask("cloudformation", "ExecuteChangeSet", { StackName: stack, ChangeSetName: name })))) return;
    setGone(true);
    flash.success("The change set is being executed.");
    navigate(stackPath(stack, "events"));
  };
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={() => setDeleting(true)} data-testid="change-set-delete">
              Delete
            </Button>
            <Button variant="primary" onClick={() => void execute()} loading={busy} disabled={set.ExecutionStatus !== "AVAILABLE"} data-testid="execute">
              Execute change set
            </Button>
          </SpaceBetween>
        }
      >
        <span className="copyable-text">{name}</span>
      </Header>
      {refused && <AwsErrorNote refused={refused} onDismiss={clear} />}
      {set.Status === "FAILED" && (
        <Alert type="error" header="FAILED" data-testid="change-set-failed">
          <span className="aws-words">{set.StatusReason}</span>
        </Alert>
      )}
      <Container header={<Header variant="h2">Overview</Header>}>
        <KeyValuePairs
          columns={narrow ? 1 : 4}
          items={[
            { label: "Stack", value: <GoLink to={stackPath(stack)}>{set.StackName}</GoLink> },
            { label: "Status", value: <CfnStatus status={set.Status} /> },
            { label: "Execution status", value: set.ExecutionStatus },
            { label: "Created", value: <LabDate seconds={set.CreationTime} /> },
          ]}
        />
      </Container>
      <Changes set={set} />
      {deleting && (
        <ConfirmModal
          title="Delete change set"
          action="Delete"
          testId="change-set-delete"
          done={`The change set ${name} was deleted.`}
          work={(ask) => ask("cloudformation", "DeleteChangeSet", { StackName: stack, ChangeSetName: name })}
          onClose={() => setDeleting(false)}
          onDone={() => {
            setGone(true);
            navigate(stackPath(stack, "changesets"));
          }}
        >
          <Box variant="p">What it would have done is forgotten. The stack stays as it is.</Box>
        </ConfirmModal>
      )}
    </SpaceBetween>
  );
}

const COLORS: Record<ResourceChange["Action"], "green" | "blue" | "red"> = { Add: "green", Modify: "blue", Remove: "red" };

function Changes({ set: { Changes = [], Status } }: { set: ChangeSet }) {
  const { narrow } = usePlace();
  const pending = Status === "CREATE_PENDING" || Status === "CREATE_IN_PROGRESS";
  return (
    <Table
      data-testid="changes"
      wrapLines
      items={Changes.map(({ ResourceChange: change }) => change)}
      trackBy="LogicalResourceId"
      loading={pending}
      loadingText="Computing the changes"
      header={
        <Header variant="h2" counter={pending ? undefined : `(${Changes.length})`} description="Nothing of this has been done yet.">
          Changes
        </Header>
      }
      columnDefinitions={[
        { id: "action", header: "Action", cell: ({ Action }) => <Badge color={COLORS[Action]}>{Action}</Badge> },
        { id: "id", header: "Logical ID", cell: ({ LogicalResourceId }) => LogicalResourceId, isRowHeader: true, minWidth: 110 },
        ...(narrow
          ? []
          : [
              { id: "type", header: "Type", cell: ({ ResourceType }: ResourceChange) => ResourceType, minWidth: 150 },
              { id: "physical", header: "Physical ID", cell: ({ PhysicalResourceId }: ResourceChange) => <span className="copyable-text">{PhysicalResourceId ?? "-"}</span> },
            ]),
        { id: "replacement", header: "Replacement", cell: ({ Replacement, Action }) => (Action === "Modify" ? (Replacement ?? "-") : "-") },
        {
          id: "details",
          header: "What changes",
          cell: (change) => (
            <ul className="plain-list">
              {detailLines(change).map((line) => (
                <li key={line}>
                  <span className="copyable-text">{line}</span>
                </li>
              ))}
            </ul>
          ),
          minWidth: 220,
        },
      ]}
      empty={<Box color="text-body-secondary">No resource would change. Outputs, tags or parameters may.</Box>}
    />
  );
}
