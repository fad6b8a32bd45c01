"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { ConfirmModal } from "../../frame/confirm-modal";
import { Copyable } from "../../frame/copyable";
import { EmptyState } from "../../frame/empty-state";
import { useFlash } from "../../frame/flash";
import { LabTime } from "../../frame/lab-time";
import { useFormDraft } from "../../frame/lab";
import { useMutation } from "../../frame/use-mutation";
import { aliasName } from "../create/draft";
import { shortAlias, type AliasEntry, type KeyMetadata } from "../key-rows";

export function AliasesTab({ metadata, aliases }: { metadata: KeyMetadata; aliases: AliasEntry[] }) {
  const [selected, setSelected] = useState<string[]>([]);
  const [open, setOpen] = useState<"create" | "delete">();
  const customer = metadata.KeyManager === "CUSTOMER";
  const chosen = aliases.filter(({ AliasName }) => selected.includes(AliasName));
  return (
    <>
      <Table
        data-testid="aliases"
        wrapLines
        items={aliases}
        trackBy="AliasName"
        {...(customer && {
          selectionType: "multi" as const,
          selectedItems: chosen,
          onSelectionChange: ({ detail }: { detail: { selectedItems: AliasEntry[] } }) =>
            setSelected(detail.selectedItems.map(({ AliasName }) => AliasName)),
          ariaLabels: {
            selectionGroupLabel: "Aliases",
            allItemsSelectionLabel: () => "Select all aliases",
            itemSelectionLabel: (_: unknown, row: AliasEntry) => `Select alias ${shortAlias(row.AliasName)}`,
          },
        })}
        header={
          <Header
            variant="h2"
            counter={`(${aliases.length})`}
            actions={
              customer && (
                <SpaceBetween direction="horizontal" size="xs">
                  <Button disabled={!chosen.length} onClick={() => setOpen("delete")} data-testid="delete-alias">
                    Delete
                  </Button>
                  <Button onClick={() => setOpen("create")} data-testid="create-alias">
                    Create alias
                  </Button>
                </SpaceBetween>
              )
            }
          >
            Aliases
          </Header>
        }
        columnDefinitions={[
          { id: "name", header: "Alias name", cell: ({ AliasName }) => shortAlias(AliasName), isRowHeader: true },
          { id: "arn", header: "Alias ARN", cell: ({ AliasArn }) => <Copyable text={AliasArn} what="alias ARN" /> },
          { id: "updated", header: "Last updated", cell: ({ LastUpdatedDate }) => <LabTime seconds={LastUpdatedDate} /> },
        ]}
        empty={
          <EmptyState title="No aliases" command={`aws kms create-alias --alias-name alias/payroll --target-key-id ${metadata.KeyId}`}>
            An alias is a name for a key. Programs that use it follow it when it is pointed at another key.
          </EmptyState>
        }
      />
      {open === "create" && <CreateAlias keyId={metadata.KeyId} onClose={() => setOpen(undefined)} />}
      {open === "delete" && <DeleteAliases aliases={chosen} onClose={() => setOpen(undefined)} />}
    </>
  );
}

const noAlias = { alias: "" };

function CreateAlias({ keyId, onClose }: { keyId: string; onClose(): void }) {
  const [{ alias }, change, clear] = useFormDraft(`kms/alias/${keyId}`, noAlias);
  const { busy, refused, run } = useMutation();
  const flash = useFlash();
  const submit = async () => {
    if (!alias.trim() || !(await run((ask) => ask("kms", "CreateAlias", { AliasName: aliasName(alias.trim()), TargetKeyId: keyId }))))
      return;
    flash.success(`Alias ${alias.trim()} was created.`);
    clear();
    onClose();
  };
  return (
    <Modal
      visible
      onDismiss={onClose}
      header="Create alias"
      closeAriaLabel="Close"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" loading={busy} disabled={!alias.trim()} onClick={() => void submit()} data-testid="alias-submit">
              Create alias
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <SpaceBetween size="s">
          {refused && <AwsErrorNote refused={refused} />}
          <FormField label="Alias" constraintText="Letters, digits, /, _ and -. It may not begin with aws/.">
            <Input value={alias} onChange={({ detail }) => change({ alias: detail.value })} data-testid="alias-name" autoFocus />
          </FormField>
        </SpaceBetween>
      </form>
    </Modal>
  );
}

function DeleteAliases({ aliases, onClose }: { aliases: AliasEntry[]; onClose(): void }) {
  // The list behind goes on while the calls run; what was asked for stays.
  const [going] = useState(aliases);
  return (
    <ConfirmModal
      title={going.length === 1 ? "Delete alias" : "Delete aliases"}
      action="Delete"
      testId="delete-alias"
      done={going.length === 1 ? "The alias was deleted." : `${going.length} aliases were deleted.`}
      onClose={onClose}
      work={async (ask) => {
        for (const { AliasName } of going) await ask("kms", "DeleteAlias", { AliasName });
      }}
    >
      <Box variant="p">Programs that call the key by this name will get NotFoundException. The key itself stays.</Box>
      <Box variant="p">
        <strong>{going.map(({ AliasName }) => shortAlias(AliasName)).join(", ")}</strong>
      </Box>
    </ConfirmModal>
  );
}
