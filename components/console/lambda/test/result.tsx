"use client";
import { useMemo } from "react";
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { callsMade } from "../../../why/made";
import { ConsoleLink } from "../../frame/console-link";
import { CopyButton, Copyable } from "../../frame/copyable";
import { openWhy, useJournal } from "../../frame/lab";
import { LabDate } from "../../frame/lab-time";
import { GoButton, GoLink, usePlace } from "../../frame/place";
import type { Subject } from "../lambda-types";
import { functionPath, logGroupAddress } from "../place-of";
import { callWords } from "./call-words";
import { explainFailure } from "./explain-failure";
import { invocationOf, placeIn, placeOfError, type CodePlace, type Invocation } from "./invocation";

/** What came of an invocation: the answer, what it took, what the code called, what it printed. `seq`: its place in the journal. */
export function InvocationResult({ subject, seq, logGroup }: { subject: Subject; seq: number; logGroup: string }) {
  const journal = useJournal();
  const entry = journal.findLast((each) => each.seq === seq);
  const invocation = useMemo(() => invocationOf(entry, subject.name), [entry, subject.name]);
  if (!entry || !invocation || !entry.reply.ok)
    return entry && invocation ? null : (
      <Alert type="info" data-testid="no-result">
        The journal has no invocation of this function at {seq}: it was taken back, or belongs to another lab. Choose Test to invoke it again.
      </Alert>
    );
  if (invocation.asynchronous) return <Accepted invocation={invocation} logGroup={logGroup} />;
  const { failed, report, error, payload, log, version, requestId, at } = invocation;
  const made = callsMade(entry.trace);
  const why = error && explainFailure(error, entry.trace);
  return (
    <Container
      data-testid="invocation-result"
      data-outcome={failed ? "failed" : "succeeded"}
      header={
        <Header
          variant="h2"
          actions={
            <Button onClick={() => openWhy(seq)} ariaLabel="Why? of the invocation" data-testid="why-invocation">
              Why?
            </Button>
          }
        >
          <StatusIndicator type={failed ? "error" : "success"}>Executing function: {failed ? "failed" : "succeeded"}</StatusIndicator>
        </Header>
      }
    >
      <SpaceBetween size="l">
        {error && (
          <div role="alert">
            <SpaceBetween size="xs">
              <Box variant="h3" tagOverride="h3">
                {error.errorType ?? "Error"}
              </Box>
              <span className="aws-words" data-testid="error-message">
                {error.errorMessage}
              </span>
              {why && (
                <Box variant="p" color="text-body-secondary">
                  {why.meaning} {why.remedy}
                </Box>
              )}
              <SpaceBetween direction="horizontal" size="xs">
                {why?.call !== undefined && (
                  <Button onClick={() => openWhy(seq, why.call)} data-testid="why-refused">
                    Why was it refused?
                  </Button>
                )}
                <GoToPlace subject={subject} place={placeOfError(error)} />
                {why?.at && <GoButton to={functionPath({ name: subject.name }, ...why.at.path)}>{why.at.words}</GoButton>}
              </SpaceBetween>
            </SpaceBetween>
          </div>
        )}
        {error ? (
          <>
            {error.stack.length > 0 && <Stack subject={subject} stack={error.stack} />}
            <ExpandableSection headerText="Error document" defaultExpanded={!error.stack.length}>
              <Payload text={payload ?? ""} what="error document" />
            </ExpandableSection>
          </>
        ) : (
          <section aria-labelledby="response">
            <Box variant="h3" tagOverride="h3">
              <span id="response">Response</span>
            </Box>
            <Payload text={payload ?? ""} what="response" />
          </section>
        )}
        <section aria-labelledby="calls-made">
          <Box variant="h3" tagOverride="h3">
            <span id="calls-made">Calls that the code made ({made.length})</span>
          </Box>
          {made.length ? (
            <ol className="made-calls" data-testid="made-calls">
              {made.map(({ call, trace }, index) => (
                <li key={index} data-ok={trace.outcome.ok}>
                  <StatusIndicator type={trace.outcome.ok ? "success" : "error"}>
                    <code>
                      {trace.service}:{trace.operation}
                    </code>{" "}
                    <span className="copyable-text">{callWords(call)}</span>
                    {trace.outcome.ok ? "" : ` ${trace.outcome.code}`}
                  </StatusIndicator>
                  <Button variant="inline-link" onClick={() => openWhy(seq, index + 1)} ariaLabel={`Why? ${trace.service}:${trace.operation}, call ${index + 1}`}>
                    Why?
                  </Button>
                </li>
              ))}
            </ol>
          ) : (
            <Box variant="p" color="text-body-secondary">
              It called nothing in AWS.
            </Box>
          )}
        </section>
        {report && (
          <KeyValuePairs
            columns={3}
            minColumnWidth={150}
            items={[
              { label: "Duration", value: `${report.duration.toFixed(2)} ms` },
              { label: "Billed duration", value: `${report.billed} ms` },
              { label: "Init duration", value: report.init === undefined ? "- (the environment was warm)" : `${report.init.toFixed(2)} ms` },
              { label: "Resources configured", value: `${report.memorySize} MB` },
              { label: "Max memory used", value: `${report.memoryUsed} MB` },
              { label: "Function version", value: version ?? "-" },
              { label: "Execution time", value: <LabDate seconds={at / 1000} /> },
              { label: "Request ID", value: <Copyable text={requestId} what="request ID" /> },
            ]}
          />
        )}
        <section aria-labelledby="log-output">
          <Box variant="h3" tagOverride="h3">
            <span id="log-output">Log output</span>
          </Box>
          <Box variant="small" color="text-body-secondary">
            The last 4 KB. All of it is in the log group{" "}
            <ConsoleLink to={logGroupAddress(logGroup)} fontSize="inherit">
              {logGroup}
            </ConsoleLink>
            , if the execution role may write there.
          </Box>
          <pre className="json-view" tabIndex={0} role="region" aria-label="Log output" data-testid="log-tail">
            {log || "Nothing was logged."}
          </pre>
        </section>
      </SpaceBetween>
    </Container>
  );
}

