import type { ResourceType } from "../type";

/** Has no more than an address; nobody listens at it here. Source: CloudFormation Template Reference, AWS::CloudFormation::WaitConditionHandle. */
export const waitConditionHandle: ResourceType = {
  type: "AWS::CloudFormation::WaitConditionHandle",
  properties: {},
  create: (aws) => ({ id: `https://cloudformation-waitcondition-${aws.region}.s3.amazonaws.com/arn%3Aaws%3Acloudformation%3A${aws.region}%3A${aws.account}%3Astack/${aws.stackName}/${aws.logicalId}` }),
  remove: () => undefined,
};
