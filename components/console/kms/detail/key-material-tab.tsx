"use client";
import { useState } from "react";
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { ConfirmModal } from "../../frame/confirm-modal";
import { Copyable } from "../../frame/copyable";
import { EmptyState } from "../../frame/empty-state";
import { LabDate, LabTime } from "../../frame/lab-time";
import { GoButton, pathTo, usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import type { ImportMode } from "../import/import-draft";
import type { KeyMetadata } from "../key-rows";
import { loadMaterials, rotationWords, waits, words, type KeyMaterialEntry } from "./key-materials";
import { RotateNow } from "./rotate-now";

const importPath = (keyId: string, mode: ImportMode): string => pathTo("keys", keyId, "import", mode);

const shortId = (id: string): string => `${id.slice(0, 12)}…`;

/** Imported key material. Source: KMS Developer Guide, Importing key material for AWS KMS keys; Manage imported key material. */
export function KeyMaterialTab({ metadata }: { metadata: KeyMetadata }) {
  return metadata.KeySpec === "SYMMETRIC_DEFAULT" ? <Materials metadata={metadata} /> : <OneMaterial metadata={metadata} />;
}

function Expiration({ model, validTo }: { model?: string; validTo?: number }) {
  if (validTo !== undefined) return <LabDate seconds={validTo} />;
  return <>{model ? "Does not expire" : "-"}</>;
}

/** Asymmetric and HMAC keys have one material for ever. */
function OneMaterial({ metadata }: { metadata: KeyMetadata }) {
  const [deleting, setDeleting] = useState(false);
  const { narrow } = usePlace();
  const there = metadata.ExpirationModel !== undefined;
  return (
    <>
      <Container
        header={
          <Header
            variant="h2"
            description="The key keeps its first key material for ever: only the same material can be imported again."
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button disabled={!there} onClick={() => setDeleting(true)} data-testid="delete-material">
                  Delete key material
                </Button>
                <GoButton to={importPath(metadata.KeyId, "initial")} variant={there ? "normal" : "primary"} data-testid="import-material">
                  {there ? "Reimport key material" : "Import key material"}
                </GoButton>
              </SpaceBetween>
            }
          >
            Key material
          </Header>
        }
      >
        <KeyValuePairs
          columns={narrow ? 1 : 2}
          items={[
            {
              label: "Import state",
              value: there ? <StatusIndicator type="success">Imported</StatusIndicator> : <StatusIndicator type="pending">Pending import</StatusIndicator>,
            },
            { label: "Expiration date", value: <Expiration model={metadata.ExpirationModel} validTo={metadata.ValidTo} /> },
          ]}
        />
      </Container>
      {deleting && <DeleteMaterial metadata={metadata} onClose={() => setDeleting(false)} />}
    </>
  );
}

