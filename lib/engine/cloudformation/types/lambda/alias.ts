import { pick, type ResourceType } from "../type";

/** Source: CloudFormation Template Reference, AWS::Lambda::Alias. */
export const lambdaAlias: ResourceType = {
  type: "AWS::Lambda::Alias",
  properties: { Description: "String", FunctionName: "String!", FunctionVersion: "String!", Name: "String!", RoutingConfig: "Object" },
  notSimulated: ["ProvisionedConcurrencyConfig"],
  createOnly: ["FunctionName", "Name"],
  attributes: ["AliasArn"],
  create(aws, properties) {
    const { AliasArn } = aws.call("lambda", "CreateAlias", pick(properties, "Description", "FunctionName", "FunctionVersion", "Name", "RoutingConfig"));
    return { id: AliasArn, attributes: { AliasArn } };
  },
  update(aws, _id, next) {
    aws.call("lambda", "UpdateAlias", pick(next, "Description", "FunctionName", "FunctionVersion", "Name", "RoutingConfig"));
  },
  remove(aws, _id, { FunctionName, Name }) {
    aws.remove("lambda", "DeleteAlias", { FunctionName, Name });
  },
  read(aws, _id, { FunctionName, Name }) {
    const found = aws.find("lambda", "GetAlias", { FunctionName, Name });
    return found && { FunctionName, ...pick(found, "Description", "FunctionVersion", "Name", "RoutingConfig") };
  },
};
