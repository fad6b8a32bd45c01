"use client";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { managedCapacity } from "@/lib/engine/wafv2/managed/capacity";
import { marketplace } from "@/lib/engine/wafv2/managed/listed-only";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { GoLink, usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { loadManaged, type ManagedSummary } from "../load-waf";
import { managedPath } from "../place-of";
import { ScopeSelect } from "../shared/scope-tabs";
import type { Scope } from "../waf-types";

/** AWS's rule groups, and what AWS Marketplace offers beside them. */
export function ManagedList({ scope }: { scope: Scope }) {
  const { narrow } = usePlace();
  const loaded = useLoad(`managed|${scope}`, (ask) => loadManaged(ask, scope));
  return (
    <SpaceBetween size="l">
      {loaded.refused && <AwsErrorNote refused={loaded.refused} />}
      <Table
        data-testid="managed-groups"
        wrapLines
        trackBy="Name"
        items={loaded.data ?? []}
        loading={loaded.loading && !loaded.data && !loaded.refused}
        loadingText="Loading managed rule groups"
        header={
          <Header variant="h1" counter={`(${loaded.data?.length ?? 0})`} description="Add one to a web ACL under its rules. Names, labels, actions and capacities are AWS’s; what the rules look for inside is Keyhole’s own.">
            Managed rule groups
          </Header>
        }
        filter={
          <div className="event-filter">
            <ScopeSelect scope={scope} kind="managed-rule-groups" />
          </div>
        }
        columnDefinitions={[
          { id: "name", header: "Name", isRowHeader: true, cell: ({ VendorName, Name }) => <GoLink to={managedPath(scope, VendorName, Name)}>{Name}</GoLink>, minWidth: 180 },
          ...(narrow ? [] : [{ id: "description", header: "Description", cell: ({ Description }: ManagedSummary) => Description || "-" }]),
          { id: "units", header: "WCU", cell: ({ VendorName, Name }) => managedCapacity(VendorName, Name) ?? "-" },
        ]}
        empty="None."
      />
      <Table
        data-testid="marketplace-groups"
        wrapLines
        items={marketplace}
        header={
          <Header variant="h2" counter={`(${marketplace.length})`} description="Some of what vendors sell. One subscribes in AWS Marketplace, which is not simulated: these can be read about here, and not used.">
            AWS Marketplace rule groups
          </Header>
        }
        columnDefinitions={[
          { id: "vendor", header: "Vendor", isRowHeader: true, cell: ({ vendor }) => vendor },
          { id: "name", header: "Name", cell: ({ name }) => <span className="aws-words">{name}</span> },
          ...(narrow ? [] : [{ id: "description", header: "Description", cell: ({ description }: (typeof marketplace)[number]) => description }]),
        ]}
      />
    </SpaceBetween>
  );
}
