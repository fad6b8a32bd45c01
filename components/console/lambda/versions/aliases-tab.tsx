"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import { ConfirmModal } from "../../frame/confirm-modal";
import { EmptyState } from "../../frame/empty-state";
import { GoButton, GoLink, usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { IamTable } from "../../iam/shared/iam-table";
import type { Alias } from "../lambda-types";
import { loadAliases } from "../load-functions";
import { functionPath } from "../place-of";

/** Names for versions: who invokes `prod` need not know which version that is. */
export function AliasesTab({ name }: { name: string }) {
  const { navigate } = usePlace();
  const aliases = useLoad(`aliases|${name}`, (ask) => loadAliases(ask, name));
  const [deleting, setDeleting] = useState<Alias>();
  const create = functionPath({ name }, "edit", "alias");
  return (
    <>
      <IamTable<Alias>
        data-testid="aliases"
        level="h2"
        title="Aliases"
        noun={["alias", "aliases"]}
        description="A name that points to a version, and can be made to point to another."
        rows={aliases}
        id={({ Name }) => Name}
        words={({ Name, Description, FunctionVersion }) => [Name, Description, FunctionVersion].join("\n")}
        selection="single"
        actions={(selected) => (
          <>
            <Button disabled={!selected.length} onClick={() => navigate(functionPath({ name }, "edit", "alias", selected[0].Name))} data-testid="edit-alias">
              Edit
            </Button>
            <Button disabled={!selected.length} onClick={() => setDeleting(selected[0])} data-testid="delete-alias">
              Delete
            </Button>
            <GoButton to={create} data-testid="create-alias">
              Create alias
            </GoButton>
          </>
        )}
        columns={[
          { id: "name", header: "Name", cell: ({ Name }) => <GoLink to={functionPath({ name, qualifier: Name })}>{Name}</GoLink>, isRowHeader: true },
          {
            id: "version",
            header: "Versions",
            cell: ({ FunctionVersion, RoutingConfig }) =>
              [FunctionVersion, ...Object.entries(RoutingConfig?.AdditionalVersionWeights ?? {}).map(([version, weight]) => `${version} (${Math.round(weight * 100)}%)`)].join(", "),
          },
          { id: "description", header: "Description", cell: ({ Description }) => Description || "-", wideOnly: true },
        ]}
        empty={
          <EmptyState title="No aliases" action={<GoButton to={create}>Create alias</GoButton>} command={`aws lambda create-alias --function-name ${name} --name prod --function-version 1`}>
            An alias has an ARN of its own: a rule or a rotation that names it keeps working when it points to the next version.
          </EmptyState>
        }
      />
      {deleting && (
        <ConfirmModal
          title={`Delete alias ${deleting.Name}`}
          action="Delete"
          testId="delete-alias"
          done={`The alias ${deleting.Name} was deleted.`}
          work={(ask) => ask("lambda", "DeleteAlias", { FunctionName: name, Name: deleting.Name })}
          onClose={() => setDeleting(undefined)}
        >
          <Box variant="p">Who invokes it is told that it cannot be found. The version that it points to stays.</Box>
        </ConfirmModal>
      )}
    </>
  );
}
