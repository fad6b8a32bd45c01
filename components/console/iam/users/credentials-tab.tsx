"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { ConfirmModal } from "../../frame/confirm-modal";
import { Copyable } from "../../frame/copyable";
import { EmptyState } from "../../frame/empty-state";
import { LabTime } from "../../frame/lab-time";
import { GoButton } from "../../frame/place";
import { useLoad, type Loaded } from "../../frame/use-load";
import { holderPath } from "../shared/holder-path";
import type { AccessKey } from "../types";
import { ConsoleAccess } from "./console-access";

/** IAM allows two, so that one can be replaced while the other works. Source: IAM User Guide, "IAM and AWS STS quotas". */
const MOST_KEYS = 2;

export function CredentialsTab({ name, keys, password }: { name: string; keys: Loaded<AccessKey[]>; password?: { CreateDate: number } }) {
  return (
    <SpaceBetween size="m">
      <ConsoleAccess name={name} password={password} />
      <AccessKeys name={name} keys={keys} />
    </SpaceBetween>
  );
}

type Action = "deactivate" | "activate" | "delete";

function AccessKeys({ name, keys }: { name: string; keys: Loaded<AccessKey[]> }) {
  const [doing, setDoing] = useState<{ action: Action; accessKey: AccessKey }>();
  if (keys.refused) return <AwsErrorNote refused={keys.refused} />;
  const items = keys.data ?? [];
  return (
    <Container
      data-testid="access-keys"
      header={
        <Header
          variant="h2"
          counter={`(${items.length})`}
          description="Use access keys to send programmatic calls from the AWS CLI, an SDK or Terraform. You can have at most two, active or inactive."
          actions={
            <GoButton
              to={holderPath({ kind: "user", name }, "create-access-key")}
              disabled={items.length >= MOST_KEYS}
              data-testid="create-access-key"
            >
              Create access key
            </GoButton>
          }
        >
          Access keys
        </Header>
      }
    >
      {items.length === 0 ? (
        <EmptyState title="No access keys" command={`aws iam create-access-key --user-name ${name}`}>
          Long-term keys can leak. Where something runs in AWS, give it a role instead: its keys are temporary.
        </EmptyState>
      ) : (
        <SpaceBetween size="l">
          {items.map((key) => (
            <KeyCard key={key.AccessKeyId} accessKey={key} onAction={(action) => setDoing({ action, accessKey: key })} />
          ))}
        </SpaceBetween>
      )}
      {doing && <ConfirmKeyAction name={name} {...doing} onClose={() => setDoing(undefined)} />}
    </Container>
  );
}

function KeyCard({ accessKey, onAction }: { accessKey: AccessKey; onAction(action: Action): void }) {
  const { AccessKeyId, Status, CreateDate } = accessKey;
  const used = useLoad(`used|${AccessKeyId}`, async (ask) => {
    const answer = await ask("iam", "GetAccessKeyLastUsed", { AccessKeyId });
    return answer.AccessKeyLastUsed as { LastUsedDate?: number; ServiceName: string; Region: string };
  });
  const active = Status === "Active";
  return (
    <div data-testid={`access-key-${AccessKeyId}`}>
      <Header
        variant="h3"
        actions={
          <ButtonDropdown
            data-testid="access-key-actions"
            ariaLabel={`Actions for ${AccessKeyId}`}
            items={[
              active ? { id: "deactivate", text: "Deactivate" } : { id: "activate", text: "Activate" },
              { id: "delete", text: "Delete", disabled: active, disabledReason: "Deactivate the key first." },
            ]}
            onItemClick={({ detail }) => onAction(detail.id as Action)}
          >
            Actions
          </ButtonDropdown>
        }
      >
        <Copyable text={AccessKeyId} what="access key ID" />
      </Header>
      <KeyValuePairs
        columns={4}
        minColumnWidth={130}
        items={[
          { label: "Status", value: <StatusIndicator type={active ? "success" : "stopped"}>{Status}</StatusIndicator> },
          { label: "Created", value: <LabTime seconds={CreateDate} /> },
          { label: "Last used", value: used.data?.LastUsedDate ? <LabTime seconds={used.data.LastUsedDate} /> : "Never" },
          { label: "Last used service", value: used.data ? `${used.data.ServiceName}${used.data.Region === "N/A" ? "" : `, ${used.data.Region}`}` : "-" },
        ]}
      />
    </div>
  );
}

const WORDS: Record<Action, { title: string; button: string; effect: string; done: string }> = {
  deactivate: {
    title: "Deactivate access key",
    button: "Deactivate",
    effect: "Calls signed with this key will be refused until you activate it again.",
    done: "deactivated",
  },
  activate: { title: "Activate access key", button: "Activate", effect: "Calls signed with this key will be accepted again.", done: "activated" },
  delete: {
    title: "Delete access key",
    button: "Delete",
    effect: "A deleted key cannot be brought back. Programs that use it will be refused.",
    done: "deleted",
  },
};

function ConfirmKeyAction({ name, action, accessKey, onClose }: { name: string; action: Action; accessKey: AccessKey; onClose(): void }) {
  const { title, button, effect, done } = WORDS[action];
  const { AccessKeyId } = accessKey;
  return (
    <ConfirmModal
      title={title}
      action={button}
      testId="access-key-action"
      typed={action === "delete" ? AccessKeyId : undefined}
      done={`Access key ${AccessKeyId} was ${done}.`}
      onClose={onClose}
      work={(ask) =>
        action === "delete"
          ? ask("iam", "DeleteAccessKey", { UserName: name, AccessKeyId })
          : ask("iam", "UpdateAccessKey", { UserName: name, AccessKeyId, Status: action === "activate" ? "Active" : "Inactive" })
      }
    >
      <Box variant="p">{effect}</Box>
      <Box variant="p">
        <strong>{AccessKeyId}</strong>
      </Box>
    </ConfirmModal>
  );
}
