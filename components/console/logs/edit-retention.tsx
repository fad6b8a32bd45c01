"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Modal from "@cloudscape-design/components/modal";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { AwsErrorNote } from "../frame/aws-error-note";
import { useFlash } from "../frame/flash";
import { useMutation } from "../frame/use-mutation";
import { RETENTIONS, retentionWords, type LogGroup } from "./logs-types";

export const retentionOptions = [undefined, ...RETENTIONS].map((days) => ({ value: String(days ?? ""), label: retentionWords(days) }));

export function EditRetention({ group: { logGroupName, retentionInDays }, onClose }: { group: LogGroup; onClose(): void }) {
  const [days, setDays] = useState(String(retentionInDays ?? ""));
  const { busy, refused, run } = useMutation();
  const flash = useFlash();
  const save = async () => {
    const done = await run(async (ask) => {
      if (days) await ask("logs", "PutRetentionPolicy", { logGroupName, retentionInDays: Number(days) });
      else if (retentionInDays !== undefined) await ask("logs", "DeleteRetentionPolicy", { logGroupName });
    });
    if (!done) return;
    flash.success(`Events of ${logGroupName}: ${retentionWords(days ? Number(days) : undefined)}.`);
    onClose();
  };
  return (
    <Modal
      visible
      onDismiss={onClose}
      header="Edit retention setting"
      closeAriaLabel="Close"
      data-testid="retention-modal"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" loading={busy} onClick={() => void save()} data-testid="retention-save">
              Save
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="s">
        {refused && <AwsErrorNote refused={refused} />}
        <FormField label="Retention setting" description="Older events are no longer shown, and AWS deletes them within 72 hours.">
          <Select
            ariaLabel="Retention setting"
            selectedOption={retentionOptions.find(({ value }) => value === days) ?? null}
            options={retentionOptions}
            onChange={({ detail }) => setDays(detail.selectedOption.value ?? "")}
            data-testid="retention"
          />
        </FormField>
      </SpaceBetween>
    </Modal>
  );
}
