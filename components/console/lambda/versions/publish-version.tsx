"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useFlash } from "../../frame/flash";
import { usePlace } from "../../frame/place";
import { useMutation } from "../../frame/use-mutation";
import type { FunctionConfiguration } from "../lambda-types";
import { functionPath } from "../place-of";

/** Makes a version of $LATEST as it is now: code, settings and environment variables. */
export function PublishVersion({ name, onClose }: { name: string; onClose(): void }) {
  const { navigate } = usePlace();
  const [description, setDescription] = useState("");
  const { busy, refused, run } = useMutation();
  const flash = useFlash();
  const publish = async () => {
    let version = "";
    const done = await run(async (ask) => {
      version = (await ask<FunctionConfiguration>("lambda", "PublishVersion", { FunctionName: name, ...(description && { Description: description }) })).Version;
    });
    if (!done) return;
    flash.success(<span data-testid="published">Version {version} of {name} is there.</span>);
    onClose();
    navigate(functionPath({ name, qualifier: version }));
  };
  return (
    <Modal
      visible
      onDismiss={onClose}
      header="Publish new version from $LATEST"
      closeAriaLabel="Close"
      data-testid="publish-modal"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" loading={busy} onClick={() => void publish()} data-testid="publish-submit">
              Publish
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="s">
        {refused && <AwsErrorNote refused={refused} />}
        <Box variant="p">A version keeps code, settings and environment variables as they are now. None of it can be changed in it. Where nothing has changed since the last version, AWS makes no new one.</Box>
        <FormField label="Version description - optional">
          <Input value={description} onChange={({ detail }) => setDescription(detail.value)} data-testid="publish-description" />
        </FormField>
      </SpaceBetween>
    </Modal>
  );
}
