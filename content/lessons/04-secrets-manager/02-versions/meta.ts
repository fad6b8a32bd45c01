import type { LessonMeta, SolutionCall } from "@/lib/lessons/types";

const name = "billing/api-key";
const token = (n: number): string => `lesson-token-0000000000000000000000${n}`;
const create: SolutionCall = { service: "secretsmanager", operation: "CreateSecret", input: { Name: name, SecretString: "first-value", ClientRequestToken: token(1) } };
const change: SolutionCall = { service: "secretsmanager", operation: "PutSecretValue", input: { SecretId: name, SecretString: "second-value", ClientRequestToken: token(2) } };
const read = { service: "secretsmanager", operation: "GetSecretValue" } as const;
const console = "/console/secretsmanager/secrets";

const meta: LessonMeta = {
  slug: "secret-versions",
  dir: "04-secrets-manager/02-versions",
  title: "Versions and their labels",
  section: "secrets-manager",
  order: 16,
  minutes: 7,
  summary: "AWSCURRENT, AWSPREVIOUS and AWSPENDING: a change adds a version, and going back moves a label.",
  steps: [
    { id: "make", title: "Store a secret", goal: { called: { service: "secretsmanager", operation: "CreateSecret", input: { Name: name } } }, solution: [create], where: { console } },
    { id: "change", title: "Put a second value", goal: { called: { service: "secretsmanager", operation: "PutSecretValue", output: { VersionStages: { contains: "AWSCURRENT" } } } }, solution: [create, change], where: { console } },
    { id: "previous", title: "Read the value before", goal: { called: { ...read, input: { VersionStage: "AWSPREVIOUS" } } }, solution: [create, change, { ...read, input: { SecretId: name, VersionStage: "AWSPREVIOUS" } }] },
    { id: "versions", title: "List the versions", goal: { called: { service: "secretsmanager", operation: "ListSecretVersionIds", output: { "Versions.length": { atLeast: 2 } } } }, solution: [create, change, { service: "secretsmanager", operation: "ListSecretVersionIds", input: { SecretId: name } }], where: { console } },
    {
      id: "back",
      title: "Go back to the first value",
      goal: { called: { service: "secretsmanager", operation: "UpdateSecretVersionStage", input: { VersionStage: "AWSCURRENT", MoveToVersionId: { present: true } } } },
      solution: [create, change, { service: "secretsmanager", operation: "UpdateSecretVersionStage", input: { SecretId: name, VersionStage: "AWSCURRENT", MoveToVersionId: token(1), RemoveFromVersionId: token(2) } }],
    },
  ],
};

export default meta;
