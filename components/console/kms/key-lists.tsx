"use client";
import { useMemo, type ReactNode } from "react";
import { useCollection } from "@cloudscape-design/collection-hooks";
import Button from "@cloudscape-design/components/button";
import CollectionPreferences from "@cloudscape-design/components/collection-preferences";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import { AwsErrorNote } from "../frame/aws-error-note";
import { EmptyState } from "../frame/empty-state";
import { KeyMark } from "../frame/key-mark";
import { LabTime } from "../frame/lab-time";
import { useFormDraft } from "../frame/lab";
import { GoButton, GoLink, pathTo, usePlace } from "../frame/place";
import { usePages } from "../frame/use-pages";
import { KeyActions } from "./key-actions";
import { isAwsManaged, matchesFilter, type KeyRow } from "./key-rows";
import { keyTypeOf, originLabel, regionality, usageLabel } from "./key-specs";
import { KeyStatus } from "./key-status";
import { KEYS_AT_ONCE, loadAwsManagedKeys, loadKeys } from "./load-keys";

/** The list's own address for a key: AWS managed keys are looked at elsewhere than customer managed ones. */
const columnsFor = (under: string): TableProps.ColumnDefinition<KeyRow>[] => [
  {
    id: "aliases",
    header: "Aliases",
    cell: (row) => (
      <span className="key-line">
        <KeyMark keyId={row.id} name={row.aliases[0]} />
        {row.aliases.length ? <GoLink to={pathTo(under, row.id)}>{row.aliases.join(", ")}</GoLink> : "-"}
      </span>
    ),
    sortingComparator: (a, b) => (a.aliases[0] ?? "").localeCompare(b.aliases[0] ?? ""),
    isRowHeader: true,
    minWidth: 150,
  },
  {
    id: "id",
    header: "Key ID",
    cell: (row) => <GoLink to={pathTo(under, row.id)}>{row.id}</GoLink>,
    sortingField: "id",
    minWidth: 190,
  },
  {
    id: "status",
    header: "Status",
    minWidth: 150,
    cell: (row) => (row.metadata ? <KeyStatus state={row.metadata.KeyState} /> : "Not allowed to describe"),
    sortingComparator: (a, b) => (a.metadata?.KeyState ?? "").localeCompare(b.metadata?.KeyState ?? ""),
  },
  { id: "type", header: "Key type", cell: (row) => (row.metadata ? keyTypeOf(row.metadata.KeySpec) : "-") },
  { id: "spec", header: "Key spec", cell: (row) => row.metadata?.KeySpec ?? "-" },
  { id: "usage", header: "Key usage", cell: (row) => (row.metadata ? usageLabel(row.metadata.KeyUsage) : "-") },
  { id: "origin", header: "Origin", cell: (row) => (row.metadata ? originLabel(row.metadata.Origin) : "-") },
  {
    id: "regionality",
    header: "Regionality",
    cell: (row) => (row.metadata ? regionality(row.metadata) : "-"),
    sortingComparator: (a, b) => (a.metadata ? regionality(a.metadata) : "").localeCompare(b.metadata ? regionality(b.metadata) : ""),
  },
  {
    id: "created",
    header: "Creation date",
    cell: (row) => <LabTime seconds={row.metadata?.CreationDate} />,
    sortingComparator: (a, b) => (a.metadata?.CreationDate ?? 0) - (b.metadata?.CreationDate ?? 0),
  },
  { id: "deletion", header: "Deletion date", cell: (row) => <LabTime seconds={row.metadata?.DeletionDate} /> },
];

const WIDE = ["aliases", "id", "status", "type", "spec", "usage"];
const NARROW = ["aliases", "id", "status"];
const initialPreferences: { pageSize: number; visible?: string[]; visibleNarrow?: string[] } = { pageSize: 10 };

/** What both lists share: filter, pages, sorting, columns to choose. */
function useKeyTable(under: "keys" | "aws-managed", keep: (row: KeyRow) => boolean) {
  const { narrow } = usePlace();
  const keys = usePages<KeyRow>(under, under === "keys" ? loadKeys : loadAwsManagedKeys, KEYS_AT_ONCE);
  const columns = useMemo(() => columnsFor(under), [under]);
  const items = useMemo(() => keys.data?.items.filter(keep) ?? [], [keys.data, keep]);
  const [preferences, setPreferences] = useFormDraft(`kms/${under}/preferences`, initialPreferences);
  const visible = (narrow ? preferences.visibleNarrow : preferences.visible) ?? (narrow ? NARROW : WIDE);
  const collection = useCollection(items, {
    filtering: { filteringFunction: matchesFilter, empty: null, noMatch: null },
    pagination: { pageSize: preferences.pageSize },
    sorting: {},
    selection: { trackBy: "id", keepSelection: true },
  });
  const preferencesPanel = (
    <CollectionPreferences
      title="Preferences"
      confirmLabel="Confirm"
      cancelLabel="Cancel"
      preferences={{ pageSize: preferences.pageSize, visibleContent: visible }}
      pageSizePreference={{ title: "Page size", options: [10, 20, 50, 100].map((value) => ({ value, label: `${value} keys` })) }}
      visibleContentPreference={{
        title: "Visible columns",
        options: [
          {
            label: "Key properties",
            options: columns.map(({ id, header }) => ({ id: id!, label: String(header), editable: id !== "id" })),
          },
        ],
      }}
      onConfirm={({ detail }) => {
        const chosen = [...(detail.visibleContent ?? visible)];
        setPreferences({ pageSize: detail.pageSize ?? 10, ...(narrow ? { visibleNarrow: chosen } : { visible: chosen }) });
      }}
    />
  );
  return { keys, items, columns: columns.filter(({ id }) => visible.includes(id!)), collection, preferencesPanel };
}

