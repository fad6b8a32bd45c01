import { pick, type Properties, type ResourceType } from "../type";

/** Source: CloudFormation Template Reference, AWS::Lambda::Permission. */
export const permission: ResourceType = {
  type: "AWS::Lambda::Permission",
  properties: { Action: "String!", EventSourceToken: "String", FunctionName: "String!", FunctionUrlAuthType: "String", InvokedViaFunctionUrl: "Boolean", Principal: "String!", PrincipalOrgID: "String", SourceAccount: "String", SourceArn: "String" },
  createOnly: ["Action", "EventSourceToken", "FunctionName", "FunctionUrlAuthType", "InvokedViaFunctionUrl", "Principal", "PrincipalOrgID", "SourceAccount", "SourceArn"],
  attributes: ["Id"],
  create(aws, properties) {
    const StatementId = aws.name(100);
    aws.call("lambda", "AddPermission", { StatementId, ...pick(properties, "Action", "EventSourceToken", "FunctionName", "FunctionUrlAuthType", "InvokedViaFunctionUrl", "Principal", "PrincipalOrgID", "SourceAccount", "SourceArn") });
    return { id: StatementId, attributes: { Id: StatementId } };
  },
  remove(aws, id, { FunctionName }) {
    aws.remove("lambda", "RemovePermission", { FunctionName, StatementId: id });
  },
  read(aws, id, properties) {
    const found = aws.find("lambda", "GetPolicy", { FunctionName: properties.FunctionName });
    const statements = found ? (JSON.parse(found.Policy).Statement as Properties[]) : [];
    return statements.some(({ Sid }) => Sid === id) ? properties : undefined;
  },
};
