"use client";
import Box from "@cloudscape-design/components/box";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import type { DeliveryRow, DeliveryState } from "@/lib/engine/events/state";
import { useNow } from "../../frame/lab";
import { relativeTime } from "../../frame/time-words";

const looks: Record<DeliveryState, { type: StatusIndicatorProps.Type; words: string }> = {
  delivered: { type: "success", words: "Delivered" },
  retrying: { type: "pending", words: "Tried again soon" },
  "dead-letter": { type: "warning", words: "In the dead-letter queue" },
  dropped: { type: "error", words: "Dropped" },
  stopped: { type: "stopped", words: "Stopped by Keyhole" },
};
/** The worst first. */
const order: DeliveryState[] = ["dropped", "stopped", "dead-letter", "retrying", "delivered"];

export function DeliveryStatus({ state }: { state: DeliveryState }) {
  const { type, words } = looks[state];
  return <StatusIndicator type={type}>{words}</StatusIndicator>;
}

/** Of several deliveries the worst, and how many there are. */
export function WorstOutcome({ deliveries }: { deliveries: readonly Readonly<DeliveryRow>[] }) {
  if (!deliveries.length) return <>-</>;
  const state = order.find((each) => deliveries.some((row) => row.state === each))!;
  const { type, words } = looks[state];
  const count = deliveries.filter((row) => row.state === state).length;
  return (
    <StatusIndicator type={type}>
      {words}
      {deliveries.length > 1 ? ` (${count} of ${deliveries.length})` : ""}
    </StatusIndicator>
  );
}

/** What a target answered, in full. */
export function Outcome({ delivery }: { delivery: Readonly<DeliveryRow> }) {
  const now = useNow();
  const { state, attempts, code, message, runs = 1, last } = delivery;
  const more = [attempts > 1 ? `${attempts} attempts, the last ${relativeTime(last, now)}` : "", runs > 1 ? `stands for ${runs.toLocaleString("en")} runs, which a long move of the clock made one` : ""].filter(Boolean);
  return (
    <div>
      <DeliveryStatus state={state} />
      {more.length > 0 && <div className="quiet-line">{more.join("; ")}</div>}
      {message && (
        <Box variant="small" color="inherit">
          {code && (
            <>
              <code>{code}</code>:{" "}
            </>
          )}
          <span className="aws-words">{message}</span>
        </Box>
      )}
    </div>
  );
}
