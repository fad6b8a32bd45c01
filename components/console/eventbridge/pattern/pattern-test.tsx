"use client";
import { useId, useMemo, useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Select, { type SelectProps } from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Tabs from "@cloudscape-design/components/tabs";
import { eventJson } from "@/lib/engine/events/input";
import { compile } from "@/lib/engine/events/pattern/compile";
import { explain } from "@/lib/engine/events/pattern/match";
import type { JsonObject } from "@/lib/engine/types";
import { CodeEditor } from "../../../editor/code-editor";
import { jsonProblem } from "../../frame/json-check";
import { LabTime } from "../../frame/lab-time";
import { GoLink } from "../../frame/place";
import { eventPath } from "../place-of";
import { gist } from "../viewer/gist";
import { type LabEvent, useLabEvents } from "../viewer/lab-events";
import { MatchView } from "./match-view";
import { ownSample, sampleOf, services } from "./pick-lists";

/** So many of the lab's events are held against the pattern as it is typed. */
const mostHeld = 50;
const print = (value: unknown): string => JSON.stringify(value, null, 2);

/** A pattern tried as it is typed: on a sample, and on the events that this lab has seen. */
export function PatternTest({ pattern, sample, onSample }: { pattern: string; sample: string; onSample(text: string): void }) {
  const lab = useLabEvents();
  const recorded = useMemo(() => (lab?.events ?? []).filter(({ event }) => !event.scheduled).slice(0, mostHeld), [lab]);
  const [tab, setTab] = useState("sample");
  return (
    <Container header={<Header variant="h2" description="Nothing is sent: the pattern is held against events as you type.">Test the event pattern</Header>} data-testid="pattern-test">
      <Tabs
        ariaLabel="What the pattern is tried on"
        activeTabId={tab}
        onChange={({ detail }) => setTab(detail.activeTabId)}
        tabs={[
          { id: "sample", label: "Sample event", content: <OnSample pattern={pattern} sample={sample} onSample={onSample} recorded={recorded} /> },
          {
            id: "lab",
            label: "This lab’s events",
            content: (
              <OnLab
                pattern={pattern}
                recorded={recorded}
                onSample={(text) => {
                  onSample(text);
                  setTab("sample");
                }}
              />
            ),
          },
        ]}
      />
    </Container>
  );
}

function OnSample({ pattern, sample, onSample, recorded }: { pattern: string; sample: string; onSample(text: string): void; recorded: readonly LabEvent[] }) {
  const id = useId();
  const options = useMemo<SelectProps.Options>(
    () => [
      { label: "Of one’s own", options: [{ value: "own", label: "Order placed (com.example.shop)" }] },
      ...services.map((service) => ({ label: service.label, options: service.types.map(({ name }) => ({ value: `${service.id}/${name}`, label: name })) })),
      ...(recorded.length ? [{ label: "This lab’s events", options: recorded.slice(0, 20).map(({ key, event }) => ({ value: key, label: event["detail-type"], description: gist(event) })) }] : []),
    ],
    [recorded],
  );
  const choose = (value: string) => {
    const known = recorded.find(({ key }) => key === value);
    const [serviceId, name] = value.split("/");
    const service = services.find((one) => one.id === serviceId);
    const type = service?.types.find((one) => one.name === name);
    onSample(print(known ? eventJson(known.event) : service && type ? sampleOf(service, type) : ownSample));
  };
  const problem = jsonProblem(sample);
  return (
    <SpaceBetween size="m">
      <FormField label="Sample events" description="Choose one to begin with, and change it as you like.">
        <Select placeholder="Choose a sample event" selectedOption={null} options={options} filteringType="auto" onChange={({ detail }) => choose(detail.selectedOption.value!)} data-testid="sample-choice" />
      </FormField>
      <CodeEditor value={sample} onChange={onSample} language="json" label="Sample event, JSON" path={`inmemory://keyhole/sample-events/${encodeURIComponent(id)}.json`} minLines={8} maxLines={20} data-testid="sample-event" />
      <div aria-live="polite" data-testid="sample-result">
        {problem ? <StatusIndicator type="error">The sample is no JSON: {problem.message}</StatusIndicator> : <Result pattern={pattern} event={JSON.parse(sample) as JsonObject} />}
      </div>
    </SpaceBetween>
  );
}

function Result({ pattern, event }: { pattern: string; event: JsonObject }) {
  const trace = useMemo(() => {
    const compiled = compile(pattern);
    return compiled.ok && typeof event === "object" && event !== null && !Array.isArray(event) ? explain(compiled.pattern, event) : undefined;
  }, [pattern, event]);
  if (!trace) return <StatusIndicator type="pending">Mend the pattern first</StatusIndicator>;
  return (
    <SpaceBetween size="xs">
      <StatusIndicator type={trace.matched ? "success" : "warning"}>{trace.matched ? "Sample event matched the event pattern" : "Sample event did not match the event pattern"}</StatusIndicator>
      <MatchView branches={trace.branches} />
    </SpaceBetween>
  );
}

function OnLab({ pattern, recorded, onSample }: { pattern: string; recorded: readonly LabEvent[]; onSample(text: string): void }) {
  const compiled = compile(pattern);
  if (!recorded.length) return <Box color="text-body-secondary">This lab has seen no event yet in this account and Region. Change a parameter, and there is one.</Box>;
  if (!compiled.ok) return <StatusIndicator type="pending">Mend the pattern first</StatusIndicator>;
  const held = recorded.map((one) => ({ one, trace: explain(compiled.pattern, eventJson(one.event)) }));
  const count = held.filter(({ trace }) => trace.matched).length;
  return (
    <SpaceBetween size="s">
      <Box data-testid="lab-match-count">
        {count} of the last {held.length} events match.
      </Box>
      <ul className="plain-list match-events">
        {held.map(({ one: { key, event }, trace }) => (
          <li key={key} data-matched={trace.matched}>
            <ExpandableSection
              variant="footer"
              headerText={
                <>
                  <StatusIndicator type={trace.matched ? "success" : "stopped"}>{trace.matched ? "Matches" : "Does not"}</StatusIndicator> {event["detail-type"]}
                </>
              }
              headerDescription={gist(event)}
            >
              <SpaceBetween size="xs">
                <MatchView branches={trace.branches} />
                <SpaceBetween direction="horizontal" size="s" alignItems="center">
                  <Button variant="inline-link" onClick={() => onSample(print(eventJson(event)))}>
                    Use as sample
                  </Button>
                  <GoLink to={eventPath(event.id)}>The event</GoLink>
                  <LabTime seconds={event.time / 1000} />
                </SpaceBetween>
              </SpaceBetween>
            </ExpandableSection>
          </li>
        ))}
      </ul>
    </SpaceBetween>
  );
}
