"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import { ConfirmModal } from "../../frame/confirm-modal";
import { EmptyState } from "../../frame/empty-state";
import { LabTime } from "../../frame/lab-time";
import { useLoad } from "../../frame/use-load";
import { documentText, listing } from "../load-iam";
import { IamTable } from "../shared/iam-table";
import type { PolicyVersion } from "../types";

/** The versions of a managed policy. One is the default; the others are kept to go back to. */
export function VersionsTab({ arn, own }: { arn: string; own: boolean }) {
  const versions = useLoad(`versions|${arn}`, (ask) => listing<PolicyVersion>(ask, "ListPolicyVersions", "Versions", { PolicyArn: arn }));
  const [doing, setDoing] = useState<{ what: "default" | "delete"; version: PolicyVersion }>();
  return (
    <>
      <IamTable<PolicyVersion>
        data-testid="policy-versions"
        level="h2"
        title="Policy versions"
        noun={["version", "versions"]}
        description="A policy can have up to five versions. The default version counts everywhere where the policy is attached."
        rows={versions}
        id={({ VersionId }) => VersionId}
        words={({ VersionId }) => VersionId}
        selection="single"
        actions={([version]) =>
          own && (
            <>
              <Button
                disabled={!version || version.IsDefaultVersion}
                onClick={() => setDoing({ what: "delete", version })}
                data-testid="delete-version"
              >
                Delete
              </Button>
              <Button
                disabled={!version || version.IsDefaultVersion}
                onClick={() => setDoing({ what: "default", version })}
                data-testid="set-default"
              >
                Set as default
              </Button>
            </>
          )
        }
        columns={[
          {
            id: "version",
            header: "Version",
            cell: ({ VersionId, IsDefaultVersion }) => `${VersionId}${IsDefaultVersion ? " (Default)" : ""}`,
            isRowHeader: true,
          },
          { id: "created", header: "Creation time", cell: ({ CreateDate }) => <LabTime seconds={CreateDate} /> },
        ]}
        empty={
          <EmptyState title="No versions" command={`aws iam list-policy-versions --policy-arn ${arn}`}>
            A policy always has one version at least.
          </EmptyState>
        }
      />
      {doing && (
        <ConfirmModal
          title={doing.what === "default" ? `Set ${doing.version.VersionId} as default` : `Delete ${doing.version.VersionId}`}
          action={doing.what === "default" ? "Set as default" : "Delete"}
          testId="version"
          done={doing.what === "default" ? `${doing.version.VersionId} is the default version now.` : `Version ${doing.version.VersionId} was deleted.`}
          onClose={() => setDoing(undefined)}
          work={(ask) =>
            ask("iam", doing.what === "default" ? "SetDefaultPolicyVersion" : "DeletePolicyVersion", {
              PolicyArn: arn,
              VersionId: doing.version.VersionId,
            })
          }
        >
          <Box variant="p">
            {doing.what === "default"
              ? "From now on this version counts wherever the policy is attached."
              : "A deleted version cannot be brought back, and its number is not used again."}
          </Box>
          <VersionText arn={arn} version={doing.version.VersionId} />
        </ConfirmModal>
      )}
    </>
  );
}

function VersionText({ arn, version }: { arn: string; version: string }) {
  const text = useLoad(`version|${arn}|${version}`, async (ask) =>
    documentText((await ask("iam", "GetPolicyVersion", { PolicyArn: arn, VersionId: version })).PolicyVersion.Document),
  );
  return (
    <pre className="json-view" tabIndex={0} role="region" aria-label={`Version ${version}, JSON`}>
      {text.data ?? ""}
    </pre>
  );
}
