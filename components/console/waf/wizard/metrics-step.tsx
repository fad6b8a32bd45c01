"use client";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { Refusal } from "../../frame/use-load";
import { fieldProblem } from "../shared/field-problem";
import { MetricFields } from "../shared/metric-fields";
import { inOrder } from "../rule/shape";
import type { HolderDraft } from "./acl-draft";

/** What is counted of the whole, and of each rule. */
export function MetricsStep({ draft, change, refused, of }: { draft: HolderDraft; change(part: Partial<HolderDraft>): void; refused?: Refusal; of: string }) {
  const { rules, visibility } = draft;
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">{of}</Header>}>
        <MetricFields visibility={visibility} onChange={(next) => change({ visibility: next })} errorText={fieldProblem(refused, "METRIC_NAME")} id="acl" />
      </Container>
      {inOrder(rules).map((rule) => (
        <Container key={rule.Name} header={<Header variant="h2">Rule {rule.Name}</Header>}>
          <MetricFields
            visibility={rule.VisibilityConfig}
            onChange={(VisibilityConfig) => change({ rules: rules.map((each) => (each.Name === rule.Name ? { ...each, VisibilityConfig } : each)) })}
            id={`rule-${rule.Name}`}
          />
        </Container>
      ))}
    </SpaceBetween>
  );
}
