"use client";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { EmptyState } from "../../frame/empty-state";
import type { Stack } from "../cfn-types";

export function ParametersTab({ stack: { Parameters = [] } }: { stack: Stack }) {
  return (
    <Table
      data-testid="stack-parameters"
      wrapLines
      trackBy="ParameterKey"
      items={Parameters}
      header={
        <Header variant="h2" counter={`(${Parameters.length})`} description="A resolved value is what stood in Parameter Store when the stack was last created or updated. It does not follow by itself.">
          Parameters
        </Header>
      }
      columnDefinitions={[
        { id: "key", header: "Key", cell: ({ ParameterKey }) => ParameterKey, isRowHeader: true },
        { id: "value", header: "Value", cell: ({ ParameterValue }) => <span className="copyable-text">{ParameterValue}</span>, minWidth: 140 },
        { id: "resolved", header: "Resolved value", cell: ({ ResolvedValue }) => <span className="copyable-text">{ResolvedValue ?? "-"}</span>, minWidth: 140 },
      ]}
      empty={<EmptyState title="No parameters">The template asks for none.</EmptyState>}
    />
  );
}
