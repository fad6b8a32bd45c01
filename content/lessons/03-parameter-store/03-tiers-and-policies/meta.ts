import type { LessonMeta } from "@/lib/lessons/types";

const expiration = JSON.stringify([{ Type: "Expiration", Version: "1.0", Attributes: { Timestamp: "2030-12-02T21:34:33.000Z" } }]);

const meta: LessonMeta = {
  slug: "tiers-and-policies",
  dir: "03-parameter-store/03-tiers-and-policies",
  title: "Tiers and parameter policies",
  section: "parameter-store",
  order: 13,
  minutes: 9,
  summary: "What is free, what the paid tier adds, and parameters that expire or remind you.",
  steps: [
    {
      id: "advanced",
      title: "Put a value that standard refuses",
      goal: { called: { service: "ssm", operation: "PutParameter", output: { Tier: "Advanced" } } },
      solution: [{ service: "ssm", operation: "PutParameter", input: { Name: "/my-app/long", Type: "String", Value: "x".repeat(5000), Tier: "Advanced" } }],
      where: { console: "/console/systems-manager/parameters" },
    },
    {
      id: "policy",
      title: "Put a parameter that expires",
      goal: { called: { service: "ssm", operation: "PutParameter", input: { Policies: { matches: '"Expiration"' } } } },
      solution: [{ service: "ssm", operation: "PutParameter", input: { Name: "/my-app/short-lived", Type: "String", Value: "not for ever", Tier: "Advanced", Policies: expiration } }],
      where: { console: "/console/systems-manager/parameters" },
    },
  ],
};

export default meta;
