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
import { CopyButton, Copyable } from "../../frame/copyable";
import { useFlash } from "../../frame/flash";
import { GoButton, GoLink, usePlace } from "../../frame/place";
import { TagsPanel } from "../../frame/tags";
import { useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { isOn, type Rule } from "../event-types";
import { loadRule, loadTags, saveTags } from "../load-events";
import { busPath, rulePath } from "../place-of";
import { DeleteRules } from "./delete-rules";
import { DeliveriesTab } from "./deliveries-tab";
import { setRuleStates } from "./rule-changes";
import { RuleStatus, typeOf } from "./rule-list";
import { ScheduleView } from "./schedule-view";
import { TargetsTab } from "./targets-tab";

/** A rule: what it waits for, what it sends to, and what came of that. */
export function RulePage({ bus, name, tab }: { bus: string; name: string; tab?: string }) {
  const { navigate } = usePlace();
  const [gone, setGone] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const { busy, refused, run, clear } = useMutation();
  const flash = useFlash();
  const loaded = useLoad(gone ? undefined : `rule|${bus}|${name}`, (ask) => loadRule(ask, bus, name));
  if (loaded.refused)
    return (
      <SpaceBetween size="m">
        <Header variant="h1">{name}</Header>
        <AwsErrorNote refused={loaded.refused} />
      </SpaceBetween>
    );
  if (!loaded.data) return <Spinner size="large" />;
  const rule = loaded.data;
  const on = isOn(rule);
  const turn = async () => {
    if (await run((ask) => setRuleStates(ask, [rule], !on))) flash.success(`The rule ${name} is ${on ? "disabled" : "enabled"}.`);
  };
  const tabs = [
    ...(rule.EventPattern ? [{ id: "pattern", label: "Event pattern", content: <PatternView pattern={rule.EventPattern} edit={rulePath(bus, name, "edit")} /> }] : []),
    ...(rule.ScheduleExpression ? [{ id: "schedule", label: "Event schedule", content: <ScheduleView rule={rule} /> }] : []),
    { id: "targets", label: "Targets", content: <TargetsTab rule={rule} /> },
    { id: "deliveries", label: "Deliveries", content: <DeliveriesTab rule={rule} /> },
    { id: "tags", label: "Tags", content: <RuleTags arn={rule.Arn} /> },
  ];
  return (
    <SpaceBetween size="m">
      {refused && <AwsErrorNote refused={refused} onDismiss={clear} />}
      <Header
        variant="h1"
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <GoButton to={rulePath(bus, name, "edit")} data-testid="edit-rule">
              Edit
            </GoButton>
            <Button loading={busy} onClick={() => void turn()} data-testid="turn-rule">
              {on ? "Disable" : "Enable"}
            </Button>
            <Button onClick={() => setDeleting(true)} data-testid="delete-rule">
              Delete
            </Button>
          </SpaceBetween>
        }
      >
        <span className="copyable-text">{name}</span>
      </Header>
      <Details rule={rule} />
      <Tabs
        data-testid="rule-tabs"
        ariaLabel="About this rule"
        tabs={tabs}
        activeTabId={tabs.some(({ id }) => id === tab) ? tab! : tabs[0].id}
        onChange={({ detail }) => navigate(rulePath(bus, name, detail.activeTabId))}
      />
      {deleting && (
        <DeleteRules
          rules={[rule]}
          onClose={() => setDeleting(false)}
          onDone={() => {
            setGone(true);
            navigate(bus === "default" ? "rules" : busPath(bus));
          }}
        />
      )}
    </SpaceBetween>
  );
}

function Details({ rule }: { rule: Rule }) {
  const { narrow } = usePlace();
  return (
    <Container header={<Header variant="h2">Rule details</Header>} data-testid="rule-details">
      <KeyValuePairs
        columns={narrow ? 1 : 3}
        items={[
          { label: "Status", value: <RuleStatus rule={rule} /> },
          { label: "Type", value: typeOf(rule) },
          { label: "Event bus", value: <GoLink to={busPath(rule.EventBusName)}>{rule.EventBusName}</GoLink> },
          { label: "Description", value: rule.Description ?? "-" },
          { label: "Rule ARN", value: <Copyable text={rule.Arn} what="ARN" /> },
        ]}
      />
    </Container>
  );
}

function PatternView({ pattern, edit }: { pattern: string; edit: string }) {
  const text = JSON.stringify(JSON.parse(pattern), null, 2);
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <CopyButton text={text} what="event pattern" label />
              <GoButton to={edit}>Edit</GoButton>
            </SpaceBetween>
          }
        >
          Event pattern
        </Header>
      }
    >
      <pre className="json-view" tabIndex={0} role="region" aria-label="Event pattern, JSON" data-testid="rule-pattern">
        {text}
      </pre>
    </Container>
  );
}

function RuleTags({ arn }: { arn: string }) {
  const tags = useLoad(`tags|${arn}`, (ask) => loadTags(ask, arn));
  return <TagsPanel of="this rule" tags={tags} command={`aws events tag-resource --resource-arn ${arn} --tags Key=team,Value=payroll`} save={(ask, changes) => saveTags(ask, arn, changes)} />;
}
