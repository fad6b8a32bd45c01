"use client";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ScheduleForm } from "./rotation-words";

const units = (["hours", "days", "weeks", "months"] as const).map((value) => ({ value, label: value[0].toUpperCase() + value.slice(1) }));

/** Rotation schedule, UTC: built, or as an expression; and the window in which a rotation has to be done. */
export function ScheduleField({ form, change }: { form: ScheduleForm; change(part: Partial<ScheduleForm>): void }) {
  return (
    <SpaceBetween size="m">
      <FormField label="Rotation schedule" description="In UTC.">
        <RadioGroup
          ariaLabel="Rotation schedule"
          value={form.kind}
          onChange={({ detail }) => change({ kind: detail.value as ScheduleForm["kind"] })}
          items={[
            { value: "builder", label: "Schedule expression builder" },
            { value: "expression", label: "Schedule expression" },
          ]}
          data-testid="schedule-kind"
        />
      </FormField>
      {form.kind === "builder" ? (
        <div className="pair-row">
          <FormField label="Every">
            <Input type="number" inputMode="numeric" value={form.every} onChange={({ detail }) => change({ every: detail.value })} data-testid="schedule-every" />
          </FormField>
          <FormField label="Time unit">
            <Select selectedOption={units.find(({ value }) => value === form.unit)!} options={units} onChange={({ detail }) => change({ unit: detail.selectedOption.value as ScheduleForm["unit"] })} data-testid="schedule-unit" />
          </FormField>
        </div>
      ) : (
        <FormField label="Schedule expression" constraintText="rate(4 hours), rate(10 days), or cron(minutes hours day-of-month month day-of-week year).">
          <Input value={form.expression} spellcheck={false} onChange={({ detail }) => change({ expression: detail.value })} data-testid="schedule-expression" />
        </FormField>
      )}
      <FormField label="Window duration - optional" description="Hours from its beginning in which a rotation may start." constraintText="A whole number of hours.">
        <Input type="number" inputMode="numeric" value={form.window} placeholder="4" onChange={({ detail }) => change({ window: detail.value })} data-testid="schedule-window" />
      </FormField>
    </SpaceBetween>
  );
}
