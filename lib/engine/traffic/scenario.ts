import { countryPlace } from "./addresses";

/** A scenario of traffic: plain data. Times are seconds from its beginning. */

export interface CountryShare {
  country: string;
  /** Against the other shares; they need not add up to anything. */
  share: number;
}

interface Common {
  /** Small letters, digits and hyphens; unique in the scenario. */
  id: string;
  /** For people. */
  name: string;
  startSec: number;
  endSec: number;
  /** Requests a second (of a `network-flood`: packets) between the ramps. */
  rate: number;
  /** Seconds in which the rate grows from nothing, and in which it falls to nothing before the end. */
  ramp?: { upSec: number; downSec: number };
}
interface Spread {
  /** Different addresses. */
  clients: number;
  /** Absent: all countries of the lab alike. */
  countries?: CountryShare[];
}

/** People with browsers. `day`: their rate follows the hours of their country; the rate is then the day's mean. */
export type Users = Common & Spread & { kind: "users"; day: boolean };
/** A search engine's crawler; `genuine`: from an address that is known to be its own. */
export type Crawler = Common & { kind: "crawler"; genuine: boolean };
/** Looks for known pages. `hidden`: with a browser's User-Agent. */
export type Scanner = Common & Spread & { kind: "scanner"; hidden: boolean };
/** Tries names and passwords of a list. */
export type CredentialStuffing = Common & Spread & { kind: "credential-stuffing"; path: string; format: "json" | "form" };
/** Attacks in arguments and forms; shares of the two kinds. */
export type Probes = Common & Spread & { kind: "probes"; sqli: number; xss: number };
/** A botnet that asks for one page. `random`: with an argument that differs each time, against caches. */
export type HttpFlood = Common & Spread & { kind: "http-flood"; path: string; random: boolean };
/** Requests that take `holdSec` (on average) to arrive and hold a connection for so long. AWS WAF sees them when they are there. */
export type Slow = Common & Spread & { kind: "slow"; holdSec: number };
/** Packets below HTTP: as counts by second, since no web ACL sees them. */
export type NetworkFlood = Common & { kind: "network-flood"; vector: Vector };

export type Source = Users | Crawler | Scanner | CredentialStuffing | Probes | HttpFlood | Slow | NetworkFlood;
export const sourceKinds = ["users", "crawler", "scanner", "credential-stuffing", "probes", "http-flood", "slow", "network-flood"] as const satisfies readonly Source["kind"][];

export interface Scenario {
  version: 1;
  id: string;
  title: string;
  /** One sentence. */
  what: string;
  /** Host header of all requests. */
  host: string;
  sources: Source[];
}

/**
 * Kinds of floods of layers 3 and 4. Bytes a packet are examples, headers included; `factor` is how many bytes a reflector sends for one
 * that it is asked with. Source of the factors: CISA alert TA14-017A, UDP-Based Amplification Attacks (the high end where it gives a range).
 */
export const vectors = {
  SYN: { name: "SYN flood", protocol: "TCP", bytes: 60 },
  UDP: { name: "UDP flood", protocol: "UDP", bytes: 512 },
  DNS: { name: "DNS reflection", protocol: "UDP", port: 53, bytes: 1_400, factor: 54 },
  NTP: { name: "NTP reflection", protocol: "UDP", port: 123, bytes: 468, factor: 556.9 },
  SSDP: { name: "SSDP reflection", protocol: "UDP", port: 1_900, bytes: 330, factor: 30.8 },
  CLDAP: { name: "CLDAP reflection", protocol: "UDP", port: 389, bytes: 1_400, factor: 70 },
  MEMCACHED: { name: "Memcached reflection", protocol: "UDP", port: 11_211, bytes: 1_400, factor: 51_000 },
} as const;
export type Vector = keyof typeof vectors;

/** What a scenario may hold. */
export const most = { sources: 20, rate: 100_000, packets: 1_000_000_000, seconds: 7 * 86_400, clients: 1_000_000 } as const;

const idPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
const isNumber = (value: unknown, low: number, high: number): value is number => typeof value === "number" && value >= low && value <= high;
const isText = (value: unknown, longest: number): value is string => typeof value === "string" && value.length > 0 && value.length <= longest;
const isPath = (value: unknown): boolean => isText(value, 200) && /^\/[\x21-\x7e]*$/.test(value);

type Check = (source: Record<string, unknown>) => string | undefined;

