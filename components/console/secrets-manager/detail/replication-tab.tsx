"use client";
import { useState } from "react";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import Alert from "@cloudscape-design/components/alert";
import { regions } from "@/lib/engine/regions";
import { ConfirmModal } from "../../frame/confirm-modal";
import { EmptyState } from "../../frame/empty-state";
import { goToRegion, useWhere } from "../../frame/lab";
import { SecretKeySelect } from "../key-select";
import { DEFAULT_KEY, type Replica, type Secret } from "../secret-types";

const states: Record<Replica["Status"], { type: "success" | "error" | "in-progress"; words: string }> = {
  InSync: { type: "success", words: "In sync" },
  Failed: { type: "error", words: "Failed" },
  InProgress: { type: "in-progress", words: "In progress" },
};
const regionName = (region: string): string => (regions as Record<string, string | undefined>)[region] ?? region;

/** Copies in other Regions, which follow each change; a replica says where its primary is. */
export function ReplicationTab({ secret }: { secret: Secret }) {
  const { region } = useWhere();
  const [open, setOpen] = useState<"add" | "promote">();
  const [removing, setRemoving] = useState<string>();
  const { Name, ARN, PrimaryRegion } = secret;
  const replicas = secret.ReplicationStatus ?? [];
  if (PrimaryRegion !== undefined && PrimaryRegion !== region)
    return (
      <SpaceBetween size="m">
        <Alert
          type="info"
          header={`A replica of the secret in ${regionName(PrimaryRegion)}`}
          action={
            <SpaceBetween direction="horizontal" size="xs">
              <Button onClick={() => goToRegion(PrimaryRegion)}>Go to {PrimaryRegion}</Button>
              <Button onClick={() => setOpen("promote")} data-testid="promote-replica">
                Promote to standalone secret
              </Button>
            </SpaceBetween>
          }
        >
          Its value, description and rotation follow the primary, and are changed there.
        </Alert>
        {open === "promote" && (
          <ConfirmModal title="Promote to standalone secret" testId="promote" done={`${Name} is a secret of its own now.`} onClose={() => setOpen(undefined)} work={(ask) => ask("secretsmanager", "StopReplicationToReplica", { SecretId: ARN })}>
            It no longer follows the secret in {PrimaryRegion}, and can be changed here.
          </ConfirmModal>
        )}
      </SpaceBetween>
    );
  return (
    <SpaceBetween size="m">
      <Table
        data-testid="replicas"
        header={
          <Header
            variant="h2"
            counter={`(${replicas.length})`}
            actions={
              <Button onClick={() => setOpen("add")} disabled={secret.DeletedDate !== undefined} data-testid="replicate-secret">
                Replicate secret to other Regions
              </Button>
            }
          >
            Replicate secret
          </Header>
        }
        items={replicas}
        trackBy="Region"
        columnDefinitions={[
          { id: "region", header: "Region", cell: ({ Region }) => `${regionName(Region)} (${Region})`, isRowHeader: true },
          { id: "status", header: "Replication status", cell: ({ Status, StatusMessage }) => <StatusIndicator type={states[Status].type}>{`${states[Status].words}${StatusMessage ? `: ${StatusMessage}` : ""}`}</StatusIndicator> },
          { id: "key", header: "Encryption key", cell: ({ KmsKeyId }) => <span className="copyable-text">{KmsKeyId ?? DEFAULT_KEY}</span> },
          {
            id: "do",
            header: "Actions",
            cell: ({ Region, Status }) => (
              <SpaceBetween direction="horizontal" size="xs">
                {Status === "InSync" && (
                  <Button variant="inline-link" ariaLabel={`Show the replica in ${Region}`} onClick={() => goToRegion(Region)}>
                    Show
                  </Button>
                )}
                <Button variant="inline-link" ariaLabel={`Delete the replica in ${Region}`} onClick={() => setRemoving(Region)}>
                  Delete
                </Button>
              </SpaceBetween>
            ),
          },
        ]}
        empty={
          <EmptyState title="No replicas" command={`aws secretsmanager replicate-secret-to-regions --secret-id ${Name} --add-replica-regions Region=eu-west-2`}>
            A replica has the secret&apos;s name and value in another Region, and follows each change. Each is charged as a secret.
          </EmptyState>
        }
      />
      {open === "add" && <AddReplica secret={secret} taken={[region, ...replicas.map(({ Region }) => Region)]} onClose={() => setOpen(undefined)} />}
      {removing !== undefined && (
        <ConfirmModal title="Delete replica" testId="delete-replica" done={`The replica in ${removing} was deleted.`} onClose={() => setRemoving(undefined)} work={(ask) => ask("secretsmanager", "RemoveRegionsFromReplication", { SecretId: ARN, RemoveReplicaRegions: [removing] })}>
          Programs in {removing} that read {Name} there get an error from now on.
        </ConfirmModal>
      )}
    </SpaceBetween>
  );
}

function AddReplica({ secret, taken, onClose }: { secret: Secret; taken: string[]; onClose(): void }) {
  const options = Object.entries(regions)
    .filter(([value]) => !taken.includes(value))
    .map(([value, label]) => ({ value, label, description: value }));
  const [region, setRegion] = useState(options[0].value);
  const [key, setKey] = useState(DEFAULT_KEY);
  return (
    <ConfirmModal
      title="Replicate secret"
      action="Replicate"
      testId="replicate"
      done={`${secret.Name} is being replicated to ${region}.`}
      onClose={onClose}
      work={(ask) => ask("secretsmanager", "ReplicateSecretToRegions", { SecretId: secret.ARN, AddReplicaRegions: [{ Region: region, ...(key !== DEFAULT_KEY && { KmsKeyId: key }) }] })}
    >
      <FormField label="Region">
        <Select
          selectedOption={options.find(({ value }) => value === region)!}
          options={options}
          filteringType="auto"
          onChange={({ detail }) => {
            setRegion(detail.selectedOption.value!);
            setKey(DEFAULT_KEY);
          }}
          data-testid="replica-region"
        />
      </FormField>
      <FormField label="Encryption key" description="A key of that Region.">
        <SecretKeySelect key={region} value={key} onChange={setKey} region={region} testId="replica-key" />
      </FormField>
    </ConfirmModal>
  );
}
