import type { PartName } from "./names";
import { lcu, partPrices, shieldFee } from "./prices";

/** What a run uses, and what that costs; of each how much is the attack's. */

export interface Amount {
  all: number;
  attack: number;
}
const none = (): Amount => ({ all: 0, attack: 0 });

export class Usage {
  readonly dnsQueries = none();
  readonly edgeRequests = none();
  readonly edgeBytes = none();
  readonly regionBytes = none();
  readonly inspected = none();
  readonly lcuHours = none();
  readonly instanceSeconds = none();
  /** Of the second that runs: requests to the load balancer, new connections, bytes, and connections held. */
  #load = { connections: none(), bytes: none(), held: none() };

  add(what: "dnsQueries" | "edgeRequests" | "edgeBytes" | "regionBytes" | "inspected", count: number, attack: boolean): void {
    this[what].all += count;
    if (attack) this[what].attack += count;
  }

  balancer(connections: number, bytes: number, attack: boolean): void {
    this.#load.connections.all += connections;
    this.#load.bytes.all += bytes;
    if (!attack) return;
    this.#load.connections.attack += connections;
    this.#load.bytes.attack += bytes;
  }

  /** Ends a second: capacity units by what was the most, with the attack and without; instances above the minimum are the attack's. */
  endSecond({ held, instances, minimum, attacked }: { held: number; instances: number; minimum: number; attacked: boolean }): void {
    const { connections, bytes } = this.#load;
    const units = (new_: number, active: number, each: number): number => Math.max(new_ / lcu.newConnectionsPerSecond, active / lcu.activeConnections, (each * 3_600) / lcu.bytesPerHour);
    const all = units(connections.all, held + connections.all, bytes.all);
    const users = connections.all - connections.attack;
    this.lcuHours.all += all / 3_600;
    this.lcuHours.attack += (all - units(users, users, bytes.all - bytes.attack)) / 3_600;
    this.instanceSeconds.all += instances;
    if (attacked) this.instanceSeconds.attack += Math.max(0, instances - minimum);
    this.#load = { connections: none(), bytes: none(), held: none() };
  }
}

export interface BillLine {
  part: PartName;
  what: string;
  quantity: number;
  unit: string;
  usd: number;
  /** What of it would not be there without the attack. */
  attackUsd: number;
  note?: string;
}

export interface Bill {
  lines: BillLine[];
  usd: number;
  attackUsd: number;
  /** What comes by the month whatever happens, beside the lines. */
  monthly: { what: string; usd: number }[];
  /** What Shield Advanced's cost protection lets one ask for. */
  credits: { usd: number; why: string };
}

export interface BilledArchitecture {
  seconds: number;
  advanced: boolean;
  rateRule: boolean;
  /** Of the web ACL; 0: there is none. */
  rules: number;
  cloudFront: boolean;
}

const GB = 1_000_000_000;

function line(part: PartName, price: keyof typeof partPrices, { all, attack }: Amount, free?: string): BillLine[] {
  if (all <= 0) return [];
  const { what, usd, per, unit } = partPrices[price];
  const cost = free ? 0 : usd / per;
  return [{ part, what, quantity: all, unit, usd: all * cost, attackUsd: attack * cost, ...(free ? { note: free } : {}) }];
}

/** Source for the credits: AWS WAF Developer Guide, "Requesting a credit in AWS Shield Advanced after an attack". */
export function billOf(usage: Usage, { seconds, advanced, rateRule, rules, cloudFront }: BilledArchitecture): Bill {
  const hours = seconds / 3_600;
  const scaled = ({ all, attack }: Amount, by: number): Amount => ({ all: all / by, attack: attack / by });
  const included = advanced ? "included in Shield Advanced" : undefined;
  const lines = [
    ...line("ROUTE_53", "dnsQueries", usage.dnsQueries),
    ...line("CLOUDFRONT", "edgeRequests", usage.edgeRequests),
    ...line("CLOUDFRONT", "edgeOut", scaled(usage.edgeBytes, GB)),
    ...line("WAF", "webAclHours", { all: rules ? hours : 0, attack: 0 }, included),
    ...line("WAF", "ruleHours", { all: rules * hours, attack: 0 }, included),
    ...line("WAF", "inspected", usage.inspected, included),
    ...line("LOAD_BALANCER", "balancerHours", { all: hours, attack: 0 }),
    ...line("LOAD_BALANCER", "balancerUnits", usage.lcuHours),
    ...line("LOAD_BALANCER", "regionOut", scaled(usage.regionBytes, GB)),
    ...line("INSTANCES", "instanceHours", scaled(usage.instanceSeconds, 3_600)),
  ];
  const sum = (of: (line: BillLine) => number): number => lines.reduce((total, each) => total + of(each), 0);
  return {
    lines, usd: sum(({ usd }) => usd), attackUsd: sum(({ attackUsd }) => attackUsd),
    monthly: advanced ? [{ what: "Shield Advanced, with a commitment of a year", usd: shieldFee.usdPerMonth }] : [],
    credits: credits(lines, { advanced, rateRule, cloudFront }),
  };
}

function credits(lines: readonly BillLine[], { advanced, rateRule, cloudFront }: Pick<BilledArchitecture, "advanced" | "rateRule" | "cloudFront">): Bill["credits"] {
  if (!advanced) return { usd: 0, why: "Only Shield Advanced gives credits for what an attack cost." };
  const usd = lines.filter(({ part }) => part === "ROUTE_53" || rateRule).reduce((sum, { attackUsd }) => sum + attackUsd, 0);
  if (!rateRule) return { usd, why: `For the ${cloudFront ? "distribution" : "load balancer"} and what it scales you may ask only with a rate-based rule in its web ACL.` };
  return { usd, why: "You ask AWS for them after the attack, by the 15th day after the end of the billing month; nothing is waived by itself." };
}
