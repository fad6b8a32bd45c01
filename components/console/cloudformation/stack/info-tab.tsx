"use client";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import { Copyable } from "../../frame/copyable";
import { LabDate } from "../../frame/lab-time";
import { usePlace } from "../../frame/place";
import type { Stack } from "../cfn-types";
import { CfnStatus } from "../stack-status";

export function InfoTab({ stack }: { stack: Stack }) {
  const { narrow } = usePlace();
  return (
    <Container header={<Header variant="h2">Overview</Header>} data-testid="stack-info">
      <KeyValuePairs
        columns={narrow ? 1 : 3}
        items={[
          { label: "Stack ID", value: <Copyable text={stack.StackId} what="stack ID" /> },
          { label: "Description", value: stack.Description ?? "-" },
          { label: "Status", value: <CfnStatus status={stack.StackStatus} /> },
          { label: "Status reason", value: <span className="aws-words">{stack.StackStatusReason ?? "-"}</span> },
          { label: "Created time", value: <LabDate seconds={stack.CreationTime} /> },
          { label: "Updated time", value: <LabDate seconds={stack.LastUpdatedTime} /> },
          ...(stack.DeletionTime === undefined ? [] : [{ label: "Deleted time", value: <LabDate seconds={stack.DeletionTime} /> }]),
          { label: "Drift status", value: <CfnStatus status={stack.DriftInformation.StackDriftStatus} /> },
          { label: "Termination protection", value: stack.EnableTerminationProtection ? "Activated" : "Deactivated" },
          { label: "IAM role", value: stack.RoleARN === undefined ? "-" : <Copyable text={stack.RoleARN} what="role ARN" /> },
          { label: "Rollback on failure", value: stack.DisableRollback ? "Disabled" : "Enabled" },
          { label: "Tags", value: stack.Tags.map(({ Key, Value }) => `${Key} = ${Value}`).join(", ") || "-" },
        ]}
      />
    </Container>
  );
}
