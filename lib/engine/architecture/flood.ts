import type { NetworkCount } from "../traffic/traffic";
import type { Attack } from "./attacks";
import { model } from "./model";
import type { Tally } from "./tally";

/** Floods below HTTP: of packets, and of DNS queries. No web ACL sees any of it. */

export interface FloodOptions {
  advanced: boolean;
  zones(at: number): number;
  /** It meets edge locations, not the load balancer. */
  atEdge: boolean;
}

export class Flood {
  #since: number | undefined;
  #mitigated = false;
  /** When Shield's mitigation stood before the load balancer. */
  mitigatedAt: number | undefined;

  constructor(readonly attack: Attack, readonly options: FloodOptions) {}

  /** Counts a second of packets; the share of others' traffic to the load balancer that is lost to it, and for what. */
  second(at: number, { packets, bits, vector }: Pick<NetworkCount, "packets" | "bits" | "vector">, ...tallies: Tally[]): { lost: number; by: "FULL_CONNECTION_TABLE" | "FULL_LINE" } {
    const none = { lost: 0, by: "FULL_LINE" } as const;
    const end = (...how: Parameters<Tally["add"]>): void => tallies.forEach((tally) => tally.add(...how));
    for (const tally of tallies) tally.sent.ATTACKERS += packets;
    if (!packets) return none;
    if (this.options.atEdge) {
      end("ATTACKERS", "CLOUDFRONT", "STOPPED", "EDGE_MITIGATION", packets);
      return none;
    }
    this.#since ??= at;
    if (!this.#mitigated && at - this.#since >= (this.options.advanced ? model.advancedMitigation : model.standardMitigation).value) {
      this.#mitigated = true;
      this.mitigatedAt = at;
    }
    if (this.#mitigated) {
      end("ATTACKERS", "LOAD_BALANCER", "STOPPED", "REGIONAL_MITIGATION", packets);
      return none;
    }
    const zones = this.options.zones(at);
    if (vector === "SYN") {
      const taken = Math.min(packets, model.openingsPerZone.value * zones);
      end("ATTACKERS", "LOAD_BALANCER", "REACHED", "CONNECTION_TABLE", taken);
      end("ATTACKERS", "LOAD_BALANCER", "LOST", "FULL_CONNECTION_TABLE", packets - taken);
      return { lost: 1 - taken / packets, by: "FULL_CONNECTION_TABLE" };
    }
    // No listener and no security group takes UDP. What the line does not hold is lost before, and others' packets with it.
    const passed = Math.min(packets, packets * ((model.linePerZone.value * zones) / bits));
    end("ATTACKERS", "LOAD_BALANCER", "STOPPED", "LISTENER_PORTS", passed);
    end("ATTACKERS", "LOAD_BALANCER", "LOST", "FULL_LINE", packets - passed);
    return { lost: 1 - passed / packets, by: "FULL_LINE" };
  }

  /** A second of queries to Route 53. Returns those that were answered. */
  queries(count: number, ...tallies: Tally[]): number {
    const stopped = Math.round(count * model.dnsSuspicious.value);
    for (const tally of tallies) {
      tally.sent.ATTACKERS += count;
      tally.add("ATTACKERS", "ROUTE_53", "STOPPED", "EDGE_MITIGATION", stopped);
      tally.add("ATTACKERS", "ROUTE_53", "ABSORBED", "QUERY_ANSWERED", count - stopped);
    }
    return count - stopped;
  }
}
