import type { SolutionCall } from "@/lib/lessons/types";

const readMyApp = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Action: ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"], Resource: "arn:aws:ssm:*:111122223333:parameter/my-app/*" },
  ],
});

/**
 * What stands in a learner's lab before the first call: the key of the notes' commands, and a user who may read
 * the parameters of one application and has no permission in KMS. Run as `admin` of 111122223333, door `lesson`.
 */
export const firstScenario: SolutionCall[] = [
  { service: "kms", operation: "CreateKey", region: "eu-west-2", input: { Description: "The tutorial's key" } },
  { service: "kms", operation: "CreateAlias", region: "eu-west-2", input: { AliasName: "alias/tutorial", TargetKeyId: "$1.KeyMetadata.KeyId" } },
  { service: "iam", operation: "CreateUser", input: { UserName: "app" } },
  { service: "iam", operation: "PutUserPolicy", input: { UserName: "app", PolicyName: "read-my-app", PolicyDocument: readMyApp } },
];
