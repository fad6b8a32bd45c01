"use client";
import { useMemo } from "react";
import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { AwsErrorNote } from "../frame/aws-error-note";
import { CopyButton, Copyable } from "../frame/copyable";
import { useJournal } from "../frame/lab";
import { LabDate } from "../frame/lab-time";
import { GoButton, usePlace } from "../frame/place";
import { useLoad } from "../frame/use-load";
import { entryOf, type LookedUpEvent, lookUp, recordOf } from "./lookup";
import { WhyButton } from "./why-button";

/** One event: its facts, what it references, and the record itself. */
export function EventDetail({ id }: { id: string }) {
  const loaded = useLoad(`event|${id}`, async (ask) => (await lookUp(ask, { LookupAttributes: [{ AttributeKey: "EventId", AttributeValue: id }] }, 1)).events[0] ?? null);
  if (loaded.refused)
    return (
      <SpaceBetween size="m">
        <Header variant="h1">{id}</Header>
        <AwsErrorNote refused={loaded.refused} />
      </SpaceBetween>
    );
  if (loaded.data === undefined) return <Spinner size="large" />;
  return loaded.data ? <Found event={loaded.data} /> : <NotFound id={id} />;
}

function Found({ event }: { event: LookedUpEvent }) {
  const { narrow } = usePlace();
  const record = recordOf(event);
  const text = JSON.stringify(record, null, 4);
  return (
    <SpaceBetween size="m">
      <Header variant="h1" actions={<WhyButton eventId={event.EventId} what={event.EventName} />}>
        {event.EventName}
      </Header>
      <Container header={<Header variant="h2">Details</Header>} data-testid="event-details">
        <KeyValuePairs
          columns={narrow ? 1 : 3}
          items={[
            { label: "Event time", value: <LabDate seconds={event.EventTime} /> },
            { label: "User name", value: event.Username ?? "-" },
            { label: "Event name", value: event.EventName },
            { label: "Event source", value: event.EventSource },
            { label: "AWS access key", value: event.AccessKeyId ?? "-" },
            { label: "Source IP address", value: record.sourceIPAddress },
            { label: "Event ID", value: <Copyable text={event.EventId} what="event ID" /> },
            { label: "Request ID", value: record.requestID ? <Copyable text={record.requestID} what="request ID" /> : "-" },
            { label: "AWS region", value: record.awsRegion },
            { label: "Error code", value: record.errorCode ? <StatusIndicator type="error">{record.errorCode}</StatusIndicator> : "-" },
            { label: "Read-only", value: event.ReadOnly },
          ]}
        />
      </Container>
      <Table
        data-testid="event-resources"
        header={
          <Header variant="h2" counter={`(${event.Resources.length})`}>
            Resources referenced
          </Header>
        }
        columnDefinitions={[
          { id: "type", header: "Resource type", cell: ({ ResourceType }) => ResourceType, isRowHeader: true },
          { id: "name", header: "Resource name", cell: ({ ResourceName }) => <Copyable text={ResourceName} what="resource name" /> },
        ]}
        items={event.Resources}
        empty={record.errorCode === "AccessDenied" ? "None: a call that permission stopped is recorded without its parameters. The error message names what was asked for." : "This event references no resource."}
      />
      <Container
        header={
          <Header variant="h2" actions={<CopyButton text={text} what="event record" label />}>
            Event record
          </Header>
        }
      >
        <pre className="event-record" tabIndex={0} role="region" aria-label="Event record, JSON" data-testid="event-record">
          {text}
        </pre>
      </Container>
    </SpaceBetween>
  );
}

/** Says where the event is, if the lab still knows it. */
function NotFound({ id }: { id: string }) {
  const journal = useJournal();
  const elsewhere = useMemo(() => entryOf(journal, id)?.record, [journal, id]);
  return (
    <SpaceBetween size="m">
      <Header variant="h1">{id}</Header>
      <Alert type="warning" header="This event is not in the event history of this account and Region" action={<GoButton to="events">Event history</GoButton>} data-testid="event-not-found">
        {elsewhere
          ? `It is ${elsewhere.eventName} in account ${elsewhere.recipientAccountId}, ${elsewhere.awsRegion}. Choose them in the top bar, and somebody who may look it up; events older than 90 days are not shown any more.`
          : "The call may have been taken back, be of another lab, or be older than what this lab’s journal keeps."}
      </Alert>
    </SpaceBetween>
  );
}
