"use client";
import { useState } from "react";
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { toBase64, utf8 } from "@/lib/engine/crypto/bytes";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { CopyButton } from "../../frame/copyable";
import { useMutation } from "../../frame/use-mutation";
import { ciphertextIn } from "../configuration/ciphertexts";
import { KeySelect } from "../configuration/key-select";
import type { Variable } from "../configuration/variables-editor";
import { decryptPolicy, decryptProgram, variableContext } from "./decrypt-code";

/** Encrypts one value under a KMS key, and shows what the code and its role need to decrypt it. */
export function EncryptVariable({
  variable: { key: name, value },
  functionName,
  runtime,
  role,
  onEncrypted,
  onClose,
}: {
  variable: Variable;
  functionName: string;
  runtime: string;
  role: string;
  onEncrypted(value: string): void;
  onClose(): void;
}) {
  const [key, setKey] = useState("");
  const [done, setDone] = useState(false);
  const { busy, refused, run } = useMutation();
  const already = !done && ciphertextIn(value) !== undefined;
  const encrypt = () =>
    run(async (ask) => {
      const { CiphertextBlob } = await ask<{ CiphertextBlob: string }>("kms", "Encrypt", { KeyId: key, Plaintext: toBase64(utf8(value)), EncryptionContext: variableContext(functionName) });
      onEncrypted(CiphertextBlob);
      setDone(true);
    });
  const program = decryptProgram(runtime, name || "NAME");
  const policy = decryptPolicy(key || "<key ARN>", functionName);
  return (
    <Modal
      visible
      size="large"
      onDismiss={onClose}
      header={`Encrypt ${name || "the variable"}`}
      closeAriaLabel="Close"
      data-testid="encrypt-modal"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant={done ? "primary" : "link"} onClick={onClose} data-testid="encrypt-close">
              {done ? "Done" : "Cancel"}
            </Button>
            {!done && (
              <Button variant="primary" loading={busy} disabled={!key || !value} onClick={() => void encrypt()} data-testid="encrypt-submit">
                Encrypt
              </Button>
            )}
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {refused && <AwsErrorNote refused={refused} />}
        {done && (
          <Alert type="success" data-testid="encrypted">
            The value is now a ciphertext. Save the variables, and put this code into the function.
          </Alert>
        )}
        {already && <Alert type="warning">The value is a ciphertext of KMS’s already.</Alert>}
        {!done && (
          <FormField label="AWS KMS key to encrypt in transit" description="Your call, kms:Encrypt, with the function’s name as encryption context." stretch>
            <KeySelect value={key} onChange={setKey} label="AWS KMS key to encrypt in transit" testId="transit-key" />
          </FormField>
        )}
        <Snippet title="In the function’s code" what="code" text={program} />
        <Snippet title={`In a policy of the execution role ${role.split("/").at(-1)}`} what="policy" text={policy} />
      </SpaceBetween>
    </Modal>
  );
}

function Snippet({ title, what, text }: { title: string; what: string; text: string }) {
  return (
    <div>
      <div className="code-files-tools">
        <Box variant="awsui-key-label">{title}</Box>
        <CopyButton text={text} what={what} />
      </div>
      <pre className="json-view" tabIndex={0} role="region" aria-label={title} data-testid={`decrypt-${what}`}>
        {text}
      </pre>
    </div>
  );
}
