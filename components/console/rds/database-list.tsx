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
import { GoButton, GoLink, usePlace } from "../frame/place";
import { useLoad } from "../frame/use-load";
import { DatabaseStatus } from "./database-status";
import { DeleteDatabase } from "./delete-database";
import { loadDatabases } from "./load-databases";
import { databasePath, queryPath } from "./place-of";
import { type Database, engineNames } from "./rds-types";

const PAGE = 20;

/** The Region's clusters, each with its instances, and instances that stand alone. */
export function DatabaseList() {
  const { narrow, navigate } = usePlace();
  const list = useLoad("databases", loadDatabases);
  const [chosen, setChosen] = useState<string>();
  const [deleting, setDeleting] = useState<Database>();
  const all = useMemo(() => list.data ?? [], [list.data]);
  const { items, collectionProps, filterProps, filteredItemsCount, paginationProps, actions } = useCollection(all, {
    filtering: { filteringFunction: (row, text) => `${row.id}\n${row.shared.Engine}\n${row.status}\n${row.role}`.toLowerCase().includes(text.toLowerCase()), empty: null, noMatch: null },
    pagination: { pageSize: PAGE },
  });
  const selected = all.find(({ arn }) => arn === chosen);
  const columns: TableProps.ColumnDefinition<Database>[] = [
    {
      id: "id",
      header: "DB identifier",
      cell: (row) => (
        <span className={row.cluster === undefined ? undefined : "rds-member"}>
          <GoLink to={databasePath(row)}>{row.id}</GoLink>
        </span>
      ),
      isRowHeader: true,
      minWidth: 150,
    },
    { id: "status", header: "Status", cell: ({ status }) => <DatabaseStatus status={status} />, minWidth: 130 },
    { id: "role", header: "Role", cell: ({ role }) => role },
    { id: "engine", header: "Engine", cell: ({ shared }) => engineNames[shared.Engine] ?? shared.Engine, minWidth: 130 },
    { id: "size", header: "Size", cell: (row) => row.class ?? `${row.dbCluster!.DBClusterMembers.length} ${row.dbCluster!.DBClusterMembers.length === 1 ? "instance" : "instances"}` },
    { id: "secret", header: "Master password", cell: (row) => (row.cluster !== undefined ? "-" : row.shared.MasterUserSecret ? "In Secrets Manager" : "Self managed") },
  ];
  return (
    <SpaceBetween size="m">
      {list.refused && <AwsErrorNote refused={list.refused} />}
      <Table
        {...collectionProps}
        data-testid="databases"
        wrapLines
        trackBy="arn"
        selectionType="single"
        selectedItems={selected ? [selected] : []}
        onSelectionChange={({ detail }) => setChosen(detail.selectedItems[0]?.arn)}
        ariaLabels={{ selectionGroupLabel: "Databases", itemSelectionLabel: (_, { id }) => `Select database ${id}` }}
        items={items}
        columnDefinitions={narrow ? columns.filter(({ id }) => id === "id" || id === "status") : columns}
        loading={list.loading && !list.data}
        loadingText="Loading databases"
        header={
          <Header
            variant="h1"
            counter={list.data && `(${all.length})`}
            description="Servers that programs log in to with a user and a password."
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel="Refresh" onClick={list.reload} />
                <ButtonDropdown
                  data-testid="database-actions"
                  disabled={!selected}
                  items={[
                    { id: "query", text: "Query", disabled: !selected?.host, disabledReason: "It cannot be reached yet." },
                    { id: "modify", text: "Modify" },
                    { id: "delete", text: "Delete" },
                  ]}
                  onItemClick={({ detail }) => {
                    if (detail.id === "delete") setDeleting(selected);
                    else navigate(detail.id === "query" ? queryPath(selected!) : databasePath(selected!, "modify"));
                  }}
                >
                  Actions
                </ButtonDropdown>
                <GoButton to="create/database" variant="primary" data-testid="create-database">
                  Create database
                </GoButton>
              </SpaceBetween>
            }
          >
            Databases
          </Header>
        }
        filter={
          all.length > 0 && (
            <TextFilter
              {...filterProps}
              filteringAriaLabel="Find databases"
              filteringPlaceholder="Find databases by identifier, engine or status"
              countText={`${filteredItemsCount} ${filteredItemsCount === 1 ? "match" : "matches"}`}
            />
          )
        }
        pagination={
          all.length > PAGE && <Pagination {...paginationProps} ariaLabels={{ nextPageLabel: "Next page", previousPageLabel: "Previous page", pageLabel: (number) => `Page ${number}` }} />
        }
        empty={
          all.length ? (
            <EmptyState title="No matches" action={<Button onClick={() => actions.setFiltering("")}>Clear filter</Button>}>
              No database has this in its identifier, engine or status.
            </EmptyState>
          ) : (
            <EmptyState
              title="No databases"
              action={<GoButton to="create/database">Create database</GoButton>}
              command="aws rds create-db-instance --db-instance-identifier shop --engine mysql --db-instance-class db.t4g.micro --allocated-storage 20 --master-username admin --manage-master-user-password"
            >
              A database keeps users with passwords. RDS can keep its master user’s password in Secrets Manager and change it every seven days.
            </EmptyState>
          )
        }
      />
      {deleting && <DeleteDatabase database={deleting} onClose={() => setDeleting(undefined)} />}
    </SpaceBetween>
  );
}
