"use client";
import { memo, useMemo } from "react";
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { outcomeSentences } from "@/lib/engine/traffic/series";
import { useJournal } from "../../frame/lab";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { EmptyState } from "../../frame/empty-state";
import { GoButton, GoLink, usePlace } from "../../frame/place";
import { useMutation } from "../../frame/use-mutation";
import { thingPath } from "../place-of";
import type { Scope } from "../waf-types";
import type { ChartMark } from "./chart";
import { clockTime, count, length, markWords } from "./model";
import { lastSamples, type Sample } from "./last-samples";
import { Plan } from "./plan";
import { RulesPanel, rateRulesOf } from "./rules-panel";
import { Samples } from "./samples";
import { StreamGraphs } from "./stream-graphs";
import { speeds, usePlayer, type Player, type Speed } from "./use-player";
import { useStream, type StreamRecords } from "./use-stream";

/** A stream of traffic: played on the lab's clock, and what came of it. */
export function StreamPage({ id }: { id: string }) {
  const { shown } = usePlace();
  const player = usePlayer(id, shown);
  // While it plays the graphs move with its turns, not with every call.
  const stream = useStream(id, player.playing ? player.turn : undefined);
  const journal = useJournal();
  const moment = player.playing ? player.turn : journal;
  const samples = useMemo(() => lastSamples(journal, id), [id, moment]);
  if (stream === undefined) return <Spinner size="large" />;
  if (stream === null)
    return (
      <EmptyState title="No such traffic" action={<GoButton to="traffic">All traffic</GoButton>}>
        It is not here: in another Region or account, or taken back.
      </EmptyState>
    );
  return <Stream stream={stream} player={player} samples={samples} />;
}

const Stream = memo(function Stream({ stream, player, samples }: { stream: StreamRecords; player: Player; samples: readonly Sample[] }) {
  const { row, position, totals, resource, acl } = stream;
  const { scenario, stoppedAt } = row;
  const over = position.over || stoppedAt !== undefined;
  const rates = useMemo(() => rateRulesOf(acl), [acl]);
  const marks = useMemo(() => totals.marks.map((mark, at): ChartMark => ({ at: mark.at, what: mark.what, number: at + 1 })), [totals.marks]);
  const names = useMemo(() => Object.fromEntries(scenario.sources.map(({ id, name }) => [id, name])), [scenario]);
  const ordered = Object.fromEntries(scenario.sources.flatMap(({ id }) => (totals.sources[id] ? [[id, totals.sources[id]]] : [])));
  const sentences = outcomeSentences({ sources: ordered } as Parameters<typeof outcomeSentences>[0], names);
  const said = totals.marks.at(-1);
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        description={
          <>
            To {resource?.Name ?? "a resource that is gone"}
            {acl ? (
              <>
                , protected by <GoLink to={thingPath("web-acls", acl.Scope as Scope, acl)}>{acl.Name}</GoLink>
              </>
            ) : (
              ", which no web ACL protects: everything comes through"
            )}
            .
          </>
        }
      >
        {scenario.title}
      </Header>
      {player.refused && <AwsErrorNote refused={player.refused} onDismiss={player.clear} />}
      <Controls stream={stream} player={player} over={over} said={said && `${clockTime(said.at)}: ${markWords(said, rates)}`} />
      <Container header={<Header variant="h2">What comes of it</Header>}>
        <StreamGraphs stream={stream} marks={marks} />
      </Container>
      <div className="traffic-graphs">
        <Container header={<Header variant="h2">In words</Header>} data-testid="traffic-words">
          <SpaceBetween size="s">
            {sentences.length ? (
              <ul className="traffic-list" data-testid="traffic-sentences">
                {sentences.map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ul>
            ) : (
              <Box color="text-body-secondary">Nothing has come yet. Press Play.</Box>
            )}
            {totals.marks.length > 0 && (
              <ol className="traffic-list traffic-marks" data-testid="traffic-marks" aria-label="When rate-based rules tripped and released">
                {totals.marks.map((mark, at) => (
                  <li key={`${mark.at} ${mark.rule} ${mark.what}`}>
                    <b>
                      {at + 1} {mark.what === "tripped" ? "▲" : "▽"}
                    </b>
                    <span>{clockTime(mark.at)}</span>
                    <span>{markWords(mark, rates)}</span>
                  </li>
                ))}
              </ol>
            )}
            {totals.gaps.some(({ paused }) => !paused) && <Alert type="info">{skipped(totals.gaps)}</Alert>}
          </SpaceBetween>
        </Container>
        <Container header={<Header variant="h2" description={acl ? "Change one while it plays, and see what comes of it." : undefined}>Rules</Header>} data-testid="traffic-rules-panel">
          {acl ? <RulesPanel acl={acl} stream={stream} onChanged={player.refresh} /> : <EmptyState title="No web ACL" action={<GoButton to="create/web-acl/regional">Create web ACL</GoButton>}>Nothing looks at these requests. Associate a web ACL with {resource?.Name ?? "the resource"} and play on.</EmptyState>}
        </Container>
      </div>
      <Samples samples={samples} names={names} acl={acl} />
      <ExpandableSection variant="container" headerText="Who comes when" defaultExpanded>
        <SpaceBetween size="s">
          <Box>{scenario.what}</Box>
          <Plan scenario={scenario} elapsed={elapsedOf(stream)} />
        </SpaceBetween>
      </ExpandableSection>
    </SpaceBetween>
  );
});

