"use client";
import { useMemo, useState } from "react";
import { useCollection } from "@cloudscape-design/collection-hooks";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { Copyable } from "../../frame/copyable";
import { LabTime } from "../../frame/lab-time";
import { GoButton, GoLink, usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import type { Bus } from "../event-types";
import { loadBuses } from "../load-events";
import { busPath } from "../place-of";
import { DeleteBus } from "./delete-bus";

/** Buses of this account and Region. */
export function BusList() {
  const { narrow } = usePlace();
  const loaded = useLoad("buses", loadBuses);
  const [deleting, setDeleting] = useState(false);
  const all = useMemo(() => loaded.data ?? [], [loaded.data]);
  const { items, collectionProps } = useCollection(all, { sorting: {}, selection: { trackBy: "Name" } });
  const [selected] = collectionProps.selectedItems ?? [];
  const columns: TableProps.ColumnDefinition<Bus>[] = [
    { id: "name", header: "Name", cell: ({ Name }) => <GoLink to={busPath(Name)}>{Name}</GoLink>, sortingField: "Name", isRowHeader: true, minWidth: 140 },
    { id: "policy", header: "Others may send", cell: ({ Policy }) => (Policy ? "By its policy" : "No"), minWidth: 120 },
    { id: "created", header: "Created", cell: ({ CreationTime }) => <LabTime seconds={CreationTime} />, sortingField: "CreationTime", minWidth: 110 },
    { id: "arn", header: "ARN", cell: ({ Arn }) => <Copyable text={Arn} what="ARN" />, minWidth: 220 },
    { id: "description", header: "Description", cell: ({ Description }) => Description ?? "-", minWidth: 140 },
  ];
  return (
    <SpaceBetween size="m">
      {loaded.refused && <AwsErrorNote refused={loaded.refused} />}
      <Table
        {...collectionProps}
        data-testid="buses"
        wrapLines
        selectionType="single"
        isItemDisabled={({ Name }) => Name === "default"}
        ariaLabels={{ selectionGroupLabel: "Event buses", itemSelectionLabel: (_, { Name }) => `Select event bus ${Name}` }}
        items={items}
        columnDefinitions={narrow ? columns.filter(({ id }) => id === "name" || id === "policy") : columns}
        loading={loaded.loading && !loaded.data && !loaded.refused}
        loadingText="Loading event buses"
        header={
          <Header
            variant="h1"
            counter={loaded.data && `(${all.length})`}
            description="AWS services send to the default bus, which every Region of an account has. Buses of your own are for your programs’ events."
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel="Refresh" onClick={loaded.reload} />
                <Button disabled={!selected} onClick={() => setDeleting(true)} data-testid="delete-bus">
                  Delete
                </Button>
                <GoButton to="create/bus" variant="primary" data-testid="create-bus">
                  Create event bus
                </GoButton>
              </SpaceBetween>
            }
          >
            Event buses
          </Header>
        }
      />
      {deleting && selected && <DeleteBus name={selected.Name} onClose={() => setDeleting(false)} />}
    </SpaceBetween>
  );
}
