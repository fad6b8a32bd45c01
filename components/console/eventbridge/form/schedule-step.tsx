"use client";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useNow } from "../../frame/lab";
import { NextRuns, nextRuns } from "../rules/schedule-view";
import { expressionOf, type RuleDraft, scheduleProblem } from "./rule-draft";
import type { StepProps } from "./rule-form";

const units = ["minute", "hour", "day"] as const;

/** When the rule runs: every so often, or at fixed times in UTC. */
export function ScheduleStep({ draft, change }: StepProps) {
  const now = useNow();
  const problem = scheduleProblem(draft);
  const one = draft.rate.trim() === "1";
  return (
    <Container header={<Header variant="h2" description="Times are UTC, by the lab’s clock. Where it is moved far ahead, the first run and the last twelve are made one by one, and one run stands for all between.">Schedule pattern</Header>}>
      <SpaceBetween size="l">
        <RadioGroup
          ariaLabel="Schedule pattern"
          value={draft.clock}
          onChange={({ detail }) => change({ clock: detail.value as RuleDraft["clock"] })}
          items={[
            { value: "rate", label: "A schedule that runs at a regular rate, such as every 10 minutes" },
            { value: "cron", label: "A fine-grained schedule that runs at specific times, such as 10:00 on the first Monday of every month" },
          ]}
          data-testid="schedule-clock"
        />
        {draft.clock === "rate" ? (
          <FormField label="Rate expression" errorText={problem}>
            <div className="pick-field">
              <Input ariaLabel="Value" type="number" inputMode="numeric" value={draft.rate} onChange={({ detail }) => change({ rate: detail.value })} data-testid="schedule-rate" />
              <Select
                ariaLabel="Unit"
                selectedOption={{ value: draft.unit, label: one ? draft.unit : `${draft.unit}s` }}
                options={units.map((value) => ({ value, label: one ? value : `${value}s` }))}
                onChange={({ detail }) => change({ unit: detail.selectedOption.value as RuleDraft["unit"] })}
                data-testid="schedule-unit"
              />
            </div>
          </FormField>
        ) : (
          <FormField label="Cron expression" description="Minutes, hours, day of month, month, day of week, year; one of the two days is a question mark." constraintText="0 10 ? * 2#1 * is 10:00 on the first Monday of every month." errorText={problem} stretch>
            <Input value={draft.cron} onChange={({ detail }) => change({ cron: detail.value })} spellcheck={false} data-testid="schedule-cron" />
          </FormField>
        )}
        {!problem && (
          <FormField label="Next 10 trigger dates" description={<code>{expressionOf(draft)}</code>} stretch>
            <NextRuns times={nextRuns(expressionOf(draft), now, now)} />
          </FormField>
        )}
      </SpaceBetween>
    </Container>
  );
}
