import type { Tag } from "../frame/tag-changes";
import { allPages, type Ask } from "../frame/use-load";
import type { Bus, Rule, Target } from "./event-types";

export const loadBuses = (ask: Ask): Promise<Bus[]> =>
  allPages<Bus>(async (NextToken) => {
    const page = await ask("events", "ListEventBuses", NextToken ? { NextToken } : {});
    return { items: page.EventBuses, next: page.NextToken };
  });

export const loadBus = (ask: Ask, Name: string): Promise<Bus> => ask<Bus>("events", "DescribeEventBus", { Name });

export const loadRules = (ask: Ask, EventBusName: string): Promise<Rule[]> =>
  allPages<Rule>(async (NextToken) => {
    const page = await ask("events", "ListRules", { EventBusName, ...(NextToken && { NextToken }) });
    return { items: page.Rules, next: page.NextToken };
  });

export const loadRule = (ask: Ask, EventBusName: string, Name: string): Promise<Rule> => ask<Rule>("events", "DescribeRule", { Name, EventBusName });

/** A rule has five targets at most: one page. */
export async function loadTargets(ask: Ask, EventBusName: string, Rule: string): Promise<Target[]> {
  const { Targets } = await ask<{ Targets: Target[] }>("events", "ListTargetsByRule", { Rule, EventBusName });
  return Targets;
}

export async function loadTags(ask: Ask, ResourceARN: string): Promise<Tag[]> {
  const { Tags } = await ask<{ Tags: { Key: string; Value: string }[] }>("events", "ListTagsForResource", { ResourceARN });
  return Tags.map(({ Key, Value }) => ({ key: Key, value: Value }));
}

export async function saveTags(ask: Ask, ResourceARN: string, { removed, set }: { removed: string[]; set: Tag[] }): Promise<void> {
  if (removed.length) await ask("events", "UntagResource", { ResourceARN, TagKeys: removed });
  if (set.length) await ask("events", "TagResource", { ResourceARN, Tags: set.map(({ key, value }) => ({ Key: key, Value: value })) });
}
