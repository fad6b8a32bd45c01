"use client";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { ConsoleLink } from "../../frame/console-link";
import { Parts } from "../../frame/copyable";
import { EmptyState } from "../../frame/empty-state";
import { usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import type { StackResource } from "../cfn-types";
import { loadResources } from "../load-stacks";
import { resourceAddress } from "../place-of";
import { CfnStatus } from "../stack-status";

/** The stack's resources, each with a way to its own console. */
export function ResourcesTab({ stackId }: { stackId: string }) {
  const { narrow } = usePlace();
  const resources = useLoad(`resources|${stackId}`, (ask) => loadResources(ask, stackId));
  if (resources.refused) return <AwsErrorNote refused={resources.refused} />;
  return (
    <Table<StackResource>
      data-testid="stack-resources"
      wrapLines
      trackBy="LogicalResourceId"
      items={resources.data ?? []}
      loading={resources.loading && !resources.data}
      loadingText="Loading resources"
      header={
        <Header variant="h2" counter={resources.data && `(${resources.data.length})`}>
          Resources
        </Header>
      }
      columnDefinitions={[
        { id: "id", header: "Logical ID", cell: ({ LogicalResourceId }) => LogicalResourceId, isRowHeader: true, minWidth: 120 },
        {
          id: "physical",
          header: "Physical ID",
          cell: ({ PhysicalResourceId, ResourceType }) => {
            const address = resourceAddress(ResourceType, PhysicalResourceId);
            if (PhysicalResourceId === undefined) return "-";
            return address ? (
              <ConsoleLink to={address}>
                <Parts text={PhysicalResourceId} />
              </ConsoleLink>
            ) : (
              <Parts text={PhysicalResourceId} />
            );
          },
          minWidth: 180,
        },
        ...(narrow ? [] : [{ id: "type", header: "Type", cell: ({ ResourceType }: StackResource) => ResourceType, minWidth: 150 }]),
        { id: "status", header: "Status", cell: ({ ResourceStatus }) => <CfnStatus status={ResourceStatus} />, minWidth: 170 },
        ...(narrow ? [] : [{ id: "drift", header: "Drift status", cell: ({ DriftInformation }: StackResource) => <CfnStatus status={DriftInformation.StackResourceDriftStatus} /> }]),
      ]}
      empty={<EmptyState title="No resources">The stack has no resources yet, or no longer.</EmptyState>}
    />
  );
}
