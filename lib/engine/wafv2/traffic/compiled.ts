import { locate } from "../../traffic/addresses";
import type { Context, Db } from "../../types";
import { type CompiledWebAcl, compile } from "../inspect/compile";
import type { RuleGroup, WebACL } from "../inspect/types";
import { findByArn, readEntityArn } from "../names";
import type { IpSetRow, RegexPatternSetRow, RuleGroupRow, WebAclRow } from "../state";

/** Web ACLs ready for requests: made anew when the web ACL or anything that it refers to has become another row. */

interface Kept {
  referred: readonly (object | undefined)[];
  compiled: CompiledWebAcl;
}

const kept = new WeakMap<Readonly<WebAclRow>, Kept>();

export function compiledOf(db: Db, acl: Readonly<WebAclRow>): CompiledWebAcl {
  const rows = referredRows({ db }, acl);
  const referred = [...rows.values()];
  const known = kept.get(acl);
  if (known && known.referred.length === referred.length && known.referred.every((row, at) => row === referred[at])) return known.compiled;
  const of = <Row>(kind: string): Record<string, Row> => Object.fromEntries([...rows].filter(([arn, row]) => row && readEntityArn(arn)!.kind === kind)) as Record<string, Row>;
  const compiled = compile(asWebAcl(acl), { ipSets: of<IpSetRow>("ipset"), regexPatternSets: of<RegexPatternSetRow>("regexpatternset"), ruleGroups: of<RuleGroupRow & RuleGroup>("rulegroup"), locate });
  kept.set(acl, { referred, compiled });
  return compiled;
}

/** Rows by ARN: what the web ACL's rules name, and what their rule groups name. */
function referredRows(ctx: Pick<Context, "db">, { references }: Readonly<Pick<WebAclRow, "references">>): Map<string, Readonly<IpSetRow | RegexPatternSetRow | RuleGroupRow> | undefined> {
  const rows = new Map<string, Readonly<IpSetRow | RegexPatternSetRow | RuleGroupRow> | undefined>();
  for (const arn of references) {
    const kind = readEntityArn(arn)?.kind;
    if (kind === "rulegroup") {
      const group = findByArn(ctx, arn, kind);
      rows.set(arn, group);
      if (group) for (const [inner, row] of referredRows(ctx, group)) rows.set(inner, row);
    } else if (kind === "ipset" || kind === "regexpatternset") rows.set(arn, findByArn(ctx, arn, kind));
  }
  return rows;
}

const asWebAcl = ({ Name, Id, ARN, DefaultAction, Rules, VisibilityConfig, LabelNamespace, CustomResponseBodies, settings, firewallManager }: Readonly<WebAclRow>): WebACL => ({
  Name, Id, ARN, DefaultAction: DefaultAction as WebACL["DefaultAction"], Rules, VisibilityConfig, LabelNamespace,
  ...(CustomResponseBodies ? { CustomResponseBodies } : {}),
  ...(settings as Partial<WebACL>),
  ...(firewallManager ? { PreProcessFirewallManagerRuleGroups: firewallManager.first, PostProcessFirewallManagerRuleGroups: firewallManager.last } : {}),
});
