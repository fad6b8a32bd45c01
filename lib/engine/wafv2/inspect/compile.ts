import type { ManagedRuleGroup } from "../managed/types";
import { managedRuleGroup } from "../managed/index";
import { actionName, blocked, insertHeaders, interrupted } from "./actions";
import { capacityOf } from "./capacity";
import { bodyLimit, Parts } from "./parts";
import type { RateRuleState } from "./rate-state";
import type { Place, WafRequest } from "./request";
import type { InspectionResult, RuleWalk, WafResponse } from "./result";
import { type CompiledRule, type End, compileRules, run } from "./rules";
import { Seen } from "./seen";
import { Sources } from "./sources";
import type { FirewallManagerRuleGroup, Rule, RuleGroup, WebACL } from "./types";

/** What a web ACL refers to, by ARN. What is missing is as if it were empty. */
export interface ReferredThings {
  ipSets?: Record<string, { Addresses: string[] }>;
  regexPatternSets?: Record<string, { RegularExpressionList: { RegexString?: string }[] }>;
  ruleGroups?: Record<string, RuleGroup>;
  /** Where forwarded addresses are, and the client's where the request does not say. Default: nowhere known. */
  locate?(address: string): Place | undefined;
  /** Default: those of the lab. */
  managedRuleGroup?(vendor: string, name: string, version?: string): ManagedRuleGroup | undefined;
}

export interface InspectOptions {
  /** Also tell the whole way, as plain data. */
  walk?: boolean;
  /** Also tell what SQLi and XSS statements found (`ruleMatchDetails` of the log). The walk does too. */
  details?: boolean;
  /** What the web ACL's rate-based rules remember, by rule; it is changed. Absent: each inspection begins with nothing counted. */
  rates?: Record<string, RateRuleState>;
  /** Rates exact to the second and at once: for tests. */
  exactRates?: boolean;
  /** Rules that begin to count note what changes (`RateRuleState.changes`). */
  recordRates?: boolean;
}

export interface CompiledWebAcl {
  webAcl: WebACL;
  capacity: number;
  inspect(request: WafRequest, options?: InspectOptions): InspectionResult;
}

const firewallManager = (groups: readonly FirewallManagerRuleGroup[] | undefined): Rule[] =>
  (groups ?? []).map(({ Name, Priority, FirewallManagerStatement, OverrideAction, VisibilityConfig }) => ({ Name, Priority, Statement: FirewallManagerStatement, OverrideAction, VisibilityConfig }));

/**
 * Makes a web ACL ready for requests. Do it once per change of the web ACL or of what it refers to: one inspection then costs what its rules
 * look at. The rules are taken as checked (`checkRules`); nothing here throws on a request, whatever its bytes.
 * Source: AWS WAF Developer Guide, How AWS WAF processes a web ACL; Setting the default action.
 */
export function compile(webAcl: WebACL, referred: ReferredThings = {}): CompiledWebAcl {
  const account = webAcl.ARN.split(":")[4] ?? "";
  const namespace = webAcl.LabelNamespace ?? `awswaf:${account}:webacl:${webAcl.Name}:`;
  const of = <T>(map: Record<string, T> | undefined, arn: string): T | undefined => (map && Object.hasOwn(map, arn) ? map[arn] : undefined);
  const lookUpManaged = referred.managedRuleGroup ?? managedRuleGroup;
  const sources = new Sources();
  const scope = {
    webAcl, account, sources,
    addressesOf: (arn: string) => of(referred.ipSets, arn)?.Addresses ?? [],
    patternsOf: (arn: string) => (of(referred.regexPatternSets, arn)?.RegularExpressionList ?? []).flatMap(({ RegexString }) => RegexString ?? []),
    locate: (address: string) => referred.locate?.(address),
    ruleGroup: (arn: string) => of(referred.ruleGroups, arn),
    managedRuleGroup: lookUpManaged,
  };
  const rules: CompiledRule[] = [firewallManager(webAcl.PreProcessFirewallManagerRuleGroups), webAcl.Rules ?? [], firewallManager(webAcl.PostProcessFirewallManagerRuleGroups)].flatMap((list) => compileRules(list, namespace, scope));
  const capacity = capacityOf([...firewallManager(webAcl.PreProcessFirewallManagerRuleGroups), ...(webAcl.Rules ?? []), ...firewallManager(webAcl.PostProcessFirewallManagerRuleGroups)], { ruleGroup: (arn) => scope.ruleGroup(arn)?.Capacity, managedRuleGroup: (vendor, name, version) => lookUpManaged(vendor, name, version)?.capacity });

  return {
    webAcl,
    capacity,
    inspect(request, options = {}) {
      const parts = new Parts(request, bodyLimit(request.source, webAcl.AssociationConfig?.RequestBody), options.walk ?? false);
      const seen = new Seen(parts, sources.slots, !!(options.details || options.walk), options.rates ?? {}, options.exactRates ?? false, options.recordRates);
      const walks: RuleWalk[] | undefined = options.walk ? [] : undefined;
      return conclude(webAcl, seen, run(rules, seen, walks), capacity, walks);
    },
  };
}

function conclude(webAcl: WebACL, seen: Seen, end: End | undefined, capacity: number, walk: RuleWalk[] | undefined): InspectionResult {
  const { parts, request } = seen;
  const action = (end ? end.match.action : actionName(webAcl.DefaultAction)) as InspectionResult["action"];
  if (!end && webAcl.DefaultAction.Allow) insertHeaders(seen, webAcl.DefaultAction);
  const response: WafResponse | undefined =
    action === "ALLOW" ? undefined : action === "BLOCK" ? blocked(end?.action ?? webAcl.DefaultAction, end?.bodies ?? webAcl.CustomResponseBodies, request.source) : interrupted(action, parts.header("accept"));
  const body = request.body?.length ? (parts.body?.length ?? 0) : 0;
  // Each from the last time that its action was applied.
  const answers = seen.groups.flatMap((each) => each.nonTerminatingMatchingRules).concat(seen.counted, end?.match ?? []);
  const captchaResponse = answers.findLast((each) => each.captchaResponse)?.captchaResponse;
  const challengeResponse = answers.findLast((each) => each.challengeResponse)?.challengeResponse;
  const result: InspectionResult = {
    action,
    terminatingRuleId: end?.rule ?? "Default_Action",
    terminatingRuleType: end?.type ?? "REGULAR",
    requestHeadersInserted: action === "ALLOW" ? [...seen.inserted].map(([name, value]) => ({ name, value })) : [],
    labels: seen.labels,
    nonTerminatingMatchingRules: seen.counted,
    groups: seen.groups,
    rates: seen.rates,
    oversizeFields: [...parts.oversize],
    requestBodySize: body,
    requestBodySizeInspectedByWAF: Math.min(body, parts.limit),
    capacity,
  };
  if (end) result.terminatingRule = end.match;
  if (end?.within !== undefined) result.ruleWithinGroup = end.within;
  if (response) result.response = response;
  const custom = action === "BLOCK" ? (end?.action ?? webAcl.DefaultAction).Block?.CustomResponse : undefined;
  if (custom) result.responseCodeSent = custom.ResponseCode;
  if (captchaResponse) result.captchaResponse = captchaResponse;
  if (challengeResponse) result.challengeResponse = challengeResponse;
  if (seen.asnAsked) result.clientAsn = request.asn ?? 0;
  if (walk) result.walk = walk;
  return result;
}
