import { allPages, leaveOut, type Ask } from "../frame/use-load";
import type { Tag } from "../frame/tag-changes";
import { keyRows, type AliasEntry, type KeyMetadata, type KeyRow } from "./key-rows";

/** All keys of the Region with what the lists show. A key that may not be described is listed by its id. */
export async function loadKeys(ask: Ask): Promise<KeyRow[]> {
  const keys = await loadKeyIds(ask);
  const aliases = (await loadAliases(ask).catch(leaveOut)) ?? [];
  const metadata = new Map<string, KeyMetadata>();
  for (const { KeyId } of keys) {
    const answer = await ask("kms", "DescribeKey", { KeyId }).catch(leaveOut);
    if (answer) metadata.set(KeyId, answer.KeyMetadata as KeyMetadata);
  }
  return keyRows(keys, aliases, metadata);
}

const loadKeyIds = (ask: Ask) =>
  allPages<{ KeyId: string; KeyArn: string }>(async (Marker) => {
    const page = await ask("kms", "ListKeys", { Limit: 1000, ...(Marker && { Marker }) });
    return { items: page.Keys, next: page.Truncated ? page.NextMarker : undefined };
  });

/** All aliases of the Region, or of one key. */
export const loadAliases = (ask: Ask, KeyId?: string): Promise<AliasEntry[]> =>
  allPages<AliasEntry>(async (Marker) => {
    const page = await ask("kms", "ListAliases", { Limit: 100, ...(KeyId && { KeyId }), ...(Marker && { Marker }) });
    return { items: page.Aliases, next: page.Truncated ? page.NextMarker : undefined };
  });

/** The tags of one key. */
export const loadTags = (ask: Ask, KeyId: string): Promise<Tag[]> =>
  allPages<Tag>(async (Marker) => {
    const page = await ask("kms", "ListResourceTags", { KeyId, ...(Marker && { Marker }) });
    return {
      items: page.Tags.map((tag: { TagKey: string; TagValue: string }) => ({ key: tag.TagKey, value: tag.TagValue })),
      next: page.Truncated ? page.NextMarker : undefined,
    };
  });
