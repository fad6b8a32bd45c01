"use client";
import { useState } from "react";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import Tabs from "@cloudscape-design/components/tabs";
import { DocumentPanel } from "../../iam/shared/document-panel";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { ConfirmModal } from "../../frame/confirm-modal";
import { Copyable } from "../../frame/copyable";
import { EmptyState } from "../../frame/empty-state";
import { LabDate } from "../../frame/lab-time";
import { useFormDraft, useWhere } from "../../frame/lab";
import { usePlace } from "../../frame/place";
import { TagsPanel } from "../../frame/tags";
import { useLoad } from "../../frame/use-load";
import type { Bus } from "../event-types";
import { loadBus, loadTags, saveTags } from "../load-events";
import { busPath } from "../place-of";
import { RuleList } from "../rules/rule-list";
import { DeleteBus } from "./delete-bus";

/** A bus: its rules, who else may send to it, its tags. */
export function BusPage({ name, tab }: { name: string; tab?: string }) {
  const { navigate, narrow } = usePlace();
  const [gone, setGone] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const loaded = useLoad(gone ? undefined : `bus|${name}`, (ask) => loadBus(ask, name));
  if (loaded.refused)
    return (
      <SpaceBetween size="m">
        <Header variant="h1">{name}</Header>
        <AwsErrorNote refused={loaded.refused} />
      </SpaceBetween>
    );
  if (!loaded.data) return <Spinner size="large" />;
  const bus = loaded.data;
  const tabs = [
    { id: "permissions", label: "Permissions", content: <Permissions bus={bus} /> },
    { id: "rules", label: "Rules", content: <RuleList bus={name} within /> },
    { id: "tags", label: "Tags", content: <BusTags arn={bus.Arn} /> },
  ];
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        actions={
          <Button disabled={name === "default"} onClick={() => setDeleting(true)} data-testid="delete-bus">
            Delete
          </Button>
        }
      >
        <span className="copyable-text">{name}</span>
      </Header>
      <Container header={<Header variant="h2">Event bus details</Header>}>
        <KeyValuePairs
          columns={narrow ? 1 : 3}
          items={[
            { label: "Event bus ARN", value: <Copyable text={bus.Arn} what="ARN" /> },
            { label: "Created", value: bus.CreationTime === undefined ? "With the account" : <LabDate seconds={bus.CreationTime} /> },
            { label: "Description", value: bus.Description ?? "-" },
          ]}
        />
      </Container>
      <Tabs data-testid="bus-tabs" ariaLabel="About this bus" tabs={tabs} activeTabId={tabs.some(({ id }) => id === tab) ? tab! : "permissions"} onChange={({ detail }) => navigate(busPath(name, detail.activeTabId))} />
      {deleting && (
        <DeleteBus
          name={name}
          onClose={() => setDeleting(false)}
          onDone={() => {
            setGone(true);
            navigate("buses");
          }}
        />
      )}
    </SpaceBetween>
  );
}

/** A policy to begin with: another account may send. */
const template = (arn: string, account: string): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: "AllowAnotherAccount", Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account === "444455556666" ? "111122223333" : "444455556666"}:root` }, Action: "events:PutEvents", Resource: arn }] }, null, 2);

const none: { text?: string } = {};

function Permissions({ bus }: { bus: Bus }) {
  const { account } = useWhere();
  const draftKey = `events/policy/${bus.Arn}`;
  const [{ text }, change] = useFormDraft(draftKey, none);
  const [removing, setRemoving] = useState(false);
  if (!bus.Policy && text === undefined)
    return (
      <EmptyState
        title="No resource-based policy"
        action={
          <Button onClick={() => change({ text: template(bus.Arn, account) })} data-testid="begin-bus-policy">
            Manage permissions
          </Button>
        }
        command={`aws events put-permission --event-bus-name ${bus.Name} --statement-id theirs --action events:PutEvents --principal 444455556666`}
      >
        Identities of this account may send as their own policies say, AWS services to the default bus without any. Another account may only if the bus’s policy lets it in.
      </EmptyState>
    );
  return (
    <SpaceBetween size="m">
      <DocumentPanel
        title="Resource-based policy"
        description="Who beside this account’s own identities may send events to this bus."
        edit="Edit"
        update="Update"
        label="Event bus policy"
        kind="ResourcePolicy"
        resource={bus.Arn}
        limit={10_240}
        stored={bus.Policy ? JSON.stringify(JSON.parse(bus.Policy), null, 2) : ""}
        draftKey={draftKey}
        save={async (ask, Policy) => void (await ask("events", "PutPermission", { EventBusName: bus.Name, Policy }))}
        done={`The policy of ${bus.Name} was saved.`}
        testId="bus-policy"
      />
      {bus.Policy && text === undefined && (
        <Button onClick={() => setRemoving(true)} data-testid="remove-bus-policy">
          Remove policy
        </Button>
      )}
      {removing && (
        <ConfirmModal
          title="Remove policy"
          action="Remove"
          testId="remove-bus-policy"
          work={async (ask) => void (await ask("events", "RemovePermission", { EventBusName: bus.Name, RemoveAllPermissions: true }))}
          done={`The policy of ${bus.Name} was removed.`}
          onClose={() => setRemoving(false)}
        >
          Other accounts will not be able to send to {bus.Name} any more.
        </ConfirmModal>
      )}
    </SpaceBetween>
  );
}

function BusTags({ arn }: { arn: string }) {
  const tags = useLoad(`tags|${arn}`, (ask) => loadTags(ask, arn));
  return <TagsPanel of="this bus" tags={tags} command={`aws events tag-resource --resource-arn ${arn} --tags Key=team,Value=payroll`} save={(ask, changes) => saveTags(ask, arn, changes)} />;
}
