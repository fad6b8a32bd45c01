"use client";
import { useState } from "react";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import Tabs from "@cloudscape-design/components/tabs";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { Copyable } from "../../frame/copyable";
import { useFlash } from "../../frame/flash";
import { KeyMark } from "../../frame/key-mark";
import { LabDate } from "../../frame/lab-time";
import { usePlace } from "../../frame/place";
import { TagsPanel } from "../../frame/tags";
import { leaveOut, useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { DeleteSecret } from "../delete-secret";
import { secretPath } from "../place-of";
import { SampleCode } from "../sample-code-panel";
import { DEFAULT_KEY, type Secret } from "../secret-types";
import { EditBasics } from "./edit-basics";
import { PolicyPanel } from "./policy-panel";
import { ReplicationTab } from "./replication-tab";
import { RotationTab } from "./rotation-tab";
import { ValuePanel } from "./value-panel";
import { VersionsTab } from "./versions-tab";

const TABS = ["overview", "rotation", "versions", "replication", "tags"];

/** One secret's page. */
export function SecretDetail({ name, tab, navigate }: { name: string; tab?: string; navigate(path: string): void }) {
  const { narrow } = usePlace();
  const [open, setOpen] = useState<"delete" | "edit">();
  const { busy, refused, run } = useMutation();
  const flash = useFlash();
  const loaded = useLoad(`secret|${name}`, async (ask) => {
    const secret = await ask<Secret>("secretsmanager", "DescribeSecret", { SecretId: name });
    const key = await ask<{ KeyMetadata: { KeyId: string } }>("kms", "DescribeKey", { KeyId: secret.KmsKeyId ?? DEFAULT_KEY }).catch(leaveOut);
    return { secret, keyId: key?.KeyMetadata.KeyId };
  });
  if (loaded.refused)
    return (
      <SpaceBetween size="m">
        <Header variant="h1">{name}</Header>
        <AwsErrorNote refused={loaded.refused} />
        {loaded.refused.reply.error.code === "AccessDeniedException" && <ValuePanel name={name} managed />}
      </SpaceBetween>
    );
  if (!loaded.data) return <Spinner size="large" />;
  const { secret, keyId } = loaded.data;
  const { Name, DeletedDate, PrimaryRegion, OwningService } = secret;
  const deleted = DeletedDate !== undefined;
  const active = tab && TABS.includes(tab) ? tab : "overview";
  const restore = async () => {
    if (await run((ask) => ask("secretsmanager", "RestoreSecret", { SecretId: Name }))) flash.success(`${Name} was restored.`);
  };
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        actions={
          deleted ? (
            <Button loading={busy} onClick={() => void restore()} data-testid="restore-secret">
              Cancel deletion
            </Button>
          ) : (
            <ButtonDropdown
              items={[
                { id: "edit", text: "Edit description and key", disabled: OwningService !== undefined || PrimaryRegion !== undefined && !secret.ReplicationStatus },
                { id: "delete", text: "Delete secret" },
              ]}
              onItemClick={({ detail }) => setOpen(detail.id as "edit")}
              data-testid="secret-actions"
            >
              Actions
            </ButtonDropdown>
          )
        }
      >
        <span className="key-line">
          {keyId && <KeyMark keyId={keyId} name={secret.KmsKeyId ?? DEFAULT_KEY} />} <span className="copyable-text">{Name}</span>
        </span>
      </Header>
      {refused && <AwsErrorNote refused={refused} />}
      {deleted && (
        <Alert type="warning" header="Scheduled for deletion" data-testid="secret-deleted">
          It will be deleted on <LabDate seconds={DeletedDate} />. Until then nobody can read it, and you can cancel the deletion.
        </Alert>
      )}
      {OwningService !== undefined && <Alert type="info">This secret belongs to {OwningService}, which made it and changes it.</Alert>}
      <Container header={<Header variant="h2">Secret details</Header>} data-testid="secret-details">
        <KeyValuePairs
          columns={narrow ? 1 : 2}
          items={[
            {
              label: "Encryption key",
              value: (
                <span className="key-line">
                  {keyId && <KeyMark keyId={keyId} name={secret.KmsKeyId ?? DEFAULT_KEY} />} <span className="copyable-text">{secret.KmsKeyId ?? "aws/secretsmanager"}</span>
                </span>
              ),
            },
            { label: "Secret name", value: <Copyable text={Name} what="name" /> },
            { label: "Secret description", value: secret.Description || "-" },
            { label: "Secret ARN", value: <Copyable text={secret.ARN} what="ARN" /> },
            { label: "Last changed", value: <LabDate seconds={secret.LastChangedDate} /> },
            { label: "Last retrieved", value: <LabDate seconds={secret.LastAccessedDate} /> },
          ]}
        />
      </Container>
      <Tabs
        ariaLabel="About this secret"
        activeTabId={active}
        onChange={({ detail }) => navigate(secretPath(Name, detail.activeTabId))}
        tabs={[
          {
            id: "overview",
            label: "Overview",
            content: (
              <SpaceBetween size="m">
                <ValuePanel name={Name} keyId={keyId} managed={OwningService !== undefined || deleted} />
                <PolicyPanel name={Name} arn={secret.ARN} fixed={deleted} />
                <SampleCode name={Name} />
              </SpaceBetween>
            ),
          },
          { id: "rotation", label: "Rotation", content: <RotationTab secret={secret} /> },
          { id: "versions", label: "Versions", content: <VersionsTab name={Name} keyId={keyId} fixed={deleted} /> },
          { id: "replication", label: "Replication", content: <ReplicationTab secret={secret} /> },
          { id: "tags", label: "Tags", content: <SecretTags secret={secret} reload={loaded.reload} /> },
        ]}
      />
      {open === "delete" && <DeleteSecret name={Name} onClose={() => setOpen(undefined)} onDone={(forced) => forced && navigate("secrets")} />}
      {open === "edit" && <EditBasics secret={secret} onClose={() => setOpen(undefined)} />}
    </SpaceBetween>
  );
}

function SecretTags({ secret, reload }: { secret: Secret; reload(): void }) {
  const SecretId = secret.ARN;
  return (
    <TagsPanel
      of="this secret"
      tags={{ data: (secret.Tags ?? []).map(({ Key, Value }) => ({ key: Key, value: Value })), loading: false, reload }}
      fixed={secret.OwningService !== undefined}
      command={`aws secretsmanager tag-resource --secret-id ${secret.Name} --tags Key=team,Value=payroll`}
      save={async (ask, { removed, set }) => {
        if (removed.length) await ask("secretsmanager", "UntagResource", { SecretId, TagKeys: removed });
        if (set.length) await ask("secretsmanager", "TagResource", { SecretId, Tags: set.map(({ key, value }) => ({ Key: key, Value: value })) });
      }}
    />
  );
}
