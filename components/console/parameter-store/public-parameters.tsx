"use client";
import { useState } from "react";
import { useCollection } from "@cloudscape-design/collection-hooks";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { AwsErrorNote } from "../frame/aws-error-note";
import { Copyable } from "../frame/copyable";
import { EmptyState } from "../frame/empty-state";
import { allPages, useLoad } from "../frame/use-load";

interface PublicParameter {
  Name: string;
  Value: string;
  Type: string;
  Version: number;
}

/** First parts of public names that the lab knows; the API lists below one of them, not below all. */
const SERVICES = ["ami-amazon-linux-latest", "ami-windows-latest", "ecs", "global-infrastructure"].map((value) => ({
  value,
  label: value,
}));

/** What AWS publishes for everybody. Source: SSM User Guide, Discovering public parameters. */
export function PublicParameters() {
  const [service, setService] = useState(SERVICES[0]);
  const path = `/aws/service/${service.value}`;
  const loaded = useLoad(`public|${path}`, (ask) =>
    allPages<PublicParameter>(async (NextToken) => {
      const page = await ask("ssm", "GetParametersByPath", { Path: path, Recursive: true, ...(NextToken && { NextToken }) });
      return { items: page.Parameters, next: page.NextToken };
    }),
  );
  const { items, collectionProps, paginationProps } = useCollection(loaded.data ?? [], { pagination: { pageSize: 20 }, sorting: {} });
  return (
    <SpaceBetween size="m">
      {loaded.refused && <AwsErrorNote refused={loaded.refused} />}
      <Table
        {...collectionProps}
        data-testid="public-parameters"
        wrapLines
        header={
          <Header
            variant="h2"
            counter={loaded.data && `(${loaded.data.length})`}
            description="AWS publishes these in every Region. The image ids here are made up and name no real image."
          >
            Public parameters
          </Header>
        }
        filter={
          <FormField label="Select a service">
            <Select
              selectedOption={service}
              options={SERVICES}
              onChange={({ detail }) => setService(detail.selectedOption as (typeof SERVICES)[number])}
            />
          </FormField>
        }
        pagination={<Pagination {...paginationProps} />}
        items={items}
        loading={loaded.loading && !loaded.data && !loaded.refused}
        loadingText="Loading public parameters"
        columnDefinitions={[
          { id: "name", header: "Name", cell: ({ Name }) => <Copyable text={Name} what="name" />, sortingField: "Name", isRowHeader: true },
          { id: "value", header: "Value", cell: ({ Value }) => Value },
          { id: "version", header: "Version", cell: ({ Version }) => Version },
        ]}
        empty={
          <EmptyState title="No public parameters" command={`aws ssm get-parameters-by-path --path ${path} --recursive`}>
            AWS publishes nothing under this name.
          </EmptyState>
        }
      />
    </SpaceBetween>
  );
}
