/**
 * AWS WAF's own JSON shapes, as far as inspection needs them: a web ACL, its rules and their statements.
 * `SearchString` is base64 text, as at the lab's door. Source: AWS WAFV2 API Reference, Data Types.
 */

export type Empty = Record<string, never>;

// ---------------------------------------------------------------- fields and transformations

export const transformationTypes = [
  "NONE", "COMPRESS_WHITE_SPACE", "HTML_ENTITY_DECODE", "LOWERCASE", "CMD_LINE", "URL_DECODE", "BASE64_DECODE", "HEX_DECODE", "MD5",
  "REPLACE_COMMENTS", "ESCAPE_SEQ_DECODE", "SQL_HEX_DECODE", "CSS_DECODE", "JS_DECODE", "NORMALIZE_PATH", "NORMALIZE_PATH_WIN",
  "REMOVE_NULLS", "REPLACE_NULLS", "BASE64_DECODE_EXT", "URL_DECODE_UNI", "UTF8_TO_UNICODE",
] as const;
export type TransformationType = (typeof transformationTypes)[number];

export interface TextTransformation {
  Priority: number;
  Type: TransformationType;
}

export type OversizeHandling = "CONTINUE" | "MATCH" | "NO_MATCH";
export type FallbackBehavior = "MATCH" | "NO_MATCH";
export type MapMatchScope = "ALL" | "KEY" | "VALUE";

export interface HeadersField {
  MatchPattern: { All?: Empty; IncludedHeaders?: string[]; ExcludedHeaders?: string[] };
  MatchScope: MapMatchScope;
  OversizeHandling: OversizeHandling;
}

export interface CookiesField {
  MatchPattern: { All?: Empty; IncludedCookies?: string[]; ExcludedCookies?: string[] };
  MatchScope: MapMatchScope;
  OversizeHandling: OversizeHandling;
}

export interface JsonBodyField {
  MatchPattern: { All?: Empty; IncludedPaths?: string[] };
  MatchScope: MapMatchScope;
  InvalidFallbackBehavior?: "MATCH" | "NO_MATCH" | "EVALUATE_AS_STRING";
  OversizeHandling?: OversizeHandling;
}

/** Exactly one member. */
export interface FieldToMatch {
  SingleHeader?: { Name: string };
  SingleQueryArgument?: { Name: string };
  AllQueryArguments?: Empty;
  UriPath?: Empty;
  QueryString?: Empty;
  Body?: { OversizeHandling?: OversizeHandling };
  Method?: Empty;
  JsonBody?: JsonBodyField;
  Headers?: HeadersField;
  Cookies?: CookiesField;
  HeaderOrder?: { OversizeHandling: OversizeHandling };
  JA3Fingerprint?: { FallbackBehavior: FallbackBehavior };
  JA4Fingerprint?: { FallbackBehavior: FallbackBehavior };
  UriFragment?: { FallbackBehavior?: FallbackBehavior };
}
export type FieldName = keyof FieldToMatch;

// ---------------------------------------------------------------- statements

interface Inspecting {
  FieldToMatch: FieldToMatch;
  TextTransformations: TextTransformation[];
}

export type PositionalConstraint = "EXACTLY" | "STARTS_WITH" | "ENDS_WITH" | "CONTAINS" | "CONTAINS_WORD";
export type ComparisonOperator = "EQ" | "NE" | "LE" | "LT" | "GE" | "GT";

export interface ByteMatchStatement extends Inspecting {
  /** Base64; 1 to 200 bytes. */
  SearchString: string;
  PositionalConstraint: PositionalConstraint;
}
export interface RegexMatchStatement extends Inspecting {
  RegexString: string;
}
export interface RegexPatternSetReferenceStatement extends Inspecting {
  ARN: string;
}
export interface SizeConstraintStatement extends Inspecting {
  ComparisonOperator: ComparisonOperator;
  Size: number;
}
export interface SqliMatchStatement extends Inspecting {
  SensitivityLevel?: "LOW" | "HIGH";
}
export type XssMatchStatement = Inspecting;

export interface ForwardedIPConfig {
  HeaderName: string;
  FallbackBehavior: FallbackBehavior;
}
export interface IPSetReferenceStatement {
  ARN: string;
  IPSetForwardedIPConfig?: ForwardedIPConfig & { Position: "FIRST" | "LAST" | "ANY" };
}
export interface GeoMatchStatement {
  CountryCodes: string[];
  ForwardedIPConfig?: ForwardedIPConfig;
}
export interface AsnMatchStatement {
  AsnList: number[];
  ForwardedIPConfig?: ForwardedIPConfig;
}
export interface LabelMatchStatement {
  Scope: "LABEL" | "NAMESPACE";
  Key: string;
}

interface NamedKey {
  Name: string;
  TextTransformations: TextTransformation[];
}
/** Exactly one member. */
export interface RateBasedStatementCustomKey {
  Header?: NamedKey;
  Cookie?: NamedKey;
  QueryArgument?: NamedKey;
  QueryString?: { TextTransformations: TextTransformation[] };
  HTTPMethod?: Empty;
  ForwardedIP?: Empty;
  IP?: Empty;
  LabelNamespace?: { Namespace: string };
  UriPath?: { TextTransformations: TextTransformation[] };
  JA3Fingerprint?: { FallbackBehavior: FallbackBehavior };
  JA4Fingerprint?: { FallbackBehavior: FallbackBehavior };
  ASN?: Empty;
}
export interface RateBasedStatement {
  /** 10 to 2,000,000,000 requests. */
  Limit: number;
  /** 60, 120, 300 (default) or 600 seconds. */
  EvaluationWindowSec?: number;
  AggregateKeyType: "IP" | "FORWARDED_IP" | "CUSTOM_KEYS" | "CONSTANT";
  ScopeDownStatement?: Statement;
  ForwardedIPConfig?: ForwardedIPConfig;
  CustomKeys?: RateBasedStatementCustomKey[];
}

