"use client";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { EmptyState } from "../../frame/empty-state";
import { useLoad } from "../../frame/use-load";
import { askWaf } from "../load-waf";
import type { Rule, Scope, WebAcl } from "../waf-types";

interface Keys {
  ManagedKeysIPV4?: { Addresses: string[] };
  ManagedKeysIPV6?: { Addresses: string[] };
}

/** AWS tells the addresses of rules that count by address, and of no others. */
const byAddress = ({ Statement }: Rule): boolean => ["IP", "FORWARDED_IP"].includes(Statement?.RateBasedStatement?.AggregateKeyType ?? "");

/** Which addresses the web ACL's rate-based rules are limiting now. Nothing where it has no such rule. */
export function LimitedAddresses({ acl, scope }: { acl: WebAcl; scope: Scope }) {
  const rules = (acl.Rules ?? []).filter(byAddress);
  const loaded = useLoad(rules.length ? `limited|${acl.ARN}|${rules.map(({ Name }) => Name).join()}` : undefined, async (ask) => {
    const all = [];
    for (const { Name } of rules) {
      const keys = await askWaf<Keys>(ask, scope, "GetRateBasedStatementManagedKeys", { Scope: scope, WebACLName: acl.Name, WebACLId: acl.Id, RuleName: Name });
      all.push({ rule: Name, addresses: [...(keys.ManagedKeysIPV4?.Addresses ?? []), ...(keys.ManagedKeysIPV6?.Addresses ?? [])] });
    }
    return all;
  });
  if (rules.length === 0) return null;
  if (loaded.refused) return <AwsErrorNote refused={loaded.refused} />;
  return (
    <Table
      data-testid="limited"
      wrapLines
      trackBy="rule"
      items={loaded.data ?? []}
      loading={!loaded.data}
      loadingText="Loading addresses"
      header={
        <Header variant="h2" description="As they were when this was last read: what is counted changes with every request.">
          Addresses that rate-based rules limit now
        </Header>
      }
      columnDefinitions={[
        { id: "rule", header: "Rule", isRowHeader: true, cell: ({ rule }) => <span className="aws-words">{rule}</span> },
        { id: "count", header: "Addresses", cell: ({ addresses }) => addresses.length.toLocaleString("en") },
        { id: "which", header: "Which", cell: ({ addresses }) => <span className="aws-words">{addresses.slice(0, 10).join(", ") || "None"}{addresses.length > 10 ? `, and ${(addresses.length - 10).toLocaleString("en")} more` : ""}</span> },
      ]}
      empty={<EmptyState title="None">No address is above the limit.</EmptyState>}
    />
  );
}