const spread: Check = ({ clients, countries }) => {
  if (!isNumber(clients, 1, most.clients) || !Number.isInteger(clients)) return `clients must be a whole number from 1 to ${most.clients}.`;
  if (countries === undefined) return undefined;
  if (!Array.isArray(countries) || !countries.length) return "countries must be a list of { country, share }.";
  const seen = new Set<unknown>();
  for (const each of countries as unknown[]) {
    if (!isRecord(each) || !isText(each.country, 2) || countryPlace(each.country) < 0) return "each country must be one of the lab's, by its two letters.";
    if (seen.has(each.country)) return `${each.country} stands there twice.`;
    if (!isNumber(each.share, Number.MIN_VALUE, 1e6)) return `the share of ${each.country} must be a number above 0.`;
    seen.add(each.country);
  }
  return undefined;
};
const flag = (name: string): Check => (source) => (typeof source[name] === "boolean" ? undefined : `${name} must be true or false.`);
const path: Check = (source) => (isPath(source.path) ? undefined : "path must begin with / and hold no blanks.");
const format: Check = (source) => (source.format === "json" || source.format === "form" ? undefined : "format must be json or form.");
const shares: Check = ({ sqli, xss }) => (isNumber(sqli, 0, 1e6) && isNumber(xss, 0, 1e6) && sqli + xss > 0 ? undefined : "sqli and xss must be shares, one of them above 0.");
const hold: Check = (source) => (isNumber(source.holdSec, 1, 3_600) ? undefined : "holdSec must be from 1 to 3600.");
const vector: Check = (source) => (typeof source.vector === "string" && Object.hasOwn(vectors, source.vector) ? undefined : `vector must be one of ${Object.keys(vectors).join(", ")}.`);

const checks: Record<Source["kind"], { members: string[]; checks: Check[] }> = {
  users: { members: ["clients", "countries", "day"], checks: [spread, flag("day")] },
  crawler: { members: ["genuine"], checks: [flag("genuine")] },
  scanner: { members: ["clients", "countries", "hidden"], checks: [spread, flag("hidden")] },
  "credential-stuffing": { members: ["clients", "countries", "path", "format"], checks: [spread, path, format] },
  probes: { members: ["clients", "countries", "sqli", "xss"], checks: [spread, shares] },
  "http-flood": { members: ["clients", "countries", "path", "random"], checks: [spread, path, flag("random")] },
  slow: { members: ["clients", "countries", "holdSec"], checks: [spread, hold] },
  "network-flood": { members: ["vector"], checks: [vector] },
};
const commonMembers = ["kind", "id", "name", "startSec", "endSec", "rate", "ramp"];

function sourceProblem(source: Record<string, unknown>): string | undefined {
  const { kind, startSec, endSec, rate, ramp } = source;
  if (!(sourceKinds as readonly unknown[]).includes(kind)) return `kind must be one of ${sourceKinds.join(", ")}.`;
  const own = checks[kind as Source["kind"]];
  const unknown = Object.keys(source).find((member) => !commonMembers.includes(member) && !own.members.includes(member));
  if (unknown !== undefined) return `${JSON.stringify(unknown)} is no member of a source of kind ${String(kind)}.`;
  if (!isText(source.id, 40) || !idPattern.test(source.id)) return "id must be small letters, digits and hyphens.";
  if (!isText(source.name, 60)) return "name must be a text of up to 60 letters.";
  if (!isNumber(startSec, 0, most.seconds) || !isNumber(endSec, 0, most.seconds) || endSec <= startSec) return `startSec and endSec must be from 0 to ${most.seconds}, the end after the start.`;
  const highest = kind === "network-flood" ? most.packets : most.rate;
  if (!isNumber(rate, 0.0001, highest)) return `rate must be from 0.0001 to ${highest}.`;
  if (ramp !== undefined && (!isRecord(ramp) || !isNumber(ramp.upSec, 0, most.seconds) || !isNumber(ramp.downSec, 0, most.seconds) || ramp.upSec + ramp.downSec > endSec - startSec)) return "ramp must be { upSec, downSec }, together not longer than the source.";
  for (const check of own.checks) {
    const problem = check(source);
    if (problem) return problem;
  }
  return undefined;
}

/** What is wrong with a scenario that somebody wrote, one sentence each; empty: it is a `Scenario`. */
export function scenarioProblems(given: unknown): string[] {
  if (!isRecord(given)) return ["A scenario is an object."];
  const problems: string[] = [];
  if (given.version !== 1) problems.push("version must be 1.");
  if (!isText(given.id, 40) || !idPattern.test(given.id)) problems.push("id must be small letters, digits and hyphens.");
  if (!isText(given.title, 80)) problems.push("title must be a text of up to 80 letters.");
  if (!isText(given.what, 300)) problems.push("what must be a sentence of up to 300 letters.");
  if (!isText(given.host, 200) || !/^[a-z0-9.-]+$/.test(given.host)) problems.push("host must be a host's name.");
  if (!Array.isArray(given.sources) || !given.sources.length || given.sources.length > most.sources) return [...problems, `sources must be a list of 1 to ${most.sources}.`];
  const ids = new Set<unknown>();
  for (const [at, source] of (given.sources as unknown[]).entries()) {
    const problem = isRecord(source) ? sourceProblem(source) : "a source is an object.";
    if (problem) problems.push(`Source ${at + 1}: ${problem}`);
    else if (ids.has((source as { id: unknown }).id)) problems.push(`Source ${at + 1}: its id is another source's too.`);
    if (isRecord(source)) ids.add(source.id);
  }
  return problems;
}
