import type { LessonMeta, SolutionCall } from "@/lib/lessons/types";

const name = "my-app/dev/db";
const create: SolutionCall = { service: "secretsmanager", operation: "CreateSecret", input: { Name: name, SecretString: '{"username":"app","password":"correct horse"}', ClientRequestToken: "lesson-token-00000000000000000000001" } };
const read = { service: "secretsmanager", operation: "GetSecretValue" } as const;
const allowApp = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:user/app" }, Action: "secretsmanager:GetSecretValue", Resource: "*" }] });
const policy: SolutionCall = { service: "secretsmanager", operation: "PutResourcePolicy", input: { SecretId: name, ResourcePolicy: allowApp, BlockPublicPolicy: true } };
const console = "/console/secretsmanager/secrets";

const meta: LessonMeta = {
  slug: "what-secrets-manager-is",
  dir: "04-secrets-manager/01-what-it-is",
  title: "What Secrets Manager is",
  section: "secrets-manager",
  order: 15,
  minutes: 11,
  summary: "A store for secrets alone: always encrypted, with policies of its own, and able to change them by itself.",
  steps: [
    { id: "first-secret", title: "Store a secret", goal: { called: { service: "secretsmanager", operation: "CreateSecret" } }, solution: [create], where: { console } },
    { id: "read-secret", title: "Read its value", goal: { called: { ...read, output: { SecretString: { matches: "password" } } } }, solution: [create, { ...read, input: { SecretId: name } }], where: { console } },
    { id: "read-denied", title: "Be refused, as the user app", goal: { called: { ...read, outcome: { error: "AccessDeniedException" }, by: "app" } }, solution: [create, { ...read, as: "app", input: { SecretId: name }, error: "AccessDeniedException" }] },
    { id: "resource-policy", title: "Let the secret name its reader", goal: { called: { service: "secretsmanager", operation: "PutResourcePolicy", input: { ResourcePolicy: { matches: "user/app" } } } }, solution: [create, policy], where: { console } },
    { id: "read-allowed", title: "Read it as the user app", goal: { called: { ...read, by: "app" } }, solution: [create, policy, { ...read, as: "app", input: { SecretId: name } }] },
  ],
};

export default meta;
