import type { LessonMeta } from "@/lib/lessons/types";

const meta: LessonMeta = {
  slug: "encryption-in-flight",
  dir: "01-encryption/01-in-flight",
  title: "Encryption in flight",
  section: "encryption",
  order: 1,
  minutes: 8,
  summary: "Seal a secret and open it, then see how TLS does the same for data on its way.",
  steps: [
    {
      id: "encrypt",
      title: "Encrypt a secret",
      goal: { called: { service: "kms", operation: "Encrypt" } },
      solution: [{ service: "kms", operation: "Encrypt", region: "eu-west-2", input: { KeyId: "alias/tutorial", Plaintext: "YWRtaW4gLyBzdXBlcnNlY3JldA==" } }],
    },
    {
      id: "decrypt",
      title: "Decrypt it again",
      goal: { called: { service: "kms", operation: "Decrypt" } },
      solution: [
        { service: "kms", operation: "Encrypt", region: "eu-west-2", input: { KeyId: "alias/tutorial", Plaintext: "YWRtaW4gLyBzdXBlcnNlY3JldA==" } },
        { service: "kms", operation: "Decrypt", region: "eu-west-2", input: { CiphertextBlob: "$1.CiphertextBlob" } },
      ],
    },
  ],
};

export default meta;
