"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { CopyButton } from "../../frame/copyable";
import { useFlash } from "../../frame/flash";
import { useFormDraft } from "../../frame/lab";
import { useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { PairsField, valueOf, valueProblem, type ValueForm } from "../pairs-field";
import { pairsOf } from "../pairs";
import { newToken } from "../token";
import type { SecretValue } from "../secret-types";

interface Editing extends ValueForm {
  open: boolean;
}
const closed: Editing = { open: false, view: "pairs", pairs: [], text: "" };

/** The value: read only when asked for, by a GetSecretValue call of its own; edited as a new version. */
export function ValuePanel({ name, managed }: { name: string; keyId?: string; /** It cannot be changed here. */ managed?: boolean }) {
  const [asked, setAsked] = useState(false);
  const [view, setView] = useState<"pairs" | "text">("pairs");
  const [form, change, clear] = useFormDraft<Editing>(`secrets-manager/value/${name}`, closed);
  const answer = useLoad(asked ? `value|${name}` : undefined, (ask) => ask<SecretValue>("secretsmanager", "GetSecretValue", { SecretId: name }));
  const { busy, refused, run, clear: forget } = useMutation();
  const flash = useFlash();
  const value = answer.data?.SecretString;
  const pairs = value === undefined ? undefined : pairsOf(value);
  const begin = () => change({ open: true, view: pairs ? "pairs" : "text", pairs: pairs ?? [], text: value ?? "" });
  const save = async () => {
    const before = pairs ? value : undefined;
    if (!(await run((ask) => ask("secretsmanager", "PutSecretValue", { SecretId: name, SecretString: valueOf(form, before), ClientRequestToken: newToken() })))) return;
    flash.success("A new version was stored. It is AWSCURRENT; the one before is AWSPREVIOUS.");
    clear();
  };
  const problem = form.open ? valueProblem(form) : undefined;
  return (
    <Container
      data-testid="secret-value"
      header={
        <Header
          variant="h2"
          description="Retrieve and view the secret value."
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {asked && !form.open && (
                <Button
                  onClick={() => setAsked(false)}
                  data-testid="hide-value"
                >
                  Close
                </Button>
              )}
              {asked && answer.data && !form.open && !managed && answer.data.SecretBinary === undefined && (
                <Button onClick={begin} data-testid="edit-value">
                  Edit
                </Button>
              )}
              {!asked && (
                <Button onClick={() => setAsked(true)} data-testid="retrieve-value">
                  Retrieve secret value
                </Button>
              )}
            </SpaceBetween>
          }
        >
          Secret value
        </Header>
      }
      footer={
        form.open && (
          <SpaceBetween direction="horizontal" size="xs">
            <Button
              onClick={() => {
                forget();
                clear();
              }}
            >
              Cancel
            </Button>
            <Button variant="primary" loading={busy} disabled={problem !== undefined} disabledReason={problem} onClick={() => void save()} data-testid="save-value">
              Save
            </Button>
          </SpaceBetween>
        )
      }
    >
      {form.open ? (
        <SpaceBetween size="s">
          {refused && <AwsErrorNote refused={refused} onDismiss={forget} />}
          <PairsField form={form} change={change} before={pairs ? value : undefined} />
        </SpaceBetween>
      ) : !asked ? (
        <Box color="text-body-secondary">Reading it is a call like any other: it is recorded, it may be refused, and KMS is asked too.</Box>
      ) : (
        <SpaceBetween size="s">
          {answer.refused && <AwsErrorNote refused={answer.refused} />}
          {answer.data?.SecretBinary !== undefined && (
            <div className="value-line">
              <CopyButton text={answer.data.SecretBinary} what="value" />
              <code className="plain-value" data-testid="secret-binary">
                {answer.data.SecretBinary}
              </code>
              <Box variant="small">Binary, in base64.</Box>
            </div>
          )}
          {pairs && (
            <SegmentedControl
              label="Value as"
              selectedId={view}
              onChange={({ detail }) => setView(detail.selectedId as "pairs")}
              options={[
                { id: "pairs", text: "Key/value" },
                { id: "text", text: "Plaintext" },
              ]}
            />
          )}
          {pairs && view === "pairs" ? (
            <Table
              variant="embedded"
              data-testid="secret-pairs"
              items={pairs}
              trackBy="key"
              columnDefinitions={[
                { id: "key", header: "Secret key", cell: ({ key }) => key, isRowHeader: true },
                {
                  id: "value",
                  header: "Secret value",
                  cell: ({ key, value: one }) => (
                    <span className="value-line">
                      <CopyButton text={one} what={`value of ${key}`} /> <code className="plain-value">{one}</code>
                    </span>
                  ),
                },
              ]}
            />
          ) : value !== undefined ? (
            <div className="value-line">
              <CopyButton text={value} what="value" />
              <code className="plain-value" data-testid="secret-string">
                {value}
              </code>
            </div>
          ) : null}
        </SpaceBetween>
      )}
    </Container>
  );
}
