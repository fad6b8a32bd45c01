import { type LookedUpEvent, recordOf } from "./lookup";

const COLUMNS = ["Event ID", "Event time", "User name", "AWS access key", "Source IP address", "Read-only", "Event name", "Event source", "Resources", "Request ID", "AWS region", "Error code"];

/** A field as RFC 4180 has it. What a spreadsheet would take for a formula is marked as text. */
function field(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function eventsAsCsv(events: readonly LookedUpEvent[]): string {
  const rows = events.map((event) => {
    const record = recordOf(event);
    return [
      event.EventId, record.eventTime, event.Username ?? "", event.AccessKeyId ?? "", record.sourceIPAddress, event.ReadOnly, event.EventName, event.EventSource,
      event.Resources.length ? JSON.stringify(event.Resources.map(({ ResourceType, ResourceName }) => ({ resourceType: ResourceType, resourceName: ResourceName }))) : "",
      record.requestID ?? "", record.awsRegion, record.errorCode ?? "",
    ];
  });
  return [COLUMNS, ...rows].map((row) => row.map(field).join(",")).join("\r\n") + "\r\n";
}

export const eventsAsJson = (events: readonly LookedUpEvent[]): string => `${JSON.stringify({ Records: events.map(recordOf) }, null, 2)}\n`;
