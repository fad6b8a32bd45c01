import { Chance, chanceFrom } from "../traffic/chance";
import type { Source } from "../traffic/scenario";
import { next, startTraffic, type TrafficRequest, type TrafficState } from "../traffic/traffic";
import { type Attack, attacks, attackSource, attackTimes, userWeight } from "./attacks";
import { type Bill, billOf, Usage } from "./bill";
import { EdgeCache } from "./cache";
import { Firewall } from "./firewall";
import { Flood } from "./flood";
import { model, pages, smallAnswer, type Work } from "./model";
import type { Crowd, PartName, ProtectionName } from "./names";
import { type Offered, Origin, type OriginSecond } from "./origin";
import type { RunEvent, RunOptions, RunResult, RunStep } from "./result";
import { type End, Latencies, Tally } from "./tally";

/** At most so many steps are told. */
const mostSteps = 60;
/** The lab's clock does not matter to a run: it has its own. A whole number of ten seconds. */
const startMs = 1_780_000_000_000;

const workOf = ({ message: { method, uri } }: TrafficRequest): Work => pages.find((page) => (!page.method || page.method === method) && uri.startsWith(page.path))?.work ?? pages[pages.length - 1].work;

/** A request that has come to the load balancer and is not done yet. */
interface Arrival {
  crowd: Crowd;
  weight: number;
  work: Work;
  holdSec?: number;
  /** AWS WAF on the load balancer stops it once it is whole. */
  stoppedBy?: string;
  throughEdge: boolean;
}

/** Runs the architecture. The same options give the same result. Bounded by `seconds`; nothing outside is read or changed. */
export function run(options: RunOptions): RunResult {
  const simulation = new Simulation(options);
  for (let sec = 0; sec < options.seconds; sec++) simulation.second(sec);
  return simulation.result();
}

class Simulation {
  readonly #attack: Attack;
  readonly #times: { from: number; until: number };
  readonly #cloudFront: boolean;
  /** The attack comes to the load balancer itself. */
  readonly #direct: boolean;
  readonly #firewall: Firewall | undefined;
  readonly #origin: Origin;
  readonly #flood: Flood;
  readonly #cache: EdgeCache | undefined;
  readonly #usage = new Usage();
  readonly #total = new Tally();
  readonly #chance: Chance;
  readonly #latencies = { run: new Latencies(), attack: new Latencies() };
  readonly #underAttack = { sent: 0, answered: 0 };
  readonly #stepSeconds: number;
  readonly #steps: RunStep[] = [];
  #step = newStep();
  #traffic: TrafficState;
  #harmfulReached = 0;
  #most = 0;
  #sec = 0;
  /** What the flood of packets takes of others' traffic in this second. */
  #loss: ReturnType<Flood["second"]> = noLoss;

  constructor(readonly options: RunOptions) {
    const { attack, loseZone, seconds, seed } = options;
    this.#attack = attacks[attack];
    this.#times = attackTimes(seconds);
    this.#cloudFront = this.#on("CLOUDFRONT");
    // Who knows the load balancer's name goes around CloudFront, unless its security group lets nobody else in.
    this.#direct = !this.#cloudFront || !this.#on("CLOSED_ORIGIN");
    const zoneLostAt = loseZone ? Math.floor(seconds / 2) : undefined;
    const advanced = this.#on("SHIELD_ADVANCED");
    this.#firewall = Firewall.of({ rate: this.#on("RATE_RULE"), managed: this.#on("MANAGED_RULES"), advanced, scope: this.#cloudFront ? "CLOUDFRONT" : "REGIONAL" });
    this.#origin = new Origin({ autoScaling: this.#on("AUTO_SCALING"), secondZone: this.#on("SECOND_ZONE"), zoneLostAt });
    const zones = (at: number): number => (this.#on("SECOND_ZONE") ? 2 : 1) - (zoneLostAt !== undefined && at >= zoneLostAt ? 1 : 0);
    this.#flood = new Flood(this.#attack, { advanced, zones, atEdge: !this.#direct });
    this.#cache = this.#cloudFront && this.#on("CACHING") ? new EdgeCache() : undefined;
    this.#chance = new Chance(chanceFrom(seed, 1_000));
    this.#stepSeconds = Math.ceil(seconds / mostSteps);
    this.#traffic = startTraffic({ version: 1, id: "architecture", title: "Architecture", what: "Users and an attack.", host: "shop.example.com", sources: sourcesOf(this.#attack, seconds) }, seed, startMs);
  }

  #on(protection: ProtectionName): boolean {
    return this.options.protections.includes(protection);
  }

