"use client";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";

/** A status in AWS's words, with the sign that its ending stands for. */
export function CfnStatus({ status }: { status: string }) {
  return <StatusIndicator type={signOf(status)}>{status}</StatusIndicator>;
}

export function signOf(status: string): StatusIndicatorProps.Type {
  if (status.endsWith("_IN_PROGRESS") || status === "CREATE_PENDING") return status === "REVIEW_IN_PROGRESS" ? "info" : "in-progress";
  if (status.endsWith("_FAILED") || status === "FAILED" || status === "DRIFTED" || status === "MODIFIED" || status === "DELETED") return "error";
  // The operation failed, and what it had done was taken back.
  if (status.includes("ROLLBACK")) return "error";
  if (status === "DELETE_COMPLETE" || status === "OBSOLETE" || status === "NOT_CHECKED" || status === "DELETE_SKIPPED") return "stopped";
  return "success";
}

export const isUnderWay = (status: string): boolean => status.endsWith("_IN_PROGRESS") && status !== "REVIEW_IN_PROGRESS";
