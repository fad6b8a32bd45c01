"use client";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { keyTypeOf, originLabel, usageLabel } from "../key-specs";
import { PolicyText } from "../policy-text";
import type { StepProps } from "./steps";

/** Everything once more, each part with a way back to its step. */
export function ReviewStep({ draft, goTo, policy, regions }: Omit<StepProps, "change"> & { policy: string; /** Of replicas: the names of their Regions; the configuration is their primary's. */ regions?: string[] }) {
  const edit = (step: number, what: string) => (
    <Button onClick={() => goTo(step)} ariaLabel={`Edit ${what}`}>
      Edit
    </Button>
  );
  return (
    <SpaceBetween size="m">
      {regions ? (
        <Container
          header={
            <Header variant="h2" actions={edit(0, "Regions")}>
              Replica Regions
            </Header>
          }
        >
          {regions.map((region) => (
            <div key={region}>{region}</div>
          ))}
        </Container>
      ) : (
        <Container
          header={
            <Header variant="h2" actions={edit(0, "key configuration")}>
              Key configuration
            </Header>
          }
        >
          <KeyValuePairs
            columns={3}
            items={[
              { label: "Key type", value: keyTypeOf(draft.spec) },
              { label: "Key spec", value: draft.spec },
              { label: "Key usage", value: usageLabel(draft.usage) },
              { label: "Origin", value: originLabel(draft.origin) },
              { label: "Regionality", value: draft.multiRegion ? "Multi-Region key" : "Single-Region key" },
            ]}
          />
        </Container>
      )}
      <Container
        header={
          <Header variant="h2" actions={edit(1, "labels")}>
            Alias and description
          </Header>
        }
      >
        <KeyValuePairs
          columns={2}
          items={[
            { label: "Alias", value: draft.alias.trim() || "-" },
            { label: "Description", value: draft.description || "-" },
          ]}
        />
      </Container>
      <Table
        header={
          <Header variant="h2" actions={edit(1, "tags")}>
            Tags
          </Header>
        }
        items={draft.tags}
        trackBy="key"
        empty="No tags"
        columnDefinitions={[
          { id: "key", header: "Tag key", cell: ({ key }) => key, isRowHeader: true },
          { id: "value", header: "Tag value", cell: ({ value }) => value || "-" },
        ]}
      />
      <Container
        header={
          <Header variant="h2" actions={edit(4, "key policy")}>
            Key policy
          </Header>
        }
      >
        <PolicyText value={policy} />
      </Container>
    </SpaceBetween>
  );
}
