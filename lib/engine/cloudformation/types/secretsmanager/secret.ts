import { type Aws, differs, pick, type Properties, refuse, type ResourceType, tagChanges } from "../type";

/**
 * Source: CloudFormation Template Reference, AWS::SecretsManager::Secret; its property GenerateSecretString. On deletion
 * nothing is kept for recovery: a stack of the same name may be made again.
 */
export const secret: ResourceType = {
  type: "AWS::SecretsManager::Secret",
  properties: { Description: "String", GenerateSecretString: "Object", KmsKeyId: "String", Name: "String", ReplicaRegions: "List", SecretString: "String", Tags: "List", Type: "String" },
  createOnly: ["Name"],
  attributes: ["Id"],
  name: { property: "Name", max: 64 },
  tags: "list",
  writeOnly: ["GenerateSecretString", "SecretString"],
  create(aws, properties) {
    if (properties.SecretString !== undefined && properties.GenerateSecretString !== undefined) refuse(aws, "You can't specify both SecretString and GenerateSecretString.");
    const { ARN } = aws.call("secretsmanager", "CreateSecret", {
      Name: properties.Name ?? aws.name(64),
      ...pick(properties, "Description", "KmsKeyId", "Tags", "Type"),
      ...valueOf(aws, properties),
      ...(properties.ReplicaRegions?.length ? { AddReplicaRegions: properties.ReplicaRegions } : {}),
    });
    return { id: ARN, attributes: { Id: ARN } };
  },
  update(aws, id, next, previous) {
    if (differs([next.Description, next.KmsKeyId, next.Type], [previous.Description, previous.KmsKeyId, previous.Type])) aws.call("secretsmanager", "UpdateSecret", { SecretId: id, Description: next.Description ?? "", ...pick(next, "KmsKeyId", "Type") });
    // A secret is made anew only where the template asks for another.
    if (differs([next.SecretString, next.GenerateSecretString], [previous.SecretString, previous.GenerateSecretString])) {
      const value = valueOf(aws, next);
      if (value.SecretString !== undefined) aws.call("secretsmanager", "PutSecretValue", { SecretId: id, ...value });
    }
    const { add, remove } = tagChanges(next.Tags, previous.Tags);
    if (remove.length) aws.call("secretsmanager", "UntagResource", { SecretId: id, TagKeys: remove });
    if (add.length) aws.call("secretsmanager", "TagResource", { SecretId: id, Tags: add as never });
    replicas(aws, id, next.ReplicaRegions ?? [], previous.ReplicaRegions ?? []);
  },
  remove(aws, id, { ReplicaRegions = [] }) {
    const there = aws.find("secretsmanager", "DescribeSecret", { SecretId: id });
    if (!there) return;
    const regions = (ReplicaRegions as Properties[]).map(({ Region }) => Region as string);
    if (regions.length) aws.remove("secretsmanager", "RemoveRegionsFromReplication", { SecretId: id, RemoveReplicaRegions: regions });
    aws.remove("secretsmanager", "DeleteSecret", { SecretId: id, ForceDeleteWithoutRecovery: true });
  },
  read(aws, id) {
    const found = aws.find("secretsmanager", "DescribeSecret", { SecretId: id });
    if (!found || found.DeletedDate !== undefined) return undefined;
    const { ReplicationStatus, Tags, ...rest } = found as Properties;
    return {
      ...pick(rest, "Name", "Description", "KmsKeyId", "Type"),
      ...(Tags?.length ? { Tags } : {}),
      ...(ReplicationStatus?.length ? { ReplicaRegions: ReplicationStatus.map(({ Region, KmsKeyId }: Properties) => ({ Region, ...(KmsKeyId && KmsKeyId !== "alias/aws/secretsmanager" ? { KmsKeyId } : {}) })) } : {}),
    };
  },
};

/** The value that the template gives, or has made: a password alone, or as one member of a JSON text. */
function valueOf(aws: Aws, { SecretString, GenerateSecretString }: Properties): { SecretString?: string } {
  if (SecretString !== undefined) return { SecretString };
  if (!GenerateSecretString) return {};
  const { GenerateStringKey, SecretStringTemplate, ...rules } = GenerateSecretString as Properties;
  if ((GenerateStringKey === undefined) !== (SecretStringTemplate === undefined)) refuse(aws, "Specify both GenerateStringKey and SecretStringTemplate, or neither.");
  const { RandomPassword } = aws.call("secretsmanager", "GetRandomPassword", rules);
  if (GenerateStringKey === undefined) return { SecretString: RandomPassword };
  let template: unknown;
  try {
    template = JSON.parse(String(SecretStringTemplate));
  } catch {
    template = undefined;
  }
  if (typeof template !== "object" || template === null || Array.isArray(template)) refuse(aws, "Could not parse SecretStringTemplate JSON.");
  return { SecretString: JSON.stringify({ ...(template as object), [GenerateStringKey]: RandomPassword }) };
}

function replicas(aws: Aws, id: string, next: Properties[], previous: Properties[]): void {
  const gone = previous.filter(({ Region }) => !next.some((one) => one.Region === Region)).map(({ Region }) => Region as string);
  if (gone.length) aws.call("secretsmanager", "RemoveRegionsFromReplication", { SecretId: id, RemoveReplicaRegions: gone });
  const added = next.filter(({ Region }) => !previous.some((one) => one.Region === Region));
  if (added.length) aws.call("secretsmanager", "ReplicateSecretToRegions", { SecretId: id, AddReplicaRegions: added });
}
