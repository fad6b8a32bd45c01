"use client";
import { useMemo } from "react";
import { useCollection } from "@cloudscape-design/collection-hooks";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { EmptyState } from "../../frame/empty-state";
import { useWhere } from "../../frame/lab";
import { GoButton, GoLink, usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { resourceLabel, typeLabel, type AccountStatus, type PolicySummary } from "../fm-types";
import { loadPolicies, loadStatus } from "../load-fm";
import { createPath, GLOBAL_REGION, policiesPath, policyPath } from "../place-of";
import { NeedsAdmin } from "../shared/needs-admin";
import { Compliance, sumOf } from "./compliance";

type Row = PolicySummary & { status: AccountStatus[] };

const COMMAND = `aws fms put-policy --policy '{"PolicyName":"shop","SecurityServicePolicyData":{"Type":"WAFV2","ManagedServiceData":"{\\"type\\":\\"WAFV2\\",\\"defaultAction\\":{\\"type\\":\\"ALLOW\\"}}"},"ResourceType":"AWS::ElasticLoadBalancingV2::LoadBalancer","ExcludeResourceTags":false,"RemediationEnabled":false}'`;

/** The administrator's policies of a Region. */
export const PolicyList = ({ region }: { region?: string }) => (
  <NeedsAdmin title="Security policies">
    <Policies region={region} />
  </NeedsAdmin>
);

function Policies({ region }: { region?: string }) {
  const { narrow, navigate } = usePlace();
  const here = useWhere().region;
  const home = region ?? here;
  const loaded = useLoad(`policies|${home}`, async (ask): Promise<Row[]> => {
    const rows: Row[] = [];
    for (const policy of await loadPolicies(ask, home)) rows.push({ ...policy, status: await loadStatus(ask, home, policy.PolicyId) });
    return rows;
  });
  const all = useMemo(() => loaded.data ?? [], [loaded.data]);
  const { items, collectionProps, filterProps, filteredItemsCount, paginationProps, actions } = useCollection(all, {
    filtering: {
      empty: (
        <EmptyState title={`No policies in ${home}`} action={<GoButton to={createPath}>Create policy</GoButton>} command={COMMAND}>
          A policy says what is to be on which resources of which accounts: a web ACL, a protection, a security group. Firewall Manager finds what lacks it and, if you want, puts it there.
        </EmptyState>
      ),
      noMatch: <EmptyState title="No matches" action={<Button onClick={() => actions.setFiltering("")}>Clear filter</Button>}>No policy has this in its name.</EmptyState>,
      filteringFunction: ({ PolicyName }, text) => PolicyName.toLowerCase().includes(text.toLowerCase()),
    },
    sorting: { defaultState: { sortingColumn: { sortingField: "PolicyName" } } },
    pagination: { pageSize: 20 },
  });
  const regions = [...new Set([here, GLOBAL_REGION, home])].map((value) => ({ value, label: value === GLOBAL_REGION ? `${value} and Global` : value }));
  const columns = [
    { id: "name", header: "Policy name", sortingField: "PolicyName", isRowHeader: true, minWidth: 140, cell: ({ PolicyId, PolicyName }: Row) => <GoLink to={policyPath(home, PolicyId)}>{PolicyName}</GoLink> },
    { id: "type", header: "Policy type", minWidth: 120, cell: ({ SecurityServiceType }: Row) => typeLabel(SecurityServiceType) },
    { id: "accounts", header: "Accounts", minWidth: 190, cell: ({ status }: Row) => <Compliance {...sumOf(status)} /> },
    { id: "resource", header: "Resource type", minWidth: 140, cell: ({ ResourceType }: Row) => (ResourceType === "ResourceTypeList" ? "Several" : resourceLabel(ResourceType)) },
    { id: "action", header: "Automatic remediation", minWidth: 120, cell: ({ RemediationEnabled }: Row) => (RemediationEnabled ? "Enabled" : "Disabled") },
  ];
  return (
    <SpaceBetween size="m">
      {loaded.refused && <AwsErrorNote refused={loaded.refused} />}
      <Table
        {...collectionProps}
        data-testid="policies"
        wrapLines
        items={items}
        trackBy="PolicyId"
        columnDefinitions={narrow ? [columns[0], columns[2]] : columns}
        loading={loaded.loading && !loaded.data && !loaded.refused}
        loadingText="Loading policies"
        header={
          <Header variant="h1" counter={`(${all.length})`} actions={<GoButton to={createPath} variant="primary" data-testid="create-policy">Create policy</GoButton>}>
            Security policies
          </Header>
        }
        filter={
          <div className="event-filter">
            <FormField label="Region">
              <Select data-testid="policies-region" selectedOption={regions.find(({ value }) => value === home)!} options={regions} onChange={({ detail }) => navigate(policiesPath(detail.selectedOption.value === here ? undefined : detail.selectedOption.value))} />
            </FormField>
            {all.length > 0 && (
              <FormField label="Find">
                <TextFilter {...filterProps} filteringAriaLabel="Find policies" filteringPlaceholder="A part of the name" countText={`${filteredItemsCount} ${filteredItemsCount === 1 ? "match" : "matches"}`} />
              </FormField>
            )}
          </div>
        }
        pagination={all.length > 20 && <Pagination {...paginationProps} />}
      />
    </SpaceBetween>
  );
}
