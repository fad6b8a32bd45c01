import { allPages, refusalOf, type Ask } from "../frame/use-load";
import type { Sheet } from "../frame/use-pages";
import { isStored, type ChangeSet, type ResourceDrift, type Stack, type StackEvent, type StackResource, type StackSummary, type TemplateSummary } from "./cfn-types";

/** Statuses of stacks that are there; a deleted one is remembered for 90 days. */
const LIVE = [
  "CREATE_IN_PROGRESS", "CREATE_FAILED", "CREATE_COMPLETE", "ROLLBACK_IN_PROGRESS", "ROLLBACK_FAILED", "ROLLBACK_COMPLETE", "DELETE_IN_PROGRESS", "DELETE_FAILED",
  "UPDATE_IN_PROGRESS", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_COMPLETE", "UPDATE_FAILED", "UPDATE_ROLLBACK_IN_PROGRESS", "UPDATE_ROLLBACK_FAILED",
  "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE", "REVIEW_IN_PROGRESS",
];

/** What the list can show. */
export type ShownStacks = "active" | "deleted";

export async function loadStacks(ask: Ask, which: ShownStacks, NextToken?: string): Promise<Sheet<StackSummary>> {
  const page = await ask<{ StackSummaries: StackSummary[]; NextToken?: string }>("cloudformation", "ListStacks", {
    StackStatusFilter: which === "active" ? LIVE : ["DELETE_COMPLETE"],
    ...(NextToken && { NextToken }),
  });
  return { items: page.StackSummaries, ...(page.NextToken && { next: page.NextToken }) };
}

/** By its name, or (one that is deleted too) by its id. */
export const loadStack = async (ask: Ask, StackName: string): Promise<Stack> => (await ask<{ Stacks: Stack[] }>("cloudformation", "DescribeStacks", { StackName })).Stacks[0];

/** The newest events, so many at a time. */
export async function loadEvents(ask: Ask, StackName: string, from?: string): Promise<Sheet<StackEvent>> {
  const page = await ask<{ StackEvents: StackEvent[]; NextToken?: string }>("cloudformation", "DescribeStackEvents", { StackName, ...(from && { NextToken: from }) });
  return { items: page.StackEvents, ...(page.NextToken && { next: page.NextToken }) };
}

export const loadResources = (ask: Ask, StackName: string): Promise<StackResource[]> =>
  allPages<StackResource>(async (NextToken) => {
    const page = await ask("cloudformation", "ListStackResources", { StackName, ...(NextToken && { NextToken }) });
    return { items: page.StackResourceSummaries, next: page.NextToken };
  });

export const loadTemplate = async (ask: Ask, StackName: string): Promise<string> => (await ask<{ TemplateBody: string }>("cloudformation", "GetTemplate", { StackName })).TemplateBody;

export const loadChangeSets = (ask: Ask, StackName: string): Promise<ChangeSet[]> =>
  allPages<ChangeSet>(async (NextToken) => {
    const page = await ask("cloudformation", "ListChangeSets", { StackName, ...(NextToken && { NextToken }) });
    return { items: page.Summaries, next: page.NextToken };
  });

/** One change set with all its changes and the values before and after. */
export async function loadChangeSet(ask: Ask, StackName: string, ChangeSetName: string): Promise<ChangeSet> {
  let first: ChangeSet | undefined;
  const Changes = await allPages<NonNullable<ChangeSet["Changes"]>[number]>(async (NextToken) => {
    const page = await ask<ChangeSet & { NextToken?: string }>("cloudformation", "DescribeChangeSet", { StackName, ChangeSetName, IncludePropertyValues: true, ...(NextToken && { NextToken }) });
    first ??= page;
    return { items: page.Changes ?? [], next: page.NextToken };
  });
  return { ...first!, Changes };
}

export const loadDrifts = (ask: Ask, StackName: string): Promise<ResourceDrift[]> =>
  allPages<ResourceDrift>(async (NextToken) => {
    const page = await ask("cloudformation", "DescribeStackResourceDrifts", { StackName, ...(NextToken && { NextToken }) });
    return { items: page.StackResourceDrifts, next: page.NextToken };
  });

/** What a template asks for and makes. AWS refuses what is no template, with the place where it breaks. */
export const summaryOf = (ask: Ask, TemplateBody: string): Promise<TemplateSummary> => ask<TemplateSummary>("cloudformation", "GetTemplateSummary", { TemplateBody });

export interface StoredValue {
  value?: string;
  /** AWS's code where it cannot be read, or `ParameterNotFound`. */
  problem?: string;
}

/** What stands now in the parameters of Parameter Store that a stack would read, by their names. */
export async function storedValues(ask: Ask, names: readonly string[]): Promise<Record<string, StoredValue>> {
  const wanted = [...new Set(names.map((name) => name.trim()).filter(Boolean))];
  const found: Record<string, StoredValue> = {};
  for (let at = 0; at < wanted.length; at += 10) {
    const Names = wanted.slice(at, at + 10);
    try {
      const page = await ask<{ Parameters: { Name: string; Selector?: string; Value: string }[]; InvalidParameters: string[] }>("ssm", "GetParameters", { Names });
      for (const { Name, Selector = "", Value } of page.Parameters) found[`${Name}${Selector}`] = { value: Value };
      for (const name of page.InvalidParameters) found[name] = { problem: "ParameterNotFound" };
    } catch (thrown) {
      const { code } = refusalOf(thrown).reply.error;
      for (const name of Names) found[name] = { problem: code };
    }
  }
  return found;
}

/** Names that a stack's parameters of this template would read. */
export const storedNames = (summary: Pick<TemplateSummary, "Parameters"> | undefined, values: Readonly<Record<string, string>>): string[] =>
  (summary?.Parameters ?? []).filter(({ ParameterType }) => isStored(ParameterType)).map(({ ParameterKey, DefaultValue = "" }) => values[ParameterKey] ?? DefaultValue);

