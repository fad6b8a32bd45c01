"use client";
import { useState } from "react";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { ConfirmModal } from "../../frame/confirm-modal";
import { ConsoleLink } from "../../frame/console-link";
import { EmptyState } from "../../frame/empty-state";
import { useFlash } from "../../frame/flash";
import { LabDate } from "../../frame/lab-time";
import { GoButton, GoLink, usePlace } from "../../frame/place";
import { useMutation } from "../../frame/use-mutation";
import { secretPath } from "../place-of";
import { secretName } from "./application-list";
import { StoryFigure } from "./story-figure";
import { StoryList } from "./story-list";
import { clockTime, countsOf, lengthOf, windowsOf } from "./story";
import { strategies } from "./strategies";
import { useStory, type Story } from "./use-story";

/** One application: what it is, what it lived through, and when it could not log in. */
export function ApplicationDetail({ name, navigate }: { name: string; navigate(path: string): void }) {
  const { narrow } = usePlace();
  const story = useStory(name);
  const [chosen, setChosen] = useState<string>();
  const [deleting, setDeleting] = useState(false);
  const { busy, refused, run } = useMutation();
  const flash = useFlash();
  const { row, db, now } = story;
  if (!story.ready) return <Spinner size="large" />;
  if (!row || !db)
    return (
      <EmptyState title={`No application ${name}`} action={<GoButton to="applications">Applications</GoButton>}>
        There is none of this name in this Region.
      </EmptyState>
    );
  const running = row.State === "Running";
  const strategy = strategies.find(({ value }) => value === row.Strategy)!;
  const { succeeded, failed } = countsOf(db, row, now);
  const windows = windowsOf(story.steps, story.logins, row, now);
  const window = windows.find(({ id }) => id === chosen) ?? windows[0];
  const act = async (operation: string, words: string) => {
    if (await run((ask) => ask("application", operation, { Name: name }))) flash.success(words);
  };
  const options = windows.map(({ id, label }) => ({ value: id, label }));
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button loading={busy} onClick={() => void act("ConnectNow", `${name} has connected once, out of turn.`)} data-testid="connect-now">
              Connect now
            </Button>
            {running ? (
              <Button disabled={busy} onClick={() => void act("StopApplication", `${name} has stopped.`)} data-testid="stop-application">
                Stop
              </Button>
            ) : (
              <Button disabled={busy} onClick={() => void act("StartApplication", `${name} is running again, with nothing in its memory.`)} data-testid="restart-application">
                Start again
              </Button>
            )}
            <Button disabled={busy} onClick={() => setDeleting(true)} data-testid="delete-application">
              Delete
            </Button>
          </SpaceBetween>
        }
      >
        <span className="copyable-text">{name}</span>
      </Header>
      {refused && <AwsErrorNote refused={refused} />}
      <Container header={<Header variant="h2">Application</Header>} data-testid="application">
        <KeyValuePairs
          columns={narrow ? 1 : 3}
          items={[
            { label: "State", value: <StatusIndicator type={running ? "in-progress" : "stopped"}>{running ? "Running" : `Stopped. ${row.StoppedBecause ?? ""}`}</StatusIndicator> },
            { label: "Secret", value: <GoLink to={secretPath(secretName(row.SecretId))}>{secretName(row.SecretId)}</GoLink> },
            { label: "Role", value: <ConsoleLink to={`/console/iam/roles/details/${encodeURIComponent(row.RoleName)}`}>{row.RoleName}</ConsoleLink> },
            { label: "Logins", value: <span data-testid="login-counts">{`${succeeded.toLocaleString("en")} succeeded, ${failed.toLocaleString("en")} failed`}</span> },
            { label: "Logs in", value: `Every ${row.IntervalSeconds === 1 ? "second" : lengthOf(row.IntervalSeconds * 1_000)}` },
            { label: "Keeps what it read", value: row.Strategy === "never-refreshes" ? "Until it is started again" : row.CacheSeconds === 0 ? "Not at all" : `For ${lengthOf(row.CacheSeconds * 1_000)}` },
            { label: "Started", value: <LabDate seconds={row.startedAt / 1_000} /> },
            { label: "Strategy", value: strategy.label },
            { label: "What that means", value: strategy.description },
          ]}
        />
      </Container>
      <Container
        data-testid="rotation-and-logins"
        header={
          <Header
            variant="h2"
            actions={
              <div className="story-window">
                <Select ariaLabel="Time shown" selectedOption={options.find(({ value }) => value === window.id)!} options={options} onChange={({ detail }) => setChosen(detail.selectedOption.value)} data-testid="story-window" />
              </div>
            }
          >
            Rotation and logins
          </Header>
        }
      >
        <SpaceBetween size="l">
          <StoryFigure story={story} window={window} />
          <StoryList story={story} window={window} />
        </SpaceBetween>
      </Container>
      <OutageTable outages={story.outages} now={now} />
      {deleting && (
        <ConfirmModal
          title="Delete application"
          action="Delete"
          testId="delete-application"
          done={`${name} is gone.`}
          onClose={() => setDeleting(false)}
          onDone={() => navigate("applications")}
          work={(ask) => ask("application", "DeleteApplication", { Name: name })}
        >
          It stops, and what it lived through is forgotten. The secret and the database stay as they are.
        </ConfirmModal>
      )}
    </SpaceBetween>
  );
}

function OutageTable({ outages, now }: { outages: Story["outages"]; now: number }) {
  const day = (ms: number): string => `${new Date(ms).toISOString().slice(0, 10)} ${clockTime(ms)}`;
  return (
    <Table
      data-testid="outages"
      wrapLines
      header={
        <Header variant="h2" counter={`(${outages.length})`} description="From a login that failed to the next one that succeeded.">
          Outages
        </Header>
      }
      items={[...outages].reverse()}
      trackBy={({ from }) => String(from)}
      columnDefinitions={[
        { id: "from", header: "From (UTC)", cell: ({ from }) => day(from), isRowHeader: true, minWidth: 150 },
        { id: "length", header: "Length", cell: ({ from, until }) => (until === undefined ? `${lengthOf(now - from)} so far` : lengthOf(until - from)) },
        { id: "failed", header: "Logins that failed", cell: ({ failed }) => failed.toLocaleString("en") },
        { id: "words", header: "What it was told", cell: ({ message }) => <span className="aws-words">{message}</span>, minWidth: 220 },
      ]}
      empty="No outage so far."
    />
  );
}
