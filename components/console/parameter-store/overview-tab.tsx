"use client";
import { useState } from "react";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import Toggle from "@cloudscape-design/components/toggle";
import { AwsErrorNote } from "../frame/aws-error-note";
import { Copyable } from "../frame/copyable";
import { KeyMark } from "../frame/key-mark";
import { LabDate } from "../frame/lab-time";
import { usePlace } from "../frame/place";
import { useLoad } from "../frame/use-load";
import type { ParameterMetadata } from "./parameter-types";
import { ParameterValue } from "./parameter-value";

/** Overview: what DescribeParameters says, and the value by a GetParameter call of its own. */
export function OverviewTab({ metadata, keyId }: { metadata: ParameterMetadata; keyId?: string }) {
  const { narrow } = usePlace();
  const [decrypted, setDecrypted] = useState(false);
  const secure = metadata.Type === "SecureString";
  const open = secure && decrypted;
  const answer = useLoad(`value|${metadata.Name}|${open}`, (ask) =>
    ask<{ Parameter: { Value: string; ARN: string } }>("ssm", "GetParameter", {
      Name: metadata.Name,
      ...(secure && { WithDecryption: open }),
    }),
  );
  const arn = metadata.ARN ?? answer.data?.Parameter.ARN;
  return (
    <SpaceBetween size="m">
      <Container header={<Header variant="h2">Value</Header>}>
        <SpaceBetween size="s">
          {secure && (
            <Toggle checked={decrypted} onChange={({ detail }) => setDecrypted(detail.checked)} data-testid="decrypted-toggle">
              Show decrypted value
            </Toggle>
          )}
          {answer.refused && <AwsErrorNote refused={answer.refused} />}
          {answer.loading && !answer.data && <Spinner />}
          {answer.data && (
            <ParameterValue
              value={answer.data.Parameter.Value}
              sealed={secure && !decrypted}
              keyId={keyId}
              data-testid="parameter-current-value"
            />
          )}
        </SpaceBetween>
      </Container>
      <Container header={<Header variant="h2">Parameter details</Header>}>
        <KeyValuePairs
          columns={narrow ? 2 : 3}
          minColumnWidth={narrow ? 200 : 150}
          items={[
            { label: "Name", value: <Copyable text={metadata.Name} what="name" /> },
            { label: "Type", value: metadata.Type },
            ...(metadata.Tier ? [{ label: "Tier", value: metadata.Tier }] : []),
            ...(arn ? [{ label: "ARN", value: <Copyable text={arn} what="ARN" /> }] : []),
            ...(metadata.KeyId
              ? [
                  {
                    label: "KMS Key ID",
                    value: (
                      <span className="key-line">
                        <span className="copyable-text">{metadata.KeyId}</span> {keyId && <KeyMark keyId={keyId} name={metadata.KeyId} />}
                      </span>
                    ),
                  },
                ]
              : []),
            { label: "Version", value: metadata.Version },
            { label: "Data type", value: metadata.DataType ?? "text" },
            { label: "Last modified date", value: <LabDate seconds={metadata.LastModifiedDate} /> },
            { label: "Last modified user", value: <span className="copyable-text">{metadata.LastModifiedUser ?? "-"}</span> },
            { label: "Description", value: metadata.Description || "-" },
          ]}
        />
      </Container>
    </SpaceBetween>
  );
}
