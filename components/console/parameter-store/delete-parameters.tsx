"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { AwsErrorNote } from "../frame/aws-error-note";
import { useFlash } from "../frame/flash";
import { useMutation } from "../frame/use-mutation";

/** DeleteParameters takes ten names at a time. Source: SSM API, DeleteParameters. */
const AT_ONCE = 10;

export function DeleteParameters({ names, onClose, onDeleted }: { names: string[]; onClose(): void; onDeleted(): void }) {
  // The list behind goes on while the calls run; what was asked for stays.
  const [going] = useState(names);
  const { busy, refused, run } = useMutation();
  const flash = useFlash();
  const submit = async () => {
    const worked = await run(async (ask) => {
      if (going.length === 1) await ask("ssm", "DeleteParameter", { Name: going[0] });
      else
        for (let at = 0; at < going.length; at += AT_ONCE) await ask("ssm", "DeleteParameters", { Names: going.slice(at, at + AT_ONCE) });
    });
    if (!worked) return;
    flash.success(
      going.length === 1
        ? `Delete parameter request succeeded: ${going[0]}`
        : `Delete parameters request succeeded: ${going.length} parameters`,
    );
    onDeleted();
    onClose();
  };
  return (
    <Modal
      visible
      onDismiss={onClose}
      header={going.length === 1 ? "Delete parameter" : "Delete parameters"}
      closeAriaLabel="Close"
      data-testid="delete-parameters-modal"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" loading={busy} onClick={() => void submit()} data-testid="delete-parameters-confirm">
              {going.length === 1 ? "Delete parameter" : "Delete parameters"}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="s">
        {refused && <AwsErrorNote refused={refused} />}
        <Box variant="p">All versions and labels go with it. Programs that read the name will get ParameterNotFound.</Box>
        <ul>
          {going.map((name) => (
            <li key={name}>
              <code>{name}</code>
            </li>
          ))}
        </ul>
      </SpaceBetween>
    </Modal>
  );
}