/** Symmetric encryption keys: the first material, those that came by rotation, and what waits for one. */
function Materials({ metadata }: { metadata: KeyMetadata }) {
  const { KeyId } = metadata;
  const [selected, setSelected] = useState<string>();
  const [open, setOpen] = useState<"rotate" | "delete">();
  const materials = useLoad(`materials|${KeyId}`, (ask) => loadMaterials(ask, KeyId));
  const items = materials.data ?? [];
  const chosen = items.find(({ KeyMaterialId }) => KeyMaterialId === selected);
  const waiting = items.find(waits);
  const first = materials.data !== undefined && !items.length;
  const toImport = (
    <GoButton to={importPath(KeyId, first ? "initial" : "new")} variant={first ? "primary" : "normal"} data-testid="import-material">
      {first ? "Import initial key material" : "Import new key material"}
    </GoButton>
  );
  if (materials.refused) return <AwsErrorNote refused={materials.refused} />;
  return (
    <SpaceBetween size="m">
      {metadata.MultiRegion && (
        <Alert type="info">
          KMS does not copy imported key material to related keys: import the same material into each. New material goes to the primary key
          first, and can become current when all related keys have it.
        </Alert>
      )}
      <Container
        header={
          <Header
            variant="h2"
            description="Makes the imported key material that waits the current one. A key can be rotated on demand 25 times."
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
        {waiting ? (
          <StatusIndicator type="pending">{words(waiting.KeyMaterialState)}: {shortId(waiting.KeyMaterialId!)}</StatusIndicator>
        ) : (
          <Box variant="p">No key material waits for rotation. Imported keys do not rotate by themselves: import new key material first.</Box>
        )}
      </Container>
      <Table
        data-testid="key-materials"
        selectionType="single"
        selectedItems={chosen ? [chosen] : []}
        onSelectionChange={({ detail }) => setSelected(detail.selectedItems[0]?.KeyMaterialId)}
        trackBy="KeyMaterialId"
        ariaLabels={{ selectionGroupLabel: "Key materials", itemSelectionLabel: (_, row) => `Select key material ${shortId(row.KeyMaterialId ?? "")}` }}
        wrapLines
        items={items}
        loading={materials.loading && !materials.data}
        loadingText="Loading key materials"
        header={
          <Header
            variant="h2"
            counter={`(${items.length})`}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button disabled={!chosen} onClick={() => setOpen("delete")} data-testid="delete-material">
                  Delete key material
                </Button>
                <Reimport keyId={KeyId} chosen={chosen} />
                {materials.data && toImport}
              </SpaceBetween>
            }
          >
            Key materials
          </Header>
        }
        columnDefinitions={[
          {
            id: "id",
            header: "Key material ID",
            cell: ({ KeyMaterialId: id }) => (id ? <Copyable text={id} what="key material ID">{shortId(id)}</Copyable> : "-"),
            isRowHeader: true,
            minWidth: 170,
          },
          { id: "state", header: "Key material state", cell: ({ KeyMaterialState }) => words(KeyMaterialState), minWidth: 110 },
          {
            id: "import",
            header: "Import state",
            cell: ({ ImportState }) => <StatusIndicator type={ImportState === "IMPORTED" ? "success" : "pending"}>{words(ImportState)}</StatusIndicator>,
            minWidth: 140,
          },
          { id: "expires", header: "Expiration date", cell: ({ ExpirationModel, ValidTo }) => <Expiration model={ExpirationModel} validTo={ValidTo} />, minWidth: 160 },
          { id: "description", header: "Description", cell: ({ KeyMaterialDescription }) => KeyMaterialDescription || "-" },
          { id: "type", header: "Rotation type", cell: rotationWords, minWidth: 110 },
          { id: "date", header: "Rotation date", cell: ({ RotationDate }) => <LabTime seconds={RotationDate} />, minWidth: 110 },
        ]}
        empty={
          <EmptyState
            title="No key material"
            command={`aws kms get-parameters-for-import --key-id ${KeyId} --wrapping-algorithm RSAES_OAEP_SHA_256 --wrapping-key-spec RSA_2048`}
          >
            The key cannot be used before you import its first key material. That material stays the key&apos;s for ever.
          </EmptyState>
        }
      />
      {open === "rotate" && <RotateNow keyId={KeyId} imported onClose={() => setOpen(undefined)} />}
      {open === "delete" && chosen && <DeleteMaterial metadata={metadata} material={chosen} onClose={() => setOpen(undefined)} />}
    </SpaceBetween>
  );
}

function Reimport({ keyId, chosen }: { keyId: string; chosen?: KeyMaterialEntry }) {
  const label = "Reimport key material";
  if (!chosen?.KeyMaterialId) return <Button disabled>{label}</Button>;
  return (
    <GoButton to={importPath(keyId, chosen.KeyMaterialId)} data-testid="reimport-material">
      {label}
    </GoButton>
  );
}

function DeleteMaterial({ metadata, material, onClose }: { metadata: KeyMetadata; material?: KeyMaterialEntry; onClose(): void }) {
  // The list behind goes on while the call runs; what was asked for stays.
  const [going] = useState(material);
  const { KeyId } = metadata;
  return (
    <ConfirmModal
      title="Delete key material"
      testId="delete-material"
      done="The key material was deleted."
      onClose={onClose}
      work={(ask) => ask("kms", "DeleteImportedKeyMaterial", { KeyId, ...(going?.KeyMaterialId && { KeyMaterialId: going.KeyMaterialId }) })}
    >
      {going && waits(going) ? (
        <Box variant="p">This key material waits for rotation and was never used. The key goes on with the material that it has.</Box>
      ) : (
        <Box variant="p">
          At once the key cannot be used, and what is encrypted under it cannot be read, until you import the same key material again. KMS
          gives no copy of it.
        </Box>
      )}
      {going?.KeyMaterialId && (
        <Box variant="p">
          <code className="copyable-text">{going.KeyMaterialId}</code>
        </Box>
      )}
    </ConfirmModal>
  );
}
