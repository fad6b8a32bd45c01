"use client";
import { useState } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import type { FirewallManagerRuleGroup } from "@/lib/engine/wafv2/inspect/types";
import { ConfirmModal } from "../../frame/confirm-modal";
import { askWaf } from "../load-waf";
import { nameOfArn } from "../place-of";
import type { Locked, Scope, WebAcl } from "../waf-types";

type Row = FirewallManagerRuleGroup & { place: string };

const groupOf = ({ FirewallManagerStatement: { ManagedRuleGroupStatement: managed, RuleGroupReferenceStatement: own } }: Row): string => (managed ? `${managed.VendorName} ${managed.Name}` : own ? nameOfArn(own.ARN) : "-");

/** What Firewall Manager has put into a web ACL, before and after the account's own rules; nothing where it has not. */
export function FirewallManagerGroups({ acl, scope }: { acl: Locked<WebAcl>; scope: Scope }) {
  const [removing, setRemoving] = useState(false);
  const { PreProcessFirewallManagerRuleGroups: first, PostProcessFirewallManagerRuleGroups: last, ManagedByFirewallManager: managed, RetrofittedByFirewallManager: retrofitted } = acl;
  if (!first && !last) return null;
  const rows: Row[] = [...(first ?? []).map((group) => ({ ...group, place: "First" })), ...(last ?? []).map((group) => ({ ...group, place: "Last" }))];
  const who = managed ? "Firewall Manager made this web ACL, and alone may delete it." : retrofitted ? "Firewall Manager has given this web ACL its rule groups." : "A Firewall Manager policy that is gone left these here.";
  const left = !managed && !retrofitted;
  return (
    <>
      <Table
        data-testid="firewall-manager-groups"
        wrapLines
        items={rows}
        trackBy="Name"
        header={
          <Header
            variant="h2"
            counter={`(${rows.length})`}
            actions={
              left && (
                <Button onClick={() => setRemoving(true)} data-testid="remove-firewall-manager-groups">
                  Take them out
                </Button>
              )
            }
            description={`${who} The first run before the account’s own rules, the last after them; the account cannot change them.`}
          >
            Firewall Manager rule groups
          </Header>
        }
        columnDefinitions={[
          { id: "place", header: "Order", cell: ({ place, Priority }) => `${place} ${Priority + 1}`, minWidth: 90 },
          { id: "name", header: "Name", isRowHeader: true, cell: ({ Name }) => <span className="copyable-text">{Name}</span>, minWidth: 160 },
          { id: "group", header: "Rule group", cell: (row) => <span className="copyable-text">{groupOf(row)}</span>, minWidth: 160 },
          { id: "action", header: "Action", cell: ({ OverrideAction }) => (OverrideAction.Count ? "Count" : "Use rule actions"), minWidth: 120 },
        ]}
        empty={<Box color="text-body-secondary">The policy has no rule groups</Box>}
      />
      {removing && (
        <ConfirmModal
          title="Take out Firewall Manager’s rule groups"
          action="Take out"
          testId="remove-firewall-manager-groups"
          work={async (ask) => void (await askWaf(ask, scope, "DeleteFirewallManagerRuleGroups", { WebACLArn: acl.ARN, WebACLLockToken: acl.LockToken }))}
          done={`${acl.Name} has only the account’s own rules now.`}
          onClose={() => setRemoving(false)}
        >
          The account’s own rules stay.
        </ConfirmModal>
      )}
    </>
  );
}
