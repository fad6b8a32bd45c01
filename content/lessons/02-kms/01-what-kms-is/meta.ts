import type { LessonMeta } from "@/lib/lessons/types";

const meta: LessonMeta = {
  slug: "what-kms-is",
  dir: "02-kms/01-what-kms-is",
  title: "What KMS is",
  section: "kms",
  order: 4,
  minutes: 5,
  summary: "One service keeps the keys, and over a hundred others ask it.",
  steps: [
    {
      id: "list-keys",
      title: "List the keys of a Region",
      goal: { called: { service: "kms", operation: ["ListKeys", "ListAliases"] } },
      solution: [{ service: "kms", operation: "ListKeys", region: "eu-west-2" }],
      where: { console: "/console/kms" },
    },
  ],
};

export default meta;
