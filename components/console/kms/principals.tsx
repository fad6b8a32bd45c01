"use client";
import { useMemo } from "react";
import { useCollection } from "@cloudscape-design/collection-hooks";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import { AwsErrorNote } from "../frame/aws-error-note";
import { EmptyState } from "../frame/empty-state";
import { allPages, useLoad, type Ask } from "../frame/use-load";

export interface PrincipalRow {
  arn: string;
  name: string;
  path: string;
  type: "User" | "Role";
}

/** IAM users and roles of the caller's account. */
export async function loadPrincipals(ask: Ask): Promise<PrincipalRow[]> {
  const users = await allPages<PrincipalRow>(async (Marker) => {
    const page = await ask("iam", "ListUsers", Marker ? { Marker } : {});
    return {
      items: page.Users.map((user: any) => ({ arn: user.Arn, name: user.UserName, path: user.Path, type: "User" as const })),
      next: page.IsTruncated ? page.Marker : undefined,
    };
  });
  const roles = await allPages<PrincipalRow>(async (Marker) => {
    const page = await ask("iam", "ListRoles", Marker ? { Marker } : {});
    return {
      items: page.Roles.map((role: any) => ({ arn: role.Arn, name: role.RoleName, path: role.Path, type: "Role" as const })),
      next: page.IsTruncated ? page.Marker : undefined,
    };
  });
  return [...users, ...roles];
}

/** Chooses users and roles by their ARNs, as the wizard's steps and the default view's "Add" do. */
export function PrincipalTable({
  title,
  chosen,
  onChange,
  except = [],
  "data-testid": testId,
}: {
  title: string;
  chosen: string[];
  onChange(arns: string[]): void;
  except?: string[];
  "data-testid"?: string;
}) {
  const principals = useLoad("principals", loadPrincipals);
  const items = useMemo(() => principals.data?.filter(({ arn }) => !except.includes(arn)) ?? [], [principals.data, except]);
  const {
    items: shown,
    collectionProps,
    filterProps,
    paginationProps,
    filteredItemsCount,
  } = useCollection(items, {
    filtering: {
      filteringFunction: (row, text) => `${row.name}\n${row.path}\n${row.type}`.toLowerCase().includes(text.toLowerCase()),
      empty: null,
      noMatch: null,
    },
    pagination: { pageSize: 10 },
    sorting: {},
  });
  if (principals.refused) {
    return (
      <SpaceBetween size="s">
        <Header variant="h2">{title}</Header>
        <AwsErrorNote refused={principals.refused} />
      </SpaceBetween>
    );
  }
  return (
    <Table
      {...collectionProps}
      data-testid={testId}
      selectionType="multi"
      selectedItems={items.filter(({ arn }) => chosen.includes(arn))}
      onSelectionChange={({ detail }) => {
        // What is not in the list any more (a deleted user) stays chosen until it is taken out by hand.
        const listed = new Set(items.map(({ arn }) => arn));
        onChange([...chosen.filter((arn) => !listed.has(arn)), ...detail.selectedItems.map(({ arn }) => arn)]);
      }}
      trackBy="arn"
      ariaLabels={{
        selectionGroupLabel: title,
        allItemsSelectionLabel: () => "Select all",
        itemSelectionLabel: (_, row) => `Select ${row.type.toLowerCase()} ${row.name}`,
      }}
      header={
        <Header variant="h2" counter={`(${chosen.length ? `${chosen.length}/` : ""}${items.length})`}>
          {title}
        </Header>
      }
      filter={
        items.length > 5 ? (
          <TextFilter
            {...filterProps}
            filteringAriaLabel={`Find ${title.toLowerCase()}`}
            filteringPlaceholder="Find users and roles"
            countText={`${filteredItemsCount} matches`}
          />
        ) : undefined
      }
      pagination={items.length > 10 ? <Pagination {...paginationProps} /> : undefined}
      loading={principals.loading && !principals.data}
      loadingText="Loading users and roles"
      items={shown}
      columnDefinitions={[
        { id: "name", header: "Name", cell: (row) => row.name, sortingField: "name", isRowHeader: true },
        { id: "path", header: "Path", cell: (row) => row.path, sortingField: "path" },
        { id: "type", header: "Type", cell: (row) => row.type, sortingField: "type" },
      ]}
      empty={
        <EmptyState title="No IAM users or roles" command="aws iam create-user --user-name alice">
          Users and roles of this account can be named in a key policy. This account has none to choose.
        </EmptyState>
      }
    />
  );
}
