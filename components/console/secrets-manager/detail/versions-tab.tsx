"use client";
import { useState } from "react";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import Toggle from "@cloudscape-design/components/toggle";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { ConfirmModal } from "../../frame/confirm-modal";
import { LabTime } from "../../frame/lab-time";
import { allPages, useLoad } from "../../frame/use-load";
import type { SecretVersion } from "../secret-types";

/** Versions and their labels; going back is moving AWSCURRENT. */
export function VersionsTab({ name, fixed }: { name: string; keyId?: string; fixed: boolean }) {
  const [deprecated, setDeprecated] = useState(false);
  const [back, setBack] = useState<{ to: string; from: string }>();
  const loaded = useLoad(`versions|${name}|${deprecated}`, (ask) =>
    allPages<SecretVersion>(async (NextToken) => {
      const page = await ask("secretsmanager", "ListSecretVersionIds", { SecretId: name, MaxResults: 100, ...(deprecated && { IncludeDeprecated: true }), ...(NextToken && { NextToken }) });
      return { items: page.Versions, next: page.NextToken };
    }),
  );
  const versions = [...(loaded.data ?? [])].sort((a, b) => (b.CreatedDate ?? 0) - (a.CreatedDate ?? 0));
  const current = versions.find(({ VersionStages }) => VersionStages?.includes("AWSCURRENT"))?.VersionId;
  return (
    <SpaceBetween size="m">
      {loaded.refused && <AwsErrorNote refused={loaded.refused} />}
      <Table
        data-testid="versions"
        header={
          <Header variant="h2" counter={loaded.data && `(${versions.length})`}>
            Versions
          </Header>
        }
        filter={
          <Toggle checked={deprecated} onChange={({ detail }) => setDeprecated(detail.checked)}>
            Show versions without a label
          </Toggle>
        }
        items={versions}
        trackBy="VersionId"
        loading={loaded.loading && !loaded.data}
        loadingText="Loading versions"
        columnDefinitions={[
          { id: "id", header: "Version ID", cell: ({ VersionId }) => <code className="copyable-text">{VersionId}</code>, isRowHeader: true },
          { id: "labels", header: "Staging labels", cell: ({ VersionStages = [] }) => VersionStages.join(", ") || "none" },
          { id: "accessed", header: "Last accessed", cell: ({ LastAccessedDate }) => <LabTime seconds={LastAccessedDate} /> },
          { id: "created", header: "Created on", cell: ({ CreatedDate }) => <LabTime seconds={CreatedDate} /> },
          {
            id: "back",
            header: "Go back",
            cell: ({ VersionId, VersionStages }) =>
              !fixed && current && VersionId !== current && VersionStages?.length && !VersionStages.includes("AWSPENDING") ? (
                <Button variant="inline-link" ariaLabel={`Make ${VersionId} the current version`} onClick={() => setBack({ to: VersionId, from: current })}>
                  Make current
                </Button>
              ) : (
                "-"
              ),
          },
        ]}
        empty="This secret has no version yet: it was made without a value."
      />
      {back && (
        <ConfirmModal
          title="Make this version current"
          testId="make-current"
          done="AWSCURRENT was moved. The version that had it is AWSPREVIOUS."
          onClose={() => setBack(undefined)}
          work={(ask) => ask("secretsmanager", "UpdateSecretVersionStage", { SecretId: name, VersionStage: "AWSCURRENT", MoveToVersionId: back.to, RemoveFromVersionId: back.from })}
        >
          Programs that name no version read it from the next call on. In the database, if there is one, nothing changes by this.
        </ConfirmModal>
      )}
    </SpaceBetween>
  );
}
