import type { Properties, ResourceType } from "../type";

/** Source: CloudFormation Template Reference, AWS::KMS::Alias. */
export const alias: ResourceType = {
  type: "AWS::KMS::Alias",
  properties: { AliasName: "String!", TargetKeyId: "String!" },
  createOnly: ["AliasName"],
  create(aws, { AliasName, TargetKeyId }) {
    aws.call("kms", "CreateAlias", { AliasName, TargetKeyId });
    return { id: AliasName };
  },
  update(aws, id, { TargetKeyId }) {
    aws.call("kms", "UpdateAlias", { AliasName: id, TargetKeyId });
  },
  remove(aws, id) {
    aws.remove("kms", "DeleteAlias", { AliasName: id });
  },
  read(aws, id, { TargetKeyId }) {
    const found = aws.find("kms", "DescribeKey", { KeyId: id });
    if (!found) return undefined;
    const { KeyId, Arn } = found.KeyMetadata as Properties;
    return { AliasName: id, TargetKeyId: TargetKeyId === Arn ? Arn : KeyId };
  },
};
