"use client";
import { useState } from "react";
import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import Table from "@cloudscape-design/components/table";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { Copyable } from "../../frame/copyable";
import { usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { loadManagedDetail, loadManagedVersions } from "../load-waf";
import { actionOf, actionWords } from "../rule/words";
import { Choose } from "../shared/choose";
import type { RuleAction, Scope } from "../waf-types";

/** A managed rule group with its rules, in one of its versions. */
export function ManagedPage({ scope, vendor, name }: { scope: Scope; vendor: string; name: string }) {
  const { narrow } = usePlace();
  const [version, setVersion] = useState<string>();
  const loaded = useLoad(`managed-group|${scope}|${vendor}|${name}|${version ?? ""}`, async (ask) => ({
    detail: await loadManagedDetail(ask, scope, vendor, name, version),
    versions: (await loadManagedVersions(ask, scope, vendor, name)).versions.map(({ Name }) => Name),
  }));
  if (loaded.refused)
    return (
      <SpaceBetween size="m">
        <Header variant="h1">{name}</Header>
        <AwsErrorNote refused={loaded.refused} />
      </SpaceBetween>
    );
  if (!loaded.data) return <Spinner size="large" />;
  const { detail, versions } = loaded.data;
  const rules = detail.Rules ?? [];
  return (
    <SpaceBetween size="m">
      <Header variant="h1" description={`By ${vendor}.`}>
        <span className="copyable-text">{name}</span>
      </Header>
      <Container header={<Header variant="h2">Details</Header>}>
        <SpaceBetween size="m">
          {versions.length > 1 && <Choose label="Version" value={version ?? detail.VersionName} options={versions.map((value) => ({ value, label: value }))} onChange={setVersion} testId="version" />}
          <KeyValuePairs
            columns={narrow ? 1 : 3}
            items={[
              { label: "Capacity", value: detail.Capacity === undefined ? "-" : `${detail.Capacity.toLocaleString("en")} WCU` },
              { label: "Version", value: detail.VersionName ?? "Without versions" },
              { label: "Label namespace", value: detail.LabelNamespace ? <Copyable text={detail.LabelNamespace} what="label namespace" /> : "-" },
            ]}
          />
        </SpaceBetween>
      </Container>
      {rules.length === 0 && (
        <Alert type="info" header="Listed only">
          What this group looks at, such as sessions, logins or learned traffic, a lab has not. A web ACL can have it: it counts its capacity and matches nothing.
        </Alert>
      )}
      <Table
        data-testid="managed-rules"
        wrapLines
        items={rules}
        trackBy="Name"
        header={
          <Header variant="h2" counter={`(${rules.length})`}>
            Rules
          </Header>
        }
        columnDefinitions={[
          { id: "name", header: "Name", isRowHeader: true, cell: ({ Name }) => <span className="aws-words">{Name}</span> },
          {
            id: "action",
            header: "Action",
            cell: ({ Action }) => {
              const action = actionOf(Action as RuleAction | undefined);
              return action ? actionWords[action].label : "-";
            },
          },
        ]}
        empty="No rules are told."
      />
      <Container header={<Header variant="h2">Labels that it adds</Header>}>
        {detail.AvailableLabels?.length ? (
          <ul className="plain-list">
            {detail.AvailableLabels.map(({ Name }) => (
              <li key={Name}>
                <code className="aws-words">{Name}</code>
              </li>
            ))}
          </ul>
        ) : (
          "None."
        )}
      </Container>
    </SpaceBetween>
  );
}
