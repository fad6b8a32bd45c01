import type { CustomResponseBody, FirewallManagerRuleGroup, Rule, VisibilityConfig } from "./inspect/types";
import type { Db, JsonObject, Table } from "../types";

/**
 * What AWS WAF keeps, by account and Region; what is of CloudFront's scope stands in us-east-1. Times are ms since the epoch.
 * Tables: `webAcls`, `ruleGroups`, `ipSets` and `regexPatternSets` by `<scope>\0<name>`;
 * `associations` by the resource's ARN; `logging` by `<scope>\0<web ACL's name>\0<LogScope>`; `apiKeys` by `<scope>\0<key>`;
 * `resources` by ARN: what web ACLs protect; `foreignUses` by `<rule group's ARN>\0<web ACL's ARN>`: who of other accounts uses a group. What traffic leaves behind is in `traffic/state.ts`.
 */

export type Scope = "REGIONAL" | "CLOUDFRONT";

export interface Tag {
  Key: string;
  Value: string;
}

/** What web ACLs, rule groups and sets have in common. */
export interface Entity {
  Name: string;
  Id: string;
  ARN: string;
  Scope: Scope;
  /** Empty where none was given. */
  Description: string;
  LockToken: string;
  tags: Tag[];
}

/** A web ACL or a rule group. */
export interface RuleHolder extends Entity {
  Rules: Rule[];
  VisibilityConfig: VisibilityConfig;
  CustomResponseBodies?: Record<string, CustomResponseBody>;
  Capacity: number;
  LabelNamespace: string;
  /** ARNs that its rules name. */
  references: string[];
  /** What it costs while it is there: price items, with how many of each. */
  charges: Record<string, number>;
}

/** Settings of a web ACL that are kept as they came. */
export const webAclSettings = ["DataProtectionConfig", "CaptchaConfig", "ChallengeConfig", "TokenDomains", "AssociationConfig", "OnSourceDDoSProtectionConfig", "ApplicationConfig"] as const;

/** What Firewall Manager has put into a web ACL. */
export interface FirewallManagerPart {
  first: FirewallManagerRuleGroup[];
  last: FirewallManagerRuleGroup[];
  /** The policy that put it there. */
  policy: string;
  /** Made by Firewall Manager, which alone may delete it. */
  managed: boolean;
  /** Made by the account, and given rule groups by Firewall Manager. */
  retrofitted: boolean;
}

export interface WebAclRow extends RuleHolder {
  firewallManager?: FirewallManagerPart;
  DefaultAction: JsonObject;
  /** Those of `webAclSettings` that were given. */
  settings: JsonObject;
}

export interface RuleGroupRow extends RuleHolder {
  AvailableLabels: string[];
  ConsumedLabels: string[];
  /** Its permission policy's text. */
  policy?: string;
}

export interface IpSetRow extends Entity {
  IPAddressVersion: "IPV4" | "IPV6";
  Addresses: string[];
}

export interface RegexPatternSetRow extends Entity {
  RegularExpressionList: { RegexString?: string }[];
}

export interface AssociationRow {
  ResourceArn: string;
  WebACLArn: string;
}

export interface LoggingRow {
  ResourceArn: string;
  LogDestinationConfigs: string[];
  RedactedFields?: JsonObject[];
  LoggingFilter?: JsonObject;
  LogType: string;
  LogScope: string;
}

export interface ApiKeyRow {
  APIKey: string;
  TokenDomains: string[];
  CreationTimestamp: number;
  Version: number;
}

/** Something that a web ACL can protect: plain facts, no service of its own stands behind it. */
export interface ResourceRow {
  Arn: string;
  /** As the API's ResourceType names it, or CLOUDFRONT. */
  ResourceType: string;
  Name: string;
}

/** Kinds of entity by the word in their ARNs, with their table. */
export const tables = { webacl: "webAcls", rulegroup: "ruleGroups", ipset: "ipSets", regexpatternset: "regexPatternSets" } as const;
export type Kind = keyof typeof tables;
export interface RowOf {
  webacl: WebAclRow;
  rulegroup: RuleGroupRow;
  ipset: IpSetRow;
  regexpatternset: RegexPatternSetRow;
}

export const entities = <K extends Kind>(db: Db, kind: K): Table<RowOf[K]> => db.table<RowOf[K]>(tables[kind]);
export const associations = (db: Db): Table<AssociationRow> => db.table<AssociationRow>("associations");
export interface ForeignUseRow {
  group: string;
  user: string;
}
export const foreignUses = (db: Db): Table<ForeignUseRow> => db.table<ForeignUseRow>("foreignUses");
export const logging = (db: Db): Table<LoggingRow> => db.table<LoggingRow>("logging");
export const apiKeys = (db: Db): Table<ApiKeyRow> => db.table<ApiKeyRow>("apiKeys");
export const resources = (db: Db): Table<ResourceRow> => db.table<ResourceRow>("resources");

export const entityId = (scope: string, name: string): string => `${scope}\0${name}`;

/** ms to the API's epoch seconds. */
export const seconds = (ms: number): number => ms / 1000;
