"use client";
import { useMemo, useState } from "react";
import { useCollection } from "@cloudscape-design/collection-hooks";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import PropertyFilter, { type PropertyFilterProps } from "@cloudscape-design/components/property-filter";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import { AwsErrorNote } from "../frame/aws-error-note";
import { EmptyState } from "../frame/empty-state";
import { LabTime } from "../frame/lab-time";
import { useFormDraft } from "../frame/lab";
import { GoButton, GoLink, usePlace } from "../frame/place";
import { usePages } from "../frame/use-pages";
import { DeleteParameters } from "./delete-parameters";
import { loadParameters } from "./load-parameters";
import { FILTER_PROPERTIES, parameterFilters } from "./parameter-filters";
import { ParameterTree } from "./parameter-tree-view";
import type { ParameterMetadata } from "./parameter-types";
import { parameterPath } from "./place-of";
import { TypeCell } from "./type-cell";
import { useParameterTree } from "./use-parameter-tree";

interface ListForm {
  view: "list" | "tree";
  query: PropertyFilterProps.Query;
}
const initial: ListForm = { view: "list", query: { tokens: [], operation: "and" } };

export function ParameterList() {
  const { narrow, navigate } = usePlace();
  const [{ view, query }, change] = useFormDraft("parameter-store/list", initial);
  const [selectedNames, setSelectedNames] = useState<string[]>([]);
  const [deleting, setDeleting] = useState(false);
  const filters = useMemo(() => parameterFilters(query.tokens as never), [query]);
  const list = usePages(view === "list" ? `parameters|${JSON.stringify(filters)}` : undefined, (ask, from) => loadParameters(ask, filters, from), 20);
  const tree = useParameterTree(view === "tree" ? filters : undefined);
  const loaded = view === "list" ? list : tree;
  const all = useMemo(() => loaded.data?.items ?? [], [loaded.data]);
  const keyIds = loaded.data?.keyIds ?? {};
  // Only what is here whole can be sorted; AWS lists parameters by their names.
  const { items, collectionProps } = useCollection(all, { sorting: list.whole ? { defaultState: { sortingColumn: { sortingField: "Name" } } } : undefined });
  const selected = all.filter(({ Name }) => selectedNames.includes(Name));

  const columns: TableProps.ColumnDefinition<ParameterMetadata>[] = [
    {
      id: "name",
      header: "Name",
      cell: ({ Name }) => <GoLink to={parameterPath(Name)}>{Name}</GoLink>,
      sortingField: "Name",
      isRowHeader: true,
    },
    { id: "tier", header: "Tier", cell: ({ Tier }) => Tier ?? "Standard", sortingField: "Tier" },
    { id: "type", header: "Type", cell: (parameter) => <TypeCell parameter={parameter} keyIds={keyIds} />, sortingField: "Type" },
    {
      id: "modified",
      header: "Last modified",
      cell: ({ LastModifiedDate }) => <LabTime seconds={LastModifiedDate} />,
      sortingField: "LastModifiedDate",
    },
    { id: "version", header: "Version", cell: ({ Version }) => Version, sortingField: "Version" },
  ];
  const shown = narrow ? columns.filter(({ id }) => id !== "tier" && id !== "version") : columns;

  const actions = (
    <SpaceBetween direction="horizontal" size="xs">
      <Button iconName="refresh" ariaLabel="Refresh" onClick={loaded.reload} />
      {!narrow && (
        <Button disabled={selected.length !== 1} onClick={() => navigate(parameterPath(selected[0].Name))}>
          View details
        </Button>
      )}
      <Button
        disabled={selected.length !== 1}
        onClick={() => navigate(parameterPath(selected[0].Name, "edit"))}
        data-testid="edit-parameter"
      >
        Edit
      </Button>
      <Button disabled={!selected.length} onClick={() => setDeleting(true)} data-testid="delete-parameters">
        Delete
      </Button>
      <GoButton to="parameters/create" variant="primary" data-testid="create-parameter">
        Create parameter
      </GoButton>
    </SpaceBetween>
  );
  const header = (
    <Header variant="h2" counter={loaded.counter} actions={actions}>
      My parameters
    </Header>
  );
  const filter = (
    <SpaceBetween size="xs">
      <PropertyFilter
        query={query}
        onChange={({ detail }) => change({ query: detail })}
        hideOperations
        freeTextFiltering={{ operators: [":"], defaultOperator: ":" }}
        filteringAriaLabel="Filter parameters"
        filteringPlaceholder="Filter parameters by name, type, tier, path"
        filteringProperties={FILTER_PROPERTIES.map(({ key, label, operators }) => ({
          key,
          propertyLabel: label,
          groupValuesLabel: `${label} values`,
          operators: [...operators],
          defaultOperator: operators[0],
        }))}
        filteringOptions={FILTER_PROPERTIES.flatMap(({ key, values }) => values.map((value) => ({ propertyKey: key, value })))}
        countText={filters.length && loaded.counter ? `${loaded.counter.slice(1, -1)} ${loaded.counter === "(1)" ? "match" : "matches"}` : undefined}
        data-testid="parameter-filter"
      />
      <SegmentedControl
        label="View"
        selectedId={view}
        onChange={({ detail }) => change({ view: detail.selectedId as ListForm["view"] })}
        options={[
          { id: "list", text: "List", iconName: "view-full" },
          { id: "tree", text: "Tree by path", iconName: "folder" },
        ]}
        data-testid="parameter-view"
      />
    </SpaceBetween>
  );
  const empty = filters.length ? (
    <EmptyState title="No matches" action={<Button onClick={() => change({ query: initial.query })}>Clear filters</Button>}>
      No parameter of this Region fits all filters. Names are case-sensitive.
    </EmptyState>
  ) : (
    <EmptyState
      title="No parameters"
      action={<GoButton to="parameters/create">Create parameter</GoButton>}
      command='aws ssm put-parameter --name /my-app/dev/db-url --type String --value "devurl.example:3306"'
    >
      A parameter is a value under a name, such as /my-app/dev/db-url. Programs read it by name or by path; a SecureString is encrypted with
      a KMS key.
    </EmptyState>
  );

  return (
    <SpaceBetween size="m">
      {loaded.refused && <AwsErrorNote refused={loaded.refused} />}
      {view === "list" ? (
        <Table
          {...collectionProps}
          sortingDisabled={!list.whole}
          data-testid="parameters"
          trackBy="Name"
          selectionType="multi"
          selectedItems={selected}
          onSelectionChange={({ detail }) => setSelectedNames(detail.selectedItems.map(({ Name }) => Name))}
          ariaLabels={{
            selectionGroupLabel: "Parameters",
            allItemsSelectionLabel: () => "Select all parameters",
            itemSelectionLabel: (_, { Name }) => `Select ${Name}`,
          }}
          header={header}
          filter={filter}
          pagination={<Pagination {...list.pagination} />}
          columnDefinitions={shown}
          items={list.onPage(items)}
          loading={loaded.loading && !loaded.data && !loaded.refused}
          loadingText="Loading parameters"
          empty={empty}
        />
      ) : (
        <ParameterTree
          header={header}
          filter={filter}
          empty={empty}
          parameters={all}
          more={tree.more}
          keyIds={keyIds}
          loading={loaded.loading && !loaded.data && !loaded.refused}
        />
      )}
      {deleting && (
        <DeleteParameters
          names={selected.map(({ Name }) => Name)}
          onClose={() => setDeleting(false)}
          onDeleted={() => setSelectedNames([])}
        />
      )}
    </SpaceBetween>
  );
}
