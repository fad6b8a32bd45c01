"use client";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { EmptyState } from "../../frame/empty-state";
import { GoButton, GoLink, usePlace } from "../../frame/place";
import { accountPath } from "../place-of";
import { AddAccount } from "../start/add-account";
import { useWorld } from "../shared/use-world";
import { pathOfParent, type Member, type World } from "../shared/world";
import { Units } from "./units";

/** The organization's accounts, where they stand in it, and whether AWS Config records in them. */
export function AccountsPage() {
  const world = useWorld();
  if (!world) return <Spinner size="large" />;
  if (!world.organization)
    return (
      <SpaceBetween size="m">
        <Header variant="h1">Accounts</Header>
        <EmptyState title="No organization" action={<GoButton to="getting-started">Getting started</GoButton>} command="aws organizations create-organization --feature-set ALL">
          Firewall Manager looks after the accounts of an organization. This account is in none.
        </EmptyState>
      </SpaceBetween>
    );
  return (
    <SpaceBetween size="l">
      <AccountsTable world={world} />
      <AddAccount world={world} />
      <Units world={world} />
    </SpaceBetween>
  );
}

export function roleOf(world: World, { Id }: Member): string {
  const roles = [...(world.organization?.MasterAccountId === Id ? ["Management account"] : []), ...(world.admins.some(({ AdminAccount }) => AdminAccount === Id) ? ["Firewall Manager administrator"] : []), ...(world.account === Id ? ["you"] : [])];
  return roles.join(", ") || "-";
}

function AccountsTable({ world }: { world: World }) {
  const { narrow } = usePlace();
  const columns = [
    { id: "id", header: "Account", isRowHeader: true, minWidth: 140, cell: ({ Id }: Member) => <GoLink to={accountPath(Id)}>{Id}</GoLink> },
    { id: "name", header: "Name", minWidth: 110, cell: ({ Name }: Member) => Name || "-" },
    { id: "config", header: `AWS Config in ${world.region}`, minWidth: 150, cell: ({ recording }: Member) => <StatusIndicator type={recording ? "success" : "stopped"}>{recording ? "Records" : "Does not record"}</StatusIndicator> },
    { id: "role", header: "Role", minWidth: 140, cell: (member: Member) => roleOf(world, member) },
    { id: "unit", header: "Organizational unit", minWidth: 140, cell: ({ parent }: Member) => pathOfParent(world, parent) },
  ];
  return (
    <Table
      data-testid="accounts"
      wrapLines
      items={world.members}
      trackBy="Id"
      columnDefinitions={narrow ? columns.slice(0, 3) : columns}
      header={<Header variant="h1" counter={`(${world.members.length})`} description="Choose an account to see its resources, and what policies have put on them.">Accounts</Header>}
    />
  );
}
