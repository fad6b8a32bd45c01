"use client";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import { stateLabel } from "./key-specs";

const TYPES: Record<string, StatusIndicatorProps.Type> = {
  Enabled: "success",
  Disabled: "stopped",
  PendingDeletion: "warning",
  PendingReplicaDeletion: "warning",
  PendingImport: "pending",
  Unavailable: "error",
  Creating: "in-progress",
  Updating: "in-progress",
};

export function KeyStatus({ state }: { state: string }) {
  return <StatusIndicator type={TYPES[state] ?? "info"}>{stateLabel(state)}</StatusIndicator>;
}
