/** The names of the architecture: what attacks it, what can be switched, of what parts it is made, and how things end. */

export const attackNames = ["NONE", "SYN_FLOOD", "UDP_FLOOD", "REFLECTION", "HTTP_FLOOD", "CACHE_BUSTING", "SPREAD_FLOOD", "SQL_INJECTION", "CROSS_SITE_SCRIPTING", "SLOW_REQUESTS", "DNS_QUERY_FLOOD"] as const;
export type AttackName = (typeof attackNames)[number];

export const protectionNames = ["CLOUDFRONT", "CACHING", "RATE_RULE", "MANAGED_RULES", "SHIELD_ADVANCED", "AUTO_SCALING", "CLOSED_ORIGIN", "SECOND_ZONE"] as const;
export type ProtectionName = (typeof protectionNames)[number];

/** In the order in which a request meets them. */
export const partNames = ["ROUTE_53", "CLOUDFRONT", "WAF", "LOAD_BALANCER", "INSTANCES"] as const;
export type PartName = (typeof partNames)[number];

export type Crowd = "USERS" | "ATTACKERS";

/**
 * How one request, packet or query ends. ANSWERED: a user has what was asked for. ABSORBED: a part that does not tire answered the
 * attacker. STOPPED: a protection threw it away. REACHED: it came through to what it was meant for. LOST: it failed for want of capacity.
 */
export const outcomes = ["ANSWERED", "ABSORBED", "STOPPED", "REACHED", "LOST"] as const;
export type EndOutcome = (typeof outcomes)[number];

/** What exactly ended it; beside these the names of the web ACL's rules. */
export type EndReason =
  | "CACHE" | "EDGE_MITIGATION" | "INCOMPLETE_REQUEST" | "REGIONAL_MITIGATION" | "LISTENER_PORTS" | "CONNECTION_TABLE" | "FULL_CONNECTION_TABLE" | "FULL_LINE" | "FULL_NODES" | "NO_NODE"
  | "NO_INSTANCE" | "APPLICATION" | "TOO_LATE" | "FULL_QUEUE" | "NO_WORKER" | "QUERY_ANSWERED";

export type AttackUnit = "requests" | "packets" | "queries";
