/**
 * Every number that the simulated architecture is made of, in one place, each with where it comes from. Most are chosen, so that a small
 * shop behaves in ten minutes as large ones do in hours: they are the lab's and never claims about AWS. Where AWS documents a
 * behaviour, its page is named beside them.
 */
export interface ModelNumber {
  value: number;
  unit: string;
  what: string;
  /** `chosen`, or where it stands. */
  source: string;
}

const chosen = (value: number, unit: string, what: string): ModelNumber => ({ value, unit, what, source: "chosen" });

export const model = {
  // Users.
  usersPerSecond: chosen(60, "requests/s", "What users ask for"),
  users: chosen(2_000, "addresses", "Different users"),
  patience: chosen(5_000, "ms", "A user who has waited longer has gone"),
  attackFromSec: chosen(60, "s", "The attack begins so long after the start"),
  attackPart: chosen(0.7, "of the run", "The attack lasts so long"),

  // The way.
  toEdge: chosen(20, "ms", "From a user to CloudFront's nearest edge location and back"),
  toRegion: chosen(90, "ms", "From a user to the Region and back"),
  edgeToRegion: chosen(50, "ms", "From an edge location to the Region and back"),
  cacheTtl: chosen(60, "s", "How long CloudFront keeps an answer"),

  // Mitigation of floods of packets. At CloudFront and Route 53 Shield works inline, on every packet: there is no time to wait for.
  // Source: AWS WAF Developer Guide, AWS Shield detection logic for infrastructure layer threats.
  standardMitigation: chosen(60, "s", "Until Shield Standard's mitigation stands before a load balancer"),
  advancedMitigation: chosen(15, "s", "The same for a resource that Shield Advanced protects"),
  dnsSuspicious: chosen(0.9, "of the queries", "What Route 53's mitigation throws away of a flood of queries"),
  openingsPerZone: chosen(400_000, "SYN/s", "New connections that a load balancer can begin in a zone"),
  linePerZone: chosen(10_000_000_000, "bit/s", "What comes through to a load balancer's node in a zone"),

  // Automatic application layer mitigation.
  baselineSec: chosen(60, "s", "Traffic that Shield Advanced takes as usual. In AWS this takes from 24 hours to 30 days"),
  floodFactor: chosen(3, "× usual", "So many more requests are a flood"),
  floodSec: chosen(60, "s", "So long a flood must last to be detected"),
  placingSec: chosen(60, "s", "From there until Shield Advanced's rule stands in the web ACL"),
  harmlessShare: chosen(0.01, "of the usual", "A rule that would match more than this of usual traffic is not placed"),

  // AWS WAF.
  rateLimit: chosen(120, "requests", "The rate-based rule's limit for an address"),
  rateWindow: chosen(60, "s", "Its evaluation window"),

  // Load balancer.
  nodesPerZone: chosen(5_000, "requests/s", "What a load balancer takes in a zone at first"),
  nodesGrowth: chosen(1.5, "× a minute", "How it grows where it is busy"),

  // Instances and their Auto Scaling group.
  minInstances: chosen(2, "instances", "The group's minimum"),
  maxInstances: chosen(10, "instances", "The group's maximum"),
  vcpus: chosen(2, "vCPU", "Of one instance: so many requests are worked on at once"),
  workers: chosen(256, "connections", "That one instance holds open"),
  longestQueue: chosen(8, "s of work", "More than this does not wait: it is refused"),
  targetRate: chosen(40, "requests/s", "Target tracking on ALBRequestCountPerTarget: so many for each instance"),
  alarmHigh: chosen(3, "min", "Minutes above the target until the group grows"),
  alarmLow: chosen(15, "min", "Minutes below 90% of the target until it shrinks"),
  bootSec: chosen(90, "s", "From launch to in service"),
  unhealthySec: chosen(30, "s", "Until a lost instance is seen as lost"),

  // Connections, for the load balancer's bill.
  connectionsPerUserRequest: chosen(0.2, "connections", "A browser uses one connection for several requests"),
  connectionsFromEdge: chosen(0.05, "connections", "CloudFront keeps connections to its origin open"),
  holdSec: chosen(120, "s", "A slow request holds its connection on average"),
} as const satisfies Record<string, ModelNumber>;

export interface Work {
  /** Of a vCPU, ms. */
  cpuMs: number;
  /** Of the answer. */
  bytes: number;
  /** CloudFront may keep the answer; the query string is part of its name. */
  cacheable: boolean;
}

/** What a path costs the application: first that fits. All chosen. */
export const pages: readonly { method?: string; path: string; work: Work }[] = [
  { method: "POST", path: "/", work: { cpuMs: 25, bytes: 2_000, cacheable: false } },
  { path: "/assets/", work: { cpuMs: 2, bytes: 120_000, cacheable: true } },
  { path: "/products", work: { cpuMs: 20, bytes: 60_000, cacheable: true } },
  { path: "/search", work: { cpuMs: 60, bytes: 30_000, cacheable: true } },
  { path: "/sale", work: { cpuMs: 60, bytes: 60_000, cacheable: true } },
  { path: "/api/", work: { cpuMs: 15, bytes: 8_000, cacheable: false } },
  { path: "/", work: { cpuMs: 15, bytes: 40_000, cacheable: true } },
];
/** Answer of AWS WAF or of an error, bytes. Chosen. */
export const smallAnswer = 1_000;

/** What is simpler here than in AWS, for all who show a run. */
export const simplified = [
  "Requests are sampled by address: of a flood a few senders are simulated whole, and each stands for many. So per-address rates are true, and the web ACL inspects real requests.",
  "Capacities, times and page costs are the lab's own choices. They show directions, not what AWS measures.",
  "Instances are one queue; there is one edge cache; attackers do not change their ways while they run.",
  "Shield Advanced's fee for data transfer out, free tiers and taxes are left out of the bill.",
  "Where the load balancer's security group is open to all, the whole attack goes around CloudFront. Where it is closed, floods of packets at the load balancer's own addresses are left out.",
];
