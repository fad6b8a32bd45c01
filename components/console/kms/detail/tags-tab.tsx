"use client";
import { TagsPanel } from "../../frame/tags";
import { useLoad } from "../../frame/use-load";
import type { KeyMetadata } from "../key-rows";
import { loadTags } from "../load-keys";

export function KeyTagsTab({ metadata: { KeyId, KeyManager } }: { metadata: KeyMetadata }) {
  const tags = useLoad(`tags|${KeyId}`, (ask) => loadTags(ask, KeyId));
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
