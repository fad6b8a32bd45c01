"use client";
import { Copyable } from "../frame/copyable";
import { EmptyState } from "../frame/empty-state";
import { GoLink } from "../frame/place";
import { allPages, leaveOut, useLoad } from "../frame/use-load";
import { IamTable } from "../iam/shared/iam-table";
import { stackPath } from "./place-of";

interface Export {
  ExportingStackId: string;
  Name: string;
  Value: string;
  /** Stacks that import it; undefined where one may not know. */
  importers?: string[];
}

/** Outputs that other stacks of the Region may import, and which do. */
export function Exports() {
  const exported = useLoad<Export[]>("exports", async (ask) => {
    const all = await allPages<Export>(async (NextToken) => {
      const page = await ask("cloudformation", "ListExports", NextToken ? { NextToken } : {});
      return { items: page.Exports, next: page.NextToken };
    });
    // An export that nobody imports is answered with an error.
    for (const one of all) one.importers = (await ask<{ Imports: string[] }>("cloudformation", "ListImports", { ExportName: one.Name }).catch(leaveOut))?.Imports;
    return all;
  });
  return (
    <IamTable<Export>
      data-testid="exports"
      title="Exports"
      noun={["export", "exports"]}
      description="A stack whose export is imported cannot be deleted, and the export cannot be changed."
      rows={exported}
      id={({ Name }) => Name}
      words={({ Name, Value }) => `${Name}\n${Value}`}
      columns={[
        { id: "name", header: "Export name", cell: ({ Name }) => Name, isRowHeader: true },
        { id: "value", header: "Value", cell: ({ Name, Value }) => <Copyable text={Value} what={Name} />, minWidth: 160 },
        { id: "stack", header: "Exporting stack", cell: ({ ExportingStackId }) => <GoLink to={stackPath(ExportingStackId.split("/")[1])}>{ExportingStackId.split("/")[1]}</GoLink> },
        { id: "imports", header: "Imported by", cell: ({ importers }) => importers?.join(", ") || "-" },
      ]}
      empty={<EmptyState title="No exports">An output with an Export name can be read by other stacks, with Fn::ImportValue.</EmptyState>}
    />
  );
}
