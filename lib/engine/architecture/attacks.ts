import { countries } from "../traffic/addresses";
import type { Source, Vector } from "../traffic/scenario";
import { model } from "./model";
import type { AttackName, AttackUnit, PartName } from "./names";

/** The attacks. Their strengths are chosen, so that each meets the part that it is about; packets' sizes are the traffic generator's. */
export interface Attack {
  name: AttackName;
  title: string;
  /** What it does, in a sentence. */
  what: string;
  /** What is meant to fail or to be reached. */
  against: string;
  unit: AttackUnit;
  /** A second, at its height. */
  rate: number;
  /** One simulated sender stands for so many. Absent: packets and queries, which are only counted. */
  weight?: number;
  vector?: Vector;
  /** Where it goes whatever stands before the load balancer. */
  at?: PartName;
  source?(weight: number): SourceDraft;
}

type Without<T> = T extends unknown ? Omit<T, "id" | "name" | "startSec" | "endSec" | "rate"> : never;
type SourceDraft = Without<Source>;

/** Users come from all of the lab's countries; so do attackers. */
const spread = countries.map(({ code }) => ({ country: code, share: 1 }));

export const userWeight = 10;

const list: Attack[] = [
  { name: "NONE", title: "No attack", what: "Only users come.", against: "nothing", unit: "requests", rate: 0 },
  { name: "SYN_FLOOD", title: "SYN flood", what: "Packets that begin a connection and never finish it, two million a second.", against: "the load balancer's table of connections", unit: "packets", rate: 2_000_000, vector: "SYN" },
  { name: "UDP_FLOOD", title: "UDP flood", what: "UDP packets at a server that speaks HTTP, a million a second.", against: "whatever listens", unit: "packets", rate: 1_000_000, vector: "UDP" },
  { name: "REFLECTION", title: "NTP reflection", what: "Time servers are asked in your name, and their answers, many times as large, come to you: 30 Gbit/s.", against: "the line", unit: "packets", rate: 8_000_000, vector: "NTP" },
  {
    name: "HTTP_FLOOD", title: "HTTP flood, one page", what: "400 addresses ask for one dear page, six times a second each.", against: "the instances", unit: "requests", rate: 2_400, weight: 100,
    source: (weight) => ({ kind: "http-flood", clients: 400 / weight, countries: spread.slice(0, 4), path: "/sale", random: false }),
  },
  {
    name: "CACHE_BUSTING", title: "HTTP flood around the cache", what: "400 addresses search for something else each time, six times a second each, so that no cache has the answer.", against: "the instances", unit: "requests", rate: 2_400, weight: 100,
    source: (weight) => ({ kind: "http-flood", clients: 400 / weight, countries: spread.slice(0, 4), path: "/search", random: true }),
  },
  {
    name: "SPREAD_FLOOD", title: "HTTP flood from many addresses", what: "12,000 addresses search for something else each time, once a minute each: below every limit for one address.", against: "the instances", unit: "requests", rate: 200, weight: 20,
    source: (weight) => ({ kind: "http-flood", clients: 12_000 / weight, countries: spread, path: "/search", random: true }),
  },
  { name: "SQL_INJECTION", title: "SQL injection", what: "20 addresses send SQL in arguments, forms and JSON.", against: "the application's data", unit: "requests", rate: 4, weight: 1, source: () => ({ kind: "probes", clients: 20, countries: spread, sqli: 1, xss: 0 }) },
  { name: "CROSS_SITE_SCRIPTING", title: "Cross-site scripting", what: "20 addresses send scripts in arguments, forms and JSON.", against: "the application's other users", unit: "requests", rate: 4, weight: 1, source: () => ({ kind: "probes", clients: 20, countries: spread, sqli: 0, xss: 1 }) },
  {
    name: "SLOW_REQUESTS", title: "Slow requests", what: "50 addresses begin requests and send the rest letter by letter, about two minutes each.", against: "the instances' connections", unit: "requests", rate: 30, weight: 10,
    source: (weight) => ({ kind: "slow", clients: 50 / weight, countries: spread.slice(0, 5), holdSec: model.holdSec.value }),
  },
  { name: "DNS_QUERY_FLOOD", title: "DNS query flood", what: "Queries for names that are not there, a hundred thousand a second.", against: "the name's resolution", unit: "queries", rate: 100_000, at: "ROUTE_53" },
];

export const attacks: Readonly<Record<AttackName, Attack>> = Object.fromEntries(list.map((attack) => [attack.name, attack])) as Record<AttackName, Attack>;

/** When an attack runs, in seconds of a run. */
export function attackTimes(seconds: number): { from: number; until: number } {
  const from = Math.min(model.attackFromSec.value, Math.floor(seconds / 4));
  return { from, until: from + Math.floor(seconds * model.attackPart.value) };
}

/** The attack as a source of the traffic generator; undefined where nothing of it is a request. */
export function attackSource({ name, title, rate, weight, source }: Attack, seconds: number): Source | undefined {
  if (!source || !weight) return undefined;
  const { from, until } = attackTimes(seconds);
  return { ...source(weight), id: name.toLowerCase().replaceAll("_", "-"), name: title, startSec: from, endSec: until, rate: rate / weight } as Source;
}
