"use client";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Toggle from "@cloudscape-design/components/toggle";
import { nameProblem, type RuleDraft } from "./rule-draft";
import type { StepProps } from "./rule-form";

export function DetailStep({ draft, change, buses, editing }: StepProps & { buses: readonly string[]; editing: boolean }) {
  return (
    <Container header={<Header variant="h2">Rule detail</Header>}>
      <SpaceBetween size="l">
        <FormField label="Name" constraintText="Maximum of 64 characters: letters, digits, and . - _" errorText={draft.name && nameProblem(draft.name)}>
          <Input value={draft.name} onChange={({ detail }) => change({ name: detail.value })} disabled={editing} spellcheck={false} data-testid="rule-name" />
        </FormField>
        <FormField label="Description - optional" stretch>
          <Input value={draft.description} onChange={({ detail }) => change({ description: detail.value })} data-testid="rule-description" />
        </FormField>
        <FormField label="Event bus" description="The bus whose events this rule sees. AWS services send to the default one.">
          <Select
            selectedOption={{ value: draft.bus, label: draft.bus }}
            options={buses.map((value) => ({ value, label: value }))}
            disabled={editing}
            onChange={({ detail }) => change({ bus: detail.selectedOption.value! })}
            data-testid="rule-bus"
          />
        </FormField>
        <Toggle checked={draft.on} onChange={({ detail }) => change({ on: detail.checked })} data-testid="rule-on">
          Enable the rule on the selected event bus
        </Toggle>
        <FormField label="Rule type" stretch>
          <RadioGroup
            ariaLabel="Rule type"
            value={draft.kind}
            onChange={({ detail }) => change({ kind: detail.value as RuleDraft["kind"] })}
            items={[
              { value: "pattern", label: "Rule with an event pattern", description: "It runs when an event matches the pattern." },
              { value: "schedule", label: "Schedule", description: "It runs by the clock. For new schedules AWS recommends EventBridge Scheduler, which is not simulated.", disabled: draft.bus !== "default" },
            ]}
            data-testid="rule-kind"
          />
        </FormField>
        {draft.kind === "pattern" && draft.bus === "default" && (
          <Checkbox
            checked={draft.allCalls}
            onChange={({ detail }) => change({ allCalls: detail.checked })}
            description="Else a rule for API calls gets only those whose names do not begin with Get, List or Describe (the state ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS)."
            data-testid="rule-all-calls"
          >
            Match calls that only read, too
          </Checkbox>
        )}
      </SpaceBetween>
    </Container>
  );
}
