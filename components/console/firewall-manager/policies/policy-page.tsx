"use client";
import { useState } from "react";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import Tabs from "@cloudscape-design/components/tabs";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { Copyable } from "../../frame/copyable";
import { useFlash } from "../../frame/flash";
import { GoButton, usePlace } from "../../frame/place";
import { TagsPanel } from "../../frame/tags";
import { useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { typeLabel, type Policy } from "../fm-types";
import { loadPolicy, putPolicy } from "../load-fm";
import { policiesPath, policyPath } from "../place-of";
import { NeedsAdmin } from "../shared/needs-admin";
import { NextEvaluation } from "../shared/next-evaluation";
import { useWorld } from "../shared/use-world";
import { draftOf } from "../wizard/policy-draft";
import { actionText, rulesItems, scopeItems } from "../wizard/policy-words";
import { remedies } from "../wizard/rules-step";
import { AccountsTable } from "./accounts-table";
import { DeletePolicy } from "./delete-policy";

interface Of {
  region: string;
  id: string;
  tab?: string;
}

/** A policy: what its evaluations found, what it asks for, where. */
export const PolicyPage = (props: Of) => (
  <NeedsAdmin title="Policy">
    <Page {...props} />
  </NeedsAdmin>
);

function Page({ region, id, tab }: Of) {
  const { narrow, navigate } = usePlace();
  const [gone, setGone] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const world = useWorld(region);
  const loaded = useLoad(gone ? undefined : `policy|${region}|${id}`, (ask) => loadPolicy(ask, region, id));
  if (loaded.refused) return <AwsErrorNote refused={loaded.refused} />;
  if (!loaded.data) return <Spinner size="large" />;
  const policy = loaded.data;
  const draft = draftOf(policy);
  const columns = narrow ? 1 : 3;
  const tabs = [
    { id: "accounts", label: "Accounts", content: <AccountsTable region={region} id={id} world={world} /> },
    {
      id: "details",
      label: "Policy details",
      content: draft ? (
        <Container header={<Header variant="h2">Rules and scope</Header>} data-testid="policy-rules">
          <KeyValuePairs columns={columns} items={[...rulesItems(draft), ...scopeItems(draft, world)]} />
        </Container>
      ) : (
        <pre className="json-view">{policy.SecurityServicePolicyData.ManagedServiceData}</pre>
      ),
    },
    { id: "tags", label: "Tags", content: <PolicyTags arn={policy.PolicyArn} region={region} /> },
  ];
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <GoButton to={policyPath(region, id, "edit")} data-testid="edit-policy">
              Edit
            </GoButton>
            <Button onClick={() => setDeleting(true)} data-testid="delete-policy">
              Delete
            </Button>
          </SpaceBetween>
        }
      >
        <span className="copyable-text">{policy.PolicyName}</span>
      </Header>
      <Container header={<Header variant="h2" actions={<Remediation policy={policy} region={region} />}>Policy overview</Header>} data-testid="policy-overview">
        <KeyValuePairs
          columns={columns}
          items={[
            { label: "Policy type", value: typeLabel(policy.SecurityServicePolicyData.Type) },
            { label: "Action", value: actionText({ remediation: policy.RemediationEnabled }) },
            { label: "Next evaluation", value: <NextEvaluation id={id} /> },
            { label: "Region", value: region },
            { label: "Status", value: policy.PolicyStatus === "OUT_OF_ADMIN_SCOPE" ? "Out of the administrator’s scope: protects nothing new" : "Active" },
            { label: "Policy ID", value: <Copyable text={id} what="policy ID" /> },
            ...(policy.PolicyDescription ? [{ label: "Description", value: policy.PolicyDescription }] : []),
          ]}
        />
      </Container>
      <Tabs data-testid="policy-tabs" ariaLabel="About this policy" tabs={tabs} activeTabId={tabs.some((each) => each.id === tab) ? tab! : "accounts"} onChange={({ detail }) => navigate(policyPath(region, id, detail.activeTabId))} />
      {deleting && (
        <DeletePolicy
          policy={policy}
          region={region}
          onClose={() => setDeleting(false)}
          onDone={() => {
            setGone(true);
            navigate(policiesPath());
          }}
        />
      )}
    </SpaceBetween>
  );
}

const lower = (text: string): string => text[0].toLowerCase() + text.slice(1);

/** One press for what AWS's console has on the policy's page too: automatic remediation on or off. */
function Remediation({ policy, region }: { policy: Policy & { PolicyArn: string }; region: string }) {
  const { busy, refused, run } = useMutation();
  const flash = useFlash();
  const { PolicyArn: _arn, PolicyStatus: _status, ...kept } = policy;
  const to = !policy.RemediationEnabled;
  const type = policy.SecurityServicePolicyData.Type as keyof typeof remedies;
  const submit = async () => {
    if (await run(async (ask) => void (await putPolicy(ask, region, { ...kept, RemediationEnabled: to })))) flash.success(to ? `Automatic remediation is on. The policy ${lower(remedies[type] ?? "Acts.")} The next evaluation begins in a minute of the lab’s clock.` : "Automatic remediation is off. What the policy has put on resources stays.");
  };
  return (
    <SpaceBetween size="xs">
      {refused && <AwsErrorNote refused={refused} />}
      <Button loading={busy} onClick={() => void submit()} data-testid="toggle-remediation">
        {to ? "Turn on automatic remediation" : "Turn off automatic remediation"}
      </Button>
    </SpaceBetween>
  );
}

function PolicyTags({ arn, region }: { arn: string; region: string }) {
  const tags = useLoad(`tags|${arn}`, async (ask) => (await ask<{ TagList: { Key: string; Value: string }[] }>("fms", "ListTagsForResource", { ResourceArn: arn }, region)).TagList.map(({ Key, Value }) => ({ key: Key, value: Value })));
  return (
    <TagsPanel
      of="this policy"
      tags={tags}
      command={`aws fms tag-resource --resource-arn ${arn} --tag-list Key=team,Value=security`}
      save={async (ask, { removed, set }) => {
        if (removed.length) await ask("fms", "UntagResource", { ResourceArn: arn, TagKeys: removed }, region);
        if (set.length) await ask("fms", "TagResource", { ResourceArn: arn, TagList: set.map(({ key, value }) => ({ Key: key, Value: value })) }, region);
      }}
    />
  );
}
