"use client";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useFlash } from "../../frame/flash";
import { useFormDraft } from "../../frame/lab";
import { pathTo } from "../../frame/place";
import { StepWizard } from "../../frame/step-wizard";
import { useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import type { KeyMetadata } from "../key-rows";
import { materialTab } from "../key-specs";
import { DownloadStep } from "./download-step";
import { emptyImport, importInput, uploadProblem, type ImportDraft, type ImportMode } from "./import-draft";
import { UploadStep } from "./upload-step";

/** Key material into a key of origin EXTERNAL, in the AWS console's two pages. `id` is the key's. */
export function ImportKeyMaterial({ id, mode, navigate }: { id: string; mode: ImportMode; navigate(path: string): void }) {
  const key = useLoad(`import|${id}`, (ask) => ask<{ KeyMetadata: KeyMetadata }>("kms", "DescribeKey", { KeyId: id }));
  if (key.refused) {
    return (
      <SpaceBetween size="m">
        <Header variant="h1">Import key material</Header>
        <AwsErrorNote refused={key.refused} />
      </SpaceBetween>
    );
  }
  if (!key.data) return <Spinner size="large" />;
  // By ARN: the same key id may wait for material in several Regions.
  const { KeyMetadata: metadata } = key.data;
  return <Steps key={`${metadata.Arn} ${mode}`} metadata={metadata} mode={mode} navigate={navigate} />;
}

export interface ImportStepProps {
  draft: ImportDraft;
  change(part: Partial<ImportDraft>): void;
  metadata: KeyMetadata;
}

/**
 * Step 1 gets the wrapping public key and the import token; step 2 sends what was wrapped with it.
 * Source: KMS Developer Guide, Importing key material for AWS KMS keys, steps 2 to 4.
 */
function Steps({ metadata, mode, navigate }: { metadata: KeyMetadata; mode: ImportMode; navigate(path: string): void }) {
  const [draft, change, clear, begun] = useFormDraft(`kms/import/${metadata.Arn}/${mode}`, emptyImport);
  const { busy, refused, run, clear: forget } = useMutation();
  const flash = useFlash();
  const leave = () => {
    clear();
    navigate(pathTo("keys", metadata.KeyId, materialTab(metadata)));
  };
  const problem = uploadProblem(draft);
  const submit = async () => {
    if (problem || !(await run((ask) => ask("kms", "ImportKeyMaterial", importInput(draft, metadata, mode))))) return;
    flash.success(
      mode === "new"
        ? "Your key material was imported. Rotate the key to make it current."
        : "Your key material was imported into the key.",
    );
    leave();
  };
  const form = { draft, change, metadata };
  return (
    <StepWizard
      testId="import"
      step={draft.step}
      onStep={(step) => {
        forget();
        change({ step });
      }}
      submitLabel="Upload key material"
      onSubmit={() => void submit()}
      busy={busy}
      refused={refused}
      onDismissRefusal={forget}
      begun={begun}
      onLeave={leave}
      steps={[
        { title: "Download wrapping public key and import token", content: <DownloadStep {...form} /> },
        { title: "Upload your wrapped key material", content: <UploadStep {...form} mode={mode} />, problem },
      ]}
    />
  );
}
