"use client";
import { useMemo } from "react";
import { useCollection } from "@cloudscape-design/collection-hooks";
import Autosuggest from "@cloudscape-design/components/autosuggest";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Pagination from "@cloudscape-design/components/pagination";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import { AwsErrorNote } from "../frame/aws-error-note";
import { EmptyState } from "../frame/empty-state";
import { useFormDraft, useNow } from "../frame/lab";
import { LabTime } from "../frame/lab-time";
import { GoLink, pathTo, usePlace } from "../frame/place";
import { saveFile } from "../frame/save-file";
import { useLoad } from "../frame/use-load";
import { eventsAsCsv, eventsAsJson } from "./event-file";
import { ATTRIBUTES, type AttributeKey, type HistoryForm, initialForm, type LookedUpEvent, lookUp, lookupInput, RANGES, recordOf } from "./lookup";
import { WhyButton } from "./why-button";

const OWN_RANGE = { value: "own", label: "From … to …" };

/** The last 90 days of management events, by one attribute and a time range. */
export function EventHistory() {
  const { narrow } = usePlace();
  const now = useNow();
  const [form, change] = useFormDraft<HistoryForm>("cloudtrail/history", initialForm);
  const loaded = useLoad(`events|${JSON.stringify(form)}`, (ask) => lookUp(ask, lookupInput(form, now)));
  const events = useMemo(() => loaded.data?.events ?? [], [loaded.data]);
  const { items, collectionProps, paginationProps } = useCollection(events, { pagination: { pageSize: 20 } });

  const columns: TableProps.ColumnDefinition<LookedUpEvent>[] = [
    { id: "name", header: "Event name", cell: (event) => <EventName event={event} withUser={narrow} />, isRowHeader: true },
    { id: "time", header: "Event time", minWidth: 120, cell: ({ EventTime }) => <LabTime seconds={EventTime} /> },
    { id: "user", header: "User name", minWidth: 100, cell: ({ Username }) => Username ?? "-" },
    { id: "source", header: "Event source", cell: ({ EventSource }) => EventSource },
    { id: "type", header: "Resource type", minWidth: 130, cell: ({ Resources }) => listed(Resources.map(({ ResourceType }) => ResourceType)) },
    { id: "resource", header: "Resource name", minWidth: 180, cell: ({ Resources }) => <span className="aws-words">{listed(Resources.map(({ ResourceName }) => ResourceName))}</span> },
    { id: "why", header: "Why?", minWidth: 80, cell: ({ EventId, EventName }) => <WhyButton eventId={EventId} what={EventName} inline /> },
  ];
  const shown = narrow ? columns.filter(({ id }) => ["name", "time", "why"].includes(id!)) : columns;

  const download = (kind: string) =>
    kind === "csv"
      ? saveFile("event_history.csv", eventsAsCsv(events), "text/csv;charset=utf-8")
      : saveFile("event_history.json", eventsAsJson(events), "application/json");

  return (
    <SpaceBetween size="m">
      {loaded.refused && <AwsErrorNote refused={loaded.refused} />}
      <Table
        {...collectionProps}
        data-testid="events"
        wrapLines
        contentDensity="compact"
        trackBy="EventId"
        header={
          <Header
            variant="h1"
            counter={loaded.data && `(${events.length}${loaded.data.cut ? "+" : ""})`}
            description="Management events of the last 90 days by the lab’s clock, in this account and Region, as far back as the lab’s journal goes (its last 2,000 calls). They are here at once; AWS takes some minutes. IAM and Organizations are in us-east-1."
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel="Refresh" onClick={loaded.reload} data-testid="refresh-events" />
                <ButtonDropdown
                  data-testid="download-events"
                  disabled={!events.length}
                  items={[
                    { id: "csv", text: "Download as CSV" },
                    { id: "json", text: "Download as JSON" },
                  ]}
                  onItemClick={({ detail }) => download(detail.id)}
                >
                  Download events
                </ButtonDropdown>
              </SpaceBetween>
            }
          >
            Event history
          </Header>
        }
        filter={<Filter form={form} change={change} />}
        pagination={<Pagination {...paginationProps} />}
        columnDefinitions={shown}
        items={items}
        loading={loaded.loading && !loaded.data && !loaded.refused}
        loadingText="Loading events"
        empty={
          <EmptyState title="No events" action={<Button onClick={() => change({ ...initialForm, value: "" })}>Show all events</Button>} command="aws cloudtrail lookup-events --max-results 10">
            No event of this account and Region fits. Values are compared whole, and case counts. Events of IAM are in us-east-1; a call on another
            Region’s key is in that Region.
          </EmptyState>
        }
      />
    </SpaceBetween>
  );
}

