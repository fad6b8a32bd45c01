"use client";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useLoad } from "../../frame/use-load";
import { isStored, type Stack, type TemplateSummary } from "../cfn-types";
import { storedNames, storedValues, type StoredValue } from "../load-stacks";
import { keepsSecret, valueOf, type StackDraft } from "./stack-draft";

/** The stack's name and its parameters; of those that Parameter Store holds, what stands there now. */
export function DetailsStep({ draft, change, summary, stack }: { draft: StackDraft; change(part: Partial<StackDraft>): void; summary: TemplateSummary | undefined; stack?: Stack }) {
  const values = Object.fromEntries((summary?.Parameters ?? []).map((parameter) => [parameter.ParameterKey, valueOf(draft, parameter, stack) ?? ""]));
  const names = storedNames(summary, values);
  const stored = useLoad(names.length ? `stored|${JSON.stringify(names)}` : undefined, (ask) => storedValues(ask, names));
  return (
    <SpaceBetween size="m">
      <Container header={<Header variant="h2">Stack name</Header>}>
        <FormField label="Stack name" constraintText={stack ? "The name cannot be changed." : "Begins with a letter; letters, digits and hyphens, at most 128."}>
          <Input value={stack?.StackName ?? draft.name} readOnly={!!stack} onChange={({ detail }) => change({ name: detail.value })} spellcheck={false} data-testid="stack-name" />
        </FormField>
      </Container>
      <Container header={<Header variant="h2" description="Defined in the template. They let the same text make different stacks.">Parameters</Header>}>
        {!summary?.Parameters.length ? (
          <Box color="text-body-secondary">The template has no parameters.</Box>
        ) : (
          <SpaceBetween size="l">
            {summary.Parameters.map((parameter) => (
              <ParameterField
                key={parameter.ParameterKey}
                parameter={parameter}
                value={valueOf(draft, parameter, stack)}
                kept={keepsSecret(draft, parameter, stack)}
                stored={stored.data?.[(valueOf(draft, parameter, stack) ?? "").trim()]}
                onChange={(value) => change({ parameters: { ...draft.parameters, [parameter.ParameterKey]: value } })}
              />
            ))}
          </SpaceBetween>
        )}
      </Container>
    </SpaceBetween>
  );
}

interface FieldProps {
  parameter: TemplateSummary["Parameters"][number];
  value: string | undefined;
  /** A secret that stays as it is. */
  kept: boolean;
  stored?: StoredValue;
  onChange(value: string): void;
}

function ParameterField({ parameter: { ParameterKey, ParameterType, Description, NoEcho, ParameterConstraints }, value, kept, stored, onChange }: FieldProps) {
  const choices = ParameterConstraints.AllowedValues;
  const byName = isStored(ParameterType);
  return (
    <FormField label={ParameterKey} description={Description} constraintText={byName ? `${ParameterType}: the name of a parameter in Parameter Store` : ParameterType} stretch={byName}>
      <SpaceBetween size="xxs">
        {choices ? (
          <Select
            ariaLabel={ParameterKey}
            selectedOption={value === undefined ? null : { value, label: value }}
            options={choices.map((choice) => ({ value: String(choice), label: String(choice) }))}
            onChange={({ detail }) => onChange(detail.selectedOption.value!)}
            data-testid={`parameter-${ParameterKey}`}
          />
        ) : (
          <Input
            type={NoEcho ? "password" : "text"}
            value={value ?? ""}
            placeholder={kept ? "As it is" : undefined}
            onChange={({ detail }) => onChange(detail.value)}
            spellcheck={false}
            autoComplete={false}
            data-testid={`parameter-${ParameterKey}`}
          />
        )}
        {byName && value?.trim() && stored && (
          <div data-testid={`stored-${ParameterKey}`}>
            {stored.value === undefined ? (
              <StatusIndicator type="error">{stored.problem}</StatusIndicator>
            ) : (
              <StatusIndicator type="success">
                Now: <code className="copyable-text">{stored.value}</code>
              </StatusIndicator>
            )}
          </div>
        )}
      </SpaceBetween>
    </FormField>
  );
}
