"use client";
import { useState } from "react";
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useFlash } from "../../frame/flash";
import { useFormDraft } from "../../frame/lab";
import { useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { readConsolePolicy } from "../console-policy";
import type { KeyMetadata } from "../key-rows";
import { PolicyText } from "../policy-text";
import { DefaultPolicyView } from "./default-policy-view";

interface PolicyDraft {
  /** What is being typed; undefined while nothing is edited. */
  text?: string;
}
const noDraft: PolicyDraft = {};

/**
 * The key policy in the console's two views. The default view is there for policies of the console's form; others are
 * shown as JSON. Source: KMS Developer Guide, Change a key policy.
 */
export function KeyPolicyTab({ metadata }: { metadata: KeyMetadata }) {
  const { KeyId } = metadata;
  // The key's own account: from another one it can be looked at by its ARN.
  const account = metadata.AWSAccountId;
  const [draft, change, clear] = useFormDraft(`kms/policy/${KeyId}`, noDraft);
  const [chosen, setChosen] = useState<"default" | "policy">();
  const { busy, refused, run, clear: forget } = useMutation();
  const flash = useFlash();
  const policy = useLoad(`policy|${KeyId}`, (ask) => ask<{ Policy: string }>("kms", "GetKeyPolicy", { KeyId, PolicyName: "default" }));

  if (policy.refused) return <AwsErrorNote refused={policy.refused} />;
  if (!policy.data) return <Spinner />;
  const stored = policy.data.Policy;
  const reading = readConsolePolicy(stored, account);
  const customer = metadata.KeyManager === "CUSTOMER";
  // What was being typed before a reload is more important than the view.
  const view = draft.text !== undefined || reading.kind !== "console" || !customer ? "policy" : (chosen ?? "default");

  const put = async (Policy: string) => {
    if (!(await run((ask) => ask("kms", "PutKeyPolicy", { KeyId, PolicyName: "default", Policy })))) return false;
    flash.success("The key policy was saved.");
    clear();
    return true;
  };

  if (view === "default" && reading.kind === "console") {
    return (
      <SpaceBetween size="m">
        {refused && <AwsErrorNote refused={refused} onDismiss={forget} />}
        <Header
          variant="h2"
          actions={
            <Button onClick={() => setChosen("policy")} data-testid="switch-to-policy-view">
              Switch to policy view
            </Button>
          }
        >
          Key policy
        </Header>
        <DefaultPolicyView
          metadata={metadata}
          account={account}
          document={reading.document}
          choice={reading.choice}
          busy={busy}
          save={put}
        />
      </SpaceBetween>
    );
  }

  const editing = draft.text !== undefined;
  return (
    <SpaceBetween size="m">
      {refused && <AwsErrorNote refused={refused} onDismiss={forget} />}
      <Container
        header={
          <Header
            variant="h2"
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                {!editing && reading.kind === "console" && customer && (
                  <Button onClick={() => setChosen("default")} data-testid="switch-to-default-view">
                    Switch to default view
                  </Button>
                )}
                {!editing && customer && (
                  <Button onClick={() => change({ text: stored })} data-testid="policy-edit">
                    Edit
                  </Button>
                )}
              </SpaceBetween>
            }
          >
            Key policy
          </Header>
        }
        footer={
          editing && (
            <SpaceBetween direction="horizontal" size="xs">
              <Button
                onClick={() => {
                  forget();
                  clear();
                }}
              >
                Cancel
              </Button>
              <Button variant="primary" loading={busy} onClick={() => void put(draft.text!)} data-testid="policy-save">
                Save changes
              </Button>
            </SpaceBetween>
          )
        }
      >
        <SpaceBetween size="s">
          {reading.kind === "custom" && customer && !editing && (
            <Alert type="info">There is no default view of this policy. {reading.why}</Alert>
          )}
          {editing && draft.text !== stored && <Box variant="small">Not saved yet. What you type is kept, also over a reload.</Box>}
          <PolicyText
            value={draft.text ?? stored}
            onChange={editing ? (text) => change({ text }) : undefined}
            keyArn={metadata.Arn}
            account={account}
          />
        </SpaceBetween>
      </Container>
    </SpaceBetween>
  );
}
