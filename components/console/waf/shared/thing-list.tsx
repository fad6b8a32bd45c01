"use client";
import { useMemo, type ReactNode } from "react";
import { useCollection } from "@cloudscape-design/collection-hooks";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { Copyable } from "../../frame/copyable";
import { EmptyState } from "../../frame/empty-state";
import { GoButton, GoLink, usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { loadList } from "../load-waf";
import { createPath, thingPath, type Kind } from "../place-of";
import type { Scope, Summary } from "../waf-types";
import { ScopeSelect } from "./scope-tabs";

const operations = { "web-acls": "ListWebACLs", "rule-groups": "ListRuleGroups", "ip-sets": "ListIPSets", "regex-pattern-sets": "ListRegexPatternSets" } as const;
const creates = { "web-acls": "web-acl", "rule-groups": "rule-group", "ip-sets": "ip-set", "regex-pattern-sets": "regex-pattern-set" } as const;

export interface ThingListProps {
  kind: Kind;
  scope: Scope;
  title: string;
  create: string;
  /** What such a thing is, and the command that makes one. */
  about: ReactNode;
  command: string;
}

/** All things of a kind and scope. */
export function ThingList({ kind, scope, title, create, about, command }: ThingListProps) {
  const { narrow } = usePlace();
  const loaded = useLoad(`${kind}|${scope}`, (ask) => loadList(ask, scope, operations[kind]));
  const all = useMemo(() => loaded.data ?? [], [loaded.data]);
  const to = createPath(creates[kind], scope);
  const { items, collectionProps, filterProps, filteredItemsCount, paginationProps, actions } = useCollection(all, {
    filtering: {
      empty: (
        <EmptyState title={`No ${title}`} action={<GoButton to={to}>{create}</GoButton>} command={command}>
          {about}
        </EmptyState>
      ),
      noMatch: (
        <EmptyState title="No matches" action={<Button onClick={() => actions.setFiltering("")}>Clear filter</Button>}>
          Nothing here has this in its name or description.
        </EmptyState>
      ),
      filteringFunction: ({ Name, Description = "" }, text) => `${Name} ${Description}`.toLowerCase().includes(text.toLowerCase()),
    },
    sorting: { defaultState: { sortingColumn: { sortingField: "Name" } } },
    pagination: { pageSize: 20 },
  });
  const columns: TableProps.ColumnDefinition<Summary>[] = [
    { id: "name", header: "Name", cell: (thing) => <GoLink to={thingPath(kind, scope, thing)}>{thing.Name}</GoLink>, sortingField: "Name", isRowHeader: true, minWidth: 140 },
    { id: "description", header: "Description", cell: ({ Description }) => Description || "-", minWidth: 140 },
    { id: "id", header: "ID", cell: ({ Id }) => <Copyable text={Id} what="ID" />, minWidth: 220 },
  ];
  return (
    <SpaceBetween size="m">
      {loaded.refused && <AwsErrorNote refused={loaded.refused} />}
      <Table
        {...collectionProps}
        data-testid={kind}
        wrapLines
        items={items}
        columnDefinitions={narrow ? columns.slice(0, 2) : columns}
        loading={loaded.loading && !loaded.data && !loaded.refused}
        loadingText={`Loading ${title}`}
        header={
          <Header
            variant="h1"
            counter={`(${all.length})`}
            actions={
              <GoButton to={to} variant="primary" data-testid={`create-${creates[kind]}`}>
                {create}
              </GoButton>
            }
          >
            {title}
          </Header>
        }
        filter={
          <div className="event-filter">
            <ScopeSelect scope={scope} kind={kind} />
            {all.length > 0 && (
              <FormField label="Find">
                <TextFilter {...filterProps} filteringAriaLabel={`Find ${title}`} filteringPlaceholder="A part of the name" countText={`${filteredItemsCount} ${filteredItemsCount === 1 ? "match" : "matches"}`} />
              </FormField>
            )}
          </div>
        }
        pagination={all.length > 20 && <Pagination {...paginationProps} />}
      />
    </SpaceBetween>
  );
}
