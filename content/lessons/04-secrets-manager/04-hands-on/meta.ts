import type { LessonMeta, SolutionCall } from "@/lib/lessons/types";

const name = "my-app/prod/mail";
const day = 86_400_000;
const store: SolutionCall = { service: "secretsmanager", operation: "CreateSecret", input: { Name: name, ClientRequestToken: "lesson-token-00000000000000000000001", SecretString: '{"user":"robot","token":"t0p-secret"}' } };
const read = { service: "secretsmanager", operation: "GetSecretValue" } as const;
const remove = (RecoveryWindowInDays: number): SolutionCall => ({ service: "secretsmanager", operation: "DeleteSecret", input: { SecretId: name, RecoveryWindowInDays } });
const restore: SolutionCall = { service: "secretsmanager", operation: "RestoreSecret", input: { SecretId: name }, after: 29 * day };
const console = "/console/secretsmanager/secrets";

const meta: LessonMeta = {
  slug: "secrets-manager-hands-on",
  dir: "04-secrets-manager/04-hands-on",
  title: "Secrets Manager by hand",
  section: "secrets-manager",
  order: 18,
  minutes: 12,
  summary: "Store, read, delete, bring back, and delete for good, with the clock in your hand.",
  steps: [
    { id: "store", title: "Store pairs of key and value", goal: { called: { service: "secretsmanager", operation: "CreateSecret", input: { Name: name } } }, solution: [store], where: { console } },
    {
      id: "own-key",
      title: "Store one under a key of your own",
      goal: { called: { service: "secretsmanager", operation: "CreateSecret", input: { KmsKeyId: { present: true } } } },
      solution: [{ service: "kms", operation: "CreateKey" }, { service: "secretsmanager", operation: "CreateSecret", input: { Name: "my-app/prod/partner", KmsKeyId: "$1.KeyMetadata.KeyId", SecretString: "x", ClientRequestToken: "lesson-token-00000000000000000000001" } }],
      where: { console },
    },
    { id: "password", title: "Have a password made", goal: { called: { service: "secretsmanager", operation: "GetRandomPassword" } }, solution: [{ service: "secretsmanager", operation: "GetRandomPassword", input: { PasswordLength: 24 } }] },
    { id: "retrieve", title: "Read its value", goal: { called: { ...read, input: { SecretId: { matches: "my-app/prod/mail" } } } }, solution: [store, { ...read, input: { SecretId: name } }], where: { console } },
    { id: "delete", title: "Schedule its deletion", goal: { called: { service: "secretsmanager", operation: "DeleteSecret" } }, solution: [store, remove(30)], where: { console } },
    { id: "unreadable", title: "Be refused while it waits", goal: { called: { ...read, outcome: { error: "InvalidRequestException" } } }, solution: [store, remove(30), { ...read, input: { SecretId: name }, error: "InvalidRequestException" }] },
    { id: "restore", title: "Bring it back", goal: { called: { service: "secretsmanager", operation: "RestoreSecret" } }, solution: [store, remove(30), restore], where: { console } },
    {
      id: "gone",
      title: "See it gone for good",
      goal: { called: { service: "secretsmanager", operation: "DescribeSecret", outcome: { error: "ResourceNotFoundException" } } },
      solution: [store, remove(7), { service: "secretsmanager", operation: "DescribeSecret", input: { SecretId: name }, after: 8 * day, error: "ResourceNotFoundException" }],
    },
  ],
};

export default meta;
