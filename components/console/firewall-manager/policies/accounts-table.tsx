"use client";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { EmptyState } from "../../frame/empty-state";
import { LabTime } from "../../frame/lab-time";
import { GoLink, usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import type { AccountStatus } from "../fm-types";
import { loadStatus } from "../load-fm";
import { policyPath } from "../place-of";
import { accountWords, type World } from "../shared/world";
import { AccountCompliance, stateOf, violatorsOf } from "./compliance";

/** Accounts in the policy's scope, each as the last evaluation found it. */
export function AccountsTable({ region, id, world }: { region: string; id: string; world?: World }) {
  const { narrow } = usePlace();
  const loaded = useLoad(`status|${region}|${id}`, (ask) => loadStatus(ask, region, id));
  const all = loaded.data ?? [];
  const columns = [
    { id: "account", header: "Account", isRowHeader: true, minWidth: 140, cell: ({ MemberAccount }: AccountStatus) => <GoLink to={policyPath(region, id, "accounts", MemberAccount)}>{world ? accountWords(world, MemberAccount) : MemberAccount}</GoLink> },
    { id: "status", header: "Compliance", minWidth: 175, cell: (status: AccountStatus) => <AccountCompliance status={status} /> },
    { id: "count", header: "Out of compliance", minWidth: 120, cell: (status: AccountStatus) => (stateOf(status) === "waiting" ? "-" : `${violatorsOf(status)} ${violatorsOf(status) === 1 ? "resource" : "resources"}`) },
    { id: "issues", header: "Issues", minWidth: 220, cell: ({ IssueInfoMap }: AccountStatus) => Object.values(IssueInfoMap ?? {}).join(" ") || "-" },
    { id: "at", header: "Evaluated", minWidth: 110, cell: ({ LastUpdated }: AccountStatus) => <LabTime seconds={LastUpdated} /> },
  ];
  return (
    <SpaceBetween size="m">
      {loaded.refused && <AwsErrorNote refused={loaded.refused} />}
      <Table
        data-testid="policy-accounts"
        wrapLines
        items={all}
        trackBy="MemberAccount"
        loading={loaded.loading && !loaded.data && !loaded.refused}
        loadingText="Loading accounts"
        columnDefinitions={narrow ? columns.filter(({ id: each }) => each !== "count" && each !== "at") : columns}
        header={
          <Header variant="h2" counter={`(${all.length})`} description="An account is looked at every ten minutes, and by itself when it joins. Choose one to see its resources.">
            Accounts within policy scope
          </Header>
        }
        empty={<EmptyState title="No accounts in scope">No account of the organization is in the policy’s scope. Edit the policy to change that.</EmptyState>}
      />
    </SpaceBetween>
  );
}
