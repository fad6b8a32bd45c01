"use client";
import type { ReactNode } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Icon from "@cloudscape-design/components/icon";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { protectedType } from "@/lib/engine/shield/resources";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { EmptyState } from "../../frame/empty-state";
import { useMutation } from "../../frame/use-mutation";
import { AddResource } from "../shared/add-resource";
import { type Resource, addToLab, kinds, protectedBy, regionOf } from "../shared/estate";

export interface ChooseStepProps {
  region: string;
  resources: readonly Resource[];
  loading: boolean;
  /** ARNs that have a protection. */
  done: ReadonlySet<string>;
  chosen: readonly string[];
  onChange(chosen: string[]): void;
}

/** What there is to protect, and beside what cannot be protected itself, what protects it. */
export function ChooseStep({ region, resources, loading, done, chosen, onChange }: ChooseStepProps) {
  const open = resources.filter(({ Arn }) => !done.has(Arn));
  return (
    <Container
      header={
        <Header variant="h2" description={`Resources of ${region} and those of no Region. For others, choose another Region in the top bar.`}>
          Resources
        </Header>
      }
    >
      <SpaceBetween size="s">
        <Table
          variant="embedded"
          data-testid="resources-to-choose"
          wrapLines
          trackBy="Arn"
          selectionType="multi"
          selectedItems={open.filter(({ Arn }) => chosen.includes(Arn))}
          onSelectionChange={({ detail }) => onChange(detail.selectedItems.map(({ Arn }) => Arn))}
          ariaLabels={{ selectionGroupLabel: "Resources", itemSelectionLabel: (_, { Name }) => `Select ${Name}`, allItemsSelectionLabel: () => "Select all" }}
          items={open}
          loading={loading}
          loadingText="Loading resources"
          columnDefinitions={[
            { id: "name", header: "Name", isRowHeader: true, cell: ({ Name }) => Name, minWidth: 100 },
            { id: "type", header: "Type", cell: ({ ResourceType, Arn }) => `${kinds[ResourceType].words}${regionOf(Arn) === "Global" ? "" : `, ${regionOf(Arn)}`}`, minWidth: 120 },
            { id: "note", header: "Protected directly", cell: (resource) => <Directly resource={resource} resources={resources} done={done} onAdded={({ Arn }) => onChange([...chosen, Arn])} />, minWidth: 150 },
          ]}
          empty={<EmptyState title={resources.length ? "All resources are protected" : "No resources to choose"}>What Shield protects is not simulated itself. Add one here: a name and an ARN that attacks can come to.</EmptyState>}
        />
        <AddResource resources={resources} onAdded={({ Arn }) => protectedType(Arn) && onChange([...chosen, Arn])} />
      </SpaceBetween>
    </Container>
  );
}

/** A status indicator would break words in a column as narrow as this. */
const Not = ({ children }: { children: ReactNode }) => (
  <Box color="text-status-warning">
    <Icon name="status-warning" /> No: {children}
  </Box>
);

function Directly({ resource, resources, done, onAdded }: { resource: Resource; resources: readonly Resource[]; done: ReadonlySet<string>; onAdded(resource: Resource): void }) {
  const { busy, refused, run, clear } = useMutation();
  const by = protectedBy(resource, resources);
  if (!by) return resource.AttachedTo ? <>Yes, and with it {resources.find(({ Arn }) => Arn === resource.AttachedTo)?.Name ?? "what it is on"}</> : <>Yes</>;
  if (by.length) return <Not>by its Elastic IP address {by.map(({ Arn, Name }) => `${Name}${done.has(Arn) ? ", which is protected" : ""}`).join("; ")}</Not>;
  return (
    <SpaceBetween size="xxs">
      {refused && <AwsErrorNote refused={refused} onDismiss={clear} />}
      <Not>by an address on it, and it has none</Not>
      <Box>
        <Button variant="inline-link" formAction="none" loading={busy} onClick={() => void run(async (ask) => onAdded(await addToLab(ask, { type: "ELASTIC_IP", name: `${resource.Name}-ip`, on: resource.Arn })))} ariaLabel={`Give it an Elastic IP address: ${resource.Name}`}>
          Give it an Elastic IP address
        </Button>
      </Box>
    </SpaceBetween>
  );
}
