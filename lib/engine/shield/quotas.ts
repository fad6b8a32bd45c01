/** Source: AWS WAF Developer Guide, "AWS Shield Advanced quotas". */
export const quotas = { protectionsOfType: 1_000, groups: 100, members: 1_000, logBuckets: 10 } as const;
