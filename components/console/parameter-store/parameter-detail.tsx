"use client";
import { useState } from "react";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import Tabs from "@cloudscape-design/components/tabs";
import { AwsErrorNote } from "../frame/aws-error-note";
import { KeyMark } from "../frame/key-mark";
import { GoButton } from "../frame/place";
import { TagsPanel } from "../frame/tags";
import type { Tag } from "../frame/tag-changes";
import { useLoad } from "../frame/use-load";
import { DeleteParameters } from "./delete-parameters";
import { HistoryTab } from "./history-tab";
import { loadParameter } from "./load-parameters";
import { OverviewTab } from "./overview-tab";
import type { ParameterMetadata } from "./parameter-types";
import { PoliciesTab } from "./policies-tab";
import { parameterPath } from "./place-of";

const TABS = ["overview", "history", "policies", "tags"];

/** One parameter's page. */
export function ParameterDetail({ name, tab, navigate }: { name: string; tab?: string; navigate(path: string): void }) {
  const [deleting, setDeleting] = useState(false);
  const loaded = useLoad(`parameter|${name}`, async (ask) => {
    const found = await loadParameter(ask, name);
    // The same question again, by the operation that has AWS's own words for "not there".
    if (!found.metadata) await ask("ssm", "GetParameter", { Name: name });
    return found;
  });
  if (loaded.refused) {
    return (
      <SpaceBetween size="m">
        <Header variant="h1">{name}</Header>
        <AwsErrorNote refused={loaded.refused} />
        {loaded.refused.operation === "DescribeParameters" && <ValueOnly name={name} />}
      </SpaceBetween>
    );
  }
  if (!loaded.data?.metadata) return <Spinner size="large" />;
  const { metadata, keyId } = loaded.data;
  const active = tab && TABS.includes(tab) ? tab : "overview";
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={() => setDeleting(true)} data-testid="detail-delete">
              Delete
            </Button>
            <GoButton to={parameterPath(metadata.Name, "edit")} data-testid="detail-edit">
              Edit
            </GoButton>
          </SpaceBetween>
        }
      >
        <span className="key-line">
          {keyId && <KeyMark keyId={keyId} name={metadata.KeyId} />} <span className="copyable-text">{metadata.Name}</span>
        </span>
      </Header>
      <Tabs
        ariaLabel="About this parameter"
        activeTabId={active}
        onChange={({ detail }) => navigate(parameterPath(metadata.Name, detail.activeTabId))}
        tabs={[
          { id: "overview", label: "Overview", content: <OverviewTab metadata={metadata} keyId={keyId} /> },
          { id: "history", label: "History", content: <HistoryTab metadata={metadata} keyId={keyId} /> },
          { id: "policies", label: "Policies", content: <PoliciesTab metadata={metadata} /> },
          { id: "tags", label: "Tags", content: <ParameterTags name={metadata.Name} /> },
        ]}
      />
      {deleting && <DeleteParameters names={[metadata.Name]} onClose={() => setDeleting(false)} onDeleted={() => navigate("parameters")} />}
    </SpaceBetween>
  );
}

/** For a caller who may not describe parameters: what GetParameter alone lets them see. */
function ValueOnly({ name }: { name: string }) {
  const loaded = useLoad(`value-only|${name}`, (ask) => ask<{ Parameter: ParameterMetadata }>("ssm", "GetParameter", { Name: name }));
  if (loaded.refused) return <AwsErrorNote refused={loaded.refused} />;
  if (!loaded.data) return <Spinner />;
  return <OverviewTab metadata={loaded.data.Parameter} />;
}

function ParameterTags({ name }: { name: string }) {
  const of = { ResourceType: "Parameter", ResourceId: name };
  const tags = useLoad<Tag[]>(`tags|${name}`, async (ask) => {
    const { TagList } = await ask<{ TagList?: { Key: string; Value: string }[] }>("ssm", "ListTagsForResource", of);
    return (TagList ?? []).map(({ Key, Value }) => ({ key: Key, value: Value }));
  });
  return (
    <TagsPanel
      of="this parameter"
      tags={tags}
      command={`aws ssm add-tags-to-resource --resource-type Parameter --resource-id ${name} --tags Key=team,Value=payroll`}
      save={async (ask, { removed, set }) => {
        if (removed.length) await ask("ssm", "RemoveTagsFromResource", { ...of, TagKeys: removed });
        if (set.length) await ask("ssm", "AddTagsToResource", { ...of, Tags: set.map(({ key, value }) => ({ Key: key, Value: value })) });
      }}
    />
  );
}
