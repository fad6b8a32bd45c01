"use client";
import { useState } from "react";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import Table from "@cloudscape-design/components/table";
import { ConfirmModal } from "../../frame/confirm-modal";
import { EmptyState } from "../../frame/empty-state";
import { GoButton } from "../../frame/place";
import { GLOBAL_REGION } from "../place-of";
import { useAskIn } from "../shared/as-account";
import { useWorld } from "../shared/use-world";
import { accountWords, type World } from "../shared/world";
import { AdminForm } from "./admin-form";
import { scopeText } from "./admin-scope";

/** Administrators of Firewall Manager: the default one, and others with a scope. */
export function SettingsPage() {
  const world = useWorld();
  if (!world) return <Spinner size="large" />;
  return world.organization ? (
    <Administrators world={world} />
  ) : (
    <SpaceBetween size="m">
      <Header variant="h1">Settings</Header>
      <EmptyState title="No organization" action={<GoButton to="getting-started">Getting started</GoButton>}>
        Administrators belong to an organization. This account is in none.
      </EmptyState>
    </SpaceBetween>
  );
}

function Administrators({ world }: { world: World }) {
  const askIn = useAskIn();
  const manager = world.organization!.MasterAccountId;
  const [leaving, setLeaving] = useState<World["admins"][number]>();
  const [editing, setEditing] = useState<string>();
  return (
    <SpaceBetween size="l">
      <Header variant="h1" description={`Named by the management account, ${accountWords(world, manager)}, in ${GLOBAL_REGION}. Each administrator makes policies in its own account.`}>
        Settings
      </Header>
      <Table
        data-testid="admins"
        wrapLines
        items={world.admins}
        trackBy="AdminAccount"
        header={<Header variant="h2" counter={`(${world.admins.length})`}>Firewall Manager administrators</Header>}
        columnDefinitions={[
          { id: "account", header: "Account", isRowHeader: true, minWidth: 150, cell: ({ AdminAccount }) => accountWords(world, AdminAccount) },
          { id: "kind", header: "Kind", minWidth: 100, cell: ({ DefaultAdmin }) => (DefaultAdmin ? "Default" : "With a scope") },
          { id: "scope", header: "Administrative scope", minWidth: 200, cell: ({ AdminScope }) => scopeText(AdminScope, world) },
          {
            id: "actions",
            header: "",
            minWidth: 150,
            cell: (row) => (
              <SpaceBetween direction="horizontal" size="xs">
                {!row.DefaultAdmin && (
                  <Button variant="inline-link" ariaLabel={`Edit the scope of ${row.AdminAccount}`} onClick={() => setEditing(row.AdminAccount)}>
                    Edit
                  </Button>
                )}
                <Button variant="inline-link" ariaLabel={`Revoke ${row.AdminAccount}`} onClick={() => setLeaving(row)}>
                  Revoke
                </Button>
              </SpaceBetween>
            ),
          },
        ]}
        empty={
          <EmptyState title="No administrator" action={<GoButton to="getting-started">Getting started</GoButton>} command={`aws fms associate-admin-account --admin-account ${manager} --region ${GLOBAL_REGION}`}>
            The administrator makes the policies for all accounts of the organization.
          </EmptyState>
        }
      />
      {world.admin && (
        <Container header={<Header variant="h2" description="Beside the default one: for some accounts, Regions or policy types only.">{editing ? `Scope of ${editing}` : "Add an administrator"}</Header>}>
          <AdminForm key={editing ?? ""} world={world} account={editing} scope={world.admins.find(({ AdminAccount }) => AdminAccount === editing)?.AdminScope} onDone={() => setEditing(undefined)} />
        </Container>
      )}
      {leaving && (
        <ConfirmModal
          title="Revoke administrator"
          action="Revoke"
          testId="revoke-admin"
          work={async () => void (await askIn(leaving.AdminAccount)("fms", "DisassociateAdminAccount", {}, GLOBAL_REGION))}
          done={`Account ${leaving.AdminAccount} is no Firewall Manager administrator any more.`}
          onClose={() => setLeaving(undefined)}
        >
          The account resigns by a call of its own, and its policies are deleted. What they put on resources stays.{leaving.DefaultAdmin ? " The default administrator can go only when there are no others." : ""}
        </ConfirmModal>
      )}
    </SpaceBetween>
  );
}
