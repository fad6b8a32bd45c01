"use client";
import { useMemo } from "react";
import { useCollection } from "@cloudscape-design/collection-hooks";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Pagination from "@cloudscape-design/components/pagination";
import Select from "@cloudscape-design/components/select";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import { EmptyState } from "../../frame/empty-state";
import { useFormDraft } from "../../frame/lab";
import { LabTime } from "../../frame/lab-time";
import { GoButton, GoLink, usePlace } from "../../frame/place";
import { eventPath } from "../place-of";
import { gist } from "./gist";
import { type LabEvent, matchesOf, useLabEvents } from "./lab-events";
import { WorstOutcome } from "./outcome";

interface Filter {
  source: string;
  text: string;
  only: "all" | "matched" | "failed";
}
const none: Filter = { source: "", text: "", only: "all" };
const onlyOptions = [
  { value: "all", label: "All events" },
  { value: "matched", label: "Those that a rule wanted" },
  { value: "failed", label: "Those that a target did not get" },
] as const;

const fits = ({ event, deliveries, asked }: LabEvent, { source, text, only }: Filter): boolean =>
  (!source || event.source === source) &&
  (only === "all" || (only === "matched" ? deliveries.length > 0 || matchesOf({ asked }).some(({ matched }) => matched) : deliveries.some(({ state }) => state !== "delivered"))) &&
  (!text || `${event["detail-type"]} ${event.id} ${JSON.stringify(event.detail)}`.toLowerCase().includes(text.toLowerCase()));

/** Every event of this account and Region as it came, and what became of it. */
export function EventList() {
  const { narrow } = usePlace();
  const lab = useLabEvents();
  const [filter, change] = useFormDraft<Filter>("events/list", none);
  const all = useMemo(() => lab?.events ?? [], [lab]);
  const shown = useMemo(() => all.filter((one) => fits(one, filter)), [all, filter]);
  const { items, collectionProps, paginationProps } = useCollection(shown, { pagination: { pageSize: 20 } });
  const sources = useMemo(() => [...new Set(all.map(({ event }) => event.source))].sort(), [all]);
  const filtered = filter.source || filter.text || filter.only !== "all";

  const columns: TableProps.ColumnDefinition<LabEvent>[] = [
    { id: "what", header: "Event", cell: ({ event }) => <What event={event} />, isRowHeader: true, minWidth: 180 },
    { id: "time", header: "Time", cell: ({ event }) => <LabTime seconds={event.time / 1000} />, minWidth: 110 },
    { id: "source", header: "Source", cell: ({ event }) => event.source, minWidth: 130 },
    { id: "bus", header: "Event bus", cell: ({ event }) => event.bus ?? "default", minWidth: 100 },
    { id: "rules", header: "Rules", cell: (one) => <RulesCell one={one} />, minWidth: 110 },
    { id: "targets", header: "Targets", cell: ({ deliveries }) => <WorstOutcome deliveries={deliveries} />, minWidth: 130 },
  ];
  return (
    <Table
      {...collectionProps}
      data-testid="lab-events"
      wrapLines
      contentDensity="compact"
      trackBy="key"
      items={items}
      columnDefinitions={narrow ? columns.filter(({ id }) => ["what", "time", "targets"].includes(id!)) : columns}
      loading={!lab}
      loadingText="Opening the lab"
      header={
        <Header
          variant="h1"
          counter={lab && (filtered ? `(${shown.length}/${all.length})` : `(${all.length})`)}
          description="What services and programs sent to this account’s buses in this Region, the newest first; the last 1,000. AWS has no such page. Calls of the API are among them only while a rule could want them."
          actions={
            <GoButton to="create/rule" data-testid="events-create-rule">
              Create rule
            </GoButton>
          }
        >
          Events
        </Header>
      }
      filter={
        (all.length > 0 || filtered) && (
          <div className="event-filter">
            <FormField label="Source">
              <Select
                data-testid="events-source"
                selectedOption={filter.source ? { value: filter.source, label: filter.source } : { value: "", label: "Any source" }}
                options={[{ value: "", label: "Any source" }, ...sources.map((value) => ({ value, label: value }))]}
                onChange={({ detail }) => change({ source: detail.selectedOption.value ?? "" })}
              />
            </FormField>
            <FormField label="Which">
              <Select
                data-testid="events-only"
                selectedOption={onlyOptions.find(({ value }) => value === filter.only) ?? onlyOptions[0]}
                options={onlyOptions}
                onChange={({ detail }) => change({ only: detail.selectedOption.value as Filter["only"] })}
              />
            </FormField>
            <FormField label="Has this in it">
              <Input type="search" value={filter.text} onChange={({ detail }) => change({ text: detail.value })} placeholder="Parameter Store Change, /app/" data-testid="events-text" />
            </FormField>
          </div>
        )
      }
      pagination={shown.length > 20 && <Pagination {...paginationProps} />}
      empty={
        filtered ? (
          <EmptyState title="No matches" action={<Button onClick={() => change(none)}>Clear filter</Button>}>
            No event of this account and Region fits.
          </EmptyState>
        ) : (
          <EmptyState title="No events yet" command="aws ssm put-parameter --name /my-app/stage --type String --value dev">
            Parameter Store tells EventBridge of every change, KMS of rotations and deletions, Secrets Manager of rotations. Change a parameter, and its event is here.
          </EmptyState>
        )
      }
    />
  );
}

function What({ event }: Pick<LabEvent, "event">) {
  return (
    <div>
      <GoLink to={eventPath(event.id)}>{event["detail-type"]}</GoLink>
      <div className="quiet-line aws-words">{gist(event)}</div>
    </div>
  );
}

function RulesCell({ one }: { one: LabEvent }) {
  if (one.event.scheduled) return <>Its own schedule</>;
  if (!one.asked) return <>-</>;
  const matches = matchesOf(one);
  const count = matches.filter(({ matched }) => matched).length;
  return (
    <>
      {count} of {matches.length} matched
    </>
  );
}
