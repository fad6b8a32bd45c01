import { type Aws, differs, jsonText, pick, type Properties, refuse, type ResourceType, tagChanges } from "../type";

/** Source: CloudFormation Template Reference, AWS::KMS::Key. */
export const key: ResourceType = {
  type: "AWS::KMS::Key",
  properties: {
    BypassPolicyLockoutSafetyCheck: "Boolean", Description: "String", EnableKeyRotation: "Boolean", Enabled: "Boolean", KeyPolicy: "Json", KeySpec: "String", KeyUsage: "String",
    MultiRegion: "Boolean", Origin: "String", PendingWindowInDays: "Number", RotationPeriodInDays: "Number", Tags: "List",
  },
  attributes: ["Arn", "KeyId"],
  tags: "list",
  writeOnly: ["BypassPolicyLockoutSafetyCheck", "PendingWindowInDays"],
  create(aws, properties) {
    const { KeyMetadata } = aws.call("kms", "CreateKey", {
      ...pick(properties, "Description", "KeySpec", "KeyUsage", "MultiRegion", "Origin", "BypassPolicyLockoutSafetyCheck"),
      ...(properties.KeyPolicy === undefined ? {} : { Policy: jsonText(properties.KeyPolicy) }),
      ...(properties.Tags ? { Tags: keyTags(properties.Tags) } : {}),
    });
    aws.created(KeyMetadata.KeyId);
    settings(aws, KeyMetadata.KeyId, properties, {});
    return { id: KeyMetadata.KeyId, attributes: { Arn: KeyMetadata.Arn, KeyId: KeyMetadata.KeyId } };
  },
  update(aws, id, next, previous) {
    for (const name of ["KeySpec", "KeyUsage", "MultiRegion", "Origin"]) if (differs(next[name], previous[name])) refuse(aws, `You cannot change the ${name} property of an existing KMS key.`, "NotUpdatable");
    // A disabled key takes no changes of its rotation: it is enabled first, and disabled last.
    if (next.Enabled !== false && previous.Enabled === false) aws.call("kms", "EnableKey", { KeyId: id });
    if (differs(next.KeyPolicy, previous.KeyPolicy)) putPolicy(aws, id, next);
    if (differs(next.Description, previous.Description)) aws.call("kms", "UpdateKeyDescription", { KeyId: id, Description: next.Description ?? "" });
    settings(aws, id, next, previous);
    tags(aws, id, next, previous);
  },
  remove: scheduleDeletion,
  read: readKey,
};

export const keyTags = (tags: { Key: string; Value: string }[]): { TagKey: string; TagValue: string }[] => tags.map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value }));

export function putPolicy(aws: Aws, id: string, { KeyPolicy, BypassPolicyLockoutSafetyCheck }: Properties): void {
  const Policy = KeyPolicy === undefined ? JSON.stringify(defaultPolicy(aws.account)) : jsonText(KeyPolicy);
  aws.call("kms", "PutKeyPolicy", { KeyId: id, PolicyName: "default", Policy, ...(BypassPolicyLockoutSafetyCheck === undefined ? {} : { BypassPolicyLockoutSafetyCheck }) });
}

const defaultPolicy = (account: string): object => ({
  Version: "2012-10-17",
  Id: "key-default-1",
  Statement: [{ Sid: "Enable IAM User Permissions", Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "kms:*", Resource: "*" }],
});

function settings(aws: Aws, id: string, next: Properties, previous: Properties): void {
  const rotation = ({ EnableKeyRotation = false, RotationPeriodInDays }: Properties): unknown[] => [EnableKeyRotation, EnableKeyRotation ? RotationPeriodInDays : undefined];
  if (differs(rotation(next), rotation(previous))) {
    if (next.EnableKeyRotation) aws.call("kms", "EnableKeyRotation", { KeyId: id, ...pick(next, "RotationPeriodInDays") });
    else aws.call("kms", "DisableKeyRotation", { KeyId: id });
  }
  if (next.Enabled === false && previous.Enabled !== false) aws.call("kms", "DisableKey", { KeyId: id });
}

export function tags(aws: Aws, id: string, next: Properties, previous: Properties): void {
  const { add, remove } = tagChanges(next.Tags, previous.Tags);
  if (remove.length) aws.call("kms", "UntagResource", { KeyId: id, TagKeys: remove });
  if (add.length) aws.call("kms", "TagResource", { KeyId: id, Tags: keyTags(add) });
}

/** A key goes after its waiting period; the stack does not wait for it. */
export function scheduleDeletion(aws: Aws, id: string, { PendingWindowInDays }: Properties): void {
  const state = aws.find("kms", "DescribeKey", { KeyId: id })?.KeyMetadata.KeyState;
  if (state === "PendingDeletion" || state === "PendingReplicaDeletion") return;
  aws.remove("kms", "ScheduleKeyDeletion", { KeyId: id, ...(PendingWindowInDays === undefined ? {} : { PendingWindowInDays }) });
}

export function readKey(aws: Aws, id: string): Properties | undefined {
  const found = aws.find("kms", "DescribeKey", { KeyId: id });
  if (!found) return undefined;
  const { KeyState, Enabled, Description, KeySpec, KeyUsage, MultiRegion, Origin } = found.KeyMetadata as Properties;
  if (KeyState === "PendingDeletion" || KeyState === "PendingReplicaDeletion") return undefined;
  const symmetric = KeySpec === "SYMMETRIC_DEFAULT" && Origin === "AWS_KMS";
  const { KeyRotationEnabled = false, RotationPeriodInDays } = (symmetric ? aws.call("kms", "GetKeyRotationStatus", { KeyId: id }) : {}) as Properties;
  return {
    Description, Enabled, KeySpec, KeyUsage, MultiRegion, Origin,
    EnableKeyRotation: KeyRotationEnabled,
    ...(RotationPeriodInDays === undefined ? {} : { RotationPeriodInDays }),
    KeyPolicy: JSON.parse(aws.call("kms", "GetKeyPolicy", { KeyId: id, PolicyName: "default" }).Policy),
    Tags: aws.call("kms", "ListResourceTags", { KeyId: id }).Tags.map(({ TagKey, TagValue }: Properties) => ({ Key: TagKey, Value: TagValue })),
  };
}
