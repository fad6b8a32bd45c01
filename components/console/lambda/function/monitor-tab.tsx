"use client";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { ConsoleLink, useConsoleAt } from "../../frame/console-link";
import { EmptyState } from "../../frame/empty-state";
import { LabTime } from "../../frame/lab-time";
import { usePlace } from "../../frame/place";
import { refusalOf, useLoad } from "../../frame/use-load";
import { reportIn, type Report } from "../test/invocation";
import type { FunctionConfiguration } from "../lambda-types";
import { logGroupAddress } from "../place-of";

interface Row extends Partial<Report> {
  id: string;
  requestId: string;
  stream: string;
  at: number;
}

interface Event {
  eventId: string;
  logStreamName: string;
  timestamp: number;
  message: string;
}

/** Invocations by their REPORT lines, as AWS's page finds them in the log group; nothing else knows of all of them. */
export function MonitorTab({ configuration: { FunctionName, LoggingConfig } }: { configuration: FunctionConfiguration }) {
  const { narrow } = usePlace();
  const go = useConsoleAt();
  const logGroupName = LoggingConfig.LogGroup;
  const loaded = useLoad(`reports|${logGroupName}`, async (ask) => {
    try {
      const { events } = await ask<{ events: Event[] }>("logs", "FilterLogEvents", { logGroupName, filterPattern: '"REPORT RequestId"' });
      return events.map(rowOf).reverse().slice(0, 50);
    } catch (thrown) {
      // No group: the function has not run yet, or its role may not write.
      if (refusalOf(thrown).reply.error.code === "ResourceNotFoundException") return undefined;
      throw thrown;
    }
  });
  return (
    <SpaceBetween size="m">
      {loaded.refused && <AwsErrorNote refused={loaded.refused} />}
      <Table<Row>
        data-testid="recent-invocations"
        wrapLines
        trackBy="id"
        items={loaded.data ?? []}
        loading={loaded.loading && !loaded.data && !loaded.refused}
        loadingText="Loading invocations"
        header={
          <Header
            variant="h2"
            counter={loaded.data && `(${loaded.data.length})`}
            description={`What the log group ${logGroupName} tells, newest first.`}
            actions={
              <Button onClick={() => go(logGroupAddress(logGroupName))} data-testid="view-logs">
                View CloudWatch logs
              </Button>
            }
          >
            Recent invocations
          </Header>
        }
        columnDefinitions={[
          { id: "at", header: "Time", cell: ({ at }) => <LabTime seconds={at / 1000} />, isRowHeader: true },
          {
            id: "request",
            header: "Request ID",
            cell: ({ requestId, stream }) => (
              <ConsoleLink to={logGroupAddress(logGroupName, "streams", stream)}>
                <span className="copyable-text">{requestId}</span>
              </ConsoleLink>
            ),
            minWidth: 140,
          },
          {
            id: "status",
            header: "Status",
            cell: ({ status, errorType }) => (status ? <StatusIndicator type="error">{errorType ?? status}</StatusIndicator> : <StatusIndicator type="success">Ended</StatusIndicator>),
          },
          { id: "duration", header: "Duration", cell: ({ duration }) => (duration === undefined ? "-" : `${duration.toFixed(2)} ms`) },
          ...(narrow
            ? []
            : [
                { id: "billed", header: "Billed", cell: ({ billed }: Row) => (billed === undefined ? "-" : `${billed} ms`) },
                { id: "memory", header: "Memory used", cell: ({ memoryUsed, memorySize }: Row) => (memoryUsed === undefined ? "-" : `${memoryUsed} of ${memorySize} MB`) },
                { id: "init", header: "Cold start", cell: ({ init }: Row) => (init === undefined ? "-" : `${init.toFixed(2)} ms`) },
              ]),
        ]}
        empty={
          <EmptyState title={loaded.data ? "No invocations" : "No log group"} command={`aws lambda invoke --function-name ${FunctionName} answer.json`}>
            {loaded.data
              ? "Nothing that this group keeps is a report of an invocation."
              : "The log group is made at the first invocation, by the function’s own role. If the function has run and there is none, the role may not write logs."}
          </EmptyState>
        }
      />
    </SpaceBetween>
  );
}

const rowOf = ({ eventId, logStreamName, timestamp, message }: Event): Row => ({
  id: eventId,
  requestId: /RequestId: (\S+)/.exec(message)?.[1] ?? "",
  stream: logStreamName,
  at: timestamp,
  ...reportIn(message),
});
