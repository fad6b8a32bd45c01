import type { LessonMeta } from "@/lib/lessons/types";

const meta: LessonMeta = {
  slug: "encryption-at-rest",
  dir: "01-encryption/02-at-rest",
  title: "Server-side encryption at rest",
  section: "encryption",
  order: 2,
  minutes: 6,
  summary: "A service encrypts what it stores with a data key, and asks KMS for that key.",
  steps: [
    {
      id: "data-key",
      title: "Make a data key, in the clear and sealed",
      goal: { called: { service: "kms", operation: "GenerateDataKey" } },
      solution: [{ service: "kms", operation: "GenerateDataKey", region: "eu-west-2", input: { KeyId: "alias/tutorial", KeySpec: "AES_256" } }],
    },
  ],
};

export default meta;
