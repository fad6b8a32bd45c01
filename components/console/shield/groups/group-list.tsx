"use client";
import { useMemo } from "react";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import type { ProtectedType } from "@/lib/engine/shield/state";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { EmptyState } from "../../frame/empty-state";
import { GoButton, GoLink, pathTo, usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { type Group, loadGroups } from "../load-shield";
import { typeWords } from "../shared/estate";
import { aggregations, patterns } from "../words";

export const patternOf = ({ Pattern, ResourceType }: Group): string => (Pattern === "BY_RESOURCE_TYPE" ? `All of a type: ${typeWords[ResourceType as ProtectedType]}` : patterns[Pattern].label);

export function GroupList() {
  const { narrow } = usePlace();
  const loaded = useLoad("groups", loadGroups);
  const all = useMemo(() => loaded.data ?? [], [loaded.data]);
  const columns: TableProps.ColumnDefinition<Group>[] = [
    { id: "id", header: "Protection group", isRowHeader: true, cell: ({ ProtectionGroupId }) => <GoLink to={pathTo("protection-groups", ProtectionGroupId)}>{ProtectionGroupId}</GoLink>, minWidth: 130 },
    { id: "pattern", header: "Members", cell: patternOf, minWidth: 150 },
    { id: "aggregation", header: "Aggregation", cell: ({ Aggregation }) => aggregations[Aggregation].label },
  ];
  return (
    <SpaceBetween size="m">
      {loaded.refused && <AwsErrorNote refused={loaded.refused} />}
      <Table
        data-testid="groups"
        wrapLines
        items={all}
        columnDefinitions={narrow ? columns.slice(0, 2) : columns}
        loading={loaded.loading && !loaded.data}
        loadingText="Loading protection groups"
        header={
          <Header
            variant="h1"
            counter={`(${all.length})`}
            description="Protected resources that Shield looks at together. A group is for detection; each resource keeps its own protection."
            actions={
              <GoButton to="protection-groups/create" variant="primary" data-testid="create-group">
                Create protection group
              </GoButton>
            }
          >
            Protection groups
          </Header>
        }
        empty={
          <EmptyState title="No protection groups" action={<GoButton to="protection-groups/create">Create protection group</GoButton>} command="aws shield create-protection-group --protection-group-id all --aggregation MAX --pattern ALL">
            Without one Shield looks at each resource by itself: traffic that moves from one to another, as in a deployment, can look like an attack.
          </EmptyState>
        }
      />
    </SpaceBetween>
  );
}
