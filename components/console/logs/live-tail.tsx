"use client";
import { useEffect, useRef, useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { AwsErrorNote } from "../frame/aws-error-note";
import { useFormDraft, useNow } from "../frame/lab";
import { pathTo, usePlace } from "../frame/place";
import { useLoad } from "../frame/use-load";
import { EventRows } from "./event-rows";
import { loadEvents, loadGroups } from "./load-logs";

const none = { pattern: "" };

/**
 * Events as they come, while the page is open. AWS holds a session open (StartLiveTail); here FilterLogEvents is asked again
 * whenever a group changes, from the moment on when tailing began.
 */
export function LiveTail({ group }: { group?: string }) {
  const { navigate } = usePlace();
  const groups = useLoad("tail-groups", (ask) => loadGroups(ask, ""));
  const options = (groups.data?.items ?? []).map(({ logGroupName }) => ({ value: logGroupName, label: logGroupName }));
  return (
    <SpaceBetween size="m">
      <Header variant="h1" description="What is written to a log group from now on. Invoke a function elsewhere, and it appears here.">
        Live Tail
      </Header>
      {groups.refused && <AwsErrorNote refused={groups.refused} />}
      <Container>
        <FormField label="Log group" stretch>
          <Select
            ariaLabel="Log group"
            selectedOption={group === undefined ? null : { value: group, label: group }}
            options={options}
            filteringType="auto"
            placeholder="Choose a log group"
            empty="There is no log group in this Region."
            statusType={groups.loading && !groups.data && !groups.refused ? "loading" : "finished"}
            loadingText="Loading log groups"
            onChange={({ detail }) => navigate(pathTo("live-tail", detail.selectedOption.value!))}
            data-testid="tail-group"
          />
        </FormField>
      </Container>
      {group !== undefined && <Tail key={group} group={group} />}
    </SpaceBetween>
  );
}

function Tail({ group }: { group: string }) {
  const now = useNow();
  const [since, setSince] = useState(now);
  const [running, setRunning] = useState(true);
  const [{ pattern }, change] = useFormDraft(`logs/tail/${group}`, none);
  const [typed, setTyped] = useState(pattern);
  const loaded = useLoad(running ? `tail|${group}|${pattern}|${since}` : undefined, (ask) => loadEvents(ask, { group, pattern, from: since }));
  // Stopped, it keeps what came until then.
  const kept = useRef(loaded.data);
  if (loaded.data) kept.current = loaded.data;
  const events = kept.current?.events ?? [];
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (events.length) end.current?.scrollIntoView({ block: "nearest" });
  }, [events.length]);
  const clear = () => {
    kept.current = undefined;
    setSince(now);
  };
  return (
    <Container
      data-testid="live-tail"
      header={
        <Header
          variant="h2"
          counter={`(${events.length})`}
          info={<StatusIndicator type={running ? "in-progress" : "stopped"}>{running ? "Tailing" : "Stopped"}</StatusIndicator>}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button onClick={clear} data-testid="tail-clear">
                Clear
              </Button>
              <Button
                variant="primary"
                onClick={() => {
                  if (!running) clear();
                  setRunning(!running);
                }}
                data-testid="tail-toggle"
              >
                {running ? "Stop" : "Start"}
              </Button>
            </SpaceBetween>
          }
        >
          {group}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <form
          className="event-filter"
          onSubmit={(event) => {
            event.preventDefault();
            change({ pattern: typed.trim() });
          }}
        >
          <FormField label="Filter pattern - optional">
            <Input type="search" value={typed} onChange={({ detail }) => setTyped(detail.value)} clearAriaLabel="Clear" spellcheck={false} data-testid="tail-pattern" />
          </FormField>
          <Box padding={{ top: "xl" }}>
            <Button formAction="submit">Apply</Button>
          </Box>
        </form>
        {loaded.refused && <AwsErrorNote refused={loaded.refused} />}
        <div role="log" aria-label={`Events of ${group}`}>
          {events.length ? <EventRows events={events} group={group} withStream /> : <Box color="text-body-secondary">Nothing has come yet.</Box>}
          <div ref={end} />
        </div>
      </SpaceBetween>
    </Container>
  );
}
