"use client";
import { useState } from "react";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { AwsErrorNote } from "../frame/aws-error-note";
import { useFlash } from "../frame/flash";
import { KeyMark } from "../frame/key-mark";
import { useNow } from "../frame/lab";
import { absoluteTime } from "../frame/time-words";
import { leaveOut, useLoad } from "../frame/use-load";
import { useMutation } from "../frame/use-mutation";
import { KeyStatus } from "./key-status";
import { shortAlias, type KeyMetadata, type KeyRow } from "./key-rows";
import { loadAliases } from "./load-keys";

/** The word that has to be typed before keys can be scheduled for deletion. */
const CONFIRMATION = "confirm";

/** Schedule key deletion: waiting period, what is lost, and a confirmation. Source: KMS Developer Guide, Schedule key deletion. */
export function ScheduleDeletion({ ids, navigate }: { ids: string[]; navigate(path: string): void }) {
  const [days, setDays] = useState("30");
  const [checked, setChecked] = useState(false);
  const [typed, setTyped] = useState("");
  const now = useNow();
  const flash = useFlash();
  const { busy, refused, run } = useMutation();
  const keys = useLoad(`schedule|${ids.join()}`, async (ask): Promise<KeyRow[]> => {
    const rows: KeyRow[] = [];
    for (const KeyId of ids) {
      const { KeyMetadata: metadata } = await ask<{ KeyMetadata: KeyMetadata }>("kms", "DescribeKey", { KeyId });
      const aliases = (await loadAliases(ask, KeyId).catch(leaveOut)) ?? [];
      rows.push({ id: metadata.KeyId, arn: metadata.Arn, metadata, aliases: aliases.map(({ AliasName }) => shortAlias(AliasName)) });
    }
    return rows;
  });

  const period = Number(days);
  const periodProblem =
    /^\d+$/.test(days) && period >= 7 && period <= 30 ? undefined : "The waiting period is a whole number of days from 7 to 30.";
  const what = ids.length === 1 ? "this key" : "these keys";
  const ready = !periodProblem && checked && typed === CONFIRMATION && !!keys.data;
  const back = () => navigate(ids.length === 1 ? `keys/${encodeURIComponent(ids[0])}` : "keys");

  const submit = async () => {
    const worked = await run(async (ask) => {
      for (const KeyId of ids) await ask("kms", "ScheduleKeyDeletion", { KeyId, PendingWindowInDays: period });
    });
    if (!worked) return;
    flash.success(`Deletion of ${ids.length === 1 ? "the key" : `${ids.length} keys`} is scheduled. You can cancel it until then.`);
    navigate("keys");
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void submit();
      }}
    >
      <Form
        header={<Header variant="h1">Schedule key deletion</Header>}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button formAction="none" variant="link" onClick={back}>
              Cancel
            </Button>
            <Button variant="primary" disabled={!ready} loading={busy} data-testid="schedule-deletion-submit">
              Schedule deletion
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="m">
          {refused && <AwsErrorNote refused={refused} />}
          {keys.refused && <AwsErrorNote refused={keys.refused} />}
          <Alert type="warning" header="Deleting a key makes all data encrypted under it unrecoverable">
            During the waiting period the key cannot be used, and you can cancel the deletion. Afterwards its key material, its aliases and
            everything that KMS knows about it are gone. If you are not sure, disable the key instead.
          </Alert>
          <Container header={<Header variant="h2">Waiting period</Header>}>
            <FormField
              label="Waiting period (in days)"
              description="How long KMS waits before it deletes the key."
              constraintText={
                periodProblem
                  ? "7 to 30 days."
                  : `7 to 30 days. The key would be deleted on ${absoluteTime(now + period * 86_400_000)} of the lab's clock.`
              }
              errorText={periodProblem}
            >
              <Input
                type="number"
                inputMode="numeric"
                value={days}
                onChange={({ detail }) => setDays(detail.value)}
                data-testid="waiting-period"
              />
            </FormField>
          </Container>
          <Table
            header={<Header variant="h2">Keys to be deleted</Header>}
            loading={keys.loading && !keys.data}
            loadingText="Loading keys"
            items={keys.data ?? []}
            columnDefinitions={[
              { id: "alias", header: "Aliases", cell: (row) => row.aliases.join(", ") || "-", isRowHeader: true },
              {
                id: "id",
                header: "Key ID",
                cell: (row) => (
                  <span className="key-line">
                    <KeyMark keyId={row.id} name={row.aliases[0]} /> {row.id}
                  </span>
                ),
              },
              { id: "status", header: "Status", cell: (row) => <KeyStatus state={row.metadata!.KeyState} /> },
            ]}
          />
          <Container header={<Header variant="h2">Confirmation</Header>}>
            <SpaceBetween size="m">
              <Checkbox checked={checked} onChange={({ detail }) => setChecked(detail.checked)} data-testid="confirm-deletion">
                Confirm you want to schedule {what} for deletion in {periodProblem ? "…" : period} days.
              </Checkbox>
              <FormField label={<>To confirm deletion, type {CONFIRMATION} in the field</>}>
                <Input
                  value={typed}
                  placeholder={CONFIRMATION}
                  onChange={({ detail }) => setTyped(detail.value)}
                  data-testid="confirm-deletion-text"
                />
              </FormField>
            </SpaceBetween>
          </Container>
        </SpaceBetween>
      </Form>
    </form>
  );
}
