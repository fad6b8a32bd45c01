"use client";
import { TagsPanel } from "../../frame/tags";
import type { Tag } from "../../frame/tag-changes";
import { allPages, useLoad } from "../../frame/use-load";
import type { KeyMetadata } from "../key-rows";

export function KeyTagsTab({ metadata: { KeyId, KeyManager } }: { metadata: KeyMetadata }) {
  const tags = useLoad<Tag[]>(`tags|${KeyId}`, (ask) =>
    allPages(async (Marker) => {
      const page = await ask("kms", "ListResourceTags", { KeyId, ...(Marker && { Marker }) });
      return {
        items: page.Tags.map((tag: { TagKey: string; TagValue: string }) => ({ key: tag.TagKey, value: tag.TagValue })),
        next: page.Truncated ? page.NextMarker : undefined,
      };
    }),
  );
  return (
    <TagsPanel
      of="this key"
      fixed={KeyManager === "AWS"}
      tags={tags}
      command={`aws kms tag-resource --key-id ${KeyId} --tags TagKey=team,TagValue=payroll`}
      save={async (ask, { removed, set }) => {
        if (removed.length) await ask("kms", "UntagResource", { KeyId, TagKeys: removed });
        if (set.length) await ask("kms", "TagResource", { KeyId, Tags: set.map(({ key, value }) => ({ TagKey: key, TagValue: value })) });
      }}
    />
  );
}