const ofKeys = (collection: ReturnType<typeof useKeyTable>["collection"], panel: ReactNode) => ({
  filter: (
    <TextFilter
      {...collection.filterProps}
      filteringAriaLabel="Filter keys by properties"
      filteringPlaceholder="Filter keys by properties"
      countText={`${collection.filteredItemsCount} ${collection.filteredItemsCount === 1 ? "match" : "matches"}`}
    />
  ),
  pagination: (
    <Pagination
      {...collection.paginationProps}
      ariaLabels={{ nextPageLabel: "Next page", previousPageLabel: "Previous page", pageLabel: (page) => `Page ${page}` }}
    />
  ),
  preferences: panel,
});

/** Of a Region with more keys than are listed at a time: which these are, and the way to the others. */
function OtherKeys({ keys }: { keys: ReturnType<typeof useKeyTable>["keys"] }) {
  const { before, data } = keys;
  const at = keys.pagination.currentPageIndex;
  return (
    <SpaceBetween direction="horizontal" size="xs" alignItems="center">
      <Button disabled={at === 1} onClick={() => keys.go(at - 1)} data-testid="keys-before">
        Previous {KEYS_AT_ONCE}
      </Button>
      <Button disabled={data?.next === undefined} onClick={() => keys.go(at + 1)} data-testid="keys-after">
        Next {KEYS_AT_ONCE}
      </Button>
      <span>
        Keys {(before + 1).toLocaleString("en")} to {(before + (data?.items.length ?? 0)).toLocaleString("en")} of this Region, AWS managed ones
        among them. Filter and order are of these.
      </span>
    </SpaceBetween>
  );
}

const customerManaged = (row: KeyRow) => !isAwsManaged(row);

export function CustomerManagedKeys() {
  const { keys, items, columns, collection, preferencesPanel } = useKeyTable("keys", customerManaged);
  // The selection is by id; the rows behind it are the newest, so that the menu knows the state after an action.
  const selectedIds = new Set((collection.collectionProps.selectedItems ?? []).map(({ id }) => id));
  const selected = items.filter(({ id }) => selectedIds.has(id));
  if (keys.refused) return <Refused title="Customer managed keys" keys={keys} />;
  return (
    <Table
      {...collection.collectionProps}
      {...ofKeys(collection, preferencesPanel)}
      data-testid="customer-managed-keys"
      variant="container"
      selectionType="multi"
      selectedItems={selected}
      ariaLabels={{
        selectionGroupLabel: "Keys",
        allItemsSelectionLabel: () => "Select all keys",
        itemSelectionLabel: (_, row) => `Select key ${row.aliases[0] ?? row.id}`,
      }}
      columnDefinitions={columns}
      wrapLines
      items={collection.items}
      loading={keys.loading && !keys.data}
      footer={keys.whole ? undefined : <OtherKeys keys={keys} />}
      loadingText="Loading keys"
      header={
        <Header
          variant="h1"
          counter={keys.whole ? `(${items.length})` : keys.counter}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <KeyActions rows={selected} />
              <GoButton to="keys/create" variant="primary" data-testid="create-key">
                Create key
              </GoButton>
            </SpaceBetween>
          }
        >
          Customer managed keys
        </Header>
      }
      empty={
        items.length ? (
          <EmptyState title="No matches" action={<Button onClick={() => collection.actions.setFiltering("")}>Clear filter</Button>}>
            No key has all of these words in its aliases, id, status, type, spec, usage, origin, Regionality or description.
          </EmptyState>
        ) : (
          <EmptyState
            title="No customer managed keys"
            action={<GoButton to="keys/create">Create key</GoButton>}
            command="aws kms create-key"
          >
            A KMS key encrypts, decrypts, signs or verifies for you and never leaves KMS. One that you create is yours to share, rotate,
            disable and delete.
          </EmptyState>
        )
      }
    />
  );
}

export function AwsManagedKeys() {
  const { keys, items, columns, collection, preferencesPanel } = useKeyTable("aws-managed", isAwsManaged);
  if (keys.refused) return <Refused title="AWS managed keys" keys={keys} />;
  return (
    <Table
      {...collection.collectionProps}
      {...ofKeys(collection, preferencesPanel)}
      selectedItems={undefined}
      onSelectionChange={undefined}
      data-testid="aws-managed-keys"
      columnDefinitions={columns}
      wrapLines
      items={collection.items}
      loading={keys.loading && !keys.data}
      loadingText="Loading keys"
      header={
        <Header
          variant="h1"
          counter={`(${items.length})`}
          description="Services make these for you. You can look at them, and their use is logged, but you cannot change, rotate or delete them."
        >
          AWS managed keys
        </Header>
      }
      empty={
        items.length ? (
          <EmptyState title="No matches" action={<Button onClick={() => collection.actions.setFiltering("")}>Clear filter</Button>}>
            No key has all of these words in its alias, id, status, spec or usage.
          </EmptyState>
        ) : (
          <EmptyState
            title="No AWS managed keys"
            command={'aws ssm put-parameter --name /my-app/dev/db-password --type SecureString --value "devdbpassword"'}
          >
            An AWS managed key comes into being when a service first needs it. Save a SecureString parameter, and alias/aws/ssm will be
            here.
          </EmptyState>
        )
      }
    />
  );
}

function Refused({ title, keys }: { title: string; keys: ReturnType<typeof useKeyTable>["keys"] }) {
  return (
    <SpaceBetween size="m">
      <Header variant="h1" actions={<Button iconName="refresh" ariaLabel="Try again" onClick={keys.reload} />}>
        {title}
      </Header>
      <AwsErrorNote refused={keys.refused!} />
    </SpaceBetween>
  );
}
