"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { EmptyState } from "../../frame/empty-state";
import { LabTime } from "../../frame/lab-time";
import { usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import type { ResourceDrift, Stack } from "../cfn-types";
import { loadDrifts } from "../load-stacks";
import { CfnStatus, isUnderWay } from "../stack-status";

interface Detection {
  DetectionStatus: string;
  DetectionStatusReason?: string;
}

/** Whether the resources are still as the stack made them, and where not, in what. */
export function DriftTab({ stack: { StackName, StackStatus, DriftInformation } }: { stack: Stack }) {
  const { narrow } = usePlace();
  const [detection, setDetection] = useState<string>();
  const { busy, refused, run, clear } = useMutation();
  const running = useLoad(detection && `detection|${detection}`, (ask) => ask<Detection>("cloudformation", "DescribeStackDriftDetectionStatus", { StackDriftDetectionId: detection! }));
  const drifts = useLoad(`drifts|${StackName}`, (ask) => loadDrifts(ask, StackName));
  const detect = () =>
    run(async (ask) => {
      setDetection((await ask<{ StackDriftDetectionId: string }>("cloudformation", "DetectStackDrift", { StackName })).StackDriftDetectionId);
    });
  const underWay = running.data?.DetectionStatus === "DETECTION_IN_PROGRESS";
  return (
    <SpaceBetween size="m">
      {refused && <AwsErrorNote refused={refused} onDismiss={clear} />}
      {drifts.refused && <AwsErrorNote refused={drifts.refused} />}
      <Table<ResourceDrift>
        data-testid="drifts"
        wrapLines
        trackBy="LogicalResourceId"
        items={drifts.data ?? []}
        loading={drifts.loading && !drifts.data && !drifts.refused}
        loadingText="Loading drifts"
        header={
          <Header
            variant="h2"
            info={<CfnStatus status={underWay ? "DETECTION_IN_PROGRESS" : DriftInformation.StackDriftStatus} />}
            description="What somebody changed past the stack. Only what the template says is compared."
            actions={
              <Button onClick={() => void detect()} loading={busy || underWay} disabled={isUnderWay(StackStatus) || StackStatus === "REVIEW_IN_PROGRESS"} data-testid="detect-drift">
                Detect stack drift
              </Button>
            }
          >
            Drifts
          </Header>
        }
        columnDefinitions={[
          { id: "id", header: "Logical ID", cell: ({ LogicalResourceId }) => LogicalResourceId, isRowHeader: true, minWidth: 110 },
          ...(narrow ? [] : [{ id: "type", header: "Type", cell: ({ ResourceType }: ResourceDrift) => ResourceType, minWidth: 150 }]),
          { id: "status", header: "Drift status", cell: ({ StackResourceDriftStatus }) => <CfnStatus status={StackResourceDriftStatus} />, minWidth: 130 },
          {
            id: "differences",
            header: "Expected, and found",
            cell: ({ PropertyDifferences = [] }) =>
              PropertyDifferences.length ? (
                <ul className="plain-list">
                  {PropertyDifferences.map(({ PropertyPath, ExpectedValue, ActualValue }) => (
                    <li key={PropertyPath}>
                      <code>{PropertyPath}</code>: <span className="copyable-text">{ExpectedValue}</span> → <strong className="copyable-text">{ActualValue}</strong>
                    </li>
                  ))}
                </ul>
              ) : (
                "-"
              ),
            minWidth: 220,
          },
          { id: "at", header: "Looked at", cell: ({ Timestamp }) => <LabTime seconds={Timestamp} /> },
        ]}
        empty={
          <EmptyState title="Not looked at yet" command={`aws cloudformation detect-stack-drift --stack-name ${StackName}`}>
            Somebody may have changed a resource by its own console or the CLI. Detection compares each with what the stack made of it.
          </EmptyState>
        }
      />
      {running.data?.DetectionStatusReason && <Box>{running.data.DetectionStatusReason}</Box>}
    </SpaceBetween>
  );
}
