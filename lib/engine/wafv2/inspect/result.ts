import type { OversizeField } from "./parts";
import type { FieldName, StatementName, TransformationType, VisibilityConfig } from "./types";

/** What an inspection answers: plain data. */

export type ActionName = "ALLOW" | "BLOCK" | "COUNT" | "CAPTCHA" | "CHALLENGE";
export type RuleType = "REGULAR" | "RATE_BASED" | "GROUP" | "MANAGED_RULE_GROUP";

/** As in the logs; only SQLi and XSS statements have them. Source: AWS WAF Developer Guide, Log fields. */
export interface MatchDetail {
  conditionType: "SQL_INJECTION" | "XSS";
  sensitivityLevel?: "LOW" | "HIGH";
  location: string;
  matchedData: string[];
}

/** The answer of CAPTCHA or Challenge. `responseCode` 0: the token was good. Times in epoch seconds. */
export interface TokenAnswer {
  responseCode: number;
  solveTimestamp?: number;
  failureReason?: "TOKEN_MISSING" | "TOKEN_EXPIRED" | "TOKEN_INVALID" | "TOKEN_DOMAIN_MISMATCH";
}

/** A rule that matched, at the web ACL's level or inside a group. */
export interface RuleMatch {
  ruleId: string;
  action: ActionName;
  /** The action that the rule has of its own, where an override replaced it. */
  overriddenAction?: ActionName;
  ruleMatchDetails: MatchDetail[];
  captchaResponse?: TokenAnswer;
  challengeResponse?: TokenAnswer;
  visibility: VisibilityConfig;
}

export interface GroupResult {
  /** `AWS#AWSManagedRulesSQLiRuleSet` for a managed group, the ARN for one's own. */
  ruleGroupId: string;
  /** The group's name. */
  name: string;
  managed: boolean;
  /** The web ACL's rule that refers to it. */
  rule: string;
  visibility: VisibilityConfig;
  terminatingRule?: RuleMatch;
  nonTerminatingMatchingRules: RuleMatch[];
  /** Rules that ExcludedRules turned to Count, and that matched. */
  excludedRules: RuleMatch[];
}

/** A rate-based rule that is limiting the request's instance. */
export interface RateMatch {
  rateBasedRuleId: string;
  rateBasedRuleName: string;
  limitKey: string;
  maxRateAllowed: number;
  evaluationWindowSec: number;
  limitValue?: string;
  customValues?: { key: string; name?: string; value: string }[];
}

export interface WafResponse {
  status: number;
  headers: [name: string, value: string][];
  body: string;
}

export interface AddedLabel {
  name: string;
  /** The action of the rule that added it. */
  action: ActionName;
}

export interface InspectionResult {
  action: Exclude<ActionName, "COUNT">;
  /** The web ACL's rule, or `Default_Action`. */
  terminatingRuleId: string;
  terminatingRuleType: RuleType;
  /** The rule's own match; absent for the default action. */
  terminatingRule?: RuleMatch;
  /** The group's rule, if a group ended it. */
  ruleWithinGroup?: string;
  /** What the client gets instead of the resource's answer; absent for ALLOW. */
  response?: WafResponse;
  /** The code of a custom response; only those are logged. */
  responseCodeSent?: number;
  /** What the resource gets beside the request's own headers. */
  requestHeadersInserted: { name: string; value: string }[];
  /** In the order in which they came. */
  labels: AddedLabel[];
  /** Rules of the web ACL that matched and let the evaluation go on. */
  nonTerminatingMatchingRules: RuleMatch[];
  groups: GroupResult[];
  rates: RateMatch[];
  captchaResponse?: TokenAnswer;
  challengeResponse?: TokenAnswer;
  oversizeFields: OversizeField[];
  requestBodySize: number;
  requestBodySizeInspectedByWAF: number;
  /** Only if an ASN statement was asked; 0 is unknown. */
  clientAsn?: number;
  /** The web ACL's capacity units. */
  capacity: number;
  /** Only if asked for. */
  walk?: RuleWalk[];
}

// ---------------------------------------------------------------- the walk

/** A piece of text, cut where it is long; `length` is the whole's, in bytes. */
export interface Shown {
  text: string;
  length: number;
}

export interface TextWalk {
  /** A header's, cookie's or argument's name, a JSON pointer. */
  name?: string;
  text: Shown;
  steps: { type: TransformationType; before: Shown; after: Shown }[];
  /** Where it matched, in bytes of the text after the last step. */
  found?: { offset: number; length: number; text: string };
  /** What the SQLi or XSS detector made of it. */
  detection?: unknown;
}

export interface StatementWalk {
  /** `Pattern` and `AddressList`: of managed groups, whose inside AWS does not show. */
  statement: StatementName | "Pattern" | "AddressList";
  /** False: it was not needed, the decision had fallen. */
  evaluated: boolean;
  matched: boolean;
  /** Why it matched or did not, in a sentence. */
  why: string;
  field?: FieldName;
  texts?: TextWalk[];
  /** So many texts were looked at and are not in `texts`. */
  more?: number;
  children?: StatementWalk[];
  rate?: { key: string; /** As of the last look. */ estimate: number; /** Really, up to and with this request. */ counted: number; limit: number; windowSec: number; limiting: boolean; detectedAt?: number };
}

export interface RuleWalk {
  name: string;
  priority: number;
  type: RuleType;
  matched: boolean;
  /** What came of it, in a sentence. */
  why: string;
  action?: ActionName;
  overriddenAction?: ActionName;
  terminated: boolean;
  /** Labels that it added. */
  labels: string[];
  statement?: StatementWalk;
  scopeDown?: StatementWalk;
  /** `notReached`: its rules behind the one that ended it, by name. */
  group?: { name: string; rules: RuleWalk[]; notReached?: string[] };
}

const longest = 2_048;
export const shown = (text: string): Shown => ({ text: text.length > longest ? text.slice(0, longest) : text, length: text.length });
