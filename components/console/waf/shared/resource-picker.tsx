"use client";
import { useState } from "react";
import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { EmptyState } from "../../frame/empty-state";
import { useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { nameOfArn } from "../place-of";
import type { Scope } from "../waf-types";
import { Choose, Line } from "./choose";
import { addResource, loadResources, typesOf, typeWords } from "./resources";

export interface ResourcePickerProps {
  scope: Scope;
  /** ARNs. */
  chosen: readonly string[];
  onChange(chosen: string[]): void;
  /** Not offered: what this web ACL protects already. */
  without?: string;
}

/** Resources of the lab to choose from, and a place to add one: the lab has no services that would make them. */
export function ResourcePicker({ scope, chosen, onChange, without }: ResourcePickerProps) {
  const loaded = useLoad(`resources|${scope}`, (ask) => loadResources(ask, scope));
  const [type, setType] = useState(typesOf(scope)[0]);
  const [name, setName] = useState("");
  const { busy, refused, run, clear } = useMutation();
  const all = (loaded.data ?? []).filter(({ WebACLArn }) => without === undefined || WebACLArn !== without);
  const problem = name === "" ? undefined : /^[\w-]{1,32}$/.test(name) ? undefined : "Up to 32 letters, digits, - and _.";
  const add = () =>
    run(async (ask) => {
      const made = await addResource(ask, scope, type, name);
      setName("");
      onChange([...chosen, made.Arn]);
    });
  return (
    <SpaceBetween size="s">
      <Table
        variant="embedded"
        data-testid="resources-to-choose"
        wrapLines
        trackBy="Arn"
        selectionType="multi"
        selectedItems={all.filter(({ Arn }) => chosen.includes(Arn))}
        onSelectionChange={({ detail }) => onChange(detail.selectedItems.map(({ Arn }) => Arn))}
        ariaLabels={{ selectionGroupLabel: "Resources", itemSelectionLabel: (_, { Name }) => `Select ${Name}`, allItemsSelectionLabel: () => "Select all" }}
        items={all}
        loading={loaded.loading && !loaded.data}
        loadingText="Loading resources"
        columnDefinitions={[
          { id: "name", header: "Name", isRowHeader: true, cell: ({ Name }) => Name, minWidth: 100 },
          { id: "type", header: "Type", cell: ({ ResourceType }) => typeWords[ResourceType] ?? ResourceType },
          { id: "acl", header: "Web ACL", cell: ({ WebACLArn }) => (WebACLArn ? nameOfArn(WebACLArn) : "-") },
        ]}
        empty={<EmptyState title="No resources to choose">What web ACLs protect is not simulated itself. Add one here: a name and an ARN that requests can be sent to.</EmptyState>}
      />
      <ExpandableSection headerText="Add a resource to the lab" data-testid="add-resource-section">
        <SpaceBetween size="s">
          {refused && <AwsErrorNote refused={refused} onDismiss={clear} />}
          <div className="waf-fields">
            <Choose label="Resource type" value={type} options={typesOf(scope).map((value) => ({ value, label: typeWords[value] }))} onChange={setType} testId="resource-type" />
            <Line label="Resource name" value={name} onChange={setName} errorText={problem} placeholder="shop" mono testId="resource-name" />
          </div>
          <Button formAction="none" loading={busy} disabled={name === "" || problem !== undefined} onClick={() => void add()} data-testid="add-resource">
            Add resource
          </Button>
        </SpaceBetween>
      </ExpandableSection>
    </SpaceBetween>
  );
}
