"use client";
import { useState } from "react";
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { ConsoleLink } from "../../frame/console-link";
import { EmptyState } from "../../frame/empty-state";
import { useFlash } from "../../frame/flash";
import { usePlace } from "../../frame/place";
import { type Ask, leaveOut, useLoad } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import { loadList } from "../../waf/load-waf";
import { nameOfArn, pathOfArn } from "../../waf/place-of";
import type { Rule } from "../../waf/waf-types";
import { Choose } from "../../waf/shared/choose";
import { associate } from "../../waf/shared/resources";
import { type Protection, askShield, automaticOf } from "../load-shield";
import { loadWebAclOf } from "../shared/estate";

type Action = "Count" | "Block";

/** How Shield's rules in a web ACL are called. */
const isShields = (rule: Rule): boolean => rule.Name.startsWith("ShieldMitigationRuleGroup_");

interface State {
  acl?: string;
  capacity?: number;
  /** Shield's rule in the web ACL, and what its group holds now. */
  rule?: string;
  rules?: Rule[];
}

async function loadState(ask: Ask, resource: string): Promise<State> {
  const acl = await loadWebAclOf(ask, resource);
  if (!acl) return {};
  const region = acl.split(":")[3];
  const read = await ask<{ WebACL: { Capacity: number; Rules?: Rule[] } }>("wafv2", "GetWebACL", { ARN: acl }, region).catch(leaveOut);
  const rule = read?.WebACL.Rules?.find(isShields);
  const group = rule && (await ask<{ RuleGroup: { Rules?: Rule[] } }>("wafv2", "GetRuleGroup", { ARN: rule.Statement.RuleGroupReferenceStatement!.ARN }, region).catch(leaveOut));
  return { acl, capacity: read?.WebACL.Capacity, rule: rule?.Name, rules: group?.RuleGroup.Rules ?? (group ? [] : undefined) };
}

/** Automatic application layer DDoS mitigation, and the web ACL that it works in. */
export function Automatic({ protection }: { protection: Protection }) {
  const { narrow } = usePlace();
  const { data, refused } = useLoad(`automatic|${protection.ResourceArn}`, (ask) => loadState(ask, protection.ResourceArn));
  if (refused) return <AwsErrorNote refused={refused} />;
  if (!data) return <Spinner size="large" />;
  const link = data.acl && pathOfArn(data.acl);
  return (
    <SpaceBetween size="m">
      <Container header={<Header variant="h2" description="Shield sees requests, and acts on them, through the web ACL of the resource.">Web ACL</Header>} data-testid="web-acl">
        {data.acl ? (
          <KeyValuePairs
            columns={narrow ? 1 : 3}
            items={[
              { label: "Web ACL", value: <ConsoleLink to={`/console/wafv2/${link}`}>{nameOfArn(data.acl)}</ConsoleLink> },
              { label: "Capacity used", value: data.capacity === undefined ? "-" : `${data.capacity.toLocaleString("en")} WCU` },
              { label: "Shield’s rule group in it", value: data.rule ? <span className="copyable-text">{data.rule}: 150 WCU, last in order</span> : "None" },
            ]}
          />
        ) : (
          <NoAcl resource={protection.ResourceArn} />
        )}
      </Container>
      <Switch protection={protection} />
      {data.rule && (
        <Table
          data-testid="shield-rules"
          wrapLines
          items={data.rules ?? []}
          header={
            <Header variant="h2" counter={`(${data.rules?.length ?? 0})`} description="Shield writes and removes them itself while requests flood the resource.">
              Shield’s rules now
            </Header>
          }
          columnDefinitions={[
            { id: "name", header: "Rule", isRowHeader: true, cell: ({ Name }: Rule) => <span className="copyable-text">{Name}</span> },
            { id: "action", header: "Action", cell: ({ Action: action }: Rule) => Object.keys(action ?? {})[0] ?? "-" },
          ]}
          empty={<EmptyState title="No rules">No flood of requests is under way.</EmptyState>}
        />
      )}
    </SpaceBetween>
  );
}

