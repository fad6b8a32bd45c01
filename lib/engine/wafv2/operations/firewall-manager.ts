import { ok } from "../../errors";
import type { Operation } from "../../types";
import { askArn } from "../authorise";
import { wafErrors } from "../errors";
import { putFirewallManagerPart } from "../firewall-manager";
import { findByArn, readEntityArn } from "../names";

/**
 * Takes out what a policy of Firewall Manager has left in a web ACL: only when the policy has gone, and no other has taken the web ACL over.
 * Errors: WAFInvalidParameterException (RESOURCE_ARN), WAFNonexistentItemException, WAFOptimisticLockException,
 * WAFInvalidOperationException. Source: WAFV2 API Reference, DeleteFirewallManagerRuleGroups.
 */
export const DeleteFirewallManagerRuleGroups: Operation = {
  name: "DeleteFirewallManagerRuleGroups",
  authorise: ({ WebACLArn }: { WebACLArn: string }, ctx) => askArn(ctx, "DeleteFirewallManagerRuleGroups", WebACLArn),
  handle({ WebACLArn, WebACLLockToken }: { WebACLArn: string; WebACLLockToken: string }, ctx) {
    const named = readEntityArn(WebACLArn);
    if (named?.kind !== "webacl" || named.region !== ctx.region) return wafErrors.arn(WebACLArn);
    const row = named.account === ctx.account ? findByArn(ctx, WebACLArn, "webacl") : undefined;
    if (!row) return wafErrors.notFound();
    if (row.LockToken !== WebACLLockToken) return wafErrors.staleLock();
    if (row.firewallManager?.managed || row.firewallManager?.retrofitted) return wafErrors.stillManaged();
    const done = putFirewallManagerPart(ctx, WebACLArn, undefined);
    return done.ok ? ok({ NextWebACLLockToken: findByArn(ctx, WebACLArn, "webacl")!.LockToken }) : done;
  },
};