export interface RuleActionOverride {
  Name: string;
  ActionToUse: RuleAction;
}
export interface RuleGroupReferenceStatement {
  ARN: string;
  ExcludedRules?: { Name: string }[];
  RuleActionOverrides?: RuleActionOverride[];
}
export interface ManagedRuleGroupStatement {
  VendorName: string;
  Name: string;
  Version?: string;
  ExcludedRules?: { Name: string }[];
  ScopeDownStatement?: Statement;
  ManagedRuleGroupConfigs?: Record<string, unknown>[];
  RuleActionOverrides?: RuleActionOverride[];
}

/** Exactly one member. */
export interface Statement {
  ByteMatchStatement?: ByteMatchStatement;
  RegexMatchStatement?: RegexMatchStatement;
  RegexPatternSetReferenceStatement?: RegexPatternSetReferenceStatement;
  SizeConstraintStatement?: SizeConstraintStatement;
  SqliMatchStatement?: SqliMatchStatement;
  XssMatchStatement?: XssMatchStatement;
  GeoMatchStatement?: GeoMatchStatement;
  IPSetReferenceStatement?: IPSetReferenceStatement;
  AsnMatchStatement?: AsnMatchStatement;
  LabelMatchStatement?: LabelMatchStatement;
  AndStatement?: { Statements: Statement[] };
  OrStatement?: { Statements: Statement[] };
  NotStatement?: { Statement: Statement };
  RateBasedStatement?: RateBasedStatement;
  RuleGroupReferenceStatement?: RuleGroupReferenceStatement;
  ManagedRuleGroupStatement?: ManagedRuleGroupStatement;
}
export type StatementName = keyof Statement;

// ---------------------------------------------------------------- actions and rules

export interface CustomHTTPHeader {
  Name: string;
  Value: string;
}
export interface CustomResponse {
  ResponseCode: number;
  CustomResponseBodyKey?: string;
  ResponseHeaders?: CustomHTTPHeader[];
}
interface Handling {
  CustomRequestHandling?: { InsertHeaders: CustomHTTPHeader[] };
}
/** Exactly one member. */
export interface RuleAction {
  Allow?: Handling;
  Block?: { CustomResponse?: CustomResponse };
  Count?: Handling;
  Captcha?: Handling;
  Challenge?: Handling;
}
export interface OverrideAction {
  None?: Empty;
  Count?: Handling;
}
export interface VisibilityConfig {
  SampledRequestsEnabled: boolean;
  CloudWatchMetricsEnabled: boolean;
  MetricName: string;
}
export interface ImmunityConfig {
  ImmunityTimeProperty?: { ImmunityTime: number };
}

export interface Rule {
  Name: string;
  Priority: number;
  Statement: Statement;
  Action?: RuleAction;
  OverrideAction?: OverrideAction;
  RuleLabels?: { Name: string }[];
  VisibilityConfig: VisibilityConfig;
  CaptchaConfig?: ImmunityConfig;
  ChallengeConfig?: ImmunityConfig;
}

export interface CustomResponseBody {
  ContentType: "TEXT_PLAIN" | "TEXT_HTML" | "APPLICATION_JSON";
  Content: string;
}
export interface FirewallManagerRuleGroup {
  Name: string;
  Priority: number;
  FirewallManagerStatement: Pick<Statement, "ManagedRuleGroupStatement" | "RuleGroupReferenceStatement">;
  OverrideAction: OverrideAction;
  VisibilityConfig: VisibilityConfig;
}

/** A web ACL, as far as inspection needs it. */
export interface WebACL {
  Name: string;
  Id: string;
  ARN: string;
  DefaultAction: Pick<RuleAction, "Allow" | "Block">;
  Rules?: Rule[];
  VisibilityConfig: VisibilityConfig;
  PreProcessFirewallManagerRuleGroups?: FirewallManagerRuleGroup[];
  PostProcessFirewallManagerRuleGroups?: FirewallManagerRuleGroup[];
  /** `awswaf:<account>:webacl:<name>:`; built from the ARN where it is absent. */
  LabelNamespace?: string;
  CustomResponseBodies?: Record<string, CustomResponseBody>;
  CaptchaConfig?: ImmunityConfig;
  ChallengeConfig?: ImmunityConfig;
  TokenDomains?: string[];
  AssociationConfig?: { RequestBody?: Record<string, { DefaultSizeInspectionLimit: "KB_16" | "KB_32" | "KB_48" | "KB_64" }> };
}

/** A rule group, as far as inspection needs it. */
export interface RuleGroup {
  Name: string;
  ARN: string;
  Capacity: number;
  Rules?: Rule[];
  VisibilityConfig: VisibilityConfig;
  LabelNamespace?: string;
  CustomResponseBodies?: Record<string, CustomResponseBody>;
}
