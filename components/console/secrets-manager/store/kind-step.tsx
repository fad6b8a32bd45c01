"use client";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import Tiles from "@cloudscape-design/components/tiles";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { ConsoleLink } from "../../frame/console-link";
import { EmptyState } from "../../frame/empty-state";
import { usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { SecretKeySelect } from "../key-select";
import { PairsField } from "../pairs-field";
import { isChosen, type Database, type SecretKind, type StoreDraft } from "./draft";
import { loadDatabases } from "./load-databases";

export interface StepProps {
  draft: StoreDraft;
  change(part: Partial<StoreDraft>): void;
}

const kinds: { value: SecretKind; label: string; description: string }[] = [
  { value: "rds", label: "Credentials for Amazon RDS database", description: "RDS and Aurora." },
  { value: "documentdb", label: "Credentials for Amazon DocumentDB database", description: "Documents, as MongoDB has them." },
  { value: "redshift", label: "Credentials for Amazon Redshift data warehouse", description: "Clusters." },
  { value: "other-database", label: "Credentials for other database", description: "MySQL, PostgreSQL and others, wherever they are." },
  { value: "other", label: "Other type of secret", description: "API key, token, other." },
];
const engines = [
  { value: "mysql", label: "MySQL" },
  { value: "mariadb", label: "MariaDB" },
  { value: "postgres", label: "PostgreSQL" },
  { value: "mongo", label: "MongoDB" },
];

export function KindStep({ draft, change }: StepProps) {
  const { narrow } = usePlace();
  const { kind, username, password, engine, server, port, dbname, key } = draft;
  return (
    <SpaceBetween size="m">
      <Container header={<Header variant="h2">Secret type</Header>}>
        <Tiles
          ariaLabel="Secret type"
          columns={narrow ? 1 : 2}
          value={kind}
          items={kinds}
          onChange={({ detail }) => change({ kind: detail.value as SecretKind, database: undefined })}
          data-testid="secret-kind"
        />
      </Container>
      {kind === "other" ? (
        <Container header={<Header variant="h2">Key/value pairs</Header>}>
          <PairsField form={draft} change={change} />
        </Container>
      ) : (
        <Container header={<Header variant="h2">Credentials</Header>}>
          <SpaceBetween size="m">
            <FormField label="User name">
              <Input value={username} autoComplete={false} spellcheck={false} onChange={({ detail }) => change({ username: detail.value })} data-testid="secret-username" />
            </FormField>
            <FormField label="Password">
              <Input type="password" value={password} autoComplete={false} onChange={({ detail }) => change({ password: detail.value })} data-testid="secret-password" />
            </FormField>
          </SpaceBetween>
        </Container>
      )}
      <Container header={<Header variant="h2">Encryption key</Header>}>
        <FormField label="Encryption key" description="Secrets Manager's own key is free. To share the secret with another account you need a key of your own.">
          <SecretKeySelect value={key} onChange={(next) => change({ key: next })} testId="secret-key" />
        </FormField>
      </Container>
      {isChosen(kind) && <DatabaseChoice key={kind} kind={kind} chosen={draft.database} onChoose={(database) => change({ database })} />}
      {kind === "other-database" && (
        <Container header={<Header variant="h2">Database</Header>}>
          <SpaceBetween size="m">
            <FormField label="Engine">
              <Select selectedOption={engines.find(({ value }) => value === engine)!} options={engines} onChange={({ detail }) => change({ engine: detail.selectedOption.value! })} data-testid="secret-engine" />
            </FormField>
            <FormField label="Server address">
              <Input value={server} spellcheck={false} placeholder="db.example.com" onChange={({ detail }) => change({ server: detail.value })} data-testid="secret-server" />
            </FormField>
            <FormField label="Database name - optional">
              <Input value={dbname} spellcheck={false} onChange={({ detail }) => change({ dbname: detail.value })} data-testid="secret-dbname" />
            </FormField>
            <FormField label="Port - optional">
              <Input value={port} inputMode="numeric" onChange={({ detail }) => change({ port: detail.value })} data-testid="secret-port" />
            </FormField>
          </SpaceBetween>
        </Container>
      )}
    </SpaceBetween>
  );
}

function DatabaseChoice({ kind, chosen, onChoose }: { kind: SecretKind; chosen?: Database; onChoose(database: Database): void }) {
  const loaded = useLoad(`databases|${kind}`, (ask) => loadDatabases(ask, kind));
  return (
    <SpaceBetween size="m">
      {loaded.refused && <AwsErrorNote refused={loaded.refused} />}
      <Table
        data-testid="secret-database"
        header={
          <Header variant="h2" counter={loaded.data && `(${loaded.data.length})`}>
            Database
          </Header>
        }
        items={loaded.data ?? []}
        trackBy="id"
        selectionType="single"
        selectedItems={chosen ? [chosen] : []}
        onSelectionChange={({ detail }) => onChoose(detail.selectedItems[0])}
        ariaLabels={{ selectionGroupLabel: "Databases", itemSelectionLabel: (_, { id }) => `Choose ${id}` }}
        loading={loaded.loading && !loaded.data}
        loadingText="Loading databases"
        columnDefinitions={[
          { id: "id", header: "Database", cell: ({ id }) => id, isRowHeader: true },
          { id: "engine", header: "Engine", cell: ({ engine }) => engine },
          { id: "host", header: "Address", cell: ({ host }) => <span className="copyable-text">{host}</span> },
        ]}
        empty={
          <EmptyState title="No databases here" action={<ConsoleLink to="/console/rds/databases">Databases of this Region</ConsoleLink>}>
            Only databases that are available have an address. Make one, and come back: what you entered stays.
          </EmptyState>
        }
      />
    </SpaceBetween>
  );
}
