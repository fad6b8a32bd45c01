"use client";
import { useMemo } from "react";
import { useCollection } from "@cloudscape-design/collection-hooks";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import type { DeliveryRow } from "@/lib/engine/events/state";
import { EmptyState } from "../../frame/empty-state";
import { LabTime } from "../../frame/lab-time";
import { GoLink, usePlace } from "../../frame/place";
import type { Rule } from "../event-types";
import { eventPath } from "../place-of";
import { gist } from "../viewer/gist";
import { type LabEvent, useLabEvents } from "../viewer/lab-events";
import { Outcome } from "../viewer/outcome";
import { TargetName } from "./targets-tab";

interface Row {
  id: string;
  one: LabEvent;
  delivery: Readonly<DeliveryRow>;
}

/** What this rule sent in this lab, the newest first. AWS has numbers in CloudWatch instead (MatchedEvents, Invocations, FailedInvocations). */
export function DeliveriesTab({ rule: { Arn, ScheduleExpression } }: { rule: Rule }) {
  const { narrow } = usePlace();
  const lab = useLabEvents();
  const rows = useMemo(() => (lab?.events ?? []).flatMap((one): Row[] => one.deliveries.filter(({ rule }) => rule === Arn).map((delivery) => ({ id: `${one.key} ${delivery.target}`, one, delivery }))), [lab, Arn]);
  const { items, collectionProps, paginationProps } = useCollection(rows, { pagination: { pageSize: 20 } });
  const columns: TableProps.ColumnDefinition<Row>[] = [
    {
      id: "event",
      header: "Event",
      minWidth: 170,
      isRowHeader: true,
      cell: ({ one: { event } }) => (
        <div>
          <GoLink to={eventPath(event.id)}>{event["detail-type"]}</GoLink>
          <div className="quiet-line aws-words">{event.scheduled ? "" : gist(event)}</div>
        </div>
      ),
    },
    { id: "time", header: "Time", cell: ({ delivery }) => <LabTime seconds={delivery.first / 1000} />, minWidth: 110 },
    { id: "target", header: "Target", cell: ({ delivery }) => <TargetName arn={delivery.arn} />, minWidth: 140 },
    { id: "outcome", header: "What the target answered", cell: ({ delivery }) => <Outcome delivery={delivery} />, minWidth: 200 },
  ];
  return (
    <Table
      {...collectionProps}
      data-testid="rule-deliveries"
      wrapLines
      contentDensity="compact"
      trackBy="id"
      items={items}
      columnDefinitions={narrow ? columns.filter(({ id }) => id !== "target") : columns}
      header={
        <Header variant="h2" counter={lab && `(${rows.length})`} description="What this lab sent for the rule, the last 1,000 deliveries of all rules. AWS counts them in CloudWatch, and shows nobody the events.">
          Deliveries
        </Header>
      }
      pagination={rows.length > 20 && <Pagination {...paginationProps} />}
      empty={
        <EmptyState title="Nothing was sent yet">{ScheduleExpression ? "The schedule has not run yet: move the lab’s clock ahead." : "No event has matched since the rule has targets. Events shows what came, and why it did not match."}</EmptyState>
      }
    />
  );
}
