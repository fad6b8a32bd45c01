"use client";
import { useMemo, useRef, useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { AwsErrorNote } from "../frame/aws-error-note";
import { EmptyState } from "../frame/empty-state";
import { useFormDraft, useNow } from "../frame/lab";
import { refusalOf, useAsk, useLoad, type Refusal } from "../frame/use-load";
import { EventRows } from "./event-rows";
import { loadEvents, type EventPage, type EventsAsked } from "./load-logs";

/** How far back, in ms of the lab's clock; 0 is all. */
const RANGES = [
  { value: "0", label: "All time" },
  { value: "3600000", label: "Last hour" },
  { value: "86400000", label: "Last 24 hours" },
  { value: "604800000", label: "Last 7 days" },
];
const initial = { range: "0" };

/** Events of a stream, or of all streams of a group, with a filter pattern. The pattern is part of the address. */
export function EventsView({ group, stream, pattern, onPattern }: { group: string; stream?: string; pattern: string; onPattern(pattern: string): void }) {
  const now = useNow();
  const ask = useAsk();
  const [{ range }, change] = useFormDraft(`logs/range/${group}`, initial);
  const [typed, setTyped] = useState(pattern);
  const [more, setMore] = useState<{ of: EventPage; page: EventPage; refused?: Refusal }>();
  const [busy, setBusy] = useState(false);
  // Counted from the moment when it was chosen: else every tick of the clock would read anew.
  const chosen = useRef({ range, at: now });
  if (chosen.current.range !== range) chosen.current = { range, at: now };
  const asked: EventsAsked = { group, stream, pattern, ...(range !== "0" && { from: chosen.current.at - Number(range) }) };
  const loaded = useLoad(`events|${JSON.stringify(asked)}`, (read) => loadEvents(read, asked));
  const ofStream = stream !== undefined && !pattern;
  const page = more && more.of === loaded.data ? more.page : loaded.data;
  const events = useMemo(() => page?.events ?? [], [page]);

  const readMore = async () => {
    const of = loaded.data;
    if (!of || !page?.next || busy) return;
    setBusy(true);
    try {
      const next = await loadEvents(ask, asked, page.next);
      setMore({ of, page: { events: ofStream ? [...next.events, ...page.events] : [...page.events, ...next.events], next: next.next } });
    } catch (thrown) {
      setMore({ of, page, refused: refusalOf(thrown) });
    } finally {
      setBusy(false);
    }
  };
  const moreButton = page?.next && (
    <Button onClick={() => void readMore()} loading={busy} data-testid="more-events">
      {ofStream ? "Load older events" : "Load more matches"}
    </Button>
  );
  return (
    <Container
      data-testid="log-events"
      header={
        <Header
          variant="h2"
          counter={page && `(${events.length}${page.next ? "+" : ""})`}
          actions={<Button iconName="refresh" ariaLabel="Refresh" onClick={loaded.reload} />}
        >
          Log events
        </Header>
      }
    >
      <SpaceBetween size="m">
        <form
          className="event-filter"
          onSubmit={(event) => {
            event.preventDefault();
            onPattern(typed.trim());
          }}
        >
          <FormField label="Filter pattern" constraintText='Terms, all of which must be there: ERROR "timed out" -debug. Or JSON: { $.level = "error" }'>
            <Input type="search" value={typed} onChange={({ detail }) => setTyped(detail.value)} clearAriaLabel="Clear" spellcheck={false} data-testid="filter-pattern" />
          </FormField>
          <FormField label="Time">
            <Select ariaLabel="Time" selectedOption={RANGES.find(({ value }) => value === range) ?? RANGES[0]} options={RANGES} onChange={({ detail }) => change({ range: detail.selectedOption.value! })} data-testid="event-range" />
          </FormField>
          <Box padding={{ top: "xl" }}>
            <Button formAction="submit" data-testid="filter-submit">
              Filter
            </Button>
          </Box>
        </form>
        {loaded.refused && <AwsErrorNote refused={loaded.refused} />}
        {more?.refused && <AwsErrorNote refused={more.refused} />}
        {ofStream && moreButton}
        {events.length ? (
          <EventRows events={events} group={group} withStream={stream === undefined} />
        ) : loaded.loading && !page ? (
          <Box>Loading events…</Box>
        ) : (
          !loaded.refused && (
            <EmptyState title={pattern ? "No matches" : "No events"} action={pattern ? <Button onClick={() => onPattern("")}>Clear filter</Button> : undefined}>
              {pattern ? "No event fits the pattern. Terms are case-sensitive; quotation marks hold words together." : "Nothing was written here in this time."}
            </EmptyState>
          )
        )}
        {!ofStream && moreButton}
      </SpaceBetween>
    </Container>
  );
}
