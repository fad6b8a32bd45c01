"use client";
import type { Tag } from "../../frame/tag-changes";
import { TagsPanel } from "../../frame/tags";
import { useLoad } from "../../frame/use-load";
import type { SectionProps } from "./section";

export function TagsSection({ found: { Configuration } }: SectionProps) {
  const Resource = Configuration.FunctionArn;
  const tags = useLoad<Tag[]>(`tags|${Resource}`, async (ask) => {
    const { Tags } = await ask<{ Tags: Record<string, string> }>("lambda", "ListTags", { Resource });
    return Object.entries(Tags).map(([key, value]) => ({ key, value }));
  });
  return (
    <TagsPanel
      of="this function"
      tags={tags}
      command={`aws lambda tag-resource --resource ${Resource} --tags team=payroll`}
      save={async (ask, { removed, set }) => {
        if (removed.length) await ask("lambda", "UntagResource", { Resource, TagKeys: removed });
        if (set.length) await ask("lambda", "TagResource", { Resource, Tags: Object.fromEntries(set.map(({ key, value }) => [key, value])) });
      }}
    />
  );
}
