import type { LessonMeta } from "@/lib/lessons/types";

const onlyAppDecrypts = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:user/app" }, Action: "kms:Decrypt", Resource: "*" }],
});

const meta: LessonMeta = {
  slug: "key-policies",
  dir: "02-kms/06-key-policies",
  title: "Key policies",
  section: "kms",
  order: 9,
  minutes: 12,
  summary: "Every key has one policy; it decides whether IAM counts, and who comes in from other accounts.",
  steps: [
    {
      id: "default-policy",
      title: "Read a default key policy",
      goal: { called: { service: "kms", operation: "GetKeyPolicy" } },
      solution: [
        { service: "kms", operation: "DescribeKey", region: "eu-west-2", input: { KeyId: "alias/tutorial" } },
        { service: "kms", operation: "GetKeyPolicy", region: "eu-west-2", input: { KeyId: "$1.KeyMetadata.KeyId", PolicyName: "default" } },
      ],
      where: { console: "/console/kms" },
    },
    {
      id: "iam-opens",
      title: "Let the user app use a key, by IAM",
      goal: { called: { service: "kms", operation: ["Encrypt", "Decrypt"], by: "app" } },
      solution: [
        { service: "kms", operation: "DescribeKey", region: "eu-west-2", input: { KeyId: "alias/tutorial" } },
        {
          service: "iam", operation: "PutUserPolicy",
          input: { UserName: "app", PolicyName: "use-tutorial-key", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: ["kms:Encrypt", "kms:Decrypt"], Resource: "*" }] }) },
        },
        { service: "kms", operation: "Encrypt", region: "eu-west-2", as: "app", input: { KeyId: "alias/tutorial", Plaintext: "aGVsbG8=" } },
      ],
    },
    {
      id: "lockout",
      title: "Try to lock yourself out of a key",
      goal: { called: { service: "kms", operation: ["PutKeyPolicy", "CreateKey"], outcome: { error: "MalformedPolicyDocumentException" } } },
      solution: [
        { service: "kms", operation: "CreateKey" },
        { service: "kms", operation: "PutKeyPolicy", input: { KeyId: "$1.KeyMetadata.KeyId", PolicyName: "default", Policy: onlyAppDecrypts }, error: "MalformedPolicyDocumentException" },
      ],
      where: { console: "/console/kms" },
    },
  ],
};

export default meta;
