"use client";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";

const kinds: Record<string, StatusIndicatorProps.Type> = { available: "success", stopped: "stopped", failed: "error" };

/** A status as the console writes it: `Available`, `Resetting-master-credentials`. */
export function DatabaseStatus({ status }: { status: string }) {
  const type = kinds[status] ?? (status.startsWith("inaccessible") ? "error" : "in-progress");
  return <StatusIndicator type={type}>{status.charAt(0).toUpperCase() + status.slice(1)}</StatusIndicator>;
}