const listed = (words: string[]): string => (words.length ? [...new Set(words)].join(", ") : "-");

/** The name, and under it what went wrong; on small screens who it was as well. */
function EventName({ event, withUser }: { event: LookedUpEvent; withUser: boolean }) {
  const { errorCode } = recordOf(event);
  return (
    <div>
      <GoLink to={pathTo("events", event.EventId)}>{event.EventName}</GoLink>
      {withUser && event.Username && <div className="quiet-line">{event.Username}</div>}
      {errorCode && (
        <div>
          <StatusIndicator type="error">{errorCode}</StatusIndicator>
        </div>
      )}
    </div>
  );
}

function Filter({ form, change }: { form: HistoryForm; change(part: Partial<HistoryForm>): void }) {
  const attribute = ATTRIBUTES.find(({ value }) => value === form.attribute) ?? ATTRIBUTES[0];
  const values: readonly string[] = "values" in attribute ? attribute.values : [];
  const ranges = [...RANGES, OWN_RANGE];
  return (
    <div className="event-filter">
      <FormField label="Lookup attributes">
        <Select
          data-testid="event-attribute"
          selectedOption={{ value: attribute.value, label: attribute.label }}
          options={ATTRIBUTES.map(({ value, label }) => ({ value, label }))}
          onChange={({ detail }) => change({ attribute: detail.selectedOption.value as AttributeKey, value: detail.selectedOption.value === "ReadOnly" ? "false" : "" })}
        />
      </FormField>
      <FormField label={`Value of ${attribute.label}`}>
        {form.attribute === "ReadOnly" ? (
          <Select
            data-testid="event-read-only"
            selectedOption={readOnlyOptions.find(({ value }) => value === form.value) ?? readOnlyOptions[2]}
            options={readOnlyOptions}
            onChange={({ detail }) => change({ value: detail.selectedOption.value ?? "" })}
          />
        ) : (
          <Autosuggest
            data-testid="event-value"
            value={form.value}
            onChange={({ detail }) => change({ value: detail.value })}
            options={values.map((value) => ({ value }))}
            placeholder="Enter the whole value"
            enteredTextLabel={(value) => `Use "${value}"`}
            empty="No suggestions"
          />
        )}
      </FormField>
      <FormField label="Time range">
        <Select
          data-testid="event-range"
          selectedOption={ranges.find(({ value }) => value === form.range) ?? RANGES[0]}
          options={ranges}
          onChange={({ detail }) => change({ range: detail.selectedOption.value ?? "0" })}
        />
      </FormField>
      {form.range === "own" && (
        <>
          <FormField label="From (UTC)" constraintText="2026-11-24T09:30">
            <Input data-testid="event-from" value={form.from} onChange={({ detail }) => change({ from: detail.value })} invalid={!isTime(form.from)} />
          </FormField>
          <FormField label="To (UTC)" constraintText={isTime(form.to) ? "Empty: now" : <Box color="text-status-error" variant="span" fontSize="body-s">Not a time</Box>}>
            <Input data-testid="event-to" value={form.to} onChange={({ detail }) => change({ to: detail.value })} invalid={!isTime(form.to)} />
          </FormField>
        </>
      )}
    </div>
  );
}

const readOnlyOptions = [
  { value: "false", label: "false: what changes something" },
  { value: "true", label: "true: what reads or encrypts" },
  { value: "", label: "Either" },
];

const isTime = (text: string): boolean => !text || Number.isFinite(Date.parse(`${text}Z`));
