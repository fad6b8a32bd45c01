"use client";
import { useState } from "react";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { ConfirmModal } from "../../frame/confirm-modal";
import { ConsoleLink } from "../../frame/console-link";
import { Copyable } from "../../frame/copyable";
import { EmptyState } from "../../frame/empty-state";
import { GoButton, usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { kindNames, kindOfArn, nameOfArn, type Rule, type Target } from "../event-types";
import { loadTargets } from "../load-events";
import { consoleOf, rulePath } from "../place-of";

/** What a rule sends to, and in what form. */
export function TargetsTab({ rule: { Name, EventBusName } }: { rule: Rule }) {
  const { narrow } = usePlace();
  const loaded = useLoad(`targets|${EventBusName}|${Name}`, (ask) => loadTargets(ask, EventBusName, Name));
  const [selected, select] = useState<Target[]>([]);
  const [removing, setRemoving] = useState(false);
  const edit = rulePath(EventBusName, Name, "edit");
  const targets = loaded.data ?? [];
  const chosen = targets.filter(({ Id }) => selected.some((one) => one.Id === Id));
  const columns: TableProps.ColumnDefinition<Target>[] = [
    { id: "name", header: "Target name", cell: ({ Arn }) => <TargetName arn={Arn} />, isRowHeader: true, minWidth: 160 },
    { id: "type", header: "Type", cell: ({ Arn }) => kindNames[kindOfArn(Arn)!] ?? "-", minWidth: 130 },
    { id: "arn", header: "ARN", cell: ({ Arn }) => <Copyable text={Arn} what="ARN" />, minWidth: 220 },
    { id: "input", header: "Input", cell: inputWords, minWidth: 110 },
    { id: "role", header: "Role", cell: ({ RoleArn }) => (RoleArn ? <RoleLink arn={RoleArn} /> : "-") },
    { id: "dead", header: "Dead-letter queue", cell: ({ DeadLetterConfig }) => (DeadLetterConfig?.Arn ? nameOfArn(DeadLetterConfig.Arn) : "-"), minWidth: 130 },
  ];
  return (
    <SpaceBetween size="m">
      {loaded.refused && <AwsErrorNote refused={loaded.refused} />}
      <Table
        data-testid="rule-targets"
        wrapLines
        trackBy="Id"
        selectionType="multi"
        selectedItems={chosen}
        onSelectionChange={({ detail }) => select(detail.selectedItems)}
        ariaLabels={{ selectionGroupLabel: "Targets", allItemsSelectionLabel: () => "Select all targets", itemSelectionLabel: (_, { Id }) => `Select target ${Id}` }}
        items={targets}
        columnDefinitions={narrow ? columns.filter(({ id }) => id === "name" || id === "input") : columns}
        loading={loaded.loading && !loaded.data && !loaded.refused}
        loadingText="Loading targets"
        header={
          <Header
            variant="h2"
            counter={loaded.data && `(${targets.length})`}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button disabled={!chosen.length} onClick={() => setRemoving(true)} data-testid="remove-targets">
                  Remove
                </Button>
                <GoButton to={edit} data-testid="edit-targets">
                  Edit
                </GoButton>
              </SpaceBetween>
            }
          >
            Targets
          </Header>
        }
        empty={
          <EmptyState title="No targets" action={<GoButton to={edit}>Add a target</GoButton>} command={`aws events put-targets --rule ${Name} --targets Id=log,Arn=arn:aws:logs:us-east-1:111122223333:log-group:/aws/events/all`}>
            The rule matches, and tells nobody.
          </EmptyState>
        }
      />
      {removing && (
        <ConfirmModal
          title="Remove targets"
          action="Remove"
          testId="remove-targets"
          work={(ask) => ask("events", "RemoveTargets", { Rule: Name, EventBusName, Ids: chosen.map(({ Id }) => Id) })}
          done={chosen.length === 1 ? "The target was removed." : `${chosen.length} targets were removed.`}
          onClose={() => setRemoving(false)}
        >
          The rule will not send to {chosen.map(({ Arn }) => nameOfArn(Arn)).join(", ")} any more. What is there stays, and so do its permissions.
        </ConfirmModal>
      )}
    </SpaceBetween>
  );
}

export function TargetName({ arn }: { arn: string }) {
  const place = consoleOf(arn);
  const name = nameOfArn(arn);
  return place ? <ConsoleLink to={place}>{name}</ConsoleLink> : <span className="aws-words">{name}</span>;
}

function RoleLink({ arn }: { arn: string }) {
  const name = arn.slice(arn.lastIndexOf("/") + 1);
  return <ConsoleLink to={`/console/iam/roles/details/${encodeURIComponent(name)}`}>{name}</ConsoleLink>;
}

export const inputWords = ({ Input, InputPath, InputTransformer }: Target): string =>
  Input !== undefined ? "Constant (JSON text)" : InputPath !== undefined ? `Part of the event: ${InputPath}` : InputTransformer ? "Input transformer" : "Matched event";
