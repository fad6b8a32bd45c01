"use client";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useWhere } from "../../frame/lab";
import { usePlace } from "../../frame/place";
import { kindNames } from "../event-types";
import { permitWords } from "./permits";
import { expressionOf, patternOf } from "./rule-draft";
import type { StepProps } from "./rule-form";
import { targetName } from "./target-draft";

/** Everything once more, and what is done beside the rule. */
export function ReviewStep({ draft, change }: StepProps) {
  const { narrow } = usePlace();
  const where = useWhere();
  const edit = (step: number, what: string) => (
    <Button formAction="none" onClick={() => change({ step })} ariaLabel={`Edit ${what}`}>
      Edit
    </Button>
  );
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2" actions={edit(0, "rule detail")}>Step 1: Define rule detail</Header>}>
        <KeyValuePairs
          columns={narrow ? 1 : 4}
          items={[
            { label: "Name", value: draft.name.trim() || "-" },
            { label: "Event bus", value: draft.bus },
            { label: "Status", value: draft.on ? (draft.allCalls && draft.kind === "pattern" ? "Enabled, reading calls too" : "Enabled") : "Disabled" },
            { label: "Description", value: draft.description.trim() || "-" },
          ]}
        />
      </Container>
      <Container header={<Header variant="h2" actions={edit(1, draft.kind === "pattern" ? "event pattern" : "schedule")}>{draft.kind === "pattern" ? "Step 2: Build event pattern" : "Step 2: Define schedule"}</Header>}>
        {draft.kind === "pattern" ? (
          <pre className="json-view" tabIndex={0} role="region" aria-label="Event pattern, JSON" data-testid="review-pattern">
            {patternOf(draft)}
          </pre>
        ) : (
          <code data-testid="review-schedule">{expressionOf(draft)}</code>
        )}
      </Container>
      <Table
        data-testid="review-targets"
        wrapLines
        header={
          <Header variant="h2" counter={`(${draft.targets.length})`} actions={edit(2, "targets")}>
            Step 3: Select target(s)
          </Header>
        }
        items={draft.targets}
        columnDefinitions={[
          { id: "name", header: "Target", isRowHeader: true, cell: (target) => <span className="aws-words">{targetName(target, where)}</span> },
          { id: "type", header: "Type", cell: ({ kind, choice }) => `${kindNames[kind]}${choice === "new" && (kind === "logs" || kind === "sqs") ? ", new" : ""}` },
          {
            id: "also",
            header: "What is done beside it",
            cell: (target) => {
              const words = [...permitWords(target), ...(target.kind === "bus" && target.roleChoice === "new" ? ["A role is made that may send to this bus, and that EventBridge may take on."] : [])];
              return words.length ? words.map((line) => <div key={line}>{line}</div>) : "-";
            },
          },
        ]}
        empty={<Box>The rule will match, and tell nobody.</Box>}
      />
      {draft.tags.length > 0 && (
        <Container header={<Header variant="h2">Tags</Header>}>
          <KeyValuePairs columns={narrow ? 1 : 4} items={draft.tags.map(({ key, value }) => ({ label: key, value: value || "-" }))} />
        </Container>
      )}
    </SpaceBetween>
  );
}
