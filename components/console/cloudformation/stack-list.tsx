"use client";
import { useMemo, useState } from "react";
import { useCollection } from "@cloudscape-design/collection-hooks";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import { AwsErrorNote } from "../frame/aws-error-note";
import { EmptyState } from "../frame/empty-state";
import { useFormDraft } from "../frame/lab";
import { LabTime } from "../frame/lab-time";
import { GoButton, GoLink, usePlace } from "../frame/place";
import { usePages } from "../frame/use-pages";
import type { StackSummary } from "./cfn-types";
import { DeleteStack } from "./delete-stack";
import { loadStacks, type ShownStacks } from "./load-stacks";
import { stackPath } from "./place-of";
import { CfnStatus } from "./stack-status";

const PAGE = 20;
const initial: { which: ShownStacks } = { which: "active" };

export function StackList() {
  const { narrow, navigate } = usePlace();
  const [{ which }, change] = useFormDraft("cloudformation/list", initial);
  const list = usePages(`stacks|${which}`, (ask, from) => loadStacks(ask, which, from), PAGE);
  const [chosen, setChosen] = useState<string>();
  const [deleting, setDeleting] = useState(false);
  const all = useMemo(() => list.data?.items ?? [], [list.data]);
  const { items, filterProps, filteredItemsCount, actions } = useCollection(all, {
    filtering: { filteringFunction: (row, text) => `${row.StackName}\n${row.TemplateDescription ?? ""}`.toLowerCase().includes(text.toLowerCase()), empty: null, noMatch: null },
  });
  const selected = all.find(({ StackId }) => StackId === chosen);
  const active = which === "active";
  const columns: TableProps.ColumnDefinition<StackSummary>[] = [
    // A deleted stack is known by its id alone: its name may be another's by now.
    { id: "name", header: "Stack name", cell: ({ StackName, StackId }) => <GoLink to={stackPath(active ? StackName : StackId)}>{StackName}</GoLink>, isRowHeader: true, minWidth: 140 },
    { id: "status", header: "Status", cell: ({ StackStatus }) => <CfnStatus status={StackStatus} />, minWidth: 170 },
    { id: "created", header: active ? "Created" : "Deleted", cell: ({ CreationTime, DeletionTime }) => <LabTime seconds={active ? CreationTime : DeletionTime} /> },
    { id: "description", header: "Description", cell: ({ TemplateDescription }) => TemplateDescription ?? "-", minWidth: 200 },
  ];
  return (
    <SpaceBetween size="m">
      {list.refused && <AwsErrorNote refused={list.refused} />}
      <Table
        data-testid="stacks"
        wrapLines
        trackBy="StackId"
        {...(active && {
          selectionType: "single" as const,
          selectedItems: selected ? [selected] : [],
          onSelectionChange: ({ detail }: { detail: { selectedItems: StackSummary[] } }) => setChosen(detail.selectedItems[0]?.StackId),
          ariaLabels: { selectionGroupLabel: "Stacks", itemSelectionLabel: (_: unknown, { StackName }: StackSummary) => `Select stack ${StackName}` },
        })}
        items={list.onPage(items)}
        columnDefinitions={narrow ? columns.filter(({ id }) => id === "name" || id === "status") : columns}
        loading={list.loading && !list.data && !list.refused}
        loadingText="Loading stacks"
        header={
          <Header
            variant="h1"
            counter={list.counter}
            description="Resources that are described in a template and made, changed and deleted together."
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel="Refresh" onClick={list.reload} />
                <Button disabled={!selected} onClick={() => setDeleting(true)} data-testid="delete-stack">
                  Delete
                </Button>
                <Button disabled={!selected} onClick={() => navigate(stackPath(selected!.StackName, "update"))} data-testid="update-stack">
                  Update
                </Button>
                <GoButton to="create/stack" variant="primary" data-testid="create-stack">
                  Create stack
                </GoButton>
              </SpaceBetween>
            }
          >
            Stacks
          </Header>
        }
        filter={
          <SpaceBetween size="xs">
            <TextFilter
              {...filterProps}
              filteringAriaLabel="Find stacks"
              filteringPlaceholder="Find stacks by name or description"
              countText={`${filteredItemsCount} ${filteredItemsCount === 1 ? "match" : "matches"}`}
            />
            <SegmentedControl
              label="Which stacks"
              selectedId={which}
              onChange={({ detail }) => change({ which: detail.selectedId as ShownStacks })}
              options={[
                { id: "active", text: "Active" },
                { id: "deleted", text: "Deleted" },
              ]}
              data-testid="which-stacks"
            />
          </SpaceBetween>
        }
        pagination={(all.length > PAGE || !list.whole) && <Pagination {...list.pagination} />}
        empty={
          all.length ? (
            <EmptyState title="No matches" action={<Button onClick={() => actions.setFiltering("")}>Clear filter</Button>}>
              No stack has this in its name or description.
            </EmptyState>
          ) : active ? (
            <EmptyState
              title="No stacks"
              action={<GoButton to="create/stack">Create stack</GoButton>}
              command="aws cloudformation deploy --stack-name my-app --template-file template.yaml"
            >
              A stack is made from a template: a text that says which resources there should be. Change the text, and CloudFormation changes the resources.
            </EmptyState>
          ) : (
            <EmptyState title="No deleted stacks">Stacks that were deleted are remembered for 90 days.</EmptyState>
          )
        }
      />
      {deleting && selected && <DeleteStack stack={selected} onClose={() => setDeleting(false)} />}
    </SpaceBetween>
  );
}
