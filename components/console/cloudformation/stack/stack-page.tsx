"use client";
import { useState } from "react";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import Tabs, { type TabsProps } from "@cloudscape-design/components/tabs";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { GoButton, usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import type { Stack } from "../cfn-types";
import { DeleteStack } from "../delete-stack";
import { loadStack } from "../load-stacks";
import { stackPath } from "../place-of";
import { CfnStatus, isUnderWay } from "../stack-status";
import { ChangeSetsTab } from "./change-sets-tab";
import { DriftTab } from "./drift-tab";
import { EventsTab, RootCause } from "./events-tab";
import { InfoTab } from "./info-tab";
import { OutputsTab } from "./outputs-tab";
import { ParametersTab } from "./parameters-tab";
import { ResourcesTab } from "./resources-tab";
import { StackActions } from "./stack-actions";
import { TemplateTab } from "./template-tab";

/** A stack's page. `name` may be its id: a deleted one has no other name. */
export function StackPage({ name, tab }: { name: string; tab?: string }) {
  const { navigate } = usePlace();
  const [deleting, setDeleting] = useState(false);
  const stack = useLoad(`stack|${name}`, (ask) => loadStack(ask, name));
  if (stack.refused)
    return (
      <SpaceBetween size="m">
        <Header variant="h1">{name}</Header>
        <AwsErrorNote refused={stack.refused} />
      </SpaceBetween>
    );
  if (!stack.data) return <Spinner size="large" />;
  const { StackName, StackId, StackStatus, StackStatusReason } = stack.data;
  const gone = StackStatus === "DELETE_COMPLETE";
  // From here on by the id: a stack that is deleted while one looks at it is still this one.
  const tabs: TabsProps.Tab[] = [
    { id: "info", label: "Stack info", content: <InfoTab stack={stack.data} /> },
    { id: "events", label: "Events", content: <EventsTab stack={stack.data} /> },
    { id: "resources", label: "Resources", content: <ResourcesTab stackId={StackId} /> },
    { id: "outputs", label: "Outputs", content: <OutputsTab stack={stack.data} /> },
    { id: "parameters", label: "Parameters", content: <ParametersTab stack={stack.data} /> },
    { id: "template", label: "Template", content: <TemplateTab stackId={StackId} /> },
    ...(gone
      ? []
      : [
          { id: "changesets", label: "Change sets", content: <ChangeSetsTab name={StackName} /> },
          { id: "drift", label: "Drifts", content: <DriftTab stack={stack.data} /> },
        ]),
  ];
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        info={
          <span role="status" data-testid="stack-status">
            <CfnStatus status={StackStatus} />
          </span>
        }
        actions={
          !gone && (
            <SpaceBetween direction="horizontal" size="xs">
              <Button onClick={() => setDeleting(true)} disabled={isUnderWay(StackStatus)} data-testid="detail-delete">
                Delete
              </Button>
              <GoButton to={stackPath(StackName, "update")} disabled={isUnderWay(StackStatus) || StackStatus === "REVIEW_IN_PROGRESS"} data-testid="detail-update">
                Update
              </GoButton>
              <StackActions stack={stack.data} />
            </SpaceBetween>
          )
        }
      >
        {StackName}
      </Header>
      {gone && <Alert type="info">This stack was deleted. It is remembered for 90 days.</Alert>}
      {StackStatus === "REVIEW_IN_PROGRESS" && <Alert type="info">The stack has a change set and nothing else yet: execute it, and its resources are made.</Alert>}
      {failed(stack.data) && <RootCause stack={stack.data} reason={StackStatusReason} />}
      <Tabs
        data-testid="stack-tabs"
        ariaLabel="About this stack"
        tabs={tabs}
        activeTabId={tabs.some(({ id }) => id === tab) ? tab! : "info"}
        onChange={({ detail }) => navigate(stackPath(name, detail.activeTabId))}
      />
      {deleting && <DeleteStack stack={stack.data} onClose={() => setDeleting(false)} onDone={() => navigate(stackPath(StackId, "events"))} />}
    </SpaceBetween>
  );
}

const failed = ({ StackStatus }: Stack): boolean => StackStatus.endsWith("_FAILED") || StackStatus.includes("ROLLBACK");
