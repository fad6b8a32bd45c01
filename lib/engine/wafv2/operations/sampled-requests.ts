import { type Failure, ok } from "../../errors";
import type { Context, Operation } from "../../types";
import { askArn, askEntity } from "../authorise";
import { allRulesOf } from "../firewall-manager";
import { invalid, isFailure, reasons, wafErrors } from "../errors";
import { managedKeys } from "../inspect/rate";
import { managedRuleGroup } from "../managed/index";
import type { RateBasedStatement, Rule } from "../inspect/types";
import { checkScope, findByArn, findEntity, readEntityArn } from "../names";
import { type Scope, type WebAclRow, seconds } from "../state";
import { ALL, DEFAULT_ACTION, samplesBetween } from "../traffic/samples";
import { readRates } from "../traffic/rates";
import { samplesLast } from "../traffic/state";

interface Sampled {
  WebAclArn: string;
  RuleMetricName: string;
  Scope: Scope;
  TimeWindow: { StartTime: number; EndTime: number };
  MaxItems: number;
}

function aclHere(ctx: Context, arn: string): Readonly<WebAclRow> | Failure {
  const named = readEntityArn(arn);
  if (named?.kind !== "webacl" || named.region !== ctx.region) return wafErrors.arn(arn);
  return (named.account === ctx.account ? findByArn(ctx, arn, "webacl") : undefined) ?? wafErrors.notFound();
}

/** Metric names of a web ACL's rules and of those in its groups; managed rules are known by their own names. */
function metricNames(ctx: Context, { Rules: rules }: Readonly<Pick<WebAclRow, "Rules">>): string[] {
  return rules.flatMap(({ VisibilityConfig: { MetricName }, Statement: { RuleGroupReferenceStatement: own, ManagedRuleGroupStatement: managed } }) => [
    MetricName,
    ...(own ? metricNames(ctx, { Rules: findByArn(ctx, own.ARN, "rulegroup")?.Rules ?? [] }) : []),
    ...(managed ? (managedRuleGroup(managed.VendorName, managed.Name)?.rules ?? []).map(({ name }) => name) : []),
  ]);
}

/** Where the requests stand that are asked for by a metric name: a rule's, the default action's, or that of all together. */
function keptAs(ctx: Context, acl: Readonly<WebAclRow>, name: string): string | undefined {
  if (name === ALL || name === "All") return ALL;
  if (metricNames(ctx, { Rules: allRulesOf(acl) }).includes(name)) return name;
  return name === DEFAULT_ACTION || name === acl.VisibilityConfig.MetricName ? DEFAULT_ACTION : undefined;
}

/**
 * Requests of the last three hours that a rule had to do with, newest first; a window that begins earlier is cut.
 * Errors: WAFNonexistentItemException (no such web ACL, or rule of it), WAFInvalidParameterException. Source: WAFV2 API, GetSampledRequests.
 */
export const GetSampledRequests: Operation = {
  name: "GetSampledRequests",
  authorise: ({ WebAclArn }: Sampled, ctx) => askArn(ctx, "GetSampledRequests", WebAclArn),
  handle({ WebAclArn, RuleMetricName, Scope: scope, TimeWindow, MaxItems }: Sampled, ctx) {
    const problem = checkScope(ctx, scope);
    if (problem) return problem;
    const acl = aclHere(ctx, WebAclArn);
    if (isFailure(acl)) return acl;
    const kept = keptAs(ctx, acl, RuleMetricName);
    if (kept === undefined) return wafErrors.notFound();
    const from = Math.max(TimeWindow.StartTime * 1000, ctx.now - samplesLast);
    const to = Math.min(TimeWindow.EndTime * 1000, ctx.now);
    if (TimeWindow.StartTime > TimeWindow.EndTime) return invalid("WEB_ACL", "TimeWindow", reasons.format);
    const { population, found, to: last } = samplesBetween(ctx.db, acl.Id, kept, from, to);
    return ok({
      SampledRequests: found.slice(0, MaxItems),
      PopulationSize: population,
      TimeWindow: { StartTime: seconds(from), EndTime: seconds(Math.max(from, last)) },
    });
  },
};

interface Keys {
  Scope: Scope;
  WebACLName: string;
  WebACLId: string;
  RuleGroupRuleName?: string;
  RuleName: string;
}

/** The rule, in the web ACL or in the rule group that a rule of it names. */
function rateRule(ctx: Context, acl: Readonly<WebAclRow>, { RuleName, RuleGroupRuleName }: Keys): RateBasedStatement | undefined {
  const named = (rules: readonly Rule[], name: string): Rule | undefined => rules.find(({ Name }) => Name === name);
  if (RuleGroupRuleName === undefined) return named(acl.Rules, RuleName)?.Statement.RateBasedStatement;
  const group = named(allRulesOf(acl), RuleGroupRuleName)?.Statement.RuleGroupReferenceStatement?.ARN;
  return group === undefined ? undefined : named(findByArn(ctx, group, "rulegroup")?.Rules ?? [], RuleName)?.Statement.RateBasedStatement;
}

/**
 * Addresses that a rate-based rule is limiting now.
 * Errors: WAFNonexistentItemException, WAFUnsupportedAggregateKeyTypeException (rules that aggregate on anything but the
 * address), WAFInvalidParameterException. Source: WAFV2 API, GetRateBasedStatementManagedKeys.
 */
export const GetRateBasedStatementManagedKeys: Operation = {
  name: "GetRateBasedStatementManagedKeys",
  authorise: ({ Scope: scope, WebACLName, WebACLId }: Keys, ctx) => askEntity(ctx, "GetRateBasedStatementManagedKeys", "webacl", { Scope: scope, Name: WebACLName, Id: WebACLId }),
  handle(input: Keys, ctx) {
    const problem = checkScope(ctx, input.Scope);
    if (problem) return problem;
    const acl = findEntity(ctx, "webacl", { Scope: input.Scope, Name: input.WebACLName, Id: input.WebACLId });
    const statement = acl && rateRule(ctx, acl, input);
    if (!acl || !statement) return wafErrors.notFound();
    if (statement.AggregateKeyType !== "IP" && statement.AggregateKeyType !== "FORWARDED_IP") return wafErrors.aggregateKey();
    const state = readRates(ctx.db, acl.Id, input.RuleGroupRuleName === undefined ? input.RuleName : `${input.RuleGroupRuleName}/${input.RuleName}`);
    // A rule that was changed begins to count anew with its next request.
    const { ipv4, ipv6 } = managedKeys(state?.settings === JSON.stringify(statement) ? state : undefined, ctx.now);
    return ok({ ManagedKeysIPV4: { IPAddressVersion: "IPV4", Addresses: ipv4 }, ManagedKeysIPV6: { IPAddressVersion: "IPV6", Addresses: ipv6 } });
  },
};
