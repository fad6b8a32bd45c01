"use client";
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { ConsoleLink } from "../../frame/console-link";
import { EmptyState } from "../../frame/empty-state";
import { KeyMark } from "../../frame/key-mark";
import { GoButton, pathTo } from "../../frame/place";
import { functionPath } from "../place-of";
import { ciphertextIn } from "./ciphertexts";
import { ReadersPanel } from "./readers-panel";
import type { SectionProps } from "./section";

interface Row {
  key: string;
  value: string;
  sealed: boolean;
}

/** The variables, what they are encrypted with, and who reads them all the same. */
export function EnvironmentSection({ subject, found: { Configuration } }: SectionProps) {
  const { Environment, KMSKeyArn, FunctionName } = Configuration;
  const rows = Object.entries(Environment?.Variables ?? {}).map(([key, value]): Row => ({ key, value, sealed: ciphertextIn(value) !== undefined }));
  const keyId = KMSKeyArn?.split("/").at(-1);
  return (
    <SpaceBetween size="m">
      {Environment?.Error && (
        <Alert type="error" header={Environment.Error.ErrorCode} data-testid="environment-error">
          <span className="aws-words">{Environment.Error.Message}</span>
          <Box variant="small" color="inherit">
            You may see the configuration, and not what is in the variables: that takes kms:Decrypt on the key.
          </Box>
        </Alert>
      )}
      <Table<Row>
        data-testid="environment"
        wrapLines
        trackBy="key"
        items={rows}
        header={
          <Header
            variant="h2"
            counter={`(${rows.length})`}
            description="What the code finds in its environment. Lambda keeps it encrypted at rest, and shows it in the clear to whoever may see the configuration."
            actions={
              subject.qualifier === undefined && (
                <GoButton to={functionPath(subject, "edit", "environment-variables")} data-testid="edit-environment">
                  Edit
                </GoButton>
              )
            }
          >
            Environment variables
          </Header>
        }
        columnDefinitions={[
          { id: "key", header: "Key", cell: ({ key }) => <code>{key}</code>, isRowHeader: true },
          {
            id: "value",
            header: "Value",
            cell: ({ value, sealed }) => (sealed ? <code className="sealed-value">{value}</code> : <code className="copyable-text">{value || '""'}</code>),
            minWidth: 180,
          },
        ]}
        empty={
          <EmptyState
            title="No environment variables"
            command={`aws lambda update-function-configuration --function-name ${FunctionName} --environment Variables={DEV_OR_PROD=dev}`}
          >
            Variables let the same code run with other settings: which stage it is, which secret to ask for. They are no place for the secret itself.
          </EmptyState>
        }
      />
      <Container header={<Header variant="h2">Encryption</Header>}>
        <Box variant="awsui-key-label">KMS key at rest</Box>
        {keyId === undefined ? (
          "aws/lambda, the default: an AWS managed key that everybody in the account may use through Lambda"
        ) : (
          <span className="key-line">
            <KeyMark keyId={keyId} /> <ConsoleLink to={`/console/kms/${pathTo("keys", keyId)}`}>{keyId}</ConsoleLink>
          </span>
        )}
      </Container>
      {subject.qualifier === undefined && <ReadersPanel name={FunctionName} />}
    </SpaceBetween>
  );
}
