"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import Textarea from "@cloudscape-design/components/textarea";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { ConfirmModal } from "../../frame/confirm-modal";
import { EmptyState } from "../../frame/empty-state";
import { useFlash } from "../../frame/flash";
import { usePlace } from "../../frame/place";
import { useFormDraft } from "../../frame/lab";
import { useMutation } from "../../frame/use-mutation";
import type { CustomResponseBody, Scope } from "../waf-types";
import { nameProblem } from "../waf-types";
import { Choose, Line } from "./choose";
import { saveHolder, type Holder, type HolderKind } from "./holders";

const types = [
  { value: "TEXT_PLAIN", label: "Plain text" },
  { value: "TEXT_HTML", label: "HTML" },
  { value: "APPLICATION_JSON", label: "JSON" },
] as const;

/** Texts with which Block actions can answer, kept under names. */
export function BodiesTab({ holder, kind, scope }: { holder: Holder; kind: HolderKind; scope: Scope }) {
  const { narrow } = usePlace();
  const bodies = holder.CustomResponseBodies ?? {};
  const [editing, setEditing] = useState<string>();
  const [deleting, setDeleting] = useState<string>();
  const items = Object.entries(bodies).map(([key, body]) => ({ key, ...body }));
  const columns: TableProps.ColumnDefinition<{ key: string } & CustomResponseBody>[] = [
    { id: "key", header: "Name", isRowHeader: true, cell: ({ key }) => key },
    { id: "type", header: "Content type", cell: ({ ContentType }) => types.find(({ value }) => value === ContentType)?.label ?? ContentType },
    { id: "content", header: "Response body", cell: ({ Content }) => <code className="aws-words">{Content.length > 120 ? `${Content.slice(0, 120)}…` : Content}</code> },
    {
      id: "do",
      header: "Actions",
      cell: ({ key }) => (
        <SpaceBetween direction="horizontal" size="xs">
          <Button variant="inline-link" onClick={() => setEditing(key)} ariaLabel={`Edit ${key}`}>
            Edit
          </Button>
          <Button variant="inline-link" onClick={() => setDeleting(key)} ariaLabel={`Delete ${key}`}>
            Delete
          </Button>
        </SpaceBetween>
      ),
    },
  ];
  return (
    <>
      <Table
        data-testid="bodies-table"
        wrapLines
        trackBy="key"
        items={items}
        columnDefinitions={narrow ? columns.filter(({ id }) => id !== "type") : columns}
        header={
          <Header
            variant="h2"
            counter={`(${items.length})`}
            actions={
              <Button onClick={() => setEditing("")} data-testid="add-body">
                Create custom response body
              </Button>
            }
          >
            Custom response bodies
          </Header>
        }
        empty={<EmptyState title="No custom response bodies">A text that a Block action can answer with, under a name by which rules refer to it.</EmptyState>}
      />
      {editing !== undefined && <EditBody key={editing} holder={holder} kind={kind} scope={scope} name={editing} onClose={() => setEditing(undefined)} />}
      {deleting !== undefined && (
        <ConfirmModal
          title="Delete custom response body"
          action="Delete"
          testId="delete-body"
          work={async (ask) => {
            const { [deleting]: _, ...rest } = bodies;
            await saveHolder(ask, kind, scope, holder, { CustomResponseBodies: rest as never });
          }}
          done={`The response body ${deleting} was deleted.`}
          onClose={() => setDeleting(undefined)}
        >
          {deleting} goes. AWS WAF refuses this as long as a rule answers with it.
        </ConfirmModal>
      )}
    </>
  );
}

function EditBody({ holder, kind, scope, name, onClose }: { holder: Holder; kind: HolderKind; scope: Scope; name: string; onClose(): void }) {
  const [initial] = useState(() => ({ key: name, ...(holder.CustomResponseBodies?.[name] ?? { ContentType: "TEXT_PLAIN" as const, Content: "" }) }));
  const [draft, change, clear] = useFormDraft<{ key: string } & CustomResponseBody>(`wafv2/body/${holder.Id}/${name}`, initial);
  const { busy, refused, run } = useMutation();
  const flash = useFlash();
  const taken = name === "" && holder.CustomResponseBodies !== undefined && Object.hasOwn(holder.CustomResponseBodies, draft.key);
  const wrong = draft.key === "" ? undefined : taken ? "There is one of this name." : nameProblem(draft.key);
  const close = () => {
    clear();
    onClose();
  };
  const save = async () => {
    const { key, ContentType, Content } = draft;
    const done = await run(async (ask) => void (await saveHolder(ask, kind, scope, holder, { CustomResponseBodies: { ...holder.CustomResponseBodies, [key]: { ContentType, Content } } as never })));
    if (!done) return;
    flash.success(`The response body ${key} was saved.`);
    close();
  };
  return (
    <Modal
      visible
      onDismiss={close}
      header={name ? `Edit ${name}` : "Create custom response body"}
      closeAriaLabel="Close"
      data-testid="body-modal"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={close}>
              Cancel
            </Button>
            <Button variant="primary" loading={busy} disabled={draft.key === "" || wrong !== undefined || draft.Content === ""} onClick={() => void save()} data-testid="body-save">
              Save
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {refused && <AwsErrorNote refused={refused} />}
        <Line label="Response body object name" value={draft.key} onChange={(key) => change({ key })} errorText={wrong} disabled={name !== ""} mono testId="body-name" />
        <Choose label="Content type" value={draft.ContentType} options={types} onChange={(ContentType) => change({ ContentType })} testId="body-type" />
        <FormField label="Response body" constraintText={`${new TextEncoder().encode(draft.Content).length.toLocaleString("en")} of 10,240 bytes`} stretch>
          <Textarea value={draft.Content} rows={8} spellcheck={false} onChange={({ detail }) => change({ Content: detail.value })} data-testid="body-content" />
        </FormField>
      </SpaceBetween>
    </Modal>
  );
}
