import { allPages, leaveOut, type Ask } from "../frame/use-load";
import type { Sheet } from "../frame/use-pages";
import type { Tag } from "../frame/tag-changes";
import { keyRows, type AliasEntry, type KeyMetadata, type KeyRow } from "./key-rows";

/** So many keys are listed at a time: each is described by a call of its own, as the API has it. */
export const KEYS_AT_ONCE = 100;

/** Keys of the Region from a place on, with what the lists show. A key that may not be described is listed by its id. */
export async function loadKeys(ask: Ask, from?: string): Promise<Sheet<KeyRow>> {
  const page = await ask<{ Keys: KeyEntry[]; Truncated: boolean; NextMarker?: string }>("kms", "ListKeys", { Limit: KEYS_AT_ONCE, ...(from && { Marker: from }) });
  const aliases = await aliasesOf(ask, page.Keys);
  return { items: await described(ask, page.Keys, aliases), ...(page.Truncated && { next: page.NextMarker }) };
}

type KeyEntry = { KeyId: string; KeyArn: string };

async function described(ask: Ask, keys: KeyEntry[], aliases: AliasEntry[]): Promise<KeyRow[]> {
  const metadata = new Map<string, KeyMetadata>();
  for (const { KeyId } of keys) {
    const answer = await ask("kms", "DescribeKey", { KeyId }).catch(leaveOut);
    if (answer) metadata.set(KeyId, answer.KeyMetadata as KeyMetadata);
  }
  return keyRows(keys, aliases, metadata);
}

interface AliasPage {
  Aliases: AliasEntry[];
  Truncated: boolean;
  NextMarker?: string;
}

/** Of a Region with more aliases than one answer has, those of the keys that are shown. Empty for a caller who may not list them. */
async function aliasesOf(ask: Ask, keys: KeyEntry[]): Promise<AliasEntry[]> {
  const all = await ask<AliasPage>("kms", "ListAliases", { Limit: 100 }).catch(leaveOut);
  if (!all?.Truncated) return all?.Aliases ?? [];
  const aliases: AliasEntry[] = [];
  for (const { KeyId } of keys) aliases.push(...((await loadAliases(ask, KeyId).catch(leaveOut)) ?? []));
  return aliases;
}

const AWS_ALIAS = "alias/aws/";

/** AWS managed keys by their aliases, which each has: ten thousand other keys need not be described for that. */
export async function loadAwsManagedKeys(ask: Ask): Promise<Sheet<KeyRow>> {
  const aliases: AliasEntry[] = [];
  let Marker: string | undefined;
  do {
    const page = await ask<AliasPage>("kms", "ListAliases", { Limit: 100, ...(Marker && { Marker }) }).catch(leaveOut);
    if (!page) return loadKeys(ask);
    aliases.push(...page.Aliases.filter(({ AliasName, TargetKeyId }) => TargetKeyId && AliasName.startsWith(AWS_ALIAS)));
    // Aliases come in the order of their names.
    Marker = page.Truncated && page.Aliases.every(({ AliasName }) => AliasName < AWS_ALIAS || AliasName.startsWith(AWS_ALIAS)) ? page.NextMarker : undefined;
  } while (Marker);
  const keys = [...new Map(aliases.map(({ TargetKeyId, AliasArn }) => [TargetKeyId!, { KeyId: TargetKeyId!, KeyArn: AliasArn.replace(/:alias\/.*$/, `:key/${TargetKeyId}`) }])).values()];
  return { items: await described(ask, keys, aliases) };
}

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
