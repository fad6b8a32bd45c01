"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import Multiselect from "@cloudscape-design/components/multiselect";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { Copyable } from "../../frame/copyable";
import { EmptyState } from "../../frame/empty-state";
import { useFlash } from "../../frame/flash";
import { LabTime } from "../../frame/lab-time";
import { useFormDraft, useWhere } from "../../frame/lab";
import { usePlace } from "../../frame/place";
import { allPages, useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import type { KeyMetadata } from "../key-rows";
import { grantOperations } from "../grant-operations";

interface Grant {
  GrantId: string;
  Name?: string;
  GranteePrincipal?: string;
  RetiringPrincipal?: string;
  CreationDate?: number;
  Operations?: string[];
  Constraints?: { EncryptionContextSubset?: Record<string, string>; EncryptionContextEquals?: Record<string, string> };
}

/** The AWS console shows no grants; the CLI does. Here they are beside the rest of who may do what. */
export function GrantsTab({ metadata }: { metadata: KeyMetadata }) {
  const { KeyId, Arn } = metadata;
  const { narrow } = usePlace();
  const [chosen, setChosen] = useState<string>();
  const [creating, setCreating] = useState(false);
  const flash = useFlash();
  const { busy, refused, run, clear } = useMutation();
  const grants = useLoad<Grant[]>(`grants|${KeyId}`, (ask) =>
    allPages(async (Marker) => {
      const page = await ask("kms", "ListGrants", { KeyId, ...(Marker && { Marker }) });
      return { items: page.Grants, next: page.Truncated ? page.NextMarker : undefined };
    }),
  );
  const selected = grants.data?.find(({ GrantId }) => GrantId === chosen);
  const end = async (operation: "RevokeGrant" | "RetireGrant") => {
    // Retiring names the key by its ARN: the caller may be of another account.
    const input = operation === "RevokeGrant" ? { KeyId, GrantId: chosen! } : { KeyId: Arn, GrantId: chosen! };
    if (await run((ask) => ask("kms", operation, input)))
      flash.success(operation === "RevokeGrant" ? "The grant was revoked." : "The grant was retired.");
  };
  if (grants.refused) return <AwsErrorNote refused={grants.refused} />;
  return (
    <SpaceBetween size="m">
      {refused && <AwsErrorNote refused={refused} onDismiss={clear} />}
      <Table
        data-testid="grants"
        items={grants.data ?? []}
        trackBy="GrantId"
        loading={grants.loading && !grants.data}
        loadingText="Loading grants"
        selectionType="single"
        selectedItems={selected ? [selected] : []}
        onSelectionChange={({ detail }) => setChosen(detail.selectedItems[0]?.GrantId)}
        ariaLabels={{
          selectionGroupLabel: "Grants",
          itemSelectionLabel: (_, grant) => `Select grant ${grant.Name ?? grant.GrantId.slice(0, 8)}`,
        }}
        header={
          <Header
            variant="h2"
            counter={`(${grants.data?.length ?? 0})`}
            description="Keyhole shows them here; the AWS console does not, there you use the CLI."
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <ButtonDropdown
                  disabled={!selected}
                  loading={busy}
                  data-testid="grant-actions"
                  items={[
                    { id: "RevokeGrant", text: "Revoke", description: "An administrator takes the permission away." },
                    { id: "RetireGrant", text: "Retire", description: "The grantee or retiring principal is done with it." },
                  ]}
                  onItemClick={({ detail }) => void end(detail.id as "RevokeGrant" | "RetireGrant")}
                >
                  Grant actions
                </ButtonDropdown>
                {metadata.KeyManager === "CUSTOMER" && (
                  <Button onClick={() => setCreating(true)} data-testid="create-grant">
                    Create grant
                  </Button>
                )}
              </SpaceBetween>
            }
          >
            Grants
          </Header>
        }
        columnDefinitions={[
          {
            id: "id",
            header: "Grant ID",
            cell: ({ GrantId }) => <Copyable text={GrantId} what="grant ID">{`${GrantId.slice(0, 8)}…`}</Copyable>,
            isRowHeader: true,
          },
          {
            id: "grantee",
            header: "Grantee principal",
            cell: ({ GranteePrincipal }) => <span className="copyable-text">{GranteePrincipal ?? "-"}</span>,
          },
          { id: "operations", header: "Operations", cell: ({ Operations }) => Operations?.join(", ") ?? "-" },
          ...(narrow
            ? []
            : [
                { id: "name", header: "Name", cell: ({ Name }: Grant) => Name || "-" },
                {
                  id: "constraints",
                  header: "Constraints",
                  cell: ({ Constraints }: Grant) =>
                    Constraints && Object.keys(Constraints).length ? <code>{JSON.stringify(Constraints)}</code> : "-",
                },
                { id: "created", header: "Creation date", cell: ({ CreationDate }: Grant) => <LabTime seconds={CreationDate} /> },
              ]),
        ]}
        empty={
          <EmptyState
            title="No grants"
            command={`aws kms create-grant --key-id ${KeyId} --grantee-principal arn:aws:iam::111122223333:role/app --operations Decrypt`}
          >
            A grant allows one principal some operations on this key, without a change of its policy. AWS services use them to work with
            your key for you.
          </EmptyState>
        }
      />
      {creating && <CreateGrant metadata={metadata} onClose={() => setCreating(false)} />}
    </SpaceBetween>
  );
}

interface GrantForm {
  grantee: string;
  name: string;
  operations: string[];
}
const emptyGrant: GrantForm = { grantee: "", name: "", operations: [] };

function CreateGrant({ metadata, onClose }: { metadata: KeyMetadata; onClose(): void }) {
  const { account } = useWhere();
  const [form, change, clear] = useFormDraft(`kms/grant/${metadata.KeyId}`, emptyGrant);
  const { busy, refused, run } = useMutation();
  const flash = useFlash();
  const submit = async () => {
    const worked = await run((ask) =>
      ask("kms", "CreateGrant", {
        KeyId: metadata.KeyId,
        GranteePrincipal: form.grantee.trim(),
        Operations: form.operations,
        ...(form.name && { Name: form.name }),
      }),
    );
    if (!worked) return;
    flash.success("The grant was created.");
    clear();
    onClose();
  };
  return (
    <Modal
      visible
      onDismiss={onClose}
      header="Create grant"
      closeAriaLabel="Close"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button
              variant="primary"
              loading={busy}
              disabled={!form.grantee.trim() || !form.operations.length}
              onClick={() => void submit()}
              data-testid="grant-submit"
            >
              Create grant
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {refused && <AwsErrorNote refused={refused} />}
        <FormField label="Grantee principal" constraintText={`For example arn:aws:iam::${account}:role/app`}>
          <Input value={form.grantee} onChange={({ detail }) => change({ grantee: detail.value })} data-testid="grantee" />
        </FormField>
        <FormField label="Operations" constraintText="What the grantee may do with this key.">
          <Multiselect
            selectedOptions={form.operations.map((value) => ({ value, label: value }))}
            options={grantOperations(metadata.KeySpec, metadata.KeyUsage).map((value) => ({ value, label: value }))}
            onChange={({ detail }) => change({ operations: detail.selectedOptions.map(({ value }) => value!) })}
            placeholder="Choose operations"
            deselectAriaLabel={({ label }) => `Remove ${label}`}
            data-testid="grant-operations"
          />
        </FormField>
        <FormField label="Name - optional">
          <Input value={form.name} onChange={({ detail }) => change({ name: detail.value })} />
        </FormField>
      </SpaceBetween>
    </Modal>
  );
}
