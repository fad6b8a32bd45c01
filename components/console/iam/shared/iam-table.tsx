"use client";
import { useMemo, type ReactNode } from "react";
import { useCollection } from "@cloudscape-design/collection-hooks";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { EmptyState } from "../../frame/empty-state";
import { usePlace } from "../../frame/place";
import type { Loaded } from "../../frame/use-load";

export interface IamColumn<Row> extends TableProps.ColumnDefinition<Row> {
  /** Left out where the console has little room. */
  wideOnly?: boolean;
}

export interface IamTableProps<Row> {
  title: string;
  /** "user", "users". */
  noun: [one: string, many: string];
  description?: ReactNode;
  rows: Loaded<Row[]>;
  id(row: Row): string;
  /** What the filter looks in. */
  words(row: Row): string;
  columns: IamColumn<Row>[];
  actions?(selected: Row[]): ReactNode;
  /** A second filter beside the text. */
  filter?: ReactNode;
  selection?: "single" | "multi";
  /** Chosen ids, where the page keeps them; else the table does. */
  chosen?: string[];
  onChoose?(ids: string[]): void;
  empty: ReactNode;
  level?: "h1" | "h2";
  pageSize?: number;
  "data-testid": string;
}

/** A list as the IAM console shows them: to find, to sort, to page through, to choose from. */
export function IamTable<Row>(props: IamTableProps<Row>) {
  const { title, noun, description, rows, id, words, actions, filter, selection, chosen, onChoose, empty, level = "h1", pageSize = 10 } = props;
  const { narrow } = usePlace();
  const items = useMemo(() => rows.data ?? [], [rows.data]);
  const collection = useCollection(items, {
    filtering: {
      filteringFunction: (row, text) => words(row).toLowerCase().includes(text.toLowerCase()),
      empty: null,
      noMatch: null,
    },
    pagination: { pageSize },
    sorting: {},
    selection: { trackBy: id, keepSelection: true },
  });
  if (rows.refused)
    return (
      <SpaceBetween size="m">
        <Header variant={level} actions={<Button iconName="refresh" ariaLabel="Try again" onClick={rows.reload} />}>
          {title}
        </Header>
        <AwsErrorNote refused={rows.refused} />
      </SpaceBetween>
    );
  // Chosen by id; the rows behind are the newest.
  const ids = new Set(chosen ?? (collection.collectionProps.selectedItems ?? []).map(id));
  const selected = selection ? items.filter((row) => ids.has(id(row))) : [];
  const { filteredItemsCount: found, filterProps } = collection;
  return (
    <Table
      {...collection.collectionProps}
      data-testid={props["data-testid"]}
      variant="container"
      wrapLines
      trackBy={id}
      {...(selection
        ? {
            selectionType: selection,
            selectedItems: selected,
            ...(onChoose && {
              onSelectionChange: ({ detail }: { detail: { selectedItems: Row[] } }) => onChoose(detail.selectedItems.map(id)),
            }),
            ariaLabels: {
              selectionGroupLabel: title,
              allItemsSelectionLabel: () => `Select all ${noun[1]}`,
              itemSelectionLabel: (_: unknown, row: Row) => `Select ${noun[0]} ${words(row).split("\n")[0]}`,
            },
          }
        : { selectedItems: undefined, onSelectionChange: undefined })}
      items={collection.items as Row[]}
      columnDefinitions={props.columns.filter(({ wideOnly }) => !narrow || !wideOnly)}
      loading={rows.loading && !rows.data}
      loadingText={`Loading ${noun[1]}`}
      header={
        <Header
          variant={level}
          counter={`(${selected.length ? `${selected.length}/` : ""}${items.length})`}
          description={description}
          actions={actions && <div className="iam-actions">{actions(selected)}</div>}
        >
          {title}
        </Header>
      }
      filter={
        items.length > 0 || filterProps.filteringText ? (
          <div className="iam-filters">
            <TextFilter
              {...filterProps}
              filteringAriaLabel={`Find ${noun[1]}`}
              filteringPlaceholder="Search"
              countText={`${found} ${found === 1 ? "match" : "matches"}`}
            />
            {filter}
          </div>
        ) : (
          filter
        )
      }
      pagination={
        items.length > pageSize ? (
          <Pagination
            {...collection.paginationProps}
            ariaLabels={{ nextPageLabel: "Next page", previousPageLabel: "Previous page", pageLabel: (page) => `Page ${page}` }}
          />
        ) : undefined
      }
      empty={
        items.length ? (
          <EmptyState title="No matches" action={<Button onClick={() => collection.actions.setFiltering("")}>Clear filter</Button>}>
            None of the {noun[1]} has this in its name.
          </EmptyState>
        ) : (
          empty
        )
      }
    />
  );
}
