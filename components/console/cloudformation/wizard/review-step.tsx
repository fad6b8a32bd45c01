"use client";
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { isStored, type Stack, type TemplateSummary } from "../cfn-types";
import { storedNames, storedValues } from "../load-stacks";
import { keepsSecret, valueOf, type StackDraft } from "./stack-draft";

/** All that was chosen, what the template will make, and the consent that AWS asks for. */
export function ReviewStep({ draft, change, summary, stack, busy, onSubmit }: { draft: StackDraft; change(part: Partial<StackDraft>): void; summary: TemplateSummary; stack?: Stack; busy: boolean; onSubmit(): void }) {
  const { narrow } = usePlace();
  const values = Object.fromEntries(summary.Parameters.map((parameter) => [parameter.ParameterKey, valueOf(draft, parameter, stack) ?? ""]));
  const names = storedNames(summary, values);
  const stored = useLoad(names.length ? `stored|${JSON.stringify(names)}` : undefined, (ask) => storedValues(ask, names));
  return (
    <SpaceBetween size="m">
      <Container header={<Header variant="h2">Stack</Header>}>
        <KeyValuePairs
          columns={narrow ? 1 : 3}
          items={[
            { label: "Stack name", value: stack?.StackName ?? draft.name },
            { label: "Description", value: summary.Description ?? "-" },
            { label: "Role", value: draft.roleArn || "None: as you" },
            { label: "On failure", value: draft.onFailure === "rollback" ? "Roll back" : "Preserve what succeeded" },
            { label: "Tags", value: draft.tags.length ? draft.tags.map(({ key, value }) => `${key} = ${value}`).join(", ") : "-" },
          ]}
        />
      </Container>
      <Table
        wrapLines
        items={summary.Parameters}
        trackBy="ParameterKey"
        header={
          <Header variant="h2" counter={`(${summary.Parameters.length})`}>
            Parameters
          </Header>
        }
        columnDefinitions={[
          { id: "key", header: "Key", cell: ({ ParameterKey }) => ParameterKey, isRowHeader: true },
          {
            id: "value",
            header: "Value",
            cell: (parameter) => (keepsSecret(draft, parameter, stack) ? "As it is" : parameter.NoEcho ? "****" : values[parameter.ParameterKey] || "-"),
          },
          {
            id: "resolved",
            header: "Resolved value",
            cell: ({ ParameterKey, ParameterType }) => (isStored(ParameterType) ? (stored.data?.[values[ParameterKey].trim()]?.value ?? stored.data?.[values[ParameterKey].trim()]?.problem ?? "-") : "-"),
          },
        ]}
        empty={<Box color="text-body-secondary">The template has no parameters.</Box>}
      />
      <Table
        wrapLines
        items={summary.ResourceIdentifierSummaries.flatMap(({ ResourceType, LogicalResourceIds }) => LogicalResourceIds.map((id) => ({ id, type: ResourceType })))}
        trackBy="id"
        header={<Header variant="h2">Resources of the template</Header>}
        columnDefinitions={[
          { id: "id", header: "Logical ID", cell: ({ id }) => id, isRowHeader: true },
          { id: "type", header: "Type", cell: ({ type }) => type },
        ]}
      />
      {!!summary.Capabilities?.length && (
        <Alert type="info" header="The template makes IAM resources" data-testid="capabilities">
          <SpaceBetween size="xs">
            <span>{summary.CapabilitiesReason} They may let somebody do more than you wish: look at their policies first.</span>
            <Checkbox checked={draft.acknowledged} onChange={({ detail }) => change({ acknowledged: detail.checked })}>
              I acknowledge that CloudFormation might create IAM resources ({summary.Capabilities.join(", ")})
            </Checkbox>
          </SpaceBetween>
        </Alert>
      )}
      <Box>
        A change set shows what would be done before it is done. Or{" "}
        <Button variant="inline-link" formAction="none" disabled={busy || (!!summary.Capabilities?.length && !draft.acknowledged)} onClick={onSubmit} data-testid="submit-at-once">
          {stack ? "update the stack at once" : "create the stack at once"}
        </Button>
        .
      </Box>
    </SpaceBetween>
  );
}
