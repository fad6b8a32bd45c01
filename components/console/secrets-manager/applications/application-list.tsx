"use client";
import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import { type ApplicationRow, entriesOf } from "@/lib/engine/application/state";
import { EmptyState } from "../../frame/empty-state";
import { GoButton, GoLink, usePlace } from "../../frame/place";
import { secretPath } from "../place-of";
import { applicationPath } from "./place-of";
import { strategyLabel } from "./strategies";
import { countsOf } from "./story";
import { useApplications } from "./use-story";

/** The name of a secret as its page has it, from what a program was told. */
export const secretName = (id: string): string => (id.startsWith("arn:") ? (id.split(":")[6]?.replace(/-[A-Za-z0-9]{6}$/, "") ?? id) : id);

/** The little programs of this lab that log in to a database again and again. */
export function ApplicationList() {
  const { narrow } = usePlace();
  const found = useApplications();
  const columns: TableProps.ColumnDefinition<Readonly<ApplicationRow>>[] = [
    { id: "name", header: "Application", cell: ({ Name }) => <GoLink to={applicationPath(Name)}>{Name}</GoLink>, isRowHeader: true },
    { id: "state", header: "State", cell: ({ State }) => <StatusIndicator type={State === "Running" ? "in-progress" : "stopped"}>{State}</StatusIndicator> },
    {
      id: "last",
      header: "Last login",
      cell: (row) => {
        const last = found && entriesOf(found.db, row).at(-1);
        return last ? <StatusIndicator type={last.ok ? "success" : "error"}>{last.ok ? "Succeeded" : "Failed"}</StatusIndicator> : "-";
      },
    },
    { id: "secret", header: "Secret", cell: ({ SecretId }) => <GoLink to={secretPath(secretName(SecretId))}>{secretName(SecretId)}</GoLink> },
    { id: "strategy", header: "Strategy", cell: ({ Strategy }) => strategyLabel(Strategy) },
    { id: "succeeded", header: "Succeeded", cell: (row) => (found ? countsOf(found.db, row, found.now).succeeded.toLocaleString("en") : "-") },
    { id: "failed", header: "Failed", cell: (row) => (found ? countsOf(found.db, row, found.now).failed.toLocaleString("en") : "-") },
  ];
  return (
    <SpaceBetween size="m">
      <Table
        data-testid="applications"
        header={
          <Header
            variant="h1"
            counter={found && `(${found.rows.length})`}
            info={<Badge color="grey">Keyhole</Badge>}
            description="Little programs that log in to a database with what a secret says. AWS has no such page: they are here so that you see what a rotation does to those who use the secret."
            actions={
              <GoButton to="applications/start" variant="primary" data-testid="start-application">
                Start an application
              </GoButton>
            }
          >
            Applications
          </Header>
        }
        items={found?.rows ?? []}
        trackBy="Name"
        loading={!found}
        loadingText="Opening the lab"
        columnDefinitions={narrow ? columns.filter(({ id }) => !["strategy", "succeeded"].includes(id!)) : columns}
        empty={
          <EmptyState title="No applications" action={<GoButton to="applications/start">Start an application</GoButton>} command="keyhole app start shop --secret shop/db --role shop-web --strategy refreshes-on-refusal">
            An application reads a secret as its role, and logs in to the database that the secret names, again and again.
          </EmptyState>
        }
      />
      <Box variant="small" color="text-body-secondary">
        They run by the lab’s clock. What they ask of Secrets Manager is authorised, recorded and charged like anybody’s call.
      </Box>
    </SpaceBetween>
  );
}
