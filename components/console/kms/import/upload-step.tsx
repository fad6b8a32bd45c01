"use client";
import { useMemo, useState } from "react";
import Container from "@cloudscape-design/components/container";
import DatePicker from "@cloudscape-design/components/date-picker";
import FileUpload from "@cloudscape-design/components/file-upload";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import TimeInput from "@cloudscape-design/components/time-input";
import { fromBase64, toBase64 } from "@/lib/engine/crypto/bytes";
import { useNow } from "../../frame/lab";
import { absoluteTime } from "../../frame/time-words";
import type { ImportMode, KeptFile } from "./import-draft";
import type { ImportStepProps } from "./import-wizard";
import { WrapPanel } from "./wrap-panel";

/** The most that ImportKeyMaterial takes in either blob. Source: KMS API, ImportKeyMaterial. */
const LONGEST = 6144;

/** What is sent to KMS, and when the material expires. Source: KMS Developer Guide, Step 4: Import the key material. */
export function UploadStep({ draft, change, metadata, mode }: ImportStepProps & { mode: ImportMode }) {
  const now = useNow();
  const symmetric = metadata.KeySpec === "SYMMETRIC_DEFAULT";
  return (
    <SpaceBetween size="m">
      <WrapPanel draft={draft} change={change} metadata={metadata} />
      <Container header={<Header variant="h2">Encrypted key material and import token</Header>}>
        <SpaceBetween size="l">
          <FileField
            label="Wrapped key material"
            description="The file with your key material, encrypted under the wrapping public key."
            testId="wrapped-file"
            file={draft.wrapped}
            onChange={(wrapped) => change({ wrapped })}
          />
          <FileField
            label="Import token"
            description="The file that was downloaded with the wrapping public key."
            testId="token-file"
            file={draft.token}
            onChange={(token) => change({ token })}
          />
          {symmetric && (
            <FormField label="Key material description - optional" description={mode === "initial" || mode === "new" ? undefined : "Left empty, the description stays as it is."}>
              <Input value={draft.description} onChange={({ detail }) => change({ description: detail.value })} data-testid="material-description" />
            </FormField>
          )}
        </SpaceBetween>
      </Container>
      <Container header={<Header variant="h2">Expiration option</Header>}>
        <SpaceBetween size="m">
          <FormField label="Choose an expiration option" stretch>
            <RadioGroup
              ariaLabel="Choose an expiration option"
              data-testid="expiration"
              value={draft.expires ? "yes" : "no"}
              onChange={({ detail }) => change({ expires: detail.value === "yes" })}
              items={[
                { value: "no", label: "Key material does not expire" },
                {
                  value: "yes",
                  label: "Key material expires",
                  description: "KMS deletes it on that date, and the key cannot be used until you import the same material again.",
                },
              ]}
            />
          </FormField>
          {draft.expires && (
            <SpaceBetween direction="horizontal" size="s">
              <FormField label="Expiration date" constraintText={`By the lab's clock, where it is ${absoluteTime(now)}. At most 365 days away.`}>
                <DatePicker
                  value={draft.date}
                  onChange={({ detail }) => change({ date: detail.value })}
                  placeholder="YYYY/MM/DD"
                  openCalendarAriaLabel={(date) => (date ? `Choose expiration date, ${date} is chosen` : "Choose expiration date")}
                  isDateEnabled={(date) => date.getTime() > now - 86_400_000 && date.getTime() < now + 366 * 86_400_000}
                  data-testid="expiration-date"
                />
              </FormField>
              <FormField label="Time (UTC)" constraintText="24 hours">
                <TimeInput
                  value={draft.time}
                  format="hh:mm"
                  placeholder="hh:mm"
                  onChange={({ detail }) => change({ time: detail.value })}
                  data-testid="expiration-time"
                />
              </FormField>
            </SpaceBetween>
          )}
        </SpaceBetween>
      </Container>
    </SpaceBetween>
  );
}

interface FileFieldProps {
  label: string;
  description: string;
  testId: string;
  file?: KeptFile;
  onChange(file: KeptFile | undefined): void;
}

/** One small file, kept in the draft. */
function FileField({ label, description, testId, file, onChange }: FileFieldProps) {
  const [problem, setProblem] = useState<string>();
  const shown = useMemo(() => (file ? [new File([fromBase64(file.base64) as BlobPart], file.name)] : []), [file]);
  const take = async (chosen: File | undefined) => {
    setProblem(undefined);
    if (!chosen) return onChange(undefined);
    if (chosen.size > LONGEST) return setProblem(`${chosen.name} has ${chosen.size} bytes. KMS takes ${LONGEST} at most.`);
    onChange({ name: chosen.name, base64: toBase64(new Uint8Array(await chosen.arrayBuffer())) });
  };
  return (
    <FormField label={label} description={description} errorText={problem} stretch>
      <FileUpload
        value={shown}
        onChange={({ detail }) => void take(detail.value[0])}
        showFileSize
        data-testid={testId}
        i18nStrings={{
          uploadButtonText: () => "Upload file",
          dropzoneText: () => "Drop the file here",
          removeFileAriaLabel: () => `Remove the file of ${label.toLowerCase()}`,
          limitShowFewer: "Show fewer files",
          limitShowMore: "Show more files",
          errorIconAriaLabel: "Error",
        }}
      />
    </FormField>
  );
}
