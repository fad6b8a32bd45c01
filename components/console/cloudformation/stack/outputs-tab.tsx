"use client";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { Copyable } from "../../frame/copyable";
import { EmptyState } from "../../frame/empty-state";
import type { Stack } from "../cfn-types";

export function OutputsTab({ stack: { Outputs = [] } }: { stack: Stack }) {
  return (
    <Table
      data-testid="stack-outputs"
      wrapLines
      trackBy="OutputKey"
      items={Outputs}
      header={
        <Header variant="h2" counter={`(${Outputs.length})`}>
          Outputs
        </Header>
      }
      columnDefinitions={[
        { id: "key", header: "Key", cell: ({ OutputKey }) => OutputKey, isRowHeader: true },
        { id: "value", header: "Value", cell: ({ OutputKey, OutputValue }) => <Copyable text={OutputValue} what={OutputKey} />, minWidth: 160 },
        { id: "description", header: "Description", cell: ({ Description }) => Description ?? "-" },
        { id: "export", header: "Export name", cell: ({ ExportName }) => ExportName ?? "-" },
      ]}
      empty={<EmptyState title="No outputs">Outputs say what one may want to know of a stack: an ARN, a name. They are defined in the template, under Outputs.</EmptyState>}
    />
  );
}
