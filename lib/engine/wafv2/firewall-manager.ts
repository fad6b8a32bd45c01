import { type Failure, ok } from "../errors";
import { settleWebAcl } from "../shield/covered";
import type { Context, JsonObject, Result } from "../types";
import type { FirewallManagerRuleGroup, Rule } from "./inspect/types";
import { capacityOf } from "./inspect/capacity";
import { findByArn } from "./names";
import { wafErrors } from "./errors";
import { checkUnits, namedBy } from "./rules";
import { type FirewallManagerPart, type WebAclRow, entities, entityId } from "./state";
import { noteUses } from "./users";

/**
 * Firewall Manager's part of a web ACL: its first and last rule groups stand outside the account's own rules, before and after them.
 * Nobody but Firewall Manager changes them: AWS has no call for it but the permission wafv2:PutFirewallManagerRuleGroups.
 * Source: WAFV2 API Reference, WebACL (PreProcessFirewallManagerRuleGroups, ManagedByFirewallManager, RetrofittedByFirewallManager).
 */

/** The groups as rules: what they name, weigh and are called is read off them as off any others. */
export const rulesOfGroups = (groups: readonly FirewallManagerRuleGroup[] = []): Rule[] =>
  groups.map(({ Name, Priority, FirewallManagerStatement, OverrideAction, VisibilityConfig }) => ({ Name, Priority, Statement: FirewallManagerStatement, OverrideAction, VisibilityConfig }));

/** A web ACL's rules in the order in which requests meet them: the first groups, its own, the last groups. */
export function allRulesOf({ Rules, firewallManager }: Readonly<Pick<WebAclRow, "Rules" | "firewallManager">>): Rule[] {
  const ordered = (rules: readonly Rule[]): Rule[] => rules.toSorted((a, b) => a.Priority - b.Priority);
  return [rulesOfGroups(firewallManager?.first), Rules, rulesOfGroups(firewallManager?.last)].flatMap(ordered);
}

/** What follows from all rules together: what they name, how much they weigh, what they cost. */
export function summed(ctx: Pick<Context, "db">, rules: readonly Rule[], part: FirewallManagerPart | undefined): Pick<WebAclRow, "references" | "Capacity" | "charges"> {
  const all = allRulesOf({ Rules: [...rules], firewallManager: part });
  return {
    references: namedBy(all).references, Capacity: capacityOf(all, { ruleGroup: (arn) => findByArn(ctx, arn, "rulegroup")?.Capacity }),
    charges: { "wafv2:web-acl": 1, "wafv2:rule": all.length },
  };
}

/**
 * Gives a web ACL its part, or takes it away; its own rules stay. `ctx.db` is at the web ACL's account, Region and service.
 * Errors: WAFNonexistentItemException (the web ACL, a rule group), WAFInvalidParameterException (capacity).
 */
export function putFirewallManagerPart(ctx: Pick<Context, "db" | "newId">, arn: string, part: FirewallManagerPart | undefined): Result {
  const row = findByArn(ctx, arn, "webacl");
  if (!row) return wafErrors.notFound();
  const sums = summed(ctx, row.Rules, part);
  const problem: Failure | undefined = part && [...part.first, ...part.last].some(({ FirewallManagerStatement: { RuleGroupReferenceStatement: own } }) => own && findByArn(ctx, own.ARN, "rulegroup")?.Scope !== row.Scope) ? wafErrors.notFound() : checkUnits("WEB_ACL", sums.Capacity);
  if (problem) return problem;
  const edited = entities(ctx.db, "webacl").edit(entityId(row.Scope, row.Name));
  noteUses(ctx.db, row.ARN, row.references, sums.references);
  delete edited.firewallManager;
  Object.assign(edited, sums, { LockToken: ctx.newId() }, part ? { firewallManager: structuredClone(part) } : {});
  settleWebAcl(ctx, arn);
  return ok({} as JsonObject);
}
