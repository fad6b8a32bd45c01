"use client";
import Container from "@cloudscape-design/components/container";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { usePlace } from "../../frame/place";
import { rulesOf, rulesWords } from "../rotation-words";
import { SampleCode } from "../sample-code-panel";
import { DEFAULT_KEY } from "../secret-types";
import { engineIn, isDatabase, type SecretKind } from "./draft";
import type { StepProps } from "./kind-step";

const words: Record<SecretKind, string> = { rds: "Amazon RDS database", documentdb: "Amazon DocumentDB database", redshift: "Amazon Redshift data warehouse", "other-database": "Other database", other: "Other type of secret" };

/** All that was entered, but for what is secret; and the code that will read it. */
export function ReviewStep({ draft, change }: StepProps) {
  const { narrow } = usePlace();
  const { kind, username, database, server, key, name, description, tags, policy, replicas, rotation, schedule, functionFrom, functionName, functionArn, strategy } = draft;
  const edit = (step: number) => (
    <Button formAction="none" onClick={() => change({ step })} ariaLabel={`Edit step ${step + 1}`}>
      Edit
    </Button>
  );
  const columns = narrow ? 1 : 2;
  return (
    <SpaceBetween size="m">
      <Container header={<Header variant="h2" actions={edit(0)}>Secret type</Header>}>
        <KeyValuePairs
          columns={columns}
          items={[
            { label: "Secret type", value: words[kind] },
            ...(isDatabase(kind) ? [{ label: "User name", value: username }, { label: "Database", value: database?.id ?? server }] : []),
            { label: "Encryption key", value: <span className="copyable-text">{key === DEFAULT_KEY ? "aws/secretsmanager" : key}</span> },
          ]}
        />
      </Container>
      <Container header={<Header variant="h2" actions={edit(1)}>Secret</Header>}>
        <KeyValuePairs
          columns={columns}
          items={[
            { label: "Secret name", value: name },
            { label: "Description", value: description || "-" },
            { label: "Tags", value: tags.map(({ key: tag, value }) => (value ? `${tag}: ${value}` : tag)).join(", ") || "-" },
            { label: "Resource permissions", value: policy === undefined ? "-" : "A policy of its own" },
            { label: "Replicated to", value: replicas.map(({ region }) => region).join(", ") || "-" },
          ]}
        />
      </Container>
      <Container header={<Header variant="h2" actions={edit(2)}>Rotation</Header>}>
        <KeyValuePairs
          columns={columns}
          items={
            rotation
              ? [
                  { label: "Automatic rotation", value: rulesWords(rulesOf(schedule)) },
                  { label: "Rotation function", value: functionFrom === "new" ? `${functionName}, to be created` : (functionArn.split(":")[6] ?? functionArn) },
                  ...(engineIn(draft) && functionFrom === "new" ? [{ label: "Strategy", value: strategy === "single-user" ? "Single user" : "Alternating users" }] : []),
                ]
              : [{ label: "Automatic rotation", value: "Off" }]
          }
        />
      </Container>
      <SampleCode name={name.trim() || "my-secret"} />
    </SpaceBetween>
  );
}
