"use client";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { PatternEditor } from "../pattern/pattern-editor";
import { PatternTest } from "../pattern/pattern-test";
import { PickForm } from "./pick-form";
import { patternOf, type RuleDraft } from "./rule-draft";
import type { StepProps } from "./rule-form";
import { ScheduleStep } from "./schedule-step";

/** What the rule waits for: an event, or a time. */
export function EventStep({ draft, change }: StepProps) {
  if (draft.kind === "schedule") return <ScheduleStep draft={draft} change={change} />;
  const byForm = draft.method === "form";
  const pattern = patternOf(draft);
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2" description="Which events the rule is for. A field’s value must be one of those in its list; all fields that are named must fit.">Event pattern</Header>}>
        <SpaceBetween size="l">
          <FormField label="Creation method" stretch>
            <RadioGroup
              ariaLabel="Creation method"
              value={draft.method}
              onChange={({ detail }) => change({ method: detail.value as RuleDraft["method"], ...(detail.value === "json" && { pattern }) })}
              items={[
                { value: "form", label: "Use pattern form", description: "Choose a service and a kind of event." },
                { value: "json", label: "Custom pattern (JSON editor)", description: "Write it; what the form made is where you begin." },
              ]}
              data-testid="pattern-method"
            />
          </FormField>
          {byForm && <PickForm draft={draft} change={change} />}
          <PatternEditor key={draft.method} value={pattern} onChange={byForm ? undefined : (text) => change({ pattern: text })} />
        </SpaceBetween>
      </Container>
      <PatternTest pattern={pattern} sample={draft.sample} onSample={(sample) => change({ sample })} />
    </SpaceBetween>
  );
}
