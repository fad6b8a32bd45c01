"use client";
import { useMemo, useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { AwsErrorNote } from "../frame/aws-error-note";
import { ConfirmModal } from "../frame/confirm-modal";
import { EmptyState } from "../frame/empty-state";
import { LabTime } from "../frame/lab-time";
import { GoLink } from "../frame/place";
import { usePages } from "../frame/use-pages";
import { loadStreams } from "./load-logs";
import type { LogStream } from "./logs-types";
import { groupPath } from "./place-of";

const PAGE = 20;

export function StreamList({ group }: { group: string }) {
  const list = usePages(`streams|${group}`, (ask, from) => loadStreams(ask, group, from), PAGE);
  const [chosen, setChosen] = useState<string[]>([]);
  const [deleting, setDeleting] = useState(false);
  const all = useMemo(() => list.data?.items ?? [], [list.data]);
  const selected = all.filter(({ logStreamName }) => chosen.includes(logStreamName));
  if (list.refused) return <AwsErrorNote refused={list.refused} />;
  return (
    <>
      <Table<LogStream>
        data-testid="log-streams"
        wrapLines
        trackBy="logStreamName"
        selectionType="multi"
        selectedItems={selected}
        onSelectionChange={({ detail }) => setChosen(detail.selectedItems.map(({ logStreamName }) => logStreamName))}
        ariaLabels={{
          selectionGroupLabel: "Log streams",
          allItemsSelectionLabel: () => "Select all log streams",
          itemSelectionLabel: (_, { logStreamName }) => `Select log stream ${logStreamName}`,
        }}
        loading={list.loading && !list.data}
        loadingText="Loading log streams"
        items={list.onPage(all)}
        header={
          <Header
            variant="h2"
            counter={list.counter}
            description="Newest events first. A function has a stream for each environment that it ran in."
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel="Refresh" onClick={list.reload} />
                <Button disabled={!selected.length} onClick={() => setDeleting(true)} data-testid="delete-streams">
                  Delete
                </Button>
              </SpaceBetween>
            }
          >
            Log streams
          </Header>
        }
        pagination={(all.length > PAGE || !list.whole) && <Pagination {...list.pagination} />}
        columnDefinitions={[
          {
            id: "name",
            header: "Log stream",
            cell: ({ logStreamName }) => (
              <GoLink to={groupPath(group, "streams", logStreamName)}>
                <span className="copyable-text">{logStreamName}</span>
              </GoLink>
            ),
            isRowHeader: true,
            minWidth: 180,
          },
          { id: "last", header: "Last event time", cell: ({ lastEventTimestamp }) => <LabTime seconds={lastEventTimestamp === undefined ? undefined : lastEventTimestamp / 1000} /> },
        ]}
        empty={
          <EmptyState title="No log streams" command={`aws logs create-log-stream --log-group-name ${group} --log-stream-name my-stream`}>
            Nothing has written to this group yet.
          </EmptyState>
        }
      />
      {deleting && (
        <ConfirmModal
          title={selected.length === 1 ? "Delete log stream" : "Delete log streams"}
          action="Delete"
          testId="delete-streams"
          done={selected.length === 1 ? "The log stream was deleted." : `${selected.length} log streams were deleted.`}
          work={async (ask) => {
            for (const { logStreamName } of selected) await ask("logs", "DeleteLogStream", { logGroupName: group, logStreamName });
          }}
          onClose={() => setDeleting(false)}
          onDone={() => setChosen([])}
        >
          <Box variant="p">The events in {selected.length === 1 ? "it" : "them"} go.</Box>
        </ConfirmModal>
      )}
    </>
  );
}
