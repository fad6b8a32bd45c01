import type { LessonMeta } from "@/lib/lessons/types";

const meta: LessonMeta = {
  slug: "managing-and-paying",
  dir: "02-kms/03-managing-and-paying",
  title: "Managing keys, and what they cost",
  section: "kms",
  order: 6,
  minutes: 7,
  summary: "Disable, enable, rotate, audit; and the price of each kind of key.",
  steps: [
    {
      id: "disable",
      title: "Meet a disabled key",
      goal: { called: { service: "kms", operation: ["Encrypt", "Decrypt", "GenerateDataKey"], outcome: { error: "DisabledException" } } },
      solution: [
        { service: "kms", operation: "CreateKey" },
        { service: "kms", operation: "DisableKey", input: { KeyId: "$1.KeyMetadata.KeyId" } },
        { service: "kms", operation: "Encrypt", input: { KeyId: "$1.KeyMetadata.KeyId", Plaintext: "aGVsbG8=" }, error: "DisabledException" },
      ],
      where: { console: "/console/kms" },
    },
    {
      id: "rotation",
      title: "Switch on automatic rotation",
      goal: { called: { service: "kms", operation: "EnableKeyRotation" } },
      solution: [
        { service: "kms", operation: "CreateKey" },
        { service: "kms", operation: "EnableKeyRotation", input: { KeyId: "$1.KeyMetadata.KeyId" } },
      ],
      where: { console: "/console/kms" },
    },
  ],
};

export default meta;
