"use client";
import { useMemo, useState } from "react";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import TagEditor, { type TagEditorProps } from "@cloudscape-design/components/tag-editor";
import { AwsErrorNote } from "./aws-error-note";
import { EmptyState } from "./empty-state";
import { useFlash } from "./flash";
import { tagChanges, type Tag } from "./tag-changes";
import { useMutation } from "./use-mutation";
import type { Ask, Loaded } from "./use-load";

const editorStrings: TagEditorProps.I18nStrings = {
  keyPlaceholder: "Enter key",
  valuePlaceholder: "Enter value",
  addButton: "Add tag",
  removeButton: "Remove",
  undoButton: "Undo",
  undoPrompt: "This tag will be removed when you save",
  keyHeader: "Key",
  valueHeader: "Value",
  optional: "optional",
  emptyTags: "No tags yet.",
  removeButtonAriaLabel: ({ key }) => `Remove tag ${key}`,
  enteredKeyLabel: (text) => `Use "${text}"`,
  enteredValueLabel: (text) => `Use "${text}"`,
  tagLimit: (free) => `You can add up to ${free} more ${free === 1 ? "tag" : "tags"}.`,
  tagLimitReached: (limit) => `You have reached the limit of ${limit} tags.`,
  tagLimitExceeded: (limit) => `You have exceeded the limit of ${limit} tags.`,
};

/** Tags of something that is not there yet: a part of a create form. */
export function NewTags({ tags, onChange }: { tags: Tag[]; onChange(tags: Tag[]): void }) {
  return (
    <TagEditor
      i18nStrings={editorStrings}
      tags={tags.map(({ key, value }) => ({ key, value, existing: false }))}
      onChange={({ detail }) => onChange(detail.tags.map(({ key, value }) => ({ key, value })))}
    />
  );
}

export interface TagsPanelProps {
  /** What carries the tags, in a sentence: "this key". */
  of: string;
  tags: Loaded<Tag[]>;
  /** Makes the calls; the services spell tags in their own ways. */
  save(ask: Ask, changes: { removed: string[]; set: Tag[] }): Promise<void>;
  command: string;
  /** AWS managed keys carry AWS's tags. */
  fixed?: boolean;
}

/** Tags of something that is there: shown, and edited in place. */
export function TagsPanel({ of, tags, save, command, fixed }: TagsPanelProps) {
  const [draft, setDraft] = useState<readonly TagEditorProps.Tag[]>();
  const { busy, refused, run, clear } = useMutation();
  const flash = useFlash();
  const items = tags.data ?? [];
  const valid = useMemo(() => draft?.every(({ key }) => key.trim() !== "") ?? false, [draft]);

  if (tags.refused) return <AwsErrorNote refused={tags.refused} />;
  const edit = () => {
    clear();
    setDraft(items.map(({ key, value }) => ({ key, value, existing: true })));
  };
  const submit = async () => {
    const kept = draft!.filter((tag) => !tag.markedForRemoval).map(({ key, value }) => ({ key, value: value ?? "" }));
    if (await run((ask) => save(ask, tagChanges(items, kept)))) {
      flash.success("The tags were saved.");
      setDraft(undefined);
    }
  };
  if (draft) {
    return (
      <Container
        header={<Header variant="h2">Edit tags</Header>}
        footer={
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={() => setDraft(undefined)}>Cancel</Button>
            <Button variant="primary" loading={busy} disabled={!valid} onClick={() => void submit()} data-testid="tags-save">
              Save changes
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="m">
          {refused && <AwsErrorNote refused={refused} />}
          <TagEditor i18nStrings={editorStrings} tags={draft} onChange={({ detail }) => setDraft(detail.tags)} />
        </SpaceBetween>
      </Container>
    );
  }
  return (
    <Table
      header={
        <Header
          variant="h2"
          counter={`(${items.length})`}
          actions={
            !fixed && (
              <Button onClick={edit} disabled={!tags.data} data-testid="tags-edit">
                {items.length ? "Edit" : "Add tag"}
              </Button>
            )
          }
        >
          Tags
        </Header>
      }
      loading={tags.loading && !tags.data}
      loadingText="Loading tags"
      items={items}
      trackBy="key"
      columnDefinitions={[
        { id: "key", header: "Tag key", cell: ({ key }) => key, isRowHeader: true },
        { id: "value", header: "Tag value", cell: ({ value }) => value || "-" },
      ]}
      empty={
        <EmptyState title="No tags" command={command}>
          Tags are names and values on {of}, to find it, to sort bills by it, and to allow or deny by it in policies.
        </EmptyState>
      }
    />
  );
}
