"use client";
import type { ReactNode } from "react";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import Header from "@cloudscape-design/components/header";
import { EmptyState } from "../../frame/empty-state";
import { LabTime } from "../../frame/lab-time";
import { GoButton, GoLink, pathTo, usePlace } from "../../frame/place";
import type { AttackSummary } from "../load-shield";
import { nameInArn, typeOf } from "../shared/estate";
import { duration, vectorWords } from "../words";

/** Attacks as Shield Advanced lists them. */
export function EventTable({ attacks, loading, of, empty, actions, level = "h2" }: { attacks: readonly AttackSummary[]; loading: boolean; of?: string; empty?: ReactNode; actions?: ReactNode; level?: "h1" | "h2" }) {
  const { narrow } = usePlace();
  const columns: TableProps.ColumnDefinition<AttackSummary>[] = [
    { id: "event", header: "Event", isRowHeader: true, cell: ({ AttackId, AttackVectors }) => <GoLink to={pathTo("events", AttackId)}>{AttackVectors.map(({ VectorType }) => vectorWords(VectorType)).join(", ")}</GoLink>, minWidth: 130 },
    ...(of === undefined ? [{ id: "resource", header: "Resource", cell: ({ ResourceArn }: AttackSummary) => `${typeOf(ResourceArn)}, ${nameInArn(ResourceArn)}`, minWidth: 160 }] : []),
    { id: "status", header: "Status", cell: ({ EndTime }) => (EndTime === undefined ? <StatusIndicator type="warning">Under way</StatusIndicator> : <StatusIndicator>Ended</StatusIndicator>) },
    { id: "start", header: "Began", cell: ({ StartTime }) => <LabTime seconds={StartTime} /> },
    { id: "duration", header: "Took", cell: ({ StartTime, EndTime }) => (EndTime === undefined ? "-" : duration(EndTime - StartTime)) },
  ];
  return (
    <Table
      data-testid="event-table"
      wrapLines
      items={attacks}
      columnDefinitions={narrow ? columns.slice(0, of === undefined ? 3 : 2) : columns}
      loading={loading}
      loadingText="Loading events"
      header={
        <Header variant={level} counter={`(${attacks.length})`} actions={actions}>
          Events
        </Header>
      }
      empty={
        empty ?? (
          <EmptyState title="No events" action={<GoButton to="events/launch">Launch an attack (lab)</GoButton>} command="aws shield list-attacks">
            {of ? `Shield saw no attack on ${of}.` : "Shield saw no attack on a protected resource."}
          </EmptyState>
        )
      }
    />
  );
}
