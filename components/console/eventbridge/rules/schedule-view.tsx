"use client";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import { nextTime, parseSchedule } from "@/lib/engine/events/schedule";
import type { RuleRow } from "@/lib/engine/events/state";
import { useNow, useRecords, useWhere } from "../../frame/lab";
import { usePlace } from "../../frame/place";
import { absoluteTime } from "../../frame/time-words";
import { isOn, type Rule } from "../event-types";

/** When a schedule runs next: `count` times, ms. */
export function nextRuns(expression: string, now: number, anchor: number, count = 10): number[] {
  const schedule = parseSchedule(expression);
  const times: number[] = [];
  for (let at: number | undefined = now; schedule && times.length < count; times.push(at)) {
    at = nextTime(schedule, at, anchor);
    if (at === undefined) break;
  }
  return times;
}

export function NextRuns({ times }: { times: readonly number[] }) {
  return times.length ? (
    <ol className="plain-list" data-testid="next-runs">
      {times.map((at) => (
        <li key={at}>
          <time dateTime={new Date(at).toISOString()}>{absoluteTime(at)}</time>
        </li>
      ))}
    </ol>
  ) : (
    <Box>It does not run any more.</Box>
  );
}

export function ScheduleView({ rule }: { rule: Rule }) {
  const { narrow } = usePlace();
  const now = useNow();
  const read = useRecords();
  const { account, region } = useWhere();
  const row = read?.({ account, region, service: "events" }).table<RuleRow>("rules").get(`default\0${rule.Name}`);
  return (
    <Container header={<Header variant="h2" description="Times are UTC, by the lab’s clock. Move it ahead to see the rule run.">Event schedule</Header>}>
      <KeyValuePairs
        columns={narrow ? 1 : 2}
        items={[
          { label: "Schedule expression", value: <code data-testid="rule-schedule">{rule.ScheduleExpression}</code> },
          { label: isOn(rule) ? "Next 10 trigger dates" : "Next trigger dates", value: isOn(rule) ? <NextRuns times={row ? nextRuns(rule.ScheduleExpression!, now, row.anchor) : []} /> : "None: the rule is disabled" },
        ]}
      />
    </Container>
  );
}
