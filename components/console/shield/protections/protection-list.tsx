"use client";
import { useMemo, useState } from "react";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import { useCollection } from "@cloudscape-design/collection-hooks";
import { protectedType } from "@/lib/engine/shield/resources";
import type { ProtectedType } from "@/lib/engine/shield/state";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { ConfirmModal } from "../../frame/confirm-modal";
import { EmptyState } from "../../frame/empty-state";
import { GoButton, GoLink, pathTo, usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { type Protection, askShield, automaticOf, loadProtections } from "../load-shield";
import { nameInArn, regionOf, typeOf, typeWords } from "../shared/estate";

/** Everything that Shield Advanced looks after, of all Regions. */
export function ProtectionList() {
  const { narrow } = usePlace();
  const loaded = useLoad("protections", loadProtections);
  const [type, setType] = useState("");
  const [selected, setSelected] = useState<readonly Protection[]>([]);
  const [leaving, setLeaving] = useState(false);
  const all = useMemo(() => loaded.data ?? [], [loaded.data]);
  const ofType = useMemo(() => all.filter(({ ResourceArn }) => type === "" || protectedType(ResourceArn) === type), [all, type]);
  const { items, collectionProps, filterProps, filteredItemsCount, paginationProps } = useCollection(ofType, {
    filtering: {
      empty: (
        <EmptyState
          title={type ? `No protected ${typeWords[type as ProtectedType]}` : "No protected resources"}
          action={<GoButton to="protected-resources/add">Add resources to protect</GoButton>}
          command="aws shield create-protection --name shop --resource-arn <ARN of a load balancer>"
        >
          A subscription alone protects nothing: each resource needs its own protection.
        </EmptyState>
      ),
      noMatch: <EmptyState title="No matches">Nothing here has this in its name or ARN.</EmptyState>,
      filteringFunction: ({ Name, ResourceArn }, text) => `${Name} ${ResourceArn}`.toLowerCase().includes(text.toLowerCase()),
    },
    sorting: { defaultState: { sortingColumn: { sortingField: "Name" } } },
    pagination: { pageSize: 20 },
  });
  const chosen = all.filter(({ Id }) => selected.some((each) => each.Id === Id));
  const columns: TableProps.ColumnDefinition<Protection>[] = [
    { id: "name", header: "Protection", isRowHeader: true, sortingField: "Name", cell: ({ Id, Name }) => <GoLink to={pathTo("protected-resources", Id)}>{Name}</GoLink>, minWidth: 130 },
    { id: "type", header: "Resource type", cell: ({ ResourceArn }) => typeOf(ResourceArn), minWidth: 150 },
    { id: "resource", header: "Resource", cell: ({ ResourceArn }) => `${nameInArn(ResourceArn)}, ${regionOf(ResourceArn)}`, minWidth: 180 },
    { id: "health", header: "Health check", cell: ({ HealthCheckIds }) => (HealthCheckIds.length ? "Associated" : "-") },
    { id: "automatic", header: "Automatic mitigation", cell: (protection) => automaticOf(protection) ?? "-" },
  ];
  const options = [{ value: "", label: "All types" }, ...Object.entries(typeWords).map(([value, label]) => ({ value, label }))];
  return (
    <SpaceBetween size="m">
      {loaded.refused && <AwsErrorNote refused={loaded.refused} />}
      <Table
        {...collectionProps}
        data-testid="protections"
        wrapLines
        trackBy="Id"
        selectionType="multi"
        selectedItems={chosen}
        onSelectionChange={({ detail }) => setSelected(detail.selectedItems)}
        ariaLabels={{ selectionGroupLabel: "Protected resources", itemSelectionLabel: (_, { Name }) => `Select ${Name}`, allItemsSelectionLabel: () => "Select all" }}
        items={items}
        columnDefinitions={narrow ? columns.slice(0, 2) : columns}
        loading={loaded.loading && !loaded.data}
        loadingText="Loading protected resources"
        header={
          <Header
            variant="h1"
            counter={`(${all.length})`}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button disabled={chosen.length === 0} onClick={() => setLeaving(true)} data-testid="remove-protections">
                  Delete protections
                </Button>
                <GoButton to="protected-resources/add" variant="primary" data-testid="add-protections">
                  Add resources to protect
                </GoButton>
              </SpaceBetween>
            }
          >
            Protected resources
          </Header>
        }
        filter={
          all.length > 0 && (
            <div className="event-filter">
              <FormField label="Resource type">
                <Select selectedOption={options.find(({ value }) => value === type)!} options={options} onChange={({ detail }) => setType(detail.selectedOption.value ?? "")} data-testid="type-filter" />
              </FormField>
              <FormField label="Find">
                <TextFilter {...filterProps} filteringAriaLabel="Find protected resources" filteringPlaceholder="A part of the name or ARN" countText={`${filteredItemsCount} ${filteredItemsCount === 1 ? "match" : "matches"}`} />
              </FormField>
            </div>
          )
        }
        pagination={ofType.length > 20 && <Pagination {...paginationProps} />}
      />
      {leaving && (
        <ConfirmModal
          title="Delete protections"
          action="Delete"
          testId="remove-protections"
          work={async (ask) => {
            for (const { Id } of chosen) await askShield(ask, "DeleteProtection", { ProtectionId: Id });
          }}
          done={`${chosen.map(({ Name }) => Name).join(", ")}: no longer protected by Shield Advanced. Standard goes on.`}
          onClose={() => setLeaving(false)}
        >
          {chosen.map(({ Name }) => Name).join(", ")}: Shield Advanced looks after it no more, and its web ACL is paid for again. The resource itself stays.
        </ConfirmModal>
      )}
    </SpaceBetween>
  );
}
