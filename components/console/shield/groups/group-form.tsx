"use client";
import { useMemo } from "react";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import Table from "@cloudscape-design/components/table";
import type { JsonObject } from "@/lib/engine/types";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { EmptyState } from "../../frame/empty-state";
import { useFlash } from "../../frame/flash";
import { useFormDraft } from "../../frame/lab";
import { GoButton, pathTo, usePlace } from "../../frame/place";
import type { Tag } from "../../frame/tag-changes";
import { NewTags } from "../../frame/tags";
import { useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { Choose, Line } from "../../waf/shared/choose";
import { type Group, askShield, loadGroup, loadProtections, tagsInput } from "../load-shield";
import { nameInArn, typeOf, typeWords } from "../shared/estate";
import { aggregations, patterns } from "../words";

interface Draft {
  id: string;
  Aggregation: Group["Aggregation"];
  Pattern: Group["Pattern"];
  type: string;
  members: string[];
  tags: Tag[];
}
const empty: Draft = { id: "", Aggregation: "SUM", Pattern: "ALL", type: "", members: [], tags: [] };

const groupInput = ({ id, Aggregation, Pattern, type, members }: Draft): JsonObject => ({
  ProtectionGroupId: id,
  Aggregation,
  Pattern,
  ...(Pattern === "BY_RESOURCE_TYPE" ? { ResourceType: type } : {}),
  ...(Pattern === "ARBITRARY" ? { Members: members } : {}),
});

/** A new group, or with `id` one that is there. */
export function GroupForm({ id }: { id?: string }) {
  const loaded = useLoad(id === undefined ? undefined : `edit-group|${id}`, (ask) => loadGroup(ask, id!));
  if (id === undefined) return <Fields initial={empty} />;
  if (loaded.refused) return <AwsErrorNote refused={loaded.refused} />;
  if (!loaded.data) return <Spinner size="large" />;
  const { group } = loaded.data;
  return <Fields id={id} initial={{ id, Aggregation: group.Aggregation, Pattern: group.Pattern, type: group.ResourceType ?? "", members: group.Members, tags: [] }} />;
}

function Fields({ id, initial }: { id?: string; initial: Draft }) {
  const { navigate } = usePlace();
  // What it was when it was opened: the lab may change meanwhile.
  const first = useMemo(() => initial, []);
  const [draft, change, clear] = useFormDraft<Draft>(id === undefined ? "shield/create-group" : `shield/edit-group/${id}`, first);
  const { busy, refused, run, clear: forget } = useMutation();
  const flash = useFlash();
  const protections = useLoad("protections", loadProtections).data ?? [];
  const wrongId = draft.id === "" || /^[a-zA-Z0-9-]{1,36}$/.test(draft.id) ? undefined : "Up to 36 letters, digits and -.";
  const ready = draft.id !== "" && !wrongId && (draft.Pattern !== "BY_RESOURCE_TYPE" || draft.type !== "") && (draft.Pattern !== "ARBITRARY" || draft.members.length > 0);
  const back = id === undefined ? "protection-groups" : pathTo("protection-groups", id);
  const submit = async () => {
    const work = async (ask: Parameters<Parameters<typeof run>[0]>[0]) =>
      void (await askShield(ask, id === undefined ? "CreateProtectionGroup" : "UpdateProtectionGroup", { ...groupInput(draft), ...(draft.tags.length ? { Tags: tagsInput(draft.tags) } : {}) }));
    if (!ready || busy || !(await run(work))) return;
    clear();
    flash.success(`The protection group ${draft.id} was ${id === undefined ? "created" : "saved"}.`);
    navigate(pathTo("protection-groups", draft.id));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Form
        header={<Header variant="h1">{id === undefined ? "Create protection group" : `Edit ${id}`}</Header>}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button
              variant="link"
              formAction="none"
              onClick={() => {
                clear();
                navigate(back);
              }}
            >
              Cancel
            </Button>
            <Button variant="primary" loading={busy} disabled={!ready} data-testid="group-save">
              {id === undefined ? "Create protection group" : "Save changes"}
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="m">
          {refused && <AwsErrorNote refused={refused} onDismiss={forget} />}
          <Container header={<Header variant="h2">Group</Header>}>
            <SpaceBetween size="m">
              {id === undefined && <Line label="Protection group ID" value={draft.id} onChange={(next) => change({ id: next })} errorText={wrongId} placeholder="web" mono testId="group-id" />}
              <FormField label="Members">
                <RadioGroup value={draft.Pattern} onChange={({ detail }) => change({ Pattern: detail.value as Draft["Pattern"] })} items={Object.entries(patterns).map(([value, { label, hint }]) => ({ value, label, description: hint }))} data-testid="group-pattern" />
              </FormField>
              {draft.Pattern === "BY_RESOURCE_TYPE" && <Choose label="Resource type" value={draft.type} options={Object.entries(typeWords).map(([value, label]) => ({ value, label }))} onChange={(type) => change({ type })} placeholder="Choose a type" testId="group-type" />}
              {draft.Pattern === "ARBITRARY" && (
                <Table
                  variant="embedded"
                  data-testid="group-members"
                  trackBy="ResourceArn"
                  selectionType="multi"
                  items={protections}
                  selectedItems={protections.filter(({ ResourceArn }) => draft.members.includes(ResourceArn))}
                  onSelectionChange={({ detail }) => change({ members: detail.selectedItems.map(({ ResourceArn }) => ResourceArn) })}
                  ariaLabels={{ selectionGroupLabel: "Protected resources", itemSelectionLabel: (_, { Name }) => `Select ${Name}`, allItemsSelectionLabel: () => "Select all" }}
                  columnDefinitions={[
                    { id: "name", header: "Protection", isRowHeader: true, cell: ({ Name }) => Name },
                    { id: "resource", header: "Resource", cell: ({ ResourceArn }) => `${typeOf(ResourceArn)}, ${nameInArn(ResourceArn)}` },
                  ]}
                  empty={<EmptyState title="No protected resources" action={<GoButton to="protected-resources/add">Add resources to protect</GoButton>}>A group is of protected resources.</EmptyState>}
                />
              )}
              <FormField label="Aggregation" description="How Shield reads the members’ traffic together, to find, mitigate and report events.">
                <RadioGroup value={draft.Aggregation} onChange={({ detail }) => change({ Aggregation: detail.value as Draft["Aggregation"] })} items={Object.entries(aggregations).map(([value, { label, hint }]) => ({ value, label, description: hint }))} data-testid="group-aggregation" />
              </FormField>
            </SpaceBetween>
          </Container>
          {id === undefined && (
            <Container header={<Header variant="h2">Tags</Header>}>
              <NewTags tags={draft.tags} onChange={(tags) => change({ tags })} />
            </Container>
          )}
        </SpaceBetween>
      </Form>
    </form>
  );
}
