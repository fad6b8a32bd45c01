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
import { GoButton, usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { loadWebAcl } from "../load-waf";
import { listPath, thingPath } from "../place-of";
import { actionOf, actionWords } from "../rule/words";
import { BodiesTab } from "../shared/bodies-tab";
import { DeleteThing } from "../shared/delete-thing";
import { EditHolder } from "../shared/edit-holder";
import { HolderRules } from "../shared/holder-rules";
import { useScopeWords } from "../shared/scope-tabs";
import { WafTags } from "../shared/waf-tags";
import { Units } from "../shared/units";
import { requestsPath } from "../requests/place";
import type { Scope } from "../waf-types";
import { FirewallManagerGroups } from "./firewall-manager-groups";
import { LoggingTab } from "./logging-tab";
import { OverviewTab } from "./overview-tab";
import { ResourcesTab } from "./resources-tab";
import { SettingsTab } from "./settings-tab";

/** A web ACL: its rules, what it protects, where it writes its log. */
export function AclPage({ scope, name, id, tab }: { scope: Scope; name: string; id: string; tab?: string }) {
  const { narrow, navigate } = usePlace();
  const words = useScopeWords();
  const [gone, setGone] = useState(false);
  const [open, setOpen] = useState<"edit" | "delete">();
  const loaded = useLoad(gone ? undefined : `web-acl|${scope}|${name}|${id}`, (ask) => loadWebAcl(ask, scope, { Name: name, Id: id }));
  if (loaded.refused)
    return (
      <SpaceBetween size="m">
        <Header variant="h1">{name}</Header>
        <AwsErrorNote refused={loaded.refused} />
      </SpaceBetween>
    );
  if (!loaded.data) return <Spinner size="large" />;
  const acl = loaded.data;
  const action = actionOf(acl.DefaultAction);
  const tabs = [
    { id: "overview", label: "Overview", content: <OverviewTab acl={acl} scope={scope} /> },
    { id: "rules", label: "Rules", content: <SpaceBetween size="m"><FirewallManagerGroups acl={acl} scope={scope} /><HolderRules holder={acl} kind="WEB_ACL" scope={scope} /></SpaceBetween> },
    { id: "resources", label: "Associated AWS resources", content: <ResourcesTab acl={acl} scope={scope} /> },
    { id: "bodies", label: "Custom response bodies", content: <BodiesTab holder={acl} kind="WEB_ACL" scope={scope} /> },
    { id: "settings", label: "Settings", content: <SettingsTab acl={acl} scope={scope} /> },
    { id: "logging", label: "Logging", content: <LoggingTab acl={acl} scope={scope} /> },
    { id: "tags", label: "Tags", content: <WafTags of="this web ACL" arn={acl.ARN} scope={scope} /> },
  ];
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <GoButton to={requestsPath("all", { scope, Name: name, Id: id })} data-testid="try-requests">
              Try requests
            </GoButton>
            <Button onClick={() => setOpen("edit")} data-testid="edit-acl">
              Edit
            </Button>
            <Button onClick={() => setOpen("delete")} data-testid="delete-acl">
              Delete
            </Button>
          </SpaceBetween>
        }
      >
        <span className="copyable-text">{acl.Name}</span>
      </Header>
      <Container header={<Header variant="h2">Web ACL details</Header>} data-testid="acl-details">
        <KeyValuePairs
          columns={narrow ? 1 : 3}
          items={[
            { label: "Default action", value: action ? actionWords[action].label : "-" },
            { label: "Capacity used", value: <Units used={acl.Capacity} /> },
            { label: "Scope", value: words[scope] },
            { label: "Description", value: acl.Description || "-" },
            { label: "CloudWatch metric", value: acl.VisibilityConfig.CloudWatchMetricsEnabled ? acl.VisibilityConfig.MetricName : "Off" },
            { label: "Sampled requests", value: acl.VisibilityConfig.SampledRequestsEnabled ? "Kept" : "Off" },
            { label: "ID", value: <Copyable text={acl.Id} what="ID" /> },
            { label: "ARN", value: <Copyable text={acl.ARN} what="ARN" /> },
            { label: "Lock token", value: <Copyable text={acl.LockToken} what="lock token" /> },
          ]}
        />
      </Container>
      <Tabs
        data-testid="acl-tabs"
        ariaLabel="About this web ACL"
        tabs={tabs}
        activeTabId={tabs.some((each) => each.id === tab) ? tab! : "rules"}
        onChange={({ detail }) => navigate(thingPath("web-acls", scope, acl, detail.activeTabId))}
      />
      {open === "edit" && <EditHolder holder={acl} kind="WEB_ACL" scope={scope} onClose={() => setOpen(undefined)} />}
      {open === "delete" && (
        <DeleteThing
          what="web ACL"
          operation="DeleteWebACL"
          thing={acl}
          scope={scope}
          onClose={() => setOpen(undefined)}
          onDone={() => {
            setGone(true);
            navigate(listPath("web-acls", scope));
          }}
        >
          Its rules and its log configuration go with it. AWS WAF refuses this as long as it protects something.
        </DeleteThing>
      )}
    </SpaceBetween>
  );
}
