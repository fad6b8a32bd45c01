"use client";
import { useMemo, useState } from "react";
import { useCollection } from "@cloudscape-design/collection-hooks";
import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import { AwsErrorNote } from "../frame/aws-error-note";
import { EmptyState } from "../frame/empty-state";
import { LabTime } from "../frame/lab-time";
import { useFormDraft } from "../frame/lab";
import { GoButton, GoLink, usePlace } from "../frame/place";
import { usePages } from "../frame/use-pages";
import { DeleteGroups } from "./delete-groups";
import { EditRetention } from "./edit-retention";
import { loadGroups } from "./load-logs";
import { bytesWords, retentionWords, type LogGroup } from "./logs-types";
import { groupPath } from "./place-of";

const PAGE = 20;
const none = { pattern: "" };

export function GroupList() {
  const { narrow } = usePlace();
  const [{ pattern }, change] = useFormDraft("logs/groups", none);
  const list = usePages(`log-groups|${pattern}`, (ask, from) => loadGroups(ask, pattern, from), PAGE);
  const [selectedNames, setSelectedNames] = useState<string[]>([]);
  const [open, setOpen] = useState<"retention" | "delete">();
  const all = useMemo(() => list.data?.items ?? [], [list.data]);
  const { items, collectionProps } = useCollection(all, { sorting: list.whole ? { defaultState: { sortingColumn: { sortingField: "logGroupName" } } } : undefined });
  const selected = all.filter(({ logGroupName }) => selectedNames.includes(logGroupName));
  const columns: TableProps.ColumnDefinition<LogGroup>[] = [
    { id: "name", header: "Log group", cell: ({ logGroupName }) => <GoLink to={groupPath(logGroupName)}>{logGroupName}</GoLink>, sortingField: "logGroupName", isRowHeader: true, minWidth: 180 },
    { id: "retention", header: "Retention", cell: ({ retentionInDays }) => retentionWords(retentionInDays), sortingField: "retentionInDays" },
    { id: "bytes", header: "Stored", cell: ({ storedBytes }) => bytesWords(storedBytes), sortingField: "storedBytes" },
    { id: "created", header: "Created", cell: ({ creationTime }) => <LabTime seconds={creationTime / 1000} />, sortingField: "creationTime" },
  ];
  return (
    <SpaceBetween size="m">
      {list.refused && <AwsErrorNote refused={list.refused} />}
      <Table
        {...collectionProps}
        data-testid="log-groups"
        wrapLines
        trackBy="logGroupName"
        selectionType="multi"
        selectedItems={selected}
        onSelectionChange={({ detail }) => setSelectedNames(detail.selectedItems.map(({ logGroupName }) => logGroupName))}
        ariaLabels={{
          selectionGroupLabel: "Log groups",
          allItemsSelectionLabel: () => "Select all log groups",
          itemSelectionLabel: (_, { logGroupName }) => `Select log group ${logGroupName}`,
        }}
        items={list.onPage(items)}
        columnDefinitions={narrow ? columns.filter(({ id }) => id === "name" || id === "retention") : columns}
        loading={list.loading && !list.data && !list.refused}
        loadingText="Loading log groups"
        header={
          <Header
            variant="h1"
            counter={list.counter}
            description="What programs and services write, by who writes it: a group for each function, in it a stream for each environment that ran."
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel="Refresh" onClick={list.reload} />
                <ButtonDropdown
                  disabled={!selected.length}
                  items={[
                    { id: "retention", text: "Edit retention setting", disabled: selected.length !== 1, disabledReason: "Choose one group." },
                    { id: "delete", text: "Delete log groups" },
                  ]}
                  onItemClick={({ detail }) => setOpen(detail.id as "retention" | "delete")}
                  data-testid="group-actions"
                >
                  Actions
                </ButtonDropdown>
                <GoButton to="create/log-group" variant="primary" data-testid="create-group">
                  Create log group
                </GoButton>
              </SpaceBetween>
            }
          >
            Log groups
          </Header>
        }
        filter={
          (all.length > 0 || pattern) && (
            <TextFilter
              filteringText={pattern}
              onChange={({ detail }) => change({ pattern: detail.filteringText })}
              filteringAriaLabel="Find log groups"
              filteringPlaceholder="Find log groups by a part of the name"
              countText={list.counter && `${list.counter.slice(1, -1)} ${list.counter === "(1)" ? "match" : "matches"}`}
            />
          )
        }
        pagination={(all.length > PAGE || !list.whole) && <Pagination {...list.pagination} />}
        empty={
          pattern ? (
            <EmptyState title="No matches" action={<Button onClick={() => change({ pattern: "" })}>Clear filter</Button>}>
              No log group has this in its name.
            </EmptyState>
          ) : (
            <EmptyState title="No log groups" action={<GoButton to="create/log-group">Create log group</GoButton>} command="aws logs create-log-group --log-group-name /my-app/audit">
              A function that runs makes its own group, /aws/lambda/ and its name, if its role lets it.
            </EmptyState>
          )
        }
      />
      {open === "retention" && selected[0] && <EditRetention group={selected[0]} onClose={() => setOpen(undefined)} />}
      {open === "delete" && <DeleteGroups names={selected.map(({ logGroupName }) => logGroupName)} onClose={() => setOpen(undefined)} onDone={() => setSelectedNames([])} />}
    </SpaceBetween>
  );
}
