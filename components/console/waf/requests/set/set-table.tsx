"use client";
import { useMemo, useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import FormField from "@cloudscape-design/components/form-field";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import { savedKinds, type SavedKind, type SavedRequest } from "@/lib/engine/wafv2/requests/saved";
import { GoLink, usePlace } from "../../../frame/place";
import { Choose } from "../../shared/choose";
import { isStopped } from "./compare-tries";
import type { CellFilter } from "./confusion-table";
import { requestsPath, type AclRef } from "../place";
import type { Tries } from "../use-tries";
import { deciderText, kindWords, VerdictText } from "../verdict-words";

const pageSize = 20;

export interface SetTableProps {
  requests: readonly SavedRequest[];
  own: ReadonlySet<string>;
  tries: Tries;
  acl: AclRef;
  cell: CellFilter | undefined;
  onCell(cell: CellFilter | undefined): void;
  onRename(request: SavedRequest): void;
  onRemove(ids: string[]): void;
}

/** The set: what each request is, and what becomes of it. */
export function SetTable({ requests, own, tries, acl, cell, onCell, onRename, onRemove }: SetTableProps) {
  const { narrow } = usePlace();
  const [kind, setKind] = useState<SavedKind | "">("");
  const [text, setText] = useState("");
  const [page, setPage] = useState(1);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const { before, after } = tries;
  const latest = after ?? before;
  const found = useMemo(() => {
    const wanted = text.trim().toLowerCase();
    return requests.filter(({ id, title, kind: of, harmful, message: { uri } }) => {
      if (kind && of !== kind) return false;
      if (wanted && !`${title} ${uri} ${id}`.toLowerCase().includes(wanted)) return false;
      if (!cell) return true;
      if (harmful !== cell.harmful) return false;
      const tried = latest?.get(id);
      return cell.stopped === undefined || (tried !== undefined && isStopped(tried.outcome) === cell.stopped);
    });
  }, [requests, kind, text, cell, latest]);
  const pages = Math.max(1, Math.ceil(found.length / pageSize));
  const at = Math.min(page, pages);
  const items = found.slice((at - 1) * pageSize, at * pageSize);
  const selected = requests.filter(({ id }) => own.has(id) && chosen.includes(id));
  const columns: TableProps.ColumnDefinition<SavedRequest>[] = [
    {
      id: "title",
      header: "Request",
      isRowHeader: true,
      minWidth: 160,
      cell: ({ id, title }) => (
        <span className="aws-words">
          <GoLink to={requestsPath(id, acl)}>{title}</GoLink>
          {own.has(id) && <span className="bench-faint"> yours</span>}
        </span>
      ),
    },
    { id: "kind", header: "Kind", minWidth: 120, cell: ({ kind: of, harmful }) => `${kindWords[of]}, ${harmful ? "harmful" : "harmless"}` },
    { id: "now", header: after ? "As it is" : "Outcome", minWidth: 150, cell: ({ id, harmful }) => <VerdictText tried={before?.get(id)} harmful={harmful} /> },
    ...(after ? [{ id: "then", header: "With your edit", minWidth: 150, cell: ({ id, harmful }: SavedRequest) => <VerdictText tried={after.get(id)} harmful={harmful} /> }] : []),
    {
      id: "by",
      header: "Decided by",
      minWidth: 160,
      cell: ({ id }) => {
        const tried = latest?.get(id);
        return <span className="aws-words">{tried ? deciderText(tried) : "-"}</span>;
      },
    },
  ];
  return (
    <Table<SavedRequest>
      data-testid="set"
      wrapLines
      trackBy="id"
      items={items}
      columnDefinitions={narrow ? columns.filter(({ id }) => id !== "by" && id !== "kind" && !(after && id === "now")) : columns}
      {...(own.size > 0 && {
        selectionType: "multi" as const,
        selectedItems: items.filter(({ id }) => chosen.includes(id)),
        isItemDisabled: ({ id }: SavedRequest) => !own.has(id),
        onSelectionChange: ({ detail }) => {
          const here = new Set(items.map(({ id }) => id));
          setChosen([...chosen.filter((id) => !here.has(id)), ...detail.selectedItems.map(({ id }) => id)]);
        },
        ariaLabels: { selectionGroupLabel: "Requests", itemSelectionLabel: (_: unknown, { title }: SavedRequest) => `Select ${title}`, allItemsSelectionLabel: () => "Select all of your own" },
      })}
      header={
        <Header
          variant="h2"
          counter={found.length === requests.length ? `(${requests.length})` : `(${found.length} of ${requests.length})`}
          actions={
            own.size > 0 && (
              <SpaceBetween direction="horizontal" size="xs">
                <Button disabled={selected.length !== 1} onClick={() => onRename(selected[0])} data-testid="rename-request">
                  Rename
                </Button>
                <Button disabled={selected.length === 0} onClick={() => onRemove(selected.map(({ id }) => id))} data-testid="remove-requests">
                  Remove
                </Button>
              </SpaceBetween>
            )
          }
        >
          The set
        </Header>
      }
      filter={
        <div className="bench-filter">
          <FormField label="Find">
            <Input
              value={text}
              type="search"
              placeholder="A part of the title or address"
              onChange={({ detail }) => {
                setText(detail.value);
                setPage(1);
              }}
              data-testid="set-find"
            />
          </FormField>
          <Choose
            label="Kind"
            value={kind || "all"}
            options={[{ value: "all", label: "All kinds" }, ...savedKinds.map((value) => ({ value, label: kindWords[value] }))]}
            onChange={(value) => {
              setKind(value === "all" ? "" : (value as SavedKind));
              setPage(1);
            }}
            testId="set-kind"
          />
          <Choose
            label="Which"
            value={cell ? `${cell.harmful} ${cell.stopped ?? "any"}` : "all"}
            options={[
              { value: "all", label: "All" },
              { value: "true any", label: "Harmful" },
              { value: "false any", label: "Harmless" },
              { value: "true true", label: "Harmful, stopped" },
              { value: "true false", label: "Harmful, let through" },
              { value: "false true", label: "Harmless, stopped" },
              { value: "false false", label: "Harmless, let through" },
            ]}
            onChange={(value) => {
              const [harmful, stopped] = value.split(" ");
              onCell(value === "all" ? undefined : { harmful: harmful === "true", ...(stopped !== "any" && { stopped: stopped === "true" }) });
              setPage(1);
            }}
            testId="set-which"
          />
        </div>
      }
      pagination={pages > 1 && <Pagination currentPageIndex={at} pagesCount={pages} onChange={({ detail }) => setPage(detail.currentPageIndex)} ariaLabels={{ nextPageLabel: "Next page", previousPageLabel: "Previous page", pageLabel: (nth) => `Page ${nth}` }} />}
      empty={<Box color="text-body-secondary">No request is like this.</Box>}
    />
  );
}
