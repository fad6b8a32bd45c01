"use client";
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import Table from "@cloudscape-design/components/table";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { Copyable } from "../../frame/copyable";
import { EmptyState } from "../../frame/empty-state";
import { LabTime } from "../../frame/lab-time";
import { GoButton, GoLink } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { resourceLabel, shortName, type PolicyType, type Violator } from "../fm-types";
import { loadFindings, loadPolicy, loadStatus } from "../load-fm";
import { accountPath, policyPath } from "../place-of";
import { NeedsAdmin } from "../shared/needs-admin";
import { NextEvaluation } from "../shared/next-evaluation";
import { useWorld } from "../shared/use-world";
import { accountWords } from "../shared/world";
import { AccountCompliance } from "./compliance";
import { notesOf, remedyOf } from "./reason-words";

interface Of {
  region: string;
  id: string;
  account: string;
}

/** One account under a policy: each resource out of compliance, why, and what is to be done. */
export const AccountFindings = (props: Of) => (
  <NeedsAdmin title={`Account ${props.account}`}>
    <Findings {...props} />
  </NeedsAdmin>
);

function Findings({ region, id, account }: Of) {
  const world = useWorld(region);
  const loaded = useLoad(`findings|${region}|${id}|${account}`, async (ask) => ({
    policy: await loadPolicy(ask, region, id),
    findings: await loadFindings(ask, region, id, account),
    status: (await loadStatus(ask, region, id)).find(({ MemberAccount }) => MemberAccount === account),
  }));
  if (loaded.refused) return <AwsErrorNote refused={loaded.refused} />;
  if (!loaded.data) return <Spinner size="large" />;
  const { policy, findings, status } = loaded.data;
  const type = policy.SecurityServicePolicyData.Type as PolicyType;
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        description={<>Under the policy <GoLink to={policyPath(region, id)}>{policy.PolicyName}</GoLink></>}
        actions={<GoButton to={accountPath(account)}>Resources of the account</GoButton>}
      >
        {world ? accountWords(world, account) : account}
      </Header>
      <div className="fm-facts" data-testid="account-status">
        {status ? <AccountCompliance status={status} /> : "Not in the policy’s scope"}
        {status?.LastUpdated !== undefined && <span>Evaluated <LabTime seconds={status.LastUpdated} /></span>}
        <NextEvaluation id={id} />
      </div>
      {Object.entries(findings.issues).map(([dependency, words]) => (
        <Alert key={dependency} type="warning" header="Issue" data-testid="account-issue" action={dependency === "AWSCONFIG" ? <GoButton to="getting-started">Getting started</GoButton> : undefined}>
          {words}
        </Alert>
      ))}
      <Table
        data-testid="violators"
        wrapLines
        items={findings.violators}
        trackBy={({ ResourceId, ViolationReason }) => `${ResourceId} ${ViolationReason}`}
        header={<Header variant="h2" counter={`(${findings.violators.length}${findings.more ? "+" : ""})`}>Resources out of compliance</Header>}
        columnDefinitions={[
          { id: "resource", header: "Resource", isRowHeader: true, minWidth: 150, cell: ({ ResourceId }: Violator) => <Copyable text={ResourceId} what="resource ID">{shortName(ResourceId)}</Copyable> },
          { id: "type", header: "Type", minWidth: 110, cell: ({ ResourceType }: Violator) => resourceLabel(ResourceType) },
          {
            id: "why",
            header: "Why",
            minWidth: 260,
            cell: (violator: Violator) => (
              <SpaceBetween size="xxs">
                <Box>{violator.description ?? violator.ViolationReason}</Box>
                {notesOf(violator).map((note) => <Box key={note} variant="small" color="text-body-secondary"><span className="copyable-text">{note}</span></Box>)}
                <Box variant="small" color="text-body-secondary"><code>{violator.ViolationReason}</code></Box>
              </SpaceBetween>
            ),
          },
          { id: "remedy", header: "What to do", minWidth: 200, cell: (violator: Violator) => remedyOf(violator, policy.RemediationEnabled, type) },
        ]}
        empty={
          <EmptyState title={status?.LastUpdated === undefined ? "Not evaluated yet" : "No resources out of compliance"}>
            {status?.LastUpdated === undefined ? "A policy looks at its accounts a minute after it was made or changed, and then every ten minutes of the lab’s clock." : "At the last evaluation every resource in scope was as the policy says, or there was none."}
          </EmptyState>
        }
      />
    </SpaceBetween>
  );
}
