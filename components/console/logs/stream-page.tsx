"use client";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { GoButton, pathTo, usePlace } from "../frame/place";
import { EventsView } from "./events-view";
import { groupPath } from "./place-of";

/** What one stream holds. */
export function StreamPage({ group, stream, pattern }: { group: string; stream: string; pattern: string }) {
  const { navigate } = usePlace();
  return (
    <SpaceBetween size="m">
      <Header variant="h1" actions={<GoButton to={pathTo("live-tail", group)}>Start tailing</GoButton>}>
        <span className="copyable-text">{stream}</span>
      </Header>
      <EventsView key={pattern} group={group} stream={stream} pattern={pattern} onPattern={(next) => navigate(groupPath(group, "streams", stream, ...(next ? [next] : [])))} />
    </SpaceBetween>
  );
}
