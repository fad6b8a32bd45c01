"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import { ConfirmModal } from "../../frame/confirm-modal";
import { EmptyState } from "../../frame/empty-state";
import { LabTime } from "../../frame/lab-time";
import { GoLink } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { IamTable } from "../../iam/shared/iam-table";
import { secondsOf, type FunctionConfiguration } from "../lambda-types";
import { loadAliases, loadVersions } from "../load-functions";
import { functionPath } from "../place-of";
import { PublishVersion } from "./publish-version";

interface Row extends FunctionConfiguration {
  aliases: string[];
}

/** What was published; $LATEST is the function itself. */
export function VersionsTab({ name }: { name: string }) {
  const versions = useLoad<Row[]>(`versions|${name}`, async (ask) => {
    const all = (await loadVersions(ask, name)).filter(({ Version }) => Version !== "$LATEST");
    const aliases = await loadAliases(ask, name);
    return all.map((version) => ({ ...version, aliases: aliases.filter(({ FunctionVersion }) => FunctionVersion === version.Version).map(({ Name }) => Name) }));
  });
  const [open, setOpen] = useState<"publish">();
  const [deleting, setDeleting] = useState<Row>();
  return (
    <>
      <IamTable<Row>
        data-testid="versions"
        level="h2"
        title="Versions"
        noun={["version", "versions"]}
        description="Each keeps code, settings and environment variables as they were when it was published."
        rows={versions}
        id={({ Version }) => Version}
        words={({ Version, Description, aliases }) => [Version, Description, ...aliases].join("\n")}
        selection="single"
        actions={(selected) => (
          <>
            <Button disabled={!selected.length} onClick={() => setDeleting(selected[0])} data-testid="delete-version">
              Delete
            </Button>
            <Button onClick={() => setOpen("publish")} data-testid="publish-version">
              Publish new version
            </Button>
          </>
        )}
        columns={[
          { id: "version", header: "Version", cell: ({ Version }) => <GoLink to={functionPath({ name, qualifier: Version })}>{Version}</GoLink>, isRowHeader: true },
          { id: "aliases", header: "Aliases", cell: ({ aliases }) => aliases.join(", ") || "-" },
          { id: "description", header: "Description", cell: ({ Description }) => Description || "-" },
          { id: "modified", header: "Last modified", cell: ({ LastModified }) => <LabTime seconds={secondsOf(LastModified)} />, wideOnly: true },
        ]}
        empty={
          <EmptyState title="No versions" action={<Button onClick={() => setOpen("publish")}>Publish new version</Button>} command={`aws lambda publish-version --function-name ${name}`}>
            A version is a copy of the function that does not change any more: something that an alias can point to.
          </EmptyState>
        }
      />
      {open && <PublishVersion name={name} onClose={() => setOpen(undefined)} />}
      {deleting && (
        <ConfirmModal
          title={`Delete version ${deleting.Version}`}
          action="Delete"
          testId="delete-version"
          done={`Version ${deleting.Version} was deleted.`}
          work={(ask) => ask("lambda", "DeleteFunction", { FunctionName: name, Qualifier: deleting.Version })}
          onClose={() => setDeleting(undefined)}
        >
          <Box variant="p">Its number is not used again. A version that an alias points to cannot be deleted.</Box>
        </ConfirmModal>
      )}
    </>
  );
}
