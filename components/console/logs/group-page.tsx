"use client";
import { useState } from "react";
import Alert from "@cloudscape-design/components/alert";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import Tabs from "@cloudscape-design/components/tabs";
import { AwsErrorNote } from "../frame/aws-error-note";
import { Copyable } from "../frame/copyable";
import { LabDate } from "../frame/lab-time";
import { GoButton, pathTo, usePlace } from "../frame/place";
import type { Tag } from "../frame/tag-changes";
import { TagsPanel } from "../frame/tags";
import { useLoad } from "../frame/use-load";
import { DeleteGroups } from "./delete-groups";
import { EditRetention } from "./edit-retention";
import { EventsView } from "./events-view";
import { loadGroup } from "./load-logs";
import { bytesWords, retentionWords, type LogGroup } from "./logs-types";
import { groupPath } from "./place-of";
import { StreamList } from "./stream-list";

/** A group: its streams, a search through all of them, its tags. `rest`: the tab, and the pattern that is searched for. */
export function GroupPage({ name, rest: [tab, pattern = ""] }: { name: string; rest: string[] }) {
  const { navigate, narrow } = usePlace();
  const [gone, setGone] = useState(false);
  const [open, setOpen] = useState<"retention" | "delete">();
  const loaded = useLoad(gone ? undefined : `log-group|${name}`, async (ask) => ({ group: await loadGroup(ask, name) }));
  if (loaded.refused)
    return (
      <SpaceBetween size="m">
        <Header variant="h1">{name}</Header>
        <AwsErrorNote refused={loaded.refused} />
      </SpaceBetween>
    );
  if (!loaded.data) return <Spinner size="large" />;
  const { group } = loaded.data;
  if (!group) return <NoGroup name={name} />;
  const tabs = [
    { id: "streams", label: "Log streams", content: <StreamList group={name} /> },
    {
      id: "search",
      label: "Search all",
      content: <EventsView key={pattern} group={name} pattern={pattern} onPattern={(next) => navigate(groupPath(name, "search", ...(next ? [next] : [])))} />,
    },
    { id: "tags", label: "Tags", content: <GroupTags arn={group.logGroupArn} /> },
  ];
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <ButtonDropdown
              items={[
                { id: "retention", text: "Edit retention setting" },
                { id: "delete", text: "Delete log group" },
              ]}
              onItemClick={({ detail }) => setOpen(detail.id as "retention" | "delete")}
              data-testid="group-actions"
            >
              Actions
            </ButtonDropdown>
            <GoButton to={pathTo("live-tail", name)} data-testid="start-tailing">
              Start tailing
            </GoButton>
          </SpaceBetween>
        }
      >
        <span className="copyable-text">{name}</span>
      </Header>
      <Details group={group} narrow={narrow} />
      <Tabs
        data-testid="group-tabs"
        ariaLabel="About this log group"
        tabs={tabs}
        activeTabId={tabs.some(({ id }) => id === tab) ? tab! : "streams"}
        onChange={({ detail }) => navigate(groupPath(name, detail.activeTabId))}
      />
      {open === "retention" && <EditRetention group={group} onClose={() => setOpen(undefined)} />}
      {open === "delete" && (
        <DeleteGroups
          names={[name]}
          onClose={() => setOpen(undefined)}
          onDone={() => {
            setGone(true);
            navigate("log-groups");
          }}
        />
      )}
    </SpaceBetween>
  );
}

/** DescribeLogGroups answers with an empty list, and not with an error. */
function NoGroup({ name }: { name: string }) {
  return (
    <SpaceBetween size="m">
      <Header variant="h1">{name}</Header>
      <Alert type="info" header="There is no such log group" data-testid="no-group">
        AWS knows none of this name in this account and Region. The group of a function, /aws/lambda/ and its name, is made at its first invocation, by the function’s own role: where the role may
        not, there is none.
      </Alert>
    </SpaceBetween>
  );
}

function Details({ group, narrow }: { group: LogGroup; narrow: boolean }) {
  return (
    <Container header={<Header variant="h2">Log group details</Header>}>
      <KeyValuePairs
        columns={narrow ? 1 : 4}
        items={[
          { label: "ARN", value: <Copyable text={group.logGroupArn} what="ARN" /> },
          { label: "Creation time", value: <LabDate seconds={group.creationTime / 1000} /> },
          { label: "Retention", value: retentionWords(group.retentionInDays) },
          { label: "Stored", value: bytesWords(group.storedBytes) },
        ]}
      />
    </Container>
  );
}

function GroupTags({ arn }: { arn: string }) {
  const tags = useLoad<Tag[]>(`tags|${arn}`, async (ask) => {
    const answer = await ask<{ tags: Record<string, string> }>("logs", "ListTagsForResource", { resourceArn: arn });
    return Object.entries(answer.tags).map(([key, value]) => ({ key, value }));
  });
  return (
    <TagsPanel
      of="this log group"
      tags={tags}
      command={`aws logs tag-resource --resource-arn ${arn} --tags team=payroll`}
      save={async (ask, { removed, set }) => {
        if (removed.length) await ask("logs", "UntagResource", { resourceArn: arn, tagKeys: removed });
        if (set.length) await ask("logs", "TagResource", { resourceArn: arn, tags: Object.fromEntries(set.map(({ key, value }) => [key, value])) });
      }}
    />
  );
}
