"use client";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import { openWhy } from "../../frame/lab";
import { usePlace } from "../../frame/place";
import { clockTime, loginSource, type Window } from "./story";
import type { Story } from "./use-story";

interface Line {
  id: string;
  at: number;
  what: string;
  ok: boolean;
  outcome: string;
  /** How often, and what it was told. */
  words?: string;
  with: string;
  seq?: number;
}

/** What came of it, one thing after another: steps of the rotation among the logins. */
export function linesOf({ logins, steps, spans }: Pick<Story, "logins" | "steps" | "spans">, { from, to }: Window): Line[] {
  const lines: Line[] = [
    ...steps.flatMap(({ seq, at, step, ok, problem }) => (at < from || at > to ? [] : [{ id: `step-${seq}`, at, what: `Rotation: ${step}`, ok, outcome: ok ? "Done" : "Failed", words: problem, with: "-", seq }])),
    ...logins.flatMap((login) => {
      const { number, at, until, count, ok, user, versionId, again, error, seq } = login;
      if (until < from || at > to) return [];
      const times = count > 1 ? `${count.toLocaleString("en")} times until ${clockTime(until)}.` : "";
      return [{
        id: `login-${number}`, at, seq, ok,
        what: `${user ? `Login as ${user}` : "Reading the login"}${again ? ", second try" : ""}`,
        outcome: ok ? "Succeeded" : "Failed",
        words: [error?.message, times].filter(Boolean).join(". "),
        with: versionId ? `${loginSource(login, spans)}, version ${versionId.slice(0, 8)}` : "-",
      }];
    }),
  ];
  return lines.sort((a, b) => b.at - a.at || b.id.localeCompare(a.id));
}

/** What the drawing shows, line by line, each with its Why?. Newest first. */
export function StoryList({ story, window }: { story: Story; window: Window }) {
  const { narrow } = usePlace();
  const lines = linesOf(story, window);
  const columns: TableProps.ColumnDefinition<Line>[] = [
    { id: "at", header: "When (UTC)", cell: ({ at }) => <span title={new Date(at).toISOString()}>{window.to - window.from > 86_400_000 ? `${new Date(at).toISOString().slice(5, 10)} ${clockTime(at)}` : clockTime(at)}</span>, minWidth: 110 },
    { id: "what", header: "What", cell: ({ what }) => what, isRowHeader: true, minWidth: 150 },
    { id: "outcome", header: "Outcome", cell: ({ ok, outcome, words }) => (
        <>
          <StatusIndicator type={ok ? "success" : "error"}>{outcome}</StatusIndicator>
          {words && <div className="aws-words quiet-line">{words}</div>}
        </>
      ), minWidth: 220 },
    { id: "with", header: "Login from", cell: (line) => line.with, minWidth: 200 },
    {
      id: "why",
      header: "Why?",
      minWidth: 90,
      cell: ({ seq, what, at }) =>
        seq === undefined ? (
          "-"
        ) : (
          <Button variant="inline-link" ariaLabel={`Why? ${what}, ${clockTime(at)}`} onClick={() => openWhy(seq)}>
            Why?
          </Button>
        ),
    },
  ];
  return (
    <Table
      data-testid="story-list"
      variant="embedded"
      wrapLines
      header={
        <Header variant="h3" counter={`(${lines.length})`} description="Newest first. Logins that were alike, and between which nothing changed, are one line.">
          One after another
        </Header>
      }
      items={lines.slice(0, 120)}
      trackBy="id"
      columnDefinitions={narrow ? columns.filter(({ id }) => id !== "with") : columns}
      empty="Nothing happened in this time."
    />
  );
}
