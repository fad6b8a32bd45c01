"use client";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs, { type KeyValuePairsProps } from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { ConsoleLink } from "../../frame/console-link";
import { Copyable } from "../../frame/copyable";
import { KeyMark } from "../../frame/key-mark";
import { LabDate } from "../../frame/lab-time";
import { usePlace } from "../../frame/place";
import { keyIdOf, secretAddress, secretNameOf } from "../place-of";
import type { Database } from "../rds-types";

function Pairs({ title, items }: { title: string; items: KeyValuePairsProps["items"] }) {
  const { narrow } = usePlace();
  return (
    <Container header={<Header variant="h2">{title}</Header>}>
      <KeyValuePairs columns={narrow ? 1 : 2} minColumnWidth={200} items={items} />
    </Container>
  );
}

const Key = ({ arn }: { arn: string }) => (
  <span className="key-line">
    <ConsoleLink to={`/console/kms/keys/${keyIdOf(arn)}`}>
      <span className="copyable-text">{keyIdOf(arn)}</span>
    </ConsoleLink>{" "}
    <KeyMark keyId={keyIdOf(arn)} />
  </span>
);

/** How a client on a command line logs in. */
function clientLine({ shared, host, port, name }: Database): string {
  const user = shared.MasterUsername;
  if (shared.Engine === "docdb") return `mongosh --host ${host} --port ${port} --tls --username ${user} --password`;
  return shared.Engine.includes("postgres") ? `psql "host=${host} port=${port} user=${user} dbname=${name ?? "postgres"}"` : `mysql -h ${host} -P ${port} -u ${user} -p`;
}

export function ConnectivityTab({ database }: { database: Database }) {
  const { host, port, dbCluster, instance, shared } = database;
  const waits = "It has one once it is available.";
  return (
    <SpaceBetween size="m">
      <Pairs
        title="Endpoint and port"
        items={[
          { label: dbCluster ? "Writer endpoint" : "Endpoint", value: host ? <Copyable text={host} what="endpoint" /> : waits },
          ...(dbCluster ? [{ label: "Reader endpoint", value: <Copyable text={dbCluster.ReaderEndpoint} what="reader endpoint" /> }] : []),
          { label: "Port", value: port ?? "-" },
          ...(host ? [{ label: "In the terminal", value: <Copyable text={clientLine(database)} what="command" /> }] : []),
          { label: "Security group", value: shared.VpcSecurityGroups.map(({ VpcSecurityGroupId }) => VpcSecurityGroupId).join(", ") || "-" },
          ...(instance ? [{ label: "Publicly accessible", value: instance.PubliclyAccessible ? "Yes" : "No" }] : []),
        ]}
      />
    </SpaceBetween>
  );
}

export function ConfigurationTab({ database }: { database: Database }) {
  const { shared, instance, dbCluster, cluster } = database;
  const pending = Object.entries(shared.PendingModifiedValues ?? {});
  return (
    <SpaceBetween size="m">
      {cluster === undefined && (
        <Pairs
          title="Master user"
          items={[
            { label: "Master username", value: shared.MasterUsername },
            { label: "Credentials", value: shared.MasterUserSecret ? "Managed in AWS Secrets Manager" : "Self managed" },
            ...(shared.MasterUserSecret
              ? [
                  {
                    label: "Master credentials ARN",
                    value: (
                      <SpaceBetween size="xxs">
                        <Copyable text={shared.MasterUserSecret.SecretArn} what="ARN" />
                        <ConsoleLink to={secretAddress(shared.MasterUserSecret.SecretArn)}>
                          <span data-testid="master-secret">{secretNameOf(shared.MasterUserSecret.SecretArn)}</span>
                        </ConsoleLink>
                      </SpaceBetween>
                    ),
                  },
                  { label: "Key of the secret", value: shared.MasterUserSecret.KmsKeyId ? <Key arn={shared.MasterUserSecret.KmsKeyId} /> : "aws/secretsmanager" },
                ]
              : []),
          ]}
        />
      )}
      <Pairs
        title="Configuration"
        items={[
          { label: "ARN", value: <Copyable text={database.arn} what="ARN" /> },
          { label: "Engine version", value: shared.EngineVersion },
          { label: "Created", value: <LabDate seconds={database.created} /> },
          { label: "Database name", value: database.name ?? "-" },
          ...(instance ? [{ label: "Class", value: instance.DBInstanceClass }] : []),
          ...(instance && cluster === undefined ? [{ label: "Storage", value: `${instance.AllocatedStorage} GiB, ${instance.StorageType}` }] : []),
          { label: "Zones", value: instance?.AvailabilityZone ?? dbCluster?.AvailabilityZones.join(", ") ?? "-" },
          { label: "Encryption", value: shared.StorageEncrypted ? "Enabled" : "Not enabled" },
          ...(shared.KmsKeyId ? [{ label: "Key of the storage", value: <Key arn={shared.KmsKeyId} /> }] : []),
          { label: "Deletion protection", value: shared.DeletionProtection ? "Enabled" : "Disabled" },
          { label: "Backups are kept", value: `${shared.BackupRetentionPeriod} ${shared.BackupRetentionPeriod === 1 ? "day" : "days"}` },
          ...(pending.length ? [{ label: "Pending modifications", value: pending.map(([name, value]) => `${name}: ${String(value)}`).join(", ") }] : []),
        ]}
      />
    </SpaceBetween>
  );
}
