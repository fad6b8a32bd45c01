"use client";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Toggle from "@cloudscape-design/components/toggle";
import { metricProblem, type VisibilityConfig } from "../waf-types";
import { Line } from "./choose";

/** Metrics and samples of a web ACL, rule group or rule. */
export function MetricFields({ visibility, onChange, errorText, id }: { visibility: VisibilityConfig; onChange(visibility: VisibilityConfig): void; errorText?: string; id: string }) {
  return (
    <SpaceBetween size="s">
      <Line
        label="CloudWatch metric name"
        value={visibility.MetricName}
        onChange={(MetricName) => onChange({ ...visibility, MetricName })}
        errorText={errorText ?? (visibility.MetricName === "" ? undefined : metricProblem(visibility.MetricName))}
        mono
        testId={`${id}-metric`}
      />
      <Toggle checked={visibility.CloudWatchMetricsEnabled} onChange={({ detail }) => onChange({ ...visibility, CloudWatchMetricsEnabled: detail.checked })} data-testid={`${id}-metrics-on`}>
        CloudWatch metrics
      </Toggle>
      <Toggle checked={visibility.SampledRequestsEnabled} onChange={({ detail }) => onChange({ ...visibility, SampledRequestsEnabled: detail.checked })} data-testid={`${id}-samples-on`}>
        Sampled requests
      </Toggle>
    </SpaceBetween>
  );
}
