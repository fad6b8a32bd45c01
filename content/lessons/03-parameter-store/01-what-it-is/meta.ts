import type { LessonMeta, SolutionCall } from "@/lib/lessons/types";

const put: SolutionCall[] = [
  { service: "kms", operation: "CreateKey" },
  { service: "kms", operation: "CreateAlias", input: { AliasName: "alias/my-app", TargetKeyId: "$1.KeyMetadata.KeyId" } },
  { service: "ssm", operation: "PutParameter", input: { Name: "/my-app/first-secret", Type: "SecureString", KeyId: "alias/my-app", Value: "correct horse" } },
];
const read = { service: "ssm", operation: "GetParameter" } as const;
const allowDecrypt = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "kms:Decrypt", Resource: "*" }] });

const template = `Parameters:
  Team: { Type: "AWS::SSM::Parameter::Value<String>", Default: /my-app/team }
Resources:
  Note: { Type: "AWS::SSM::Parameter", Properties: { Name: /my-app/from-stack, Type: String, Value: !Ref Team } }
`;

const meta: LessonMeta = {
  slug: "what-parameter-store-is",
  dir: "03-parameter-store/01-what-it-is",
  title: "What Parameter Store is",
  section: "parameter-store",
  order: 11,
  minutes: 10,
  summary: "Configuration and secrets under names; a secret needs a yes from IAM and one from KMS.",
  steps: [
    {
      id: "template",
      title: "Make a stack that reads parameters",
      goal: { called: { service: "ssm", operation: "GetParameter", input: { Name: "/my-app/from-stack" }, output: { "Parameter.Value": { matches: "payments" } } } },
      solution: [
        { service: "ssm", operation: "PutParameter", input: { Name: "/my-app/team", Type: "String", Value: "payments" } },
        { service: "cloudformation", operation: "CreateStack", input: { StackName: "my-app", TemplateBody: template } },
        { service: "ssm", operation: "GetParameter", input: { Name: "/my-app/from-stack" }, after: 60_000 },
      ],
      where: { console: "/console/cloudformation/stacks" },
    },
    {
      id: "put-secure",
      title: "Put a SecureString",
      goal: { called: { service: "ssm", operation: "PutParameter", input: { Type: "SecureString" } } },
      solution: put,
      where: { console: "/console/systems-manager/parameters" },
    },
    {
      id: "read-sealed",
      title: "Read it sealed",
      // A KMS ciphertext in base64 begins like this; see lib/engine/kms/blob.ts.
      goal: { called: { ...read, output: { "Parameter.Type": "SecureString", "Parameter.Value": { matches: "^AQICA" } } } },
      solution: [...put, { ...read, input: { Name: "/my-app/first-secret" } }],
      where: { console: "/console/systems-manager/parameters" },
    },
    {
      id: "read-open",
      title: "Read it decrypted",
      goal: { called: { ...read, input: { WithDecryption: true }, output: { "Parameter.Type": "SecureString" } } },
      solution: [...put, { ...read, input: { Name: "/my-app/first-secret", WithDecryption: true } }],
      where: { console: "/console/systems-manager/parameters" },
    },
    {
      id: "read-denied",
      title: "Be refused by KMS, as the user app",
      goal: { called: { ...read, input: { WithDecryption: true }, outcome: { error: "AccessDeniedException" }, by: "app" } },
      solution: [...put, { ...read, as: "app", input: { Name: "/my-app/first-secret", WithDecryption: true }, error: "AccessDeniedException" }],
    },
    {
      id: "read-allowed",
      title: "Allow it, and read as the user app",
      goal: { called: { ...read, input: { WithDecryption: true }, output: { "Parameter.Type": "SecureString" }, by: "app" } },
      solution: [
        ...put,
        { service: "iam", operation: "PutUserPolicy", input: { UserName: "app", PolicyName: "open-my-app-secrets", PolicyDocument: allowDecrypt } },
        { ...read, as: "app", input: { Name: "/my-app/first-secret", WithDecryption: true } },
      ],
    },
  ],
};

export default meta;
