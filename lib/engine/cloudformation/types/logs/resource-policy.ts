import { jsonText, type Properties, type ResourceType } from "../type";

/** Source: CloudFormation Template Reference, AWS::Logs::ResourcePolicy. */
export const logsResourcePolicy: ResourceType = {
  type: "AWS::Logs::ResourcePolicy",
  properties: { PolicyDocument: "String!", PolicyName: "String!" },
  createOnly: ["PolicyName"],
  create(aws, properties) {
    aws.call("logs", "PutResourcePolicy", contents(properties));
    aws.created(properties.PolicyName);
    return { id: properties.PolicyName };
  },
  update(aws, _id, next) {
    aws.call("logs", "PutResourcePolicy", contents(next));
  },
  remove(aws, id) {
    aws.remove("logs", "DeleteResourcePolicy", { policyName: id });
  },
  read(aws, id) {
    const found = (aws.call("logs", "DescribeResourcePolicies", {}).resourcePolicies as Properties[]).find(({ policyName }) => policyName === id);
    return found && { PolicyName: id, PolicyDocument: found.policyDocument };
  },
};

const contents = ({ PolicyName, PolicyDocument }: Properties) => ({ policyName: PolicyName, policyDocument: jsonText(PolicyDocument) });
