import { Chance, chanceFrom } from "../traffic/chance";
import type { Source } from "../traffic/scenario";
import { next, startTraffic, type TrafficRequest } from "../traffic/traffic";
import { type Attack, attacks, attackSource, attackTimes, userWeight } from "./attacks";
import { type Bill, billOf, Usage } from "./bill";
import { EdgeCache } from "./cache";
import { Firewall, type FirewallEvent } from "./firewall";
import { Flood } from "./flood";
import { model, pages, smallAnswer, type Work } from "./model";
import type { AttackName, Crowd, PartName, ProtectionName } from "./names";
import { Origin, type OriginEvent, type OriginSecond } from "./origin";
import { type End, Latencies, Tally } from "./tally";

export interface RunOptions {
  attack: AttackName;
  /** Those that stand. */
  protections: readonly ProtectionName[];
  /** A zone fails halfway. */
  loseZone: boolean;
  seconds: number;
  seed: number;
}

export interface RunEvent {
  at: number;
  part: PartName;
  what: FirewallEvent["what"] | OriginEvent["what"] | "ATTACK_BEGINS" | "ATTACK_ENDS" | "MITIGATED";
  detail: string;
}

export interface RunStep {
  at: number;
  users: { sent: number; answered: number };
  attackers: number;
  ends: Omit<End, "by">[];
  p50?: number;
  p95?: number;
  instances: number;
  launching: number;
  /** 0 to 1, the mean of the step. */
  utilisation: number;
  /** Connections that slow requests hold, at the end of the step. */
  held: number;
  /** What the run has cost up to its end, and the attack's part of that. */
  usd: number;
  attackUsd: number;
}

