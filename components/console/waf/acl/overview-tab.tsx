"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { EmptyState } from "../../frame/empty-state";
import { useNow, useRecords, useWhere } from "../../frame/lab";
import { LabTime } from "../../frame/lab-time";
import { usePlace } from "../../frame/place";
import { useLoad } from "../../frame/use-load";
import { askWaf } from "../load-waf";
import { regionOf } from "../place-of";
import { inOrder } from "../rule/shape";
import { Choose } from "../shared/choose";
import type { Scope, WebAcl } from "../waf-types";
import { countRows, metricColumns, type CountRow } from "./count-rows";
import { LimitedAddresses } from "./limited-addresses";
import { SendRequest } from "./send-request";

/** So long AWS WAF keeps samples, s. Source: WAFV2 API Reference, GetSampledRequests. */
const samplesLast = 3 * 3_600;
const mostItems = 100;

interface Sample {
  Request: { ClientIP?: string; Country?: string; URI?: string; Method?: string };
  Weight: number;
  Timestamp?: number;
  Action?: string;
  RuleNameWithinRuleGroup?: string;
  Labels?: { Name: string }[];
}

/** What came in the last three hours, and what became of it. */
export function OverviewTab({ acl, scope }: { acl: WebAcl; scope: Scope }) {
  return (
    <SpaceBetween size="l">
      <SendRequest acl={acl} scope={scope} />
      <Counts acl={acl} scope={scope} />
      <LimitedAddresses acl={acl} scope={scope} />
      <Samples acl={acl} scope={scope} />
    </SpaceBetween>
  );
}

function Counts({ acl, scope }: { acl: WebAcl; scope: Scope }) {
  const { account, region } = useWhere();
  const read = useRecords();
  const now = useNow();
  // No API of the lab tells of CloudWatch's metrics: they are read from its records.
  const rows = read ? countRows(read({ account, region: regionOf(scope) ?? region, service: "wafv2" }), acl, now - samplesLast * 1_000) : [];
  const used = metricColumns.filter(({ id }) => id === "AllowedRequests" || id === "BlockedRequests" || rows.some((row) => row.counts[id]));
  return (
    <Table<CountRow>
      data-testid="counts"
      wrapLines
      trackBy="rule"
      items={rows}
      header={
        <Header variant="h2" description="CloudWatch metrics in AWS/WAFV2, the sum of the last three hours.">
          Requests by rule
        </Header>
      }
      columnDefinitions={[
        { id: "rule", header: "Rule", isRowHeader: true, cell: ({ label }) => <span className="aws-words">{label}</span> },
        ...used.map(({ id, header }): TableProps.ColumnDefinition<CountRow> => ({ id, header, cell: ({ counts }) => (counts[id] ?? 0).toLocaleString("en") })),
      ]}
      empty={<EmptyState title="No requests yet">Send one above, to something that this web ACL protects.</EmptyState>}
    />
  );
}

function Samples({ acl, scope }: { acl: WebAcl; scope: Scope }) {
  const { narrow } = usePlace();
  const now = useNow();
  const [metric, setMetric] = useState("ALL");
  const loaded = useLoad(`samples|${acl.ARN}|${metric}`, (ask) =>
    askWaf<{ SampledRequests?: Sample[]; PopulationSize?: number }>(ask, scope, "GetSampledRequests", {
      WebAclArn: acl.ARN,
      RuleMetricName: metric,
      Scope: scope,
      TimeWindow: { StartTime: now / 1_000 - samplesLast, EndTime: now / 1_000 },
      MaxItems: mostItems,
    }),
  );
  const items = loaded.data?.SampledRequests ?? [];
  const columns: TableProps.ColumnDefinition<Sample>[] = [
    { id: "request", header: "Request", isRowHeader: true, cell: ({ Request: { Method, URI } }) => <code className="aws-words">{`${Method ?? ""} ${URI ?? ""}`}</code>, minWidth: 140 },
    { id: "action", header: "Action", cell: ({ Action }) => Action ?? "-" },
    { id: "rule", header: "Rule inside a group", cell: ({ RuleNameWithinRuleGroup: rule }) => <span className="aws-words">{rule?.split("#").at(-1) ?? "-"}</span> },
    { id: "ip", header: "Source IP", cell: ({ Request: { ClientIP = "-", Country } }) => `${ClientIP}${Country && Country !== "-" ? ` (${Country})` : ""}` },
    { id: "labels", header: "Labels", cell: ({ Labels = [] }) => <span className="aws-words">{Labels.map(({ Name }) => Name).join(", ") || "-"}</span> },
    { id: "time", header: "Time", cell: ({ Timestamp }) => <LabTime seconds={Timestamp} /> },
  ];
  return (
    <SpaceBetween size="s">
      {loaded.refused && <AwsErrorNote refused={loaded.refused} />}
      <Table<Sample>
        data-testid="samples"
        wrapLines
        items={items}
        loading={loaded.loading && !loaded.data && !loaded.refused}
        loadingText="Loading sampled requests"
        header={
          <Header variant="h2" counter={`(${items.length}${(loaded.data?.PopulationSize ?? 0) > items.length ? ` of ${loaded.data!.PopulationSize!.toLocaleString("en")}` : ""})`} description="Of the last three hours, newest first.">
            Sampled requests
          </Header>
        }
        filter={
          <Choose
            label="Show"
            value={metric}
            options={[
              { value: "ALL", label: "All requests" },
              ...inOrder(acl.Rules ?? []).map(({ Name, VisibilityConfig: { MetricName } }) => ({ value: MetricName, label: Name })),
              { value: "Default_Action", label: "Default action" },
            ]}
            onChange={setMetric}
            testId="samples-of"
          />
        }
        columnDefinitions={narrow ? columns.filter(({ id }) => id !== "labels" && id !== "time" && id !== "rule") : columns}
        empty={<Box color="text-body-secondary">No requests.</Box>}
      />
    </SpaceBetween>
  );
}
