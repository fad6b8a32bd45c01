import { type Aws, pick, type Properties, type ResourceType } from "../type";

/** Source: CloudFormation Template Reference, AWS::SecretsManager::RotationSchedule. */
export const rotationSchedule: ResourceType = {
  type: "AWS::SecretsManager::RotationSchedule",
  properties: { RotateImmediatelyOnUpdate: "Boolean", RotationLambdaARN: "String", RotationRules: "Object", SecretId: "String!" },
  createOnly: ["SecretId"],
  notSimulated: ["ExternalSecretRotationMetadata", "ExternalSecretRotationRoleArn", "HostedRotationLambda"],
  attributes: ["Id"],
  writeOnly: ["RotateImmediatelyOnUpdate"],
  create(aws, properties) {
    const ARN = rotate(aws, String(properties.SecretId), properties);
    return { id: ARN, attributes: { Id: ARN } };
  },
  update(aws, id, next) {
    rotate(aws, id, next);
  },
  remove(aws, id) {
    if (aws.find("secretsmanager", "DescribeSecret", { SecretId: id })?.RotationEnabled) aws.remove("secretsmanager", "CancelRotateSecret", { SecretId: id });
  },
  read(aws, id, { SecretId }) {
    const found = aws.find("secretsmanager", "DescribeSecret", { SecretId: id });
    return found?.RotationEnabled ? { SecretId, ...pick(found, "RotationLambdaARN", "RotationRules") } : undefined;
  },
};

const rotate = (aws: Aws, SecretId: string, { RotateImmediatelyOnUpdate, ...rest }: Properties): string =>
  aws.call("secretsmanager", "RotateSecret", { SecretId, ...pick(rest, "RotationLambdaARN", "RotationRules"), ...(RotateImmediatelyOnUpdate === undefined ? {} : { RotateImmediately: RotateImmediatelyOnUpdate }) }).ARN;
