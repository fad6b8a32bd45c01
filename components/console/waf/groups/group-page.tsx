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
import { usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { loadReferences, loadRuleGroup } from "../load-waf";
import { listPath, thingPath } from "../place-of";
import { knownOf } from "../rule/rule-editor";
import { unitsOf } from "../rule/rule-json";
import { BodiesTab } from "../shared/bodies-tab";
import { DeleteThing } from "../shared/delete-thing";
import { EditHolder } from "../shared/edit-holder";
import { HolderRules } from "../shared/holder-rules";
import { useScopeWords } from "../shared/scope-tabs";
import { Units } from "../shared/units";
import { WafTags } from "../shared/waf-tags";
import type { Scope } from "../waf-types";

/** A rule group of one's own. */
export function GroupPage({ scope, name, id, tab }: { scope: Scope; name: string; id: string; tab?: string }) {
  const { narrow, navigate } = usePlace();
  const words = useScopeWords();
  const [gone, setGone] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const [editing, setEditing] = useState(false);
  const loaded = useLoad(gone ? undefined : `rule-group|${scope}|${name}|${id}`, async (ask) => ({ group: await loadRuleGroup(ask, scope, { Name: name, Id: id }), references: await loadReferences(ask, scope) }));
  if (loaded.refused)
    return (
      <SpaceBetween size="m">
        <Header variant="h1">{name}</Header>
        <AwsErrorNote refused={loaded.refused} />
      </SpaceBetween>
    );
  if (!loaded.data) return <Spinner size="large" />;
  const { group, references } = loaded.data;
  const labels = (list: { Name: string }[]) => (list.length ? list.map(({ Name }) => <div key={Name}><code className="aws-words">{Name}</code></div>) : "-");
  const tabs = [
    { id: "rules", label: "Rules", content: <HolderRules holder={group} kind="RULE_GROUP" scope={scope} /> },
    { id: "bodies", label: "Custom response bodies", content: <BodiesTab holder={group} kind="RULE_GROUP" scope={scope} /> },
    { id: "tags", label: "Tags", content: <WafTags of="this rule group" arn={group.ARN} scope={scope} /> },
  ];
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={() => setEditing(true)} data-testid="edit-group">
              Edit
            </Button>
            <Button onClick={() => setDeleting(true)} data-testid="delete-group">
              Delete
            </Button>
          </SpaceBetween>
        }
      >
        <span className="copyable-text">{group.Name}</span>
      </Header>
      <Container header={<Header variant="h2">Rule group details</Header>} data-testid="group-details">
        <KeyValuePairs
          columns={narrow ? 1 : 3}
          items={[
            { label: "Capacity used", value: <Units used={unitsOf(group.Rules ?? [], knownOf(references))} most={group.Capacity} /> },
            { label: "Scope", value: words[scope] },
            { label: "Description", value: group.Description || "-" },
            { label: "Labels that it adds", value: labels(group.AvailableLabels) },
            { label: "Labels that it looks for", value: labels(group.ConsumedLabels) },
            { label: "CloudWatch metric", value: group.VisibilityConfig.CloudWatchMetricsEnabled ? group.VisibilityConfig.MetricName : "Off" },
            { label: "ID", value: <Copyable text={group.Id} what="ID" /> },
            { label: "ARN", value: <Copyable text={group.ARN} what="ARN" /> },
            { label: "Lock token", value: <Copyable text={group.LockToken} what="lock token" /> },
          ]}
        />
      </Container>
      <Tabs ariaLabel="About this rule group" tabs={tabs} activeTabId={tabs.some((each) => each.id === tab) ? tab! : "rules"} onChange={({ detail }) => navigate(thingPath("rule-groups", scope, group, detail.activeTabId))} />
      {editing && <EditHolder holder={group} kind="RULE_GROUP" scope={scope} onClose={() => setEditing(false)} />}
      {deleting && (
        <DeleteThing
          what="rule group"
          operation="DeleteRuleGroup"
          thing={group}
          scope={scope}
          onClose={() => setDeleting(false)}
          onDone={() => {
            setGone(true);
            navigate(listPath("rule-groups", scope));
          }}
        >
          AWS WAF refuses this as long as a web ACL refers to it.
        </DeleteThing>
      )}
    </SpaceBetween>
  );
}
