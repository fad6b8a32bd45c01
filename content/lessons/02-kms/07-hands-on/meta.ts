import type { LessonMeta } from "@/lib/lessons/types";

const secret = "U3VwZXJTZWNyZXRQYXNzd29yZA=="; // SuperSecretPassword

const meta: LessonMeta = {
  slug: "kms-hands-on",
  dir: "02-kms/07-hands-on",
  title: "KMS by hand",
  section: "kms",
  order: 10,
  minutes: 15,
  summary: "Make, delete and rescue a key; encrypt a file and get it back.",
  steps: [
    {
      id: "make-key",
      title: "Make a key with the alias my-first-key",
      goal: { called: { service: "kms", operation: "CreateAlias", input: { AliasName: "alias/my-first-key" } } },
      solution: [
        { service: "kms", operation: "CreateKey" },
        { service: "kms", operation: "CreateAlias", input: { AliasName: "alias/my-first-key", TargetKeyId: "$1.KeyMetadata.KeyId" } },
      ],
      where: { console: "/console/kms" },
    },
    {
      id: "schedule-deletion",
      title: "Schedule a key’s deletion",
      goal: { called: { service: "kms", operation: "ScheduleKeyDeletion" } },
      solution: [
        { service: "kms", operation: "CreateKey" },
        { service: "kms", operation: "ScheduleKeyDeletion", input: { KeyId: "$1.KeyMetadata.KeyId", PendingWindowInDays: 7 } },
      ],
      where: { console: "/console/kms" },
    },
    {
      id: "cancel-deletion",
      title: "Bring the key back, enabled",
      goal: { all: [{ called: { service: "kms", operation: "CancelKeyDeletion" } }, { called: { service: "kms", operation: "EnableKey" } }] },
      solution: [
        { service: "kms", operation: "CreateKey" },
        { service: "kms", operation: "ScheduleKeyDeletion", input: { KeyId: "$1.KeyMetadata.KeyId", PendingWindowInDays: 7 } },
        { service: "kms", operation: "CancelKeyDeletion", input: { KeyId: "$1.KeyMetadata.KeyId" } },
        { service: "kms", operation: "EnableKey", input: { KeyId: "$1.KeyMetadata.KeyId" } },
      ],
      where: { console: "/console/kms" },
    },
    {
      id: "encrypt-file",
      title: "Encrypt the example file",
      goal: { called: { service: "kms", operation: "Encrypt", region: "eu-west-2", input: { Plaintext: secret } } },
      solution: [{ service: "kms", operation: "Encrypt", region: "eu-west-2", input: { KeyId: "alias/tutorial", Plaintext: secret } }],
    },
    {
      id: "decrypt-file",
      title: "Decrypt it",
      goal: { called: { service: "kms", operation: "Decrypt", region: "eu-west-2", output: { Plaintext: secret } } },
      solution: [
        { service: "kms", operation: "Encrypt", region: "eu-west-2", input: { KeyId: "alias/tutorial", Plaintext: secret } },
        { service: "kms", operation: "Decrypt", region: "eu-west-2", input: { CiphertextBlob: "$1.CiphertextBlob" } },
      ],
    },
  ],
};

export default meta;
