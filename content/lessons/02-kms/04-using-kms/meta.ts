import type { LessonMeta } from "@/lib/lessons/types";

const meta: LessonMeta = {
  slug: "using-kms",
  dir: "02-kms/04-using-kms",
  title: "Using KMS for secrets",
  section: "kms",
  order: 7,
  minutes: 7,
  summary: "What KMS is for, where its 4 KB limit lies, and which two policies open the way.",
  steps: [
    {
      id: "too-big",
      title: "Meet the 4 KB limit",
      goal: { called: { service: "kms", operation: "Encrypt", outcome: { error: "ValidationException" } } },
      // 4,097 zero bytes: 1,365 groups of three, and two more.
      solution: [{ service: "kms", operation: "Encrypt", region: "eu-west-2", input: { KeyId: "alias/tutorial", Plaintext: "AAAA".repeat(1365) + "AAA=" }, error: "ValidationException" }],
    },
  ],
};

export default meta;
