"use client";
import { useState } from "react";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { ConfirmModal } from "../../frame/confirm-modal";
import { SecretKeySelect } from "../key-select";
import { DEFAULT_KEY, type Secret } from "../secret-types";

/** Description and key. With another key, the labelled versions are encrypted anew. Source: Secrets Manager API, UpdateSecret. */
export function EditBasics({ secret, onClose }: { secret: Secret; onClose(): void }) {
  const [description, setDescription] = useState(secret.Description ?? "");
  const [key, setKey] = useState(secret.KmsKeyId ?? DEFAULT_KEY);
  const other = key !== (secret.KmsKeyId ?? DEFAULT_KEY);
  return (
    <ConfirmModal
      title="Edit description and key"
      action="Save"
      testId="edit-secret"
      done={`${secret.Name} was saved.`}
      onClose={onClose}
      work={(ask) => ask("secretsmanager", "UpdateSecret", { SecretId: secret.ARN, Description: description, ...(other && { KmsKeyId: key }) })}
    >
      <FormField label="Description">
        <Input value={description} onChange={({ detail }) => setDescription(detail.value)} data-testid="edit-description" />
      </FormField>
      <FormField label="Encryption key" description={other ? "The labelled versions are encrypted anew under this key." : undefined}>
        <SecretKeySelect value={key} onChange={setKey} testId="edit-key" />
      </FormField>
    </ConfirmModal>
  );
}
