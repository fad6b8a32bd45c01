"use client";
import { useState } from "react";
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import Tabs, { type TabsProps } from "@cloudscape-design/components/tabs";
import Textarea from "@cloudscape-design/components/textarea";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { Copyable } from "../../frame/copyable";
import { useFlash } from "../../frame/flash";
import { KeyMark } from "../../frame/key-mark";
import { LabDate } from "../../frame/lab-time";
import { useFormDraft } from "../../frame/lab";
import { pathTo, usePlace } from "../../frame/place";
import { leaveOut, useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { KeyActions } from "../key-actions";
import { shortAlias, type AliasEntry, type KeyMetadata, type KeyRow } from "../key-rows";
import { keyTypeOf, materialTab, regionality } from "../key-specs";
import { KeyStatus } from "../key-status";
import { loadAliases } from "../load-keys";
import { useSettling } from "../use-settling";
import { AliasesTab } from "./aliases-tab";
import { CryptographicTab } from "./cryptographic-tab";
import { GrantsTab } from "./grants-tab";
import { KeyMaterialTab } from "./key-material-tab";
import { KeyPolicyTab } from "./key-policy-tab";
import { LastUsageValue } from "./last-usage";
import { PublicKeyTab } from "./public-key-tab";
import { RegionalityTab } from "./regionality-tab";
import { RotationTab } from "./rotation-tab";
import { KeyTagsTab } from "./tags-tab";

export interface KeyPart {
  metadata: KeyMetadata;
  aliases: AliasEntry[];
}

/** One key's page. `under` is the list that it belongs to, which is also the first part of its address. */
export function KeyDetail({ id, tab, under }: { id: string; tab?: string; under: "keys" | "aws-managed" }) {
  const { navigate } = usePlace();
  const key = useLoad<KeyPart>(`key|${id}`, async (ask) => {
    const { KeyMetadata: metadata } = await ask<{ KeyMetadata: KeyMetadata }>("kms", "DescribeKey", { KeyId: id });
    return { metadata, aliases: (await loadAliases(ask, metadata.KeyId).catch(leaveOut)) ?? [] };
  });
  useSettling([key.data?.metadata.KeyState], key.reload);
  if (key.refused) {
    return (
      <SpaceBetween size="m">
        <Header variant="h1">{id}</Header>
        <AwsErrorNote refused={key.refused} />
      </SpaceBetween>
    );
  }
  if (!key.data) return <Spinner size="large" />;
  const { metadata, aliases } = key.data;
  const tabs = tabsFor(key.data);
  const active = tabs.some((one) => one.id === tab) ? tab! : tabs[0].id;
  const row: KeyRow = { id: metadata.KeyId, arn: metadata.Arn, aliases: aliases.map(({ AliasName }) => shortAlias(AliasName)), metadata };
  const customer = metadata.KeyManager === "CUSTOMER";
  return (
    <SpaceBetween size="m">
      <Header variant="h1" actions={customer && <KeyActions rows={[row]} />}>
        <span className="key-line">
          <KeyMark keyId={metadata.KeyId} name={row.aliases[0]} /> {row.aliases[0] ?? metadata.KeyId}
        </span>
      </Header>
      {metadata.KeyState === "PendingDeletion" && (
        <Alert type="warning" header="Pending deletion" data-testid="pending-deletion">
          This key cannot be used and will be deleted on <LabDate seconds={metadata.DeletionDate} />. Until then you can cancel the deletion
          under Key actions.
        </Alert>
      )}
      {metadata.KeyState === "PendingReplicaDeletion" && (
        <Alert type="warning" header="Pending replica deletion" data-testid="pending-deletion">
          This primary key cannot be used. Its waiting period of {metadata.PendingDeletionWindowInDays} days begins when its last replica key
          has been deleted. Until then you can cancel the deletion under Key actions.
        </Alert>
      )}
      {metadata.KeyState === "PendingImport" && (
        <Alert
          type="info"
          header="Pending import"
          data-testid="pending-import"
          action={
            tabs.some(({ id: one }) => one === active && one === materialTab(metadata)) ? undefined : (
              <Button onClick={() => navigate(pathTo(under, id, materialTab(metadata)))}>Key material</Button>
            )
          }
        >
          Key material of this key is missing: it was never imported, was deleted, or has expired. The key can be used when all its material
          is imported.
        </Alert>
      )}
      {!customer && (
        <Alert type="info">
          AWS manages this key for one service. You cannot change its policy, disable, rotate or delete it; AWS rotates it every year.
        </Alert>
      )}
      <General metadata={metadata} aliases={row.aliases} editable={customer} />
      <Tabs
        data-testid="key-tabs"
        ariaLabel="About this key"
        tabs={tabs}
        activeTabId={active}
        onChange={({ detail }) => navigate(pathTo(under, id, detail.activeTabId))}
      />
    </SpaceBetween>
  );
}

function tabsFor(key: KeyPart): TabsProps.Tab[] {
  const { metadata } = key;
  const asymmetric = keyTypeOf(metadata.KeySpec) === "Asymmetric";
  const customer = metadata.KeyManager === "CUSTOMER";
  return [
    { id: "key-policy", label: "Key policy", content: <KeyPolicyTab metadata={metadata} /> },
    { id: "cryptographic-configuration", label: "Cryptographic configuration", content: <CryptographicTab metadata={metadata} /> },
    ...(asymmetric ? [{ id: "public-key", label: "Public key", content: <PublicKeyTab metadata={metadata} /> }] : []),
    { id: "tags", label: "Tags", content: <KeyTagsTab metadata={metadata} /> },
    ...(customer && (metadata.Origin === "EXTERNAL" || metadata.KeySpec === "SYMMETRIC_DEFAULT") ? [materialTabFor(metadata)] : []),
    ...(metadata.MultiRegion ? [{ id: "regionality", label: "Regionality", content: <RegionalityTab metadata={metadata} /> }] : []),
    { id: "aliases", label: "Aliases", content: <AliasesTab metadata={metadata} aliases={key.aliases} /> },
    { id: "grants", label: "Grants", content: <GrantsTab metadata={metadata} /> },
  ];
}

const materialTabFor = (metadata: KeyMetadata): TabsProps.Tab => ({
  id: materialTab(metadata),
  label: metadata.KeySpec === "SYMMETRIC_DEFAULT" ? "Key material and rotations" : "Key material",
  content: metadata.Origin === "EXTERNAL" ? <KeyMaterialTab metadata={metadata} /> : <RotationTab metadata={metadata} />,
});

function General({ metadata, aliases, editable }: { metadata: KeyMetadata; aliases: string[]; editable: boolean }) {
  const [editing, setEditing] = useState(false);
  const { narrow } = usePlace();
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            editable && (
              <Button onClick={() => setEditing(true)} data-testid="edit-description">
                Edit description
              </Button>
            )
          }
        >
          General configuration
        </Header>
      }
    >
      <KeyValuePairs
        columns={narrow ? 2 : 3}
        minColumnWidth={narrow ? 200 : 150}
        items={[
          { label: "Alias", value: aliases[0] ?? "-" },
          { label: "Status", value: <KeyStatus state={metadata.KeyState} /> },
          { label: "Creation date", value: <LabDate seconds={metadata.CreationDate} /> },
          { label: "ARN", value: <Copyable text={metadata.Arn} what="ARN" /> },
          { label: "Description", value: metadata.Description || "-" },
          { label: "Regionality", value: regionality(metadata) },
          { label: "Last usage", value: <LastUsageValue keyId={metadata.KeyId} /> },
          ...(metadata.ValidTo === undefined ? [] : [{ label: "Key material expires", value: <LabDate seconds={metadata.ValidTo} /> }]),
          ...(metadata.DeletionDate === undefined ? [] : [{ label: "Deletion date", value: <LabDate seconds={metadata.DeletionDate} /> }]),
        ]}
      />
      {editing && <EditDescription metadata={metadata} onClose={() => setEditing(false)} />}
    </Container>
  );
}

function EditDescription({ metadata, onClose }: { metadata: KeyMetadata; onClose(): void }) {
  const [{ text }, change, clear] = useFormDraft<{ text?: string }>(`kms/description/${metadata.KeyId}`, noText);
  const { busy, refused, run } = useMutation();
  const flash = useFlash();
  const value = text ?? metadata.Description ?? "";
  const submit = async () => {
    if (!(await run((ask) => ask("kms", "UpdateKeyDescription", { KeyId: metadata.KeyId, Description: value })))) return;
    flash.success("The description was saved.");
    clear();
    onClose();
  };
  return (
    <Modal
      visible
      onDismiss={onClose}
      header="Edit description"
      closeAriaLabel="Close"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" loading={busy} onClick={() => void submit()} data-testid="description-save">
              Save
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="s">
        {refused && <AwsErrorNote refused={refused} />}
        <FormField label="Description">
          <Textarea value={value} onChange={({ detail }) => change({ text: detail.value })} />
        </FormField>
      </SpaceBetween>
    </Modal>
  );
}
const noText: { text?: string } = {};
