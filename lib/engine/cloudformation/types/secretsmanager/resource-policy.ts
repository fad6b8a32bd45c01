import { jsonText, pick, type ResourceType } from "../type";

/** Source: CloudFormation Template Reference, AWS::SecretsManager::ResourcePolicy. */
export const resourcePolicy: ResourceType = {
  type: "AWS::SecretsManager::ResourcePolicy",
  properties: { BlockPublicPolicy: "Boolean", ResourcePolicy: "Json!", SecretId: "String!" },
  createOnly: ["SecretId"],
  attributes: ["Id"],
  writeOnly: ["BlockPublicPolicy"],
  create(aws, properties) {
    const { ARN } = aws.call("secretsmanager", "PutResourcePolicy", { SecretId: properties.SecretId, ResourcePolicy: jsonText(properties.ResourcePolicy), ...pick(properties, "BlockPublicPolicy") });
    return { id: ARN, attributes: { Id: ARN } };
  },
  update(aws, id, next) {
    aws.call("secretsmanager", "PutResourcePolicy", { SecretId: id, ResourcePolicy: jsonText(next.ResourcePolicy), ...pick(next, "BlockPublicPolicy") });
  },
  remove(aws, id) {
    aws.remove("secretsmanager", "DeleteResourcePolicy", { SecretId: id });
  },
  read(aws, id, { SecretId }) {
    const found = aws.find("secretsmanager", "GetResourcePolicy", { SecretId: id });
    return found?.ResourcePolicy === undefined ? undefined : { SecretId, ResourcePolicy: JSON.parse(found.ResourcePolicy) };
  },
};
