import type { JsonObject } from "@/lib/engine/types";
import type { Tag } from "../frame/tag-changes";
import { allPages, leaveOut, type Ask } from "../frame/use-load";
import { regionOf } from "./place-of";
import type { IpSet, Locked, PatternSet, RuleGroup, Scope, Summary, WebAcl } from "./waf-types";

/** A call of WAF's API where the scope's things are. */
export const askWaf = <Output = JsonObject>(ask: Ask, scope: Scope, operation: string, input: JsonObject = {}): Promise<Output> => ask<Output>("wafv2", operation, input, regionOf(scope));

const lists = { ListWebACLs: "WebACLs", ListRuleGroups: "RuleGroups", ListIPSets: "IPSets", ListRegexPatternSets: "RegexPatternSets" } as const;

export const loadList = (ask: Ask, scope: Scope, operation: keyof typeof lists): Promise<Summary[]> =>
  allPages<Summary>(async (NextMarker) => {
    const page = await askWaf<Record<string, Summary[]> & { NextMarker?: string }>(ask, scope, operation, { Scope: scope, Limit: 100, ...(NextMarker && { NextMarker }) });
    return { items: page[lists[operation]], next: page.NextMarker };
  });

interface Named {
  Name: string;
  Id: string;
}

const getter =
  <T>(operation: string, member: string) =>
  async (ask: Ask, scope: Scope, { Name, Id }: Named): Promise<Locked<T>> => {
    const answer = await askWaf<Record<string, T> & { LockToken: string }>(ask, scope, operation, { Name, Id, Scope: scope });
    return { ...answer[member], LockToken: answer.LockToken };
  };

export const loadWebAcl = getter<WebAcl>("GetWebACL", "WebACL");
export const loadRuleGroup = getter<RuleGroup>("GetRuleGroup", "RuleGroup");
export const loadIpSet = getter<IpSet>("GetIPSet", "IPSet");
export const loadPatternSet = getter<PatternSet>("GetRegexPatternSet", "RegexPatternSet");

export interface ManagedSummary {
  VendorName: string;
  Name: string;
  VersioningSupported?: boolean;
  Description?: string;
}

export const loadManaged = (ask: Ask, scope: Scope): Promise<ManagedSummary[]> =>
  allPages<ManagedSummary>(async (NextMarker) => {
    const page = await askWaf<{ ManagedRuleGroups: ManagedSummary[]; NextMarker?: string }>(ask, scope, "ListAvailableManagedRuleGroups", { Scope: scope, Limit: 100, ...(NextMarker && { NextMarker }) });
    return { items: page.ManagedRuleGroups, next: page.NextMarker };
  });

export interface ManagedDetail {
  VersionName?: string;
  Capacity?: number;
  LabelNamespace?: string;
  Rules?: { Name: string; Action?: JsonObject }[];
  AvailableLabels?: { Name: string }[];
}

export const loadManagedDetail = (ask: Ask, scope: Scope, VendorName: string, Name: string, VersionName?: string): Promise<ManagedDetail> =>
  askWaf<ManagedDetail>(ask, scope, "DescribeManagedRuleGroup", { Scope: scope, VendorName, Name, ...(VersionName && { VersionName }) });

export interface ManagedVersion {
  Name: string;
  LastUpdateTimestamp?: number;
}

export const loadManagedVersions = (ask: Ask, scope: Scope, VendorName: string, Name: string): Promise<{ versions: ManagedVersion[]; current?: string }> =>
  askWaf<{ Versions?: ManagedVersion[]; CurrentDefaultVersion?: string }>(ask, scope, "ListAvailableManagedRuleGroupVersions", { Scope: scope, VendorName, Name }).then(({ Versions = [], CurrentDefaultVersion }) => ({
    versions: Versions,
    current: CurrentDefaultVersion,
  }));

/** What a rule can refer to; what the caller may not list is left out, and its ARN can still be written in the JSON. */
export interface References {
  ipSets: Summary[];
  patternSets: Summary[];
  ruleGroups: (Summary & { Capacity?: number; rules: string[] })[];
  managed: ManagedSummary[];
}

export async function loadReferences(ask: Ask, scope: Scope): Promise<References> {
  const list = (operation: keyof typeof lists) => loadList(ask, scope, operation).catch(leaveOut).then((found) => found ?? []);
  const groups = await list("ListRuleGroups");
  const ruleGroups = [];
  for (const group of groups) {
    const whole = await loadRuleGroup(ask, scope, group).catch(leaveOut);
    ruleGroups.push({ ...group, Capacity: whole?.Capacity, rules: (whole?.Rules ?? []).map(({ Name }) => Name) });
  }
  return {
    ipSets: await list("ListIPSets"),
    patternSets: await list("ListRegexPatternSets"),
    ruleGroups,
    managed: (await loadManaged(ask, scope).catch(leaveOut)) ?? [],
  };
}

export async function loadTags(ask: Ask, scope: Scope, ResourceARN: string): Promise<Tag[]> {
  const { TagInfoForResource } = await askWaf<{ TagInfoForResource: { TagList?: { Key: string; Value: string }[] } }>(ask, scope, "ListTagsForResource", { ResourceARN });
  return (TagInfoForResource.TagList ?? []).map(({ Key, Value }) => ({ key: Key, value: Value }));
}

export async function saveTags(ask: Ask, scope: Scope, ResourceARN: string, { removed, set }: { removed: string[]; set: Tag[] }): Promise<void> {
  if (removed.length) await askWaf(ask, scope, "UntagResource", { ResourceARN, TagKeys: removed });
  if (set.length) await askWaf(ask, scope, "TagResource", { ResourceARN, Tags: tagsInput(set) });
}

export const tagsInput = (tags: readonly Tag[]): JsonObject[] => tags.map(({ key, value }) => ({ Key: key, Value: value }));
