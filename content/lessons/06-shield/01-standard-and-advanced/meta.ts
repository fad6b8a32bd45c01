import type { LessonMeta, SolutionCall } from "@/lib/lessons/types";

const subscribe: SolutionCall = { service: "shield", operation: "CreateSubscription" };
const add = (ResourceType: string, Name: string): SolutionCall => ({ service: "traffic", operation: "AddResource", input: { ResourceType, Name }, ...(ResourceType === "CLOUDFRONT" ? { region: "us-east-1" } : {}) });
const other = (ResourceType: string, region?: string): SolutionCall => ({ service: "estate", operation: "AddResource", input: { ResourceType, Name: "other" }, ...(region ? { region } : {}) });
const protect = (from: number, error?: string): SolutionCall => ({ service: "shield", operation: "CreateProtection", input: { Name: `protection-${from}`, ResourceArn: `$${from}.Resource.Arn` }, ...(error ? { error } : {}) });
/** A protection that was made for a resource of this kind. */
const made = (arn: string) => ({ called: { service: "shield", operation: "CreateProtection", input: { ResourceArn: { matches: arn } } } });

const meta: LessonMeta = {
  slug: "shield-standard-and-advanced",
  dir: "06-shield/01-standard-and-advanced",
  title: "Standard and Advanced",
  section: "shield",
  order: 19,
  minutes: 8,
  summary: "What every account has against floods of packets, what Advanced adds, what it costs and what it can protect.",
  steps: [
    { id: "state", title: "Ask what your account has", where: { console: "/console/shield/overview" }, goal: { called: { service: "shield", operation: ["GetSubscriptionState", "DescribeSubscription"], outcome: "ok" } }, solution: [{ service: "shield", operation: "GetSubscriptionState" }] },
    { id: "refused", title: "Try to protect a load balancer", where: { console: "/console/shield/protected-resources" }, goal: { called: { service: "shield", operation: "CreateProtection", outcome: { error: "ResourceNotFoundException" } } }, solution: [add("APPLICATION_LOAD_BALANCER", "front"), protect(1, "ResourceNotFoundException")] },
    { id: "subscribe", title: "Subscribe to Shield Advanced", where: { console: "/console/shield/overview" }, goal: { called: { service: "shield", operation: "CreateSubscription" } }, solution: [subscribe] },
    { id: "locked", title: "Try to end the subscription", goal: { called: { service: "shield", operation: ["DeleteSubscription", "UpdateSubscription"], outcome: { error: "LockedSubscriptionException" } } }, solution: [subscribe, { service: "shield", operation: "UpdateSubscription", input: { AutoRenew: "DISABLED" }, error: "LockedSubscriptionException" }] },
    {
      id: "protect", title: "Protect one resource of each kind",
      where: { console: "/console/shield/protected-resources" }, goal: { all: [made(":loadbalancer/app/"), made(":distribution/"), made(":hostedzone/"), made(":accelerator/"), made(":eip-allocation/")] },
      solution: [
        subscribe, add("APPLICATION_LOAD_BALANCER", "front"), add("CLOUDFRONT", "site"), other("HOSTED_ZONE", "us-east-1"), other("GLOBAL_ACCELERATOR", "us-east-1"), other("ELASTIC_IP"),
        ...[2, 3, 4, 5, 6].map((from) => protect(from)),
      ],
    },
    { id: "instance", title: "Try to protect an instance", goal: { called: { service: "shield", operation: "CreateProtection", input: { ResourceArn: { matches: ":instance/" } }, outcome: { error: "InvalidResourceException" } } }, solution: [subscribe, other("INSTANCE"), protect(2, "InvalidResourceException")] },
  ],
};

export default meta;
