import type { JsonObject } from "../../types";
import type { Counter, ProtectedType, SubResource } from "../state";

/**
 * Attacks for the lab to record: what Shield would have counted of one of this kind and size. Numbers follow from the size alone;
 * addresses and networks are those that are kept for examples.
 * Sources: AWS Shield Advanced API Reference, AttackVectorDescription (VectorType), AttackProperty; AWS WAF Developer Guide, "List of AWS
 * Shield DDoS mitigation features"; RFC 5737, RFC 5398.
 */

export interface AttackKind {
  name: string;
  vector: string;
  layer: "NETWORK" | "APPLICATION";
  /** What it can reach: load balancers of layer 7 and CloudFront pass on nothing but HTTP, so that UDP ends before them. */
  on: readonly ProtectedType[];
  /** Bytes of a packet; of requests none. */
  packet?: number;
  /** What Shield puts against it, all resources alike. */
  mitigations: readonly string[];
  what: string;
}

const tcp: readonly ProtectedType[] = ["ELASTIC_IP_ALLOCATION", "CLASSIC_LOAD_BALANCER", "APPLICATION_LOAD_BALANCER", "CLOUDFRONT_DISTRIBUTION", "GLOBAL_ACCELERATOR"];
const udp: readonly ProtectedType[] = ["ELASTIC_IP_ALLOCATION", "GLOBAL_ACCELERATOR"];
const reflected = ["Access control lists", "Traffic shaping"];

export const attackKinds = {
  "syn-flood": { name: "SYN flood", vector: "SYN_FLOOD", layer: "NETWORK", on: tcp, packet: 60, mitigations: ["SYN proxy", "Suspicion scoring"], what: "Connections that are begun and never finished." },
  "udp-flood": { name: "UDP flood", vector: "UDP_TRAFFIC", layer: "NETWORK", on: [...udp, "ROUTE_53_HOSTED_ZONE"], packet: 512, mitigations: ["Traffic shaping", "Suspicion scoring"], what: "Packets that nobody asked for." },
  "dns-reflection": { name: "DNS reflection", vector: "DNS_REFLECTION", layer: "NETWORK", on: udp, packet: 1400, mitigations: reflected, what: "Answers of open name servers, asked for in your address." },
  "ntp-reflection": { name: "NTP reflection", vector: "NTP_REFLECTION", layer: "NETWORK", on: udp, packet: 468, mitigations: reflected, what: "Answers of time servers, asked for in your address." },
  "memcached-reflection": { name: "Memcached reflection", vector: "MEMCACHED_REFLECTION", layer: "NETWORK", on: udp, packet: 1400, mitigations: reflected, what: "Answers of open caches, asked for in your address: thousands of bytes for each that was sent." },
  "http-flood": { name: "HTTP flood", vector: "REQUEST_FLOOD", layer: "APPLICATION", on: ["APPLICATION_LOAD_BALANCER", "CLOUDFRONT_DISTRIBUTION"], mitigations: [], what: "Whole requests, far more of them than usual." },
} as const satisfies Record<string, AttackKind>;
export type AttackKindId = keyof typeof attackKinds;

/** Kinds that can reach a resource of this type. */
export const kindsOn = (type: ProtectedType): AttackKindId[] => (Object.keys(attackKinds) as AttackKindId[]).filter((id) => (attackKinds[id].on as readonly string[]).includes(type));

export interface Attack {
  kind: AttackKindId;
  /** Bits a second, or requests a second of an application's layer. */
  size: number;
  minutes: number;
  ResourceArn: string;
  /** Lab time, epoch seconds. */
  StartTime: number;
}

const counter = (Name: string, Unit: string, Max: number, minutes: number): Counter => ({ Name, Unit, Max, Average: Math.round(Max * 0.6), Sum: Math.round(Max * 0.6) * minutes, N: minutes });

const shares = [0.41, 0.23, 0.14, 0.08, 0.05];
const property = (AttackLayer: string, AttackPropertyIdentifier: string, Unit: string, Total: number, names: readonly string[]): JsonObject => ({
  AttackLayer, AttackPropertyIdentifier, Unit, Total, TopContributors: names.map((Name, at) => ({ Name, Value: Math.round(Total * shares[at]) })),
});

const countries = ["Brazil", "Vietnam", "United States", "Indonesia", "Ukraine"];
const networks = ["AS64496", "AS64499", "AS64502", "AS64505", "AS64511"];
const sources = ["203.0.113.24", "198.51.100.77", "203.0.113.180", "198.51.100.9", "192.0.2.66"];
const URL_PATH = "/search";
/** Whoever sends the flood calls itself so; rules can tell its requests by it. */
export const FLOOD_AGENT = "python-requests/2.32.3";

/** The input of RecordAttack. */
export function attackInput({ kind, size, minutes, ResourceArn, StartTime }: Attack): JsonObject {
  const { vector: VectorType, layer, mitigations, ...more } = attackKinds[kind];
  const base = { ResourceArn, StartTime, DurationSeconds: minutes * 60, Mitigations: mitigations.map((MitigationName) => ({ MitigationName })) };
  if (layer === "APPLICATION") {
    const VectorCounters = [counter("Requests", "RPS", size, minutes)];
    const total = Math.round(size * 0.6 * 60 * minutes);
    const of = (identifier: string, names: readonly string[]) => property(layer, identifier, "REQUESTS", total, names);
    const SubResources: SubResource[] = [{ Type: "URL", Id: URL_PATH, AttackVectors: [{ VectorType, VectorCounters }] }];
    return { ...base, SubResources, AttackProperties: [of("DESTINATION_URL", [URL_PATH, "/"]), of("SOURCE_COUNTRY", countries), of("SOURCE_ASN", networks), of("SOURCE_IP_ADDRESS", sources), of("SOURCE_USER_AGENT", [FLOOD_AGENT, "curl/8.9.1"])] } as unknown as JsonObject;
  }
  const packets = Math.round(size / 8 / (more as { packet: number }).packet);
  const VectorCounters = [counter("Bits", "BPS", size, minutes), counter("Packets", "PPS", packets, minutes)];
  const total = Math.round(packets * 0.6 * 60 * minutes);
  const SubResources: SubResource[] = [{ Type: "IP", Id: "192.0.2.80", AttackVectors: [{ VectorType, VectorCounters }] }];
  return { ...base, SubResources, AttackProperties: [property(layer, "SOURCE_COUNTRY", "PACKETS", total, countries), property(layer, "SOURCE_ASN", "PACKETS", total, networks)] } as unknown as JsonObject;
}