/** The resource has no web ACL: choose one that is there, or make one. */
function NoAcl({ resource }: { resource: string }) {
  const scope = resource.split(":")[2] === "cloudfront" ? "CLOUDFRONT" : "REGIONAL";
  const [acl, setAcl] = useState("");
  const { busy, refused, run, clear } = useMutation();
  const flash = useFlash();
  const lists = useLoad(`acls|${scope}`, (ask) => loadList(ask, scope, "ListWebACLs").catch(leaveOut));
  const save = async () => {
    if (await run((ask) => associate(ask, scope, acl, resource))) flash.success(`The web ACL ${nameOfArn(acl)} is on the resource.`);
  };
  return (
    <SpaceBetween size="s">
      {refused && <AwsErrorNote refused={refused} onDismiss={clear} />}
      <StatusIndicator type="warning">The resource has no web ACL: Shield does not see its requests.</StatusIndicator>
      {lists.data?.length === 0 ? (
        <Box variant="p">
          There is none to choose either. <ConsoleLink to={`/console/wafv2/create/web-acl/${scope === "CLOUDFRONT" ? "global" : "regional"}`}>Create a web ACL</ConsoleLink>, and associate it with the resource there.
        </Box>
      ) : (
        <SpaceBetween size="s">
          <Choose label="Web ACL" value={acl} options={(lists.data ?? []).map(({ ARN, Name }) => ({ value: ARN, label: Name }))} onChange={setAcl} placeholder="Choose a web ACL" testId="choose-acl" />
          <Button loading={busy} disabled={acl === ""} onClick={() => void save()} data-testid="associate-acl">
            Associate web ACL
          </Button>
        </SpaceBetween>
      )}
    </SpaceBetween>
  );
}

function Switch({ protection }: { protection: Protection }) {
  const current = automaticOf(protection);
  const [action, setAction] = useState<Action>(current ?? "Count");
  const { busy, refused, run, clear } = useMutation();
  const flash = useFlash();
  const call = async (operation: string, words: string) => {
    const input = { ResourceArn: protection.ResourceArn, ...(operation.startsWith("Disable") ? {} : { Action: { [action]: {} } }) };
    if (await run(async (ask) => void (await askShield(ask, `${operation}ApplicationLayerAutomaticResponse`, input)))) flash.success(words);
  };
  return (
    <Container
      data-testid="automatic-mitigation"
      header={
        <Header
          variant="h2"
          description="During an attack Shield puts its own rules into the web ACL, in a rule group of 150 WCU. Begin with Count: it shows whom Block would stop."
          actions={
            current && (
              <Button loading={busy} onClick={() => void call("Disable", "Automatic mitigation is off, and Shield’s rule group is out of the web ACL.")} data-testid="automatic-disable">
                Disable
              </Button>
            )
          }
        >
          Automatic application layer DDoS mitigation
        </Header>
      }
    >
      <SpaceBetween size="m">
        {refused && <AwsErrorNote refused={refused} onDismiss={clear} />}
        {current ? <StatusIndicator>Enabled, {current}</StatusIndicator> : <StatusIndicator type="stopped">Disabled</StatusIndicator>}
        <FormField label="What Shield’s rules do">
          <RadioGroup
            value={action}
            onChange={({ detail }) => setAction(detail.value as Action)}
            items={[
              { value: "Count", label: "Count", description: "Requests are counted and go on." },
              { value: "Block", label: "Block", description: "Requests of the attack are blocked." },
            ]}
            data-testid="automatic-action"
          />
        </FormField>
        <Button variant="primary" loading={busy} disabled={action === current} onClick={() => void call(current ? "Update" : "Enable", `Automatic mitigation is on: ${action}.`)} data-testid="automatic-save">
          {!current ? "Enable" : action === current ? "Change" : `Change to ${action}`}
        </Button>
        {current === "Count" && <Alert type="info">In Count nothing is stopped.</Alert>}
      </SpaceBetween>
    </Container>
  );
}
