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
import { GoButton, GoLink, usePlace } from "../frame/place";
import { usePages } from "../frame/use-pages";
import { DeleteFunctions } from "./delete-functions";
import { runtimeName, secondsOf, type FunctionConfiguration } from "./lambda-types";
import { loadFunctions } from "./load-functions";
import { functionPath } from "./place-of";

const PAGE = 20;

/** The Region's functions. */
export function FunctionList() {
  const { narrow, navigate } = usePlace();
  const list = usePages("functions", loadFunctions, PAGE);
  const [selectedNames, setSelectedNames] = useState<string[]>([]);
  const [deleting, setDeleting] = useState(false);
  const all = useMemo(() => list.data?.items ?? [], [list.data]);
  const { items, collectionProps, filterProps, filteredItemsCount, actions } = useCollection(all, {
    filtering: { filteringFunction: (row, text) => `${row.FunctionName}\n${row.Description}\n${row.Runtime}`.toLowerCase().includes(text.toLowerCase()), empty: null, noMatch: null },
    sorting: list.whole ? { defaultState: { sortingColumn: { sortingField: "FunctionName" } } } : undefined,
  });
  const selected = all.filter(({ FunctionName }) => selectedNames.includes(FunctionName));
  const columns: TableProps.ColumnDefinition<FunctionConfiguration>[] = [
    { id: "name", header: "Function name", cell: ({ FunctionName }) => <GoLink to={functionPath({ name: FunctionName })}>{FunctionName}</GoLink>, sortingField: "FunctionName", isRowHeader: true, minWidth: 160 },
    { id: "description", header: "Description", cell: ({ Description }) => Description || "-", sortingField: "Description", minWidth: 160 },
    { id: "package", header: "Package type", cell: () => "Zip" },
    { id: "runtime", header: "Runtime", cell: ({ Runtime }) => runtimeName(Runtime), sortingField: "Runtime" },
    { id: "modified", header: "Last modified", cell: ({ LastModified }) => <LabTime seconds={secondsOf(LastModified)} />, sortingField: "LastModified" },
  ];
  if (list.refused)
    return (
      <SpaceBetween size="m">
        <Header variant="h1" actions={<Button iconName="refresh" ariaLabel="Try again" onClick={list.reload} />}>
          Functions
        </Header>
        <AwsErrorNote refused={list.refused} />
      </SpaceBetween>
    );
  return (
    <>
      <Table
        {...collectionProps}
        data-testid="functions"
        variant="container"
        wrapLines
        trackBy="FunctionName"
        selectionType="multi"
        selectedItems={selected}
        onSelectionChange={({ detail }) => setSelectedNames(detail.selectedItems.map(({ FunctionName }) => FunctionName))}
        ariaLabels={{
          selectionGroupLabel: "Functions",
          allItemsSelectionLabel: () => "Select all functions",
          itemSelectionLabel: (_, { FunctionName }) => `Select function ${FunctionName}`,
        }}
        items={list.onPage(items)}
        columnDefinitions={narrow ? columns.filter(({ id }) => id === "name" || id === "runtime") : columns}
        loading={list.loading && !list.data}
        loadingText="Loading functions"
        header={
          <Header
            variant="h1"
            counter={list.counter}
            description="Code that runs when it is called, with the permissions of its execution role."
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel="Refresh" onClick={list.reload} />
                <ButtonDropdown
                  data-testid="function-actions"
                  disabled={!selected.length}
                  items={[
                    { id: "view", text: "View details", disabled: selected.length !== 1, disabledReason: "Choose one function." },
                    { id: "delete", text: "Delete" },
                  ]}
                  onItemClick={({ detail }) => (detail.id === "delete" ? setDeleting(true) : navigate(functionPath({ name: selected[0].FunctionName })))}
                >
                  Actions
                </ButtonDropdown>
                <GoButton to="create/function" variant="primary" data-testid="create-function">
                  Create function
                </GoButton>
              </SpaceBetween>
            }
          >
            Functions
          </Header>
        }
        filter={
          all.length > 0 && (
            <TextFilter
              {...filterProps}
              filteringAriaLabel="Find functions"
              filteringPlaceholder="Find functions by name, description or runtime"
              countText={`${filteredItemsCount} ${filteredItemsCount === 1 ? "match" : "matches"}`}
            />
          )
        }
        pagination={(all.length > PAGE || !list.whole) && <Pagination {...list.pagination} />}
        empty={
          all.length ? (
            <EmptyState title="No matches" action={<Button onClick={() => actions.setFiltering("")}>Clear filter</Button>}>
              No function has this in its name, description or runtime.
            </EmptyState>
          ) : (
            <EmptyState
              title="No functions"
              action={<GoButton to="create/function">Create function</GoButton>}
              command="aws lambda create-function --function-name hello --runtime python3.13 --handler lambda_function.lambda_handler --role <role ARN> --zip-file fileb://function.zip"
            >
              A function is a program and a role. Lambda runs the program when something invokes it, and whatever the program calls in AWS, it calls as that role.
            </EmptyState>
          )
        }
      />
      {deleting && (
        <DeleteFunctions names={selected.map(({ FunctionName }) => FunctionName)} onClose={() => setDeleting(false)} onDone={() => setSelectedNames([])} />
      )}
    </>
  );
}
