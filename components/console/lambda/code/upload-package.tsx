"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FileUpload from "@cloudscape-design/components/file-upload";
import FormField from "@cloudscape-design/components/form-field";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { toBase64 } from "@/lib/engine/crypto/bytes";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useFlash } from "../../frame/flash";
import { useMutation } from "../../frame/use-mutation";
import type { FunctionConfiguration } from "../lambda-types";
import { mostBytes } from "./package-draft";

/** A package from the learner's own machine, deployed as it is. It stays in this browser. */
export function UploadPackage({ configuration: { FunctionName }, onClose, onDone }: { configuration: FunctionConfiguration; onClose(): void; onDone(): void }) {
  const [files, setFiles] = useState<File[]>([]);
  const { busy, refused, run } = useMutation();
  const flash = useFlash();
  const submit = async () => {
    const bytes = new Uint8Array(await files[0].arrayBuffer());
    if (!(await run((ask) => ask("lambda", "UpdateFunctionCode", { FunctionName, ZipFile: toBase64(bytes) })))) return;
    flash.success(`Successfully updated the function ${FunctionName}.`);
    onDone();
    onClose();
  };
  return (
    <Modal
      visible
      onDismiss={onClose}
      header="Upload a .zip file"
      closeAriaLabel="Close"
      data-testid="upload-modal"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" disabled={!files.length} loading={busy} onClick={() => void submit()} data-testid="upload-submit">
              Save
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="s">
        {refused && <AwsErrorNote refused={refused} />}
        <Box variant="p">The files in it take the place of the function’s code at once, and of changes that were not deployed. Nothing leaves this page.</Box>
        <FormField label="Deployment package" constraintText={`A .zip file of at most ${mostBytes / 1024 / 1024} MB in this lab; AWS takes 50 MB.`}>
          <FileUpload
            accept=".zip"
            value={files}
            onChange={({ detail }) => setFiles(detail.value)}
            showFileSize
            i18nStrings={{
              uploadButtonText: () => "Choose file",
              dropzoneText: () => "Drop the file here",
              removeFileAriaLabel: () => "Remove file",
              limitShowFewer: "Show fewer",
              limitShowMore: "Show more",
              errorIconAriaLabel: "Error",
            }}
            data-testid="upload-file"
          />
        </FormField>
      </SpaceBetween>
    </Modal>
  );
}
