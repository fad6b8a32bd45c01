"use client";
import { useState } from "react";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import Toggle from "@cloudscape-design/components/toggle";
import { AwsErrorNote } from "../frame/aws-error-note";
import { EmptyState } from "../frame/empty-state";
import { LabTime } from "../frame/lab-time";
import { useFormDraft } from "../frame/lab";
import { GoButton, GoLink, usePlace } from "../frame/place";
import type { Ask } from "../frame/use-load";
import { readSheet, usePages, type Sheet } from "../frame/use-pages";
import { secretPath } from "./place-of";
import type { Secret } from "./secret-types";

/** So many are read at a time: two answers. */
const SHEET = 200;
const initial = { words: "", deleted: false };

/** Secrets whose name, description or tags begin with the words; those that wait for their deletion only if asked for. */
export const loadSecrets = (ask: Ask, { words, deleted }: typeof initial, from?: string): Promise<Sheet<Secret>> =>
  readSheet<Secret>(
    async (NextToken) => {
      const page = await ask("secretsmanager", "ListSecrets", {
        MaxResults: 100,
        ...(words.trim() && { Filters: [{ Key: "all", Values: words.trim().split(/\s+/) }] }),
        ...(deleted && { IncludePlannedDeletion: true }),
        ...(NextToken && { NextToken }),
      });
      return { items: page.SecretList, next: page.NextToken };
    },
    SHEET,
    from,
  );

export function SecretList() {
  const { narrow } = usePlace();
  const [form, change] = useFormDraft("secrets-manager/list", initial);
  const [typed, setTyped] = useState(form.words);
  const list = usePages(`secrets|${JSON.stringify(form)}`, (ask, from) => loadSecrets(ask, form, from), 20);
  const columns: TableProps.ColumnDefinition<Secret>[] = [
    { id: "name", header: "Secret name", cell: ({ Name }) => <GoLink to={secretPath(Name)}>{Name}</GoLink>, isRowHeader: true },
    { id: "description", header: "Description", cell: ({ Description }) => Description || "-" },
    { id: "retrieved", header: "Last retrieved (UTC)", cell: ({ LastAccessedDate }) => <LabTime seconds={LastAccessedDate} /> },
    ...(form.deleted ? [{ id: "deleted", header: "Deleted on", cell: ({ DeletedDate }: Secret) => <LabTime seconds={DeletedDate} /> }] : []),
  ];
  return (
    <SpaceBetween size="m">
      {list.refused && <AwsErrorNote refused={list.refused} />}
      <Table
        data-testid="secrets"
        trackBy="ARN"
        sortingDisabled
        header={
          <Header
            variant="h2"
            counter={list.counter}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel="Refresh" onClick={list.reload} />
                <GoButton to="secrets/new" variant="primary" data-testid="store-secret">
                  Store a new secret
                </GoButton>
              </SpaceBetween>
            }
          >
            Secrets
          </Header>
        }
        filter={
          <SpaceBetween size="xs">
            <TextFilter
              filteringText={typed}
              filteringPlaceholder="Filter secrets by name, description, tag, owning service or Region"
              filteringAriaLabel="Filter secrets"
              onChange={({ detail }) => setTyped(detail.filteringText)}
              onDelayedChange={({ detail }) => change({ words: detail.filteringText })}
            />
            <Toggle checked={form.deleted} onChange={({ detail }) => change({ deleted: detail.checked })} data-testid="show-deleted">
              Show secrets scheduled for deletion
            </Toggle>
          </SpaceBetween>
        }
        pagination={<Pagination {...list.pagination} />}
        columnDefinitions={narrow ? columns.filter(({ id }) => id !== "description") : columns}
        items={list.onPage(list.data?.items ?? [])}
        loading={list.loading && !list.data && !list.refused}
        loadingText="Loading secrets"
        empty={
          form.words.trim() ? (
            <EmptyState
              title="No matches"
              action={
                <Button
                  onClick={() => {
                    setTyped("");
                    change({ words: "" });
                  }}
                >
                  Clear filter
                </Button>
              }
            >
              No secret of this Region has words that begin so.
            </EmptyState>
          ) : (
            <EmptyState title="No secrets" action={<GoButton to="secrets/new">Store a new secret</GoButton>} command={`aws secretsmanager create-secret --name my-app/dev/db --secret-string '{"username":"app","password":"correct horse"}'`}>
              A secret is a value that is always encrypted, has versions, and can be changed by itself on a schedule.
            </EmptyState>
          )
        }
      />
    </SpaceBetween>
  );
}
