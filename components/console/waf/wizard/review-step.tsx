"use client";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs, { type KeyValuePairsProps } from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { usePlace } from "../../frame/place";
import { useScopeWords } from "../shared/scope-tabs";
import { inOrder } from "../rule/shape";
import { actionText, ruleText } from "../rule/words";
import type { HolderDraft } from "./acl-draft";

export interface ReviewStepProps {
  draft: HolderDraft;
  change(part: Partial<HolderDraft>): void;
  /** Beside the rules: capacity, default action. */
  facts: KeyValuePairsProps.Item[];
  /** What belongs to the first step alone. */
  first?: KeyValuePairsProps.Item[];
}

/** Everything once more. */
export function ReviewStep({ draft, change, facts, first = [] }: ReviewStepProps) {
  const { narrow } = usePlace();
  const words = useScopeWords();
  const columns = narrow ? 1 : 4;
  const edit = (step: number, what: string) => (
    <Button formAction="none" onClick={() => change({ step })} ariaLabel={`Edit ${what}`}>
      Edit
    </Button>
  );
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2" actions={edit(0, "description")}>Step 1: Describe</Header>}>
        <KeyValuePairs
          columns={columns}
          items={[
            { label: "Name", value: draft.name || "-" },
            { label: "Scope", value: words[draft.scope] },
            { label: "Description", value: draft.description || "-" },
            { label: "Tags", value: draft.tags.map(({ key, value }) => `${key}=${value}`).join(", ") || "-" },
            ...first,
          ]}
        />
      </Container>
      <Container header={<Header variant="h2" actions={edit(1, "rules")}>Steps 2 and 3: Rules, in order</Header>}>
        <SpaceBetween size="m">
          <KeyValuePairs columns={columns} items={facts} />
          <Table
            variant="embedded"
            data-testid="review-rules"
            wrapLines
            items={inOrder(draft.rules)}
            trackBy="Name"
            columnDefinitions={[
              { id: "name", header: "Name", isRowHeader: true, cell: ({ Name }) => Name },
              { id: "action", header: "Action", cell: actionText },
              { id: "what", header: "Looks for", cell: ruleText },
            ]}
            empty={<Box color="text-body-secondary">No rules</Box>}
          />
        </SpaceBetween>
      </Container>
      <Container header={<Header variant="h2" actions={edit(3, "metrics")}>Step 4: Metrics</Header>}>
        <KeyValuePairs
          columns={columns}
          items={[
            { label: "CloudWatch metric", value: draft.visibility.CloudWatchMetricsEnabled ? draft.visibility.MetricName : "Off" },
            { label: "Sampled requests", value: draft.visibility.SampledRequestsEnabled ? "Kept" : "Off" },
            { label: "Rules with metrics", value: `${draft.rules.filter(({ VisibilityConfig }) => VisibilityConfig.CloudWatchMetricsEnabled).length} of ${draft.rules.length}` },
          ]}
        />
      </Container>
    </SpaceBetween>
  );
}
