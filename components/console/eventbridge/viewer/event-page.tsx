"use client";
import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { eventJson } from "@/lib/engine/events/input";
import { CopyButton, Copyable } from "../../frame/copyable";
import { useWhere } from "../../frame/lab";
import { LabDate } from "../../frame/lab-time";
import { GoButton, GoLink, usePlace } from "../../frame/place";
import { busPath, rulePath } from "../place-of";
import { EventRules } from "./event-rules";
import { WhyButton } from "./why-button";
import { type LabEvent, ruleInArn, useLabEvents } from "./lab-events";

/** One event: its facts and its JSON, and which rules wanted it, which did not and why, and what each target answered. */
export function EventPage({ id }: { id: string }) {
  const lab = useLabEvents();
  if (!lab) return <Spinner size="large" />;
  const copies = lab.events.filter(({ event }) => event.id === id);
  if (!copies.length) return <NotFound id={id} />;
  return (
    <SpaceBetween size="m">
      {copies.toReversed().map((one) => (
        <One key={one.key} one={one} lab={lab} />
      ))}
    </SpaceBetween>
  );
}

function One({ one, lab }: { one: LabEvent; lab: NonNullable<ReturnType<typeof useLabEvents>> }) {
  const { narrow } = usePlace();
  const { event, sent } = one;
  const text = JSON.stringify(eventJson(event), null, 2);
  return (
    <SpaceBetween size="m">
      <Header variant="h1" actions={<WhyButton entry={sent} what="this event was sent" label="Why was it sent?" />}>
        {event["detail-type"]}
        {event.bus ? ` on ${event.bus}` : ""}
      </Header>
      <Container header={<Header variant="h2">Details</Header>} data-testid="lab-event-details">
        <KeyValuePairs
          columns={narrow ? 1 : 4}
          items={[
            { label: "Source", value: event.source },
            { label: "Time", value: <LabDate seconds={event.time / 1000} /> },
            { label: "Event bus", value: <GoLink to={busPath(event.bus ?? "default")}>{event.bus ?? "default"}</GoLink> },
            { label: "Sent by", value: <SentBy one={one} /> },
            { label: "Account", value: event.account },
            { label: "Region", value: event.region },
            { label: "Event ID", value: <Copyable text={event.id} what="event ID" /> },
            { label: "Resources", value: event.resources.length ? event.resources.map((arn) => <div key={arn}><Copyable text={arn} what="ARN" /></div>) : "-" },
          ]}
        />
      </Container>
      <EventRules one={one} lab={lab} />
      <Container header={<Header variant="h2" actions={<CopyButton text={text} what="event" label />}>The event</Header>}>
        <pre className="event-record" tabIndex={0} role="region" aria-label="The event, JSON" data-testid="lab-event-json">
          {text}
        </pre>
      </Container>
    </SpaceBetween>
  );
}

function SentBy({ one: { event, sent } }: { one: LabEvent }) {
  const { account } = useWhere();
  if (event.scheduled) {
    const { bus, name } = ruleInArn(event.scheduled);
    return <>The schedule of <GoLink to={rulePath(bus, name)}>{name}</GoLink></>;
  }
  if (event.forwarded) {
    const { bus, name } = ruleInArn(event.forwarded);
    const here = event.forwarded.split(":")[4] === account;
    return <>The rule {here ? <GoLink to={rulePath(bus, name)}>{name}</GoLink> : name} on another bus</>;
  }
  if (!sent) return <>The journal has forgotten it</>;
  return <>{sent.call ? `${sent.call.service}:${sent.call.operation}` : `${sent.trace.service}, by itself`}</>;
}


function NotFound({ id }: { id: string }) {
  return (
    <SpaceBetween size="m">
      <Header variant="h1">{id}</Header>
      <Alert type="warning" header="This event is not in this account and Region" action={<GoButton to="events">Events</GoButton>} data-testid="lab-event-not-found">
        What sent it may have been taken back, or it is older than the last 1,000 events. Another account’s events are shown when an identity of it is chosen in the top bar.
      </Alert>
    </SpaceBetween>
  );
}