/** What was answered, and a button that copies it. */
function Payload({ text, what }: { text: string; what: string }) {
  return (
    <div className="value-line">
      <pre className="json-view" tabIndex={0} role="region" aria-label={`${what}, JSON`} data-testid="payload">
        {text}
      </pre>
      <CopyButton text={text} what={what} />
    </div>
  );
}

function GoToPlace({ subject, place }: { subject: Subject; place: CodePlace | undefined }) {
  const { navigate } = usePlace();
  if (!place) return null;
  return (
    <Button onClick={() => navigate(functionPath(subject, "code", place.path, String(place.line)))} data-testid="go-to-line">
      Go to line {place.line} of {place.path}
    </Button>
  );
}

function Stack({ subject, stack }: { subject: Subject; stack: readonly string[] }) {
  return (
    <ExpandableSection headerText={`Stack trace (${stack.length})`} defaultExpanded>
      <ol className="stack-lines" data-testid="stack">
        {stack.map((line, index) => {
          const place = placeIn(line);
          return (
            <li key={index}>
              <code>{line}</code>
              {place && (
                <GoLink to={functionPath(subject, "code", place.path, String(place.line))} fontSize="inherit" ariaLabel={`Go to line ${place.line} of ${place.path}`}>
                  Go to line {place.line}
                </GoLink>
              )}
            </li>
          );
        })}
      </ol>
    </ExpandableSection>
  );
}

/** Lambda has put the event in its queue, and answers no more than that. */
function Accepted({ invocation: { seq, requestId }, logGroup }: { invocation: Invocation; logGroup: string }) {
  return (
    <Alert
      type="success"
      header="The event was accepted"
      data-testid="invocation-accepted"
      action={
        <Button onClick={() => openWhy(seq)} ariaLabel="Why? of the event">
          Why?
        </Button>
      }
    >
      Lambda answered 202 and queued it as {requestId}. The function runs within a second; what comes of it is told nobody but its log,{" "}
      <ConsoleLink to={logGroupAddress(logGroup)} fontSize="inherit" color="inverted">
        {logGroup}
      </ConsoleLink>
      . If it fails, Lambda tries twice more, after one minute and after two.
    </Alert>
  );
}