export interface RunResult {
  attack: Attack;
  attackFrom: number;
  attackUntil: number;
  stepSeconds: number;
  steps: RunStep[];
  ends: End[];
  sent: Record<Crowd, number>;
  /** Of users, 0 to 1: over the run, and while the attack ran. */
  success: number;
  successUnderAttack: number;
  p50?: number;
  p95?: number;
  p95UnderAttack?: number;
  /** Attacking requests that carry something harmful and that the application has seen. */
  harmfulReached: number;
  instances: { most: number; atEnd: number };
  events: RunEvent[];
  bill: Bill;
  firstStopped?: Firewall["first"];
}

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
export function run({ attack: name, protections, loseZone, seconds, seed }: RunOptions): RunResult {
  const attack = attacks[name];
  const on = (protection: ProtectionName): boolean => protections.includes(protection);
  const cloudFront = on("CLOUDFRONT");
  // Who knows the load balancer's name goes around CloudFront, unless its security group lets nobody else in.
  const direct = !cloudFront || !on("CLOSED_ORIGIN");
  const times = attackTimes(seconds);
  const zoneLostAt = loseZone ? Math.floor(seconds / 2) : undefined;
  const advanced = on("SHIELD_ADVANCED");

  const firewall = Firewall.of({ rate: on("RATE_RULE"), managed: on("MANAGED_RULES"), advanced, scope: cloudFront ? "CLOUDFRONT" : "REGIONAL" });
  const origin = new Origin({ autoScaling: on("AUTO_SCALING"), secondZone: on("SECOND_ZONE"), zoneLostAt });
  const zones = (at: number): number => (on("SECOND_ZONE") ? 2 : 1) - (zoneLostAt !== undefined && at >= zoneLostAt ? 1 : 0);
  const flood = new Flood(attack, { advanced, zones, atEdge: !direct });
  const cache = cloudFront && on("CACHING") ? new EdgeCache() : undefined;
  const usage = new Usage();
  const total = new Tally();
  const chance = new Chance(chanceFrom(seed, 1_000));
  const all = { run: new Latencies(), attack: new Latencies() };
  const underAttack = { sent: 0, answered: 0 };
  let harmfulReached = 0;
  let most = 0;
  let state = startTraffic({ version: 1, id: "architecture", title: "Architecture", what: "Users and an attack.", host: "shop.example.com", sources: sourcesOf(attack, seconds) }, seed, startMs);

  const bill = (until: number): Bill => billOf(usage, { seconds: until, advanced, rateRule: on("RATE_RULE"), rules: firewall?.rules ?? 0, cloudFront });
  const cost = (until: number): Pick<RunStep, "usd" | "attackUsd"> => {
    const { usd, attackUsd } = bill(until);
    return { usd, attackUsd };
  };
  const stepSeconds = Math.ceil(seconds / mostSteps);
  const steps: RunStep[] = [];
  let step = newStep();

  for (let sec = 0; sec < seconds; sec++) {
    const attacked = attack.name !== "NONE" && sec >= times.from && sec < times.until;
    const tallies = [total, step.tally];
    const end = (crowd: Crowd, part: PartName, outcome: End["outcome"], by: End["by"], count: number): void => {
      total.add(crowd, part, outcome, by, count);
      step.tally.add(crowd, part, outcome, by, count);
      if (crowd !== "USERS" || outcome !== "ANSWERED") return;
      step.answered += count;
      if (attacked) underAttack.answered += count;
    };
    const answered = (ms: number, weight: number): void => {
      step.latencies.add(ms, weight);
      all.run.add(ms, weight);
      if (attacked) all.attack.add(ms, weight);
    };

    const given = next(state, startMs + (sec + 1) * 1_000, 1_000_000);
    ({ state } = given);
    let loss: ReturnType<Flood["second"]> = { lost: 0, by: "FULL_LINE" };
    for (const count of given.network) loss = flood.second(sec, count, ...tallies);
    if (attack.unit === "queries" && attacked) usage.add("dnsQueries", flood.queries(Math.round(attack.rate * (0.95 + chance.next() * 0.1)), ...tallies), true);

    // First everything that decides for itself: lines, web ACL, cache. What is left meets in the load balancer.
    const arrivals: Arrival[] = [];
    for (const request of given.requests) {
      const crowd: Crowd = request.from === "users" ? "USERS" : "ATTACKERS";
      const hostile = crowd === "ATTACKERS";
      const weight = hostile ? attack.weight! : userWeight;
      const work = workOf(request);
      for (const tally of tallies) tally.sent[crowd] += weight;
      if (!hostile && attacked) underAttack.sent += weight;
      const throughEdge = cloudFront && !(hostile && direct);
      if (throughEdge) {
        if (request.tookMs !== undefined) {
          end(crowd, "CLOUDFRONT", "STOPPED", "INCOMPLETE_REQUEST", weight);
          continue;
        }
        const rule = firewall?.stops(request, request.at, sec, weight);
        if (firewall) usage.add("inspected", weight, hostile);
        if (rule !== undefined) {
          end(crowd, "WAF", "STOPPED", rule, weight);
          continue;
        }
        usage.add("edgeRequests", weight, hostile);
        usage.add("edgeBytes", weight * work.bytes, hostile);
        if (work.cacheable && cache?.hit(request.message.uri, sec, weight)) {
          end(crowd, "CLOUDFRONT", hostile ? "ABSORBED" : "ANSWERED", "CACHE", weight);
          if (!hostile) answered(model.toEdge.value + chance.wait() * 4, weight);
          continue;
        }
      }
      const came = weight * (1 - loss.lost);
      end(crowd, "LOAD_BALANCER", "LOST", loss.by, weight - came);
      if (came <= 0) continue;
      usage.balancer(came * (throughEdge ? model.connectionsFromEdge.value : hostile ? 1 : model.connectionsPerUserRequest.value), 0, hostile);
      const arrival: Arrival = { crowd, weight: came, work, throughEdge, ...(request.tookMs === undefined ? {} : { holdSec: request.tookMs / 1_000 }) };
      if (!cloudFront && firewall) {
        usage.add("inspected", came, hostile);
        const rule = firewall.stops(request, request.at, sec, came);
        if (rule !== undefined && !arrival.holdSec) {
          end(crowd, "WAF", "STOPPED", rule, came);
          usage.add("regionBytes", came * smallAnswer, hostile);
          continue;
        }
        arrival.stoppedBy = rule;
      }
      arrivals.push(arrival);
    }
    firewall?.endSecond(sec);

    const slow = arrivals.filter(({ holdSec }) => holdSec !== undefined);
    const whole = arrivals.filter(({ holdSec }) => holdSec === undefined);
    const sum = (list: Arrival[], of: (arrival: Arrival) => number): number => list.reduce((count, each) => count + of(each), 0);
    const slowCount = sum(slow, ({ weight }) => weight);
    const gates = origin.second(sec, {
      requests: sum(whole, ({ weight }) => weight), cpu: sum(whole, ({ weight, work }) => (weight * work.cpuMs) / 1_000),
      slow: slowCount, holdSec: slowCount ? sum(slow, ({ weight, holdSec }) => weight * holdSec!) / slowCount : 0,
    });
    for (const arrival of arrivals) {
      const { crowd, work, throughEdge } = arrival;
      const hostile = crowd === "ATTACKERS";
      const passed = pass(arrival, gates, (by, count) => end(crowd, by === "FULL_NODES" || by === "NO_NODE" ? "LOAD_BALANCER" : "INSTANCES", "LOST", by, count));
      if (passed > 0) {
        usage.balancer(0, passed * work.bytes, hostile);
        if (!throughEdge) usage.add("regionBytes", passed * work.bytes, hostile);
      }
      if (hostile) {
        if (arrival.stoppedBy !== undefined) end(crowd, "WAF", "STOPPED", arrival.stoppedBy, passed);
        else {
          end(crowd, "INSTANCES", "REACHED", "APPLICATION", passed);
          if (attack.name === "SQL_INJECTION" || attack.name === "CROSS_SITE_SCRIPTING") harmfulReached += passed;
        }
        continue;
      }
      const waits = gates.backlogMs + (chance.next() < gates.busy ? chance.wait() * gates.busyMs : 0);
      const ms = (throughEdge ? model.toEdge.value + model.edgeToRegion.value : model.toRegion.value) + waits + work.cpuMs * (0.6 + 0.4 * chance.wait());
      if (ms > model.patience.value) end(crowd, "INSTANCES", "LOST", "TOO_LATE", passed);
      else {
        end(crowd, "INSTANCES", "ANSWERED", "APPLICATION", passed);
        answered(ms, passed);
      }
    }
    usage.endSecond({ held: gates.held, instances: gates.instances, minimum: model.minInstances.value, attacked: attack.name !== "NONE" });
    most = Math.max(most, gates.instances);
    step.used += gates.utilisation;
    step.seconds++;
    if (step.seconds === stepSeconds || sec === seconds - 1) {
      steps.push({ ...told(step, sec + 1 - step.seconds, gates), ...cost(sec + 1) });
      step = newStep();
    }
  }

  const ends = total.whole();
  const answeredUsers = total.count(({ crowd, outcome }) => crowd === "USERS" && outcome === "ANSWERED");
  return {
    attack, attackFrom: times.from, attackUntil: times.until, stepSeconds, steps, ends, sent: { USERS: Math.round(total.sent.USERS), ATTACKERS: Math.round(total.sent.ATTACKERS) },
    success: total.sent.USERS ? answeredUsers / total.sent.USERS : 1,
    successUnderAttack: underAttack.sent ? underAttack.answered / underAttack.sent : total.sent.USERS ? answeredUsers / total.sent.USERS : 1,
    ...quantiles(all.run), p95UnderAttack: all.attack.quantile(0.95) ?? all.run.quantile(0.95),
    harmfulReached: Math.round(harmfulReached),
    instances: { most, atEnd: steps[steps.length - 1]?.instances ?? 0 },
    events: eventsOf({ attack, times, firewall, origin, flood, advanced }),
    bill: bill(seconds),
    ...(firewall?.first ? { firstStopped: firewall.first } : {}),
  };
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

