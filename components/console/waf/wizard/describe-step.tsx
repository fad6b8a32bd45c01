"use client";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { NewTags } from "../../frame/tags";
import { Line } from "../shared/choose";
import { useScopeWords } from "../shared/scope-tabs";
import { descriptionProblem, metricProblem, nameProblem, type Scope } from "../waf-types";
import { named, type HolderDraft } from "./acl-draft";

export interface DescribeStepProps {
  draft: HolderDraft;
  change(part: Partial<HolderDraft>): void;
  title: string;
  scopeHint: Record<Scope, string>;
}

/** Name, scope and tags. */
export function DescribeStep({ draft, change, title, scopeHint }: DescribeStepProps) {
  const words = useScopeWords();
  const { name, description, visibility, scope } = draft;
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">{title}</Header>}>
        <SpaceBetween size="l">
          <FormField label="Resource type">
            <RadioGroup
              ariaLabel="Resource type"
              value={scope}
              items={(["REGIONAL", "CLOUDFRONT"] as const).map((value) => ({ value, label: words[value], description: scopeHint[value] }))}
              onChange={({ detail }) => change({ scope: detail.value as Scope, rules: [], writing: undefined, ...("resources" in draft ? { resources: [] } : {}) } as Partial<HolderDraft>)}
              data-testid="wizard-scope"
            />
          </FormField>
          <Line label="Name" value={name} onChange={(next) => change(named(draft, next))} errorText={name === "" ? undefined : nameProblem(name)} constraintText="It cannot be changed later." mono testId="wizard-name" />
          <Line label="Description - optional" value={description} onChange={(next) => change({ description: next })} errorText={descriptionProblem(description)} testId="wizard-description" />
          <Line
            label="CloudWatch metric name"
            value={visibility.MetricName}
            onChange={(MetricName) => change({ visibility: { ...visibility, MetricName } })}
            errorText={visibility.MetricName === "" ? undefined : metricProblem(visibility.MetricName)}
            mono
            testId="wizard-metric"
          />
        </SpaceBetween>
      </Container>
      <Container header={<Header variant="h2">Tags - optional</Header>}>
        <NewTags tags={draft.tags} onChange={(tags) => change({ tags })} />
      </Container>
    </SpaceBetween>
  );
}
