"use client";
import { memo } from "react";
import { CopyButton } from "../frame/copyable";
import { GoLink } from "../frame/place";
import { eventTime, type LogEvent } from "./logs-types";
import { groupPath } from "./place-of";

/** Events, oldest first: the time, the beginning of the message, and on opening all of it, JSON laid out. */
export function EventRows({ events, group, withStream }: { events: readonly LogEvent[]; group: string; withStream: boolean }) {
  return (
    <ol className="log-rows" data-testid="event-rows" aria-label="Log events">
      {events.map((event, index) => (
        <Row key={event.eventId ?? `${event.timestamp} ${index}`} event={event} group={group} withStream={withStream} />
      ))}
    </ol>
  );
}

const Row = memo(function Row({ event: { timestamp, message, logStreamName }, group, withStream }: { event: LogEvent; group: string; withStream: boolean }) {
  const text = message.replace(/\n+$/, "");
  const level = /\bREPORT\b.*Status: |\[ERROR\]|Task timed out|"errorType"|\bERROR\b/.test(text) ? "error" : undefined;
  return (
    <li data-level={level}>
      <details>
        <summary>
          <time dateTime={eventTime(timestamp)}>{eventTime(timestamp)}</time> <span>{text.split("\n")[0] || " "}</span>
        </summary>
        <div className="log-whole">
          <pre tabIndex={0} role="region" aria-label="Message">
            {laidOut(text)}
          </pre>
          <CopyButton text={text} what="message" />{" "}
          {withStream && logStreamName !== undefined && <GoLink to={groupPath(group, "streams", logStreamName)}>{logStreamName}</GoLink>}
        </div>
      </details>
    </li>
  );
});

/** A message that is JSON is laid out; others stay as they are. */
function laidOut(text: string): string {
  if (!/^\s*[{[]/.test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
