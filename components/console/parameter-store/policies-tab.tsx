"use client";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { EmptyState } from "../frame/empty-state";
import { GoButton } from "../frame/place";
import type { InlinePolicy } from "./parameter-policies";
import type { ParameterMetadata } from "./parameter-types";
import { parameterPath } from "./place-of";

const attributesOf = ({ PolicyText }: InlinePolicy): string => {
  try {
    const { Attributes = {} } = JSON.parse(PolicyText) as { Attributes?: Record<string, string> };
    return Object.entries(Attributes)
      .map(([name, value]) => `${name}: ${value}`)
      .join(", ");
  } catch {
    return PolicyText;
  }
};

export function PoliciesTab({ metadata }: { metadata: ParameterMetadata }) {
  const advanced = metadata.Tier === "Advanced";
  return (
    <Table
      data-testid="parameter-policies"
      items={metadata.Policies ?? []}
      header={
        <Header
          variant="h2"
          counter={`(${metadata.Policies?.length ?? 0})`}
          actions={advanced && <GoButton to={parameterPath(metadata.Name, "edit")}>Edit</GoButton>}
        >
          Parameter policies
        </Header>
      }
      columnDefinitions={[
        { id: "type", header: "Type", cell: ({ PolicyType }) => PolicyType, isRowHeader: true },
        { id: "attributes", header: "Attributes", cell: attributesOf },
        { id: "status", header: "Status", cell: ({ PolicyStatus }) => PolicyStatus },
      ]}
      empty={
        <EmptyState title="No parameter policies" action={<GoButton to={parameterPath(metadata.Name, "edit")}>Edit parameter</GoButton>}>
          {advanced
            ? "A policy deletes the parameter at a time, or sends an event before that time or when nobody has changed it for long."
            : "Only advanced parameters can have policies: they delete the parameter at a time, or send events. This one is of the standard tier; editing can raise it."}
        </EmptyState>
      }
    />
  );
}