  get #attacked(): boolean {
    return this.#attack.name !== "NONE" && this.#sec >= this.#times.from && this.#sec < this.#times.until;
  }

  get #tallies(): Tally[] {
    return [this.#total, this.#step.tally];
  }

  #end(crowd: Crowd, part: PartName, outcome: End["outcome"], by: End["by"], count: number): void {
    for (const tally of this.#tallies) tally.add(crowd, part, outcome, by, count);
    if (crowd !== "USERS" || outcome !== "ANSWERED") return;
    this.#step.answered += count;
    if (this.#attacked) this.#underAttack.answered += count;
  }

  #answered(ms: number, weight: number): void {
    this.#step.latencies.add(ms, weight);
    this.#latencies.run.add(ms, weight);
    if (this.#attacked) this.#latencies.attack.add(ms, weight);
  }

  second(sec: number): void {
    this.#sec = sec;
    const given = next(this.#traffic, startMs + (sec + 1) * 1_000, 1_000_000);
    this.#traffic = given.state;
    this.#loss = noLoss;
    for (const count of given.network) this.#loss = this.#flood.second(sec, count, ...this.#tallies);
    if (this.#attack.unit === "queries" && this.#attacked) this.#usage.add("dnsQueries", this.#flood.queries(Math.round(this.#attack.rate * (0.95 + this.#chance.next() * 0.1)), ...this.#tallies), true);

    // First everything that decides for itself: lines, web ACL, cache. What is left meets in the load balancer.
    const arrivals = given.requests.flatMap((request) => this.#come(request) ?? []);
    this.#firewall?.endSecond(sec);
    const gates = this.#origin.second(sec, offeredBy(arrivals));
    for (const arrival of arrivals) this.#arrive(arrival, gates);

    this.#usage.endSecond({ held: gates.held, instances: gates.instances, minimum: model.minInstances.value, attacked: this.#attack.name !== "NONE" });
    this.#most = Math.max(this.#most, gates.instances);
    this.#step.used += gates.utilisation;
    this.#step.seconds++;
    if (this.#step.seconds < this.#stepSeconds && sec < this.options.seconds - 1) return;
    const { usd, attackUsd } = this.#bill(sec + 1);
    this.#steps.push({ ...told(this.#step, sec + 1 - this.#step.seconds, gates), usd, attackUsd });
    this.#step = newStep();
  }

  /** A request on its way to the load balancer; undefined: it has ended before. */
  #come(request: TrafficRequest): Arrival | undefined {
    const crowd: Crowd = request.from === "users" ? "USERS" : "ATTACKERS";
    const hostile = crowd === "ATTACKERS";
    const weight = hostile ? this.#attack.weight! : userWeight;
    const work = workOf(request);
    for (const tally of this.#tallies) tally.sent[crowd] += weight;
    if (!hostile && this.#attacked) this.#underAttack.sent += weight;
    const throughEdge = this.#cloudFront && !(hostile && this.#direct);
    if (throughEdge && this.#endsAtEdge(request, crowd, weight, work)) return undefined;

    const came = weight * (1 - this.#loss.lost);
    this.#end(crowd, "LOAD_BALANCER", "LOST", this.#loss.by, weight - came);
    if (came <= 0) return undefined;
    this.#usage.balancer(came * (throughEdge ? model.connectionsFromEdge.value : hostile ? 1 : model.connectionsPerUserRequest.value), 0, hostile);
    const arrival: Arrival = { crowd, weight: came, work, throughEdge, ...(request.tookMs === undefined ? {} : { holdSec: request.tookMs / 1_000 }) };
    if (this.#cloudFront || !this.#firewall) return arrival;
    this.#usage.add("inspected", came, hostile);
    arrival.stoppedBy = this.#firewall.stops(request, request.at, this.#sec, came);
    // A slow one holds its connection until it is whole, and is inspected then.
    if (arrival.stoppedBy === undefined || arrival.holdSec !== undefined) return arrival;
    this.#end(crowd, "WAF", "STOPPED", arrival.stoppedBy, came);
    this.#usage.add("regionBytes", came * smallAnswer, hostile);
    return undefined;
  }

  /** CloudFront and its web ACL: whether the request ends there. */
  #endsAtEdge(request: TrafficRequest, crowd: Crowd, weight: number, work: Work): boolean {
    const hostile = crowd === "ATTACKERS";
    if (request.tookMs !== undefined) {
      this.#end(crowd, "CLOUDFRONT", "STOPPED", "INCOMPLETE_REQUEST", weight);
      return true;
    }
    const rule = this.#firewall?.stops(request, request.at, this.#sec, weight);
    if (this.#firewall) this.#usage.add("inspected", weight, hostile);
    if (rule !== undefined) {
      this.#end(crowd, "WAF", "STOPPED", rule, weight);
      return true;
    }
    this.#usage.add("edgeRequests", weight, hostile);
    this.#usage.add("edgeBytes", weight * work.bytes, hostile);
    if (!work.cacheable || !this.#cache?.hit(request.message.uri, this.#sec, weight)) return false;
    this.#end(crowd, "CLOUDFRONT", hostile ? "ABSORBED" : "ANSWERED", "CACHE", weight);
    if (!hostile) this.#answered(model.toEdge.value + this.#chance.wait() * 4, weight);
    return true;
  }

  /** What becomes of a request at the load balancer and the instances. */
  #arrive(arrival: Arrival, gates: OriginSecond): void {
    const { crowd, work, throughEdge } = arrival;
    const hostile = crowd === "ATTACKERS";
    const passed = pass(arrival, gates, (by, count) => this.#end(crowd, by === "FULL_NODES" || by === "NO_NODE" ? "LOAD_BALANCER" : "INSTANCES", "LOST", by, count));
    if (passed > 0) {
      this.#usage.balancer(0, passed * work.bytes, hostile);
      if (!throughEdge) this.#usage.add("regionBytes", passed * work.bytes, hostile);
    }
    if (hostile) {
      if (arrival.stoppedBy !== undefined) return this.#end(crowd, "WAF", "STOPPED", arrival.stoppedBy, passed);
      if (this.#attack.name === "SQL_INJECTION" || this.#attack.name === "CROSS_SITE_SCRIPTING") this.#harmfulReached += passed;
      return this.#end(crowd, "INSTANCES", "REACHED", "APPLICATION", passed);
    }
    const waits = gates.backlogMs + (this.#chance.next() < gates.busy ? this.#chance.wait() * gates.busyMs : 0);
    const ms = (throughEdge ? model.toEdge.value + model.edgeToRegion.value : model.toRegion.value) + waits + work.cpuMs * (0.6 + 0.4 * this.#chance.wait());
    if (ms > model.patience.value) return this.#end(crowd, "INSTANCES", "LOST", "TOO_LATE", passed);
    this.#end(crowd, "INSTANCES", "ANSWERED", "APPLICATION", passed);
    this.#answered(ms, passed);
  }

  #bill(until: number): Bill {
    return billOf(this.#usage, { seconds: until, advanced: this.#on("SHIELD_ADVANCED"), rateRule: this.#on("RATE_RULE"), rules: this.#firewall?.rules ?? 0, cloudFront: this.#cloudFront });
  }

  result(): RunResult {
    const sent = this.#total.sent;
    const answered = this.#total.count(({ crowd, outcome }) => crowd === "USERS" && outcome === "ANSWERED");
    const success = sent.USERS ? answered / sent.USERS : 1;
    const { run: all, attack } = this.#latencies;
    return {
      attack: this.#attack, attackFrom: this.#times.from, attackUntil: this.#times.until, stepSeconds: this.#stepSeconds, steps: this.#steps,
      ends: this.#total.whole(), sent: { USERS: Math.round(sent.USERS), ATTACKERS: Math.round(sent.ATTACKERS) },
      success, successUnderAttack: this.#underAttack.sent ? this.#underAttack.answered / this.#underAttack.sent : success,
      ...quantiles(all), p95UnderAttack: attack.quantile(0.95) ?? all.quantile(0.95),
      harmfulReached: Math.round(this.#harmfulReached),
      instances: { most: this.#most, atEnd: this.#steps[this.#steps.length - 1]?.instances ?? 0 },
      events: eventsOf({ attack: this.#attack, times: this.#times, firewall: this.#firewall, origin: this.#origin, flood: this.#flood, advanced: this.#on("SHIELD_ADVANCED") }),
      bill: this.#bill(this.options.seconds),
      ...(this.#firewall?.first ? { firstStopped: this.#firewall.first } : {}),
    };
  }
}

const noLoss = { lost: 0, by: "FULL_LINE" } as const;

function offeredBy(arrivals: readonly Arrival[]): Offered {
  const offered: Offered = { requests: 0, cpu: 0, slow: 0, holdSec: 0 };
  for (const { weight, work, holdSec } of arrivals) {
    if (holdSec === undefined) {
      offered.requests += weight;
      offered.cpu += (weight * work.cpuMs) / 1_000;
    } else {
      offered.slow += weight;
      offered.holdSec += weight * holdSec;
    }
  }
  if (offered.slow) offered.holdSec /= offered.slow;
  return offered;
}

const quantiles = (latencies: Latencies): { p50?: number; p95?: number } => ({ p50: latencies.quantile(0.5), p95: latencies.quantile(0.95) });

function sourcesOf(attack: Attack, seconds: number): Source[] {
  const { from, until } = attackTimes(seconds);
  const users: Source = { kind: "users", id: "users", name: "Users", startSec: 0, endSec: seconds, rate: model.usersPerSecond.value / userWeight, clients: model.users.value / userWeight, day: false };
  const requests = attackSource(attack, seconds);
  if (requests) return [users, requests];
  return attack.vector ? [users, { kind: "network-flood", id: "flood", name: attack.title, startSec: from, endSec: until, rate: attack.rate, vector: attack.vector }] : [users];
}

/** What of an arrival comes through the load balancer's and the instances' gates; the rest is told. */
function pass({ weight, holdSec }: Arrival, { nodes, workers, queue, instances }: OriginSecond, lost: (by: "FULL_NODES" | "NO_NODE" | "NO_INSTANCE" | "NO_WORKER" | "FULL_QUEUE", count: number) => void): number {
  let left = weight * nodes;
  lost(nodes ? "FULL_NODES" : "NO_NODE", weight - left);
  if (!instances) {
    lost("NO_INSTANCE", left);
    return 0;
  }
  lost("NO_WORKER", left * (1 - workers));
  left *= workers;
  if (holdSec !== undefined) return left;
  lost("FULL_QUEUE", left * (1 - queue));
  return left * queue;
}

interface OpenStep {
  tally: Tally;
  latencies: Latencies;
  answered: number;
  used: number;
  seconds: number;
}
const newStep = (): OpenStep => ({ tally: new Tally(), latencies: new Latencies(), answered: 0, used: 0, seconds: 0 });

const told = ({ tally, latencies, answered, used, seconds }: OpenStep, at: number, { instances, launching, held }: OriginSecond): Omit<RunStep, "usd" | "attackUsd"> => ({
  at, users: { sent: Math.round(tally.sent.USERS), answered: Math.round(answered) }, attackers: Math.round(tally.sent.ATTACKERS), ends: tally.byPart(),
  ...quantiles(latencies), instances, launching, utilisation: Math.round((used / seconds) * 1_000) / 1_000, held: Math.round(held),
});

function eventsOf({ attack, times, firewall, origin, flood, advanced }: { attack: Attack; times: { from: number; until: number }; firewall: Firewall | undefined; origin: Origin; flood: Flood; advanced: boolean }): RunEvent[] {
  const events: RunEvent[] = [...(firewall?.events ?? []).map((event) => ({ ...event, part: "WAF" as const })), ...origin.events.map((event) => ({ ...event, part: "INSTANCES" as const }))];
  if (attack.name !== "NONE") events.push({ at: times.from, part: "ROUTE_53", what: "ATTACK_BEGINS", detail: `${attack.title} begins.` }, { at: times.until, part: "ROUTE_53", what: "ATTACK_ENDS", detail: `${attack.title} ends.` });
  if (flood.mitigatedAt !== undefined) events.push({ at: flood.mitigatedAt, part: "LOAD_BALANCER", what: "MITIGATED", detail: `Shield ${advanced ? "Advanced" : "Standard"}'s mitigation stands before the load balancer.` });
  return events.sort((a, b) => a.at - b.at);
}