const elapsedOf = ({ position: { traffic } }: StreamRecords): number => Math.max(0, traffic.nowMs - traffic.startMs) / 1_000;

const skipped = (gaps: StreamRecords["totals"]["gaps"]): string => {
  const last = gaps.findLast(({ paused }) => !paused)!;
  return `Nothing came from ${clockTime(last.from)} to ${clockTime(last.to)}: the lab’s clock went on and nobody played. What would have come then is left out.`;
};

function Controls({ stream, player, over, said }: { stream: StreamRecords; player: Player; over: boolean; /** For who does not see the graphs. */ said: string | undefined }) {
  const { row, position } = stream;
  const { busy, run } = useMutation();
  const { playing, speed, reached } = player;
  const whole = Math.max(...row.scenario.sources.map(({ endSec }) => endSec));
  const elapsed = Math.min(whole, elapsedOf(stream));
  // What was asked for is not always what comes of it.
  const slower = playing && reached !== undefined && reached < speed * 0.8;
  return (
    <Container>
      <div className="traffic-player">
        <SpaceBetween direction="horizontal" size="xs">
          {playing ? (
            <Button variant="primary" iconName="pause" onClick={player.pause} data-testid="traffic-pause">
              Pause
            </Button>
          ) : (
            <Button variant="primary" iconName="play" disabled={over} onClick={player.play} data-testid="traffic-play">
              Play
            </Button>
          )}
          <Button disabled={playing || over} loading={player.busy && !playing} onClick={player.step} data-testid="traffic-step">
            Step 10 s
          </Button>
        </SpaceBetween>
        <SegmentedControl label="Speed" selectedId={String(speed)} options={speeds.map((each) => ({ id: String(each), text: `${each}×` }))} onChange={({ detail }) => player.setSpeed(Number(detail.selectedId) as Speed)} data-testid="traffic-speed" />
        <div className="traffic-clock" data-testid="traffic-clock" data-playing={playing}>
          <b>{length(elapsed)}</b> of {length(whole)}, {count(position.sent)} requests
          {over ? (row.stoppedAt === undefined ? ", ended" : ", stopped") : playing ? (slower ? `, ${Math.max(1, Math.round(reached))}× is as fast as this device goes` : "") : ", paused"}
          <div className="traffic-progress" role="progressbar" aria-label="Of the scenario" aria-valuemin={0} aria-valuemax={Math.round(whole)} aria-valuenow={Math.round(elapsed)} aria-valuetext={`${length(elapsed)} of ${length(whole)}`}>
            <span style={{ inlineSize: `${(elapsed / whole) * 100}%` }} />
          </div>
          <div aria-live="polite" className="waf-hidden" data-testid="traffic-said">
            {said}
          </div>
        </div>
        {over ? (
          <GoButton to="traffic" data-testid="traffic-another">
            Start another
          </GoButton>
        ) : (
          <Button
            disabled={busy}
            onClick={() => {
              player.pause();
              void run(async (ask) => void (await ask("traffic", "StopTraffic", { StreamId: row.StreamId })));
            }}
            data-testid="traffic-stop"
          >
            End it
          </Button>
        )}
      </div>
    </Container>
  );
}
