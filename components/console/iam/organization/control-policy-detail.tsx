"use client";
import { useMemo, useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import Tabs from "@cloudscape-design/components/tabs";
import { PolicyEditor } from "../../../editor/policy-editor";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { ConfirmModal } from "../../frame/confirm-modal";
import { EmptyState } from "../../frame/empty-state";
import { useFlash } from "../../frame/flash";
import { useFormDraft } from "../../frame/lab";
import { pathTo, usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { DocumentPanel } from "../shared/document-panel";
import { IamTable } from "../shared/iam-table";
import { loadTargets, orgListing, type ControlPolicy, type Target } from "./load-organization";
import { CONTROL, CONTROL_LIMIT, type ControlPage } from "./words";

/** One control policy: its content, and where it hangs. */
export function ControlPolicyDetail({ page, id, tab }: { page: ControlPage; id: string; tab?: string }) {
  const { navigate } = usePlace();
  const policy = useLoad(`control-policy|${id}`, async (ask) => (await ask("organizations", "DescribePolicy", { PolicyId: id })).Policy as {
    PolicySummary: ControlPolicy;
    Content: string;
  });
  if (policy.refused)
    return (
      <SpaceBetween size="m">
        <Header variant="h1">{id}</Header>
        <AwsErrorNote refused={policy.refused} />
      </SpaceBetween>
    );
  if (!policy.data) return <Spinner size="large" />;
  const { PolicySummary, Content } = policy.data;
  return (
    <SpaceBetween size="m">
      <Header variant="h1" description={PolicySummary.Description}>
        {PolicySummary.Name}
      </Header>
      <Tabs
        ariaLabel="About this policy"
        activeTabId={tab === "targets" ? tab : "content"}
        onChange={({ detail }) => navigate(pathTo(page, "details", id, detail.activeTabId))}
        tabs={[
          { id: "content", label: "Content", content: <PolicyContent page={page} summary={PolicySummary} stored={Content} /> },
          { id: "targets", label: "Targets", content: <Targets summary={PolicySummary} /> },
        ]}
      />
    </SpaceBetween>
  );
}

function PolicyContent({ page, summary, stored }: { page: ControlPage; summary: ControlPolicy; stored: string }) {
  return (
    <DocumentPanel
      kind={CONTROL[page].kind}
      label="Policy"
      title="Content"
      edit="Edit policy"
      update="Save changes"
      limit={CONTROL_LIMIT}
      stored={stored}
      draftKey={`iam/control/${summary.Id}`}
      fixed={summary.AwsManaged}
      save={(ask, Content) => ask("organizations", "UpdatePolicy", { PolicyId: summary.Id, Content })}
      done={`Policy ${summary.Name} was saved.`}
      testId="control-policy"
    />
  );
}

const TYPE_WORDS: Record<Target["Type"], string> = { ROOT: "Root", ORGANIZATIONAL_UNIT: "Organizational unit", ACCOUNT: "AWS account" };
const targetColumns = [
  { id: "name", header: "Name", cell: ({ Name }: Target) => Name, isRowHeader: true },
  { id: "type", header: "Type", cell: ({ Type }: Target) => TYPE_WORDS[Type] },
  { id: "id", header: "ID", cell: ({ TargetId }: Target) => TargetId },
];

function Targets({ summary: { Id, Name } }: { summary: ControlPolicy }) {
  const targets = useLoad(`targets|${Id}`, (ask) => orgListing<Target>(ask, "ListTargetsForPolicy", "Targets", { PolicyId: Id }));
  const all = useLoad("targets", loadTargets);
  const free = useMemo(() => {
    const attached = new Set(targets.data?.map(({ TargetId }) => TargetId));
    return { ...all, data: all.data?.filter(({ TargetId }) => !attached.has(TargetId)) };
  }, [all, targets.data]);
  const [detaching, setDetaching] = useState<Target[]>();
  const [attaching, setAttaching] = useState<string[]>();
  return (
    <>
      <IamTable<Target>
        data-testid="policy-targets"
        level="h2"
        title="Targets"
        noun={["target", "targets"]}
        description="On a root or unit the policy acts on every account below it."
        rows={targets}
        id={({ TargetId }) => TargetId}
        words={({ Name: name, TargetId }) => `${name}\n${TargetId}`}
        selection="multi"
        actions={(selected) => (
          <>
            <Button disabled={!selected.length} onClick={() => setDetaching(selected)} data-testid="detach-target">
              Detach
            </Button>
            <Button onClick={() => setAttaching([])} data-testid="attach-target">
              Attach
            </Button>
          </>
        )}
        columns={targetColumns}
        empty={
          <EmptyState title="No targets" command={`aws organizations attach-policy --policy-id ${Id} --target-id 444455556666`}>
            The policy hangs nowhere and acts on nobody.
          </EmptyState>
        }
      />
      {detaching && (
        <ConfirmModal
          title={`Detach ${Name}`}
          action="Detach policy"
          testId="detach-target"
          done={`${Name} was detached from ${detaching.map((target) => target.Name).join(", ")}.`}
          onClose={() => setDetaching(undefined)}
          work={async (ask) => {
            for (const { TargetId } of detaching) await ask("organizations", "DetachPolicy", { PolicyId: Id, TargetId });
          }}
        >
          <Box variant="p">{detaching.map((target) => target.Name).join(", ")}</Box>
        </ConfirmModal>
      )}
      {attaching && (
        <ConfirmModal
          title={`Attach ${Name}`}
          action="Attach policy"
          testId="attach-target"
          done={`${Name} was attached.`}
          onClose={() => setAttaching(undefined)}
          work={async (ask) => {
            for (const TargetId of attaching) await ask("organizations", "AttachPolicy", { PolicyId: Id, TargetId });
          }}
        >
          <IamTable<Target>
            data-testid="target-picker"
            level="h2"
            title="Root, units and accounts"
            noun={["target", "targets"]}
            rows={free}
            id={({ TargetId }) => TargetId}
            words={({ Name: name, TargetId }) => `${name}\n${TargetId}`}
            selection="multi"
            chosen={attaching}
            onChoose={setAttaching}
            columns={targetColumns}
            empty={<Box>It is attached everywhere.</Box>}
          />
        </ConfirmModal>
      )}
    </>
  );
}

interface NewPolicy {
  name: string;
  description: string;
  text?: string;
}
const empty: NewPolicy = { name: "", description: "" };

export function CreateControlPolicy({ page }: { page: ControlPage }) {
  const { navigate } = usePlace();
  const { one, type, kind, begin } = CONTROL[page];
  const [draft, change, clear] = useFormDraft<NewPolicy>(`iam/create/${page}`, empty);
  const { busy, refused, run, clear: forget } = useMutation();
  const flash = useFlash();
  const Name = draft.name.trim();
  const text = draft.text ?? begin;
  const leave = (to: string) => {
    clear();
    navigate(to);
  };
  const submit = async () => {
    let id = "";
    const done = await run(async (ask) => {
      const answer = await ask("organizations", "CreatePolicy", { Name, Description: draft.description, Content: text, Type: type });
      id = answer.Policy.PolicySummary.Id;
    });
    if (!done) return;
    flash.success(`Policy ${Name} created. Attach it where it shall act.`);
    leave(pathTo(page, "details", id, "targets"));
  };
  return (
    <SpaceBetween size="m">
      <Header variant="h1">Create new {one}</Header>
      {refused && <AwsErrorNote refused={refused} onDismiss={forget} />}
      <Container header={<Header variant="h2">Details</Header>}>
        <SpaceBetween size="m">
          <FormField label="Policy name">
            <Input value={draft.name} onChange={({ detail }) => change({ name: detail.value })} data-testid="control-name" autoComplete={false} />
          </FormField>
          <FormField label="Policy description - optional">
            <Input value={draft.description} onChange={({ detail }) => change({ description: detail.value })} />
          </FormField>
        </SpaceBetween>
      </Container>
      <Container header={<Header variant="h2">Policy syntax</Header>}>
        <PolicyEditor
          kind={kind}
          label="Policy"
          limit={CONTROL_LIMIT}
          value={text}
          onChange={(next) => change({ text: next })}
          data-testid="policy-editor"
        />
      </Container>
      <SpaceBetween direction="horizontal" size="xs">
        <Button variant="link" onClick={() => leave(page)}>
          Cancel
        </Button>
        <Button variant="primary" loading={busy} disabled={!Name} onClick={() => void submit()} data-testid="create-control-submit">
          Create policy
        </Button>
      </SpaceBetween>
    </SpaceBetween>
  );
}
