import { pick, type ResourceType } from "../type";

/** Source: CloudFormation Template Reference, AWS::Lambda::Version. */
export const version: ResourceType = {
  type: "AWS::Lambda::Version",
  properties: { CodeSha256: "String", Description: "String", FunctionName: "String!" },
  notSimulated: ["FunctionScalingConfig", "ProvisionedConcurrencyConfig", "RuntimePolicy"],
  createOnly: ["CodeSha256", "Description", "FunctionName"],
  attributes: ["FunctionArn", "Version"],
  writeOnly: ["FunctionName"],
  create(aws, properties) {
    const { FunctionArn, Version } = aws.call("lambda", "PublishVersion", pick(properties, "CodeSha256", "Description", "FunctionName"));
    return { id: FunctionArn, attributes: { FunctionArn, Version } };
  },
  remove(aws, id) {
    const at = id.lastIndexOf(":");
    aws.remove("lambda", "DeleteFunction", { FunctionName: id.slice(0, at), Qualifier: id.slice(at + 1) });
  },
  read(aws, id) {
    const at = id.lastIndexOf(":");
    const found = aws.find("lambda", "GetFunctionConfiguration", { FunctionName: id.slice(0, at), Qualifier: id.slice(at + 1) });
    return found && pick(found, "CodeSha256", "Description");
  },
};
