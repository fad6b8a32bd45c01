import type { JsonObject } from "@/lib/engine/types";
import type { Tag } from "../frame/tag-changes";
import { allPages, leaveOut, type Ask } from "../frame/use-load";

/** What Shield Advanced answers, as far as this console reads it. Source: AWS Shield Advanced API Reference. */

/** One endpoint serves all Regions. */
export const askShield = <Output = JsonObject>(ask: Ask, operation: string, input: JsonObject = {}): Promise<Output> => ask<Output>("shield", operation, input, "us-east-1");

export interface Subscription {
  StartTime: number;
  EndTime: number;
  AutoRenew: "ENABLED" | "DISABLED";
  ProactiveEngagementStatus: "ENABLED" | "DISABLED" | "PENDING";
  SubscriptionArn: string;
}

/** Undefined: Shield Standard alone. */
export async function loadSubscription(ask: Ask): Promise<{ subscription?: Subscription }> {
  const { SubscriptionState } = await askShield<{ SubscriptionState: string }>(ask, "GetSubscriptionState");
  if (SubscriptionState !== "ACTIVE") return {};
  return { subscription: (await askShield<{ Subscription: Subscription }>(ask, "DescribeSubscription")).Subscription };
}

export interface Protection {
  Id: string;
  Name: string;
  ResourceArn: string;
  ProtectionArn: string;
  HealthCheckIds: string[];
  ApplicationLayerAutomaticResponseConfiguration?: { Status: "ENABLED" | "DISABLED"; Action: { Block?: object; Count?: object } };
}

export const automaticOf = ({ ApplicationLayerAutomaticResponseConfiguration: automatic }: Pick<Protection, "ApplicationLayerAutomaticResponseConfiguration">): "Block" | "Count" | undefined =>
  automatic?.Status === "ENABLED" ? (automatic.Action.Block ? "Block" : "Count") : undefined;

const list = <Item>(ask: Ask, operation: string, member: string, input: JsonObject = {}): Promise<Item[]> =>
  allPages<Item>(async (NextToken) => {
    const page = await askShield<Record<string, Item[]> & { NextToken?: string }>(ask, operation, { ...input, MaxResults: 100, ...(NextToken && { NextToken }) });
    return { items: page[member], next: page.NextToken };
  });

export const loadProtections = (ask: Ask): Promise<Protection[]> => list<Protection>(ask, "ListProtections", "Protections");
export const loadProtection = async (ask: Ask, ProtectionId: string): Promise<Protection> => (await askShield<{ Protection: Protection }>(ask, "DescribeProtection", { ProtectionId })).Protection;

export interface Group {
  ProtectionGroupId: string;
  ProtectionGroupArn: string;
  Aggregation: "SUM" | "MEAN" | "MAX";
  Pattern: "ALL" | "ARBITRARY" | "BY_RESOURCE_TYPE";
  ResourceType?: string;
  Members: string[];
}

export const loadGroups = (ask: Ask): Promise<Group[]> => list<Group>(ask, "ListProtectionGroups", "ProtectionGroups");
export const loadGroup = async (ask: Ask, ProtectionGroupId: string): Promise<{ group: Group; members: string[] }> => ({
  group: (await askShield<{ ProtectionGroup: Group }>(ask, "DescribeProtectionGroup", { ProtectionGroupId })).ProtectionGroup,
  members: await list<string>(ask, "ListResourcesInProtectionGroup", "ResourceArns", { ProtectionGroupId }),
});

export interface AttackSummary {
  AttackId: string;
  ResourceArn: string;
  StartTime: number;
  EndTime?: number;
  AttackVectors: { VectorType: string }[];
}

/** The latest first. */
export const loadAttacks = async (ask: Ask): Promise<AttackSummary[]> => (await list<AttackSummary>(ask, "ListAttacks", "AttackSummaries")).reverse();

export interface Counter {
  Name?: string;
  Max?: number;
  Average?: number;
  Sum?: number;
  N?: number;
  Unit?: string;
}
export interface AttackDetail {
  AttackId: string;
  ResourceArn: string;
  StartTime: number;
  EndTime?: number;
  SubResources: { Type: string; Id: string; AttackVectors: { VectorType: string; VectorCounters?: Counter[] }[] }[];
  AttackProperties: { AttackLayer: string; AttackPropertyIdentifier: string; Unit?: string; Total?: number; TopContributors?: { Name?: string; Value?: number }[] }[];
  Mitigations: { MitigationName?: string }[];
}
export const loadAttack = async (ask: Ask, AttackId: string): Promise<AttackDetail> => (await askShield<{ Attack: AttackDetail }>(ask, "DescribeAttack", { AttackId })).Attack;

export interface Statistics {
  TimeRange: { FromInclusive: number; ToExclusive: number };
  DataItems: { AttackCount: number; AttackVolume?: Record<string, { Max: number }> }[];
}
export const loadStatistics = (ask: Ask): Promise<Statistics> => askShield<Statistics>(ask, "DescribeAttackStatistics");

export interface Contact {
  EmailAddress: string;
  PhoneNumber?: string;
  ContactNotes?: string;
}
export interface Team {
  RoleArn?: string;
  LogBucketList: string[];
  contacts: Contact[];
}
export const loadTeam = async (ask: Ask): Promise<Team> => ({
  ...(await askShield<Omit<Team, "contacts">>(ask, "DescribeDRTAccess")),
  contacts: (await askShield<{ EmergencyContactList: Contact[] }>(ask, "DescribeEmergencyContactSettings")).EmergencyContactList,
});

export const loadTags = async (ask: Ask, ResourceARN: string): Promise<Tag[]> =>
  (await askShield<{ Tags: { Key: string; Value: string }[] }>(ask, "ListTagsForResource", { ResourceARN })).Tags.map(({ Key, Value }) => ({ key: Key, value: Value }));
export const tagsInput = (tags: readonly Tag[]): JsonObject[] => tags.map(({ key, value }) => ({ Key: key, Value: value }));
export async function saveTags(ask: Ask, ResourceARN: string, { removed, set }: { removed: string[]; set: Tag[] }): Promise<void> {
  if (removed.length) await askShield(ask, "UntagResource", { ResourceARN, TagKeys: removed });
  if (set.length) await askShield(ask, "TagResource", { ResourceARN, Tags: tagsInput(set) });
}

/** The account that pays for a subscription of this one: the organization's management account, or itself. */
export async function loadPayer(ask: Ask, account: string): Promise<{ payer: string; organization: boolean }> {
  const found = await ask<{ Organization: { MasterAccountId: string } }>("organizations", "DescribeOrganization").catch(leaveOut);
  return { payer: found?.Organization.MasterAccountId ?? account, organization: found !== undefined };
}
