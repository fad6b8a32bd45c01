"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { ConfirmModal } from "../../frame/confirm-modal";
import { Parts } from "../../frame/copyable";
import { EmptyState } from "../../frame/empty-state";
import { GoButton } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import type { Subject } from "../lambda-types";
import { loadPolicy, named, type PolicyStatement } from "../load-functions";
import { functionPath } from "../place-of";

/** Who may use the function, beside the identities of its account whose own policies let them. */
export function ResourcePolicy({ subject, arn }: { subject: Subject; arn: string }) {
  const statements = useLoad(`function-policy|${subject.name}|${subject.qualifier ?? ""}`, (ask) => loadPolicy(ask, subject));
  const [chosen, setChosen] = useState<string>();
  const [open, setOpen] = useState<"view" | "remove">();
  const selected = statements.data?.find(({ Sid }) => Sid === chosen);
  if (statements.refused) return <AwsErrorNote refused={statements.refused} />;
  return (
    <>
      <Table<PolicyStatement>
        data-testid="resource-policy"
        wrapLines
        trackBy="Sid"
        selectionType="single"
        selectedItems={selected ? [selected] : []}
        onSelectionChange={({ detail }) => setChosen(detail.selectedItems[0]?.Sid)}
        ariaLabels={{ selectionGroupLabel: "Statements", itemSelectionLabel: (_, { Sid }) => `Select statement ${Sid}` }}
        loading={statements.loading && !statements.data}
        loadingText="Loading statements"
        items={statements.data ?? []}
        header={
          <Header
            variant="h2"
            counter={statements.data && `(${statements.data.length})`}
            description="Lets services and other accounts invoke the function. EventBridge and Secrets Manager need a statement here."
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button disabled={!selected} onClick={() => setOpen("view")} data-testid="view-statement">
                  View
                </Button>
                <Button disabled={!selected} onClick={() => setOpen("remove")} data-testid="remove-statement">
                  Delete
                </Button>
                <GoButton to={functionPath(subject, "edit", "permission")} data-testid="add-permission">
                  Add permissions
                </GoButton>
              </SpaceBetween>
            }
          >
            Resource-based policy statements
          </Header>
        }
        columnDefinitions={[
          { id: "sid", header: "Statement ID", cell: ({ Sid }) => <span className="copyable-text">{Sid}</span>, isRowHeader: true },
          { id: "principal", header: "Principal", cell: ({ Principal }) => <Parts text={principalWords(Principal)} /> },
          { id: "action", header: "Action", cell: ({ Action }) => <code>{Action}</code> },
          {
            id: "condition",
            header: "Conditions",
            cell: ({ Condition }) => (
              <ul className="plain-list">
                {Object.values(Condition ?? {})
                  .flatMap((test) => Object.entries(test))
                  .map(([key, value]) => (
                    <li key={key}>
                      {key}: <Parts text={value} />
                    </li>
                  ))}
                {!Condition && <li>-</li>}
              </ul>
            ),
          },
        ]}
        empty={
          <EmptyState
            title="No policy statements"
            command={`aws lambda add-permission --function-name ${subject.name} --statement-id events --action lambda:InvokeFunction --principal events.amazonaws.com`}
          >
            No service and no other account may invoke this function. Identities of this account may, where their own policies say so.
          </EmptyState>
        }
      />
      {open === "view" && selected && (
        <Modal visible onDismiss={() => setOpen(undefined)} header={selected.Sid} closeAriaLabel="Close">
          <pre className="json-view" tabIndex={0} role="region" aria-label="Statement, JSON">
            {JSON.stringify(selected, null, 2)}
          </pre>
        </Modal>
      )}
      {open === "remove" && selected && (
        <ConfirmModal
          title="Delete statement"
          testId="remove-statement"
          done={`The statement ${selected.Sid} was deleted.`}
          work={(ask) => ask("lambda", "RemovePermission", { ...named(subject), StatementId: selected.Sid })}
          onClose={() => setOpen(undefined)}
          onDone={() => setChosen(undefined)}
        >
          <Box variant="p">
            {principalWords(selected.Principal)} may no longer use <span className="copyable-text">{arn}</span> by this statement. What relies on it fails from then on.
          </Box>
        </ConfirmModal>
      )}
    </>
  );
}

const principalWords = (principal: PolicyStatement["Principal"]): string => (principal === "*" ? "Everyone (*)" : Object.values(principal).join(", "));
