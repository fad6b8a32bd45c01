"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { ConfirmModal } from "../frame/confirm-modal";
import type { Database } from "./rds-types";

/** Deletes an instance or a cluster. An instance of a cluster has no snapshot of its own. */
export function DeleteDatabase({ database, onClose, onDone }: { database: Database; onClose(): void; onDone?(): void }) {
  const { kind, id, cluster } = database;
  const member = cluster !== undefined;
  const [snapshot, setSnapshot] = useState(!member);
  const [name, setName] = useState(`${id}-final-snapshot`);
  return (
    <ConfirmModal
      title={`Delete ${id} ${kind}`}
      action="Delete"
      typed="delete me"
      testId="delete-database"
      done={`The ${kind} ${id} is being deleted. Its status shows it until the lab’s clock has moved on.`}
      work={async (ask) => {
        const last = member ? {} : snapshot ? { FinalDBSnapshotIdentifier: name.trim() } : { SkipFinalSnapshot: true };
        await (kind === "instance" ? ask("rds", "DeleteDBInstance", { DBInstanceIdentifier: id, ...last }) : ask("rds", "DeleteDBCluster", { DBClusterIdentifier: id, ...last }));
      }}
      onClose={onClose}
      onDone={onDone}
    >
      <SpaceBetween size="s">
        <Box variant="p">
          The server goes with its tables and its users; open connections break. {database.shared.MasterUserSecret ? "The secret of its master user is deleted with it." : "A secret that you made for it stays in Secrets Manager."}
        </Box>
        {!member && (
          <Checkbox checked={snapshot} onChange={({ detail }) => setSnapshot(detail.checked)} data-testid="final-snapshot">
            Create final snapshot
          </Checkbox>
        )}
        {!member && snapshot && (
          <FormField label="Final snapshot name">
            <Input value={name} onChange={({ detail }) => setName(detail.value)} spellcheck={false} data-testid="final-snapshot-name" />
          </FormField>
        )}
      </SpaceBetween>
    </ConfirmModal>
  );
}
