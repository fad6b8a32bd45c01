"use client";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { EmptyState } from "../../frame/empty-state";
import { openWhy, useJournal } from "../../frame/lab";
import { LabTime } from "../../frame/lab-time";
import { usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { usePages } from "../../frame/use-pages";
import type { Stack, StackEvent } from "../cfn-types";
import { loadEvents } from "../load-stacks";
import { entryOf, rootCause } from "../root-cause";
import { CfnStatus, isUnderWay } from "../stack-status";

const PAGE = 25;

/** What happened to the stack and its resources, newest first, as it happens. */
export function EventsTab({ stack: { StackId, StackName, StackStatus } }: { stack: Stack }) {
  const { narrow } = usePlace();
  const journal = useJournal();
  const list = usePages(`stack-events|${StackId}`, (ask, from) => loadEvents(ask, StackId, from), PAGE);
  const all = list.data?.items ?? [];
  const cause = rootCause(all, StackName);
  if (list.refused) return <AwsErrorNote refused={list.refused} />;
  return (
    <Table<StackEvent>
      data-testid="stack-events"
      wrapLines
      trackBy="EventId"
      items={list.onPage(all)}
      loading={list.loading && !list.data}
      loadingText="Loading events"
      header={
        <Header
          variant="h2"
          counter={list.counter}
          description={isUnderWay(StackStatus) ? "CloudFormation is at work: each step takes a moment of the lab’s clock." : undefined}
          actions={<Button iconName="refresh" ariaLabel="Refresh" onClick={list.reload} />}
        >
          Events
        </Header>
      }
      pagination={(all.length > PAGE || !list.whole) && <Pagination {...list.pagination} />}
      columnDefinitions={[
        { id: "time", header: "Timestamp", cell: ({ Timestamp }) => <LabTime seconds={Timestamp} />, minWidth: 110 },
        { id: "id", header: "Logical ID", cell: ({ LogicalResourceId }) => <span className="copyable-text">{LogicalResourceId}</span>, isRowHeader: true, minWidth: 110 },
        { id: "status", header: "Status", cell: ({ ResourceStatus }) => <CfnStatus status={ResourceStatus} />, minWidth: 180 },
        ...(narrow ? [] : [{ id: "type", header: "Type", cell: ({ ResourceType }: StackEvent) => ResourceType, minWidth: 150 }]),
        {
          id: "reason",
          header: "Status reason",
          cell: ({ ResourceStatusReason, EventId }) => (
            <>
              <span className="aws-words">{ResourceStatusReason ?? "-"}</span>
              {cause?.EventId === EventId && (
                <>
                  {" "}
                  <strong>Likely root cause.</strong>
                </>
              )}
            </>
          ),
          minWidth: 200,
        },
        {
          id: "why",
          header: "Why",
          cell: (event) => {
            const entry = entryOf(event, journal);
            return entry ? (
              <Button variant="inline-link" onClick={() => openWhy(entry.seq)} ariaLabel={`Why? ${event.LogicalResourceId} ${event.ResourceStatus}`}>
                Why?
              </Button>
            ) : (
              "-"
            );
          },
        },
      ]}
      empty={<EmptyState title="No events">Nothing has happened to this stack yet.</EmptyState>}
    />
  );
}

/** Above the tabs of a stack whose last operation failed: which resource it was, and what AWS said. */
export function RootCause({ stack: { StackId, StackName, StackStatus }, reason }: { stack: Stack; reason?: string }) {
  const journal = useJournal();
  const events = useLoad(`root-cause|${StackId}`, async (ask) => (await loadEvents(ask, StackId)).items);
  const cause = events.data && rootCause(events.data, StackName);
  if (!cause) return reason ? <Alert type="error">{reason}</Alert> : null;
  const entry = entryOf(cause, journal);
  return (
    <Alert
      type="error"
      data-testid="root-cause"
      header={`${cause.LogicalResourceId} (${cause.ResourceType}): ${cause.ResourceStatus}`}
      action={
        entry && (
          <Button onClick={() => openWhy(entry.seq)} ariaLabel={`Why? ${cause.LogicalResourceId}`}>
            Why?
          </Button>
        )
      }
    >
      <SpaceBetween size="xs">
        <span className="aws-words">{cause.ResourceStatusReason}</span>
        <small>{afterwards(StackStatus)}</small>
      </SpaceBetween>
    </Alert>
  );
}

/** What became of the stack, by its status. */
function afterwards(status: string): string {
  if (isUnderWay(status)) return "CloudFormation takes back what it had done.";
  if (status === "ROLLBACK_COMPLETE") return "What had been made was deleted again. Such a stack can only be deleted; create it anew under a mended template.";
  if (status === "UPDATE_ROLLBACK_COMPLETE") return "Everything is as it was before the update.";
  if (status === "UPDATE_ROLLBACK_FAILED") return "Not all could be put back: mend what stands in the way, then continue the rollback under Stack actions.";
  if (status === "DELETE_FAILED") return "The rest may be deleted already. Mend what stands in the way and delete again, or leave what cannot be deleted.";
  return "What succeeded was kept: mend the template and update, or roll back under Stack actions.";
}
