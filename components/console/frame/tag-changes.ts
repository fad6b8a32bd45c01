/** A tag in the consoles' own words; KMS says TagKey and TagValue, SSM says Key and Value. */
export interface Tag {
  key: string;
  value: string;
}

/** What has to be called to come from the tags that are there to the tags that are wanted: keys to remove, tags to set. */
export function tagChanges(before: readonly Tag[], wanted: readonly Tag[]): { removed: string[]; set: Tag[] } {
  const there = new Map(before.map(({ key, value }) => [key, value]));
  const kept = new Set(wanted.map(({ key }) => key));
  return {
    removed: before.filter(({ key }) => !kept.has(key)).map(({ key }) => key),
    set: wanted.filter(({ key, value }) => there.get(key) !== value),
  };
}
