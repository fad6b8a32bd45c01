"use client";
import { useState } from "react";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { ConfirmModal } from "../../frame/confirm-modal";
import { EmptyState } from "../../frame/empty-state";
import { useFlash } from "../../frame/flash";
import { useFormDraft } from "../../frame/lab";
import { allPages, useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { Choose, Line, Lines } from "../../waf/shared/choose";
import { NeedsAdmin } from "../shared/needs-admin";
import { entryText, kindsOfList, readEntries, type ListKind } from "./list-draft";

interface Listed {
  ListId: string;
  ListName: string;
  AppsList?: unknown[];
  ProtocolsList?: unknown[];
}
type Row = Listed & { kind: ListKind };

/** The administrator's lists of this Region. */
export const ListsPage = () => (
  <NeedsAdmin title="Application and protocol lists">
    <Page />
  </NeedsAdmin>
);

const empty = { kind: "apps" as ListKind, name: "", lines: [] as string[] };

function Page() {
  const loaded = useLoad("lists", async (ask) => {
    const rows: Row[] = [];
    for (const kind of ["apps", "protocols"] as const) {
      const { list, lists } = kindsOfList[kind];
      const found = await allPages<Listed>(async (NextToken) => {
        const page = await ask<Record<string, Listed[]> & { NextToken?: string }>("fms", list, { MaxResults: 100, ...(NextToken && { NextToken }) });
        return { items: page[lists], next: page.NextToken };
      });
      rows.push(...found.map((one) => ({ ...one, kind })));
    }
    return rows;
  });
  const [draft, change, forget] = useFormDraft("firewall-manager/list", empty);
  const [gone, setGone] = useState<Row>();
  const { busy, refused, run, clear } = useMutation();
  const flash = useFlash();
  const words = kindsOfList[draft.kind];
  const read = readEntries(draft.kind, draft.lines);
  const submit = async () => {
    if ("problem" in read || !(await run(async (ask) => void (await ask("fms", words.put, { [words.member]: { ListName: draft.name, [words.member]: read.entries } }))))) return;
    flash.success(`The ${words.one} ${draft.name} was created.`);
    forget();
  };
  return (
    <SpaceBetween size="l">
      {loaded.refused && <AwsErrorNote refused={loaded.refused} />}
      <Table
        data-testid="lists"
        wrapLines
        items={loaded.data ?? []}
        trackBy="ListId"
        loading={loaded.loading && !loaded.data && !loaded.refused}
        loadingText="Loading lists"
        header={<Header variant="h1" counter={`(${loaded.data?.length ?? 0})`}>Application and protocol lists</Header>}
        columnDefinitions={[
          { id: "name", header: "Name", isRowHeader: true, minWidth: 120, cell: ({ ListName }) => ListName },
          { id: "kind", header: "Kind", minWidth: 110, cell: ({ kind }) => (kind === "apps" ? "Applications" : "Protocols") },
          { id: "entries", header: "Entries", minWidth: 180, cell: ({ AppsList, ProtocolsList }) => (AppsList ?? ProtocolsList ?? []).map(entryText).join(" · ") || "-" },
          { id: "delete", header: "", minWidth: 90, cell: (row) => <Button variant="inline-link" ariaLabel={`Delete ${row.ListName}`} onClick={() => setGone(row)}>Delete</Button> },
        ]}
        empty={
          <EmptyState title="No lists" command={`aws fms put-apps-list --apps-list '{"ListName":"remote","AppsList":[{"AppName":"SSH","Protocol":"TCP","Port":22}]}'`}>
            Names for applications and protocols, once for all audits.
          </EmptyState>
        }
      />
      <Alert type="info">AWS uses these lists in managed audit rules of content audit policies. This lab keeps the lists, and has no managed audit rules: its content audits go by an audit security group.</Alert>
      <Container header={<Header variant="h2">Create a list</Header>}>
        <SpaceBetween size="m">
          {refused && <AwsErrorNote refused={refused} onDismiss={clear} />}
          <div className="fm-fields">
            <Choose label="Kind" value={draft.kind} options={(["apps", "protocols"] as const).map((value) => ({ value, label: kindsOfList[value].title }))} onChange={(kind) => change({ kind })} testId="list-kind" />
            <Line label="Name" value={draft.name} onChange={(name) => change({ name })} testId="list-name" />
          </div>
          <Lines
            label={draft.kind === "apps" ? "Applications: name, protocol, port" : "Protocols"}
            values={draft.lines}
            placeholder={words.sample}
            onChange={(lines) => change({ lines })}
            errorText={draft.lines.length && "problem" in read ? read.problem : undefined}
            testId="list-lines"
          />
          <Button formAction="none" loading={busy} disabled={!draft.name.trim() || "problem" in read} onClick={() => void submit()} data-testid="create-list">
            Create list
          </Button>
        </SpaceBetween>
      </Container>
      {gone && (
        <ConfirmModal title={`Delete ${kindsOfList[gone.kind].one}`} action="Delete" testId="delete-list" work={async (ask) => void (await ask("fms", kindsOfList[gone.kind].remove, { ListId: gone.ListId }))} done={`The list ${gone.ListName} was deleted.`} onClose={() => setGone(undefined)}>
          The list {gone.ListName} and its earlier versions are gone after that.
        </ConfirmModal>
      )}
    </SpaceBetween>
  );
}
