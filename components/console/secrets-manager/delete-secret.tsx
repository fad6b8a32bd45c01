"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { ConfirmModal } from "../frame/confirm-modal";

/** Schedules a secret's deletion. Source: Secrets Manager User Guide, Delete an AWS Secrets Manager secret. */
export function DeleteSecret({ name, onClose, onDone }: { name: string; onClose(): void; onDone(forced: boolean): void }) {
  const [days, setDays] = useState("30");
  const [forced, setForced] = useState(false);
  const wrong = !forced && !/^(?:[7-9]|[12]\d|30)$/.test(days);
  return (
    <ConfirmModal
      title={forced ? "Delete secret at once" : "Schedule deletion"}
      testId="delete-secret"
      typed={forced ? name : undefined}
      done={forced ? `${name} was deleted.` : `${name} will be deleted in ${days} days. Until then it can be restored, and not read.`}
      onClose={onClose}
      onDone={() => onDone(forced)}
      // A number that AWS would refuse is sent all the same: its own words are the better answer.
      work={(ask) => ask("secretsmanager", "DeleteSecret", forced ? { SecretId: name, ForceDeleteWithoutRecovery: true } : { SecretId: name, RecoveryWindowInDays: Number(days) || 0 })}
    >
      <Box variant="p">
        Programs that read <code>{name}</code> get an error from now on. {forced ? "Nothing of it can be brought back in AWS; here, undo does." : ""}
      </Box>
      <FormField label="Waiting period" constraintText="From 7 to 30 days." errorText={wrong ? "Enter a number of days from 7 to 30." : undefined}>
        <Input type="number" inputMode="numeric" value={days} disabled={forced} onChange={({ detail }) => setDays(detail.value)} data-testid="waiting-period" />
      </FormField>
      <Checkbox checked={forced} onChange={({ detail }) => setForced(detail.checked)} data-testid="force-delete">
        Delete without a waiting period (AWS offers this by its API only)
      </Checkbox>
    </ConfirmModal>
  );
}
