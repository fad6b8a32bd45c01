/** Default quotas of an account. Source: IAM User Guide, "IAM and AWS STS quotas". */
export const quotas = {
  Users: 5000,
  Groups: 300,
  Roles: 1000,
  Policies: 1500,
  VersionsPerPolicy: 5,
  GroupsPerUser: 10,
  AccessKeysPerUser: 2,
  AttachedPolicies: 10,
  PolicySize: 6144,
  AssumeRolePolicySize: 2048,
  InlineSize: { user: 2048, group: 5120, role: 10240 },
  Tags: 50,
} as const;

/** White space does not count against the size of a policy. */
export const policySize = (document: string): number => document.replace(/\s+/g, "").length;
