"use client";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { EmptyState } from "../../frame/empty-state";
import { GoButton } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { loadAttacks } from "../load-shield";
import { useSubscription } from "../shared/for-subscribers";
import { SubscribeButton } from "../subscribe";
import { EventTable } from "./event-table";
import { Statistics } from "./statistics";

/** What Shield shows of attacks: one by one with Advanced, as numbers of a year with Standard. */
export function EventList() {
  const subscription = useSubscription();
  const loaded = useLoad("attacks", loadAttacks);
  const standard = subscription.data && !subscription.data.subscription;
  return (
    <SpaceBetween size="m">
      {loaded.refused && <AwsErrorNote refused={loaded.refused} />}
      <EventTable
        level="h1"
        attacks={loaded.data ?? []}
        loading={loaded.loading && !loaded.data}
        actions={
          <GoButton to="events/launch" data-testid="launch">
            Launch an attack (lab)
          </GoButton>
        }
        empty={
          standard && (
            <EmptyState title="Shield Standard shows no events" action={<SubscribeButton />} command="aws shield list-attacks">
              It mitigates all the same. One by one, attacks are shown with Shield Advanced, and only those on protected resources.
            </EmptyState>
          )
        }
      />
      <Statistics />
    </SpaceBetween>
  );
}
