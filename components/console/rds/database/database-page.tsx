"use client";
import { useState } from "react";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import Tabs from "@cloudscape-design/components/tabs";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { GoButton, GoLink, usePlace } from "../../frame/place";
import { TagsPanel } from "../../frame/tags";
import { useLoad } from "../../frame/use-load";
import { DatabaseStatus } from "../database-status";
import { DeleteDatabase } from "../delete-database";
import { loadDatabase } from "../load-databases";
import { databasePath, queryPath } from "../place-of";
import { type Database, engineNames } from "../rds-types";
import { ConfigurationTab, ConnectivityTab } from "./database-tabs";

const TABS = ["connectivity", "configuration", "tags"];

/** One instance's or cluster's page. */
export function DatabasePage({ kind, id, tab }: { kind: "instance" | "cluster"; id: string; tab?: string }) {
  const { navigate, narrow } = usePlace();
  const [deleting, setDeleting] = useState(false);
  const loaded = useLoad(`database|${kind}|${id}`, (ask) => loadDatabase(ask, kind, id));
  if (loaded.refused) {
    return (
      <SpaceBetween size="m">
        <Header variant="h1">{id}</Header>
        <AwsErrorNote refused={loaded.refused} />
      </SpaceBetween>
    );
  }
  const database = loaded.data;
  if (!database) return <Spinner size="large" />;
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button iconName="refresh" ariaLabel="Refresh" onClick={loaded.reload} />
            <Button onClick={() => setDeleting(true)} data-testid="database-delete">
              Delete
            </Button>
            <GoButton to={databasePath(database, "modify")} data-testid="database-modify">
              Modify
            </GoButton>
            {database.host && (
              <GoButton to={queryPath(database)} variant="primary" data-testid="database-query">
                Query
              </GoButton>
            )}
          </SpaceBetween>
        }
      >
        <span className="copyable-text">{database.id}</span>
      </Header>
      <Container header={<Header variant="h2">Summary</Header>}>
        <KeyValuePairs
          columns={narrow ? 2 : 4}
          minColumnWidth={narrow ? 130 : 150}
          items={[
            { label: "Status", value: <DatabaseStatus status={database.status} /> },
            { label: "Role", value: database.role },
            { label: "Engine", value: engineNames[database.shared.Engine] ?? database.shared.Engine },
            database.kind === "cluster"
              ? { label: "Instances", value: <Members database={database} /> }
              : { label: "Class", value: database.class },
            ...(database.cluster === undefined ? [] : [{ label: "Cluster", value: <GoLink to={databasePath({ kind: "cluster", id: database.cluster })}>{database.cluster}</GoLink> }]),
          ]}
        />
      </Container>
      <Tabs
        ariaLabel="About this database"
        activeTabId={tab && TABS.includes(tab) ? tab : TABS[0]}
        onChange={({ detail }) => navigate(databasePath(database, detail.activeTabId))}
        tabs={[
          { id: "connectivity", label: "Connectivity & security", content: <ConnectivityTab database={database} /> },
          { id: "configuration", label: "Configuration", content: <ConfigurationTab database={database} /> },
          { id: "tags", label: "Tags", content: <DatabaseTags database={database} /> },
        ]}
      />
      {deleting && <DeleteDatabase database={database} onClose={() => setDeleting(false)} onDone={() => navigate("databases")} />}
    </SpaceBetween>
  );
}

function Members({ database }: { database: Database }) {
  const members = database.dbCluster?.DBClusterMembers ?? [];
  if (!members.length) return <>None</>;
  return (
    <SpaceBetween size="xxs">
      {members.map(({ DBInstanceIdentifier, IsClusterWriter }) => (
        <span key={DBInstanceIdentifier}>
          <GoLink to={databasePath({ kind: "instance", id: DBInstanceIdentifier })}>{DBInstanceIdentifier}</GoLink> ({IsClusterWriter ? "writer" : "reader"})
        </span>
      ))}
    </SpaceBetween>
  );
}

function DatabaseTags({ database: { arn } }: { database: Database }) {
  const tags = useLoad(`tags|${arn}`, async (ask) => {
    const { TagList } = await ask<{ TagList: { Key: string; Value: string }[] }>("rds", "ListTagsForResource", { ResourceName: arn });
    return TagList.map(({ Key, Value }) => ({ key: Key, value: Value }));
  });
  return (
    <TagsPanel
      of="this database"
      tags={tags}
      command={`aws rds add-tags-to-resource --resource-name ${arn} --tags Key=team,Value=payroll`}
      save={async (ask, { removed, set }) => {
        if (removed.length) await ask("rds", "RemoveTagsFromResource", { ResourceName: arn, TagKeys: removed });
        if (set.length) await ask("rds", "AddTagsToResource", { ResourceName: arn, Tags: set.map(({ key, value }) => ({ Key: key, Value: value })) });
      }}
    />
  );
}
