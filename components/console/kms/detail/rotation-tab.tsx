"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Modal from "@cloudscape-design/components/modal";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { Copyable } from "../../frame/copyable";
import { EmptyState } from "../../frame/empty-state";
import { useFlash } from "../../frame/flash";
import { LabDate, LabTime } from "../../frame/lab-time";
import { useFormDraft } from "../../frame/lab";
import { usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import type { KeyMetadata } from "../key-rows";
import { canRotate } from "../key-specs";
import { loadMaterials, rotationWords, words } from "./key-materials";
import { RotateNow } from "./rotate-now";

interface RotationStatus {
  KeyRotationEnabled: boolean;
  RotationPeriodInDays?: number;
  NextRotationDate?: number;
  OnDemandRotationStartDate?: number;
}

/** Automatic rotation, rotation on demand, and the key materials that there have been. Source: KMS Developer Guide, Rotate keys. */
export function RotationTab({ metadata }: { metadata: KeyMetadata }) {
  const { KeyId } = metadata;
  const { narrow } = usePlace();
  const [open, setOpen] = useState<"edit" | "rotate">();
  const status = useLoad(`rotation|${KeyId}`, (ask) => ask<RotationStatus>("kms", "GetKeyRotationStatus", { KeyId }));
  const rotations = useLoad(`rotations|${KeyId}`, (ask) => loadMaterials(ask, KeyId));
  const replica = metadata.MultiRegionConfiguration?.MultiRegionKeyType === "REPLICA";
  const automatic = canRotate(metadata);
  return (
    <SpaceBetween size="m">
      <Container
        header={
          <Header
            variant="h2"
            description={replica && "Related multi-Region keys share it. It is set on the primary key."}
            actions={
              automatic && (
                <Button disabled={!status.data} onClick={() => setOpen("edit")} data-testid="rotation-edit">
                  Edit
                </Button>
              )
            }
          >
            Automatic key rotation
          </Header>
        }
      >
        {status.refused && <AwsErrorNote refused={status.refused} />}
        {status.loading && !status.data && <Spinner />}
        {status.data && (
          <KeyValuePairs
            columns={narrow ? 2 : 3}
            minColumnWidth={narrow ? 200 : 150}
            items={[
              {
                label: "Status",
                value: status.data.KeyRotationEnabled ? (
                  <StatusIndicator type="success">Enabled</StatusIndicator>
                ) : (
                  <StatusIndicator type="stopped">Disabled</StatusIndicator>
                ),
              },
              { label: "Rotation period", value: status.data.RotationPeriodInDays ? `${status.data.RotationPeriodInDays} days` : "-" },
              { label: "Next rotation date", value: <LabDate seconds={status.data.NextRotationDate} /> },
            ]}
          />
        )}
      </Container>
      <Container
        header={
          <Header
            variant="h2"
            description="New key material at once. It does not change the schedule of automatic rotation. A key can be rotated on demand 25 times."
            actions={
              <Button onClick={() => setOpen("rotate")} data-testid="rotate-now">
                Rotate now
              </Button>
            }
          >
            On-demand rotation
          </Header>
        }
      >
        <Box variant="p">
          The key id, ARN, aliases and policy stay. What was encrypted before is decrypted with the old material, which KMS keeps for as
          long as the key exists.
        </Box>
      </Container>
      {rotations.refused ? (
        <AwsErrorNote refused={rotations.refused} />
      ) : (
        <Table
          data-testid="rotation-history"
          items={rotations.data ?? []}
          loading={rotations.loading && !rotations.data}
          loadingText="Loading key materials"
          header={
            <Header variant="h2" counter={`(${rotations.data?.length ?? 0})`}>
              Key materials
            </Header>
          }
          columnDefinitions={[
            {
              id: "id",
              header: "Key material ID",
              cell: ({ KeyMaterialId }) =>
                KeyMaterialId ? <Copyable text={KeyMaterialId} what="key material ID">{`${KeyMaterialId.slice(0, 12)}…`}</Copyable> : "-",
              isRowHeader: true,
            },
            { id: "state", header: "State", cell: ({ KeyMaterialState }) => words(KeyMaterialState) },
            {
              id: "type",
              header: "Rotation type",
              cell: rotationWords,
            },
            { id: "date", header: "Rotation date", cell: ({ RotationDate }) => <LabTime seconds={RotationDate} /> },
          ]}
          empty={
            <EmptyState title="No rotations yet" command={`aws kms rotate-key-on-demand --key-id ${KeyId}`}>
              Each rotation gives the key new material and keeps the old. They will be listed here.
            </EmptyState>
          }
        />
      )}
      {open === "edit" && status.data && <EditRotation keyId={KeyId} status={status.data} onClose={() => setOpen(undefined)} />}
      {open === "rotate" && <RotateNow keyId={KeyId} onClose={() => setOpen(undefined)} />}
    </SpaceBetween>
  );
}

interface RotationForm {
  enabled?: boolean;
  days?: string;
}
const noForm: RotationForm = {};

function EditRotation({ keyId, status, onClose }: { keyId: string; status: RotationStatus; onClose(): void }) {
  const [form, change, clear] = useFormDraft<RotationForm>(`kms/rotation/${keyId}`, noForm);
  const { busy, refused, run } = useMutation();
  const flash = useFlash();
  const enabled = form.enabled ?? status.KeyRotationEnabled;
  const days = form.days ?? String(status.RotationPeriodInDays ?? 365);
  const period = Number(days);
  const problem =
    enabled && !(/^\d+$/.test(days) && period >= 90 && period <= 2560)
      ? "The rotation period is a whole number of days from 90 to 2560."
      : undefined;
  const submit = async () => {
    const worked = await run((ask) =>
      enabled
        ? ask("kms", "EnableKeyRotation", { KeyId: keyId, RotationPeriodInDays: period })
        : ask("kms", "DisableKeyRotation", { KeyId: keyId }),
    );
    if (!worked) return;
    flash.success(enabled ? `Automatic rotation is on: every ${period} days.` : "Automatic rotation is off.");
    clear();
    onClose();
  };
  return (
    <Modal
      visible
      onDismiss={() => {
        clear();
        onClose();
      }}
      header="Edit automatic key rotation"
      closeAriaLabel="Close"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button
              variant="link"
              onClick={() => {
                clear();
                onClose();
              }}
            >
              Cancel
            </Button>
            <Button variant="primary" loading={busy} disabled={!!problem} onClick={() => void submit()} data-testid="rotation-save">
              Save
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {refused && <AwsErrorNote refused={refused} />}
        <FormField label="Key rotation">
          <RadioGroup
            ariaLabel="Key rotation"
            data-testid="rotation-enabled"
            value={enabled ? "on" : "off"}
            onChange={({ detail }) => change({ enabled: detail.value === "on" })}
            items={[
              { value: "on", label: "Enable" },
              { value: "off", label: "Disable" },
            ]}
          />
        </FormField>
        {enabled && (
          <FormField label="Rotation period (in days)" constraintText="90 to 2560 days, counted from today." errorText={problem}>
            <Input
              type="number"
              inputMode="numeric"
              value={days}
              onChange={({ detail }) => change({ days: detail.value })}
              data-testid="rotation-period"
            />
          </FormField>
        )}
      </SpaceBetween>
    </Modal>
  );
}
